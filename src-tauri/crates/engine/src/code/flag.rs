//! The lines that read a feature flag, at what a ticket's customer runs and where development happens.

use super::{
    Known, frames, map,
    place::{self, Asked, Where},
    ran,
};
use crate::{
    Engine, Error, Result,
    api::{
        args::FlagLinesArgs,
        view::{CodeFrameView, FlagAtView, FlagRepoView, FlagView},
    },
    lanes::Turn,
    seen,
};
use ::code::{CommitId, Flag, How, Repository, Statement, Version};
use domain::Question;
use std::sync::Arc;

/// Of each version.
const SHOWN: usize = 12;

pub(crate) fn lines(engine: &Engine, args: &FlagLinesArgs) -> Result<FlagView> {
    let turn = engine.lanes.enter(args.lane.as_deref());
    let flag = args.flag.trim();
    if flag.is_empty() {
        return Err(Error::BadInput("name a feature flag, as the code does".into()));
    }
    let asked = args.question.as_ref();
    let question = match asked {
        Some(asked) => seen::question(engine, asked)?,
        None => Question { product: args.product.clone(), ..Question::default() },
    };
    let written_at = asked.map(|asked| place::written_at(engine, asked)).transpose()?.flatten();
    let ran = ran::frames_of(&question);
    let mut repos = Vec::new();
    for (repo, folders) in ran::homes(engine, &question)? {
        if args.repo.as_deref().is_some_and(|name| name != repo.name.as_str()) {
            continue;
        }
        let known = Known::of(engine, &repo)?;
        // A disk that is not there today says nothing.
        let Ok(repository) = known.open() else { continue };
        let at = |commit: CommitId, at: String| -> Result<FlagAtView> {
            let found = read(&known, &repository, commit, flag, &turn)?;
            let files = known.files(&repository, commit)?;
            let version = Version::new(&repository, commit, &files);
            let own =
                |path: &str| folders.as_ref().is_none_or(|all| all.iter().any(|folder| map::lies_in(path, folder)));
            let lines = found.lines.iter().filter(|line| own(&line.path));
            let lines: Vec<CodeFrameView> = lines
                .filter_map(|line| {
                    let place = Statement { path: line.path.clone(), line: line.line, letters: flag.len() };
                    frames::said(&version, &at, flag, &place, how(line.how))
                })
                .take(SHOWN)
                .collect();
            Ok(FlagAtView { at, total: found.total as u32, lines, cut: found.cut })
        };
        let asked = Asked { chosen: args.at.as_deref(), versions: &question.versions, frames: &ran, written_at };
        let theirs = match place::of(&repo, &known, Some(&repository), &asked) {
            Where::At(stand) => Some((stand.commit, stand.at)),
            Where::Nowhere(..) => None,
        };
        let main = frames::chosen(&known, None).ok();
        let today = main.filter(|(main, _)| theirs.as_ref().is_none_or(|(theirs, _)| theirs != main));
        let theirs = theirs.map(|(commit, name)| at(commit, name)).transpose()?;
        let today = today.map(|(commit, name)| at(commit, name)).transpose()?;
        let is_there = |view: &Option<FlagAtView>| view.as_ref().is_some_and(|view| view.total > 0);
        if is_there(&theirs) || is_there(&today) {
            repos.push(FlagRepoView { repo: repo.name.to_string(), theirs, today });
        }
    }
    Ok(FlagView { flag: flag.to_owned(), repos })
}

fn how(how: How) -> &'static str {
    match how {
        How::Name => "flag",
        How::Constant => "constant",
        How::Settings => "settings",
        How::Test => "test",
    }
}

/// All files of a version are looked through the first time.
fn read(known: &Known, repository: &Repository, at: CommitId, flag: &str, turn: &Turn) -> Result<Arc<Flag>> {
    match known.flag(repository, at, flag, &|| turn.is_stale()) {
        Err(Error::Code(::code::Error::Cancelled)) => Err(Error::Superseded),
        other => other,
    }
}
