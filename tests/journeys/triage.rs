//! Triage rules: tested on the history first, then they say of each open ticket where it belongs, and people judge them.

use crate::support::{Workspace, precedent};
use engine::{Door, KeyFile, OpenOptions, api::view::Event};
use serde_json::{Value, json};
use std::{
    fs,
    path::PathBuf,
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};
use tempfile::TempDir;

const CRITICAL: &str = "\
title: Blockers are critical
triage:
  lane: critical
  labels: [blocker]
  queue: Broker team
  owner: Ada
fields:
  priority: [Blocker]
";
const REPETITIVE: &str = "\
title: The same error again
triage:
  lane: repetitive
  labels: [again]
  came_before: 2
  days: 30
";
const TRACE: &str =
    "java.lang.IllegalStateException: closed\n\tat com.acme.Pool.take(Pool.java:42)\n\tat com.acme.Job.run(Job.java:7)";

fn ticket(id: &str, day: u32, status: &str, priority: &str, body: &str) -> Value {
    json!({
        "kind": "ticket", "id": id, "subject": format!("About {id}"), "body": body, "status": status, "priority": priority,
        "created_at": format!("2026-11-{day:02}T08:00:00Z"), "updated_at": format!("2026-11-{day:02}T08:00:00Z"),
    })
}

/// Three with the same error, the last of them open; two blockers, one of them solved.
fn tickets() -> String {
    let all = [
        ticket("T-1", 1, "solved", "Minor", TRACE),
        ticket("T-2", 2, "solved", "Blocker", TRACE),
        ticket("T-3", 3, "open", "Minor", TRACE),
        ticket("T-4", 4, "open", "Blocker", "Nothing works."),
        ticket("T-5", 5, "open", "Minor", "How do I log in?"),
    ];
    all.map(|ticket| ticket.to_string()).join("\n")
}

fn started() -> (TempDir, Workspace, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let workspace = Workspace::new();
    workspace.import(&tickets());
    let folder = dir.path().join("kb");
    workspace.call("kb_init", json!({ "path": folder }));
    fs::write(folder.join("rules/blockers.yml"), CRITICAL).unwrap();
    fs::write(folder.join("rules/again.yml"), REPETITIVE).unwrap();
    workspace.call("kb_read", json!({}));
    workspace.engine.wait_until_searchable().unwrap();
    (dir, workspace, folder)
}

fn speak(workspace: &Workspace) {
    for id in ["blockers", "again"] {
        assert_eq!(workspace.call("rule_backtest", json!({ "id": id }))["kept"], true);
        workspace.call("rule_state_set", json!({ "id": id, "state": "enabled" }));
    }
}

fn lanes(workspace: &Workspace, filter: &str) -> Vec<(String, Option<String>)> {
    let queue = workspace.call("queue_list", json!({ "filter": filter, "offset": 0, "limit": 10 }));
    let rows = queue["rows"].as_array().unwrap().iter();
    rows.map(|row| (row["display_id"].as_str().unwrap().into(), row["lane"].as_str().map(str::to_owned))).collect()
}

fn row(id: &str, lane: Option<&str>) -> (String, Option<String>) {
    (id.into(), lane.map(str::to_owned))
}

#[test]
fn a_dry_run_says_what_a_triage_rule_would_sort_before_it_may_speak() {
    let (_dir, workspace, _) = started();
    let refused = workspace.try_call("rule_state_set", json!({ "id": "again", "state": "enabled" }));
    assert_eq!(refused.unwrap_err(), "rule_not_backtested");
    let told = workspace.call("rule_backtest", json!({ "id": "blockers" }));
    assert_eq!((&told["n"], &told["hits"], &told["open"]), (&json!(5), &json!(2), &json!(1)));
    assert_eq!((&told["precision"], &told["gold"]), (&json!(null), &json!(0)), "nobody said yet what is right");
    // Each as it came in: only the third had two before it.
    let told = workspace.call("rule_backtest", json!({ "id": "again" }));
    assert_eq!((&told["hits"], &told["samples"][0]["id"]), (&json!(1), &json!("files:T-3")));
    assert_eq!(told["samples"][0]["found"], json!([{ "kind": "came_before", "text": "2" }]));
    assert_eq!(lanes(&workspace, "triage"), [], "a draft is silent");
}

#[test]
fn rules_that_speak_sort_what_is_open_and_what_is_critical_stands_first() {
    let (_dir, workspace, _) = started();
    speak(&workspace);
    let sorted = [row("T-4", Some("critical")), row("T-3", Some("repetitive"))];
    assert_eq!(lanes(&workspace, "triage"), sorted);
    assert_eq!(lanes(&workspace, "open"), [sorted[0].clone(), row("T-5", None), sorted[1].clone()]);
    assert_eq!(lanes(&workspace, "solved"), [row("T-2", None), row("T-1", None)], "what is done needs no lane");
    // It points at no case, so no banner is raised.
    let met = workspace.call("seen_before", json!({ "ticket": "files:T-4" }));
    assert_eq!(met["rules"], json!([]));
    // What is solved goes.
    workspace.import(&ticket("T-4", 9, "solved", "Blocker", "Nothing works.").to_string());
    assert_eq!(lanes(&workspace, "triage"), [sorted[1].clone()]);
}

