//! SPEC J3, a ride on a train: without a network everything is read and edited, what is to leave waits where it is counted,
//! and after it each of it leaves once; where the other side changed meanwhile, somebody sees what.

use super::{Asking, unwaiting};
use engine::Network;
use serde_json::{Value, json};
use std::{
    fs, io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

const KNOWN: &str = "---\nid: KE-1\ntitle: Vouchers stop at the coupon\nstate: workaround_available\n---\n## Issue\nThey stop.\n\n## Workaround\n1. Post them without the coupon\n2. Add it by hand\n";

/// A workspace whose network can be switched off, with a folder of knowledge.
fn on_board() -> (Asking, Arc<AtomicBool>, tempfile::TempDir) {
    let online = Arc::new(AtomicBool::new(true));
    let (network, pace) = unwaiting();
    let (there, known) = (Arc::clone(&online), network.resolve.clone());
    let resolve = move |host: &str, port| match there.load(Ordering::SeqCst) {
        true => known("127.0.0.1", port).map_err(|_| io::Error::other(host.to_owned())),
        false => Err(io::ErrorKind::NotFound.into()),
    };
    let asking = Asking::through(Network { resolve: Arc::new(resolve), ..network }, pace, 7);
    asking.workspace.call("source_remove", json!({ "name": "ledger", "purge": true }));
    let url = format!("http://localhost:{}/acme/ledger", asking.web.address.port());
    let options = json!([{ "key": "write", "value": "yes" }]);
    let asked = json!({ "kind": "github", "url": url, "name": "ledger", "options": options, "secret": "may-write" });
    asking.workspace.call("source_add", asked);
    asking.sync();
    let dir = tempfile::tempdir().unwrap();
    asking.workspace.call("kb_init", json!({ "path": dir.path().join("kb") }));
    fs::write(dir.path().join("kb/known-errors/KE-1.md"), KNOWN).unwrap();
    asking.workspace.call("kb_read", json!({}));
    (asking, online, dir)
}

#[test]
fn on_a_train_everything_is_read_and_edited_and_afterwards_each_write_leaves_once() {
    let (asking, online, _dir) = on_board();
    let call = |name: &str, args: Value| asking.workspace.call(name, args);
    let posted = || asking.web.asked().into_iter().filter(|asked| asked.method == "POST").count();
    let asked = asking.web.paths().len();
    online.store(false, Ordering::SeqCst);

    // Read: everything, with the age of the data.
    assert!(call("workspace_status", json!({}))["data_at"].as_i64().is_some());
    assert_eq!(call("known_errors_list", json!({}))["rows"][0]["id"], "knowledge:KE-1");
    let (three, four) = ("ledger:acme/ledger#3", "ledger:acme/ledger#4");
    assert_eq!(call("ticket_get", json!({ "id": three }))["display_id"], "acme/ledger#3");
    call("seen_before", json!({ "ticket": three }));
    assert!(call("search", json!({ "query": "voucher" }))["total"].as_u64() > Some(0));

    // Edit: an entry, ticks, an escalation with its note.
    let entry = call("kb_show", json!({ "id": "KE-1" }));
    let text = entry["text"].as_str().unwrap().replace("They stop.", "They stop at the third coupon.");
    call("kb_save", json!({ "path": "known-errors/KE-1.md", "before": entry["text"], "text": text }));
    call("step_log", json!({ "ticket": three, "entry": "KE-1", "step": 1, "outcome": "done" }));
    call("step_log", json!({ "ticket": three, "entry": "KE-1", "outcome": "did_not_work" }));
    let draft = call("escalation_draft", json!({ "ticket": three }));
    assert!(draft["markdown"]["text"].as_str().unwrap().contains("Post them without the coupon"), "{draft}");
    call("escalation_submit", json!({ "package": { "ticket": three, "reason": "no_access" } }));
    let write = |on: &str| {
        let item = call("outbox_write", json!({ "kind": "comment", "to": on, "text": "Handed over to engineering." }));
        call("outbox_send", json!({ "id": item["id"], "seal": item["seal"] }))
    };
    let waiting = [write(three), write(four)];
    assert!(waiting.iter().all(|item| item["state"] == "pending"), "{waiting:?}");
    let queued = call("outbox_list", json!({}));
    assert_eq!(queued.as_array().unwrap().iter().filter(|item| item["state"] == "pending").count(), 2);
    assert_eq!((asking.web.paths().len(), posted()), (asked, 0), "nothing left the train");

    // Meanwhile somebody else answers one of them.
    asking.forge.change(4, |issue| {
        issue["state"] = json!("closed");
        issue["updated_at"] = json!("2026-01-01T09:00:00Z");
    });
    online.store(true, Ordering::SeqCst);
    asking.clock.move_by(1);
    asking.sync();
    let show = |item: &Value| call("outbox_show", json!({ "id": item["id"] }));
    let [sent, met] = [show(&waiting[0]), show(&waiting[1])];
    assert_eq!((&sent["state"], &met["state"], posted()), (&json!("sent"), &json!("conflict"), 1));
    assert_eq!(met["conflict"]["changes"][0]["what"], "status");
    asking.clock.move_by(1);
    asking.sync();
    assert_eq!(posted(), 1, "what is sent is sent, and what somebody has to look at waits");
    call("outbox_send", json!({ "id": met["id"], "seal": met["seal"], "seen": met["conflict"]["seal"] }));
    assert_eq!(posted(), 2);
    // What was written on the way is still there.
    assert!(call("kb_show", json!({ "id": "KE-1" }))["text"].as_str().unwrap().contains("third coupon"));
    assert_eq!(call("steps_list", json!({ "ticket": three, "entry": "KE-1" }))["outcome"]["outcome"], "did_not_work");
}
