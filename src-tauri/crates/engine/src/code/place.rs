//! Where a question stands in a repository: at the release that the customer runs. Where a ticket names several, or was
//! written before the release that it names was out, it is the one that the trace fits; that it was chosen so is said, and
//! somebody may choose another.

use super::{Known, file::commit_of, releases};
use crate::{
    Engine, Result,
    api::{
        args::SeenArgs,
        view::{FitView, RanState},
    },
    ticket,
};
use ::code::{Choice, CommitId, Fit, Release, Repository, Trace, Version};
use domain::{Frame, Millis};
use store::StoredRepo;

/// Versions of one question that are held against its trace.
const MOST: usize = 8;

pub(super) enum Where {
    At(Stand),
    /// And what it may be.
    Nowhere(RanState, Vec<String>),
}

pub(super) struct Stand {
    pub(super) commit: CommitId,
    /// As the repository calls it; of what was no release yet, the commit.
    pub(super) at: String,
    /// The release that it is, or was to become.
    pub(super) release: Option<String>,
    /// Where there was something to choose from.
    pub(super) candidates: Vec<String>,
    pub(super) fit: Option<FitView>,
}

/// What there is to go by.
pub(super) struct Asked<'a> {
    /// What somebody chose goes before everything.
    pub(super) chosen: Option<&'a str>,
    /// As they were written, the ticket's own first.
    pub(super) versions: &'a [String],
    pub(super) frames: &'a [&'a Frame],
    /// Of a ticket.
    pub(super) written_at: Option<Millis>,
}

/// When the ticket of a question was written; of a pasted text nobody knows.
pub(super) fn written_at(engine: &Engine, args: &SeenArgs) -> Result<Option<Millis>> {
    args.ticket.as_deref().map(|id| Ok(ticket::find(engine, id)?.ticket.created_at)).transpose()
}

struct Candidate {
    commit: CommitId,
    at: String,
    release: Option<String>,
    day: Option<Millis>,
}

/// `repository`: `None` where it cannot be read just now; then the first version that is said is the one.
pub(super) fn of(repo: &StoredRepo, known: &Known, repository: Option<&Repository>, asked: &Asked<'_>) -> Where {
    if repo.read_at.is_none() {
        return Where::Nowhere(RanState::Unread, Vec::new());
    }
    let stand = |commit, at| Stand { commit, release: Some(at), at: String::new(), candidates: Vec::new(), fit: None };
    if let Some(chosen) = asked.chosen {
        return match known.releases.choose(chosen) {
            Choice::One(release) => {
                Where::At(Stand { at: release.name.clone(), ..stand(release.commit, release.name.clone()) })
            }
            several @ Choice::Several(_) => Where::Nowhere(RanState::Several, releases::names(&several)),
            // A branch, or the commit of a day.
            Choice::Unknown => match commit_of(known, chosen) {
                Ok((commit, at)) => Where::At(Stand { at, release: None, ..stand(commit, String::new()) }),
                Err(_) => Where::Nowhere(RanState::UnknownVersion, Vec::new()),
            },
        };
    }
    let Some(first) = super::ran::first_version(asked.versions) else {
        return Where::Nowhere(RanState::NoVersion, Vec::new());
    };
    let candidates = candidates(known, asked);
    // `>=5.4 <6` is said of a problem, not of one installation.
    let said = if first.contains(['<', '>']) { Choice::Unknown } else { known.releases.choose(first) };
    let told = match &said {
        Choice::One(release) => candidates.iter().position(|one| one.at == release.name),
        _ => None,
    };
    let best = repository.and_then(|repository| best(known, repository, &candidates, asked.frames, told));
    let names = || candidates.iter().filter(|one| one.day.is_none()).map(|one| one.at.clone()).collect::<Vec<_>>();
    let Some(at) = best.as_ref().map(|(at, _)| *at).or(told) else {
        return match said {
            several @ Choice::Several(_) => Where::Nowhere(RanState::Several, releases::names(&several)),
            _ => Where::Nowhere(RanState::UnknownVersion, Vec::new()),
        };
    };
    let Some(one) = candidates.get(at) else { return Where::Nowhere(RanState::UnknownVersion, Vec::new()) };
    let fit = best.filter(|_| Some(at) != told).map(|(_, fit)| FitView {
        agree: fit.agree,
        of: fit.agree + fit.differ,
        said: first.to_owned(),
        release: one.release.clone(),
        day: one.day.map(|day| day.0),
    });
    let candidates = if candidates.len() > 1 { names() } else { Vec::new() };
    Where::At(Stand { commit: one.commit, at: one.at.clone(), release: one.release.clone(), candidates, fit })
}

