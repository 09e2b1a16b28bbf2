//! The code that ran: the frames of a question, in the repositories, at what the customer runs.

use super::{
    Known, frames, map,
    place::{self, Asked, Where},
};
use crate::{
    Engine, Error, Result,
    api::{
        args::RanArgs,
        view::{RanRepoView, RanState, RanView},
    },
    lanes::Turn,
    seen,
};
use ::code::Version;
use domain::{Frame, Question, Signature};
use store::StoredRepo;

/// Errors of one question that are looked at: as many as the pane shows.
const ERRORS: usize = 5;

/// Asked apart from the answer itself, which waits for no repository.
pub(crate) fn ran(engine: &Engine, args: &RanArgs) -> Result<RanView> {
    let turn = engine.lanes.enter(args.lane.as_deref());
    let question = seen::question(engine, &args.question)?;
    let version = running(&question).map(str::to_owned);
    let frames = frames_of(&question);
    let written_at = place::written_at(engine, &args.question)?;
    let mut repos = Vec::new();
    for (repo, folders) in homes(engine, &question)? {
        if turn.is_stale() {
            return Err(Error::Superseded);
        }
        let chosen = args.at.as_deref().filter(|_| args.repo.as_deref().is_none_or(|name| name == repo.name.as_str()));
        let known = Known::of(engine, &repo)?;
        let asked = Asked { chosen, versions: &question.versions, frames: &frames, written_at };
        let mut view = of(&repo, &known, &asked, &question.traced, &turn)?;
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

/// The repositories that may have code of a question, with the folders in which it lies; everywhere where nobody says so.
pub(super) fn homes(engine: &Engine, question: &Question) -> Result<Vec<(StoredRepo, Option<Vec<String>>)>> {
    let homes = map::homes(engine, question)?;
    let repos = engine.core.store.repos()?.into_iter().map(|repo| {
        let folders = homes.as_ref().map(|homes| {
            let own = homes.iter().filter(|home| home.repo == repo.name.as_str());
            own.map(|home| home.folder.clone()).collect::<Vec<_>>()
        });
        (repo, folders)
    });
    // Of a product whose home is known, no other repository has code.
    Ok(repos.filter(|(_, folders)| folders.as_ref().is_none_or(|folders| !folders.is_empty())).collect())
}

/// What the customer runs, as it was written: the same as the verdict goes by.
pub(crate) fn running(question: &Question) -> Option<&str> {
    first_version(&question.versions)
}

pub(super) fn first_version(versions: &[String]) -> Option<&str> {
    versions.iter().map(String::as_str).find(|version| domain::Version::parse(version).is_some())
}

/// Those of the product; a stack trace that has none of them is its library's own. What spans name comes last.
pub(super) fn frames_of(question: &Question) -> Vec<&Frame> {
    let own = |signature: &&Signature| signature.frames.iter().any(|frame| frame.in_project);
    let signatures = question.signatures.iter().take(ERRORS).filter(own);
    let mut frames: Vec<&Frame> = Vec::new();
    let thrown = signatures.flat_map(|signature| &signature.frames).filter(|frame| frame.in_project);
    for frame in thrown.chain(&question.traced) {
        let is_known = |known: &&Frame| known.raw == frame.raw && known.function == frame.function;
        if frames.len() < frames::MOST && !frames.iter().any(is_known) {
            frames.push(frame);
        }
    }
    frames
}

fn of(repo: &StoredRepo, known: &Known, asked: &Asked<'_>, traced: &[Frame], turn: &Turn) -> Result<RanRepoView> {
    let mut view = RanRepoView {
        repo: repo.name.to_string(),
        state: RanState::Resolved,
        at: None,
        commit: None,
        main: known.refs.main.clone(),
        candidates: Vec::new(),
        fit: None,
        frames: Vec::new(),
        failure: None,
    };
    let repository = known.open();
    let stand = match place::of(repo, known, repository.as_ref().ok(), asked) {
        Where::At(stand) => stand,
        Where::Nowhere(state, candidates) => return Ok(RanRepoView { state, candidates, ..view }),
    };
    view.commit = Some(stand.commit.to_string());
    view.at = Some(stand.at.clone());
    (view.candidates, view.fit) = (stand.candidates, stand.fit);
    let read = || -> Result<_> {
        let repository = repository?;
        let files = known.files(&repository, stand.commit)?;
        let version = Version::new(&repository, stand.commit, &files);
        let mut found = Vec::new();
        for frame in asked.frames {
            if turn.is_stale() {
                return Err(Error::Superseded);
            }
            found.push(match traced.iter().any(|one| one == *frame) {
                true => frames::traced(&version, &stand.at, frame),
                false => frames::view(&version, &stand.at, frame),
            });
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
