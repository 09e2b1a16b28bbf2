//! Two processes at one workspace, and a process that was stopped for a while.

use crate::support::{Workspace, precedent, ticket};
use serde_json::{Value, json};
use std::{path::Path, process::Stdio};

fn lines(count: u32) -> String {
    (0..count).map(|n| ticket(&format!("T-{n}"), &format!("Gauge {n}"), "shows zero")).collect::<Vec<_>>().join("\n")
}

fn run(home: &Path, args: &[&str]) -> (Option<i32>, Value, String) {
    let output = precedent().arg("--json").arg("--home").arg(home).args(args).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap_or_default(), said)
}

#[test]
fn a_second_process_reads_is_refused_in_words_where_it_would_write_and_never_speaks_of_locks() {
    let workspace = Workspace::new();
    workspace.import(&lines(30));
    let home = &workspace.home;
    let (code, found, said) = run(home, &["search", "gauge 7"]);
    assert!(code == Some(0) && found["total"].as_u64().unwrap() > 0, "{said}");
    let link = json!({ "a": "T-1", "kind": "same_as", "b": "T-2" }).to_string();
    for args in [&["reindex"][..], &["demo"], &["rpc", "link_add", &link], &["import", "/dev/null"], &["key", "rotate"]]
    {
        let (code, refused, said) = run(home, args);
        assert_eq!((code, &refused["error"]["code"]), (Some(1), &json!("in_use")), "{args:?}: {said}");
        assert!(!said.to_lowercase().contains("lock"), "{args:?}: {said}");
    }
    // Also where there would be something to mend.
    let (code, refused, said) = run(home, &["doctor", "--repair"]);
    assert!(code == Some(1) && refused["error"]["code"] == "in_use", "{said}");
    assert_eq!(workspace.call("doctor", json!({}))["ok"], true, "and nothing happened to what the first has open");
}

#[test]
fn a_lock_that_a_dead_process_left_behind_keeps_nobody_out() {
    let workspace = Workspace::new();
    workspace.import(&lines(3));
    let workspace = workspace.reopen(|home| {
        std::fs::write(home.join("lock"), "4711").unwrap();
        std::fs::write(home.join("index/.tantivy-writer.lock"), "").unwrap();
    });
    workspace.call("link_add", json!({ "a": "T-1", "kind": "same_as", "b": "T-2" }));
    workspace.engine.reindex().unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn a_workspace_on_a_read_only_disk_says_so() {
    let workspace = Workspace::new();
    workspace.import(&lines(3));
    let home = workspace.home.clone();
    let workspace = workspace.reopen(|home| {
        let program = precedent();
        let script = "mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\" && exec \"$2\" --json --home \"$1\" search gauge";
        let mut command = std::process::Command::new("unshare");
        command.args(["-rm", "sh", "-c", script, "sh"]).arg(home).arg(program.get_program());
        let output = command.env("PRECEDENT_KEY_FILE", crate::support::key_file()).output();
        let Ok(output) = output.as_ref().map(|output| String::from_utf8_lossy(&output.stdout).into_owned()) else {
            return eprintln!("NOTHING CAN BE MOUNTED HERE: a read-only disk was not met");
        };
        if output.is_empty() {
            return eprintln!("NOTHING CAN BE MOUNTED HERE: a read-only disk was not met");
        }
        let refused: Value = serde_json::from_str(&output).unwrap();
        assert_eq!(refused["error"]["code"], "home_unusable", "{refused}");
        assert!(refused["error"]["hint"].is_string(), "{refused}");
    });
    assert_eq!(workspace.home, home);
}

#[cfg(unix)]
#[test]
fn an_import_that_was_stopped_for_a_while_goes_on_as_if_nothing_had_been() {
    let dir = tempfile::tempdir().unwrap();
    let (home, file) = (dir.path().join("home"), dir.path().join("export.jsonl"));
    std::fs::write(&file, lines(3_000)).unwrap();
    let mut command = precedent();
    command.args(["import", "--json", "--source", "files", "--home"]).arg(&home).arg(&file);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let signal = |name: &str| {
        assert!(std::process::Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
    };
    for _ in 0..3 {
        signal("-STOP");
        std::thread::sleep(std::time::Duration::from_millis(300));
        signal("-CONT");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let output = child.wait_with_output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["added"], &report["skipped"]), (&json!(3_000), &json!(0)), "{report}");
    assert_eq!(Workspace::at(&home).call("doctor", json!({}))["ok"], true);
}
