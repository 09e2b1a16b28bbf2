//! Known errors at work: what was tried of them on tickets, what there is to look at, and what leads change.

use crate::support::Workspace;
use serde_json::{Value, json};
use std::{fs, path::Path};

const TICKETS: &str = r#"{"kind":"ticket","id":"T-1","subject":"Import stalls","body":"The import stops at row 4096.","product":"Harbor","version":"5.2","created_at":"2026-01-01T08:00:00Z","status":"open"}
{"kind":"ticket","id":"T-2","subject":"Import hangs again","body":"Hangs.","product":"Harbor","version":"5.2","created_at":"2026-01-02T08:00:00Z","status":"open"}
{"kind":"ticket","id":"T-3","subject":"It is back","body":"Hangs.","product":"Harbor","version":"5.4","created_at":"2026-03-02T08:00:00Z","status":"open"}
"#;

const FILE: &str = "---\nid: KE-1\ntitle: Import stalls\nstate: workaround_available\nproduct: Harbor\nfix_versions: [5.4]\ntickets: [\"files:T-1\", \"files:T-2\"]\ncreated: 2026-01-01\n---\n## Issue\nIt stalls.\n\n## Workaround\n1. Stop the import\n2. Start it again\n";

fn started(dir: &Path) -> Workspace {
    let workspace = Workspace::new();
    workspace.import(TICKETS);
    let folder = dir.join("kb");
    workspace.call("kb_init", json!({ "path": folder }));
    fs::write(folder.join("known-errors/stalls.md"), FILE).unwrap();
    workspace.call("kb_read", json!({}));
    workspace
}

fn row(workspace: &Workspace) -> Value {
    workspace.call("known_errors_list", json!({}))["rows"][0].clone()
}

#[test]
fn what_was_tried_on_a_ticket_is_counted_taken_back_and_travels_with_its_escalation() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = started(dir.path());
    let log = |ticket: &str, step: u32, outcome: &str| {
        workspace.call("step_log", json!({ "ticket": ticket, "entry": "KE-1", "step": step, "outcome": outcome }))["undo"].clone()
    };
    let noted = |ticket: &str| workspace.call("steps_list", json!({ "ticket": ticket, "entry": "KE-1" }));
    assert_eq!(noted("T-1")["tried"]["tried"], 0);
    log("T-1", 2, "done");
    let failed = log("T-1", 0, "did_not_work");
    log("T-2", 0, "worked");
    let now = noted("T-1");
    assert_eq!((&now["done"][0]["step"], &now["outcome"]["outcome"]), (&json!(2), &json!("did_not_work")));
    assert_eq!((&now["tried"]["worked"], &now["tried"]["tried"]), (&json!(1), &json!(2)));
    assert_eq!(now["tried"]["versions"], json!(["5.2"]));
    assert_eq!(now["tried"]["tickets"], json!(["files:T-2", "files:T-1"]));
    let banner = workspace.call("seen_before", json!({ "ticket": "T-1" }))["known_error"].clone();
    assert_eq!(banner["tried"]["tried"], 2, "{banner}");

    // What engineering gets says so in the step's own words.
    let draft = workspace.call("escalation_draft", json!({ "ticket": "T-1" }));
    let markdown = draft["markdown"]["text"].as_str().unwrap();
    for said in ["Done: Start it again (KE-1)", "It did not work: Import stalls (KE-1)"] {
        assert!(markdown.contains(said), "{markdown}");
    }

    workspace.call("step_unlog", json!({ "undo": failed }));
    assert_eq!(noted("T-1")["tried"]["tried"], 1);
    assert_eq!(workspace.try_call("step_unlog", json!({ "undo": failed })).unwrap_err(), "not_found");
    for (step, outcome) in [(0, "done"), (3, "done"), (1, "helped")] {
        let asked = json!({ "ticket": "T-1", "entry": "KE-1", "step": step, "outcome": outcome });
        assert_eq!(workspace.try_call("step_log", asked).unwrap_err(), "bad_input", "{step} {outcome}");
    }
    // It is there after a restart.
    let workspace = workspace.reopen(|_| {});
    assert_eq!(row(&workspace)["tried"]["tried"], 1);
}

#[test]
fn a_known_error_needs_a_look_when_somebody_flags_it_and_when_it_is_seen_on_a_version_that_has_the_fix() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = started(dir.path());
    let first = row(&workspace);
    assert_eq!((&first["freshness"], &first["tickets"], &first["steps"]), (&json!("ok"), &json!(2), &json!(2)));
    let flag =
        workspace.call("flag_raise", json!({ "entry": "KE-1", "said": "step 2 is gone", "ticket": "T-1" }))["undo"]
            .clone();
    let flagged = row(&workspace);
    assert_eq!((&flagged["freshness"], &flagged["causes"][0]["said"]), (&json!("check"), &json!("step 2 is gone")));
    workspace.call("flag_settle", json!({ "id": flag, "settled": true }));
    assert_eq!(row(&workspace)["freshness"], "ok");
    assert_eq!(workspace.try_call("flag_raise", json!({ "entry": "KE-1", "said": " " })).unwrap_err(), "bad_input");

    workspace.call("kb_set", json!({ "id": "KE-1", "state": "fix_released", "ticket": "T-3" }));
    let back = row(&workspace);
    assert_eq!(
        (&back["freshness"], &back["causes"][0]["kind"], &back["causes"][0]["said"]),
        (&json!("stale"), &json!("came_back"), &json!("files:T-3"))
    );
    workspace.call("kb_set", json!({ "id": "KE-1", "state": "regressed" }));
    assert_eq!(row(&workspace)["freshness"], "ok", "it says so itself now");
}

