//! What leaves for good: seen first, sent by a click, each exactly once.

use super::{Asking, unwaiting};
use crate::support::{
    forge::Forge,
    web::{Answer, Fault},
};
use engine::Network;
use serde_json::{Value, json};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

const TOKEN: &str = "a-token-that-may-write";
const TEXT: &str = "Seen before: the voucher batch stops at the coupon.";

impl Asking {
    /// With its issues here, and allowed to write.
    fn writing() -> Self {
        let asking = Self::forge(7);
        asking.allow().unwrap();
        asking.sync();
        asking
    }

    fn allow(&self) -> Result<Value, String> {
        self.allow_with(Some(TOKEN))
    }

    fn allow_with(&self, secret: Option<&str>) -> Result<Value, String> {
        let url = format!("http://{}/acme/ledger", self.web.address);
        let options = json!([{ "key": "write", "value": "yes" }]);
        let asked = json!({ "kind": "github", "url": url, "name": "ledger", "options": options, "secret": secret });
        self.workspace.try_call("source_add", asked)
    }

    fn comment(&self, text: &str) -> Value {
        let asked = json!({ "kind": "comment", "to": "ledger:acme/ledger#3", "text": text });
        self.workspace.call("outbox_write", asked)
    }

    fn send(&self, item: &Value) -> Value {
        self.workspace.call("outbox_send", json!({ "id": item["id"], "seal": item["seal"] }))
    }

    /// Bodies that were posted.
    fn posted(&self) -> Vec<String> {
        self.web.asked().into_iter().filter(|asked| asked.method == "POST").map(|asked| asked.body).collect()
    }
}

fn state(item: &Value) -> &str {
    item["state"].as_str().unwrap()
}

