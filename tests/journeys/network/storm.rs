//! Whole sources pulled by processes that are killed at random, from servers that fail one answer in ten: what is there in
//! the end is what a calm run leaves, row for row, and no more was asked than had to be.
//!
//! Small here; `PRECEDENT_STORM=zendesk,20000,100` pulls so many tickets of one kind of server and kills so often, and
//! `PRECEDENT_TEXTS=FILE` lets them say what people once wrote. The seed is printed, and `PRECEDENT_SEED` repeats it.

use crate::support::{
    Workspace, precedent,
    services::{SERVICES, Service},
    weather::{Dice, storm},
    web::Web,
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

/// A run that was ended by too many failures goes on in the next one.
const RUNS: u64 = 60;

fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn service(kind: &str) -> &'static Service {
    SERVICES.iter().find(|service| service.kind == kind).unwrap_or_else(|| panic!("nothing here answers as {kind}"))
}

#[test]
fn a_storm_of_faults_and_kills_leaves_what_a_calm_run_leaves_and_asks_for_little_more() {
    let asked = setting("PRECEDENT_STORM");
    let asked: Vec<&str> = asked.iter().flat_map(|text| text.split(',')).collect();
    if let [kind, tickets, kills] = asked[..] {
        return weather(service(kind), tickets.parse().unwrap(), kills.parse().unwrap());
    }
    weather(service("github"), service("github").small, 8);
}

/// They wait for each other's sake, and that costs nothing: side by side.
#[test]
fn a_storm_over_help_desks_and_trackers_leaves_what_a_calm_run_leaves() {
    std::thread::scope(|scope| {
        for service in SERVICES.iter().filter(|service| service.kind != "github") {
            scope.spawn(|| weather(service, service.small, 5));
        }
    });
}

fn weather(service: &Service, tickets: u64, kills: u64) {
    let kind = service.kind;
    let seed =
        setting("PRECEDENT_SEED").and_then(|text| text.parse().ok()).unwrap_or_else(|| u64::from(std::process::id()));
    println!("{kind}: {tickets} tickets, {kills} kills, PRECEDENT_SEED={seed}");
    let dir = tempfile::tempdir().unwrap();

    let web = (service.open)(tickets);
    let calm = Source { home: dir.path().join("calm"), web: &web, service };
    calm.add();
    let started = Instant::now();
    assert!(calm.sync().wait().unwrap().success(), "{kind}");
    let took = started.elapsed();
    let least = web.paths().len();
    println!("{kind}, calm: {least} requests, {:.0} tickets/s with start and end", tickets as f64 / took.as_secs_f64());
    // All texts of a whole run; of the small ones, enough of them.
    let each = if setting("PRECEDENT_STORM").is_some() { 1 } else { 10 };
    let (rows, comments) = calm.rows(each);
    let talks = if service.talks { tickets / 5 } else { 0 };
    assert_eq!((rows.len() as u64, comments), (tickets, talks), "{kind}");

    // The same server again, with its faults: one answer in ten.
    let web = (service.open)(tickets);
    let faults = Arc::new(AtomicU64::new(0));
    // Another one over each kind of server.
    let seed = kind.bytes().fold(seed, |seed, letter| seed.wrapping_mul(31).wrapping_add(u64::from(letter)));
    web.twist(storm(seed, Arc::clone(&faults)));
    let stormy = Source { home: dir.path().join("stormy"), web: &web, service };
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
        assert!(runs < RUNS, "{kind}: it comes to an end");
    }
    let asked = web.paths().len();
    let faults = faults.load(Ordering::SeqCst);
    let share = asked as f64 / least as f64;
    println!(
        "{kind}, storm: {asked} requests, {share:.2} of the least, {faults} faults, {killed} kills, {runs} runs that gave up"
    );
    assert!(killed > 0 && faults > 0, "{kind}: there was a storm");
    assert_eq!(stormy.rows(each), (rows, comments), "{kind}: 0 lost, 0 doubled");
    // What a fault or a kill made worthless had to be asked for again; nothing else was asked twice.
    let wasted = faults as usize + (killed + runs) as usize * 3;
    assert!(asked <= least * 13 / 10 + wasted, "{kind}: {asked} requests where {least} are enough");
    let workspace = Workspace::at(&stormy.home);
    let ledger = workspace.call("ledger_list", json!({ "limit": 1 }));
    // A request is noted before its first byte leaves: a kill in between leaves a note of what was never sent.
    let noted = ledger["total"].as_u64().unwrap();
    assert!(
        (asked as u64..=asked as u64 + killed).contains(&noted),
        "{kind}: {noted} are noted, {asked} came, {killed} kills"
    );
    assert_eq!(workspace.call("doctor", json!({}))["ok"], true, "{kind}");
}

struct Source<'a> {
    home: std::path::PathBuf,
    web: &'a Web,
    service: &'a Service,
}

impl Source<'_> {
    fn add(&self) {
        let url = format!("http://{}{}", self.web.address, self.service.path);
        let add = ["source", "add", self.service.kind, "--url", &url, "--name", "desk"];
        let done = command(&self.home).args(add).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    }

    fn sync(&self) -> Child {
        command(&self.home).args(["sync", "--once"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Every ticket as the queue shows it, one in so many with all that it says, and how many comments there are.
    fn rows(&self, each: usize) -> (Vec<Value>, u64) {
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
        for row in rows.iter_mut().step_by(each) {
            let ticket = workspace.call("ticket_get", json!({ "id": row["id"] }));
            let said = ["subject", "body_html", "created_at", "comments", "hops"].map(|part| ticket[part].clone());
            assert!(said[1].as_str().is_some_and(|body| !body.is_empty()), "{ticket}");
            row["said"] = json!(said);
        }
        let comments = workspace.call("search", json!({ "query": "zanzerfeld" }))["total"].as_u64().unwrap();
        (rows, comments)
    }
}

fn command(home: &Path) -> std::process::Command {
    let mut command = precedent();
    command.arg("--home").arg(home);
    command
}
