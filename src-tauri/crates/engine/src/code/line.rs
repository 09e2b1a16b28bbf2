//! One line at a version: who changed it last, and where it is by now.

use super::{Known, file::commit_of, find};
use crate::{
    Engine, Error, Result,
    api::{
        args::LineArgs,
        view::{BlameView, LineState, LineTodayView, LineView, OwnersView},
    },
    lanes::Turn,
};
use ::code::{Blamed, CommitId, Files, Repository, Today};

pub(crate) fn get(engine: &Engine, args: &LineArgs) -> Result<LineView> {
    let turn = engine.lanes.enter(args.lane.as_deref());
    let repo = find(engine, Some(&args.repo))?;
    let known = Known::of(engine, &repo)?;
    let (commit, at) = commit_of(&known, &args.at)?;
    let repository = known.open()?;
    let blame = blame(&repository, &known, commit, &args.path, args.line, &turn)?;
    let today = match super::frames::chosen(&known, None) {
        Ok((main, branch)) => {
            let files = known.files(&repository, main)?;
            Some(today(&repository, (commit, &args.path, args.line), (main, branch), &files)?)
        }
        // A clone of tags alone has no branch to be on today.
        Err(Error::NotFound { .. }) => None,
        Err(error) => return Err(error),
    };
    let permalink = blame.as_ref().and_then(|(blamed, _)| {
        known.forge().and_then(|forge| forge.line(blamed.commit, &blamed.path, Some(blamed.was)))
    });
    let owners = owners(&repository, &known, commit, &args.path);
    Ok(LineView { repo: repo.name.to_string(), at, blame: blame.map(|(_, view)| view), permalink, today, owners })
}

/// Who answers for a file today, where its path is still the same; at the version itself where the branch says nothing.
fn owners(repository: &Repository, known: &Known, at: CommitId, path: &str) -> Option<OwnersView> {
    let main = super::frames::chosen(known, None).ok().map(|(main, _)| main);
    [main, Some(at)].into_iter().flatten().find_map(|commit| {
        let owners = repository.owners(commit);
        let (names, pattern) = owners.of_file(path)?;
        Some(OwnersView { names: names.to_vec(), pattern: pattern.to_owned() })
    })
}

/// `None` where the file has no such line at that version.
pub(super) fn blame(
    repository: &Repository,
    known: &Known,
    at: CommitId,
    path: &str,
    line: u32,
    turn: &Turn,
) -> Result<Option<(Blamed, BlameView)>> {
    // The list that counts is the newest one: what is passed over was often named long after the release.
    let newest = super::frames::chosen(known, None).map_or(at, |(main, _)| main);
    let found = repository.blame(at, path, &[line..=line], &repository.customs(newest), &|| turn.is_stale());
    let found = match found {
        Err(::code::Error::Cancelled) => return Err(Error::Superseded),
        found => found?,
    };
    Ok(found.into_iter().next().map(|blamed| {
        let view = blame_view(&blamed);
        (blamed, view)
    }))
}

pub(super) fn blame_view(blamed: &Blamed) -> BlameView {
    BlameView {
        commit: blamed.commit.to_string(),
        author: blamed.author.clone(),
        at: blamed.at,
        summary: blamed.summary.clone(),
        path: blamed.path.clone(),
        line: blamed.was,
    }
}

fn today(
    repository: &Repository,
    (from, path, line): (CommitId, &str, u32),
    (main, branch): (CommitId, String),
    files: &Files,
) -> Result<LineTodayView> {
    let found = repository.follow(from, path, line, main, files)?;
    let (state, place) = match found {
        Today::Same { path, line } => (LineState::Same, Some((path, line))),
        Today::Changed { path, line } => (LineState::Changed, Some((path, line))),
        Today::Gone => (LineState::Gone, None),
    };
    let text = place.as_ref().and_then(|(path, line)| repository.source(main, path)?.line(*line));
    let (path, line) = place.map_or((None, None), |(path, line)| (Some(path), Some(line)));
    Ok(LineTodayView { at: branch, state, path, line, text })
}
