//! A regression test for an escalation: its beginning, and running it where the problem is and where the fix is. Each version
//! is written out into a folder of its own, which goes afterwards; nothing is written into a clone.

use super::{evidence, handed};
use crate::{
    Engine, Error, Result,
    api::{
        args::{FixArgs, TestDraftArgs, TestRunArgs},
        view::{EscalationView, JobView, TestDraftView, TrialView, TrialsView},
    },
    code::{self, Known},
};
use ::code::{
    CommitId,
    skeleton::{Problem, draft as skeleton},
    trial::{self, Outcome},
};
use ::escalation::{Answer, Package};
use std::{path::Path, sync::Arc, time::Duration};
use store::StoredEscalation;

const SECONDS: u32 = 600;
const MOST_SECONDS: u32 = 3_600;
const LONGEST: usize = 200_000;

pub(crate) fn draft(engine: &Engine, args: &TestDraftArgs) -> Result<TestDraftView> {
    let one = handed::find(engine, args.id)?;
    let package: Package = serde_json::from_str(&one.package).unwrap_or_default();
    let line = package.code.get(args.line.unwrap_or_default() as usize);
    let missing = || Error::NotFound { what: "line that ran in the package", id: one.ticket.clone() };
    let line = line.ok_or_else(missing)?;
    let repo = code::find(engine, Some(&line.repo))?;
    let known = Known::of(engine, &repo)?;
    let commit = CommitId::parse(&line.commit).map(|commit| (commit, line.at.clone()));
    let (commit, bad) = commit.map_or_else(|| code::commit_of(&known, &line.at), Ok)?;
    let repository = known.open()?;
    let files = known.files(&repository, commit)?;
    let good = fixed_in(engine, &one, &line.repo, &bad);
    let error = package.errors.first().map(|error| error.text.lines().next().unwrap_or_default().to_owned());
    let problem = Problem {
        key: &one.ticket,
        title: &package.ticket.subject,
        steps: &package.reproduction.steps,
        error: error.as_deref().unwrap_or_default(),
        path: &line.path,
        line: line.line,
        symbol: &line.symbol,
        bad: &bad,
        good: good.as_deref(),
    };
    let read = |path: &str| repository.source(commit, path).map(|source| source.text());
    let made = skeleton(&problem, &files, &read).ok_or_else(|| no_skeleton(&line.path))?;
    let program = made.command.first().filter(|program| !trial::is_there(program)).cloned();
    Ok(TestDraftView {
        repo: line.repo.clone(),
        language: made.language.name().into(),
        path: made.path,
        name: made.name,
        text: made.text,
        command: made.command,
        folder: made.folder,
        missing: program,
        bad,
        good,
    })
}

fn no_skeleton(path: &str) -> Error {
    let known = "Java, Python, JavaScript, TypeScript, Go and Rust";
    Error::BadInput(format!(
        "there is no skeleton of a test for {path}: there are some for {known}. Choose another line"
    ))
}

/// The release to go to from a version, as the history says of what engineering answered, else of the ticket itself.
fn fixed_in(engine: &Engine, one: &StoredEscalation, repo: &str, bad: &str) -> Option<String> {
    let answer: Option<Answer> = one.answer.as_deref().and_then(|answer| serde_json::from_str(answer).ok());
    let ticket = one.ticket.rsplit(':').next().unwrap_or_default().to_owned();
    let names = [answer.map(|answer| answer.fix).unwrap_or_default(), ticket];
    names.into_iter().filter(|name| !name.trim().is_empty()).find_map(|reference| {
        let asked = FixArgs { reference, repo: Some(repo.to_owned()), version: Some(bad.to_owned()) };
        // Where nobody knows of a fix, there is none to be green at.
        code::fix(engine, &asked).ok()?.upgrade_to
    })
}

/// In the background, as a job.
pub(crate) fn start(engine: &Arc<Engine>, args: TestRunArgs) -> Result<JobView> {
    let (_, label) = allowed(engine, &args)?;
    engine.start_job("trial", &label, move |engine, job| run(engine, &args, &|| job.is_cancelled()).map(|_| None))
}

