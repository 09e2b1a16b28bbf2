//! Detection rules: proposed from a ticket, tested on the history, spoken of once they are enabled.

use crate::support::{Workspace, precedent};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

const RULE: &str = "\
title: Import stalls
known_error: KE-1
ticket: files:T-1
looks_for:
  - phrases: [import stalls, row 4096]
  - regex: ['lock \\d+ is held']
";
const KNOWN: &str = "\
---
id: KE-1
title: The import holds its lock
state: workaround_available
tickets: [\"files:T-1\", \"files:T-2\"]
---
## Issue
It stalls.
## Workaround
1. Start it again
";

/// T-1 to T-4 are one problem, one of them as the source says it; T-5 looks like it, and T-6 is something else.
fn tickets() -> String {
    let texts = [
        ("T-1", "Import stalls", "It stops at row 4096.", json!(null)),
        ("T-2", "IMPORT\nstalls again", "Always at row 4096!", json!(null)),
        ("T-3", "Nightly job hangs", "The log says: lock 17 is held", json!("T-1")),
        ("T-4", "Import does nothing", "It hangs and nobody knows why.", json!("T-3")),
        ("T-5", "Export and import stalls", "Both at row 4096.", json!(null)),
        ("T-6", "Login fails", "The password is refused.", json!(null)),
    ];
    let line = |(day, (id, subject, body, of)): (usize, &(&str, &str, &str, Value))| {
        json!({
            "kind": "ticket", "id": id, "subject": subject, "body": body, "duplicate_of": of, "status": "solved",
            "created_at": format!("2026-11-0{}T08:00:00Z", day + 1), "resolution": "Fixed",
        })
        .to_string()
    };
    texts.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

fn started() -> (TempDir, Workspace, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let workspace = Workspace::new();
    workspace.import(&tickets());
    let folder = dir.path().join("kb");
    workspace.call("kb_init", json!({ "path": folder }));
    fs::write(folder.join("known-errors/KE-1.md"), KNOWN).unwrap();
    fs::write(folder.join("rules/stalls.yml"), RULE).unwrap();
    workspace.call("kb_read", json!({}));
    workspace.engine.wait_until_searchable().unwrap();
    (dir, workspace, folder)
}

fn ids(samples: &Value) -> Vec<&str> {
    samples.as_array().unwrap().iter().map(|sample| sample["id"].as_str().unwrap()).collect()
}

#[test]
fn a_backtest_says_what_was_right_what_was_not_and_what_was_missed_and_the_same_each_time() {
    let (_dir, workspace, _) = started();
    let test = || {
        let mut told = workspace.call("rule_backtest", json!({ "text": RULE }));
        told.as_object_mut().unwrap().remove("ms");
        told
    };
    let told = test();
    assert_eq!(
        (&told["n"], &told["hits"], &told["right"], &told["gold"]),
        (&json!(5), &json!(3), &json!(2), &json!(3))
    );
    assert_eq!(ids(&told["samples"]), ["files:T-5", "files:T-3", "files:T-2"]);
    assert_eq!(ids(&told["missed"]), ["files:T-4"]);
    assert_eq!((&told["samples"][0]["right"], &told["samples"][1]["right"]), (&json!(false), &json!(true)));
    assert_eq!(told["samples"][1]["found"], json!([{ "kind": "regex", "text": "lock \\d+ is held" }]));
    assert_eq!((&told["gold_known_error"], &told["gold_ticket"]), (&json!("knowledge:KE-1"), &json!("files:T-1")));
    assert!((told["precision"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-9);
    assert_eq!(test(), told);

    // What it stands for is not here: nothing is known, and nothing is claimed.
    let strange = RULE.replace("KE-1", "KE-9").replace("files:T-1", "files:T-9");
    let told = workspace.call("rule_backtest", json!({ "text": strange }));
    assert_eq!(
        (&told["precision"], &told["recall"], &told["missing"]),
        (&json!(null), &json!(null), &json!(["KE-9", "files:T-9"]))
    );
}

#[test]
fn a_rule_speaks_once_it_was_backtested_as_it_is_and_enabled_and_people_can_silence_it() {
    let (_dir, workspace, folder) = started();
    let path = folder.join("rules/stalls.yml");
    let new = json!({ "text": "Import stalls\nAt row 4096, since this morning." });
    let met = || workspace.call("seen_before", new.clone());
    let state = |state: &str| workspace.try_call("rule_state_set", json!({ "id": "stalls", "state": state }));
    assert_eq!(state("enabled").unwrap_err(), "rule_not_backtested");
    assert_eq!(met()["rules"], json!([]));
    assert_eq!(workspace.call("rule_backtest", json!({ "id": "stalls" }))["kept"], true);
    assert_eq!(met()["rules"], json!([]), "a draft is silent");
    assert_eq!(state("enabled").unwrap()["rule"]["speaks"], true);
    let said = met();
    assert_eq!((&said["rules"][0]["id"], &said["known_error"]["id"]), (&json!("stalls"), &json!("knowledge:KE-1")));
    assert_eq!((&said["known_error"]["because"], &said["verdict"]["kind"]), (&json!("rule"), &json!("seen")));
    // Of the past it is not asked: it knows what came later.
    assert_eq!(
        workspace.call("seen_before", json!({ "ticket": "T-5", "as_of": "2026-11-05T09:00:00Z" }))["rules"],
        json!([])
    );

    // After a restart, and until somebody changes it.
    let workspace = workspace.reopen(|_| {});
    let met = || workspace.call("seen_before", new.clone());
    assert_eq!(met()["rules"][0]["id"], "stalls");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("import stalls", "import hangs")).unwrap();
    workspace.call("kb_read", json!({}));
    assert_eq!(met()["rules"], json!([]));
    let told = workspace.call("kb_check", json!({}));
    assert!(told[0]["what"].as_str().unwrap().contains("says nothing until it was backtested"), "{told}");
    fs::write(&path, &text).unwrap();
    workspace.call("kb_read", json!({}));
    assert_eq!(met()["rules"][0]["id"], "stalls");

    // Somebody says that it is not the same here; elsewhere it goes on.
    let asked = workspace.call("seen_before", json!({ "ticket": "T-5" }));
    assert_eq!(asked["rules"][0]["known_error"], "knowledge:KE-1");
    let wrong = json!({ "question": asked["question"]["id"], "hit": "knowledge:KE-1", "verdict": "not_same" });
    workspace.call("feedback_set", wrong);
    assert_eq!(workspace.call("seen_before", json!({ "ticket": "T-5" }))["rules"], json!([]));
    assert_eq!(met()["rules"][0]["id"], "stalls");

    workspace.call("rule_state_set", json!({ "id": "stalls", "state": "muted" }));
    assert_eq!(met()["rules"], json!([]));
}

#[test]
fn a_scorecard_counts_what_came_in_since_and_what_people_said_of_it() {
    let (_dir, workspace, _) = started();
    workspace.call("rule_backtest", json!({ "id": "stalls" }));
    workspace.call("rule_state_set", json!({ "id": "stalls", "state": "enabled" }));
    assert_eq!(
        workspace.call("rules_scores", json!({}))["scores"][0]["hits"],
        0,
        "what was there before is its backtest's"
    );
    let line = |id: &str| {
        json!({ "kind": "ticket", "id": id, "subject": "Import stalls", "body": "row 4096", "created_at": "2099-01-01T00:00:00Z" }).to_string()
    };
    workspace.import(&["N-1", "N-2", "N-3"].map(line).join("\n"));
    for (ticket, verdict) in [("files:N-1", "used"), ("files:N-2", "not_same")] {
        workspace.call("feedback_set", json!({ "question": ticket, "hit": "knowledge:KE-1", "verdict": verdict }));
    }
    let score = &workspace.call("rules_scores", json!({}))["scores"][0];
    let [hits, confirmed, wrong] = ["hits", "confirmed", "wrong"].map(|name| score[name].as_u64().unwrap());
    assert_eq!((hits, confirmed, wrong, &score["precision"]), (3, 1, 1, &json!(0.5)));
    assert_eq!(score["tickets"], json!(["files:N-3", "files:N-2", "files:N-1"]));
}

#[test]
fn a_scorecard_says_where_asking_for_more_would_have_left_out_what_was_wrong_alone() {
    let (_dir, workspace, folder) = started();
    let rule = "id: wide\ntitle: Wide\nknown_error: KE-1\nstate: draft\nlooks_for:\n  - phrases: [import stalls, row 4096, never given back]\n    at_least: 1\n";
    std::fs::write(folder.join("rules/wide.yml"), rule).unwrap();
    workspace.call("rule_backtest", json!({ "id": "wide" }));
    workspace.call("rule_state_set", json!({ "id": "wide", "state": "enabled" }));
    let line = |(id, body): (&str, &str)| {
        json!({ "kind": "ticket", "id": id, "subject": "Import stalls", "body": body, "created_at": "2099-01-01T00:00:00Z" }).to_string()
    };
    let told = [("N-1", "row 4096, never given back"), ("N-2", "row 4096"), ("N-3", "somewhere else"), ("N-4", "too")];
    workspace.import(&told.map(line).join("\n"));
    let wide = || {
        let scores = workspace.call("rules_scores", json!({}))["scores"].take();
        scores.as_array().unwrap().iter().find(|score| score["id"] == "wide").unwrap().clone()
    };
    for (ticket, verdict) in [("files:N-1", "used"), ("files:N-2", "used"), ("files:N-3", "not_same")] {
        assert_eq!(wide()["bar"], json!(null), "nobody called any wrong yet");
        workspace.call("feedback_set", json!({ "question": ticket, "hit": "knowledge:KE-1", "verdict": verdict }));
    }
    assert_eq!(wide()["bar"], json!({ "at_least": 2, "instead_of": 1, "confirmed": 2, "wrong": 0 }));
    assert_eq!(wide()["lately"], json!({ "hits": 4, "confirmed": 2, "wrong": 1 }));
    // What was confirmed is not given up for what was wrong.
    workspace.call("feedback_set", json!({ "question": "files:N-4", "hit": "knowledge:KE-1", "verdict": "used" }));
    assert_eq!(wide()["bar"], json!(null));
}

#[test]
fn a_rule_is_proposed_from_a_ticket_without_anything_of_a_person_and_saved_as_a_draft() {
    let (_dir, workspace, folder) = started();
    let trace = "java.lang.IllegalStateException: broken\n\tat com.acme.Import.run(Import.java:4)\n\tat com.acme.Main.main(Main.java:7)";
    let line = |id: &str, body: &str| {
        let body = format!("{body}\n{trace}");
        json!({ "kind": "ticket", "id": id, "subject": "Ledger import breaks for maria@kunde.example", "body": body,
                "product": "Harbor", "version": "5.2", "fix_versions": ["5.4"], "created_at": "2026-11-09T00:00:00Z" })
        .to_string()
    };
    workspace.import(
        &[line("M-1", "Maria Lindqvist saw BookingWriter.flush fail"), line("M-2", "BookingWriter.flush again")]
            .join("\n"),
    );
    let draft = workspace.call("rule_make", json!({ "id": "M-1" }));
    let text = draft["text"].as_str().unwrap();
    assert!(!["maria", "Maria", "kunde", "e-mail 1\"\n    "].iter().any(|taken| text.contains(taken)), "{text}");
    for kept in
        ["signatures: [", "BookingWriter.flush", "products: [\"Harbor\"]", "versions: [\"<5.4\"]", "state: draft"]
    {
        assert!(text.contains(kept), "{kept} is not in {text}");
    }
    assert_eq!(draft["hits"], 2);
    let saved = workspace.call("rule_save", json!({ "text": text }));
    let path = saved["rule"]["path"].as_str().unwrap();
    assert_eq!(fs::read_to_string(folder.join(path)).unwrap(), text);
    assert_eq!(workspace.try_call("rule_save", json!({ "text": text })).unwrap_err(), "entry_exists");
    let told = workspace.call("rule_test", json!({ "rule": { "id": path }, "ticket": "M-2" }));
    assert_eq!(told["fits"], true);

    // What somebody else changed meanwhile is not written over, and what is wrong is not written at all.
    let save = |text: &str, before: &str| {
        workspace.try_call("rule_save", json!({ "path": path, "text": text, "before": before }))
    };
    assert_eq!(save(&format!("{text}# mine\n"), "title: theirs\n").unwrap_err(), "entry_changed");
    assert_eq!(save("title: x\n", text).unwrap_err(), "rule_wrong");
    assert_eq!(save(&format!("{text}# mine\n"), text).unwrap()["text"], format!("{text}# mine\n"));
    assert_eq!(
        workspace.try_call("rule_save", json!({ "path": "../x.yml", "text": text, "before": "" })).unwrap_err(),
        "entry_changed"
    );
}

#[test]
fn the_command_line_tests_backtests_enables_and_names_the_place_of_a_mistake() {
    let (dir, workspace, folder) = started();
    workspace.reopen(|home| command_line(home, &dir.path().join("bad.yml"), &folder.join("rules/stalls.yml")));
}

fn command_line(home: &Path, bad: &Path, file: &Path) {
    let run = |args: &[&str]| {
        let done = precedent().arg("--home").arg(home).args(args).output().unwrap();
        (done.status.code(), String::from_utf8_lossy(&done.stdout).into_owned())
    };
    fs::write(bad, RULE.replace("lock \\d+", "(a+")).unwrap();
    let (code, said) = run(&["rule", "test", bad.to_str().unwrap()]);
    assert_eq!(code, Some(1));
    assert!(
        said.starts_with("line 6, column 13: the pattern cannot be read at its character 1: unclosed group"),
        "{said}"
    );
    let (_, said) = run(&["rule", "test", file.to_str().unwrap(), "--ticket", "T-3"]);
    assert!(said.starts_with("It fits:\n  regex: lock"), "{said}");
    let (_, said) = run(&["rule", "backtest", file.to_str().unwrap()]);
    assert!(said.contains("5 tickets, 3 hits, 2 of them known to be the same problem, of 3 that are"), "{said}");
    assert_eq!(run(&["rule", "enable", "stalls"]), (Some(0), "stalls is enabled now.\n".into()));
    let (_, said) = run(&["rule", "list"]);
    assert!(said.contains("enabled"), "{said}");
    let (_, said) = run(&["--json", "rule", "backtest", "stalls"]);
    let told: Value = serde_json::from_str(&said).unwrap();
    for field in ["n", "hits", "precision", "recall", "samples"] {
        assert!(!told[field].is_null(), "{field}");
    }
    fs::copy(bad, file.with_file_name("broken.yml")).unwrap();
    let (_, said) = run(&["--json", "rule", "backtest", "broken"]);
    let told: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(told["error"]["code"], "rule_wrong", "{told}");
    assert!(told["error"]["message"].as_str().unwrap().contains("line 6, column 13"), "{told}");
}
