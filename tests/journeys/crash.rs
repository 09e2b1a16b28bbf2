//! The process ends on the spot, at every step that stores something and at moments drawn by chance.

use crate::support::{Workspace, precedent, strings, ticket};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    path::Path,
    process::{Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

const TICKETS: usize = 700;

fn import(home: &Path, file: &Path) -> Command {
    let mut command = precedent();
    command.args(["import", "--source", "files", "--home"]).arg(home).arg(file);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// As of its first or of a later state, which says so in the subject.
fn export(state: u32) -> String {
    let line = |n: usize| {
        let mut line: Value =
            serde_json::from_str(&ticket(&format!("T-{n}"), &format!("Gauge {n} state {state}"), "zero")).unwrap();
        line["updated_at"] = (1_770_000_000_000_u64 + u64::from(state)).into();
        line.to_string()
    };
    (0..TICKETS).map(line).collect::<Vec<_>>().join("\n")
}

/// Each ticket's state, once.
fn states(workspace: &Workspace) -> BTreeMap<String, u32> {
    let (mut states, mut read) = (BTreeMap::new(), 0);
    loop {
        let page = workspace.call("queue_list", json!({ "filter": "all", "limit": 500, "offset": read }));
        let rows = page["rows"].as_array().unwrap();
        for row in rows {
            let subject = row["subject"].as_str().unwrap();
            let state = subject.rsplit(' ').next().unwrap().parse().unwrap();
            let twice = states.insert(row["display_id"].as_str().unwrap().to_owned(), state);
            assert!(twice.is_none(), "{subject} is there twice");
        }
        read += rows.len();
        if rows.is_empty() {
            return states;
        }
    }
}

fn is_sound(workspace: &Workspace, what: &str) {
    let report = workspace.call("doctor", json!({}));
    assert_eq!(report["ok"], true, "{what}: {report}");
}

#[cfg(unix)]
fn was_cut_off(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal().is_some()
}

/// Only a build for development has these steps: a build for people cannot be asked to fall over.
#[cfg(all(unix, debug_assertions))]
#[test]
fn a_crash_at_any_step_of_an_import_loses_nothing_and_doubles_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("export.jsonl");
    std::fs::write(&file, export(1)).unwrap();
    let steps = [
        "migration begun",
        "migration run",
        "migration noted",
        "migration committed",
        "page read",
        "page read:2",
        "transaction begun",
        "transaction filled",
        "transaction filled:2",
        "transaction committed",
        "transaction committed:3",
        "index prepared:2",
        "index payload set:2",
        "index committed:2",
        "index reloaded:2",
        "copy written",
        "copy written:2",
    ];
    for (n, step) in steps.into_iter().enumerate() {
        let home = dir.path().join(format!("home-{n}"));
        let status = import(&home, &file).env("PRECEDENT_CRASH_AT", step).status().unwrap();
        assert!(was_cut_off(status), "{step} was never come by");
        let workspace = Workspace::at(&home);
        let stored = states(&workspace).len();
        assert!([0, 500, TICKETS].contains(&stored), "{step}: whole pages only, and not {stored}");
        is_sound(&workspace, step);
        drop(workspace);
        assert!(import(&home, &file).status().unwrap().success(), "{step}");
        let workspace = Workspace::at(&home);
        assert_eq!(states(&workspace).len(), TICKETS, "{step}");
        is_sound(&workspace, step);
        drop(workspace);
        std::fs::remove_dir_all(home).unwrap();
    }
}

#[cfg(all(unix, debug_assertions))]
#[test]
fn a_crash_in_the_middle_of_a_repair_leaves_a_workspace_that_can_be_repaired() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("export.jsonl");
    std::fs::write(&file, export(1)).unwrap();
    for (n, step) in ["repair made ready", "database moved aside"].into_iter().enumerate() {
        let home = dir.path().join(format!("home-{n}"));
        assert!(import(&home, &file).status().unwrap().success());
        let workspace = Workspace::at(&home);
        workspace.call("link_add", json!({ "a": "T-3", "kind": "same_as", "b": "T-4" }));
        drop(workspace);
        let mut bytes = std::fs::read(home.join("store.db")).unwrap();
        let last = bytes.len() - 300;
        bytes[last] ^= 1;
        bytes[2 * 4096 + 300] ^= 1;
        std::fs::write(home.join("store.db"), bytes).unwrap();
        let repair = |crash: &str| {
            let mut command = precedent();
            command.args(["doctor", "--repair", "--home"]).arg(&home).env("PRECEDENT_CRASH_AT", crash);
            command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap()
        };
        assert!(was_cut_off(repair(step)), "{step} was never come by");
        assert!(repair("").success(), "{step}");
        let workspace = Workspace::at(&home);
        assert_eq!(states(&workspace).len(), TICKETS, "{step}");
        let links = workspace.call("ticket_get", json!({ "id": "T-3" }))["links"].clone();
        assert_eq!(strings(&links, "display_id"), ["T-4"], "{step}");
        is_sound(&workspace, step);
    }
}

