//! How well the code lane does on a workspace's own past tickets: whether frames lead to lines, whether those are the lines
//! that git shows, whether they lie in the functions that the frames name, and whether the files of the fix that came later
//! were among the files to look at.

use super::{
    Known,
    changes::Scene,
    find, frames,
    place::{self, Asked, Stand, Where},
    ran,
    tracker::Tracked,
};
use crate::{
    Engine, Result,
    api::{
        args::SeenArgs,
        view::{CodeExamView, FrameShare, HitShare},
    },
    seen,
};
use ::code::{
    Choice, CommitId, History, Repository, Version, agrees,
    fix::{Sight, Subject, Why, follow},
    history::Place,
};
use domain::{Frame, Millis, Question};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    time::Instant,
};
use store::{QueueFilter, StoredRepo, StoredTicket};

/// A fix of more files is a clean-up.
const WIDEST: u32 = 60;
/// Tickets that are looked through for a long trace.
const LOOKED_THROUGH: u64 = 3_000;
/// Tickets that are read at once.
const PAGE: u64 = 500;

/// Here and now. `limit`: tickets that are looked through for files, newest first; all when left out. `progress` hears how
/// many tickets were read.
pub fn exam(engine: &Engine, repo: Option<&str>, limit: Option<u32>, progress: &dyn Fn(u64)) -> Result<CodeExamView> {
    let repo = find(engine, repo)?;
    let known = Known::of(engine, &repo)?;
    let repository = known.open()?;
    let mut exam = Exam {
        engine,
        repo: &repo,
        known: &known,
        repository: &repository,
        view: CodeExamView::default(),
        shown: HashMap::new(),
        times: Vec::new(),
        tracked: Tracked::default(),
    };
    let most = limit.map_or(u64::MAX, u64::from);
    let (mut offset, mut looked) = (0, 0);
    loop {
        let page = engine.core.store.queue(QueueFilter::All, &[], offset, PAGE)?;
        if page.rows.is_empty() {
            break;
        }
        for row in &page.rows {
            if let Some(ticket) = engine.core.store.ticket(row.row)? {
                looked += u64::from(exam.ticket(&ticket, looked < most)?);
                exam.tracked.ticket(engine, &repo, &known, &ticket)?;
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
    exam.view.tracker = exam.tracked.told(&known);
    Ok(exam.view)
}

/// The ticket whose first error has most frames that lead into the repository, with the release that it ran on.
pub(super) fn longest_trace(
    engine: &Engine,
    repo: &StoredRepo,
    known: &Known,
    repository: &Repository,
) -> Result<Option<(Question, CommitId, String)>> {
    let mut best: Option<(usize, Question, CommitId, String)> = None;
    let page = engine.core.store.queue(QueueFilter::All, &[], 0, LOOKED_THROUGH)?;
    for row in &page.rows {
        let Some(stored) = engine.core.store.ticket(row.row)? else { continue };
        let question = seen::question_of(&stored, None, &[]);
        let frames = ran::frames_of(&question);
        let Some(first) = question.signatures.first().map(|first| &first.frames) else { continue };
        if frames.is_empty() || best.as_ref().is_some_and(|(most, ..)| first.len() <= *most) {
            continue;
        }
        let asked = Asked {
            chosen: None,
            versions: &question.versions,
            frames: &frames,
            written_at: Some(stored.ticket.created_at),
        };
        if let Where::At(stand) = place::of(repo, known, Some(repository), &asked) {
            let release = stand.release.unwrap_or(stand.at);
            let files = known.files(repository, stand.commit)?;
            let version = Version::new(repository, stand.commit, &files);
            let lead = |frame: &&Frame| frames::view(&version, &release, frame).path.is_some();
            let leading = first.iter().filter(lead).count();
            if best.as_ref().is_none_or(|(most, ..)| leading > *most) {
                best = Some((leading, question, stand.commit, release));
            }
        }
    }
    Ok(best.map(|(_, question, commit, release)| (question, commit, release)))
}

/// Issues that commits name, those of the newest commits first.
pub(super) fn fixed_keys(history: &History, most: usize) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    let places = (0..history.len() as Place).rev();
    for mention in places.filter_map(|place| history.get(place)).flat_map(|commit| &commit.mentions) {
        if keys.len() < most && mention.about && !keys.iter().any(|known| **known == *mention.key) {
            keys.push(mention.key.to_string());
        }
    }
    keys
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
    tracked: Tracked,
}

impl Exam<'_> {
    /// Whether files were looked for.
    fn ticket(&mut self, stored: &StoredTicket, look: bool) -> Result<bool> {
        let question = seen::question_of(stored, None, &[]);
        let frames = ran::frames_of(&question);
        let has_frames = !frames.is_empty();
        let at = stored.ticket.created_at;
        let affected = self.affected(&question);
        // What the pane shows, beside what the ticket names first.
        let asked = Asked { chosen: None, versions: &question.versions, frames: &frames, written_at: Some(at) };
        let stand = match place::of(self.repo, self.known, Some(self.repository), &asked) {
            Where::At(stand) => Some(stand),
            Where::Nowhere(..) => None,
        };
        if has_frames {
            self.view.by_fit += u64::from(stand.as_ref().is_some_and(|stand| stand.fit.is_some()));
            if let Some(commit) = affected {
                let share = self.frames(&question, commit)?;
                self.view.named.add(share);
            }
            if let Some(commit) = stand.as_ref().map(|stand| stand.commit).or(affected) {
                let share = self.frames(&question, commit)?;
                self.view.shown.add(share);
            }
        }
        if !look {
            return Ok(false);
        }
        let fix = self.fix_of(&stored.ticket.id);
        if fix.is_empty() {
            return Ok(false);
        }
        let shown = stand.map(|Stand { commit, at, release, .. }| (commit, release.unwrap_or(at)));
        let named = |commit| (commit, self.name_of(commit));
        let Some((to, release)) = shown.or_else(|| affected.or_else(|| self.released_before(at)).map(named)) else {
            return Ok(false);
        };
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
        let found = self.look(&question, (to, &release), at, &asked(None))?;
        if has_frames {
            self.times.push(began.elapsed().as_secs_f64() * 1000.0);
            count(&mut self.view.with_frames, &wanted, &found);
            let text = without_trace(&question);
            let args = asked(Some(text));
            let bare = seen::question(self.engine, &args)?;
            let found = self.look(&bare, (to, &release), at, &args)?;
            count(&mut self.view.trace_hidden, &wanted, &found);
        } else {
            count(&mut self.view.without_frames, &wanted, &found);
        }
        Ok(true)
    }

    fn name_of(&self, commit: CommitId) -> String {
        let release = self.known.releases.all().iter().find(|release| release.commit == commit);
        release.map(|release| release.name.clone()).unwrap_or_default()
    }

    fn look(
        &self,
        question: &Question,
        (to, name): (CommitId, &str),
        at: Millis,
        asked: &SeenArgs,
    ) -> Result<Vec<String>> {
        let from = super::changes::previous(&self.known.releases, name).map(|release| release.commit);
        let until = Some(at.0 / 1000);
        let scene = Scene { engine: self.engine, repo: self.repo.name.as_str(), known: self.known, to, from, until };
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
        let sight = Sight {
            history: &known.history,
            refs: &known.refs,
            releases: &known.releases,
            links: known.links(),
            patch: &none,
            sketch: &|_| None,
            undone: &|_, _| false,
            running: &[],
            told: &[],
            file: &|_, _| None,
        };
        let fix = follow(&Subject::Key(id.to_owned()), &sight);
        let own = |why| matches!(why, Why::Named | Why::Branch | Why::Merged(_));
        let named = fix.commits.into_iter().filter(|commit| own(commit.why)).map(|commit| commit.place);
        named.filter(|place| known.history.get(*place).is_some_and(|commit| commit.files <= WIDEST)).collect()
    }

    /// Of every frame whose class exists at a version.
    fn frames(&mut self, question: &Question, at: CommitId) -> Result<FrameShare> {
        let files = self.known.files(self.repository, at)?;
        let version = Version::new(self.repository, at, &files);
        let mut share = FrameShare::default();
        let mut seen = HashSet::new();
        for frame in
            question.signatures.iter().flat_map(|one| &one.frames).filter(|frame| seen.insert(frame.raw.as_str()))
        {
            let (Some(file), Some(line)) = (frame.file.as_deref(), frame.line) else { continue };
            if files.candidates(&frame.function, file).is_empty() {
                continue;
            }
            share.frames += 1;
            let Some((path, source)) = version
                .resolve(&frame.function, file, Some(line))
                .filter(|found| found.line.is_some())
                .and_then(|found| Some((found.path, found.source?)))
            else {
                continue;
            };
            share.resolved += 1;
            let key = (at, path.clone());
            let shown = self.shown.entry(key).or_insert_with(|| self.repository.shown_by_git(at, &path).ok());
            let is_same = shown
                .as_deref()
                .and_then(|bytes| nth(bytes, line))
                .is_some_and(|shown| source.line(line).as_deref() == Some(&shown));
            share.same_text += u64::from(is_same);
            match agrees(source.outline(), &path, &frame.function, line) {
                Some(true) => share.same_symbol += 1,
                Some(false) => share.other_symbol += 1,
                None => {}
            }
        }
        Ok(share)
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
