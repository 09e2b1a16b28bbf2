//! Servers whose records are listed by when they changed, and looked at one by one.

use crate::support::{
    Workspace,
    network::{NoWait, noon, unwaiting},
    tracker::Tracker,
    web::{Answer, Asked, Fault, Web},
};
use engine::api::view::ImportReport;
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

struct Asking {
    workspace: Workspace,
    tracker: Tracker,
    web: Web,
    pace: Arc<NoWait>,
}

impl Asking {
    fn tracker(issues: u64) -> Self {
        let (network, pace) = unwaiting();
        let tracker = Tracker::with(issues);
        let web = tracker.open();
        let workspace = Workspace::asking(network, noon());
        let url = format!("http://{}", web.address);
        workspace.call("source_add", json!({ "kind": "redmine", "url": url, "name": "tracker", "secret": "key" }));
        Self { workspace, tracker, web, pace }
    }

    fn sync(&self) -> (ImportReport, Option<&'static str>) {
        let run = engine::sync_now(&self.workspace.engine, Some("tracker"), &|_, _| {}).unwrap().remove(0);
        self.workspace.engine.wait_until_searchable().unwrap();
        (run.report, run.error.map(|error| error.code()))
    }

    fn tickets(&self) -> u64 {
        self.workspace.call("workspace_status", json!({}))["tickets"].as_u64().unwrap()
    }

    fn found(&self, words: &str) -> u64 {
        self.workspace.call("search", json!({ "query": words }))["total"].as_u64().unwrap()
    }
}

#[test]
fn the_newest_page_is_searchable_before_history_is_read() {
    let asking = Asking::tracker(230);
    // Everything after the first two pages of lists breaks down.
    let mut lists = 0;
    asking.tracker.twist(move |asked, answer| {
        lists += u32::from(asked.path.starts_with("/issues.json"));
        if lists > 2 { Answer::new(500, "") } else { answer }
    });
    let (report, error) = asking.sync();
    assert_eq!((error, report.added, asking.tickets()), (Some("server_trouble"), 100, 100));
    assert_eq!((asking.found("\"Voucher 230\""), asking.found("\"Voucher 100\""), asking.found("restart")), (1, 0, 20));
    // And it goes on where it was: nothing is looked at twice.
    asking.tracker.untwist();
    let before = asking.web.paths().len();
    let (report, error) = asking.sync();
    assert_eq!((error, report.added, asking.tickets(), asking.found("restart")), (None, 130, 230, 46));
    let looked = asking.web.paths().split_off(before).into_iter().filter(|path| path.contains("journals")).count();
    assert!(looked <= 130 + 1, "{looked}");
}

#[test]
fn changes_notes_and_deletions_arrive_with_the_next_sync() {
    let asking = Asking::tracker(120);
    asking.sync();
    asking.tracker.put(7, 9_000, "Voucher 7 was posted twice");
    asking.tracker.note(8, 9_001, "Rounding zanzibar.", false);
    asking.tracker.put(121, 9_001, "Voucher 121 is new");
    asking.tracker.delete(60);
    let before = asking.web.paths().len();
    let (report, error) = asking.sync();
    assert_eq!((error, report.added, report.changed, report.deleted, report.comments), (None, 1, 2, 1, 1));
    assert_eq!((asking.tickets(), asking.found("zanzibar"), asking.found("\"Voucher 60\"")), (120, 1, 0));
    // One page, three looks and the newest of before, the count, the roll of two pages, and the one that is missing.
    assert!(asking.web.paths().len() - before <= 9, "{:?}", asking.web.paths().split_off(before));
    let (report, _) = asking.sync();
    assert_eq!((report.added, report.changed, report.deleted, report.comments), (0, 0, 0, 0));
}

#[test]
fn ten_failures_in_a_hundred_leave_what_a_calm_run_leaves() {
    let calm = Asking::tracker(150);
    calm.sync();
    let asking = Asking::tracker(150);
    let count = Mutex::new(0u64);
    asking.tracker.twist(move |_, answer| {
        let mut count = count.lock().unwrap();
        *count += 1;
        match *count * 7 % 40 {
            0 => Answer::new(503, "").with("retry-after", "3"),
            7 => Answer::new(429, "Retry later"),
            14 => Answer::new(200, "<html>busy</html>"),
            21 => Answer { fault: crate::support::web::Fault::Cut(20), ..answer },
            _ => answer,
        }
    });
    let mut runs = 0;
    while asking.sync().1.is_some() {
        runs += 1;
        assert!(runs < 20, "it comes to an end");
    }
    let rows = |asking: &Asking| {
        let mut rows = asking.workspace.call("queue_list", json!({ "filter": "all", "offset": 0, "limit": 500 }));
        rows["rows"].as_array_mut().unwrap().sort_by_key(|row| row["id"].as_str().unwrap().to_owned());
        rows
    };
    assert_eq!(rows(&asking), rows(&calm), "0 lost, 0 doubled");
    assert_eq!(asking.found("restart"), calm.found("restart"));
    assert!(asking.pace.waits().iter().all(|wait| *wait <= Duration::from_secs(300)));
    let requests = |asking: &Asking| asking.web.paths().len();
    assert!(requests(&asking) * 10 <= requests(&calm) * 13, "{} for {}", requests(&asking), requests(&calm));
}

