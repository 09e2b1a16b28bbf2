//! What outlives one call: jobs of the contract, and the server.

use super::{Home, conversation, path};
use crate::support::ticket;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Stdio},
};

#[test]
fn a_job_that_a_command_starts_is_waited_for_and_its_end_is_printed() {
    let home = Home::new();
    let filled = home.json(&["rpc", "sample_fill"]);
    assert_eq!((&filled["kind"], &filled["state"]), (&json!("sample"), &json!("done")));
    assert_eq!(home.json(&["rpc", "workspace_status"])["tickets"], filled["report"]["added"]);
    assert_eq!(home.json(&["doctor"])["ok"], true);
    let rebuilt = home.json(&["rpc", "reindex"]);
    assert_eq!((&rebuilt["kind"], &rebuilt["state"]), (&json!("reindex"), &json!("done")));
    let file = home.file("more.jsonl", &ticket("Z-1", "Zanzibar export", ""));
    let imported = home.json(&["rpc", "import_start", &json!({ "path": file }).to_string()]);
    assert_eq!((&imported["state"], &imported["report"]["added"]), (&json!("done"), &json!(1)));
    assert_eq!(home.json(&["search", "zanzibar"])["total"], 1);
}

#[test]
fn a_job_that_fails_is_one_document_and_a_failure() {
    let home = Home::with(&conversation());
    for (args, error) in [
        (&["rpc", "import_start", r#"{"path":"/no/such/file.jsonl"}"#][..], "/no/such/file.jsonl"),
        (&["--json", "rpc", "sample_fill"], "already holds tickets"),
    ] {
        let run = home.run(args);
        let job = run.document();
        assert_eq!((run.code, &job["state"]), (Some(1), &json!("failed")), "{args:?}");
        assert!(job["error"]["message"].as_str().unwrap().contains(error), "{job}");
        assert!(run.stderr.contains(error), "{}", run.stderr);
    }
}

#[test]
fn a_command_that_starts_no_job_answers_at_once_with_its_reply() {
    let home = Home::with(&conversation());
    assert_eq!(home.json(&["rpc", "jobs_list"]), json!([]));
    assert_eq!(home.json(&["rpc", "ticket_get", r#"{"id":"T-1"}"#])["subject"], "Login fails");
    assert_eq!(home.json(&["rpc", "preference_set", r#"{"key":"theme","value":"dark"}"#]), json!({}));
    assert_eq!(home.json(&["rpc", "preferences_get"]), json!([{ "key": "theme", "value": "dark" }]));
}

/// Stopped with the test, however that ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_server_answers_with_its_token_and_to_nobody_else() {
    let home = Home::with(&conversation());
    let page = home.file("index.html", "<!doctype html>");
    let ui = page.parent().unwrap();
    let mut server = Server(home.command(&["serve", "--ui", path(ui)]).stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let said: Value = serde_json::from_str(&line).unwrap();
    let url = said["url"].as_str().unwrap();
    let (host, token) = url.strip_prefix("http://").unwrap().split_once("/#token=").unwrap();
    assert!(host.starts_with("127.0.0.1:") && token.len() >= 32, "{url}");

    let ask = |host_said: &str, path: &str, token: &str, body: &str| {
        let mut stream = TcpStream::connect(host).unwrap();
        let verb = if path.starts_with("/rpc/") { "POST" } else { "GET" };
        let request = format!(
            "{verb} {path} HTTP/1.1\r\nHost: {host_said}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status: u16 = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
    };
    let (status, reply) = ask(host, "/rpc/workspace_status", token, "");
    assert_eq!((status, &serde_json::from_str::<Value>(&reply).unwrap()["tickets"]), (200, &json!(1)));
    assert_eq!(ask(host, "/rpc/ticket_get", token, r#"{"id":"T-9"}"#).0, 422);
    assert_eq!(ask(host, "/rpc/ticket_get", token, "not json").0, 400);
    for wrong in ["", "0", &token[1..]] {
        let (status, reply) = ask(host, "/rpc/workspace_status", wrong, "");
        assert_eq!(status, 401, "{reply}");
        assert!(!reply.contains("tickets"), "{reply}");
    }
    assert_eq!(ask("evil.example", "/rpc/workspace_status", token, "").0, 403);
    assert_eq!(ask(host, "/", "", "").0, 200);
    for outside in ["/../export.jsonl", "/%2e%2e/export.jsonl", "/home/store.db/..", "/.hidden"] {
        assert_eq!(ask(host, outside, token, "").0, 404, "{outside}");
    }
}

#[test]
fn how_often_sources_are_asked_is_shown_chosen_and_refused_with_what_may_be_chosen() {
    let home = Home::new();
    assert_eq!(home.json(&["source", "rhythm"])["minutes"], 5, "as shipped");
    let chosen = home.run(&["source", "rhythm", "15"]);
    assert_eq!(chosen.code, Some(0), "{}", chosen.stderr);
    // What this machine runs on may make it slower now.
    assert!(chosen.stdout.starts_with("Sources are asked every 15 minutes"), "{}", chosen.stdout);
    assert_eq!(home.json(&["source", "rhythm"])["minutes"], 15, "it is kept");
    for (said, told) in [("soon", "\"soon\" is no number of minutes"), ("0", "outside of that")] {
        let run = home.run(&["source", "rhythm", said]);
        assert!(run.code != Some(0) && run.stderr.contains(told), "{said}: {}", run.stderr);
    }
    let never = home.run(&["source", "rhythm", "never"]);
    assert_eq!(never.stdout.trim(), "Sources are asked only when somebody asks.");
    assert_eq!(home.json(&["source", "rhythm"])["minutes"], Value::Null);
}

#[test]
fn an_engineer_moves_and_answers_what_was_handed_over_without_a_window() {
    let home = Home::with(&[ticket("T-1", "Badge printer jams", "On long names, since 5.2. It should print them.")]);
    home.json(&["escalate", "T-1", "--reason", "needs_code_fix", "--bundle", path(&home.0.path().join("case.bundle"))]);
    assert!(home.run(&["handed", "list"]).stdout.contains("submitted"));
    let moved = home.run(&["handed", "move", "1", "in_progress"]).stdout;
    assert!(moved.starts_with("Escalation 1 is in_progress; may become "), "{moved}");
    let wrong = home.run(&["handed", "answer", "1"]);
    assert!(wrong.code != Some(0) && wrong.stderr.contains("at least one thing"), "{}", wrong.stderr);
    let answered = home.run(&[
        "handed",
        "answer",
        "1",
        "--cause",
        "the label is cut at 32 letters",
        "--versions",
        "5.2.1",
        "--by",
        "Priya",
    ]);
    assert_eq!(answered.stdout.trim(), "Answered.", "{}", answered.stderr);
    let shown = home.run(&["handed", "show", "1"]).stdout;
    assert!(
        shown.contains("Escalation 1 is answered")
            && shown.ends_with("Cause: the label is cut at 32 letters\nFixed in: 5.2.1\n"),
        "{shown}"
    );
    assert_eq!(home.json(&["search", "\"32 letters\""])["total"], 1, "it is found with its ticket");
}
