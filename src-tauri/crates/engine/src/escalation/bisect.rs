//! The search for the commit that brought a problem: what was said of which commit is kept with the escalation, so that it goes
//! on after a restart; where it stands follows from that and the history.

use super::{evidence, handed, trial};
use crate::{
    Engine, Error, Result,
    api::{
        args::{BisectSayArgs, BisectStartArgs, ChangesArgs, SeenArgs, TestRunArgs},
        view::{BisectCommitView, BisectSaidView, BisectView, EscalationView, JobView},
    },
    code::{self, Known},
};
use ::code::{
    bisect::{Said, Standing, halve},
    history::Place,
};
use ::escalation::Package;
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::Arc};

/// Commits that are listed, where no more are left.
const FEW: usize = 200;
const SUSPECTS: usize = 8;
/// Tries of a test in one go: far more than halving takes.
const TRIES: usize = 40;

/// As it is kept. `said` in its order; the last word on a commit counts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Search {
    repo: String,
    good: String,
    bad: String,
    said: Vec<Word>,
    /// Commits near to the escalation, best first, with how near.
    #[serde(default)]
    suspects: Vec<(String, Option<String>)>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Word {
    commit: String,
    said: String,
    by_test: bool,
}

pub(crate) fn start(engine: &Engine, args: &BisectStartArgs) -> Result<EscalationView> {
    engine.must_own()?;
    let one = handed::find(engine, args.id)?;
    let package: Package = serde_json::from_str(&one.package).unwrap_or_default();
    let line = package.code.first();
    let given =
        |said: &Option<String>| said.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let repo = code::find(engine, given(&args.repo).as_deref().or_else(|| line.map(|line| line.repo.as_str())))?;
    let known = Known::of(engine, &repo)?;
    let told = [line.map(|line| line.at.as_str()), Some(package.environment.release.as_str())];
    let told = told.into_iter().flatten().find(|at| !at.is_empty()).map(str::to_owned);
    let bad = given(&args.bad).or(told).ok_or_else(|| Error::BadInput("say which version has the problem".into()))?;
    let (_, bad) = code::commit_of(&known, &bad)?;
    let good = match given(&args.good) {
        Some(good) => code::commit_of(&known, &good)?.1,
        None => match code::previous(&known.releases, &bad) {
            Some(release) => release.name.clone(),
            None => return Err(Error::BadInput(format!("no release comes before {bad}: say which version was good"))),
        },
    };
    let search = Search {
        suspects: near(engine, &one.ticket, repo.name.as_str(), &good, &bad),
        repo: repo.name.to_string(),
        good,
        bad,
        said: Vec::new(),
    };
    // Refused now, where it leads nowhere.
    if stand(&search, &known)?.contradiction {
        return Err(Error::BadInput(format!(
            "{} comes before {}: nothing was brought between them",
            search.bad, search.good
        )));
    }
    evidence::keep(engine, 0, one.id, evidence::BISECT, &search)?;
    handed::view(engine, one)
}

/// What changed nearest to the ticket; nothing where the ticket is elsewhere.
fn near(engine: &Engine, ticket: &str, repo: &str, good: &str, bad: &str) -> Vec<(String, Option<String>)> {
    let asked = ChangesArgs {
        question: SeenArgs { ticket: Some(ticket.to_owned()), ..SeenArgs::default() },
        repo: Some(repo.to_owned()),
        from: Some(good.to_owned()),
        to: Some(bad.to_owned()),
        paths: Vec::new(),
    };
    let found = code::changes(engine, &asked).map(|found| found.changes).unwrap_or_default();
    found.into_iter().map(|change| (change.commit, change.near)).collect()
}

pub(crate) fn say(engine: &Engine, args: &BisectSayArgs) -> Result<EscalationView> {
    engine.must_own()?;
    let one = handed::find(engine, args.id)?;
    let (id, mut search) = newest(engine, args.id)?;
    let known = known(engine, &search)?;
    let place = known.history.find(&args.commit.trim().to_lowercase());
    let commit = place.and_then(|place| known.history.get(place)).map(|commit| commit.id.to_string());
    let commit = commit.ok_or_else(|| Error::NotFound { what: "commit", id: args.commit.clone() })?;
    if !matches!(args.said.as_str(), "good" | "bad" | "skip" | "unsay") {
        return Err(Error::BadInput(format!("\"{}\" says nothing: say good, bad, skip or unsay", args.said)));
    }
    note(&mut search, commit, &args.said, false);
    evidence::keep(engine, id, one.id, evidence::BISECT, &search)?;
    handed::view(engine, one)
}

fn note(search: &mut Search, commit: String, said: &str, by_test: bool) {
    search.said.retain(|word| word.commit != commit);
    if said != "unsay" {
        search.said.push(Word { commit, said: said.into(), by_test });
    }
}

