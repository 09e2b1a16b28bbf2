//! What engineering or an agent answered once is known from then on: captured, curated, and told to everybody who waits.

use super::code::{commit, git};
use crate::support::Workspace;
use serde_json::{Value, json};
use std::{fs, path::Path};

const TRACE: &str = "java.lang.IllegalStateException: lock 17 is held\\n\\tat com.acme.harbor.Import.run(Import.java:42)\\n\\tat com.acme.harbor.Main.main(Main.java:7)";

fn tickets() -> String {
    let solved = |id: &str, day: u32, subject: &str, body: &str, resolution: &str| {
        format!(
            r#"{{"kind":"ticket","id":"{id}","subject":"{subject}","body":"{body}","product":"Harbor","version":"5.2","requester":"Maria Lindqvist","created_at":"2026-01-{day:02}T08:00:00Z","solved_at":"2026-01-{day:02}T18:00:00Z","status":"solved","resolution":"{resolution}"}}"#
        )
    };
    [
        solved("T-1", 1, "Import stalls for Maria Lindqvist", &format!("It stops, write to maria@kunde.example.\\n{TRACE}"), "Fixed"),
        solved("T-2", 2, "Harbor import hangs", TRACE, "Restarted the importer and it ran through."),
        solved("T-3", 3, "Export has no rows", "The invoice export is empty since Monday.", "Switched the columns on again."),
        r#"{"kind":"comment","ticket":"T-1","id":"c1","author":"Ben","author_role":"agent","public":true,"body":"Hello Maria Lindqvist, stop the import and start it again, then it gets its lock back.","created_at":"2026-01-01T17:00:00Z"}"#.into(),
    ]
    .join("\n")
}

fn started(dir: &Path) -> Workspace {
    let workspace = Workspace::new();
    workspace.import(&tickets());
    workspace.call("kb_init", json!({ "path": dir.join("kb") }));
    workspace
}

fn waiting(workspace: &Workspace) -> Vec<String> {
    let list = workspace.call("capture_list", json!({}));
    list["rows"].as_array().unwrap().iter().map(|row| row["display_id"].as_str().unwrap().to_owned()).collect()
}

fn save(workspace: &Workspace, draft: &Value, kind: &str) -> Value {
    let mut args = draft.clone();
    args["kind"] = json!(kind);
    workspace.call("capture_save", args)
}

#[test]
fn a_solved_ticket_is_captured_without_its_person_and_met_by_the_next_one_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = started(dir.path());
    assert_eq!(waiting(&workspace), ["T-3", "T-2", "T-1"]);
    let draft = workspace.call("capture_draft", json!({ "ticket": "T-1" }));
    assert!(draft["resolution"].as_str().unwrap().contains("stop the import and start it again"), "{draft}");
    for taken_out in ["Maria", "Lindqvist", "maria@", "kunde.example"] {
        assert!(!draft.to_string().contains(taken_out), "{taken_out} is in {draft}");
    }
    let saved = save(&workspace, &draft, "known_error");
    let path = dir.path().join("kb").join(saved["path"].as_str().unwrap());
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("confidence: \"not_validated\"") && text.contains("files:T-1"), "{text}");
    workspace.engine.wait_until_searchable().unwrap();
    let met = workspace.call("seen_before", json!({ "ticket": "T-2" }))["known_error"]["title"].clone();
    assert_eq!(met, draft["title"]);
    assert_eq!(waiting(&workspace), ["T-3", "T-2"], "what was captured waits no more");

    // Taken back, as if it had never been.
    workspace.call("capture_undo", json!({ "path": saved["path"], "before": saved["text"], "text": "" }));
    assert!(!path.exists());
    assert_eq!(waiting(&workspace), ["T-3", "T-2", "T-1"]);
    workspace.call("aside_set", json!({ "item": "capture:files:T-3", "why": "a one-off" }));
    assert_eq!(waiting(&workspace), ["T-2", "T-1"]);
    workspace.call("aside_set", json!({ "item": "capture:files:T-3" }));
    assert_eq!(waiting(&workspace).len(), 3);
    for wrong in [json!({ "item": "nothing:x", "why": "y" }), json!({ "item": "capture:files:T-3", "why": " " })] {
        assert_eq!(workspace.try_call("aside_set", wrong).unwrap_err(), "bad_input");
    }
    let no_answer = json!({ "ticket": "T-3", "kind": "article", "title": "x" });
    assert_eq!(workspace.try_call("capture_save", no_answer).unwrap_err(), "bad_input");
}

