//! How well the code lane does on a workspace's own past tickets: whether frames lead to lines, whether those are the lines
//! that git shows, whether they lie in the functions that the frames name, and whether the files of the fix that came later
//! were among the files to look at.

use super::{Known, changes::Scene, find, ran};
use crate::{
    Engine, Result,
    api::{
        args::SeenArgs,
        view::{CodeExamView, HitShare},
    },
    seen,
};
use ::code::{
    Choice, CommitId, Files, Repository, Version, agrees,
    fix::{Sight, Subject, Why, follow},
    history::Place,
};
use domain::{Millis, Question};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    path::Path,
    time::Instant,
};
use store::{QueueFilter, StoredRepo, StoredTicket};

/// A fix of more files is a clean-up.
const WIDEST: u32 = 60;
/// Tickets that are read at once.
const PAGE: u64 = 500;

/// Here and now. `limit`: tickets that are looked through for files, newest first; all when left out. `progress` hears how
/// many tickets were read.
pub fn exam(engine: &Engine, repo: Option<&str>, limit: Option<u32>, progress: &dyn Fn(u64)) -> Result<CodeExamView> {
    let repo = find(engine, repo)?;
    let known = Known::of(engine, &repo)?;
    let repository = Repository::open(Path::new(&repo.path))?;
    let mut exam = Exam {
        engine,
        repo: &repo,
        known: &known,
        repository: &repository,
        view: CodeExamView::default(),
        shown: HashMap::new(),
        times: Vec::new(),
    };
    let most = limit.map_or(u64::MAX, u64::from);
    let (mut offset, mut looked) = (0, 0);
    loop {
        let page = engine.core.store.queue(QueueFilter::All, offset, PAGE)?;
        if page.rows.is_empty() {
            break;
        }
        for row in &page.rows {
            if let Some(ticket) = engine.core.store.ticket(row.row)? {
                looked += u64::from(exam.ticket(&ticket, looked < most)?);
            }
            offset += 1;
            progress(offset);
        }
    }
    exam.times.sort_by(f64::total_cmp);
    let at =
        |share: usize| exam.times.get(exam.times.len().saturating_sub(1) * share / 100).copied().unwrap_or_default();
    (exam.view.p50_ms, exam.view.p95_ms) = (at(50), at(95));
    exam.view.repo = repo.name.to_string();
    Ok(exam.view)
}

struct Exam<'a> {
    engine: &'a Engine,
    repo: &'a StoredRepo,
    known: &'a Known,
    repository: &'a Repository,
    view: CodeExamView,
    /// Files as the installed git shows them.
    shown: HashMap<(CommitId, String), Option<Vec<u8>>>,
    times: Vec<f64>,
}