#[test]
fn what_leaves_is_what_was_shown_byte_for_byte_and_nothing_leaves_before_the_click() {
    let asking = Asking::writing();
    let item = asking.comment(TEXT);
    assert_eq!((state(&item), asking.posted().len()), ("draft", 0));
    let wrong = json!({ "id": item["id"], "seal": "0011223344556677" });
    assert_eq!(asking.workspace.try_call("outbox_send", wrong).unwrap_err(), "not_previewed");
    assert_eq!(asking.posted().len(), 0, "nobody saw what that seal stands for");

    let sent = asking.send(&item);
    assert_eq!(state(&sent), "sent", "{sent}");
    assert_eq!(asking.posted(), [item["payload"].as_str().unwrap()]);
    let asked = asking.web.asked().into_iter().find(|asked| asked.method == "POST").unwrap();
    assert_eq!(format!("{}{}", asking.web.address, asked.path), item["to"].as_str().unwrap());
    assert_eq!(asked.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert_eq!(asking.forge.holding(item["body"].as_str().unwrap()).len(), 1);
    assert!(sent["url"].as_str().unwrap().starts_with("https://github.com/acme/ledger/issues/3#"), "{sent}");
    assert!(sent["clicked_at"].as_i64().is_some() && sent["sent_by"].as_str().is_some(), "{sent}");

    let ledger = asking.workspace.call("ledger_list", json!({}));
    let line = ledger["rows"].as_array().unwrap().iter().find(|row| row["method"] == "POST").unwrap();
    assert_eq!((&line["purpose"], &line["status"]), (&json!("write comment"), &json!(201)));
    let again = json!({ "id": item["id"], "seal": item["seal"] });
    assert_eq!(asking.workspace.try_call("outbox_send", again).unwrap_err(), "outbox_state");
    assert_eq!(asking.posted().len(), 1, "sent is sent");
}

#[test]
fn an_issue_is_made_once_and_comes_back_with_the_next_sync() {
    let asking = Asking::writing();
    let about = "ledger:acme/ledger#3";
    let asked = json!({ "kind": "issue", "to": "ledger", "title": "Vouchers are lost", "text": TEXT, "about": about });
    let item = asking.workspace.call("outbox_write", asked);
    assert_eq!(state(&asking.send(&item)), "sent");
    asking.sync();
    assert_eq!((asking.tickets(), asking.found("\"Vouchers are lost\"")), (8, 1));
}

#[test]
fn nothing_is_written_where_nobody_allowed_it_and_allowing_it_asks_for_a_token() {
    let asking = Asking::forge(7);
    asking.sync();
    let comment = json!({ "kind": "comment", "to": "ledger:acme/ledger#3", "text": TEXT });
    assert_eq!(asking.workspace.try_call("outbox_write", comment).unwrap_err(), "write_not_allowed");
    assert_eq!(asking.allow_with(None).unwrap_err(), "write_needs_token");
    asking.allow().unwrap();
    assert_eq!(asking.source("ledger")["may_write"], true);
    let item = asking.comment(TEXT);
    // Taken back after it was written down.
    asking.add("ledger", &asking.web);
    let sent = json!({ "id": item["id"], "seal": item["seal"] });
    assert_eq!(asking.workspace.try_call("outbox_send", sent).unwrap_err(), "write_not_allowed");
    assert_eq!(asking.posted().len(), 0);
}

#[test]
fn an_answer_that_was_lost_is_asked_about_and_nothing_is_sent_twice() {
    let asking = Asking::writing();
    let item = asking.comment(TEXT);
    asking.forge.twist(|asked, answer| if asked.method == "POST" { answer.failing(Fault::Reset(10)) } else { answer });
    let sent = asking.send(&item);
    assert_eq!((state(&sent), &sent["may_be_there"]), ("sending", &json!(true)), "{sent}");
    let drop = asking.workspace.try_call("outbox_drop", json!({ "id": item["id"] }));
    assert_eq!(drop.unwrap_err(), "outbox_state", "it may be there");
    asking.forge.untwist();
    let sent = asking.send(&item);
    assert_eq!((state(&sent), asking.posted().len()), ("sent", 1), "{sent}");
    assert_eq!(asking.forge.holding(TEXT).len(), 1);
}

#[test]
fn what_never_arrived_is_sent_again_once_the_other_side_had_its_time() {
    let asking = Asking::writing();
    let item = asking.comment(TEXT);
    let lost = || Some(Answer::new(200, "{}").failing(Fault::Reset(0)));
    // The record is looked at before anything is sent, and the second time whether it is there before that.
    for answers in [vec![None, lost()], vec![None, None, Some(Answer::new(502, "<html>"))]] {
        asking.forge.instead(answers);
        let before = asking.posted().len();
        assert_eq!(state(&asking.send(&item)), "sending");
        let early = asking.send(&item);
        assert_eq!((state(&early), asking.posted().len()), ("sending", before + 1), "it may still be at work: {early}");
        asking.clock.move_by(1);
    }
    let sent = asking.send(&item);
    assert_eq!((state(&sent), asking.posted().len()), ("sent", 3), "{sent}");
    assert_eq!(asking.forge.holding(TEXT).len(), 1);
}

#[test]
fn where_nobody_can_tell_it_stops_and_asks_the_person() {
    let asking = Asking::writing();
    let item = asking.comment(TEXT);
    let refused = || Answer::new(403, r#"{"message":"Resource not accessible"}"#);
    asking.forge.instead([None, Some(Answer::new(502, "")), Some(refused())]);
    asking.send(&item);
    let unclear = asking.send(&item);
    assert_eq!((state(&unclear), asking.posted().len()), ("unclear", 1), "{unclear}");
    assert!(unclear["failure"]["hint"].as_str().unwrap().starts_with("Look there."), "{unclear}");
    asking.clock.move_by(1);
    asking.sync();
    assert_eq!(asking.posted().len(), 1, "nothing happens by itself");
    let asked = json!({ "id": item["id"], "seal": item["seal"], "not_there": true });
    assert_eq!(state(&asking.workspace.call("outbox_send", asked)), "sent");
    assert_eq!(asking.forge.holding(TEXT).len(), 1);
}

#[test]
fn a_refusal_says_why_and_a_limit_is_waited_for() {
    let asking = Asking::writing();
    let item = asking.comment(TEXT);
    asking.forge.instead([None, Some(Answer::new(429, "").with("retry-after", "60"))]);
    let limited = asking.send(&item);
    assert_eq!((state(&limited), &limited["may_be_there"]), ("pending", &json!(false)), "{limited}");
    asking.forge.instead([None, Some(Answer::new(422, r#"{"message":"Validation Failed"}"#))]);
    let refused = asking.send(&item);
    assert_eq!(state(&refused), "failed");
    assert!(refused["failure"]["message"].as_str().unwrap().contains("Validation Failed"), "{refused}");
    let dropped = asking.workspace.call("outbox_drop", json!({ "id": item["id"] }));
    assert_eq!((state(&dropped), asking.forge.holding(TEXT).len()), ("dropped", 0));
}

#[test]
fn without_a_network_it_waits_and_leaves_when_there_is_one_again() {
    let online = Arc::new(AtomicBool::new(true));
    let (network, pace) = unwaiting();
    let (there, known) = (Arc::clone(&online), network.resolve.clone());
    let resolve = move |host: &str, port| match there.load(Ordering::SeqCst) {
        true => known("127.0.0.1", port).map_err(|_| io::Error::other(host.to_owned())),
        false => Err(io::ErrorKind::NotFound.into()),
    };
    let asking = Asking::through(Network { resolve: Arc::new(resolve), ..network }, pace, 7);
    let url = format!("http://localhost:{}/acme/ledger", asking.web.address.port());
    let options = json!([{ "key": "write", "value": "yes" }]);
    asking.workspace.call("source_remove", json!({ "name": "ledger", "purge": true }));
    let asked = json!({ "kind": "github", "url": url, "name": "ledger", "options": options, "secret": TOKEN });
    asking.workspace.call("source_add", asked);
    asking.sync();
    let (item, draft) = (asking.comment(TEXT), asking.comment("Nobody clicked on this."));
    online.store(false, Ordering::SeqCst);
    let waiting = asking.send(&item);
    assert_eq!((state(&waiting), &waiting["may_be_there"]), ("pending", &json!(false)), "{waiting}");
    assert_eq!(asking.posted().len(), 0);
    online.store(true, Ordering::SeqCst);
    asking.clock.move_by(1);
    asking.sync();
    assert_eq!(asking.posted(), [item["payload"].as_str().unwrap()]);
    let show = |item: &Value| asking.workspace.call("outbox_show", json!({ "id": item["id"] }));
    assert_eq!((state(&show(&item)), state(&show(&draft))), ("sent", "draft"));
}

#[test]
fn another_source_under_the_same_name_gets_nothing_that_was_shown_for_the_first() {
    let asking = Asking::writing();
    let item = asking.comment(TEXT);
    asking.workspace.call("source_remove", json!({ "name": "ledger" }));
    let other = Forge::with(7);
    let web = other.open();
    let url = format!("http://{}/acme/ledger", web.address);
    let options = json!([{ "key": "write", "value": "yes" }]);
    let asked = json!({ "kind": "github", "url": url, "name": "ledger", "options": options, "secret": TOKEN });
    asking.workspace.call("source_add", asked);
    let sent = asking.send(&item);
    assert_eq!((state(&sent), &sent["failure"]["code"]), ("failed", &json!("changed_since_shown")), "{sent}");
    assert_eq!((web.asked().len(), asking.posted().len()), (0, 0));
}

#[test]
fn what_belongs_to_somebody_does_not_leave_unless_somebody_said_so() {
    let asking = Asking::writing();
    let text = "Ask ann (ann.smith@northwind.example, +49 30 901820) \u{202e}why\u{202c}.\r\nThanks";
    let item = asking.comment(text);
    let shown = item["payload"].as_str().unwrap();
    assert!(!shown.contains("northwind") && !shown.contains("901820") && !shown.contains(" ann "), "{shown}");
    assert!(
        !shown.contains('\u{202e}') && !shown.contains("\\r"),
        "what is hidden is shown, and so it leaves: {shown}"
    );
    let kinds: Vec<_> = item["redacted"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"email") && kinds.contains(&"phone"), "{kinds:?}");
    asking.send(&item);
    assert!(asking.web.asked().iter().all(|asked| !asked.body.contains("northwind")));
    let asked = json!({ "kind": "comment", "to": "ledger:acme/ledger#3", "text": "a@b.example", "as_is": true });
    assert!(asking.workspace.call("outbox_write", asked)["payload"].as_str().unwrap().contains("a@b.example"));
}

#[test]
fn of_a_purged_source_only_the_fact_is_left_in_the_outbox() {
    let asking = Asking::writing();
    let (sent, kept) = (asking.comment(TEXT), asking.comment("A draft about the zanzibarquartz."));
    asking.send(&sent);
    asking.workspace.call("purge", json!({ "source": "ledger" }));
    let items = asking.workspace.call("outbox_list", json!({}));
    let told: Vec<_> =
        items.as_array().unwrap().iter().map(|item| (item["id"].clone(), state(item), item["body"].clone())).collect();
    assert!(told.contains(&(sent["id"].clone(), "sent", json!(""))), "{items}");
    assert!(told.contains(&(kept["id"].clone(), "dropped", json!(""))), "{items}");
    let scan = asking.workspace.call("scan", json!({ "word": "zanzibarquartz" }));
    assert_eq!(scan["database"], 0, "{scan}");
}

#[test]
fn nothing_leaves_for_a_record_that_changed_since_it_was_shown_before_somebody_saw_what_changed() {
    let asking = Asking::writing();
    let item = asking.comment(TEXT);
    let later = "2026-01-01T09:00:00Z";
    asking.forge.change(3, |issue| {
        issue["state"] = json!("closed");
        issue["body"] = json!("The ledger stays empty.\nSolved by the restart.");
        issue["updated_at"] = json!(later);
    });
    asking.forge.comment(77, 3, later, "Never mind, it works again.");
    let met = asking.send(&item);
    assert_eq!(
        (state(&met), asking.posted().len(), &met["failure"]["code"]),
        ("conflict", 0, &json!("outbox_conflict"))
    );
    let lines = |what: &str| {
        let changes = met["conflict"]["changes"].as_array().unwrap();
        changes.iter().find(|change| change["what"] == what).map(|change| change["lines"].clone())
    };
    assert_eq!(lines("status"), Some(json!([{ "was": "open", "now": "closed", "same": false }])));
    assert_eq!(
        lines("body"),
        Some(json!([{ "was": "The ledger stays empty.", "now": "The ledger stays empty.", "same": true },
                    { "was": null, "now": "Solved by the restart.", "same": false }]))
    );
    assert_eq!(lines("subject"), None);
    assert_eq!(met["conflict"]["said"][0]["text"], "Never mind, it works again.");
    // Nobody looked: neither the old seal alone nor another conflict's lets it leave.
    let send = |seen: Value| {
        let asked = json!({ "id": item["id"], "seal": item["seal"], "seen": seen });
        asking.workspace.try_call("outbox_send", asked)
    };
    for seen in [json!(null), json!("0011223344556677")] {
        assert_eq!(send(seen).unwrap_err(), "not_previewed");
    }
    // It changes once more before somebody says yes: that is another thing to look at.
    asking.forge.change(3, |issue| {
        issue["title"] = json!("Voucher 3 was posted");
        issue["updated_at"] = json!("2026-01-01T10:00:00Z");
    });
    let met = send(met["conflict"]["seal"].clone()).unwrap();
    assert_eq!((state(&met), asking.posted().len()), ("conflict", 0));
    assert_eq!(met["conflict"]["changes"].as_array().unwrap().len(), 1, "only what is new since: {met}");
    let sent = send(met["conflict"]["seal"].clone()).unwrap();
    assert_eq!((state(&sent), asking.posted().len(), &sent["conflict"]), ("sent", 1, &json!(null)));
    let ledger = asking.workspace.call("ledger_list", json!({}));
    assert_eq!(ledger["total"], json!(asking.web.paths().len()));
}

#[test]
fn what_was_sent_from_here_and_what_says_nothing_new_is_no_conflict() {
    let asking = Asking::writing();
    let (first, second) = (asking.comment(TEXT), asking.comment("And one more."));
    assert_eq!(state(&asking.send(&first)), "sent");
    // The forge moves its stamp for our own comment, and for a label that nobody reads here.
    asking.forge.change(3, |issue| issue["updated_at"] = json!("2026-01-01T09:00:00Z"));
    assert_eq!(state(&asking.send(&second)), "sent");
    assert_eq!(asking.posted().len(), 2);
}

#[test]
fn a_conflict_may_be_dropped_and_a_record_that_is_gone_takes_nothing() {
    let asking = Asking::writing();
    let (item, other) = (asking.comment(TEXT), asking.comment("Another."));
    assert_eq!(item["text"], TEXT, "to be edited without its mark");
    asking.forge.change(3, |issue| {
        issue["title"] = json!("Something else");
        issue["updated_at"] = json!("2026-01-01T09:00:00Z");
    });
    assert_eq!(state(&asking.send(&item)), "conflict");
    let dropped = asking.workspace.call("outbox_drop", json!({ "id": item["id"] }));
    assert_eq!((state(&dropped), &dropped["conflict"]), ("dropped", &json!(null)));
    asking.forge.delete(3);
    assert_eq!((state(&asking.send(&other)), asking.posted().len()), ("failed", 0));
}

#[test]
fn a_source_that_is_only_read_is_not_allowed_to_be_written_to() {
    let asking = super::unasked(unwaiting().0);
    let options = json!([{ "key": "write", "value": "yes" }]);
    let asked = json!({ "kind": "sentry", "url": "https://acme.sentry.io", "options": options, "secret": "x" });
    assert_eq!(asking.try_call("source_add", asked).unwrap_err(), "bad_input");
}
