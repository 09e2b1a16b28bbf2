//! Servers of several kinds with as many tickets as somebody wants, two minutes apart, something said of every fifth. Each
//! pages, sorts and bounds as its documentation says; what they hold never changes.

use super::{
    forge::Forge,
    monitors::{datadog, rt, sentry},
    texts::{body, title},
    tracker::Tracker,
    web::{Answer, Web},
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use url::form_urlencoded;

/// Small, so that there are many.
const PAGE: u64 = 25;
const DATE: &str = "Fri, 01 Jan 2027 12:00:00 GMT";
/// Said of every fifth.
/// One word of it stands nowhere else.
pub const SAID: &str = "It came back after the restart, said zanzerfeld.";

pub struct Service {
    pub kind: &'static str,
    /// Behind its host.
    pub path: &'static str,
    /// So many tickets make a run of about fifty requests.
    pub small: u64,
    /// Something is said of every fifth of them.
    pub talks: bool,
    pub open: fn(u64) -> Web,
}

pub const SERVICES: [Service; 10] = [
    Service {
        kind: "github",
        path: "/acme/ledger",
        small: 2_000,
        talks: true,
        open: |n| Forge::with(n).with_pages_of(25).open(),
    },
    Service { kind: "redmine", path: "", small: 40, talks: true, open: |n| Tracker::with(n).open() },
    Service { kind: "zendesk", path: "", small: 600, talks: true, open: |n| over(n, zendesk) },
    Service { kind: "freshdesk", path: "", small: 40, talks: true, open: |n| over(n, freshdesk) },
    Service { kind: "jira", path: "/browse/LED", small: 600, talks: true, open: |n| over(n, jira) },
    Service { kind: "gitlab", path: "/acme/ledger", small: 150, talks: true, open: |n| over(n, gitlab) },
    Service { kind: "intercom", path: "", small: 40, talks: true, open: |n| over(n, intercom) },
    Service { kind: "rt", path: "", small: 20, talks: true, open: |n| over(n, rt) },
    Service { kind: "sentry", path: "/organizations/acme", small: 40, talks: true, open: |n| over(n, sentry) },
    Service { kind: "datadog", path: "", small: 1_000, talks: false, open: |n| over(n, datadog) },
];

fn over(tickets: u64, answer: fn(&Call, u64) -> Value) -> Web {
    Web::serve(move |asked| {
        let (path, query) = asked.path.split_once('?').unwrap_or((&asked.path, ""));
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let call = Call { path: path.to_owned(), query, body: serde_json::from_str(&asked.body).unwrap_or_default() };
        let mut body = answer(&call, tickets);
        let headers = body.as_object_mut().and_then(|body| body.remove("headers"));
        let told = body.as_object_mut().and_then(|body| body.remove("list")).unwrap_or(body);
        let mut answer = if told.is_null() { Answer::new(404, "{}") } else { Answer::new(200, told.to_string()) };
        for (name, value) in headers.iter().flat_map(|headers| headers.as_object().unwrap()) {
            answer = answer.with(name, value.as_str().unwrap());
        }
        answer.with("date", DATE)
    })
}

pub struct Call {
    pub path: String,
    query: BTreeMap<String, String>,
    pub body: Value,
}

impl Call {
    pub fn number(&self, name: &str, usual: u64) -> u64 {
        self.query.get(name).map_or(usual, |text| text.parse().unwrap())
    }

    pub fn text(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }

    /// `/api/v2/tickets/7/conversations` → 7, between these.
    pub fn of(&self, before: &str, behind: &str) -> Option<u64> {
        self.path.strip_prefix(before)?.strip_suffix(behind)?.parse().ok()
    }
}

pub fn seconds(id: u64) -> u64 {
    1_767_225_600 + id * 120
}

pub fn stamp(id: u64) -> String {
    engine::Millis(i64::try_from(seconds(id)).unwrap() * 1000).to_rfc3339()
}

pub fn is_said(id: u64) -> bool {
    id.is_multiple_of(5)
}

/// A page of ids that lie in a window of times, in an order; how many there are in all.
pub fn window(ids: impl Iterator<Item = u64>, newest: bool, skip: u64, size: u64) -> (Vec<u64>, u64) {
    let mut all: Vec<u64> = ids.collect();
    if newest {
        all.reverse();
    }
    let total = all.len() as u64;
    (all.into_iter().skip(usize::try_from(skip).unwrap()).take(usize::try_from(size).unwrap()).collect(), total)
}

fn zendesk(call: &Call, tickets: u64) -> Value {
    let ticket = |id: u64| {
        json!({ "id": id, "subject": title(id), "description": body(id), "status": "open", "requester_id": 7,
            "tags": [], "created_at": stamp(id), "updated_at": stamp(id), "generated_timestamp": seconds(id) })
    };
    match call.path.as_str() {
        "/api/v2/tickets.json" => {
            let newest: Vec<Value> = (1..=tickets).rev().take(100).map(ticket).collect();
            json!({ "tickets": newest, "meta": { "has_more": true } })
        }
        "/api/v2/incremental/tickets/cursor.json" => {
            let begin = call.number("cursor", 0);
            let end = (begin + PAGE).min(tickets);
            // Names come along where they are asked for.
            let users =
                if call.text("include").contains("users") { json!([{ "id": 7, "name": "Ann" }]) } else { json!([]) };
            json!({ "tickets": (begin + 1..=end).map(ticket).collect::<Vec<_>>(), "users": users,
                "after_cursor": end.to_string(), "end_of_stream": end == tickets })
        }
        "/api/v2/users.json" => json!({ "users": [{ "id": 8, "name": "Ben" }], "meta": { "has_more": false } }),
        "/api/v2/groups.json" => json!({ "groups": [], "meta": { "has_more": false } }),
        "/api/v2/incremental/ticket_events.json" => {
            // From the last one on, which comes again each time.
            let start = call.number("start_time", 0);
            let ids: Vec<u64> = (1..=tickets).filter(|id| is_said(*id) && seconds(*id) >= start).collect();
            let shown = ids.iter().take(25);
            let event = |id: &u64| {
                let child = json!({ "id": id, "event_type": "Comment", "author_id": 8, "body": SAID, "public": false });
                json!({ "id": id, "ticket_id": id, "timestamp": seconds(*id), "updater_id": 8, "child_events": [child] })
            };
            let end = shown.clone().next_back().map_or(start, |id| seconds(*id));
            let events: Vec<Value> = shown.map(event).collect();
            json!({ "ticket_events": events, "end_time": end, "end_of_stream": ids.len() <= 25, "count": ids.len() })
        }
        _ => Value::Null,
    }
}

fn freshdesk(call: &Call, tickets: u64) -> Value {
    let ticket = |id: u64| {
        json!({ "id": id, "subject": title(id), "description_text": body(id), "status": 2, "priority": 1,
            "requester_id": 7, "requester": { "id": 7, "name": "Ann" }, "created_at": stamp(id), "updated_at": stamp(id) })
    };
    if let Some(id) = call.of("/api/v2/tickets/", "/conversations") {
        let said = json!({ "id": id, "body_text": SAID, "private": true, "incoming": false, "user_id": 8, "created_at": stamp(id) });
        return json!({ "list": if is_said(id) { json!([said]) } else { json!([]) } });
    }
    match call.path.as_str() {
        "/api/v2/tickets" if call.text("filter") == "deleted" => json!({ "list": [] }),
        "/api/v2/tickets" => {
            let since = call.text("updated_since");
            let ids = (1..=tickets).filter(|id| *stamp(*id) >= *since);
            let size = call.number("per_page", 30);
            let skip = (call.number("page", 1) - 1) * size;
            let (page, total) = window(ids, call.text("order_type") != "asc", skip, size);
            let list: Vec<Value> = page.into_iter().map(ticket).collect();
            let next = if skip + size < total {
                json!({ "link": "<https://x.freshdesk.com/next>; rel=\"next\"" })
            } else {
                json!({})
            };
            json!({ "list": list, "headers": next })
        }
        "/api/v2/solutions/categories" => json!({ "list": [] }),
        _ => Value::Null,
    }
}

/// A data center: it counts, and cuts pages silently.
fn jira(call: &Call, tickets: u64) -> Value {
    let at = |id: u64| stamp(id).replace('Z', ".000+0000");
    let issue = |id: u64| {
        let said = json!({ "id": id.to_string(), "author": { "displayName": "Ben" }, "body": SAID, "created": at(id), "updated": at(id) });
        let comments = if is_said(id) { json!([said]) } else { json!([]) };
        json!({ "id": id.to_string(), "key": format!("LED-{id}"), "fields": { "summary": title(id), "description": body(id),
            "status": { "name": "Open", "statusCategory": { "key": "new" } }, "project": { "key": "LED", "name": "Ledger" },
            "created": at(id), "updated": at(id), "comment": { "comments": comments, "total": u64::from(is_said(id)) } } })
    };
    if call.path != "/rest/api/2/search" {
        return Value::Null;
    }
    let (skip, size) = (call.number("startAt", 0), call.number("maxResults", 50).min(PAGE));
    let (page, total) = window(1..=tickets, call.text("jql").contains("DESC"), skip, size);
    json!({ "issues": page.into_iter().map(issue).collect::<Vec<_>>(), "total": total, "startAt": skip, "maxResults": size })
}

fn gitlab(call: &Call, tickets: u64) -> Value {
    let issue = |id: u64| {
        json!({ "id": 9_000 + id, "iid": id, "title": title(id), "description": body(id), "state": "opened", "labels": [],
            "author": { "username": "ann" }, "user_notes_count": u64::from(is_said(id)), "created_at": stamp(id), "updated_at": stamp(id),
            "web_url": format!("https://gitlab.example/acme/ledger/-/issues/{id}") })
    };
    let Some(path) = call.path.strip_prefix("/api/v4/projects/acme%2Fledger") else { return Value::Null };
    if let Some(id) = path.strip_prefix("/issues/").and_then(|rest| rest.strip_suffix("/notes")?.parse().ok()) {
        let said = json!({ "id": id, "body": SAID, "author": { "username": "ben" }, "system": false, "created_at": stamp(id) });
        return json!({ "list": if is_said(id) { json!([said]) } else { json!([]) } });
    }
    // As real ones: the next is linked to each that somebody spoke in.
    if let Some(id) = path.strip_prefix("/issues/").and_then(|rest| rest.strip_suffix("/links")?.parse::<u64>().ok()) {
        let other = json!({ "iid": id + 1, "link_type": "relates_to", "references": { "full": format!("acme/ledger#{}", id + 1) } });
        return json!({ "list": if is_said(id) { json!([other]) } else { json!([]) } });
    }
    match path {
        "/issues" => {
            let (after, before) = (call.text("updated_after"), call.text("updated_before"));
            let inside = |id: &u64| *stamp(*id) >= *after && (before.is_empty() || *stamp(*id) <= *before);
            let size = call.number("per_page", 20);
            let page = call.number("page", 1);
            let (ids, total) =
                window((1..=tickets).filter(inside), call.text("sort") != "asc", (page - 1) * size, size);
            let next = if page * size < total { (page + 1).to_string() } else { String::new() };
            let list: Vec<Value> = ids.into_iter().map(issue).collect();
            json!({ "list": list, "headers": { "x-total": total.to_string(), "x-next-page": next } })
        }
        "/merge_requests" | "/releases" | "/repository/tags" | "/deployments" => {
            json!({ "list": [], "headers": { "x-next-page": "", "x-total": "0" } })
        }
        _ => Value::Null,
    }
}

fn intercom(call: &Call, tickets: u64) -> Value {
    let conversation = |id: u64, whole: bool| {
        let said = json!({ "type": "conversation_part", "id": format!("p{id}"), "part_type": "comment", "body": format!("<p>{SAID}</p>"),
            "created_at": seconds(id), "author": { "type": "admin", "id": "8", "name": "Ben" } });
        let parts = if is_said(id) { json!([said]) } else { json!([]) };
        let mut record = json!({ "type": "conversation", "id": id.to_string(), "title": title(id), "state": "open",
            "created_at": seconds(id), "updated_at": seconds(id),
            "source": { "type": "email", "id": id.to_string(), "subject": title(id), "body": format!("<p>{}</p>", escaped(&body(id))),
                "author": { "type": "user", "id": "7", "name": "Ann" } },
            "contacts": { "type": "contact.list", "contacts": [{ "type": "contact", "id": format!("c{}", id % 18) }] } });
        if whole {
            let total = parts.as_array().unwrap().len();
            record["conversation_parts"] = json!({ "conversation_parts": parts, "total_count": total });
        }
        record
    };
    match call.path.as_str() {
        "/conversations/search" => {
            let pages = &call.body["pagination"];
            let size = pages["per_page"].as_u64().unwrap().min(PAGE);
            let skip = pages["starting_after"].as_str().map_or(0, |after| after.parse().unwrap());
            let newest = call.body["sort"]["order"] == "descending";
            let (ids, total) = window(1..=tickets, newest, skip, size);
            let next = (skip + size < total).then(|| json!({ "starting_after": (skip + size).to_string() }));
            let list: Vec<Value> = ids.into_iter().map(|id| conversation(id, false)).collect();
            json!({ "conversations": list, "total_count": total, "pages": { "next": next } })
        }
        "/articles" | "/internal_articles" => json!({ "data": [], "total_count": 0 }),
        // Of every third nobody knows a company.
        "/contacts/search" => {
            let asked = call.body["query"]["value"].as_array().unwrap();
            assert!(asked.len() <= 15, "no more are joined");
            let contact = |id: &Value| {
                let number: u64 = id.as_str().unwrap()[1..].parse().unwrap();
                let of = if number.is_multiple_of(3) { json!([]) } else { json!([{ "id": (number % 2).to_string() }]) };
                json!({ "type": "contact", "id": id, "companies": { "type": "list", "data": of } })
            };
            json!({ "type": "list", "data": asked.iter().map(contact).collect::<Vec<_>>(), "pages": { "next": null } })
        }
        "/companies/list" => {
            let company =
                |id: &str, name: &str| json!({ "type": "company", "id": id, "name": name, "updated_at": seconds(1) });
            json!({ "type": "list", "data": [company("0", "Northwind"), company("1", "Contoso")],
                "pages": { "next": null, "page": 1, "total_pages": 1 } })
        }
        _ => match call.of("/conversations/", "") {
            Some(id) => conversation(id, true),
            None => Value::Null,
        },
    }
}

/// As text stands in markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