#[test]
fn the_notes_that_explain_a_known_error_stand_with_it_and_one_that_is_not_there_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = started(dir.path());
    let folder = dir.path().join("kb");
    fs::write(folder.join("concepts/locks.md"), "---\nid: locks\n---\n# How import locks work\nOne at a time.\n")
        .unwrap();
    let named = FILE.replace("product: Harbor", "product: Harbor\nconcepts: [locks, queues]");
    fs::write(folder.join("known-errors/stalls.md"), named).unwrap();
    workspace.call("kb_read", json!({}));
    let concepts = || workspace.call("seen_before", json!({ "ticket": "T-1" }))["known_error"]["concepts"].clone();
    assert_eq!((&concepts()[0]["title"], concepts().as_array().unwrap().len()), (&json!("How import locks work"), 1));
    let note = workspace.call("article_get", json!({ "id": concepts()[0]["id"] }));
    assert_eq!((&note["kind"], &note["path"]), (&json!("concept"), &json!("concepts/locks.md")));
    let findings = workspace.call("kb_check", json!({}));
    assert!(findings.to_string().contains("it names the concept \\\"queues\\\""), "{findings}");
    fs::remove_file(folder.join("concepts/locks.md")).unwrap();
    workspace.call("kb_read", json!({}));
    assert_eq!(concepts(), json!([]));
}

#[test]
fn a_field_is_changed_alone_and_changed_back_byte_for_byte_and_nothing_is_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = started(dir.path());
    let path = dir.path().join("kb/known-errors/stalls.md");
    let changed = workspace
        .call("kb_set", json!({ "id": "knowledge:KE-1", "state": "fix_released", "fix_versions": ["5.4", "5.3.2"] }));
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(changed["text"], text);
    assert_eq!(
        text,
        FILE.replace("state: workaround_available", "state: \"fix_released\"")
            .replace("fix_versions: [5.4]", "fix_versions: [\"5.4\",\"5.3.2\"]")
    );
    assert_eq!(row(&workspace)["state"], "fix_released");
    workspace.call("kb_save", json!({ "path": changed["path"], "before": changed["text"], "text": changed["before"] }));
    assert_eq!(fs::read_to_string(&path).unwrap(), FILE);

    for asked in [json!({ "id": "KE-1", "state": "done" }), json!({ "id": "KE-1", "fix_versions": ["soon"] })] {
        assert_eq!(workspace.try_call("kb_set", asked).unwrap_err(), "bad_input");
    }
    assert_eq!(workspace.try_call("kb_set", json!({ "id": "KE-9", "state": "closed" })).unwrap_err(), "not_found");
    // Somebody else was faster.
    fs::write(&path, FILE.replace("It stalls.", "It hangs.")).unwrap();
    let late =
        json!({ "path": "known-errors/stalls.md", "before": FILE, "text": FILE.replace("It stalls.", "It waits.") });
    assert_eq!(workspace.try_call("kb_save", late).unwrap_err(), "entry_changed");
    let broken = json!({ "path": "known-errors/stalls.md", "before": fs::read_to_string(&path).unwrap(), "text": "---\nid: [1\n---\n" });
    assert_eq!(workspace.try_call("kb_save", broken).unwrap_err(), "bad_input");
    let outside = json!({ "path": "known-errors/../../x.md", "before": "", "text": "x" });
    assert_eq!(workspace.try_call("kb_save", outside).unwrap_err(), "entry_changed");
    let said = workspace.call(
        "kb_check_text",
        json!({ "path": "known-errors/stalls.md", "text": "---\nstate: broken\n---\n## Issue\nx" }),
    );
    assert!(said["findings"][0].as_str().unwrap().starts_with("state cannot be"), "{said}");
}

#[test]
fn a_reply_is_in_the_customers_language_on_their_clock_and_never_a_promise_that_has_passed() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = started(dir.path());
    workspace.import(
        r#"{"kind":"ticket","id":"T-4","subject":"Import steht","body":"Steht.","created_at":"2026-03-02T08:00:00Z","locale":"de-AT","timezone":"Europe/Vienna"}"#,
    );
    let write = |eta: &str, replies: &str| {
        let open = FILE.replace("fix_versions: [5.4]\n", &format!("eta: {eta}\neta_by: Ben\n"));
        fs::write(dir.path().join("kb/known-errors/stalls.md"), open + replies).unwrap();
        workspace.call("kb_read", json!({}));
    };
    let reply = |ticket: &str| workspace.call("reply_get", json!({ "known_error": "KE-1", "ticket": ticket }));

    write("2099-12-01T14:00:00Z", "");
    let said = "We expect the fix by 15:00 on Tuesday, 1 December 2099 (Europe/Vienna).";
    assert_eq!(reply("T-4"), json!({ "text": null, "language": null, "promise": said, "held": null }));
    assert_eq!(reply("T-1")["promise"], "We expect the fix by 14:00 on Tuesday, 1 December 2099 (UTC).");

    let replies = "\n## Reply\nWe know it. The fix comes {eta}.\n\n## Reply (de)\nWir kennen das.\n";
    write("2099-12-01", replies);
    assert_eq!(reply("T-4")["text"], "Wir kennen das.");
    assert_eq!(reply("T-4")["language"], "de");
    assert_eq!(reply("T-1")["text"], "We know it. The fix comes on Tuesday, 1 December 2099.");

    // What names a day that has passed is held; what names none is not.
    write("2026-01-05", replies);
    let held = "It would promise a fix on Monday, 5 January 2026, and that time has passed. Ask Ben for a new one.";
    assert_eq!(reply("T-1"), json!({ "text": null, "language": null, "promise": null, "held": held }));
    assert_eq!(reply("T-4")["text"], "Wir kennen das.");
}
