//! A damaged database: it is told, moved aside with its date, and brought back with what people wrote.

use crate::support::{Workspace, precedent, ticket};
use serde_json::{Value, json};
use std::path::Path;

const PAGE: usize = 4096;

/// Sixty tickets, something of everything that people write, and copies of both kinds.
fn workspace() -> Workspace {
    let workspace = Workspace::new();
    workspace.import(&lines(0..60));
    people_write(&workspace);
    workspace.engine.back_up();
    workspace
}

fn lines(numbers: std::ops::Range<u32>) -> String {
    let line = |n| ticket(&format!("T-{n}"), &format!("Gauge {n} shows zero"), &format!("Sensor bus drops frame {n}."));
    numbers.map(line).collect::<Vec<_>>().join("\n")
}

fn people_write(workspace: &Workspace) {
    workspace.call("link_add", json!({ "a": "T-3", "kind": "same_as", "b": "T-4" }));
    workspace.call("feedback_set", json!({ "question": "files:T-5", "hit": "T-6", "verdict": "not_same" }));
    workspace.call("preference_set", json!({ "key": "theme", "value": "dark" }));
}

/// What people wrote, as the contract shows it.
fn written(workspace: &Workspace) -> Value {
    let links = workspace.call("ticket_get", json!({ "id": "T-3" }))["links"].clone();
    let hits = workspace.call("seen_before", json!({ "ticket": "T-5" }))["hits"].clone();
    let same = hits.as_array().unwrap().iter().any(|hit| hit["display_id"] == "T-6");
    json!([links, same, workspace.call("preferences_get", json!({}))])
}

fn flip(file: &Path, at: usize) {
    let mut bytes = std::fs::read(file).unwrap();
    bytes[at] ^= 1;
    std::fs::write(file, bytes).unwrap();
}

