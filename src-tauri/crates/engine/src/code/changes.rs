//! What changed between two versions, nearest first to the frames of a question, and the files to look at.

use super::{
    Known, deploys, find, frames,
    place::{self, Asked, Where},
    ran, said, told,
};
use crate::{
    Engine, Result,
    api::{
        args::{ChangesArgs, SeenArgs},
        view::{ChangeIssueView, ChangePartView, ChangeView, ChangesView, SuspectView},
    },
    seen,
};
use ::code::{
    CommitId, History, Release, Releases, Repository, Version,
    changes::{Change, Reason, Span, Spot, changes},
    history::Place,
    suspects::{Basis, Clues, suspects},
};
use domain::{Frame, Question};
use std::collections::HashMap;
use store::StoredRepo;

const SHOWN: usize = 50;
/// Statements that count as places, and how much the first of them does beside a frame.
const SPOTS: usize = 6;
const SAID: f64 = 0.6;
const FILES: usize = 10;
/// Similar tickets whose fixes are looked at.
const SIMILAR: u32 = 30;

pub(crate) fn list(engine: &Engine, args: &ChangesArgs) -> Result<ChangesView> {
    let asked =
        args.question.ticket.is_some() || args.question.text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let question = if asked { Some(seen::question(engine, &args.question)?) } else { None };
    let repo = find(engine, args.repo.as_deref())?;
    let known = Known::of(engine, &repo)?;
    let (to, to_name, release) = match args.to.as_deref() {
        Some(to) => named(frames::chosen(&known, Some(to))?),
        None => running(engine, &repo, &known, question.as_ref(), &args.question)?,
    };
    let from = match args.from.as_deref() {
        Some(from) => Some(frames::chosen(&known, Some(from))?),
        None => previous(&known.releases, &release).map(|release| (release.commit, release.name.clone())),
    };
    let until = match &args.question.as_of {
        Some(at) => Some(seen::asked_at(engine, &args.question)?.0 / 1000).filter(|_| !at.is_empty()),
        None => None,
    };
    let scene = Scene {
        engine,
        repo: repo.name.as_str(),
        known: &known,
        to,
        from: from.as_ref().map(|(from, _)| *from),
        until,
    };
    let found = scene.look(question.as_ref(), &args.paths, asked.then_some(&args.question))?;
    let first = first_releases(&known);
    let forge = known.forge();
    let view = |change: &Change| {
        let commit = known.history.get(change.place)?;
        Some(ChangeView {
            commit: commit.id.to_string(),
            subject: commit.subject.to_string(),
            author: known.history.author(commit).to_owned(),
            at: commit.authored_at.saturating_mul(1000),
            release: first.get(&change.place).map(|release| release.name.clone()),
            issues: commit.mentions.iter().map(|mention| issue(engine, &known, &mention.key)).collect(),
            url: forge.map(|forge| forge.commit(commit.id)),
            near: change.near().map(|reason| reason_word(reason).to_owned()),
            files: commit.files,
            score: change.score(),
            parts: change.parts.iter().map(part_view).collect(),
        })
    };
    let written_at = asked.then(|| place::written_at(engine, &args.question)).transpose()?.flatten();
    let begun = from.as_ref().and_then(|(from, name)| begun_at(&known, *from, name));
    let ended = until.map(|until| until.saturating_mul(1000)).or(written_at.map(|at| at.0));
    Ok(ChangesView {
        deploys: deploys::between(engine, repo.name.as_str(), begun, ended)?,
        repo: repo.name.to_string(),
        from: from.map(|(_, name)| name),
        to: to_name,
        found: found.changes.len() as u32,
        changes: found.changes.iter().take(SHOWN).filter_map(view).collect(),
        files: found.files,
    })
}

/// Where a name leads, as far as that is known here.
fn issue(engine: &Engine, known: &Known, key: &str) -> ChangeIssueView {
    let ticket = super::tickets::stored(engine, known, key).ok().flatten();
    let url = known.forge().and_then(|forge| forge.issue(key));
    ChangeIssueView { key: key.to_owned(), id: ticket.map(|ticket| ticket.key.to_string()), url }
}

/// When people could have the release, as far as anybody says: it was published, or its commit was made.
fn begun_at(known: &Known, commit: CommitId, name: &str) -> Option<i64> {
    let published = told::view(&known.told, name).and_then(|told| told.at);
    let made = || Some(known.history.get(known.history.place(commit)?)?.committed_at.saturating_mul(1000));
    published.or_else(made)
}