#[test]
fn a_record_that_moves_while_its_notes_are_read_ends_with_all_of_them() {
    let asking = Asking::tracker(30);
    let tracker = asking.tracker.clone();
    let mut moved = false;
    asking.tracker.twist(move |asked, answer| {
        if !moved && asked.path.starts_with("/issues/12.json") {
            // Its notes were handed out already; it changes before they are stored, and again once more.
            moved = true;
            tracker.note(12, 9_000, "Rounding zanzibar.", false);
            tracker.note(13, 9_001, "Quartz.", false);
        }
        answer
    });
    let (_, error) = asking.sync();
    asking.tracker.untwist();
    let (report, again) = asking.sync();
    assert_eq!((error, again, report.comments), (None, None, 0), "the first run already had them");
    assert_eq!((asking.found("zanzibar"), asking.found("quartz"), asking.tickets()), (1, 1, 30));
}

#[test]
fn a_note_that_was_taken_back_leaves_the_store_and_is_found_no_more() {
    let asking = Asking::tracker(10);
    asking.tracker.note(7, 8_000, "Rounding zanzibar.", true);
    asking.sync();
    assert_eq!(asking.found("zanzibar"), 1);
    asking.tracker.unsay(7, 9_000);
    let (_, error) = asking.sync();
    assert_eq!((error, asking.found("zanzibar"), asking.found("restart"), asking.tickets()), (None, 0, 2, 10));
    // Traces in files of the index go when it is next at rest.
    let scan = asking.workspace.call("scan", json!({ "word": "zanzibar" }));
    assert_eq!(scan["database"], 0, "{scan}");
}

#[test]
fn what_this_account_may_no_longer_see_leaves_with_the_next_sync() {
    let asking = Asking::tracker(40);
    asking.sync();
    asking.tracker.delete(12);
    asking
        .tracker
        .twist(|asked, answer| if asked.path.starts_with("/issues/12.json") { Answer::new(403, "") } else { answer });
    let (report, error) = asking.sync();
    assert_eq!((error, report.deleted, asking.found("\"Voucher 12\"")), (None, 1, 0));
}

#[test]
fn what_is_said_of_tickets_and_may_no_longer_be_read_is_told_at_the_source_until_it_may_again() {
    let asking = Asking::tracker(5);
    let left_out = || asking.workspace.call("sources_list", json!({}))[0]["left_out"]["refused"].clone();
    asking.tracker.twist(|asked, answer| match asked.path.starts_with("/issues/3.json") {
        true => Answer::new(403, ""),
        false => answer,
    });
    assert_eq!((asking.sync().1, asking.tickets()), (None, 5), "the ticket itself is there");
    assert_eq!((&left_out()[0]["what"], &left_out()[0]["code"]), (&json!("details"), &json!("access_denied")));
    asking.sync();
    assert_eq!(left_out()[0]["what"], "details", "a round with nothing new knows no better");
    asking.tracker.untwist();
    engine::sync_anew(&asking.workspace.engine, "tracker").unwrap();
    assert_eq!((asking.sync().1, left_out()), (None, json!([])));
}

#[test]
fn a_private_note_reaches_a_tracker_once_stays_private_and_leaves_for_nobody_who_may_not_keep_it_so() {
    let asking = Asking::tracker(9);
    let options = json!([{ "key": "write", "value": "yes" }]);
    let url = format!("http://{}", asking.web.address);
    let added = json!({ "kind": "redmine", "url": url, "name": "tracker", "options": options, "secret": "key" });
    let source = asking.workspace.call("source_add", added);
    assert_eq!(source["writes"], json!(["note", "link"]));
    asking.sync();
    let write = |kind: &str, problem: Value| {
        let asked =
            json!({ "kind": kind, "to": "tracker:3", "problem": problem, "text": "Seen before: the batch stops." });
        asking.workspace.call("outbox_write", asked)
    };
    let send = |item: &Value| asking.workspace.call("outbox_send", json!({ "id": item["id"], "seal": item["seal"] }));
    let wrote = || asking.web.asked().into_iter().filter(|asked| asked.method != "GET").count();

    let note = write("note", Value::Null);
    let refused = send(&note);
    assert_eq!(
        (&refused["state"], &refused["failure"]["code"], wrote()),
        (&json!("failed"), &json!("access_denied"), 0)
    );

    asking.tracker.allow(&["add_issue_notes", "set_notes_private"]);
    let note = write("note", Value::Null);
    // It arrives, and its answer is lost.
    let lose = |asked: &Asked, answer: Answer| match asked.method.as_str() {
        "GET" => answer,
        // A note is answered with nothing, of which nothing can be lost.
        _ => Answer::new(200, "{}").failing(Fault::Reset(0)),
    };
    asking.tracker.twist(lose);
    assert_eq!(send(&note)["may_be_there"], true);
    asking.tracker.untwist();
    let sent = send(&note);
    assert_eq!((&sent["state"], wrote()), (&json!("sent"), 1), "{sent}");
    let said = asking.tracker.said(3);
    assert!(said.len() == 1 && said[0].1 && said[0].0.starts_with("Seen before"), "{said:?}");

    let link = write("link", json!("tracker:5"));
    asking.tracker.twist(lose);
    assert_eq!(send(&link)["may_be_there"], true);
    asking.tracker.untwist();
    let sent = send(&link);
    assert_eq!((&sent["state"], wrote()), (&json!("sent"), 2), "{sent}");

    // Somebody else was faster: nothing leaves before that was seen.
    let late = write("note", Value::Null);
    asking.tracker.note(3, 901, "It works again.", false);
    let met = send(&late);
    assert_eq!((&met["state"], wrote()), (&json!("conflict"), 2), "{met}");
    assert_eq!(met["conflict"]["said"][0]["text"], "It works again.");
}
