//! A help desk as Zendesk answers: an export with a cursor of its own, events, and 403 for who may not.

use crate::support::{
    Workspace,
    network::{noon, unwaiting},
    web::{Answer, Asked, Fault, Web},
};
use serde_json::{Value, json};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

#[derive(Default)]
struct Desk {
    /// As they changed.
    tickets: Mutex<Vec<Value>>,
    events: Mutex<Vec<Value>>,
    events_denied: bool,
    /// So many of the first are archived: lists leave them out, the export and a look at one do not.
    archived: usize,
}

impl Desk {
    fn ticket(&self, id: u64, at: i64, status: &str, subject: &str) {
        let ticket = json!({ "id": id, "subject": subject, "description": "The ledger stays empty.", "status": status, "requester_id": 7,
            "tags": [], "created_at": "2026-01-01T00:00:00Z", "updated_at": engine::Millis(at * 1000).to_rfc3339(), "generated_timestamp": at });
        self.tickets.lock().unwrap().push(ticket);
    }

    fn comment(&self, id: u64, ticket: u64, at: i64, body: &str) {
        let child = json!({ "id": id, "event_type": "Comment", "author_id": 8, "body": body, "public": false });
        self.events
            .lock()
            .unwrap()
            .push(json!({ "id": id, "ticket_id": ticket, "timestamp": at, "updater_id": 8, "child_events": [child] }));
    }

    fn answer(&self, asked: &Asked) -> Answer {
        let path = asked.path.split('?').next().unwrap();
        let number = |name: &str| asked.query(name).and_then(|text| text.parse::<usize>().ok());
        let ok = |body: Value| Answer::new(200, body.to_string());
        match path {
            "/api/v2/tickets.json" => {
                let newest: Vec<Value> = {
                    let tickets = self.tickets.lock().unwrap();
                    tickets.iter().skip(self.archived).rev().take(100).cloned().collect()
                };
                ok(json!({ "tickets": newest, "meta": { "has_more": true } }))
            }
            // Two to a page, so that it has pages.
            "/api/v2/incremental/tickets/cursor.json" => {
                let tickets = self.tickets.lock().unwrap();
                let begin = number("cursor").unwrap_or(0);
                let end = (begin + 2).min(tickets.len());
                let users = json!([{ "id": 7, "name": "Ann" }]);
                ok(
                    json!({ "tickets": tickets[begin..end], "users": users, "after_cursor": end.to_string(), "end_of_stream": end == tickets.len() }),
                )
            }
            "/api/v2/users.json" => ok(json!({ "users": [{ "id": 8, "name": "Ben" }], "meta": { "has_more": false } })),
            "/api/v2/groups.json" => ok(json!({ "groups": [], "meta": { "has_more": false } })),
            "/api/v2/incremental/ticket_events.json" if self.events_denied => {
                Answer::new(403, r#"{"error":"Forbidden"}"#)
            }
            "/api/v2/incremental/ticket_events.json" => {
                let start = i64::try_from(number("start_time").unwrap()).unwrap();
                let events = self.events.lock().unwrap();
                // From the last one on, which comes again each time.
                let shown: Vec<&Value> =
                    events.iter().filter(|event| event["timestamp"].as_i64() >= Some(start)).collect();
                let end = shown.last().map_or(start, |event| event["timestamp"].as_i64().unwrap());
                ok(json!({ "ticket_events": shown, "end_time": end, "end_of_stream": true, "count": shown.len() }))
            }
            "/api/v2/search/export.json" => {
                let tickets = self.tickets.lock().unwrap();
                ok(json!({ "results": *tickets, "users": [{ "id": 7, "name": "Ann" }], "meta": { "has_more": false } }))
            }
            _ => match path.strip_prefix("/api/v2/tickets/").and_then(|rest| rest.strip_suffix("/comments.json")) {
                Some(id) => ok(self.said(id.parse().unwrap())),
                None => self.one(path, asked),
            },
        }
    }

    /// Of one ticket: its description, and what was said since.
    fn said(&self, ticket: u64) -> Value {
        let events = self.events.lock().unwrap();
        let mine = events.iter().filter(|event| event["ticket_id"] == ticket);
        let said = mine.map(|event| {
            let said = &event["child_events"][0];
            json!({ "id": said["id"], "body": said["body"], "public": false, "author_id": 8, "created_at": "2026-01-03T00:00:00Z" })
        });
        let first = json!({ "id": ticket + 900, "body": "The ledger stays empty.", "public": true, "author_id": 7, "created_at": "2026-01-01T00:00:00Z" });
        json!({ "comments": std::iter::once(first).chain(said).collect::<Vec<_>>(), "meta": { "has_more": false } })
    }

    /// A ticket by its number, and what is changed in it.
    fn one(&self, path: &str, asked: &Asked) -> Answer {
        let id = path.strip_prefix("/api/v2/tickets/").and_then(|rest| rest.strip_suffix(".json"));
        let id = id.and_then(|id| id.parse::<u64>().ok());
        let mut tickets = self.tickets.lock().unwrap();
        let Some(at) = tickets.iter().rposition(|ticket| ticket["id"].as_u64() == id) else {
            return Answer::new(404, "{}");
        };
        if asked.method == "PUT" {
            let change: Value = serde_json::from_str(&asked.body).unwrap();
            tickets[at].as_object_mut().unwrap().extend(change["ticket"].as_object().unwrap().clone());
        }
        Answer::new(200, json!({ "ticket": tickets[at], "users": [{ "id": 7, "name": "Ann" }] }).to_string())
    }
}

struct Asking {
    workspace: Workspace,
    desk: Arc<Desk>,
    web: Web,
}

impl Asking {
    fn desk(desk: Desk) -> Self {
        let desk = Arc::new(desk);
        let mine = Arc::clone(&desk);
        let web = Web::serve(move |asked| mine.answer(asked));
        let workspace = Workspace::asking(unwaiting().0, noon());
        let url = format!("http://{}", web.address);
        workspace.call("source_add", json!({ "kind": "zendesk", "url": url, "name": "desk", "secret": "token" }));
        Self { workspace, desk, web }
    }

