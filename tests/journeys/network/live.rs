//! Against real servers that run on this machine. `PRECEDENT_LIVE_REDMINE` and `PRECEDENT_LIVE_RT` say where, as
//! `ADDRESS SECRET`; where they are not set, these tests say so and are over. They write to the servers, so that those have
//! to be nobody's.

use crate::support::{
    Workspace,
    network::{noon, unwaiting},
};
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

struct Live {
    workspace: Workspace,
    address: String,
    secret: String,
    relay: Relay,
}

/// Between the program and a real server: it passes everything on, and loses what is answered to a write where it is told to.
struct Relay {
    address: SocketAddr,
    loses: Arc<AtomicBool>,
    /// Requests that write.
    wrote: Arc<AtomicUsize>,
}

impl Relay {
    fn to(server: &str) -> Self {
        let server = server.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (loses, wrote) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (losing, writing) = (Arc::clone(&loses), Arc::clone(&wrote));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (server, losing, writing) = (server.clone(), Arc::clone(&losing), Arc::clone(&writing));
                thread::spawn(move || pass(client, &server, &losing, &writing));
            }
        });
        Self { address, loses, wrote }
    }
}

/// One connection, until either side has enough.
fn pass(mut client: TcpStream, server: &str, losing: &AtomicBool, writing: &AtomicUsize) -> Option<()> {
    let mut server = TcpStream::connect(server).ok()?;
    let mut answers = server.try_clone().ok()?;
    let mut back = client.try_clone().ok()?;
    let lost = Arc::new(AtomicBool::new(false));
    let loses = Arc::clone(&lost);
    let answering = thread::spawn(move || {
        let mut bytes = [0; 16_384];
        while let Ok(read @ 1..) = answers.read(&mut bytes) {
            if loses.load(Ordering::SeqCst) {
                break;
            }
            back.write_all(&bytes[..read]).ok()?;
        }
        _ = back.shutdown(Shutdown::Both);
        Some(())
    });
    let mut bytes = [0; 16_384];
    while let Ok(read @ 1..) = client.read(&mut bytes) {
        if bytes.starts_with(b"PUT ") || bytes.starts_with(b"POST ") {
            writing.fetch_add(1, Ordering::SeqCst);
            lost.store(losing.load(Ordering::SeqCst), Ordering::SeqCst);
        }
        server.write_all(&bytes[..read]).ok()?;
    }
    _ = server.shutdown(Shutdown::Write);
    answering.join().ok()?
}

impl Live {
    fn of(kind: &str, variable: &str) -> Option<Self> {
        let Ok(told) = std::env::var(variable) else {
            eprintln!("left out: {variable} names no real server");
            return None;
        };
        let (address, secret) = told.split_once(' ').expect("ADDRESS SECRET");
        let workspace = Workspace::asking(unwaiting().0, noon());
        let relay = Relay::to(address);
        let url = format!("http://{}", relay.address);
        workspace.call("source_add", json!({ "kind": kind, "url": url, "name": "live", "secret": secret }));
        Some(Self { workspace, address: address.into(), secret: secret.into(), relay })
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

    /// A note and a link, each sent from the outbox: they arrive, their answers are lost, and they are found and not sent again.
    fn write(&self, kind: &str, on: &str, to: &str) {
        let options = json!([{ "key": "write", "value": "yes" }]);
        let url = format!("http://{}", self.relay.address);
        let source = json!({ "kind": kind, "url": url, "name": "live", "secret": self.secret, "options": options });
        self.workspace.call("source_add", source);
        for (kind, problem) in [("note", Value::Null), ("link", json!(format!("live:{to}")))] {
            let text = format!("Sardonyx{on}: seen before.");
            let asked = json!({ "kind": kind, "to": format!("live:{on}"), "problem": problem, "text": text });
            let item = self.workspace.call("outbox_write", asked);
            let send = || self.workspace.try_call("outbox_send", json!({ "id": item["id"], "seal": item["seal"] }));
            self.relay.loses.store(true, Ordering::SeqCst);
            let lost = send().unwrap();
            assert_eq!((&lost["state"], &lost["may_be_there"]), (&json!("sending"), &json!(true)), "{lost}");
            self.relay.loses.store(false, Ordering::SeqCst);
            let wrote = self.relay.wrote.load(Ordering::SeqCst);
            let sent = send().unwrap();
            assert_eq!(sent["state"], "sent", "{sent}");
            assert_eq!(self.relay.wrote.load(Ordering::SeqCst), wrote, "it was found, and not sent again");
            assert_eq!(send().unwrap_err(), "outbox_state", "it is not sent twice");
        }
        self.sync();
        let id = json!({ "id": format!("live:{on}") });
        let ticket = self.workspace.call("ticket_get", id);
        let said = ticket["comments"].as_array().unwrap();
        let ours: Vec<&Value> = said.iter().filter(|said| said["body_html"].to_string().contains("Sardonyx")).collect();
        assert!(ours.len() == 1 && ours[0]["public"] == false, "once, and for nobody outside: {said:?}");
        let links = ticket["links"].as_array().unwrap();
        assert!(links.iter().any(|link| link["display_id"] == *to), "{links:?}");
        println!("{}: a note and a link were written, read back and are there once", self.address);
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
    let make = |subject: &str| live.curl("POST", "/issues.json", &issue(subject))["issue"]["id"].as_u64().unwrap();
    let (made, problem) = (make("A quartz voucher"), make("Its problem"));
    live.sync();
    let there = || live.curl("GET", "/issues.json?status_id=*&limit=1", &json!({}))["total_count"].as_u64().unwrap();
    assert_eq!((live.tickets(), live.found("\"quartz voucher\"") >= 1), (there(), true));
    let note = json!({ "issue": { "notes": format!("onyx{made}"), "private_notes": true, "status_id": 2 } });
    live.curl("PUT", &format!("/issues/{made}.json"), &note);
    let report = live.sync();
    assert_eq!((report.changed, report.comments, live.found(&format!("onyx{made}"))), (1, 1, 1));
    live.write("redmine", &made.to_string(), &problem.to_string());
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
    let problem = make("Its problem");
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
    live.write("rt", &kept, &problem);
    live.curl("PUT", &api(&format!("/ticket/{merged}")), &json!({ "MergeInto": kept }));
    live.curl("DELETE", &api(&format!("/ticket/{deleted}")), &json!({}));
    let report = live.sync();
    assert_eq!((report.deleted, live.tickets()), (2, there()));
    let report = live.sync();
    assert_eq!((report.added, report.changed, report.deleted, report.comments), (0, 0, 0, 0));
}