/// What arrived is asked about, and what did not is sent again.
#[cfg(all(unix, debug_assertions))]
#[test]
fn a_crash_at_any_step_of_sending_sends_exactly_once() {
    use crate::support::{
        forge::Forge,
        key_file,
        network::{HandClock, unwaiting},
    };
    use engine::{Engine, KeyFile, OpenOptions, api};
    use std::{io::Write, sync::Arc};

    let dir = tempfile::tempdir().unwrap();
    for (n, step) in ["outbox begun", "outbox answered", "outbox ended"].into_iter().enumerate() {
        let home = dir.path().join(format!("home-{n}"));
        let forge = Forge::with(3);
        let web = forge.open();
        let run = |args: &[&str], stdin: &str, crash: &str| {
            let mut command = precedent();
            command.args(["--json", "--home"]).arg(&home).args(args).env("PRECEDENT_CRASH_AT", crash);
            let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
            child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
            let output = child.wait_with_output().unwrap();
            (output.status, serde_json::from_slice::<Value>(&output.stdout).unwrap_or_default())
        };
        let url = format!("http://{}/acme/ledger", web.address);
        let add = ["source", "add", "github", "--url", &url, "--option", "write=yes", "--secret-stdin"];
        assert!(run(&add, "a-token", "").0.success());
        assert!(run(&["sync", "--once"], "", "").0.success());
        let (_, item) = run(&["outbox", "write", "comment", "acme/ledger#2", "-"], "Seen before.", "");
        let (id, seal) = (item["id"].to_string(), item["seal"].as_str().unwrap());
        let send = ["outbox", "send", &id, "--seal", seal];
        assert!(was_cut_off(run(&send, "", step).0), "{step} was never come by");

        // Later, because what is not there yet may still arrive.
        let (clock, secrets) = (HandClock::at("2035-01-01T00:00:00Z"), Arc::new(KeyFile::at(key_file())));
        let options = OpenOptions { clock, secrets, network: unwaiting().0, ..OpenOptions::at(&home) };
        let engine = Engine::open(options).unwrap();
        engine::sync_now(&engine, None, &|_, _| {}).unwrap();
        let shown = api::rpc(&engine, "outbox_show", json!({ "id": item["id"] })).unwrap();
        assert_eq!(shown["state"], "sent", "{step}: {shown}");
        assert_eq!(forge.holding(item["mark"].as_str().unwrap()).len(), 1, "{step}");
        let posted = web.asked().iter().filter(|asked| asked.method == "POST").count();
        assert_eq!(posted, 1, "{step}: it was sent once and not only kept once");
    }
}

/// The same numbers from the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