/// What a question is about; what the customer says may be no release here: then it is looked through up to today. The
/// commit, its name, and the release that it is or was to become.
fn running(
    engine: &Engine,
    repo: &StoredRepo,
    known: &Known,
    question: Option<&Question>,
    args: &SeenArgs,
) -> Result<(CommitId, String, String)> {
    if let Some(question) = question {
        let frames = ran::frames_of(question);
        let written_at = place::written_at(engine, args)?;
        let asked = Asked { chosen: None, versions: &question.versions, frames: &frames, written_at };
        let repository = known.open().ok();
        if let Where::At(stand) = place::of(repo, known, repository.as_ref(), &asked) {
            let release = stand.release.unwrap_or_else(|| stand.at.clone());
            return Ok((stand.commit, stand.at, release));
        }
    }
    Ok(named(frames::chosen(known, None)?))
}

fn named((commit, name): (CommitId, String)) -> (CommitId, String, String) {
    (commit, name.clone(), name)
}

/// What a question is looked through for, in one repository.
pub(super) struct Scene<'a> {
    pub(super) engine: &'a Engine,
    pub(super) repo: &'a str,
    pub(super) known: &'a Known,
    pub(super) to: CommitId,
    pub(super) from: Option<CommitId>,
    /// UTC seconds.
    pub(super) until: Option<i64>,
}

pub(super) struct Look {
    changes: Vec<Change>,
    pub(super) files: Vec<SuspectView>,
}

impl Scene<'_> {
    /// `similar`: as it was asked, to find tickets like it.
    pub(super) fn look(
        &self,
        question: Option<&Question>,
        paths: &[String],
        similar: Option<&SeenArgs>,
    ) -> Result<Look> {
        let repository = self.known.open()?;
        let files = self.known.files(&repository, self.to)?;
        let version = Version::new(&repository, self.to, &files);
        let named = |path: &String| Spot { path: path.clone(), line: None, symbol: None, weight: 1.0 };
        let mut spots: Vec<Spot> = paths.iter().map(named).collect();
        spots.extend(question.map(|question| spots_of(&version, &ran::frames_of(question))).unwrap_or_default());
        let said = question.map(|question| self.said(question, &repository, &version)).transpose()?.unwrap_or_default();
        let frames = spots.clone();
        spots.extend(said.iter().cloned());
        let text = question.map(text_of).unwrap_or_default();
        let span = Span { from: self.from, to: self.to, spots: &spots, text: &text, until: self.until };
        let found = changes(&self.known.history, Some(&repository), &span);
        let fixes = similar.map(|asked| self.fixes(asked)).transpose()?.unwrap_or_default();
        let names = question.map(names_of).unwrap_or_default();
        let clues = Clues { spots: &frames, said: &said, changes: &found, fixes: &fixes, names: &names, files: &files };
        let looked = suspects(&self.known.history, &clues);
        let files = looked.into_iter().take(FILES).map(|one| SuspectView {
            score: one.score(),
            parts: one
                .parts
                .iter()
                .map(|(basis, points)| ChangePartView {
                    reason: basis_word(*basis).into(),
                    points: *points,
                    detail: String::new(),
                })
                .collect(),
            path: one.path,
        });
        Ok(Look { changes: found, files: files.collect() })
    }

    /// Where the code says what the question quotes.
    fn said(&self, question: &Question, repository: &Repository, version: &Version<'_>) -> Result<Vec<Spot>> {
        let literals = self.known.literals(repository, self.to, &|| false)?;
        let found = said::found(question, &literals, &|| false)?;
        let spot = |(rank, one): (usize, said::Found)| {
            let source = version.source(&one.at.path);
            Spot {
                line: Some(one.at.line),
                symbol: source.and_then(|source| source.outline().name_at(one.at.line)),
                path: one.at.path,
                weight: SAID / (1.0 + 0.2 * rank as f64),
            }
        };
        Ok(found.into_iter().take(SPOTS).enumerate().map(spot).collect())
    }

    /// The commits that fixed tickets like this one, as far as they were made by then.
    fn fixes(&self, asked: &SeenArgs) -> Result<Vec<(Place, f64)>> {
        let asked = SeenArgs { k: Some(SIMILAR), lane: None, ..asked.clone() };
        let seen = seen::seen_before(self.engine, &asked)?;
        let history = &self.known.history;
        let undone = super::unlinked::of(self.engine, self.repo)?;
        let mut found = Vec::new();
        for (rank, hit) in seen.hits.iter().enumerate() {
            let weight = 1.0 / (1.0 + 0.25 * rank as f64);
            for place in history.naming(&hit.display_id) {
                let commit = history.get(*place);
                if commit.is_some_and(|commit| undone.contains(&(hit.display_id.clone(), commit.id))) {
                    continue;
                }
                if self.until.is_none_or(|until| commit.is_some_and(|commit| commit.committed_at < until)) {
                    found.push((*place, weight));
                }
            }
        }
        Ok(found)
    }
}