/// Everything that the versions of a question may mean, the first that is said first.
fn candidates(known: &Known, asked: &Asked<'_>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut add = |one: Candidate| {
        if found.len() < MOST && !found.iter().any(|other| other.commit == one.commit) {
            found.push(one);
        }
    };
    for version in asked.versions.iter().filter(|version| !version.contains(['<', '>'])) {
        let releases: Vec<&Release> = match known.releases.choose(version) {
            Choice::One(release) => vec![release],
            Choice::Several(releases) => releases,
            Choice::Unknown => coming(known, version),
        };
        for release in releases {
            let name = Some(release.name.clone());
            add(Candidate { commit: release.commit, at: release.name.clone(), release: name.clone(), day: None });
            if let Some((commit, day)) = asked.written_at.and_then(|day| Some((unreleased(known, release, day)?, day)))
            {
                add(Candidate { commit, at: commit.to_string(), release: name, day: Some(day) });
            }
        }
    }
    found
}

/// Of a snapshot of a release: the release that it became.
fn coming<'k>(known: &'k Known, version: &str) -> Vec<&'k Release> {
    let lower = version.to_ascii_lowercase();
    let Some(at) = lower.find("snapshot").or_else(|| lower.find("-dev")) else { return Vec::new() };
    match known.releases.choose(version.get(..at).unwrap_or_default().trim_end_matches(['-', '.', '_'])) {
        Choice::One(release) => vec![release],
        _ => Vec::new(),
    }
}

/// A trace that was written down before the release was made ran on what it was by then.
fn unreleased(known: &Known, release: &Release, day: Millis) -> Option<CommitId> {
    let made = known.history.get(known.history.place(release.commit)?)?.committed_at;
    (made.saturating_mul(1000) > day.0).then(|| known.history.on_day(release.commit, day.0 / 1000))?
}

/// The candidate that the frames fit better than any other, and better than what is told. `None` where nothing tells them apart.
fn best(
    known: &Known,
    repository: &Repository,
    candidates: &[Candidate],
    frames: &[&Frame],
    told: Option<usize>,
) -> Option<(usize, Fit)> {
    let trace = |frame: &&Frame| {
        Some((frame.file.as_deref()?, frame.line?)).map(|(file, line)| (frame.function.clone(), file.to_owned(), line))
    };
    let traces: Vec<(String, String, u32)> = frames.iter().filter_map(trace).collect();
    if candidates.len() < 2 || traces.is_empty() {
        return None;
    }
    let traces: Vec<Trace<'_>> =
        traces.iter().map(|(function, file, line)| Trace { function, file, line: *line }).collect();
    let mut fits: Vec<(usize, Fit)> = Vec::new();
    for (at, one) in candidates.iter().enumerate() {
        let files = known.files(repository, one.commit).ok()?;
        fits.push((at, Version::new(repository, one.commit, &files).fit(&traces)));
    }
    let top = fits.iter().map(|(_, fit)| *fit).max().filter(|top| top.agree > 0)?;
    let mut tops = fits.into_iter().filter(|(_, fit)| *fit == top);
    let first = tops.next()?;
    // What is told wins a tie; of several that nobody told apart, none is guessed.
    if told.is_some_and(|told| first.0 == told || tops.clone().any(|(at, _)| at == told)) {
        return None;
    }
    (told.is_some() || tops.next().is_none()).then_some(first)
}