fn doctor(home: &Path, repair: bool) -> (bool, Value) {
    let mut command = precedent();
    command.args(["doctor", "--json", "--home"]).arg(home);
    if repair {
        command.arg("--repair");
    }
    let output = command.output().unwrap();
    (output.status.success(), serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn a_flipped_byte_in_any_page_of_the_database_is_told_mended_and_loses_nothing_that_people_wrote() {
    let workspace = workspace();
    let before = written(&workspace);
    workspace.reopen(|home| {
        let good = std::fs::read(home.join("store.db")).unwrap();
        let pages = good.len() / PAGE;
        // The header's page, the schema's, and every fifth: tables, indexes and free pages are all met.
        let met: Vec<usize> = (0..3).chain((3..pages).step_by(5)).collect();
        for page in &met {
            std::fs::write(home.join("store.db"), &good).unwrap();
            flip(&home.join("store.db"), page * PAGE + 300);
            let (ok, told) = doctor(home, false);
            let refused = told["error"]["code"] == "database_damaged";
            assert!(!ok && (refused || told["ok"] == false), "page {page}: {told}");
            let (ok, report) = doctor(home, true);
            assert!(ok && report["checks"][0]["repaired"] == true, "page {page}: {report}");
            let mended = Workspace::at(home);
            assert_eq!(written(&mended), before, "page {page}: {report}");
            assert_eq!(mended.call("workspace_status", json!({}))["tickets"], 60, "page {page}: {report}");
        }
        let aside = std::fs::read_dir(home.join("damaged")).unwrap().count();
        assert_eq!(aside, met.len(), "each damaged file was kept");
    });
}

#[test]
fn an_open_database_that_is_damaged_is_mended_where_it_is_and_goes_on_being_written() {
    let workspace = workspace();
    let before = written(&workspace);
    let workspace = workspace.reopen(|home| {
        let file = home.join("store.db");
        let good = std::fs::read(&file).unwrap();
        let opens = |page: &usize| {
            std::fs::write(&file, &good).unwrap();
            flip(&file, page * PAGE + 300);
            doctor(home, false).1["ok"] == false
        };
        (3..good.len() / PAGE).rev().find(opens).expect("a page that no start reads");
    });
    let told = workspace.call("doctor", json!({}));
    assert_eq!((&told["ok"], &told["checks"][0]["ok"]), (&json!(false), &json!(false)), "{told}");
    let report = workspace.call("doctor", json!({ "repair": true }));
    assert_eq!(report["ok"], true, "{report}");
    assert_eq!(written(&workspace), before);
    workspace.import(&lines(60..70));
    assert_eq!(workspace.call("workspace_status", json!({}))["tickets"], 70);
    assert_eq!(workspace.call("doctor", json!({}))["ok"], true);
    let workspace = workspace.reopen(|_| {});
    assert_eq!(workspace.call("workspace_status", json!({}))["tickets"], 70, "and it is on disk");
    assert_eq!(written(&workspace), before);
}

#[test]
fn what_people_wrote_after_the_newest_copy_is_taken_from_the_damaged_file_itself() {
    let workspace = workspace();
    let since = "since the copy";
    workspace.call("preference_set", json!({ "key": "note", "value": since }));
    let workspace = workspace.reopen(|home| {
        // Where tickets are: the copy takes their place, and it knows nothing of the note.
        let file = home.join("store.db");
        let good = std::fs::read(&file).unwrap();
        let pages = good.len() / PAGE;
        let refuses = |page: &usize| {
            std::fs::write(&file, &good).unwrap();
            flip(&file, page * PAGE + 300);
            let (_, report) = doctor(home, true);
            report["checks"][0]["detail"].as_str().unwrap().contains("The copy of")
        };
        (3..pages).rev().find(refuses).expect("the page of some table");
    });
    let preferences = workspace.call("preferences_get", json!({}));
    assert!(preferences.to_string().contains(since), "{preferences}");
    assert_eq!(workspace.call("workspace_status", json!({}))["tickets"], 60);
}

#[test]
fn a_database_that_is_gone_is_told_and_never_replaced_by_an_empty_one_unasked() {
    let workspace = workspace();
    let before = written(&workspace);
    let workspace = workspace.reopen(|home| {
        std::fs::remove_file(home.join("store.db")).unwrap();
        let (ok, told) = doctor(home, false);
        assert_eq!((ok, &told["error"]["code"]), (false, &json!("database_missing")), "{told}");
        assert!(!home.join("store.db").exists());
        let (ok, report) = doctor(home, true);
        assert!(ok, "{report}");
    });
    assert_eq!(workspace.call("workspace_status", json!({}))["tickets"], 60);
    assert_eq!(written(&workspace), before);
}

#[test]
fn a_copy_that_was_damaged_too_is_passed_over_told_and_made_anew() {
    let workspace = workspace();
    workspace.call("preference_set", json!({ "key": "note", "value": "kept" }));
    let copies = workspace.home.join("backups");
    for entry in std::fs::read_dir(&copies).unwrap() {
        let file = entry.unwrap().path();
        let end = std::fs::metadata(&file).unwrap().len() as usize;
        flip(&file, end / 2);
    }
    let told = workspace.call("doctor", json!({}));
    assert_eq!((&told["ok"], &told["checks"][1]["name"]), (&json!(false), &json!("backups")), "{told}");
    let report = workspace.call("doctor", json!({ "repair": true }));
    assert_eq!(report["ok"], true, "{report}");
    assert_eq!(std::fs::read_dir(&copies).unwrap().count(), 2, "both kinds were made anew");
    assert_eq!(workspace.call("doctor", json!({}))["ok"], true);
    assert_eq!(std::fs::read_dir(workspace.home.join("damaged")).unwrap().count(), 2, "and the bad ones were kept");
}

#[test]
fn copies_are_made_when_they_are_due_kept_in_number_and_readable_by_nobody_else() {
    let workspace = workspace();
    workspace.engine.back_up();
    let copies = workspace.home.join("backups");
    let mut names: Vec<String> =
        std::fs::read_dir(&copies).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.len(), 2, "not twice on one day: {names:?}");
    assert!(names[0].starts_with("whole-0002-") && names[1].starts_with("written-0001-"), "{names:?}");
    for name in names {
        let bytes = std::fs::read(copies.join(name)).unwrap();
        for word in ["Gauge", "SQLite format", "dark"] {
            assert!(!bytes.windows(word.len()).any(|bytes| bytes == word.as_bytes()), "{word}");
        }
    }
    let status = workspace.call("workspace_status", json!({}));
    assert!(status["backups"]["written_at"].is_i64() && status["backups"]["whole_at"].is_i64(), "{status}");
}