#[test]
fn eighty_kills_amid_mixed_work_lose_nothing_that_was_acknowledged() {
    const KILLS: u32 = 80;
    let seed = std::env::var("PRECEDENT_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_125);
    println!("PRECEDENT_SEED={seed}");
    let mut chance = Chance(seed);
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let state_file = |state: u32| {
        let file = dir.path().join(format!("{state}.jsonl"));
        std::fs::write(&file, export(state)).unwrap();
        file
    };
    let work_on = |work: u64, n: u64, file: &Path| match work {
        0 | 1 => import(&home, file),
        2 => {
            let mut command = precedent();
            command.args(["reindex", "--home"]).arg(&home).stdout(Stdio::null()).stderr(Stdio::null());
            command
        }
        _ => {
            let link = json!({ "a": format!("T-{n}"), "kind": "same_as", "b": format!("T-{}", n + 1) });
            let mut command = precedent();
            command.args(["rpc", "link_add", &link.to_string(), "--home"]).arg(&home);
            command.stdout(Stdio::piped()).stderr(Stdio::null());
            command
        }
    };
    // How long each takes here decides when to kill it. News, the same again, a rebuild, a link.
    let (old, mut state) = (state_file(1), 2);
    assert!(import(&home, &old).status().unwrap().success());
    let usual: Vec<Duration> = (0..4)
        .map(|work| {
            let file = if work == 0 { state_file(state) } else { old.clone() };
            let started = Instant::now();
            assert!(work_on(work, 0, &file).stdout(Stdio::null()).status().unwrap().success());
            started.elapsed()
        })
        .collect();

    let (mut before, mut linked, mut cut_off, mut starts) = (BTreeMap::new(), Vec::new(), 0, Vec::new());
    for kill in 0..KILLS {
        let (work, n) = (chance.below(4), chance.below(TICKETS as u64 - 1));
        let file = if work == 0 {
            state += 1;
            state_file(state)
        } else {
            old.clone()
        };
        let mut command = work_on(work, n, &file);
        let mut child = command.spawn().unwrap();
        // A link has to be given the time to be acknowledged now and then, also where a start has become slower since.
        let longest = if work == 3 { 3.0 } else { 1.1 };
        let deadline = Instant::now() + usual[work as usize].mul_f64(longest * chance.below(1000) as f64 / 1000.0);
        while Instant::now() < deadline && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        let ended = child.try_wait().unwrap().is_some();
        cut_off += u32::from(!ended);
        let _ = child.kill();
        let output = child.wait_with_output().unwrap();
        // What was printed was acknowledged, whenever the end came.
        if work == 3 && String::from_utf8_lossy(&output.stdout).contains("undo") {
            linked.push((format!("T-{n}"), format!("T-{}", n + 1)));
        }

        let opening = Instant::now();
        let workspace = Workspace::at(&home);
        starts.push(opening.elapsed());
        let now = states(&workspace);
        assert_eq!(now.len(), TICKETS, "kill {kill}, work {work}");
        for (id, state) in &before {
            assert!(now[id] >= *state, "kill {kill}, work {work}: {id} went back to an older state");
        }
        before = now;
        for (a, b) in &linked {
            let links = workspace.call("ticket_get", json!({ "id": a }))["links"].clone();
            assert!(strings(&links, "display_id").contains(b), "kill {kill}: the link from {a} to {b} is lost");
        }
        is_sound(&workspace, &format!("kill {kill}, work {work}"));
    }
    starts.sort();
    let (half, longest) = (starts[starts.len() / 2], starts[starts.len() - 1]);
    println!(
        "{cut_off} of {KILLS} kills met work under way; restart to searchable: median {half:?}, longest {longest:?}"
    );
    assert!(cut_off >= KILLS / 3, "only {cut_off} of {KILLS} kills met work under way");
    assert!(half < Duration::from_secs(2), "a restart takes {half:?}");
    assert!(linked.len() > 2, "only {} links were acknowledged", linked.len());
}
