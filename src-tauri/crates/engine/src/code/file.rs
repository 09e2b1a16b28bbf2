//! A file at a version, and two versions of it side by side.

use super::{Known, find};
use crate::{
    Engine, Error, Result,
    api::{
        args::{CompareArgs, FileArgs},
        view::{ChangedLineView, CompareView, FileView, HunkView},
    },
};
use ::code::{Choice, CommitId, History};

/// Lines on either side of the one that is looked at.
const REACH: u32 = 200;
const FARTHEST: u32 = 4_000;

pub(crate) fn get(engine: &Engine, args: &FileArgs) -> Result<FileView> {
    let repo = find(engine, Some(&args.repo))?;
    let known = Known::of(engine, &repo)?;
    let (commit, at) = commit_of(&known, &args.at)?;
    let repository = known.open()?;
    let source = repository.source(commit, &args.path).ok_or_else(|| missing(&args.path, &at))?;
    let reach = args.reach.unwrap_or(REACH).min(FARTHEST);
    let near = source.near(args.line.unwrap_or(1).clamp(1, source.len().max(1)), reach);
    Ok(FileView {
        repo: repo.name.to_string(),
        commit: commit.to_string(),
        total: source.len(),
        first: near.first().map_or(1, |(first, _)| *first),
        lines: near.into_iter().map(|(_, text)| text).collect(),
        permalink: known.forge().and_then(|forge| forge.line(commit, &args.path, args.line)),
        path: args.path.clone(),
        at,
    })
}

pub(crate) fn compare(engine: &Engine, args: &CompareArgs) -> Result<CompareView> {
    let repo = find(engine, Some(&args.repo))?;
    let known = Known::of(engine, &repo)?;
    let (older, from) = commit_of(&known, &args.from)?;
    let (newer, to) = commit_of(&known, &args.to)?;
    let repository = known.open()?;
    let source = |commit, at: &str| repository.source(commit, &args.path).ok_or_else(|| missing(&args.path, at));
    let found = source(older, &from)?.compare(&source(newer, &to)?)?;
    let hunks = found.hunks.into_iter().map(|hunk| HunkView {
        lines: hunk
            .lines
            .into_iter()
            .map(|line| ChangedLineView { older: line.older, newer: line.newer, text: line.text })
            .collect(),
    });
    Ok(CompareView {
        repo: repo.name.to_string(),
        path: args.path.clone(),
        from,
        to,
        hunks: hunks.collect(),
        cut: found.cut,
    })
}

fn missing(path: &str, at: &str) -> Error {
    Error::NotFound { what: "text file", id: format!("{path} at {at}") }
}

/// A branch by its whole name, a release, or the beginning of a commit's name.
pub(crate) fn commit_of(known: &Known, at: &str) -> Result<(CommitId, String)> {
    if let Some(found) = known.refs.all.iter().find(|one| one.name == at) {
        return Ok((found.commit, found.name.clone()));
    }
    if let Choice::One(release) = known.releases.choose(at) {
        return Ok((release.commit, release.name.clone()));
    }
    let commit = |history: &History| Some(history.get(history.find(&at.to_lowercase())?)?.id);
    match commit(&known.history) {
        Some(commit) => Ok((commit, commit.to_string())),
        None => Err(Error::NotFound { what: "release", id: at.into() }),
    }
}
