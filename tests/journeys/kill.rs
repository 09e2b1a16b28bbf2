use crate::support::{Workspace, precedent, strings, ticket};
use serde_json::json;
use std::{path::Path, process::Stdio, time::Instant};

const TICKETS: usize = 4_000;
const KILLS: u32 = 20;

/// Same lines, same moments: a failure repeats.
fn export() -> String {
    let words = ["pump", "valve", "gauge", "relay", "filter", "sensor", "motor", "switch"];
    let lines = (0..TICKETS).map(|n| {
        let body: Vec<&str> = (0..60).map(|m| words[(n * 7 + m * m) % words.len()]).collect();
        ticket(&format!("T-{n}"), &format!("Case {n} of the {}", words[n % words.len()]), &body.join(" "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn an_import_killed_at_any_moment_loses_nothing_and_doubles_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("export.jsonl");
    std::fs::write(&file, export()).unwrap();
    let import = |home: &Path| {
        let mut command = precedent();
        command.args(["import", "--source", "files", "--home"]).arg(home).arg(&file);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    // How long a whole import takes here decides when to kill.
    let mut first = import(&dir.path().join("whole"));
    let started = Instant::now();
    assert!(first.status().unwrap().success());
    let whole = started.elapsed();

    let mut cut_off = 0;
    for kill in 1..=KILLS {
        // From nothing each time, so that each moment of an import is met; spread over the run.
        let home = dir.path().join(format!("home-{kill}"));
        let mut child = import(&home).spawn().unwrap();
        let deadline = Instant::now() + whole * kill / (KILLS + 1);
        while Instant::now() < deadline && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        let _ = child.kill();
        let _ = child.wait();

        let workspace = Workspace::at(&home);
        let stored = ids(&workspace);
        assert_eq!(
            stored,
            expected(stored.len()),
            "kill {kill}: what is there is the beginning of the file, each once"
        );
        cut_off += u32::from(!stored.is_empty() && stored.len() < TICKETS);
        is_sound(&workspace, kill);
        drop(workspace);

        assert!(import(&home).status().unwrap().success());
        let workspace = Workspace::at(&home);
        assert_eq!(ids(&workspace), expected(TICKETS), "kill {kill}: nothing lost, nothing doubled");
        is_sound(&workspace, kill);
        drop(workspace);
        std::fs::remove_dir_all(&home).unwrap();
    }
    assert!(cut_off >= KILLS / 4, "only {cut_off} of {KILLS} kills met an import under way");
}

/// `doctor` compares every id of the index with the store's, and every byte with its checksum.
fn is_sound(workspace: &Workspace, kill: u32) {
    let report = workspace.call("doctor", json!({}));
    assert_eq!(report["ok"], true, "kill {kill}: {report}");
}

fn expected(count: usize) -> Vec<String> {
    let mut ids: Vec<String> = (0..count).map(|n| format!("T-{n}")).collect();
    ids.sort();
    ids
}

fn ids(workspace: &Workspace) -> Vec<String> {
    let mut ids = Vec::new();
    loop {
        let page = workspace.call("queue_list", json!({ "filter": "all", "limit": 500, "offset": ids.len() }));
        let rows = strings(&page["rows"], "display_id");
        if rows.is_empty() {
            ids.sort();
            return ids;
        }
        ids.extend(rows);
    }
}
