//! How soon after its token is given a source shows something of one's own.

use super::{
    Program,
    desk::{Desk, Slowly},
};
use anyhow::{Result, bail};
use std::{
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

/// A desk of some years.
const TICKETS: usize = 20_000;
/// Zendesk's exports without an add-on, and an answer that takes its time.
const SLOWLY: Slowly = Slowly { after: Duration::from_secs(2), exports_a_minute: 10 };
/// What is promised.
const WITHIN: Duration = Duration::from_secs(60);

/// From adding it until a search finds its newest ticket, while the rest is still read.
pub(super) fn result(binary: &Path, dir: &Path) -> Result<()> {
    let desk = Desk::slow(TICKETS, SLOWLY)?;
    let program = Program { binary, home: dir.join("first"), keys: dir.join("keys") };
    let url = format!("http://{}", desk.address());
    let started = Instant::now();
    program.run(&["source", "add", "zendesk", "--url", &url, "--name", "desk"])?;
    let mut sync = program.command(&["sync", "--once"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let found = loop {
        // Another process, as somebody would who looks meanwhile.
        let told = program.command(&["--json", "search", "ledger"]).output()?;
        let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap_or_default();
        let found = told.get("total").and_then(serde_json::Value::as_u64).unwrap_or(0);
        if found > 0 || started.elapsed() > 2 * WITHIN || sync.try_wait()?.is_some() {
            break found;
        }
        std::thread::sleep(super::LOOK);
    };
    let took = started.elapsed();
    sync.kill()?;
    sync.wait()?;
    if found == 0 || took > WITHIN {
        bail!(
            "{found} tickets were found after {:.1} s, where one within {} s is promised",
            took.as_secs_f64(),
            WITHIN.as_secs()
        );
    }
    println!(
        "first result of one's own: {:.1} s after the token, {found} tickets by then, {} requests; of a desk with {TICKETS} that answers in {} s and gives {} exports a minute",
        took.as_secs_f64(),
        desk.asked(),
        SLOWLY.after.as_secs(),
        SLOWLY.exports_a_minute
    );
    Ok(())
}
