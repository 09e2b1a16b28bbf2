//! Tickets that were made, or happened, to be too much.

use crate::support::{Workspace, precedent, ticket};
use serde_json::{Value, json};
use std::{path::Path, process::Stdio};

/// The most memory that an import of this file took, in MB.
#[cfg(target_os = "linux")]
fn peak(home: &Path, file: &Path) -> u64 {
    let mut command = precedent();
    command.args(["import", "--source", "files", "--home"]).arg(home).arg(file);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        peak = peak.max(kilobytes.unwrap_or_default() >> 10);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    assert!(child.wait().unwrap().success());
    peak
}

#[cfg(target_os = "linux")]
#[test]
fn ten_megabytes_of_text_or_a_hundred_thousand_comments_are_stored_shown_cut_and_cost_little_memory() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let usual = peak(&dir.path().join("small"), &file("small.jsonl", &ticket("T-1", "Usual", "body")));
    let comment = |n: u32| {
        json!({ "kind": "comment", "ticket": "T-2", "id": format!("c{n}"), "body": format!("note {n}"), "created_at": 1_767_600_000_000u64 + u64::from(n) }).to_string()
    };
    let body = ticket("T-1", "Enormous", &"line of text \n".repeat(800_000)) + "\n";
    let mut said = ticket("T-2", "Talked about", "one line") + "\n";
    (0..100_000).for_each(|n| said.push_str(&(comment(n) + "\n")));
    let mut odd = ticket("T-4", &"w".repeat(1 << 20), "one word") + "\n";
    odd.push_str(&format!(
        "{{\"kind\":\"ticket\",\"id\":\"T-3\",\"extra\":{}{}}}\n",
        "[".repeat(100_000),
        "]".repeat(100_000)
    ));
    let home = dir.path().join("large");
    for (name, text) in [("body.jsonl", body), ("comments.jsonl", said), ("odd.jsonl", odd)] {
        let large = peak(&home, &file(name, &text));
        println!("peak memory: {usual} MB for a usual ticket, {large} MB for {name}");
        assert!(large <= usual + 100, "{usual} MB for a usual ticket, {large} MB for {name}");
    }

    let workspace = Workspace::at(&home);
    let shown = workspace.call("ticket_get", json!({ "id": "T-1" }));
    assert_eq!(shown["truncated"], true);
    assert!(shown.to_string().len() < 2 << 20, "{}", shown.to_string().len());
    let shown = workspace.call("ticket_get", json!({ "id": "T-2" }));
    assert_eq!((&shown["truncated"], &shown["comments_total"]), (&json!(false), &json!(100_000)));
    let comments = shown["comments"].as_array().unwrap();
    assert_eq!((comments.len(), &comments[999]["id"]), (1_000, &json!("c99999")), "the newest are shown");
    assert_eq!(workspace.call("ticket_get", json!({ "id": "T-4" }))["truncated"], false);
    assert_eq!(
        workspace.try_call("ticket_get", json!({ "id": "T-3" })).unwrap_err(),
        "not_found",
        "that line was skipped"
    );
    assert_eq!(workspace.hits("Enormous")[0], "T-1");
}

#[test]
fn a_text_is_found_by_each_of_its_forms_and_shown_in_whole_characters() {
    let workspace = Workspace::new();
    let pairs = [
        ("T-1", "Café Zürich", "Cafe\u{301} Zu\u{308}rich"),
        ("T-2", "Cafe\u{301} Genève", "Café Genève"),
        ("T-3", "خطأ في الطابعة", "الطابعة"),
        ("T-4", "漢字変換に失敗しました", "変換"),
        ("T-5", "İstanbul şubesi", "istanbul"),
        ("T-6", "Family 👩\u{200d}👩\u{200d}👧 menu freezes", "family menu"),
        ("T-7", "𝔊𝔞𝔲𝔤𝔢 𠜎𠜱 broken", "𠜎𠜱"),
    ];
    let lines: Vec<String> =
        pairs.iter().map(|(id, subject, _)| ticket(id, subject, &format!("{subject} {}", "x ".repeat(300)))).collect();
    workspace.import(&lines.join("\n"));
    for (id, subject, query) in pairs {
        for query in [query, subject] {
            let found = workspace.call("search", json!({ "query": query }));
            let hits = found["hits"].as_array().unwrap();
            let hit = hits.iter().find(|hit| hit["display_id"] == id).unwrap_or_else(|| panic!("{query}: {found}"));
            let text = |spans: &Value| -> String {
                spans.as_array().unwrap().iter().map(|span| span["text"].as_str().unwrap()).collect()
            };
            assert_eq!(text(&hit["title"]), subject);
            assert!(!text(&hit["snippet"]).contains('\u{fffd}'), "{query}");
        }
    }
}

/// Names in the data are data: what a source or a ticket is called never becomes the name of a file.
#[test]
fn a_name_that_is_a_path_stays_a_name() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let workspace = Workspace::at(&home);
    let before = names(dir.path());
    let export = dir.path().join("export.jsonl");
    let ids = ["../../../tmp/evil", "/etc/passwd", "C:\\evil", "\\\\host\\share", "CON", "dot.", "nul\u{0}byte"];
    let lines: Vec<String> = ids.iter().map(|id| ticket(id, &format!("Path {id}"), id)).collect();
    std::fs::write(&export, lines.join("\n")).unwrap();
    for source in ["../evil", "/etc/cron.d/evil", "C:evil", "CON", ".."] {
        let _ = workspace.import_as_code(json!({ "path": export, "source": source }));
    }
    let odd = dir.path().join("..jsonl");
    std::fs::rename(&export, &odd).unwrap();
    let _ = workspace.import_as_code(json!({ "path": odd }));
    workspace.engine.wait_until_searchable().unwrap();
    std::fs::remove_file(odd).unwrap();
    assert_eq!(names(dir.path()), before, "nothing was written beside the workspace");
    let inside: Vec<String> = names(&home).into_iter().filter(|name| name.contains("evil")).collect();
    assert_eq!(inside, Vec::<String>::new());
}

fn names(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[cfg(target_os = "linux")]
#[test]
fn a_rebuild_that_runs_out_of_memory_ends_and_the_next_start_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let workspace = Workspace::at(&home);
    let lines: Vec<String> = (0..1_500)
        .map(|n| ticket(&format!("T-{n}"), &format!("Gauge {n}"), &format!("word{n} ").repeat(200)))
        .collect();
    let export = dir.path().join("export.jsonl");
    std::fs::write(&export, lines.join("\n")).unwrap();
    workspace.import_file(&export);
    workspace.engine.wait_until_searchable().unwrap();
    drop(workspace);
    let reindex = precedent();
    let ended_well = |kilobytes: u32| {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &format!("ulimit -v {kilobytes}; exec \"$@\""), "sh"]).arg(reindex.get_program());
        command.args(["reindex", "--home"]).arg(&home).env("PRECEDENT_KEY_FILE", crate::support::key_file());
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
    };
    // From no room to start to room enough; where in between it ends is the allocator's to say.
    let failed: Vec<u32> = (50_000..=400_000).step_by(50_000).filter(|limit| !ended_well(*limit)).collect();
    assert!(!failed.is_empty(), "no limit was small enough to be met");
    let workspace = Workspace::at(&home);
    assert_eq!(workspace.call("workspace_status", json!({}))["tickets"], 1_500);
    assert_eq!(workspace.call("doctor", json!({}))["ok"], true);
}
