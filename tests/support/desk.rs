//! A help desk as Zendesk answers: an export with a cursor of its own, events, and 403 for who may not.

use super::web::{Answer, Asked};
use serde_json::{Value, json};
use std::sync::{
    Mutex,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

/// As strict as the real one: names and comments come only where they are asked for, exports to administrators alone, and
/// what is archived or deleted stands in some lists and not in others.
#[derive(Default)]
pub struct Desk {
    /// As they changed.
    pub tickets: Mutex<Vec<Value>>,
    pub events: Mutex<Vec<Value>>,
    pub events_denied: bool,
    /// So many of the first are archived: lists leave them out, the export, the search and a look at one do not.
    pub archived: usize,
    /// Whoever asks is no administrator.
    pub agent: AtomicBool,
    pub search_denied: bool,
    /// May see what was deleted.
    pub deletions: bool,
    /// Seconds that have passed there since noon.
    pub passed: AtomicU64,
}

/// 2026-01-10T12:00:00Z, when it begins.
const NOON: u64 = 1_768_046_400;

impl Desk {
    pub fn ticket(&self, id: u64, at: i64, status: &str, subject: &str) {
        let ticket = json!({ "id": id, "subject": subject, "description": "The ledger stays empty.", "status": status, "requester_id": 7,
            "assignee_id": 8, "group_id": 20, "organization_id": 30, "tags": [], "created_at": "2026-01-01T00:00:00Z",
            "updated_at": engine::Millis(at * 1000).to_rfc3339(), "generated_timestamp": at });
        self.tickets.lock().unwrap().push(ticket);
    }

    /// A note of somebody who works there.
    pub fn comment(&self, id: u64, ticket: u64, at: i64, body: &str) {
        let child = json!({ "id": id, "event_type": "Comment", "author_id": 8, "body": body, "public": false });
        self.event(id, ticket, at, 8, json!([child]));
    }

    pub fn event(&self, id: u64, ticket: u64, at: i64, by: i64, children: Value) {
        let event =
            json!({ "id": id, "ticket_id": ticket, "timestamp": at, "updater_id": by, "child_events": children });
        self.events.lock().unwrap().push(event);
    }

    pub fn answer(&self, asked: &Asked) -> Answer {
        let path = asked.path.split('?').next().unwrap();
        let now = NOON + self.passed.load(Ordering::SeqCst);
        let date = httpdate::fmt_http_date(std::time::UNIX_EPOCH + std::time::Duration::from_secs(now));
        let exports = path.starts_with("/api/v2/incremental/");
        if exports && self.agent.load(Ordering::SeqCst)
            || asked.query("page%5Bsize%5D").is_some_and(|size| size != "100")
        {
            let status = if exports { 403 } else { 400 };
            return Answer::new(status, r#"{"error":"Forbidden"}"#).with("date", date);
        }
        self.told(path, asked).with("date", date)
    }

    /// As they are now, newest first, without what is deleted.
    fn there(&self) -> Vec<Value> {
        let mut there: Vec<Value> = Vec::new();
        for ticket in self.tickets.lock().unwrap().iter().rev() {
            if there.iter().all(|one| one["id"] != ticket["id"]) {
                there.push(ticket.clone());
            }
        }
        there.retain(|ticket| ticket["status"] != "deleted");
        there
    }

    /// What lists hold.
    fn listed(&self) -> Vec<Value> {
        let mut there = self.there();
        there.retain(|ticket| ticket["id"].as_u64().unwrap() > self.archived as u64);
        there
    }

    fn told(&self, path: &str, asked: &Asked) -> Answer {
        let number = |name: &str| asked.query(name).and_then(|text| text.parse::<usize>().ok());
        let ok = |body: Value| Answer::new(200, body.to_string());
        let beside = |mut body: Value| {
            let include = asked.query("include").unwrap_or_default();
            let known = [
                ("users", json!([person(7), person(8)])),
                ("groups", json!([{ "id": 20, "name": "Tier 1" }])),
                ("organizations", json!([{ "id": 30, "name": "Acme" }])),
            ];
            for (name, list) in known.into_iter().filter(|(name, _)| include.split("%2C").any(|asked| asked == *name)) {
                body[name] = list;
            }
            Answer::new(200, body.to_string())
        };
        let ids = || {
            asked.query("ids").unwrap_or_default().split("%2C").map(|id| id.parse::<u64>().unwrap()).collect::<Vec<_>>()
        };
        match path {
            "/api/v2/tickets.json" => {
                let newest: Vec<Value> = self.listed().into_iter().take(100).collect();
                beside(json!({ "tickets": newest, "meta": { "has_more": false } }))
            }
            // Two to a page, so that it has pages.
            "/api/v2/incremental/tickets/cursor.json" => {
                let tickets = self.tickets.lock().unwrap();
                let begin = number("cursor").unwrap_or(0);
                let end = (begin + 2).min(tickets.len());
                let page = &tickets[begin..end];
                beside(
                    json!({ "tickets": page, "after_cursor": end.to_string(), "end_of_stream": end == tickets.len() }),
                )
            }
            "/api/v2/users.json" if asked.path.contains("role%5B%5D=agent") => {
                ok(json!({ "users": [person(8), person(9)], "meta": { "has_more": false } }))
            }
            "/api/v2/users/show_many.json" => ok(json!({ "users": ids().into_iter().map(person).collect::<Vec<_>>() })),
            "/api/v2/groups.json" => {
                let groups = json!([{ "id": 20, "name": "Tier 1" }, { "id": 21, "name": "Tier 2" }]);
                ok(json!({ "groups": groups, "meta": { "has_more": false } }))
            }
            "/api/v2/incremental/ticket_events.json" if self.events_denied => {
                Answer::new(403, r#"{"error":"Forbidden"}"#)
            }
            "/api/v2/incremental/ticket_events.json" => {
                let start = i64::try_from(number("start_time").unwrap()).unwrap();
                let mut events = self.events.lock().unwrap().clone();
                // From the last one on, which comes again each time.
                events.retain(|event| event["timestamp"].as_i64() >= Some(start));
                if asked.query("include").as_deref() != Some("comment_events") {
                    events.iter_mut().for_each(|event| event["child_events"] = json!([{ "comment_present": true }]));
                }
                let end = events.last().map_or(start, |event| event["timestamp"].as_i64().unwrap());
                ok(json!({ "ticket_events": events, "end_time": end, "end_of_stream": true, "count": events.len() }))
            }
            "/api/v2/search/export.json" if self.search_denied => Answer::new(403, "{}"),
            "/api/v2/search/export.json" => {
                let (kind, query) = (asked.query("filter%5Btype%5D"), asked.query("query").unwrap());
                let since = query.strip_prefix("updated%3E%3D").unwrap().replace("%3A", ":");
                if kind.as_deref() != Some("ticket") || asked.query("include").is_some() {
                    return Answer::new(400, r#"{"error":"InvalidParameter"}"#);
                }
                let mut found = self.there();
                found.retain(|ticket| ticket["updated_at"].as_str().unwrap() >= since.as_str());
                ok(json!({ "results": found, "meta": { "has_more": false } }))
            }
            "/api/v2/deleted_tickets.json" if self.deletions => {
                let tickets = self.tickets.lock().unwrap();
                let gone = tickets.iter().rev().filter(|ticket| ticket["status"] == "deleted");
                let (skip, gone) = (number("page").unwrap() - 1, gone.map(|ticket| json!({ "id": ticket["id"] })));
                ok(json!({ "deleted_tickets": gone.skip(skip * 100).take(100).collect::<Vec<_>>() }))
            }
            "/api/v2/deleted_tickets.json" => Answer::new(403, "{}"),
            "/api/v2/tickets/show_many.json" => {
                let (ids, mut some) = (ids(), self.listed());
                some.retain(|ticket| ids.contains(&ticket["id"].as_u64().unwrap()));
                beside(json!({ "tickets": some }))
            }
            _ => {
                let of = |end: &str| path.strip_prefix("/api/v2/tickets/")?.strip_suffix(end)?.parse::<u64>().ok();
                match of("/audits.json") {
                    Some(id) => ok(json!({ "audits": self.audits(id), "meta": { "has_more": false } })),
                    None => of(".json").map_or_else(|| Answer::new(404, "{}"), |id| self.one(id, asked, &beside)),
                }
            }
        }
    }

    /// Of one ticket: how it was opened, and everything since, as the audits word it.
    fn audits(&self, ticket: u64) -> Vec<Value> {
        let opened = json!([
            { "id": ticket + 900, "type": "Comment", "body": "The ledger stays empty.", "public": true, "author_id": 7 },
            { "id": ticket + 901, "type": "Create", "field_name": "status", "value": "new" },
        ]);
        let first = json!({ "id": ticket + 800, "ticket_id": ticket, "created_at": "2026-01-01T00:00:00Z", "author_id": 7, "events": opened });
        let events = self.events.lock().unwrap();
        let since = events.iter().filter(|event| event["ticket_id"] == ticket).map(|event| {
            let children = event["child_events"].as_array().unwrap().iter().map(|child| {
                let mut child = child.clone();
                child["type"] = child.as_object_mut().unwrap().remove("event_type").unwrap();
                for field in ["group_id", "status"] {
                    if let Some(value) = child.as_object_mut().unwrap().remove(field) {
                        (child["field_name"], child["value"]) = (field.into(), value);
                    }
                }
                child
            });
            let at = engine::Millis(event["timestamp"].as_i64().unwrap() * 1000).to_rfc3339();
            json!({ "id": event["id"], "ticket_id": ticket, "created_at": at, "author_id": event["updater_id"],
                "events": children.collect::<Vec<_>>() })
        });
        std::iter::once(first).chain(since).collect()
    }

    /// A ticket by its number, and what is changed in it.
    fn one(&self, id: u64, asked: &Asked, beside: &dyn Fn(Value) -> Answer) -> Answer {
        if self.there().iter().all(|ticket| ticket["id"] != id) {
            return Answer::new(404, "{}");
        }
        let mut tickets = self.tickets.lock().unwrap();
        let at = tickets.iter().rposition(|ticket| ticket["id"] == id).unwrap();
        if asked.method == "PUT" {
            let change: Value = serde_json::from_str(&asked.body).unwrap();
            tickets[at].as_object_mut().unwrap().extend(change["ticket"].as_object().unwrap().clone());
        }
        beside(json!({ "ticket": tickets[at] }))
    }
}

fn person(id: u64) -> Value {
    let (name, role) = match id {
        7 => ("Ann", "end-user"),
        8 => ("Ben", "agent"),
        9 => ("Cleo", "admin"),
        _ => ("Eve", "end-user"),
    };
    json!({ "id": id, "name": name, "role": role })
}
