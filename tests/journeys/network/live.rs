//! Against real servers that run on this machine. `PRECEDENT_LIVE_REDMINE` and `PRECEDENT_LIVE_RT` say where, as
//! `ADDRESS SECRET`; where they are not set, these tests say so and are over. They write to the servers, so that those have
//! to be nobody's.

use crate::support::{
    Workspace,
    network::{noon, unwaiting},
};
use serde_json::{Value, json};
use std::process::Command;

struct Live {
    workspace: Workspace,
    address: String,
    secret: String,
}

impl Live {
    fn of(kind: &str, variable: &str) -> Option<Self> {
        let Ok(told) = std::env::var(variable) else {
            eprintln!("left out: {variable} names no real server");
            return None;
        };
        let (address, secret) = told.split_once(' ').expect("ADDRESS SECRET");
        let workspace = Workspace::asking(unwaiting().0, noon());
        workspace.call("source_add", json!({ "kind": kind, "url": address, "name": "live", "secret": secret }));
        Some(Self { workspace, address: address.into(), secret: secret.into() })
    }

    /// As another client would.
    fn curl(&self, method: &str, path: &str, body: &Value) -> Value {
        let mut curl = Command::new("curl");
        curl.args(["-s", "-X", method, "-H", "content-type: application/json", "-u"]);
        curl.arg(if self.secret.contains(':') { self.secret.clone() } else { format!("{}:x", self.secret) });
        curl.args(["-d", &body.to_string()]).arg(format!("{}{path}", self.address));
        let said = curl.output().unwrap().stdout;
        serde_json::from_slice(&said).unwrap_or_default()
    }

    fn sync(&self) -> engine::api::view::ImportReport {
        let run = engine::sync_now(&self.workspace.engine, Some("live"), &|_, _| {}).unwrap().remove(0);
        self.workspace.engine.wait_until_searchable().unwrap();
        assert!(run.error.is_none(), "{:?}", run.error.map(|error| error.to_string()));
        assert_eq!(run.report.skipped, 0, "{:?}", run.report.errors);
        run.report
    }

    fn tickets(&self) -> u64 {
        self.workspace.call("workspace_status", json!({}))["tickets"].as_u64().unwrap()
    }

    fn found(&self, words: &str) -> u64 {
        self.workspace.call("search", json!({ "query": words }))["total"].as_u64().unwrap()
    }
}

#[test]
fn a_real_redmine_is_read_followed_and_compared() {
    let Some(live) = Live::of("redmine", "PRECEDENT_LIVE_REDMINE") else { return };
    let issue = |subject: &str| json!({ "issue": { "project_id": "product-a", "subject": subject, "description": "Zanzibar", "tracker_id": 1 } });
    let made = live.curl("POST", "/issues.json", &issue("A quartz voucher"))["issue"]["id"].as_u64().unwrap();
    live.sync();
    let there = || live.curl("GET", "/issues.json?status_id=*&limit=1", &json!({}))["total_count"].as_u64().unwrap();
    assert_eq!((live.tickets(), live.found("\"quartz voucher\"") >= 1), (there(), true));
    let note = json!({ "issue": { "notes": format!("onyx{made}"), "private_notes": true, "status_id": 2 } });
    live.curl("PUT", &format!("/issues/{made}.json"), &note);
    let report = live.sync();
    assert_eq!((report.changed, report.comments, live.found(&format!("onyx{made}"))), (1, 1, 1));
    live.curl("DELETE", &format!("/issues/{made}.json"), &json!({}));
    let report = live.sync();
    assert_eq!((report.deleted, live.tickets(), live.found(&format!("onyx{made}"))), (1, there(), 0));
    assert_eq!(live.sync().changed, 0);
}

#[test]
fn a_real_request_tracker_is_read_followed_and_compared() {
    let Some(live) = Live::of("rt", "PRECEDENT_LIVE_RT") else { return };
    let api = |path: &str| format!("/REST/2.0{path}");
    let make = |subject: &str| {
        let ticket = json!({ "Queue": "General", "Subject": subject, "Requestor": "ann@example.com", "Content": "Zanzibar", "ContentType": "text/plain" });
        live.curl("POST", &api("/ticket"), &ticket)["id"].as_str().unwrap().to_owned()
    };
    let (kept, merged, deleted) = (make("A quartz voucher"), make("Its twin"), make("A mistake"));
    live.sync();
    let there = || live.curl("GET", &api("/tickets?query=id%3E0&per_page=1"), &json!({}))["total"].as_u64().unwrap();
    assert_eq!(live.tickets(), there());
    live.curl(
        "POST",
        &api(&format!("/ticket/{kept}/comment")),
        &json!({ "Content": format!("onyx{kept}"), "ContentType": "text/plain",
            "Attachments": [{ "FileName": "trace.log", "FileType": "text/plain", "FileContent": "WmFuemliYXI=" }] }),
    );
    let report = live.sync();
    assert_eq!((report.comments, live.found(&format!("onyx{kept}"))), (1, 1));
    let files = live.workspace.call("ticket_get", json!({ "id": format!("live:{kept}") }))["attachments"].take();
    assert_eq!(
        (&files[0]["name"], &files[0]["size"], files[1].is_null()),
        (&json!("trace.log"), &json!(8), true),
        "{files}"
    );
    live.curl("PUT", &api(&format!("/ticket/{merged}")), &json!({ "MergeInto": kept }));
    live.curl("DELETE", &api(&format!("/ticket/{deleted}")), &json!({}));
    let report = live.sync();
    assert_eq!((report.deleted, live.tickets()), (2, there()));
    let report = live.sync();
    assert_eq!((report.added, report.changed, report.deleted, report.comments), (0, 0, 0, 0));
}
