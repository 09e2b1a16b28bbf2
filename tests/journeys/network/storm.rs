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
    collections::BTreeSet,
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
const LOOK: Duration = Duration::from_millis(1);

fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

pub(super) fn service(kind: &str) -> &'static Service {
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
    let mut pulling = calm.sync();
    while web.count() == 0 && pulling.try_wait().unwrap().is_none() {
        std::thread::sleep(LOOK);
    }
    let start = started.elapsed();
    assert!(pulling.wait().unwrap().success(), "{kind}");
    let took = started.elapsed();
    let least = web.count();
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
    // After how many requests it dies each time: all over the way, however fast it is gone. The last tenth is its own: a
    // process that is at its end while it is aimed at ends before it is hit.
    let mut moments: Vec<usize> = (0..kills).map(|_| dice.below(least as u64 * 9 / 10) as usize).collect();
    moments.sort_unstable_by(|a, b| b.cmp(a));
    let (mut killed, mut runs) = (0, 0);
    let started = Instant::now();
    loop {
        let (before, mut child) = (web.count(), stormy.sync());
        let ended = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break Some(status);
            }
            if moments.last().is_some_and(|moment| web.count() >= *moment) {
                // And a moment later: between two requests, in the middle of a page, or while it starts.
                let span = if web.count() == before { start } else { took / least as u32 };
                std::thread::sleep(span.mul_f64(dice.below(1_000) as f64 / 500.0));
                break child.try_wait().unwrap();
            }
            std::thread::sleep(LOOK);
        };
        match ended {
            Some(status) if status.success() => break,
            Some(_) => runs += 1,
            None => {
                child.kill().unwrap();
                child.wait().unwrap();
                moments.pop();
                killed += 1;
            }
        }
        assert!(runs < RUNS, "{kind}: it comes to an end");
    }
    let took = started.elapsed();
    let asked = web.count();
    let faults = faults.load(Ordering::SeqCst);
    let share = asked as f64 / least as f64;
    println!(
        "{kind}, storm: {asked} requests, {share:.2} of the least, {faults} faults, {killed} kills, {runs} runs that gave up, {:.0} s",
        took.as_secs_f64()
    );
    assert!(killed * 10 >= kills * 9 && faults > 0, "{kind}: there was a storm");
    let (there, said) = stormy.rows(each);
    let other = there.iter().zip(&rows).find(|(there, calm)| there != calm);
    assert!(other.is_none(), "{kind}: a row is not what a calm run leaves: {other:#?}");
    assert_eq!((there.len(), said), (rows.len(), comments), "{kind}: 0 lost, 0 doubled");
    // What a fault or a kill made worthless had to be asked for again; nothing else was asked twice. In a whole run that is
    // within the bound, in a small one there are more kills to a request.
    let wasted = if least < 1_000 { faults as usize + (killed + runs) as usize * 3 } else { 0 };
    assert!(asked <= least * 13 / 10 + wasted, "{kind}: {asked} requests where {least} are enough");
    let workspace = Workspace::at(&stormy.home);
    let ledger = workspace.call("ledger_list", json!({ "limit": 1 }));
    // A request is noted before its first byte leaves, so that a kill may leave a note of what never came: the next start
    // says of it that nobody knows. What came is noted, and what has an outcome came.
    let noted = ledger["total"].as_u64().unwrap();
    let unknown = unknown(&workspace);
    println!("{kind}, ledger: {noted} noted, of which a kill left {unknown} without an outcome; {asked} came");
    assert!(
        (noted - unknown..=noted).contains(&(asked as u64)) && unknown <= killed,
        "{kind}: {noted} are noted, {unknown} of them without an outcome, {asked} came, {killed} kills"
    );
    assert_eq!(workspace.call("doctor", json!({}))["ok"], true, "{kind}");
}

/// Lines of the ledger whose process was killed before an answer came. None is left open.
fn unknown(workspace: &Workspace) -> u64 {
    let (mut seen, mut unknown) = (0, 0);
    loop {
        let page = workspace.call("ledger_list", json!({ "limit": 500, "offset": seen }));
        let rows = page["rows"].as_array().unwrap();
        if rows.is_empty() {
            return unknown;
        }
        seen += rows.len();
        unknown += rows.iter().filter(|row| row["failed"] == "program_ended").count() as u64;
        assert!(rows.iter().all(|row| !row["status"].is_null() || !row["failed"].is_null()), "each has an outcome");
    }
}

pub(super) struct Source<'a> {
    pub(super) home: std::path::PathBuf,
    pub(super) web: &'a Web,
    pub(super) service: &'a Service,
}

impl Source<'_> {
    pub(super) fn add(&self) {
        let url = format!("http://{}{}", self.web.address, self.service.path);
        let add = ["source", "add", self.service.kind, "--url", &url, "--name", "desk"];
        let done = command(&self.home).args(add).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    }

    pub(super) fn sync(&self) -> Child {
        command(&self.home).args(["sync", "--once"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Every ticket as the queue shows it, one in so many with all that it says, and how many comments there are.
    pub(super) fn rows(&self, each: usize) -> (Vec<Value>, u64) {
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
        let (mut accounts, mut nameless) = (BTreeSet::new(), 0);
        rows.sort_by_key(|row| row["id"].as_str().unwrap().to_owned());
        for row in rows.iter_mut().step_by(each) {
            let ticket = workspace.call("ticket_get", json!({ "id": row["id"] }));
            let said =
                ["subject", "body_html", "created_at", "comments", "hops", "account"].map(|part| ticket[part].clone());
            assert!(said[1].as_str().is_some_and(|body| !body.is_empty()), "{ticket}");
            row["said"] = json!(said);
            nameless += usize::from(said[5].is_null());
            accounts.extend(row["said"][5].as_str().map(str::to_owned));
        }
        // What is told by number has its name.
        let named: &[&str] = if self.service.kind == "intercom" { &["Contoso", "Northwind"] } else { &[] };
        let right =
            accounts.iter().map(String::as_str).eq(named.iter().copied()) && nameless <= rows.len() / each / 3 + 1;
        assert!(named.is_empty() || right, "{accounts:?}, {nameless}");
        let comments = workspace.call("search", json!({ "query": "zanzerfeld" }))["total"].as_u64().unwrap();
        (rows, comments)
    }
}

fn command(home: &Path) -> std::process::Command {
    let mut command = precedent();
    command.arg("--home").arg(home);
    command
}