#[test]
fn people_take_a_suggestion_or_call_it_wrong_and_the_rule_is_scored_by_that() {
    let (_dir, workspace, _) = started();
    speak(&workspace);
    workspace.import(&ticket("T-6", 10, "open", "Blocker", "It is down.").to_string());
    let say = |id: &str, taken: bool| {
        workspace.call("triage_say", json!({ "ticket": id, "rule": "blockers", "taken": taken }))["undo"].clone()
    };
    let of = |id: &str| workspace.call("ticket_get", json!({ "id": id }))["triage"][0].clone();
    assert_eq!((&of("T-6")["labels"], &of("T-6")["taken"]), (&json!(["blocker"]), &json!(null)));
    say("files:T-6", true);
    assert_eq!(of("T-6")["taken"], json!(true));
    let wrong = say("files:T-4", false);
    assert_eq!(of("T-4")["taken"], json!(false));
    assert_eq!(lanes(&workspace, "triage")[0], row("T-6", Some("critical")));
    assert!(!lanes(&workspace, "triage").contains(&row("T-4", Some("critical"))));
    workspace.call("feedback_undo", json!({ "undo": wrong }));
    assert!(lanes(&workspace, "triage").contains(&row("T-4", Some("critical"))));
    let refused = workspace.try_call("triage_say", json!({ "ticket": "T-5", "rule": "blockers", "taken": true }));
    assert_eq!(refused.unwrap_err(), "not_found");
    // It is in the log of what was done, with its way back.
    let deeds = workspace.call("deeds_list", json!({ "limit": 5 }));
    assert_eq!((&deeds[0]["what"], &deeds[0]["undone_at"].is_null()), (&json!("triage_say"), &false));
}

#[test]
fn a_known_error_that_a_rule_raises_can_decide_the_lane() {
    let (_dir, workspace, folder) = started();
    let raising = "title: Login\nknown_error: KE-1\nlooks_for:\n  - phrases: [log in]\n";
    let sorting = "title: Known\ntriage: { lane: known_error, known_error: true }\n";
    fs::write(folder.join("rules/login.yml"), raising).unwrap();
    fs::write(folder.join("rules/known.yml"), sorting).unwrap();
    workspace.call("kb_read", json!({}));
    for id in ["login", "known"] {
        workspace.call("rule_backtest", json!({ "id": id }));
        workspace.call("rule_state_set", json!({ "id": id, "state": "enabled" }));
    }
    assert_eq!(lanes(&workspace, "triage"), [row("T-5", Some("known_error"))]);
    let found = workspace.call("ticket_get", json!({ "id": "T-5" }))["triage"][0]["found"].clone();
    assert_eq!(found, json!([{ "kind": "known_error", "text": "KE-1" }]));
}

#[test]
fn a_host_that_stays_is_told_once_of_a_ticket_that_comes_in_and_is_critical() {
    let dir = tempfile::tempdir().unwrap();
    let secrets = Arc::new(KeyFile::at(dir.path().join("keys")));
    let options = OpenOptions { secrets, ..OpenOptions::at(dir.path().join("home")) };
    let (heard, news) = mpsc::channel();
    let door = Door::knock(options, move |engine| {
        let heard = heard.clone();
        engine.subscribe(Box::new(move |event| {
            if let Event::Triage { critical } = event {
                let _ = heard.send(critical.clone());
            }
        }));
        Ok(())
    });
    let call = |name: &str, args: Value| door.rpc(name, args).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    let import = |text: &str| {
        let file = dir.path().join("in.ndjson");
        fs::write(&file, text).unwrap();
        call("import_start", json!({ "path": file }));
    };
    let folder = dir.path().join("kb");
    call("kb_init", json!({ "path": folder }));
    fs::write(folder.join("rules/blockers.yml"), CRITICAL).unwrap();
    call("kb_read", json!({}));
    call("rule_backtest", json!({ "id": "blockers" }));
    call("rule_state_set", json!({ "id": "blockers", "state": "enabled" }));
    import(&tickets());
    let next = || news.recv_timeout(Duration::from_secs(60)).expect("nothing was told");
    let told = std::iter::repeat_with(next).find(|told| !told.is_empty()).unwrap();
    assert_eq!((told[0].id.as_str(), told[0].owner.as_deref(), told.len()), ("in:T-4", Some("Ada"), 1));
    // Another change of the same is no news; another ticket is.
    import(&ticket("T-4", 9, "open", "Blocker", "Still nothing works.").to_string());
    import(&ticket("T-7", 10, "open", "Blocker", "It is down.").to_string());
    let told = std::iter::repeat_with(next).find(|told| !told.is_empty()).unwrap();
    assert_eq!((told[0].id.as_str(), told.len()), ("in:T-7", 1));
    // However often and quickly rules start and stop to speak, what they say last is what stands.
    for round in 0..40 {
        let (state, standing) = if round % 2 == 0 { ("muted", 0) } else { ("enabled", 2) };
        call("rule_state_set", json!({ "id": "blockers", "state": state }));
        let until = Instant::now() + Duration::from_secs(20);
        let total = || call("queue_list", json!({ "filter": "triage", "limit": 1 }))["total"].clone();
        while total() != standing {
            assert!(Instant::now() < until, "round {round}: {} instead of {standing}", total());
            std::thread::sleep(Duration::from_millis(2));
        }
    }
    door.close();
}

#[test]
fn the_command_line_lists_what_is_sorted_and_takes_it() {
    let (_dir, workspace, _) = started();
    speak(&workspace);
    workspace.reopen(|home| {
        let said = |args: &[&str]| {
            let done = precedent().arg("--home").arg(home).args(args).output().unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            String::from_utf8_lossy(&done.stdout).into_owned()
        };
        assert!(said(&["triage"]).starts_with("critical       files:T-4"), "{}", said(&["triage"]));
        let told = said(&["triage", "T-4", "--take", "blockers"]);
        let wanted = ["(taken)", "queue: Broker team", "because: priority: Blocker"];
        assert!(wanted.iter().all(|part| told.contains(part)), "{told}");
    });
}