    fn sync(&self) -> engine::api::view::ImportReport {
        let run = engine::sync_now(&self.workspace.engine, Some("desk"), &|_, _| {}).unwrap().remove(0);
        self.workspace.engine.wait_until_searchable().unwrap();
        assert!(run.error.is_none(), "{:?}", run.error.map(|error| error.to_string()));
        run.report
    }

    fn found(&self, words: &str) -> u64 {
        self.workspace.call("search", json!({ "query": words }))["total"].as_u64().unwrap()
    }
}

fn filled() -> Desk {
    let desk = Desk::default();
    for id in 1..=5 {
        desk.ticket(
            id,
            1_767_400_000 + i64::try_from(id).unwrap() * 100,
            "open",
            &format!("Voucher {id} was not posted"),
        );
    }
    desk.comment(50, 3, 1_767_400_350, "Rounding zanzibar.");
    desk
}

#[test]
fn an_export_is_read_to_its_end_and_a_deleted_ticket_leaves_with_the_next_sync() {
    let asking = Asking::desk(filled());
    let report = asking.sync();
    assert_eq!((report.added, report.comments, report.skipped, asking.found("zanzibar")), (5, 1, 0, 1));
    asking.desk.ticket(2, 1_767_401_000, "deleted", "Voucher 2 was not posted");
    asking.desk.ticket(3, 1_767_401_100, "solved", "Voucher 3 was posted twice");
    asking.desk.comment(51, 4, 1_767_401_200, "Quartz.");
    let before = asking.web.paths().len();
    let report = asking.sync();
    assert_eq!((report.changed, report.deleted, report.comments), (1, 1, 1));
    assert_eq!((asking.found("\"Voucher 2\""), asking.found("\"posted twice\""), asking.found("quartz")), (0, 1, 1));
    let asked = asking.web.paths().split_off(before);
    assert!(
        asked.iter().all(|path| !path.contains("tickets.json")) && asked.len() == 6,
        "also what became of promises, and whether it has a help centre: {asked:?}"
    );
    let report = asking.sync();
    assert_eq!(
        (report.added, report.changed, report.deleted, report.comments),
        (0, 0, 0, 0),
        "the last event comes again"
    );
}

#[test]
fn archived_tickets_that_lists_leave_out_come_with_the_export_and_no_page_is_ever_numbered() {
    let desk = Desk { archived: 20, ..Desk::default() };
    for id in 1..=30 {
        let at = 1_767_400_000 + i64::try_from(id).unwrap() * 100;
        desk.ticket(id, at, if id <= 20 { "closed" } else { "open" }, &format!("Voucher {id} was not posted"));
        desk.comment(100 + id, id, at + 1, "Rounding zanzibar.");
    }
    let asking = Asking::desk(desk);
    let report = asking.sync();
    assert_eq!((report.added, report.comments, asking.found("\"Voucher 7\"")), (30, 30, 1));
    // Past its hundredth page an offset is refused: cursors have no such wall.
    let paths = asking.web.paths();
    assert!(paths.iter().all(|path| !path.contains("?page=") && !path.contains("&page=")), "{paths:?}");
}

#[test]
fn a_stream_that_a_plan_or_a_role_leaves_out_is_told_and_the_others_go_on() {
    let asking = Asking::desk(Desk { events_denied: true, ..filled() });
    let report = asking.sync();
    assert_eq!((report.added, report.comments, report.skipped), (5, 0, 0));
    let told = &report.errors[0];
    assert_eq!((told.file.as_deref(), told.line), (Some("events"), 0));
    assert!(told.reason.contains("does not allow"), "{}", told.reason);
}

/// An administrator becomes an agent between two pages of the export.
#[test]
fn a_permission_that_is_narrowed_midway_costs_nothing_that_can_be_read_another_way_and_is_told() {
    let asking = Asking::desk(filled());
    let pages = AtomicUsize::new(0);
    asking.web.twist(move |asked, answer| {
        let exported = asked.path.starts_with("/api/v2/incremental/tickets/");
        let before = exported && pages.fetch_add(1, Ordering::SeqCst) == 0;
        let theirs = asked.path.starts_with("/api/v2/incremental/") && !before;
        if theirs { Answer::new(403, r#"{"error":"Forbidden","description":"Admins only"}"#) } else { answer }
    });
    let report = asking.sync();
    let paths = asking.web.paths();
    let count = |of: &str| paths.iter().filter(|path| path.starts_with(of)).count();
    assert_eq!(count("/api/v2/incremental/tickets/"), 2, "one page, one refusal, and no hammering: {paths:?}");
    assert_eq!((count("/api/v2/search/export"), count("/api/v2/tickets/")), (1, 5), "then as an agent may: {paths:?}");
    assert_eq!((report.added, report.deleted, asking.found("voucher"), asking.found("zanzibar")), (5, 0, 5, 1));
    let told: Vec<&str> = report.errors.iter().filter_map(|error| error.file.as_deref()).collect();
    assert!(told.contains(&"events"), "{told:?}");
    let source = &asking.workspace.call("sources_list", json!({}))[0];
    assert_eq!((&source["stopped"], &source["failure"]), (&json!(false), &json!(null)), "it goes on by itself");

    // The next run begins as an agent, and finds what is new.
    asking.desk.ticket(6, 1_767_402_000, "open", "Voucher 6 was not posted");
    let before = asking.web.paths().len();
    let report = asking.sync();
    assert_eq!((report.added, report.deleted, asking.found("voucher")), (1, 0, 6));
    let asked = asking.web.paths().split_off(before);
    assert!(asked.iter().all(|path| !path.contains("incremental/tickets/")), "{asked:?}");
}

#[test]
fn a_ticket_is_linked_to_its_problem_once_even_where_the_answer_is_lost() {
    let asking = Asking::desk(filled());
    let options = json!([{ "key": "write", "value": "yes" }]);
    let url = format!("http://{}", asking.web.address);
    let added = json!({ "kind": "zendesk", "url": url, "name": "desk", "options": options, "secret": "token" });
    let source = asking.workspace.call("source_add", added);
    assert_eq!(source["writes"], json!(["note", "link"]));
    asking.sync();
    let write = |to: &str, problem: &str| {
        let asked = json!({ "kind": "link", "to": to, "problem": problem, "text": "" });
        asking.workspace.try_call("outbox_write", asked)
    };
    asking
        .workspace
        .import(r#"{"kind":"ticket","id":"T-1","subject":"Elsewhere","body":"x","created_at":"2026-01-01T08:00:00Z"}"#);
    for (to, problem) in [("desk:3", "desk:3"), ("desk:3", "files:T-1"), ("desk:3", "")] {
        assert_eq!(write(to, problem).unwrap_err(), "bad_input", "{to} {problem}");
    }
    let item = write("desk:3", "desk:5").unwrap();
    assert_eq!((&item["method"], &item["state"], &item["title"]), (&json!("PUT"), &json!("draft"), &json!("5")));
    assert_eq!(item["payload"], r#"{"ticket":{"problem_id":5,"type":"incident"}}"#);
    let puts = || asking.web.asked().into_iter().filter(|asked| asked.method == "PUT").count();
    assert_eq!(puts(), 0, "nothing leaves before the click");

    // It arrives, and its answer is lost: the ticket itself says that it is there.
    asking.web.twist(|asked, answer| match asked.method.as_str() {
        "PUT" => answer.failing(Fault::Reset(3)),
        _ => answer,
    });
    let send = || asking.workspace.call("outbox_send", json!({ "id": item["id"], "seal": item["seal"] }));
    assert_eq!(send()["may_be_there"], true);
    let sent = send();
    assert_eq!((&sent["state"], puts()), (&json!("sent"), 1), "{sent}");
    assert!(sent["url"].as_str().unwrap().ends_with("/agent/tickets/5"));
}
