use crate::support::{Workspace, precedent, strings, ticket};
use serde_json::json;
use std::{
    process::Stdio,
    time::{Duration, Instant},
};

const TICKETS: usize = 6_000;
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
    let (home, file) = (dir.path().join("home"), dir.path().join("export.jsonl"));
    std::fs::write(&file, export()).unwrap();
    let import = || {
        let mut command = precedent();
        command.args(["import", "--source", "files", "--home"]).arg(&home).arg(&file);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    // How long a whole import takes here decides when to kill.
    let started = Instant::now();
    assert!(import().status().unwrap().success());
    let whole = started.elapsed();
    std::fs::remove_dir_all(&home).unwrap();

    let mut stored = 0;
    for kill in 0..KILLS {
        let mut child = import().spawn().unwrap();
        // Spread over the run, never twice at the same fraction of it.
        let wait: Duration = whole * (1 + (kill * 13) % KILLS) / (KILLS + 4);
        let deadline = Instant::now() + wait;
        while Instant::now() < deadline && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        let _ = child.kill();
        let _ = child.wait();
        let workspace = Workspace::at(&home);
        let tickets = workspace.call("workspace_status", json!({}))["tickets"].as_u64().unwrap();
        assert!(tickets >= stored, "kill {kill}: {tickets} tickets after {stored}");
        stored = tickets;
        // The index equals the store, whatever happened.
        let report = workspace.call("doctor", json!({}));
        assert_eq!(report["ok"], true, "kill {kill}: {report}");
    }
    assert!(import().status().unwrap().success());
    let workspace = Workspace::at(&home);
    let queue = workspace.call("queue_list", json!({ "filter": "all", "limit": 1 }));
    assert_eq!(queue["total"], TICKETS, "nothing lost, nothing doubled");
    let last = format!("T-{}", TICKETS - 1);
    let found = workspace.call("search", json!({ "query": last }));
    assert_eq!(strings(&found["hits"], "display_id"), [last]);
}
