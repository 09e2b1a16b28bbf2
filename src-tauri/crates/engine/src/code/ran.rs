//! The code that ran: the frames of a question, in the repositories, at what the customer runs.

use super::{Known, frames, map, releases};
use crate::{
    Engine, Error, Result,
    api::{
        args::RanArgs,
        view::{RanRepoView, RanState, RanView},
    },
    lanes::Turn,
    seen,
};
use ::code::{Choice, CommitId, Repository, Version};
use domain::{Frame, Question, Signature};
use std::path::Path;
use store::StoredRepo;

/// Errors of one question that are looked at: as many as the pane shows.
const ERRORS: usize = 5;

/// Asked apart from the answer itself, which waits for no repository.
pub(crate) fn ran(engine: &Engine, args: &RanArgs) -> Result<RanView> {
    let turn = engine.lanes.enter(args.lane.as_deref());
    let question = seen::question(engine, &args.question)?;
    let version = running(&question).map(str::to_owned);
    let frames = frames_of(&question);
    let homes = map::homes(engine, &question)?;
    let mut repos = Vec::new();
    for repo in engine.core.store.repos()? {
        if turn.is_stale() {
            return Err(Error::Superseded);
        }
        // Of a product whose home is known, no other repository has code.
        let folders = homes.as_ref().map(|homes| {
            let own = homes.iter().filter(|home| home.repo == repo.name.as_str());
            own.map(|home| home.folder.as_str()).collect::<Vec<_>>()
        });
        if folders.as_ref().is_some_and(Vec::is_empty) {
            continue;
        }
        let chosen = args.at.as_deref().filter(|_| args.repo.as_deref().is_none_or(|name| name == repo.name.as_str()));
        let known = Known::of(engine, &repo)?;
        let mut view = of(&repo, &known, &frames, chosen, version.as_deref(), &turn)?;
        if let Some(folders) = folders {
            let is_home = |path: &str| folders.iter().any(|folder| map::lies_in(path, folder));
            view.frames.retain(|frame| frame.path.as_deref().is_some_and(is_home));
        }
        repos.push(view);
    }
    // The product's own repository is the one that has most of them.
    repos.sort_by_key(|repo| std::cmp::Reverse(repo.frames.len()));
    Ok(RanView { version, frames: frames.len() as u32, repos })
}

/// What the customer runs, as it was written: the same as the verdict goes by.
pub(crate) fn running(question: &Question) -> Option<&str> {
    question.versions.iter().map(String::as_str).find(|version| domain::Version::parse(version).is_some())
}

/// Those of the product; a trace that has none of them is its library's own.
pub(super) fn frames_of(question: &Question) -> Vec<&Frame> {
    let own = |signature: &&Signature| signature.frames.iter().any(|frame| frame.in_project);
    let signatures = question.signatures.iter().take(ERRORS).filter(own);
    let mut frames: Vec<&Frame> = Vec::new();
    for frame in signatures.flat_map(|signature| &signature.frames).filter(|frame| frame.in_project) {
        if frames.len() < frames::MOST && !frames.iter().any(|known| known.raw == frame.raw) {
            frames.push(frame);
        }
    }
    frames
}

fn of(
    repo: &StoredRepo,
    known: &Known,
    wanted: &[&Frame],
    chosen: Option<&str>,
    version: Option<&str>,
    turn: &Turn,
) -> Result<RanRepoView> {
    let mut view = RanRepoView {
        repo: repo.name.to_string(),
        state: RanState::Resolved,
        at: None,
        commit: None,
        main: known.refs.main.clone(),
        candidates: Vec::new(),
        frames: Vec::new(),
        failure: None,
    };
    let (commit, at) = match place(repo, known, chosen, version) {
        Place::At(commit, at) => (commit, at),
        Place::Nowhere(state, candidates) => return Ok(RanRepoView { state, candidates, ..view }),
    };
    view.commit = Some(commit.to_string());
    view.at = Some(at.clone());
    let read = || -> Result<_> {
        let repository = Repository::open(Path::new(&repo.path))?;
        let files = known.files(&repository, commit)?;
        let version = Version::new(&repository, commit, &files);
        let mut found = Vec::new();
        for frame in wanted {
            if turn.is_stale() {
                return Err(Error::Superseded);
            }
            found.push(frames::view(&version, &at, frame));
        }
        Ok(found)
    };
    match read() {
        Ok(found) => view.frames = found.into_iter().filter(|frame| frame.path.is_some()).collect(),
        Err(Error::Superseded) => return Err(Error::Superseded),
        // It may lie on a disk that is not there today; the other repositories answer all the same.
        Err(error) => (view.state, view.failure) = (RanState::Unreadable, Some(error.view())),
    }
    Ok(view)
}

enum Place {
    At(CommitId, String),
    Nowhere(RanState, Vec<String>),
}

/// What was chosen, else what the question says. What is not known is not guessed.
fn place(repo: &StoredRepo, known: &Known, chosen: Option<&str>, version: Option<&str>) -> Place {
    if repo.read_at.is_none() {
        return Place::Nowhere(RanState::Unread, Vec::new());
    }
    if let Some(head) = chosen.and_then(|chosen| known.refs.all.iter().find(|one| one.name == chosen)) {
        return Place::At(head.commit, head.name.clone());
    }
    let Some(asked) = chosen.or(version) else { return Place::Nowhere(RanState::NoVersion, Vec::new()) };
    // `>=5.4 <6` is said of a problem, not of one installation.
    if asked.contains(['<', '>']) {
        return Place::Nowhere(RanState::UnknownVersion, Vec::new());
    }
    match known.releases.choose(asked) {
        Choice::One(release) => Place::At(release.commit, release.name.clone()),
        Choice::Unknown => Place::Nowhere(RanState::UnknownVersion, Vec::new()),
        several @ Choice::Several(_) => Place::Nowhere(RanState::Several, releases::names(&several)),
    }
}
