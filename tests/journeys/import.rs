use crate::support::{Workspace, precedent, ticket};
use serde_json::{Value, json};

#[test]
fn a_second_import_of_the_same_file_changes_nothing() {
    let workspace = Workspace::new();
    let text =
        [ticket("T-1", "Login fails", "after the update"), ticket("T-2", "Export is empty", "since Monday")].join("\n");
    let first = workspace.import(&text);
    assert_eq!((first.read, first.added), (2, 2));
    let second = workspace.import(&text);
    assert_eq!((second.read, second.added, second.changed, second.unchanged), (2, 0, 0, 2));
}

#[test]
fn bad_lines_are_counted_named_and_skipped_and_the_rest_is_there() {
    let workspace = Workspace::new();
    let text = [ticket("T-1", "Login fails", ""), "{not json".into(), ticket("T-2", "Export is empty", "")].join("\n");
    let report = workspace.import(&text);
    assert_eq!((report.added, report.skipped), (2, 1));
    assert_eq!(report.errors[0].line, 2);
    assert!(!report.errors[0].reason.is_empty());
}

const TABLE: &str = "Ref,What,When\nR-1,Scanner freezes,2026-01-05\n";

#[test]
fn a_table_with_names_of_its_own_is_read_with_a_mapping_and_a_wrong_one_is_refused_in_words() {
    let workspace = Workspace::new();
    let file = workspace.home.join("table.csv");
    std::fs::write(&file, TABLE).unwrap();
    let import = |pairs: &[(&str, &str)]| {
        let pairs: Vec<_> = pairs.iter().map(|(field, column)| json!({ "field": field, "column": column })).collect();
        workspace.import_as(json!({ "path": file, "source": "files", "mapping": pairs }))
    };
    let unmapped = workspace.import_as(json!({ "path": file, "source": "files" })).unwrap_err();
    assert!(unmapped.contains("no column for \"id\" among \"Ref\", \"What\", \"When\""), "{unmapped}");
    let field = import(&[("key", "Ref")]).unwrap_err();
    assert!(field.contains("\"key\"") && field.contains("id, subject, body"), "{field}");
    let column = import(&[("id", "Reference")]).unwrap_err();
    assert!(column.contains("\"Reference\"") && column.contains("\"Ref\", \"What\", \"When\""), "{column}");
    let report = import(&[("id", "Ref"), ("subject", "What"), ("created_at", "When")]).unwrap();
    assert_eq!((report.added, report.skipped), (1, 0));
    assert_eq!(workspace.call("ticket_get", json!({ "id": "R-1" }))["subject"], "Scanner freezes");
}

#[test]
fn the_headless_host_takes_a_mapping() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("table.csv");
    std::fs::write(&file, TABLE).unwrap();
    let output = precedent()
        .args(["--json", "import", "--map", "id=Ref", "--map", "subject = What", "--map", "created_at=When", "--home"])
        .args([&dir.path().join("home"), &file])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["added"], 1, "{report}");
}

#[test]
fn what_a_ticket_carries_lands_in_its_own_columns() {
    let workspace = Workspace::new();
    let line = json!({ "kind": "ticket", "id": "T-1", "subject": "S", "body": "B", "created_at": "2026-01-05T10:00:00Z",
        "updated_at": "2026-01-06T10:00:00Z", "status": "solved", "priority": "high", "product": "Ledger", "component": "Import",
        "version": "2.2.0", "requester": "ann", "account": "Northwind", "group": "L2", "assignee": "ben", "tags": ["a"],
        "duplicate_of": "T-0", "resolution": "Fixed", "fix_versions": ["2.3.1"], "url": "https://example.com/T-1", "colour": "red" });
    let comment = json!({ "kind": "comment", "ticket": "T-1", "id": "c1", "author": "ben", "author_role": "engineer",
        "public": false, "body": "a note", "created_at": "2026-01-05T11:00:00Z" });
    let hop = json!({ "kind": "hop", "ticket": "T-1", "at": "2026-01-05T12:00:00Z", "from_group": "L1", "to_group": "L2", "by": "ann" });
    let report = workspace.import(&format!("{line}\n{comment}\n{hop}"));
    assert_eq!((report.added, report.comments, report.hops), (1, 1, 1));
    let found = workspace.call("ticket_get", json!({ "id": "T-1" }));
    for (field, value) in [
        ("status", json!("solved")),
        ("priority", json!("high")),
        ("product", json!("Ledger")),
        ("components", json!(["Import"])),
        ("affected_versions", json!(["2.2.0"])),
        ("fix_versions", json!(["2.3.1"])),
        ("account", json!("Northwind")),
        ("resolution_class", json!("code_fix")),
        ("group", json!("L2")),
    ] {
        assert_eq!(found[field], value, "{field}");
    }
    assert_eq!((&found["comments"][0]["role"], &found["comments"][0]["public"]), (&json!("engineer"), &json!(false)));
    assert_eq!((&found["links"][0]["kind"], &found["links"][0]["display_id"]), (&json!("duplicate_of"), &json!("T-0")));
    assert_eq!(found["hops"][0]["to_group"], "L2");
}

#[test]
fn a_deleted_ticket_is_found_no_more() {
    let workspace = Workspace::new();
    workspace.import(&ticket("T-1", "Zanzibar export", "unique words"));
    assert_eq!(workspace.hits("Zanzibar export"), ["T-1"]);
    let report = workspace.import(r#"{"kind":"delete","ticket":"T-1"}"#);
    assert_eq!(report.deleted, 1);
    assert!(workspace.hits("Zanzibar export").is_empty());
    assert_eq!(workspace.try_call("ticket_get", json!({ "id": "T-1" })), Err("not_found".into()));
}

#[test]
fn the_headless_host_reads_standard_input_and_speaks_json() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("in.jsonl");
    std::fs::write(&file, ticket("T-1", "Login fails", "")).unwrap();
    let output = precedent()
        .args(["--json", "import", "-", "--source", "piped", "--home"])
        .arg(dir.path().join("home"))
        .stdin(std::fs::File::open(&file).unwrap())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["added"], &report["errors"]), (&json!(1), &json!([])));
}

#[test]
fn a_missing_file_and_wrong_usage_end_in_words_and_in_different_codes() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let output = precedent().arg("--home").arg(dir.path().join("home")).args(args).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, words) = run(&["import", "/no/such/file.jsonl"]);
    assert_eq!(code, Some(1));
    assert!(words.contains("/no/such/file.jsonl"), "{words}");
    assert_eq!(run(&["import"]).0, Some(2));
}
