use crate::support::{Workspace, ticket};
use serde_json::json;
use std::path::Path;

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    let lines: Vec<String> = (0..60)
        .map(|n| {
            ticket(
                &format!("T-{n}"),
                &format!("Gauge {n} shows zero"),
                &format!("Sensor bus {} drops frames of kind {n}.", n % 7),
            )
        })
        .collect();
    workspace.import(&lines.join("\n"));
    workspace
}

const QUESTION: &str = "Gauge 33 shows zero, sensor bus drops frames of kind 33";

#[test]
fn a_deleted_index_is_rebuilt_with_a_message_and_answers_as_before() {
    let workspace = workspace();
    let before = workspace.hits(QUESTION);
    let workspace = workspace.reopen(|home| std::fs::remove_dir_all(home.join("index")).unwrap());
    assert_eq!(workspace.engine.rebuilt_because(), Some("the search index was missing"));
    assert_eq!(workspace.hits(QUESTION), before);
}

#[test]
fn a_flipped_byte_in_any_file_of_the_index_never_gives_a_wrong_answer() {
    let mut workspace = workspace();
    let before = workspace.hits(QUESTION);
    let names = files(&workspace.home.join("index"));
    assert!(names.len() > 3, "{names:?}");
    for name in names {
        let mut flipped = false;
        workspace = workspace.reopen(|home| {
            let file = home.join("index").join(&name);
            // A rebuild gives segments new names: then there is nothing left to flip.
            let Ok(mut bytes) = std::fs::read(&file) else { return };
            let middle = bytes.len() / 2;
            if let Some(byte) = bytes.get_mut(middle) {
                *byte ^= 0x20;
                flipped = true;
            }
            std::fs::write(&file, bytes).unwrap();
        });
        assert_eq!(workspace.hits(QUESTION), before, "{name}, flipped: {flipped}");
        assert_eq!(workspace.call("doctor", json!({}))["ok"], true, "{name}");
    }
}

#[test]
fn an_index_that_is_deleted_while_it_is_open_is_made_anew_with_what_came_since() {
    let workspace = workspace();
    let before = workspace.hits(QUESTION);
    std::fs::remove_dir_all(workspace.home.join("index")).unwrap();
    let file = workspace.home.join("more.jsonl");
    std::fs::write(&file, ticket("T-99", "Turnstile counts twice", "since Monday")).unwrap();
    workspace.import_file(&file);
    // The first try tells that the files are gone; the next makes them anew.
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while workspace.engine.wait_until_searchable().is_err() {
        assert!(std::time::Instant::now() < deadline, "the index never came back");
    }
    assert_eq!(workspace.call("doctor", json!({}))["ok"], true);
    assert_eq!(workspace.hits(QUESTION), before);
    assert_eq!(workspace.hits("Turnstile counts twice since Monday"), ["T-99"]);
    let workspace = workspace.reopen(|_| {});
    assert_eq!(workspace.engine.rebuilt_because(), None, "what was made anew is on disk");
}

#[test]
fn a_second_process_refuses_to_answer_where_the_index_is_missing() {
    let workspace = workspace();
    std::fs::remove_dir_all(workspace.home.join("index")).unwrap();
    let second = Workspace::at(&workspace.home);
    for (command, args) in [("seen_before", json!({ "text": QUESTION })), ("search", json!({ "query": "gauge" }))] {
        assert_eq!(second.try_call(command, args).unwrap_err(), "index_elsewhere", "{command}");
    }
    assert_eq!(second.call("ticket_get", json!({ "id": "T-3" }))["display_id"], "T-3", "the database can be read");
    assert_eq!(second.call("workspace_status", json!({}))["index"]["state"], "behind");
}

#[test]
fn an_index_that_is_ahead_of_the_database_is_rebuilt() {
    let workspace = workspace();
    let copy = workspace.home.with_extension("old");
    let workspace = workspace.reopen(|home| {
        std::fs::copy(home.join("store.db"), &copy).unwrap();
    });
    workspace.import(&ticket("T-99", "Something new", "after the copy"));
    let workspace = workspace.reopen(|home| {
        for name in ["store.db-wal", "store.db-shm"] {
            let _ = std::fs::remove_file(home.join(name));
        }
        std::fs::copy(&copy, home.join("store.db")).unwrap();
    });
    assert!(workspace.engine.rebuilt_because().is_some());
    assert!(!workspace.hits("Something new").contains(&"T-99".into()));
}

#[test]
fn reindex_gives_the_same_answers_and_doctor_agrees() {
    let workspace = workspace();
    let before = workspace.hits(QUESTION);
    workspace.engine.reindex().unwrap();
    assert_eq!(workspace.hits(QUESTION), before);
    let report = workspace.call("doctor", json!({}));
    assert_eq!(report["ok"], true, "{report}");
}

fn files(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.retain(|name| !name.ends_with(".lock"));
    names.sort();
    names
}

#[test]
fn a_rebuild_that_was_asked_for_is_over_when_it_is_answered() {
    let workspace = workspace();
    for n in 0..20 {
        // What is new is being followed just then.
        workspace.call("link_add", json!({ "a": format!("T-{n}"), "kind": "same_as", "b": format!("T-{}", n + 20) }));
        workspace.engine.reindex().unwrap();
        assert_eq!(workspace.call("workspace_status", json!({}))["index"]["state"], "ready", "{n}");
    }
}
