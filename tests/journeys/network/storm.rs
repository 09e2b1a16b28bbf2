//! A whole repository pulled by a process that is killed at random, from a server that fails one answer in ten: what is
//! there in the end is what a calm run leaves, row for row, and no more was asked than had to be.
//!
//! Small here; `PRECEDENT_STORM=20000,100` pulls so many issues and kills so often. The seed is printed, and
//! `PRECEDENT_SEED` repeats it.

use crate::support::{
    Workspace,
    forge::Forge,
    precedent,
    web::{Answer, Fault, Web},
};
use serde_json::{Value, json};
use std::{
    path::Path,
    process::{Child, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

const ISSUES: u64 = 2_000;
const KILLS: u64 = 8;
/// Small, so that there is something to fail.
const PAGE: usize = 25;
/// A run that was ended by too many failures goes on in the next one.
const RUNS: u64 = 60;

/// The same numbers for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[test]
fn a_storm_of_faults_and_kills_leaves_what_a_calm_run_leaves_and_asks_for_little_more() {
    let (issues, kills) = setting("PRECEDENT_STORM")
        .and_then(|text| text.split_once(',').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?))))
        .unwrap_or((ISSUES, KILLS));
    let seed =
        setting("PRECEDENT_SEED").and_then(|text| text.parse().ok()).unwrap_or_else(|| u64::from(std::process::id()));
    println!("{issues} issues, {kills} kills, PRECEDENT_SEED={seed}");
    let dir = tempfile::tempdir().unwrap();

    let forge = Forge::with(issues).with_pages_of(PAGE);
    let web = forge.open();
    let calm = Source { home: dir.path().join("calm"), web: &web };
    calm.add();
    let started = Instant::now();
    assert!(calm.sync().wait().unwrap().success());
    let took = started.elapsed();
    let least = web.paths().len();
    println!("calm: {least} requests, {:.0} tickets/s with start and end", issues as f64 / took.as_secs_f64());
    let (rows, comments) = calm.rows();
    assert_eq!((rows.len() as u64, comments), (issues, issues / 5));

    // The same server again, with its faults: one answer in ten.
    let forge = Forge::with(issues).with_pages_of(PAGE);
    let faults = Arc::new(AtomicU64::new(0));
    let (mut dice, met) = (Dice(seed), Arc::clone(&faults));
    forge.twist(move |_, answer| {
        if dice.below(10) > 0 {
            return answer;
        }
        met.fetch_add(1, Ordering::SeqCst);
        let middle = answer.body.len() / 2;
        match dice.below(7) {
            0 => Answer::new(503, "").with("retry-after", "1"),
            1 => Answer::new(429, "Retry later").with("retry-after", "1"),
            2 => Answer::new(200, "<html>busy</html>"),
            3 => Answer::new(500, "{}"),
            4 => answer.failing(Fault::Reset(middle)),
            5 => answer.failing(Fault::Cut(middle)),
            _ => Answer::new(403, r#"{"message":"You have exceeded a secondary rate limit"}"#).with("retry-after", "1"),
        }
    });
    let web = forge.open();
    let stormy = Source { home: dir.path().join("stormy"), web: &web };
    stormy.add();
    let mut dice = Dice(seed ^ 0x5eed);
    let (mut killed, mut runs) = (0, 0);
    loop {
        let mut child = stormy.sync();
        // So often that all of them come before the end, however long the whole takes.
        let until = Instant::now() + took.mul_f64(dice.below(1_000) as f64 / (500.0 * kills as f64));
        let ended = loop {
            match child.try_wait().unwrap() {
                Some(status) => break Some(status),
                None if killed < kills && Instant::now() > until => break None,
                None => std::thread::sleep(Duration::from_millis(1)),
            }
        };
        match ended {
            Some(status) if status.success() => break,
            Some(_) => runs += 1,
            None => {
                child.kill().unwrap();
                child.wait().unwrap();
                killed += 1;
            }
        }
        assert!(runs < RUNS, "it comes to an end");
    }
    let asked = web.paths().len();
    println!(
        "storm: {asked} requests, {} faults, {killed} kills, {runs} runs that gave up",
        faults.load(Ordering::SeqCst)
    );
    assert!(killed > 0 && faults.load(Ordering::SeqCst) > 0, "there was a storm");
    assert_eq!(stormy.rows(), (rows, comments), "0 lost, 0 doubled");
    // What a fault or a kill made worthless had to be asked for again; nothing else was asked twice.
    let wasted = faults.load(Ordering::SeqCst) as usize + (killed + runs) as usize * 3;
    assert!(asked <= least * 13 / 10 + wasted, "{asked} requests where {least} are enough");
    let workspace = Workspace::at(&stormy.home);
    let ledger = workspace.call("ledger_list", json!({ "limit": 1 }));
    // A request is noted before its first byte leaves: a kill in between leaves a note of what was never sent.
    let noted = ledger["total"].as_u64().unwrap();
    assert!((asked as u64..=asked as u64 + killed).contains(&noted), "{noted} are noted, {asked} came, {killed} kills");
    assert_eq!(workspace.call("doctor", json!({}))["ok"], true);
}

struct Source<'a> {
    home: std::path::PathBuf,
    web: &'a Web,
}

impl Source<'_> {
    fn add(&self) {
        let url = format!("http://{}/acme/ledger", self.web.address);
        let done = command(&self.home).args(["source", "add", "github", "--url", &url]).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    }

    fn sync(&self) -> Child {
        command(&self.home).args(["sync", "--once"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Every ticket as the queue shows it, and how many comments there are.
    fn rows(&self) -> (Vec<Value>, u64) {
        let workspace = Workspace::at(&self.home);
        let mut rows: Vec<Value> = Vec::new();
        loop {
            let page = workspace.call("queue_list", json!({ "filter": "all", "limit": 500, "offset": rows.len() }));
            let shown = page["rows"].as_array().unwrap();
            if shown.is_empty() {
                break;
            }
            rows.extend(shown.iter().cloned());
        }
        rows.sort_by_key(|row| row["id"].as_str().unwrap().to_owned());
        let comments = workspace.call("search", json!({ "query": "restart" }))["total"].as_u64().unwrap();
        (rows, comments)
    }
}

fn command(home: &Path) -> std::process::Command {
    let mut command = precedent();
    command.arg("--home").arg(home);
    command
}