impl Exam<'_> {
    /// Whether files were looked for.
    fn ticket(&mut self, stored: &StoredTicket, look: bool) -> Result<bool> {
        let question = seen::question_of(stored, None, &[]);
        let has_frames = !ran::frames_of(&question).is_empty();
        if has_frames && let Some(commit) = self.affected(&question) {
            let files = self.known.files(self.repository, commit)?;
            self.frames(&question, commit, &files);
        }
        if !look {
            return Ok(false);
        }
        let fix = self.fix_of(&stored.ticket.id);
        if fix.is_empty() {
            return Ok(false);
        }
        let at = stored.ticket.created_at;
        let Some(to) = self.affected(&question).or_else(|| self.released_before(at)) else { return Ok(false) };
        let files = self.known.files(self.repository, to)?;
        let history = &self.known.history;
        let paths = fix.iter().filter_map(|place| history.get(*place)).flat_map(|commit| history.paths(commit));
        let wanted: BTreeSet<&str> = paths.filter(|path| files.has(path) && !is_test(path)).collect();
        if wanted.is_empty() {
            return Ok(false);
        }
        let asked = |text: Option<String>| SeenArgs {
            ticket: text.is_none().then(|| stored.key.to_string()),
            text,
            as_of: Some(at.to_rfc3339()),
            exclude: Some(vec![stored.key.to_string()]),
            ..SeenArgs::default()
        };
        let began = Instant::now();
        let found = self.look(&question, to, at, &asked(None))?;
        if has_frames {
            self.times.push(began.elapsed().as_secs_f64() * 1000.0);
            count(&mut self.view.with_frames, &wanted, &found);
            let text = without_trace(&question);
            let args = asked(Some(text));
            let bare = seen::question(self.engine, &args)?;
            let found = self.look(&bare, to, at, &args)?;
            count(&mut self.view.trace_hidden, &wanted, &found);
        } else {
            count(&mut self.view.without_frames, &wanted, &found);
        }
        Ok(true)
    }

    fn look(&self, question: &Question, to: CommitId, at: Millis, asked: &SeenArgs) -> Result<Vec<String>> {
        let releases = self.known.releases.all();
        let name = releases.iter().find(|release| release.commit == to).map_or("", |release| release.name.as_str());
        let from = super::changes::previous(&self.known.releases, name).map(|release| release.commit);
        let until = Some(at.0 / 1000);
        let scene = Scene { engine: self.engine, repo: self.repo, known: self.known, to, from, until };
        let found = scene.look(Some(question), &[], Some(asked))?;
        Ok(found.files.into_iter().map(|file| file.path).collect())
    }

    /// The first of the versions that a ticket names which is one release.
    fn affected(&self, question: &Question) -> Option<CommitId> {
        question.versions.iter().filter(|version| !version.contains(['<', '>'])).find_map(|version| {
            match self.known.releases.choose(version) {
                Choice::One(release) => Some(release.commit),
                _ => None,
            }
        })
    }

    /// What was released last by then.
    fn released_before(&self, at: Millis) -> Option<CommitId> {
        let history = &self.known.history;
        let time =
            |commit: CommitId| history.place(commit).and_then(|place| history.get(place)).map(|one| one.committed_at);
        let dated =
            self.known.releases.all().iter().filter_map(|release| Some((time(release.commit)?, release.commit)));
        dated
            .filter(|(time, _)| time.saturating_mul(1000) < at.0)
            .max_by_key(|(time, _)| *time)
            .map(|(_, commit)| commit)
    }

    fn fix_of(&self, id: &str) -> Vec<Place> {
        let none = |_| None;
        let known = self.known;
        let sight = Sight { history: &known.history, refs: &known.refs, releases: &known.releases, patch: &none };
        let fix = follow(&Subject::Key(id.to_owned()), &sight);
        let named = fix.commits.into_iter().filter(|commit| commit.why == Why::Named).map(|commit| commit.place);
        named.filter(|place| known.history.get(*place).is_some_and(|commit| commit.files <= WIDEST)).collect()
    }

    fn frames(&mut self, question: &Question, at: CommitId, files: &Files) {
        let version = Version::new(self.repository, at, files);
        let mut seen = HashSet::new();
        for frame in
            question.signatures.iter().flat_map(|one| &one.frames).filter(|frame| seen.insert(frame.raw.as_str()))
        {
            let (Some(file), Some(line)) = (frame.file.as_deref(), frame.line) else { continue };
            if files.candidates(&frame.function, file).is_empty() {
                continue;
            }
            self.view.frames += 1;
            let Some((path, source)) = version
                .resolve(&frame.function, file, Some(line))
                .filter(|found| found.line.is_some())
                .and_then(|found| Some((found.path, found.source?)))
            else {
                continue;
            };
            self.view.resolved += 1;
            let key = (at, path.clone());
            let shown = self.shown.entry(key).or_insert_with(|| self.repository.shown_by_git(at, &path).ok());
            let is_same = shown
                .as_deref()
                .and_then(|bytes| nth(bytes, line))
                .is_some_and(|shown| source.line(line).as_deref() == Some(&shown));
            self.view.same_text += u64::from(is_same);
            match agrees(source.outline(), &path, &frame.function, line) {
                Some(true) => self.view.same_symbol += 1,
                Some(false) => self.view.other_symbol += 1,
                None => {}
            }
        }
    }
}

/// As a person counts lines in what git shows.
fn nth(bytes: &[u8], line: u32) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let found = text.lines().nth(usize::try_from(line).ok()?.checked_sub(1)?)?;
    Some(found.to_owned())
}

fn count(share: &mut HitShare, wanted: &BTreeSet<&str>, found: &[String]) {
    let hit = wanted.iter().filter(|path| found.iter().any(|one| one == *path)).count();
    share.tickets += 1;
    share.any += u64::from(hit > 0);
    share.all += u64::from(hit == wanted.len());
}

fn is_test(path: &str) -> bool {
    path.split('/').any(|part| matches!(part, "test" | "tests" | "__tests__" | "spec")) || path.contains("src/test")
}

/// The ticket as somebody writes it who has no log at hand.
fn without_trace(question: &Question) -> String {
    let raws: Vec<&str> =
        question.signatures.iter().flat_map(|one| &one.frames).map(|frame| frame.raw.as_str()).collect();
    let is_trace = |line: &&str| {
        let line = line.trim();
        line.starts_with("at ") || line.starts_with("...") || raws.iter().any(|raw| line.contains(raw))
    };
    let body: Vec<&str> = question.body.lines().filter(|line| !is_trace(line)).collect();
    format!("{}\n\n{}", question.title, body.join("\n"))
}
