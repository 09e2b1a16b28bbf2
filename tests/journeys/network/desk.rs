//! A help desk as Zendesk answers, for administrators and for agents.

use crate::support::{
    Workspace,
    desk::Desk,
    network::{HandClock, noon, unwaiting},
    web::{Fault, Web},
};
use serde_json::json;
use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

struct Asking {
    workspace: Workspace,
    clock: Arc<HandClock>,
    desk: Arc<Desk>,
    web: Web,
}

impl Asking {
    fn desk(desk: Desk) -> Self {
        let desk = Arc::new(desk);
        let mine = Arc::clone(&desk);
        let web = Web::serve(move |asked| mine.answer(asked));
        let clock = noon();
        let workspace = Workspace::asking(unwaiting().0, clock.clone());
        let url = format!("http://{}", web.address);
        workspace.call("source_add", json!({ "kind": "zendesk", "url": url, "name": "desk", "secret": "token" }));
        Self { workspace, clock, desk, web }
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
    let (pages, desk) = (AtomicUsize::new(0), Arc::clone(&asking.desk));
    asking.web.twist(move |asked, answer| {
        // The first page is the last one.
        if asked.path.starts_with("/api/v2/incremental/tickets/") && pages.fetch_add(1, Ordering::SeqCst) == 0 {
            desk.agent.store(true, Ordering::SeqCst);
        }
        answer
    });
    let report = asking.sync();
    let paths = asking.web.paths();
    let count = |of: &str| paths.iter().filter(|path| path.starts_with(of)).count();
    assert_eq!(count("/api/v2/incremental/tickets/"), 2, "one page, one refusal, and no hammering: {paths:?}");
    let all = paths.iter().filter(|path| path.contains("show_many") || path.contains("/audits")).count();
    assert_eq!(
        (count("/api/v2/search/export"), all),
        (1, 6),
        "then as an agent may, all at once and what was said one by one: {paths:?}"
    );
    assert_eq!((report.added, report.deleted, asking.found("voucher"), asking.found("zanzibar")), (5, 0, 5, 1));
    let told: Vec<&str> = report.errors.iter().filter_map(|error| error.file.as_deref()).collect();
    assert!(told.contains(&"events"), "{told:?}");
    let source = &asking.workspace.call("sources_list", json!({}))[0];
    assert_eq!((&source["stopped"], &source["failure"]), (&json!(false), &json!(null)), "it goes on by itself");

    // The next run begins as an agent, and finds what is new.
    asking.desk.ticket(6, 1_767_402_000, "open", "Voucher 6 was not posted");
    let before = asking.web.paths().len();
    let report = asking.sync();
    assert_eq!((report.added, report.changed, report.deleted, asking.found("voucher")), (1, 0, 0, 6));
    let asked = asking.web.paths().split_off(before);
    assert!(asked.iter().all(|path| !path.contains("incremental/tickets/")), "{asked:?}");
}

#[test]
fn an_agent_has_names_in_the_place_of_numbers_knows_who_speaks_and_sees_who_handed_it_on() {
    let desk = Desk { agent: AtomicBool::new(true), archived: 1, ..filled() };
    let said = |id: u64, by: i64, public: bool, body: &str| json!({ "id": id, "event_type": "Comment", "author_id": by, "body": body, "public": public });
    let handed = json!({ "id": 62, "event_type": "Change", "group_id": "21", "previous_value": "20" });
    desk.event(60, 1, 1_767_400_110, 7, json!([said(60, 7, true, "Still empty, says the customer.")]));
    desk.event(61, 1, 1_767_400_120, 8, json!([said(61, 8, true, "We look at it."), handed]));
    desk.event(63, 1, 1_767_400_130, 77, json!([said(63, 77, true, "Mine too.")]));
    let asking = Asking::desk(desk);
    let report = asking.sync();
    assert_eq!((report.added, report.comments, report.hops, report.skipped), (5, 4, 1, 0));
    for id in ["desk:1", "desk:5"] {
        let ticket = asking.workspace.call("ticket_get", json!({ "id": id }));
        let told =
            ["requester", "assignee", "group", "account"].map(|field| ticket[field].as_str().unwrap_or_default());
        assert_eq!(told, ["Ann", "Ben", "Tier 1", "Acme"], "{id}, archived or not");
    }
    let ticket = asking.workspace.call("ticket_get", json!({ "id": "desk:1" }));
    let said: Vec<(&str, &str)> = ticket["comments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|comment| (comment["author"].as_str().unwrap(), comment["role"].as_str().unwrap()))
        .collect();
    assert_eq!(said, [("Ann", "requester"), ("Ben", "agent"), ("Eve", "requester")], "{ticket}");
    let hop = &ticket["hops"][0];
    assert_eq!((&hop["from_group"], &hop["to_group"], &hop["by"]), (&json!("Tier 1"), &json!("Tier 2"), &json!("Ben")));
    // The next run changes nothing, whichever list names a ticket.
    let report = asking.sync();
    assert_eq!((report.changed, report.comments, report.hops), (0, 0, 0));
}

#[test]
fn what_is_deleted_leaves_an_agents_store_within_a_day_and_what_is_archived_stays() {
    let asking = Asking::desk(Desk { agent: AtomicBool::new(true), archived: 2, ..filled() });
    assert_eq!(asking.sync().added, 5);
    asking.desk.ticket(4, 1_767_402_000, "deleted", "Voucher 4 was not posted");
    assert_eq!(asking.sync().deleted, 0, "nothing says so");
    asking.clock.move_by(2);
    let report = asking.sync();
    assert_eq!((report.deleted, asking.found("voucher"), asking.found("\"Voucher 1\"")), (1, 4, 1));
}

#[test]
fn what_is_deleted_leaves_with_the_next_sync_of_an_agent_who_may_see_what_is_deleted() {
    let asking = Asking::desk(Desk { agent: AtomicBool::new(true), deletions: true, ..filled() });
    assert_eq!(asking.sync().added, 5);
    asking.desk.ticket(4, 1_767_402_000, "deleted", "Voucher 4 was not posted");
    assert_eq!((asking.sync().deleted, asking.found("voucher")), (1, 4));
}

#[test]
fn where_an_agent_may_not_search_the_list_is_read_and_what_is_archived_is_not_taken_for_gone() {
    let asking = Asking::desk(filled());
    assert_eq!(asking.sync().added, 5);
    let desk = Desk { agent: AtomicBool::new(true), search_denied: true, archived: 2, ..filled() };
    desk.ticket(5, 1_767_402_000, "solved", "Voucher 5 was posted twice");
    let mine = Arc::new(desk);
    asking.web.twist(move |asked, _| mine.answer(asked));
    asking.clock.move_by(2);
    let report = asking.sync();
    assert_eq!((report.deleted, asking.found("voucher"), asking.found("\"posted twice\"")), (0, 5, 1));
    // A day later the roll is called through the list too.
    asking.clock.move_by(2);
    let before = asking.web.paths().len();
    assert_eq!((asking.sync().deleted, asking.found("voucher")), (0, 5));
    let asked = asking.web.paths().split_off(before);
    let of = |path: &str| asked.iter().filter(|asked| asked.starts_with(path)).count();
    assert_eq!(of("/api/v2/tickets.json?page%5Bsize%5D=100"), 1, "{asked:?}");
    assert_eq!((of("/api/v2/tickets/1.json"), of("/api/v2/tickets/2.json"), of("/api/v2/tickets/3.json")), (1, 1, 0));
}

#[test]
fn an_agent_who_becomes_an_administrator_has_the_export_within_a_day() {
    let asking = Asking::desk(Desk { agent: AtomicBool::new(true), ..filled() });
    assert_eq!(asking.sync().added, 5);
    asking.desk.agent.store(false, Ordering::SeqCst);
    asking.desk.passed.store(25 * 60 * 60, Ordering::SeqCst);
    asking.desk.ticket(4, 1_767_402_000, "deleted", "Voucher 4 was not posted");
    // The run that notices that a day is over is the last one that asks as an agent.
    asking.sync();
    let report = asking.sync();
    assert_eq!((report.deleted, asking.found("voucher")), (1, 4), "the export says what was deleted");
    let before = asking.web.paths().len();
    asking.sync();
    let asked = asking.web.paths().split_off(before);
    assert!(asked.iter().any(|path| path.contains("incremental/tickets/cursor.json?cursor=")), "{asked:?}");
}

#[test]
fn customers_are_called_by_name_and_a_ticket_that_went_into_another_is_marked_so() {
    let desk = filled();
    let said = |id: u64, by: i64, public: bool, body: &str| json!({ "id": id, "event_type": "Comment", "author_id": by, "body": body, "public": public });
    let closed = json!({ "id": 71, "event_type": "Change", "status": "closed", "previous_value": "open" });
    // A colleague of hers writes too, and comes along with no ticket.
    desk.event(68, 2, 1_767_400_220, 77, json!([said(68, 77, true, "For me as well.")]));
    let mut still = said(69, 7, true, "Still empty.");
    still["attachments"] = json!([{ "id": 1, "file_name": "trace.log", "size": 12_034, "content_url": "https://acme.zendesk.com/attachments/x" }]);
    desk.event(69, 2, 1_767_400_210, 7, json!([still]));
    let text = "This request was closed and merged into request #5 \"Voucher 5 was not posted\".";
    desk.event(70, 2, 1_767_400_900, 8, json!([said(70, 8, false, text), closed]));
    let asking = Asking::desk(desk);
    asking.desk.ticket(2, 1_767_400_900, "closed", "Voucher 2 was not posted");
    asking.desk.tickets.lock().unwrap().last_mut().unwrap()["tags"] = json!(["closed_by_merge"]);
    asking.sync();
    let ticket = || asking.workspace.call("ticket_get", json!({ "id": "desk:2" }));
    let said = [0, 1].map(|nth| ticket()["comments"][nth]["author"].clone());
    assert_eq!((&ticket()["merged_into"], said), (&json!("5"), [json!("Ann"), json!("Eve")]));
    let file = json!([{ "name": "trace.log", "size": 12_034, "comment": "69" }]);
    assert_eq!(ticket()["attachments"], file, "by name, and never fetched: {:?}", asking.web.paths());
    assert!(asking.web.paths().iter().all(|path| path.starts_with("/api/v2/") && !path.contains("attachments")));
    // It comes once more, and still says nothing of where it went.
    asking.desk.ticket(2, 1_767_400_950, "closed", "Voucher 2 was not posted, still");
    asking.desk.tickets.lock().unwrap().last_mut().unwrap()["tags"] = json!(["closed_by_merge"]);
    assert_eq!(asking.sync().changed, 1);
    assert_eq!((&ticket()["merged_into"], &ticket()["resolution_class"]), (&json!("5"), &json!("duplicate")));
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