/// Where the frames lead, innermost first.
fn spots_of(version: &Version<'_>, frames: &[&Frame]) -> Vec<Spot> {
    let mut spots = Vec::new();
    for frame in frames {
        let Some(found) =
            frame.file.as_deref().and_then(|file| version.lead(&frame.raw, &frame.function, file, frame.line))
        else {
            continue;
        };
        let weight = 1.0 / (1.0 + 0.2 * spots.len() as f64);
        // A line of another text leads astray; the file is still the one.
        let line = found.line.filter(|_| !found.differs);
        let symbol = found.symbol.filter(|_| line.is_some());
        spots.push(Spot { path: found.path, line, symbol, weight });
    }
    spots
}

fn text_of(question: &Question) -> String {
    let terms = question.identifiers.iter().chain(&question.phrases);
    std::iter::once(&question.title).chain(terms).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Classes that the ticket names, those of its title first.
fn names_of(question: &Question) -> Vec<(String, f64)> {
    let mut names: Vec<(String, f64)> = Vec::new();
    let mut add = |text: &str, weight: f64| {
        for word in text.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
            let is_name =
                word.len() >= 5 && word.chars().any(char::is_uppercase) && word.chars().any(char::is_lowercase);
            if is_name && names.len() < 200 && !names.iter().any(|(known, _)| known == word) {
                names.push((word.to_owned(), weight));
            }
        }
    };
    add(&question.title, 1.0);
    question.identifiers.iter().for_each(|name| add(name, 0.6));
    add(&question.body, 0.4);
    names
}

/// The release before one: of its own line if there is one, else the highest below it.
pub(crate) fn previous<'a>(releases: &'a Releases, name: &str) -> Option<&'a Release> {
    let all = releases.all();
    let usable = |release: &&Release| !release.is_prerelease() && !release.is_branch;
    match all.iter().find(|release| release.name == name) {
        Some(own) => all.iter().rev().filter(usable).find(|release| release.version < own.version),
        // A branch: what was released last.
        None => all.iter().rev().find(usable),
    }
}

/// Of each commit, the release that had it first.
fn first_releases(known: &Known) -> HashMap<Place, &Release> {
    let history: &History = &known.history;
    let mut releases: Vec<(i64, Place, &Release)> = Vec::new();
    for release in known.releases.all() {
        if let Some(place) = history.place(release.commit)
            && let Some(commit) = history.get(place)
        {
            releases.push((commit.committed_at, place, release));
        }
    }
    releases.sort_by_key(|(at, place, _)| (*at, *place));
    let mut first: HashMap<Place, &Release> = HashMap::new();
    for (_, place, release) in releases {
        let mut open = vec![place];
        while let Some(place) = open.pop() {
            if first.contains_key(&place) {
                continue;
            }
            first.insert(place, release);
            open.extend(history.get(place).into_iter().flat_map(|commit| commit.parents.iter().copied()));
        }
    }
    first
}

fn part_view(part: &::code::changes::Part) -> ChangePartView {
    ChangePartView { reason: reason_word(part.reason).into(), points: part.points, detail: part.detail.clone() }
}

fn reason_word(reason: Reason) -> &'static str {
    match reason {
        Reason::SameLine => "same_line",
        Reason::SameSymbol => "same_symbol",
        Reason::SameFile => "same_file",
        Reason::SameDirectory => "same_directory",
        Reason::Recent => "recent",
        Reason::Small => "small",
        Reason::Words => "words",
    }
}

fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Frame => "stack_frame",
        Basis::Said => "said",
        Basis::Named => "named",
        Basis::SimilarFix => "similar_fix",
        Basis::Changed => "changed",
    }
}
