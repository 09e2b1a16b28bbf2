//! Request Tracker and two monitors, as [`super::services`] are: each pages, sorts and bounds as its documentation says.

use super::{
    services::{Call, SAID, is_said, seconds, stamp, window},
    texts::{body, title},
};
use serde_json::{Value, json};

/// By its clock: a monitor tells no more than the last ninety days.
const NOW: u64 = 1_798_804_800;

pub fn rt(call: &Call, tickets: u64) -> Value {
    let root = json!({ "id": "root", "type": "user" });
    let ticket = |id: u64| {
        json!({ "id": id.to_string(), "type": "ticket", "Subject": title(id), "Status": "open", "Priority": "10", "CustomFields": "",
            "Created": stamp(id), "LastUpdated": stamp(id), "Resolved": "1970-01-01T00:00:00Z",
            "Queue": { "id": "1", "Name": "General", "type": "queue" }, "Owner": { "id": "Nobody", "type": "user" },
            "Requestor": [{ "id": "ann@example.com", "type": "user" }], "Creator": root, "_hyperlinks": [] })
    };
    let items = |items: Vec<Value>, total: u64| json!({ "count": items.len(), "items": items, "total": total });
    if let Some(id) = call.of("/REST/2.0/ticket/", "/history") {
        let happened = |number: u64, kind: &str| {
            json!({ "id": (id * 10 + number).to_string(), "type": "transaction", "Type": kind, "Field": "", "OldValue": "",
                "NewValue": "", "Created": stamp(id), "Creator": root })
        };
        let mut all = vec![happened(0, "Create")];
        all.extend(is_said(id).then(|| happened(1, "Comment")));
        return items(all, 1 + u64::from(is_said(id)));
    }
    if let Some(id) = call.of("/REST/2.0/ticket/", "/attachments") {
        let part = |number: u64, text: &str| {
            json!({ "id": (id * 10 + number).to_string(), "TransactionId": (id * 10 + number).to_string(),
                "ContentType": "text/plain", "Content": text })
        };
        let mut all = vec![part(0, &body(id))];
        all.extend(is_said(id).then(|| part(1, SAID)));
        return items(all, 1 + u64::from(is_said(id)));
    }
    if call.path != "/REST/2.0/tickets" {
        return Value::Null;
    }
    let below = call.text("query").split_once("id < ").map_or(u64::MAX, |(_, below)| below.parse().unwrap());
    let size = call.number("per_page", 20);
    let skip = (call.number("page", 1) - 1) * size;
    let ids = (1..=tickets).filter(|id| *id < below);
    let (page, total) = window(ids, call.text("order") != "ASC", skip, size);
    items(page.into_iter().map(ticket).collect(), total)
}

pub fn sentry(call: &Call, tickets: u64) -> Value {
    let issue = |id: u64| {
        json!({ "id": id.to_string(), "shortId": format!("LEDGER-{id}"), "title": title(id), "culprit": body(id), "status": "unresolved",
            "level": "error", "platform": "javascript", "project": { "id": "2", "name": "Ledger", "slug": "ledger" },
            "firstSeen": stamp(id), "lastSeen": stamp(id), "count": "1", "userCount": 1 })
    };
    let Some(path) = call.path.strip_prefix("/api/0/organizations/acme") else { return Value::Null };
    if let Some(id) = path.strip_prefix("/issues/").and_then(|rest| rest.strip_suffix("/events/latest/")?.parse().ok())
    {
        let message = json!([{ "type": "message", "data": { "formatted": SAID } }]);
        // What it keeps of an issue ends before the issue does.
        let event = json!({ "eventID": format!("e{id}"), "dateCreated": stamp(id), "entries": message });
        return if is_said(id) { event } else { Value::Null };
    }
    let none = |cursor: &str| {
        format!("<https://x.example/?cursor={cursor}>; rel=\"next\"; results=\"false\"; cursor=\"{cursor}\"")
    };
    match path {
        "/issues/" => {
            let size = call.number("limit", 100).min(25);
            let skip = call.text("cursor").split(':').nth(1).map_or(0, |skip| skip.parse().unwrap());
            let (page, total) = window(1..=tickets, true, skip, size);
            let cursor = format!("0:{}:0", skip + size);
            let link = none(&cursor);
            let link = if skip + size < total { link.replace("\"false\"", "\"true\"") } else { link };
            json!({ "list": page.into_iter().map(issue).collect::<Vec<_>>(), "headers": { "link": link } })
        }
        "/releases/" => json!({ "list": [], "headers": { "link": none("0:100:0") } }),
        _ => Value::Null,
    }
}

pub fn datadog(call: &Call, tickets: u64) -> Value {
    // The newest two minutes ago, and all others before it.
    let seen = |id: u64| (NOW - (seconds(tickets + 1) - seconds(id))) * 1000;
    let issue = |id: u64| {
        json!({ "id": format!("i{id}"), "type": "issue", "attributes": { "error_type": title(id), "error_message": body(id),
            "state": "OPEN", "first_seen": seen(id), "last_seen": seen(id) } })
    };
    match call.path.as_str() {
        "/api/v1/validate" => json!({ "valid": true }),
        "/api/v2/error-tracking/issues/search" => {
            let asked = &call.body["data"]["attributes"];
            let bounds = asked["from"].as_u64().unwrap()..=asked["to"].as_u64().unwrap();
            let found = (1..=tickets).rev().filter(|id| asked["track"] == "trace" && bounds.contains(&seen(*id)));
            let found: Vec<u64> = found.take(100).collect();
            let named = |id: &u64| json!({ "id": format!("i{id}"), "type": "error_tracking_search_result" });
            json!({ "data": found.iter().map(named).collect::<Vec<_>>(), "included": found.into_iter().map(issue).collect::<Vec<_>>() })
        }
        _ => Value::Null,
    }
}
