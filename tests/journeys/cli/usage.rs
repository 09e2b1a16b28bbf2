//! 0 it did it, 1 it failed, 2 it was called wrongly.

use super::{Home, conversation};
use serde_json::json;

#[test]
fn wrong_calls_end_with_2_and_say_so_in_words_and_in_one_document() {
    let home = Home::with(&conversation());
    let table = home.file("table.csv", "id,subject,created_at\n1,A,2026-01-05\n");
    let table = table.to_str().unwrap();
    let question = home.file("question.txt", "Login fails");
    let question = question.to_str().unwrap();
    for args in [
        &["search"][..],
        &["search", " "],
        &["search", "login", "--kind", "page"],
        &["search", "login", "-k", "many"],
        &["import"],
        &["import", table, "--map", "foo"],
        &["import", table, "--map", "=foo"],
        &["import", table, "--format", "xml"],
        &["import", table, "--source", "no spaces, please"],
        &["seen", question, "--as-of", "yesterday"],
        &["seen", question, "--ticket", "T-1"],
        &["seen", "--batch", question, "--as-of", "2026-01-01T00:00:00Z"],
        &["seen"],
        &["ticket", "show"],
        &["ticket", "link", "T-1", "badkind", "T-1"],
        &["ticket", "link", "T-1", "same_as", "T-1"],
        &["rpc"],
        &["rpc", "workspace_status", "not json"],
        &["rpc", "queue_list", r#"{"filter":"all"}"#],
        &["rpc", "no_such_command"],
        &["no_such_command"],
        &["doctor", "--no-such-flag"],
    ] {
        let words = home.run(args);
        assert_eq!((words.code, words.stdout.as_str()), (Some(2), ""), "{args:?}: {}", words.stderr);
        assert!(!words.stderr.is_empty(), "{args:?}");
        let run = home.run(&[args, &["--json"]].concat());
        let error = &run.document()["error"];
        assert_eq!((run.code, error["retryable"].as_bool()), (Some(2), Some(false)), "{args:?}");
        assert!(error["code"].as_str().is_some_and(|code| !code.is_empty()), "{args:?}: {error}");
        let message = error["message"].as_str().unwrap();
        assert!(!message.is_empty() && !message.contains('\n'), "{args:?}: {error}");
    }
}

#[test]
fn failures_end_with_1_and_say_so_in_one_document() {
    let home = Home::with(&conversation());
    for (args, code) in [
        (&["import", "/no/such/file.jsonl"][..], None),
        (&["ticket", "show", "T-9"], Some("not_found")),
        (&["rpc", "ticket_get", r#"{"id":"T-9"}"#], Some("not_found")),
        (&["seen", "/no/such/file"], Some("failed")),
        (&["demo"], Some("not_empty")),
    ] {
        let run = home.run(&[&["--json"], args].concat());
        assert_eq!(run.code, Some(1), "{args:?}: {}", run.stderr);
        let document = run.document();
        let said = document["error"]["code"].as_str().unwrap();
        assert_eq!(said, code.unwrap_or(said), "{args:?}");
        assert!(run.stderr.starts_with("precedent: "), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn help_and_version_are_no_failures_and_bare_usage_is_one() {
    let home = Home::new();
    for args in [&["--help"][..], &["--version"], &["rpc", "--help"], &["--json", "--help"]] {
        let run = home.run(args);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{args:?}");
        assert!(!run.stdout.is_empty(), "{args:?}");
    }
    let bare = crate::support::precedent().output().unwrap();
    assert_eq!((bare.status.code(), bare.stdout.len()), (Some(2), 0));
    assert!(!home.path().exists(), "nobody asked for a workspace");
}

#[test]
fn every_command_of_the_contract_is_named_where_a_wrong_one_is_refused() {
    let run = Home::new().run(&["rpc", "nothing"]);
    for name in engine::api::NAMES {
        assert!(run.stderr.contains(name), "{name} is missing in {}", run.stderr);
    }
}

#[test]
fn a_home_can_come_from_the_environment() {
    let home = Home::with(&conversation());
    let output =
        crate::support::precedent().env("PRECEDENT_HOME", home.path()).args(["rpc", "workspace_status"]).output();
    let status: serde_json::Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    assert_eq!(status["tickets"], json!(1));
}
