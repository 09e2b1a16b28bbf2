//! What a question quotes of a log, and its error codes: the statements in the code that say so, at what the customer runs.

use super::{
    Known, frames, map,
    place::{self, Asked, Where},
    ran,
};
use crate::{
    Engine, Error, Result,
    api::{
        args::RanArgs,
        view::{CodeFrameView, QuotedRepoView, QuotedView},
    },
    lanes::Turn,
    seen,
};
use ::code::{CommitId, Literals, Repository, Statement, Version, error_codes};
use domain::Question;
use std::{collections::BTreeSet, sync::Arc};

/// Lines of a question that are looked for, and how much of each.
const LINES: usize = 400;
const LONGEST: usize = 600;
const CODES: usize = 20;
/// Statements of one question.
const MOST: usize = 12;
/// Words by which a line is one of a log, or an error's message.
const LEVELS: [&str; 12] =
    ["ERROR", "WARN", "WARNING", "INFO", "DEBUG", "FATAL", "SEVERE", "TRACE", "CRITICAL", "NOTICE", "PANIC", "ALERT"];

/// Asked apart, as reading the texts of a version takes a while the first time.
pub(crate) fn said(engine: &Engine, args: &RanArgs) -> Result<QuotedView> {
    let turn = engine.lanes.enter(args.lane.as_deref());
    let question = seen::question(engine, &args.question)?;
    let frames = ran::frames_of(&question);
    let written_at = place::written_at(engine, &args.question)?;
    let mut repos = Vec::new();
    for (repo, folders) in ran::homes(engine, &question)? {
        let chosen = args.at.as_deref().filter(|_| args.repo.as_deref().is_none_or(|name| name == repo.name.as_str()));
        let known = Known::of(engine, &repo)?;
        // A disk that is not there is told by the lines that ran.
        let Ok(repository) = known.open() else { continue };
        let asked = Asked { chosen, versions: &question.versions, frames: &frames, written_at };
        let Where::At(stand) = place::of(&repo, &known, Some(&repository), &asked) else { continue };
        let literals = texts(&known, &repository, stand.commit, &turn)?;
        let files = known.files(&repository, stand.commit)?;
        let version = Version::new(&repository, stand.commit, &files);
        let lines: Vec<CodeFrameView> = found(&question, &literals, &|| turn.is_stale())?
            .into_iter()
            .filter(|one| {
                folders.as_ref().is_none_or(|all| all.iter().any(|folder| map::lies_in(&one.at.path, folder)))
            })
            .filter_map(|one| frames::said(&version, &stand.at, &one.quoted, &one.at, one.basis))
            .take(MOST)
            .collect();
        if !lines.is_empty() {
            repos.push(QuotedRepoView { repo: repo.name.to_string(), at: stand.at, lines, cut: literals.cut });
        }
    }
    Ok(QuotedView { repos })
}

/// The texts of a version, read once.
pub(super) fn texts(known: &Known, repository: &Repository, at: CommitId, turn: &Turn) -> Result<Arc<Literals>> {
    match known.literals(repository, at, &|| turn.is_stale()) {
        Err(Error::Code(::code::Error::Cancelled)) => Err(Error::Superseded),
        other => other,
    }
}

/// A statement, and what of the question it says.
pub(super) struct Found {
    pub(super) quoted: String,
    pub(super) at: Statement,
    pub(super) basis: &'static str,
}

/// The fullest first; of one place, what says most.
pub(super) fn found(question: &Question, literals: &Literals, stop: &dyn Fn() -> bool) -> Result<Vec<Found>> {
    let mut found: Vec<Found> = Vec::new();
    for (line, sure) in lines_of(question) {
        if stop() {
            return Err(Error::Superseded);
        }
        let said = literals.of_line(&line, sure).into_iter();
        found.extend(said.map(|at| Found { quoted: line.clone(), at, basis: "log_line" }));
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.at.letters));
    for code in codes_of(question) {
        let said = literals.of_code(&code).into_iter();
        found.extend(said.map(|at| Found { quoted: code.clone(), at, basis: "error_code" }));
    }
    let mut places = BTreeSet::new();
    found.retain(|one| places.insert((one.at.path.clone(), one.at.line)));
    found.truncate(MOST * 2);
    Ok(found)
}

/// The lines that are no frames, each with whether it is one of a log or an error's message.
fn lines_of(question: &Question) -> Vec<(String, bool)> {
    let frames: BTreeSet<&str> =
        question.signatures.iter().flat_map(|one| &one.frames).map(|frame| frame.raw.as_str()).collect();
    let all = std::iter::once(question.title.as_str()).chain(question.body.lines()).map(str::trim);
    let told = all.filter(|line| line.len() > 12 && !line.starts_with("at ") && !frames.contains(line));
    let mut lines: Vec<(String, bool)> = Vec::new();
    for line in told.take(LINES) {
        let line: String = line.chars().take(LONGEST).collect();
        let level = line.split(|c: char| !c.is_alphabetic()).any(|word| LEVELS.contains(&word));
        let message = line.contains("Exception") || line.contains("Error:") || line.starts_with("Caused by");
        if !lines.iter().any(|(known, _)| *known == line) {
            lines.push((line, level || message));
        }
    }
    lines
}

fn codes_of(question: &Question) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    let text = format!("{}\n{}", question.title, question.body);
    for code in error_codes(&text) {
        if codes.len() < CODES && !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
        }
    }
    codes
}