#[test]
fn what_says_nearly_the_same_is_shown_first_and_takes_the_ticket_or_what_was_learned() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = started(dir.path());
    let first = save(&workspace, &workspace.call("capture_draft", json!({ "ticket": "T-3" })), "article");
    workspace.import(r#"{"kind":"ticket","id":"T-4","subject":"Invoice export is empty","body":"Since Monday the export of invoices has no rows.","requester":"Jo Berg","created_at":"2026-01-09T08:00:00Z","status":"solved","resolution":"Columns were off: Settings, Export, Columns."}"#);
    let draft = workspace.call("capture_draft", json!({ "ticket": "T-4" }));
    assert_eq!(draft["near"][0]["path"], first["path"], "{draft}");
    // Only the ticket.
    let tied = workspace.call("capture_into", json!({ "ticket": "T-4", "entry": first["path"] }));
    assert!(tied["text"].as_str().unwrap().contains(r#"tickets: ["files:T-3","files:T-4"]"#), "{tied}");
    assert_eq!(waiting(&workspace), ["T-2", "T-1"]);
    workspace.call("kb_save", json!({ "path": tied["path"], "before": tied["text"], "text": tied["before"] }));
    // And what was learned: the correction is not thrown away as already known.
    workspace.call("kb_set", json!({ "id": first["path"], "confidence": "validated" }));
    let anew = workspace
        .call("capture_into", json!({ "ticket": "T-4", "entry": first["path"], "resolution": draft["resolution"] }));
    let text = anew["text"].as_str().unwrap();
    assert!(
        text.contains("## Resolution\nColumns were off") && text.contains("confidence: \"not_validated\""),
        "{text}"
    );
    assert!(text.contains("The invoice export is empty"), "the rest stays: {text}");
}

#[test]
fn a_lead_sees_what_is_not_written_down_what_nobody_validated_and_what_is_said_twice() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = started(dir.path());
    let of = |kind: &str| -> Vec<Value> {
        let items = workspace.call("curate_list", json!({}))["items"].as_array().unwrap().clone();
        items.into_iter().filter(|item| item["kind"] == kind).collect()
    };
    let clusters = of("cluster");
    assert_eq!(clusters[0]["tickets"], json!(["files:T-1", "files:T-2"]), "by their trace");
    assert_eq!((clusters.len(), &clusters[0]["weight"]), (1, &json!(2)));

    let entry = |id: &str| {
        format!(
            "---\nid: {id}\ntitle: Harbor import stalls and holds its lock\ntickets: [\"files:T-{id}\"]\n---\n## Issue\nThe nightly import stops at a row.\n\n## Resolution\nRestart it.\n"
        )
    };
    for id in ["1", "2"] {
        fs::write(dir.path().join(format!("kb/articles/{id}.md")), entry(id)).unwrap();
    }
    workspace.call("kb_read", json!({}));
    assert_eq!(of("draft").len(), 2);
    let twice = of("duplicate");
    assert_eq!(twice[0]["paths"], json!(["articles/1.md", "articles/2.md"]));
    let merged = workspace.call("entries_merge", json!({ "keep": "articles/1.md", "archive": "articles/2.md" }));
    assert_eq!((of("duplicate").len(), of("draft").len()), (0, 1));
    assert!(merged["keep"]["text"].as_str().unwrap().contains(r#"["files:T-1","files:T-2"]"#));
    for one in ["keep", "archived"] {
        let one = &merged[one];
        workspace.call("kb_save", json!({ "path": one["path"], "before": one["text"], "text": one["before"] }));
    }
    assert_eq!(fs::read_to_string(dir.path().join("kb/articles/2.md")).unwrap(), entry("2"), "undone byte for byte");
    // Whatever stands there can be set aside, and comes back.
    let all = || workspace.call("curate_list", json!({}))["items"].as_array().unwrap().clone();
    let shown = all();
    assert!(["cluster", "draft", "duplicate"].iter().all(|kind| shown.iter().any(|item| item["kind"] == *kind)));
    for item in &shown {
        workspace.call("aside_set", json!({ "item": item["item"], "why": "Later" }));
    }
    assert!(all().is_empty());
    for item in &shown {
        workspace.call("aside_set", json!({ "item": item["item"] }));
    }
    assert_eq!(all(), shown);
    // *Not the same* holds for ever.
    workspace.call("aside_set", json!({ "item": twice[0]["item"], "why": "Not the same" }));
    assert!(of("duplicate").is_empty());
    workspace.call("kb_set", json!({ "id": "articles/1.md", "confidence": "validated" }));
    assert_eq!(of("draft").len(), 1);
    assert_eq!(
        workspace
            .try_call("entries_merge", json!({ "keep": "articles/1.md", "archive": "articles/1.md" }))
            .unwrap_err(),
        "bad_input"
    );
}

#[test]
fn every_ticket_of_a_known_error_waits_until_its_customer_was_told_of_the_fix() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = started(dir.path());
    workspace.import(r#"{"kind":"ticket","id":"T-9","subject":"Import stalls","body":"x","version":"5.4.1","created_at":"2026-01-09T08:00:00Z","status":"open"}"#);
    let file = "---\nid: KE-1\ntitle: Import stalls\nstate: fix_in_progress\nproduct: Harbor\ntickets: [\"files:T-1\", \"files:T-2\", \"files:T-9\"]\ncreated: 2026-01-01\n---\n## Issue\nIt stalls.\n";
    fs::write(dir.path().join("kb/known-errors/ke.md"), file).unwrap();
    workspace.call("kb_read", json!({}));
    let groups = || workspace.call("follow_ups_list", json!({}))["groups"].as_array().unwrap().clone();
    assert!(groups().is_empty(), "nothing is out yet");
    workspace.call("kb_set", json!({ "id": "KE-1", "state": "fix_released", "fix_versions": ["5.4.1"] }));
    let group = groups()[0].clone();
    let rows: Vec<(&str, &str)> = group["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["display_id"].as_str().unwrap(), row["fix"]["state"].as_str().unwrap()))
        .collect();
    assert_eq!(rows, [("T-9", "fixed_in_yours"), ("T-1", "fixed_later"), ("T-2", "fixed_later")], "{group}");
    for row in group["rows"].as_array().unwrap() {
        workspace.call("aside_set", json!({ "item": row["item"], "why": "Told" }));
    }
    let told = groups()[0].clone();
    assert_eq!((&told["rows"], &told["told"]), (&json!([]), &json!(3)));
    // Another fix is another thing to tell.
    workspace.call("kb_set", json!({ "id": "KE-1", "fix_versions": ["5.4.1", "5.3.9"] }));
    assert_eq!(groups()[0]["rows"].as_array().unwrap().len(), 3);
}

#[test]
fn an_entry_asks_for_a_look_when_its_code_changes_in_a_release_and_never_before() {
    let dir = tempfile::tempdir().unwrap();
    let clone = dir.path().join("harbor");
    fs::create_dir(&clone).unwrap();
    let source = |wait: u32, other: &str| {
        format!("class Import {{\n  void run() {{\n    hold({wait});\n  }}\n\n  void {other}() {{\n  }}\n}}\n")
    };
    git(&clone, &["init", "-q", "-b", "main"]);
    commit(&clone, "src/com/acme/harbor/Import.java", &source(17, "report"), "First");
    git(&clone, &["tag", "v5.2.0"]);
    let workspace = started(dir.path());
    workspace.call("code_add", json!({ "path": clone, "name": "harbor" }));
    let read = || engine::code_update_now(&workspace.engine, None, &|_| {}).unwrap();
    read();

    // What ran becomes a link of what is captured, at what the customer runs.
    workspace.import(r#"{"kind":"ticket","id":"T-9","subject":"Import stands still","body":"java.lang.IllegalStateException: lock\n\tat com.acme.harbor.Import.run(Import.java:3)","product":"Harbor","version":"5.2","created_at":"2026-01-05T08:00:00Z","status":"solved","resolution":"Restarted it and it ran through."}"#);
    let draft = workspace.call("capture_draft", json!({ "ticket": "T-9" }));
    assert_eq!(draft["code"], json!(["harbor:src/com/acme/harbor/Import.java#Import.run@v5.2.0"]), "{draft}");
    let known = save(&workspace, &draft, "known_error");
    let article = save(&workspace, &workspace.call("capture_draft", json!({ "ticket": "T-3" })), "article");
    workspace.call("kb_set", json!({ "id": article["path"], "code": ["src/com/acme/harbor/Import.java@v5.2.0"] }));
    let causes = || workspace.call("known_errors_list", json!({}))["rows"][0]["causes"].clone();
    let looks = || {
        let items = workspace.call("curate_list", json!({}))["items"].as_array().unwrap().clone();
        items.into_iter().filter(|item| item["kind"] == "look").map(|item| item["paths"][0].clone()).collect::<Vec<_>>()
    };
    assert_eq!((causes(), looks()), (json!([]), vec![]));

    // Another function of the file: the article is about the whole file, the known error is not.
    commit(&clone, "src/com/acme/harbor/Import.java", &source(17, "summary"), "Say it in other words");
    git(&clone, &["tag", "v5.3.0"]);
    commit(&clone, "src/com/acme/harbor/Import.java", &source(99, "summary"), "Hold another lock");
    read();
    assert_eq!((causes(), looks()), (json!([]), vec![article["path"].clone()]), "what no release has changed nothing");
    git(&clone, &["tag", "v5.4.0"]);
    read();
    let code = causes()[0]["code"].clone();
    let told = (&code["path"], &code["symbol"], &code["from"], &code["to"], &code["gone"]);
    let meant = (
        &json!("src/com/acme/harbor/Import.java"),
        &json!("Import.run"),
        &json!("v5.2.0"),
        &json!("v5.4.0"),
        &json!(false),
    );
    assert_eq!(told, meant);
    assert_eq!(workspace.call("known_errors_list", json!({}))["rows"][0]["freshness"], json!("check"));

    // Somebody looked; and can take it back.
    let looked = workspace.call("kb_set", json!({ "id": known["path"], "code_checked": true }));
    assert!(looked["text"].as_str().unwrap().contains("#Import.run@v5.4.0"), "{looked}");
    assert_eq!(causes(), json!([]));
    workspace.call("kb_save", json!({ "path": looked["path"], "before": looked["text"], "text": looked["before"] }));
    git(&clone, &["rm", "-q", "src/com/acme/harbor/Import.java"]);
    git(&clone, &["commit", "-q", "-m", "Take it out"]);
    git(&clone, &["tag", "v6.0.0"]);
    read();
    assert_eq!(causes()[0]["code"]["gone"], json!(true));
    let refused = workspace.try_call("kb_set", json!({ "id": known["path"], "code": ["../etc/passwd"] }));
    assert_eq!(refused.unwrap_err(), "bad_input");
}

#[test]
fn what_the_helpdesk_knows_already_is_near_too_and_takes_the_ticket() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = started(dir.path());
    workspace.import(r#"{"kind":"known_error","id":"KE-4","title":"Invoice export is empty, it has no rows","state":"identified","created_at":"2026-01-01T08:00:00Z"}"#);
    let draft = workspace.call("capture_draft", json!({ "ticket": "T-3" }));
    let near = &draft["near"][0];
    assert_eq!((&near["id"], &near["path"]), (&json!("files:KE-4"), &json!(null)), "{draft}");
    let said = json!({ "question": draft["ticket"], "hit": near["id"], "verdict": "used" });
    let undo = workspace.call("feedback_set", said)["undo"].clone();
    assert_eq!(waiting(&workspace), ["T-2", "T-1"]);
    workspace.call("feedback_undo", json!({ "undo": undo }));
    assert_eq!(waiting(&workspace).len(), 3);
}

#[test]
fn what_only_engineers_ever_solved_is_named_until_support_solves_one() {
    let (_dir, workspace) = (tempfile::tempdir().unwrap(), Workspace::new());
    let ticket = |id: &str, day: u32| {
        format!(
            r#"{{"kind":"ticket","id":"{id}","subject":"Ledger seals twice {id}","body":"java.lang.IllegalStateException: sealed\n\tat com.acme.Ledger.seal(Ledger.java:9)\n\tat com.acme.Day.close(Day.java:4)","created_at":"2026-03-{day:02}T08:00:00Z","solved_at":"2026-03-{day:02}T18:00:00Z","status":"solved","resolution":"Patched."}}"#
        )
    };
    let said = |id: &str, role: &str| {
        format!(
            r#"{{"kind":"comment","ticket":"{id}","id":"c{id}","author":"Eve","author_role":"{role}","public":false,"body":"A patch is out.","created_at":"2026-03-20T08:00:00Z"}}"#
        )
    };
    let all = [ticket("T-1", 1), said("T-1", "engineer"), ticket("T-2", 2), said("T-2", "engineer")];
    workspace.import(&all.join("\n"));
    let items = || workspace.call("curate_list", json!({}))["items"].as_array().unwrap().clone();
    let told = items();
    assert_eq!((told.len(), &told[0]["kind"]), (1, &json!("engineers")), "{told:?}");
    assert_eq!(told[0]["tickets"], json!(["files:T-1", "files:T-2"]));
    workspace.call("aside_set", json!({ "item": told[0]["item"], "why": "Ours for good" }));
    assert_eq!(items(), Vec::<Value>::new());
    workspace.call("aside_set", json!({ "item": told[0]["item"] }));
    workspace.import(&[ticket("T-3", 3), said("T-3", "agent")].join("\n"));
    assert_eq!(items()[0]["kind"], "cluster");
}