/// In the background, as a job.
pub(crate) fn run(engine: &Arc<Engine>, args: TestRunArgs) -> Result<JobView> {
    let (_, label) = trial::allowed(engine, &args)?;
    newest(engine, args.id)?;
    engine.start_job("trial", &label, move |engine, job| {
        let progress = |tried: u64, steps: u64| job.progress(tried, Some(tried + steps));
        go_on(engine, &args, &progress, &|| job.is_cancelled()).map(|_| None)
    })
}

/// Here and now. `progress` hears how many were tried, and how many there are at most yet.
pub fn run_now(engine: &Engine, args: &TestRunArgs, progress: &dyn Fn(u64, u64)) -> Result<EscalationView> {
    trial::allowed(engine, args)?;
    go_on(engine, args, progress, &|| false)
}

fn go_on(
    engine: &Engine,
    args: &TestRunArgs,
    progress: &dyn Fn(u64, u64),
    stop: &dyn Fn() -> bool,
) -> Result<EscalationView> {
    for tried in 0..TRIES {
        let (id, mut search) = newest(engine, args.id)?;
        let known = known(engine, &search)?;
        let standing = stand(&search, &known)?;
        progress(tried as u64, standing.steps().into());
        let next = standing.next.and_then(|next| known.history.get(next)).map(|commit| commit.id.to_string());
        let Some(commit) = next else { break };
        let asked = TestRunArgs { repo: search.repo.clone(), ..args.clone() };
        let ran = trial::once(engine, &asked, &commit, stop)?;
        let said = match ran.outcome.as_str() {
            "passed" => "good",
            "failed" => "bad",
            _ => "skip",
        };
        note(&mut search, commit, said, true);
        // After each: whatever stops it, it goes on from here.
        evidence::keep(engine, id, args.id, evidence::BISECT, &search)?;
    }
    handed::view(engine, handed::find(engine, args.id)?)
}

fn newest(engine: &Engine, escalation: i64) -> Result<(i64, Search)> {
    let missing = || Error::NotFound { what: "search in escalation", id: escalation.to_string() };
    evidence::newest(engine, escalation, evidence::BISECT)?.ok_or_else(missing)
}

fn known(engine: &Engine, search: &Search) -> Result<Arc<Known>> {
    Known::of(engine, &code::find(engine, Some(&search.repo))?)
}

fn stand(search: &Search, known: &Known) -> Result<Standing> {
    let history = &known.history;
    let place = |at: &str| -> Result<Place> {
        let (commit, name) = code::commit_of(known, at)?;
        history.place(commit).ok_or(Error::NotFound { what: "commit", id: name })
    };
    let said = search.said.iter().filter_map(|word| {
        let said = match word.said.as_str() {
            "good" => Said::Good,
            "bad" => Said::Bad,
            _ => Said::Skip,
        };
        Some((history.find(&word.commit)?, said))
    });
    let said: Vec<(Place, Said)> = said.collect();
    let standing = halve(history, place(&search.good)?, place(&search.bad)?, &said);
    match standing {
        Some(standing) if !standing.left.is_empty() || standing.contradiction => Ok(standing),
        Some(_) => Err(Error::BadInput(format!("{} has nothing that {} has not", search.bad, search.good))),
        None => Err(Error::BadInput(format!(
            "too much lies between {} and {}: name a nearer version",
            search.good, search.bad
        ))),
    }
}

pub(super) fn view(engine: &Engine, search: &Search) -> Result<BisectView> {
    let known = known(engine, search)?;
    let standing = stand(search, &known)?;
    let near: HashMap<&str, &Option<String>> =
        search.suspects.iter().map(|(commit, near)| (commit.as_str(), near)).collect();
    let of = |place: Place| -> Option<BisectCommitView> {
        let commit = known.history.get(place)?;
        let id = commit.id.to_string();
        Some(BisectCommitView {
            subject: commit.subject.to_string(),
            author: known.history.author(commit).to_owned(),
            at: commit.authored_at.saturating_mul(1000),
            near: near.get(id.as_str()).and_then(|near| (*near).clone()),
            url: known.forge().map(|forge| forge.commit(commit.id)),
            commit: id,
        })
    };
    let named = |commit: &str| known.history.find(commit);
    let is_left = |place: &Place| standing.left.binary_search(place).is_ok();
    let suspects = search.suspects.iter().filter_map(|(commit, _)| named(commit)).filter(is_left);
    let few = standing.left.len() <= FEW;
    Ok(BisectView {
        repo: search.repo.clone(),
        good: search.good.clone(),
        bad: search.bad.clone(),
        left: u32::try_from(standing.left.len()).unwrap_or(u32::MAX),
        steps: standing.steps(),
        next: standing.next.and_then(of),
        said: search
            .said
            .iter()
            .filter_map(|word| {
                let commit = of(named(&word.commit)?)?;
                Some(BisectSaidView { commit, said: word.said.clone(), by_test: word.by_test })
            })
            .collect(),
        suspects: suspects.take(SUSPECTS).filter_map(of).collect(),
        remaining: if few { standing.left.iter().rev().filter_map(|place| of(*place)).collect() } else { Vec::new() },
        found: standing.found().and_then(of),
        contradiction: standing.contradiction,
    })
}