/// Here and now.
pub fn run_now(engine: &Engine, args: &TestRunArgs) -> Result<EscalationView> {
    allowed(engine, args)?;
    run(engine, args, &|| false)
}

/// Nothing runs that nobody agreed to. Answers with the escalation and what the work is called.
pub(super) fn allowed(engine: &Engine, args: &TestRunArgs) -> Result<(StoredEscalation, String)> {
    engine.must_own()?;
    let one = handed::find(engine, args.id)?;
    if args.command.iter().all(|word| word.trim().is_empty()) {
        return Err(Error::BadInput("say what runs the test: a program and its arguments".into()));
    }
    if args.text.len() > LONGEST || args.text.trim().is_empty() {
        return Err(Error::BadInput("a test has a text, of at most 200,000 letters".into()));
    }
    if !args.agreed {
        return Err(Error::NotAgreed { command: args.command.join(" ") });
    }
    let label = one.ticket.clone();
    Ok((one, label))
}

fn run(engine: &Engine, args: &TestRunArgs, stop: &dyn Fn() -> bool) -> Result<EscalationView> {
    let one = handed::find(engine, args.id)?;
    let at = |version: &str| once(engine, args, version, stop);
    let bad = at(&args.bad)?;
    let good = args.good.as_deref().filter(|good| !good.trim().is_empty()).map(at).transpose()?;
    let verdict = match (bad.outcome.as_str(), good.as_ref().map(|good| good.outcome.as_str())) {
        ("not_built" | "too_long", _) | (_, Some("not_built" | "too_long")) => "unclear",
        ("passed", _) => "not_red",
        (_, None) => "red",
        (_, Some("passed")) => "proven",
        (_, Some(_)) => "not_green",
    };
    let command = args.command.join(" ");
    let found = TrialsView {
        repo: args.repo.clone(),
        path: args.path.clone(),
        text: args.text.clone(),
        command,
        bad,
        good,
        verdict: verdict.into(),
    };
    evidence::keep(engine, 0, one.id, evidence::TRIALS, &found)?;
    handed::view(engine, one)
}

/// At one version, in a folder that goes afterwards.
pub(super) fn once(engine: &Engine, args: &TestRunArgs, version: &str, stop: &dyn Fn() -> bool) -> Result<TrialView> {
    let repo = code::find(engine, Some(&args.repo))?;
    let known = Known::of(engine, &repo)?;
    let (commit, at) = code::commit_of(&known, version)?;
    let failed =
        |cause| Error::Home { what: "making a folder for a run", path: "the system's temporary files".into(), cause };
    let dir = tempfile::Builder::new().prefix("precedent-trial-").tempdir().map_err(failed)?;
    let ran = run_in(dir.path(), &known, commit, args, stop);
    let outcome = ran.as_ref().map_or_else(::code::Error::code, |ran| word(ran.outcome));
    let now = engine.core.clock.now();
    engine.core.store.audit("test_run", outcome, &format!("{at}: {}", args.command.join(" ")), now)?;
    let ran = ran?;
    Ok(TrialView { at, commit: commit.to_string(), outcome: outcome.into(), seconds: ran.seconds, log: ran.log })
}

fn run_in(
    dir: &Path,
    known: &Known,
    commit: CommitId,
    args: &TestRunArgs,
    stop: &dyn Fn() -> bool,
) -> ::code::Result<trial::Trial> {
    known.open()?.write_out(commit, dir, stop)?;
    trial::place(dir, &args.path, &args.text)?;
    let limit = Duration::from_secs(args.seconds.unwrap_or(SECONDS).clamp(1, MOST_SECONDS).into());
    trial::run(&args.command, &trial::folder(dir, &args.folder)?, limit, stop)
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "passed",
        Outcome::Failed => "failed",
        Outcome::NotBuilt => "not_built",
        Outcome::TooLong => "too_long",
    }
}
