//! What each command answers.

use super::{Home, conversation, path};
use crate::support::{Workspace, known_error, strings, ticket};
use serde_json::{Value, json};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_sample_fills_an_empty_home_once_and_is_there_for_the_next_command() {
    let home = Home::new();
    let filled = home.json(&["demo"]);
    let tickets = filled["added"].as_u64().unwrap();
    assert!(tickets > 1_000, "{filled}");
    let again = home.run(&["demo", "--json"]);
    assert_eq!((again.code, &again.document()["error"]["code"]), (Some(1), &json!("not_empty")));
    assert_eq!(home.json(&["rpc", "workspace_status"])["tickets"], tickets);
    let queue = home.json(&["rpc", "queue_list", r#"{"filter":"open","limit":1}"#]);
    let id = queue["rows"][0]["id"].as_str().unwrap();
    let seen = home.json(&["seen", "--ticket", id, "-k", "3"]);
    assert!(seen["hits"].as_array().unwrap().len() <= 3);
    assert_ne!(seen["verdict"]["kind"], Value::Null);
}

#[test]
fn an_import_reports_what_it_read_and_the_next_one_finds_nothing_new() {
    let home = Home::new();
    let file =
        home.file("export.jsonl", &format!("{}\n{{not json\n{}", ticket("T-1", "A", ""), ticket("T-2", "B", "")));
    let report = home.json(&["import", path(&file), "--format", "jsonl"]);
    assert_eq!((&report["read"], &report["added"], &report["skipped"]), (&json!(3), &json!(2), &json!(1)));
    assert_eq!(report["errors"][0]["line"], 2);
    for count in ["changed", "unchanged", "deleted", "comments", "hops", "known_errors", "resumed_after"] {
        assert!(report[count].is_u64(), "{count} in {report}");
    }
    assert_eq!(home.json(&["rpc", "workspace_status"])["sources"][0]["name"], "export");
    let again = home.run(&["import", path(&file)]);
    assert_eq!(again.code, Some(0));
    assert!(again.stdout.starts_with("Read 3 tickets: 0 added, 0 changed, 2 unchanged"), "{}", again.stdout);
    assert!(again.stdout.contains("skipped line 2: "), "{}", again.stdout);
}

#[test]
fn a_question_comes_from_a_file_from_standard_input_or_from_a_stored_ticket() {
    let home = Home::with(&[
        ticket("T-1", "Webhook signature mismatch", "hmac differs"),
        ticket("T-2", "Webhook signature mismatch", "hmac differs").replace("2026-01-05", "2026-02-05"),
    ]);
    let question = home.file("question.txt", "Webhook signature mismatch");
    let ids = |args: &[&str]| strings(&home.json(args)["hits"], "display_id");
    assert_eq!(ids(&["seen", path(&question)]).len(), 2);
    assert_eq!(ids(&["seen", path(&question), "-k", "1"]).len(), 1);
    assert_eq!(ids(&["seen", path(&question), "--as-of", "2026-01-20T00:00:00Z"]), ["T-1"]);
    assert_eq!(ids(&["seen", path(&question), "--not-by", "T-1", "--product", "Ledger", "--version", "2.1"]), ["T-2"]);
    assert_eq!(ids(&["seen", "--ticket", "files:T-1"]), ["T-2"]);
    for args in [&["--json", "seen"][..], &["--json", "seen", "-"]] {
        let run = home.run_with_input(args, "Webhook signature mismatch");
        assert_eq!((run.code, run.document()["hits"].as_array().unwrap().len()), (Some(0), 2));
    }
    let unknown = home.run(&["--json", "seen", "--ticket", "T-9"]);
    assert_eq!((unknown.code, &unknown.document()["error"]["code"]), (Some(1), &json!("not_found")));
    assert_eq!(home.run(&["seen", "/no/such/file"]).code, Some(1));
}

#[test]
fn a_batch_answers_one_line_with_one_line() {
    let known = known_error("KE-1", "Parking barrier opens for expired permits", &[]).to_string();
    let home = Home::with(&[ticket("T-1", "Webhook signature mismatch", "hmac differs"), known]);
    let batch = home.file(
        "batch.jsonl",
        "{\"id\":\"q1\",\"subject\":\"Webhook signature mismatch\",\"body\":\"\"}\n\n\
         {\"id\":\"q2\",\"subject\":\"Parking barrier opens for expired permits\",\"body\":\"\",\"exclude\":[\"T-1\"]}\n\
         {\"id\":\"q3\",\"subject\":\"Webhook signature mismatch\",\"as_of\":\"2025-01-01T00:00:00Z\"}",
    );
    let run = home.run(&["seen", "--batch", path(&batch), "-k", "5"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let answers: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 3);
    assert_eq!(keys(&answers[0]), ["hits", "id", "ms"]);
    assert_eq!(keys(&answers[0]["hits"][0]), ["id", "kind", "score"]);
    let firsts: Vec<&Value> = answers.iter().map(|answer| &answer["hits"][0]["id"]).collect();
    assert_eq!(firsts, [&json!("files:T-1"), &json!("files:KE-1"), &Value::Null]);
    let bad = home.run_with_input(&["seen", "--batch", "-"], "{\"id\":\"q1\",\"subject\":\"x\"}\nnothing");
    assert_eq!((bad.code, bad.stdout.lines().count()), (Some(1), 1));
    assert!(bad.stderr.contains("line 2 of -"), "{}", bad.stderr);
}

#[test]
fn search_finds_words_phrases_fields_kinds_and_beginnings() {
    let known = known_error("KE-1", "Printer drops umlauts", &[]).to_string();
    let home =
        Home::with(&[ticket("T-1", "Printer is offline", ""), ticket("T-2", "Offline printer queue", ""), known]);
    let found = home.json(&["search", "printer"]);
    assert_eq!(keys(&found), ["facets", "hits", "ms", "next", "not_a_field", "query", "tiers", "total"]);
    assert_eq!(found["total"], 3);
    for field in ["kind", "id", "display_id", "title", "snippet", "status", "source", "score", "tier", "updated_at"] {
        assert!(!found["hits"][0][field].is_null(), "{field}");
    }
    let ids = |args: &[&str]| strings(&home.json(args)["hits"], "display_id");
    assert_eq!(ids(&["search", "printer", "-k", "1"]).len(), 1);
    assert_eq!(ids(&["search", "printer", "--kind", "known_error"]), ["KE-1"]);
    assert_eq!(ids(&["search", "\"offline printer\""]), ["T-2"]);
    assert_eq!(ids(&["search", "printer", "offl", "--prefix"]).len(), 2);
    let words = home.run(&["search", "offline", "printer", "queue"]);
    assert!(words.stdout.contains("T-2            open       Offline printer queue"), "{}", words.stdout);
    assert_eq!(home.run(&["search", "zanzibar"]).stdout, "Nothing found.\n");
}

#[test]
fn search_labels_its_tiers_counts_facets_and_goes_on_to_the_end() {
    let mut lines: Vec<String> = (1..=7).map(|n| ticket(&format!("T-{n}"), "Printer is offline", "")).collect();
    lines.push(ticket("T-8", "Printers' prinetr", "").replace("\"subject\"", "\"product\":\"Größe XL\",\"subject\""));
    let home = Home::with(&lines);
    let typo = home.run(&["search", "prinetr", "-k", "3"]).stdout;
    let expected = "Exact:\nT-8            open       Printers' prinetr\n\nSpelled nearly so:\n\
                    T-1            open       Printer is offline\nT-2            open       Printer is offline\n\
                    3 of 8 shown, 7 spelled nearly so.\n";
    assert_eq!(typo, expected);
    let counted = home.run(&["search", "printer", "--facets"]).stdout;
    assert!(counted.contains("status:    open 8\n") && counted.contains("product:   Größe XL 1\n"), "{counted}");
    let (mut ids, mut after) = (Vec::new(), None);
    loop {
        let mut args = vec!["search", "prinetr", "-k", "3"];
        args.extend(after.iter().flat_map(|after: &String| ["--after", after.as_str()]));
        let page = home.json(&args);
        ids.extend(strings(&page["hits"], "display_id"));
        after = page["next"].as_str().map(str::to_owned);
        if after.is_none() {
            break;
        }
    }
    assert_eq!(ids, ["T-8", "T-1", "T-2", "T-3", "T-4", "T-5", "T-6", "T-7"]);
}

#[test]
fn a_search_that_cannot_be_asked_says_what_is_wrong_and_what_can_be_written() {
    let home = Home::with(&[ticket("T-1", "Printer is offline", "error:timeout")]);
    let wrong = home.run(&["search", "prodct:laser"]);
    assert_eq!((wrong.code, wrong.stdout.as_str()), (Some(2), ""));
    for word in ["\"prodct\"", "product: may be meant", "Fields are product, component, version,", "In quotes"] {
        assert!(wrong.stderr.contains(word), "{word}: {}", wrong.stderr);
    }
    for (query, code) in [
        ("colour:red", "unknown_field"),
        ("before:yesterday", "bad_field_value"),
        ("version:<new", "bad_field_value"),
        ("is:lost", "bad_field_value"),
    ] {
        let run = home.run(&["--json", "search", query]);
        assert_eq!((run.code, &run.document()["error"]["code"]), (Some(2), &json!(code)), "{query}");
    }
    let cursor = home.run(&["--json", "search", "printer", "--after", "1.2.3"]);
    assert_eq!((cursor.code, &cursor.document()["error"]["code"]), (Some(2), &json!("bad_cursor")));
    let words = home.run(&["search", "error:timeout"]);
    assert!(words.stdout.starts_with("\"error\" is no field: it was searched for as words."), "{}", words.stdout);
    assert_eq!(home.json(&["search", "is:known"])["total"], 0);
}

#[test]
fn tickets_are_shown_linked_and_unlinked() {
    let home = Home::with(&[conversation(), vec![ticket("T-2", "Login fails too", "")]].concat());
    let linked = home.json(&["ticket", "link", "T-2", "duplicate_of", "T-1"]);
    assert!(linked["undo"].is_i64(), "{linked}");
    let shown = home.json(&["ticket", "show", "T-2"]);
    assert_eq!((&shown["links"][0]["kind"], &shown["links"][0]["origin"]), (&json!("duplicate_of"), &json!("human")));
    assert_eq!(home.json(&["ticket", "unlink", "T-2", "T-1"]), json!({}));
    assert_eq!(home.json(&["ticket", "show", "files:T-2"])["links"], json!([]));
    let gone = home.run(&["--json", "ticket", "unlink", "T-2", "T-1"]);
    assert_eq!((gone.code, &gone.document()["error"]["code"]), (Some(1), &json!("not_found")));
    let unknown = home.run(&["--json", "ticket", "link", "T-2", "same_as", "T-9"]);
    assert_eq!((unknown.code, &unknown.document()["error"]["code"]), (Some(1), &json!("not_found")));
}

#[test]
fn a_sound_workspace_passes_the_doctor_before_and_after_its_index_is_made_anew() {
    let home = Home::with(&conversation());
    let report = home.json(&["doctor"]);
    assert_eq!(report["ok"], true, "{report}");
    let names = strings(&report["checks"], "name");
    assert!(names.contains(&"database".into()) && names.contains(&"index".into()), "{names:?}");
    let status = home.json(&["reindex"]);
    assert_eq!((&status["tickets"], &status["index"]["state"]), (&json!(1), &json!("ready")));
    let mended = home.run(&["doctor", "--repair"]);
    assert_eq!(mended.code, Some(0), "{}", mended.stderr);
    assert!(mended.stdout.starts_with("ok    database   "), "{}", mended.stdout);
}

/// While another process owns the workspace, its damaged index is not ours to mend.
fn somebody_elses_damaged_index() -> (Home, Workspace) {
    let home = Home::with(&conversation());
    std::fs::remove_dir_all(home.path().join("index")).unwrap();
    let owner = Workspace::at(&home.path());
    std::fs::remove_dir_all(home.path().join("index")).unwrap();
    (home, owner)
}

#[test]
fn a_doctor_who_finds_faults_prints_one_document_and_fails() {
    let (home, _owner) = somebody_elses_damaged_index();
    let run = home.run(&["--json", "doctor"]);
    assert_eq!((run.code, &run.document()["ok"]), (Some(1), &json!(false)));
    assert!(run.stderr.contains("faults"), "{}", run.stderr);
    let words = home.run(&["doctor"]);
    assert_eq!(words.code, Some(1));
    assert!(words.stdout.contains("FAULT index"), "{}", words.stdout);
    assert!(words.stderr.contains("precedent doctor --repair"), "{}", words.stderr);
}

#[test]
fn nothing_looks_new_silently_while_the_index_does_not_hold_everything() {
    let (home, _owner) = somebody_elses_damaged_index();
    let question = home.file("question.txt", "Login fails");
    let run = home.run(&["seen", path(&question)]);
    assert!(run.stderr.contains("index"), "{:?} {}", run.code, run.stderr);
}

#[test]
fn what_was_done_is_told_and_the_last_of_it_is_taken_back() {
    let home = Home::new();
    let file = home.file("t.jsonl", &[ticket("T-1", "A", ""), ticket("T-2", "B", "")].join("\n"));
    home.json(&["import", path(&file), "--source", "files"]);
    home.json(&["rpc", "link_add", r#"{"a":"T-1","kind":"same_as","b":"T-2"}"#]);
    let told = home.run(&["history"]).stdout;
    assert!(told.contains("linked: T-2"), "{told}");
    assert!(home.run(&["history", "--undo"]).stdout.contains("Taken back: linked: T-2."));
    assert!(home.run(&["history"]).stdout.contains("(taken back)"));
    assert_eq!(home.json(&["rpc", "ticket_get", r#"{"id":"T-1"}"#])["links"], json!([]));
    assert_eq!(home.run(&["history", "--undo"]).code, Some(1), "nothing is left");
}
