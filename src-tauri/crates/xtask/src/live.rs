//! `cargo xtask live`: Request Tracker and Redmine for real, from Debian's packages, on this machine alone. What cannot be
//! installed here, or is somebody's own, is left out in words.
//!
//! `cargo xtask storm`: the whole run that the journeys make small.

use crate::shell::{Repo, must, quietly};
use anyhow::{Result, bail};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A server that a script sets up and runs.
struct Peer {
    name: &'static str,
    script: &'static str,
    port: u16,
    /// By which the journey hears of it: `ADDRESS SECRET`.
    variable: &'static str,
}

const PEERS: [Peer; 2] = [
    Peer { name: "Request Tracker", script: "tests/live/rt.sh", port: 8201, variable: "PRECEDENT_LIVE_RT" },
    Peer { name: "Redmine", script: "tests/live/redmine.sh", port: 8202, variable: "PRECEDENT_LIVE_REDMINE" },
];

/// Looks, half a second apart: a first start compiles its pages.
const LOOKS: u32 = 240;

struct Running(Child);

impl Drop for Running {
    /// Asked first: a server that is killed leaves its workers behind.
    fn drop(&mut self) {
        _ = quietly("kill", &["-TERM", &self.0.id().to_string()]);
        for _ in 0..20 {
            if self.0.try_wait().is_ok_and(|ended| ended.is_some()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(500));
        }
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

pub fn run(repo: &Repo) -> Result<()> {
    let mut journey = repo.cargo(&["test", "-p", "acceptance", "--test", "acceptance", "--", "live::", "--nocapture"]);
    let (mut running, mut there) = (Vec::new(), 0);
    for peer in &PEERS {
        if std::env::var_os(peer.variable).is_some() {
            println!("{}: the one that {} names", peer.name, peer.variable);
            there += 1;
            continue;
        }
        match begin(repo, peer) {
            Ok((child, secret)) => {
                println!("{}: serving on 127.0.0.1:{}", peer.name, peer.port);
                journey.env(peer.variable, format!("http://127.0.0.1:{} {secret}", peer.port));
                running.push(child);
                there += 1;
            }
            Err(why) => println!("{} is left out: {why}", peer.name),
        }
    }
    if there == 0 {
        bail!("there is no real server to ask here");
    }
    must(&mut journey)
}

fn begin(repo: &Repo, peer: &Peer) -> Result<(Running, String)> {
    if quietly("apt-get", &["--version"]).is_none() {
        bail!("it is installed from Debian's packages, and this system has no apt");
    }
    if quietly("id", &["-u"]).as_deref() != Some("0") {
        bail!("setting it up needs root; run it in a container, or name a server of your own in {}", peer.variable);
    }
    let script = repo.path(peer.script);
    println!("{}: setting it up", peer.name);
    let setup = Command::new(&script).arg("setup").stderr(Stdio::inherit()).output()?;
    let secret = String::from_utf8_lossy(&setup.stdout).lines().last().unwrap_or_default().trim().to_owned();
    if !setup.status.success() || secret.is_empty() {
        bail!("it could not be set up; {} names another one", peer.variable);
    }
    if reachable(peer.port) {
        bail!("something else serves on port {}", peer.port);
    }
    let served = Command::new(&script).arg("run").stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut served = Running(served);
    for _ in 0..LOOKS {
        if answers(peer.port) {
            return Ok((served, secret));
        }
        if let Some(status) = served.0.try_wait()? {
            bail!("its server ended: {status}");
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    bail!("its server does not answer")
}

fn reachable(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}

/// A page, whatever stands on it: it listens before it can answer.
fn answers(port: u16) -> bool {
    let address = format!("http://127.0.0.1:{port}/");
    reachable(port) && quietly("curl", &["-s", "-m", "60", "-o", "/dev/null", &address]).is_some()
}

/// `[SERVICE] [TICKETS [KILLS]]`: GitHub, 20,000 and 100.
pub fn storm(repo: &Repo, args: &[String]) -> Result<()> {
    let (kind, rest) = match args.split_first() {
        Some((kind, rest)) if kind.parse::<u64>().is_err() => (kind.as_str(), rest),
        _ => ("github", args),
    };
    let number = |at: usize, usual: &str| rest.get(at).map_or_else(|| usual.to_owned(), Clone::clone);
    let storm = format!("{kind},{},{}", number(0, "20000"), number(1, "100"));
    let name = "network::storm::a_storm_of_faults_and_kills_leaves_what_a_calm_run_leaves_and_asks_for_little_more";
    let mut journey = repo.cargo(&["test", "-p", "acceptance", "--test", "acceptance", "--", name, "--nocapture"]);
    must(journey.env("PRECEDENT_STORM", storm))
}
