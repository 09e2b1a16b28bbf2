//! `cargo xtask test` and `ci`: everything, one step after the other, going on after a failure.

use crate::counts::{Counts, fact, read};
use crate::report::Report;
use crate::setup::{self, Purpose};
use crate::shell::{Heard, Repo, listen, must};
use crate::{supply, tidy, ui};
use anyhow::{Context, Result};
use std::fmt;
use std::path::PathBuf;
use std::process::Command;

/// One selection for lints, build and tests, the window included: Cargo unites features over what is selected, so a
/// second selection would compile half of the tree a second time.
const ALL: [&str; 3] = ["--workspace", "--features", "precedent-app/custom-protocol"];
const WITHOUT_WINDOW: [&str; 3] = ["--workspace", "--exclude", "precedent-app"];

/// The engine's own test that compares `ui/src/host/bindings.ts` with the contract, and writes it when asked.
const DRIFT: &str = "the_bindings_are_up_to_date";

/// Something failed, and the table has said it: machines read its last line, so nothing may follow.
#[derive(Debug)]
pub struct Told;

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a step failed")
    }
}

impl std::error::Error for Told {}

pub fn everything(repo: &Repo) -> Result<()> {
    let mut report = Report::default();
    report.step("set-up", || told(setup::everything(repo, Purpose::Test)));
    report.step("format", || counted(&listen(&mut repo.cargo(&["fmt", "--all", "--check"]))));
    report.step("tidy", || told(tidy::check(repo)));
    report.step("licences", || told(supply::check_licences(repo)));
    if let Some(snapshot) = std::env::var_os("PRECEDENT_ADVISORIES") {
        report.step("advisories", || told(supply::check_advisories(repo, snapshot.as_ref())));
    }
    report.step("page build", || told(ui::build(repo)));
    ui::ensure_page(repo)?;
    rust(repo, &mut report);
    report.step("page types", || counted(&listen(&mut repo.npm("ui", &["run", "check"]))));
    report.step("page tests", || tests(&listen(&mut repo.npm("ui", &["test"]))));
    browser_tests(repo, &mut report);
    window_tests(repo, &mut report);
    println!("{}", report.table());
    if report.total().failed == 0 { Ok(()) } else { Err(Told.into()) }
}

fn rust(repo: &Repo, report: &mut Report) {
    let mut selection = if webkit() { ALL } else { WITHOUT_WINDOW };
    report.step("lints", || {
        let mut clippy = repo.cargo(&["clippy"]);
        counted(&listen(clippy.args(selection).args(["--all-targets", "--", "-D", "warnings"])))
    });
    // Exactly what `cargo test` needs, and the programs besides.
    let build = |selection: [&str; 3]| {
        let mut build = repo.cargo(&["build"]);
        listen(build.args(selection).args(["--lib", "--bins", "--tests"])).ok
    };
    if !report.step("Rust build", || fact(build(selection))) && selection == ALL {
        selection = WITHOUT_WINDOW;
    }
    let mut drift = false;
    report.step("Rust tests", || {
        let mut test = repo.cargo(&["test"]);
        if let Ok(program) = repo.program("debug", "precedent") {
            test.env("PRECEDENT_BIN", program);
        }
        let heard = listen(test.args(selection).arg("--no-fail-fast"));
        drift = heard.lines.iter().any(|line| line.contains(DRIFT) && line.trim_end().ends_with("... ok"));
        tests(&heard)
    });
    report.step("contract drift", || {
        if !drift {
            println!("`{DRIFT}` did not pass: run `cargo xtask bindings` and look at what changed.");
        }
        fact(drift)
    });
}

fn browser_tests(repo: &Repo, report: &mut Report) {
    const NAME: &str = "end to end";
    if setup::browser_is_there() {
        report.step(NAME, || end_to_end(repo));
    } else {
        report.left_out(NAME, "no Chromium here; PRECEDENT_CHROMIUM names one", fact(false));
    }
}

fn window_tests(repo: &Repo, report: &mut Report) {
    const NAME: &str = "window";
    if !cfg!(target_os = "linux") {
        report.left_out(NAME, "this system has no driver for the window", Counts::default());
    } else if !webkit() {
        report.left_out(NAME, "WebKitGTK is missing", fact(false));
    } else {
        report.step(NAME, || window(repo));
    }
}

/// `e2e` or `window` alone, on fresh builds of what it needs.
pub fn alone(repo: &Repo, which: &str) -> Result<()> {
    setup::everything(repo, Purpose::Test)?;
    ui::build(repo)?;
    must(&mut repo.cargo(&["build", "-p", "cli"]))?;
    let mut report = Report::default();
    if which == "e2e" {
        browser_tests(repo, &mut report);
    } else {
        must(&mut repo.cargo(&["build", "-p", "precedent-app", "--features", "custom-protocol"]))?;
        window_tests(repo, &mut report);
    }
    println!("{}", report.table());
    if report.total().failed == 0 { Ok(()) } else { Err(Told.into()) }
}

fn end_to_end(repo: &Repo) -> Counts {
    node(repo, "tests/e2e", Command::new("node"))
}

/// The real window needs a screen: Xvfb gives it one that nobody sees.
fn window(repo: &Repo) -> Counts {
    let mut command = Command::new("xvfb-run");
    command.args(["-a", "-s", "-screen 0 1600x1000x24", "node"]);
    node(repo, "tests/window", command)
}

fn node(repo: &Repo, dir: &str, mut node: Command) -> Counts {
    let mut run = || -> Result<Heard> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(repo.path(dir))
            .with_context(|| format!("{dir} is not there"))?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
            .collect();
        files.sort();
        // A file that never ends, of a test that failed before it closed what it had opened, is ended.
        node.args(["--test", "--test-reporter=spec", "--test-timeout=900000"]).args(&files).current_dir(repo.path(dir));
        node.env("PRECEDENT_BIN", repo.program("debug", "precedent")?);
        node.env("PRECEDENT_APP", repo.program("debug", "precedent-app")?);
        node.env("PRECEDENT_UI_DIST", repo.path("ui/dist"));
        Ok(listen(&mut node))
    };
    match run() {
        Ok(heard) => tests(&heard),
        Err(error) => told(Err(error)),
    }
}

pub fn write_bindings(repo: &Repo) -> Result<()> {
    must(repo.cargo(&["test", "-q", "-p", "engine", DRIFT]).env("PRECEDENT_WRITE_BINDINGS", "1"))
}

pub fn bench(repo: &Repo, args: &[String]) -> Result<()> {
    must(repo.cargo(&["run", "--release", "-p", "acceptance", "--bin", "bench", "--"]).args(args))
}

pub fn train(repo: &Repo, args: &[String]) -> Result<()> {
    must(repo.cargo(&["run", "--release", "-p", "acceptance", "--bin", "train", "--"]).args(args))
}

fn webkit() -> bool {
    !cfg!(target_os = "linux") || setup::webkit_is_there()
}

/// A step that is one fact: it went well or it did not.
fn counted(heard: &Heard) -> Counts {
    fact(heard.ok)
}

fn tests(heard: &Heard) -> Counts {
    read(&heard.lines, heard.ok)
}

/// As [`counted`], for work inside this program.
fn told(result: Result<()>) -> Counts {
    if let Err(error) = &result {
        println!("{error:#}");
    }
    fact(result.is_ok())
}
