//! `cargo xtask pace`: how fast a source is read, and what it costs while it rests.
//!
//! A help desk on loopback, as Zendesk pages its export, is pulled by the release build: through HTTP, parsed, stored and
//! searchable. The same tickets are imported from a file beside it, for the ratio. Then the server stays for two minutes with
//! its source at rest: the first has the start and the day's copy in it. And a desk as slow as a real one says how soon after
//! its token somebody finds a ticket of their own. Run it on a machine that does nothing else.
//!
//! What grows with the tickets is the index, which is read decrypted, and up to 16 MB of SQLite's pages: so the index is told
//! beside the peak. A page is let go once it is stored.

mod desk;
mod first;

use crate::shell::{Repo, must};
use anyhow::{Context, Result, bail};
use desk::Desk;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// How long a source rests while somebody looks at what that costs.
const REST: Duration = Duration::from_secs(60);
/// What a start brings along is told by itself: it opens, looks at what is due and keeps the day's copy of what people wrote.
const START: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(20);

/// `[TICKETS…]`: 5,000 and 20,000.
pub fn measure(repo: &Repo, args: &[String]) -> Result<()> {
    let mut sizes = Vec::new();
    for size in args {
        sizes.push(size.parse::<usize>().with_context(|| format!("\"{size}\" is no number of tickets"))?);
    }
    if sizes.is_empty() {
        sizes = vec![5_000, 20_000];
    }
    let binary = match std::env::var_os("PRECEDENT_BIN") {
        Some(built) => PathBuf::from(built),
        None => {
            must(&mut repo.cargo(&["build", "--release", "--package", "cli"]))?;
            repo.program("release", "precedent")?
        }
    };
    let beside = binary.parent().context("the program lies nowhere")?;
    let dir = beside.join(format!("pace-{}", std::process::id()));
    fs::create_dir_all(&dir)?;
    let measured = all(&binary, &dir, &sizes);
    fs::remove_dir_all(&dir)?;
    measured
}

fn all(binary: &Path, dir: &Path, sizes: &[usize]) -> Result<()> {
    first::result(binary, dir)?;
    let mut last = None;
    for size in sizes {
        let desk = Desk::open(*size)?;
        let pulled = Program { binary, home: dir.join(format!("pulled-{size}")), keys: dir.join("keys") };
        let url = format!("http://{}", desk.address());
        pulled.run(&["source", "add", "zendesk", "--url", &url, "--name", "desk"])?;
        let sync = pulled.run(&["sync", "--once"])?;
        let imported = Program { binary, home: dir.join(format!("imported-{size}")), keys: dir.join("keys") };
        let file = dir.join(format!("{size}.jsonl"));
        desk.export(&file)?;
        let file = file.to_string_lossy().into_owned();
        let import = imported.run(&["import", "--format", "zendesk", "--source", "desk", &file])?;
        for program in [&pulled, &imported] {
            program.holds(*size)?;
        }
        let rate = |spent: &Spent| *size as f64 / spent.wall.as_secs_f64();
        println!(
            "{size} tickets with {size} comments, {} requests, {:.1} MB: sync {:.0} tickets/s ({:.2} s, {:.2} s of processor, peak {} MB, of which the index is {:.0}); import {:.0} tickets/s ({:.2} s, peak {} MB); sync takes {:.2} times as long",
            desk.asked(),
            desk.bytes() as f64 / 1e6,
            rate(&sync),
            sync.wall.as_secs_f64(),
            sync.cpu.as_secs_f64(),
            sync.peak_mb,
            pulled.index()? as f64 / 1e6,
            rate(&import),
            import.wall.as_secs_f64(),
            import.peak_mb,
            sync.wall.as_secs_f64() / import.wall.as_secs_f64(),
        );
        last = Some((desk, pulled));
    }
    let Some((desk, pulled)) = last else { return Ok(()) };
    let before = desk.asked();
    let (start, rest) = pulled.rest()?;
    println!(
        "started: {:.2} s of processor in {} s; then at rest for {} s, its source asked every five minutes ({} requests meanwhile): {:.2} % of a processor",
        start.as_secs_f64(),
        START.as_secs(),
        REST.as_secs(),
        desk.asked() - before,
        rest * 100.0
    );
    Ok(())
}

/// What one run of the program took.
struct Spent {
    wall: Duration,
    cpu: Duration,
    peak_mb: u64,
}

/// The program on a workspace of its own.
struct Program<'a> {
    binary: &'a Path,
    home: PathBuf,
    keys: PathBuf,
}

impl Program<'_> {
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(self.binary);
        command.arg("--home").arg(&self.home).args(args).env("PRECEDENT_KEY_FILE", &self.keys);
        command.stdin(Stdio::null());
        command
    }

    /// With its start and its end, until everything is searchable.
    fn run(&self, args: &[&str]) -> Result<Spent> {
        let started = Instant::now();
        let mut child = self.command(args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let (mut peak_mb, mut cpu) = (0, Duration::ZERO);
        loop {
            // Read while it lives: afterwards nobody knows.
            peak_mb = peak_of(&child).unwrap_or(peak_mb);
            cpu = cpu_of(&child).unwrap_or(cpu);
            if let Some(status) = child.try_wait()? {
                if status.success() {
                    return Ok(Spent { wall: started.elapsed(), cpu, peak_mb });
                }
                let told = child.wait_with_output()?;
                bail!("{args:?} failed: {}", String::from_utf8_lossy(&told.stderr));
            }
            std::thread::sleep(LOOK);
        }
    }

    /// A rate is worth nothing where something is missing.
    fn holds(&self, tickets: usize) -> Result<()> {
        let told = self.command(&["--json", "source", "list"]).output()?;
        let sources: serde_json::Value = serde_json::from_slice(&told.stdout)?;
        let found = sources.pointer("/0/tickets").and_then(serde_json::Value::as_u64);
        if found != Some(tickets as u64) {
            bail!("{} holds {found:?} of {tickets} tickets", self.home.display());
        }
        Ok(())
    }

    /// Bytes of the index. It lies encrypted, so that what is searched is held in memory as it is.
    fn index(&self) -> Result<u64> {
        let mut size = 0;
        for file in fs::read_dir(self.home.join("index"))? {
            size += file?.metadata()?.len();
        }
        Ok(size)
    }

    /// What a server's start takes, and then the share of one processor while nothing happens.
    fn rest(&self) -> Result<(Duration, f64)> {
        let mut server = self.command(&["serve"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        std::thread::sleep(START);
        let (before, since) = (cpu_of(&server), Instant::now());
        std::thread::sleep(REST);
        let (after, took) = (cpu_of(&server), since.elapsed());
        server.kill()?;
        server.wait()?;
        let (before, after) = before.zip(after).context("the server ended by itself")?;
        Ok((before, after.saturating_sub(before).as_secs_f64() / took.as_secs_f64()))
    }
}

/// The most memory that it ever had at once. Linux alone tells.
fn peak_of(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}

/// Its own time and the kernel's for it, in hundredths of a second. Linux alone tells.
fn cpu_of(child: &Child) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).ok()?;
    // Its name may hold anything; the fields are counted behind it.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks: u64 = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}
