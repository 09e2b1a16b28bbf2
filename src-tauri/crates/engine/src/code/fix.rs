//! Where a fix is, and what that means for a version.

use super::{Known, deploys, find, notes, releases, tickets, unlinked};
use crate::{
    Engine, Error, Result,
    api::{
        args::FixArgs,
        view::{CodeFixView, DeployView, FixCommitView, FixElsewhereView},
    },
    ticket,
};
use ::code::{
    CommitId, History, Repository,
    fix::{CodeVerdict, FileState, Fix, FixState, PatchId, Sight, Subject, Why, follow},
    history::Place,
};
use domain::KnownErrorState;
use std::{
    cell::OnceCell,
    sync::{Arc, PoisonError},
};
use store::StoredRepo;

/// From nothing to customers having it; what was taken back is worth telling before what is only being made.
const STATES: [&str; 8] =
    ["none", "in_progress", "in_review", "reverted", "merged", "released", "deployed", "verified"];

/// In the repository that is named; else in all of them. The one that has come furthest goes first, and what the others
/// know of it is told beside.
pub(crate) fn get(engine: &Engine, args: &FixArgs) -> Result<CodeFixView> {
    if args.reference.trim().is_empty() {
        return Err(Error::BadInput("name an issue, a pull request or a commit: AMQ-100, #12, 3f2a91c".into()));
    }
    let mut repos = match &args.repo {
        Some(name) => vec![find(engine, Some(name))?],
        None => engine.core.store.repos()?,
    };
    // An address says whose number it is.
    let homes = repos.iter().map(|repo| {
        let known = Known::of(engine, repo)?;
        Ok(known.forge().is_some_and(|forge| forge.is_home_of(args.reference.trim())))
    });
    let homes = homes.collect::<Result<Vec<bool>>>()?;
    if homes.contains(&true) {
        let mut at_home = homes.into_iter();
        repos.retain(|_| at_home.next() == Some(true));
    }
    let deploys = deploys::all(engine)?;
    let views = repos.iter().map(|repo| of(engine, repo, args, &deploys)).collect::<Result<Vec<_>>>()?;
    let (mut having, without): (Vec<_>, Vec<_>) = views.into_iter().partition(|view| view.state != "none");
    // Stable: of equals, the one that was added first.
    having.sort_by_key(|view| std::cmp::Reverse(rank(view)));
    let mut having = having.into_iter();
    if let Some(first) = having.next() {
        return Ok(CodeFixView { also: having.map(elsewhere).collect(), ..first });
    }
    let mut view = without.into_iter().next().ok_or(Error::NoRepo)?;
    // Nobody works on it that the code knows of; somebody told us of it.
    if ticket::find(engine, args.reference.trim()).is_ok() {
        view.state = "reported".into();
    }
    Ok(view)
}

/// How far it has come.
pub(super) fn rank(view: &CodeFixView) -> Option<usize> {
    STATES.iter().position(|state| *state == view.state)
}

fn elsewhere(view: CodeFixView) -> FixElsewhereView {
    let releases = view.releases.into_iter().map(|release| release.name).collect();
    FixElsewhereView { repo: view.repo, state: view.state, releases, verdict: view.verdict }
}

pub(super) fn of(
    engine: &Engine,
    repo: &StoredRepo,
    args: &FixArgs,
    all_deploys: &[DeployView],
) -> Result<CodeFixView> {
    let known = Known::of(engine, repo)?;
    let subject = Subject::read(&args.reference, &known.history);
    let running = deploys::commits(all_deploys, repo.name.as_str());
    with(engine, repo, &known, &subject, &running, &mut |fix| {
        view_of(engine, repo, &known, args, (&subject, fix), all_deploys)
    })?
}

/// Follows a fix with all that is known here: what somebody undid, what the ticket's comments name, what lies in the repository.
pub(super) fn with<T>(
    engine: &Engine,
    repo: &StoredRepo,
    known: &Arc<Known>,
    subject: &Subject,
    running: &[CommitId],
    take: &mut dyn FnMut(&Fix<'_>) -> T,
) -> Result<T> {
    let patches = Patches { known, open: OnceCell::new() };
    let patch = |commit| patches.of(commit);
    let sketch = |commit| patches.sketch(commit);
    let file = |commit, path: &str| patches.file(commit, path);
    let undone = unlinked::of(engine, repo.name.as_str())?;
    let is_undone = |key: &str, commit| undone.contains(&(key.to_owned(), commit));
    let told = told(engine, known, subject)?;
    let sight = Sight {
        history: &known.history,
        refs: &known.refs,
        releases: &known.releases,
        links: known.links(),
        patch: &patch,
        sketch: &sketch,
        undone: &is_undone,
        running,
        told: &told,
        file: &file,
    };
    Ok(take(&follow(subject, &sight)))
}

/// What the comments of the ticket say of its fix.
pub(super) fn told(engine: &Engine, known: &Known, subject: &Subject) -> Result<Vec<CommitId>> {
    let Subject::Key(key) = subject else { return Ok(Vec::new()) };
    let store = &engine.core.store;
    let Some(ticket) = tickets::stored(engine, known, key)? else { return Ok(Vec::new()) };
    let Some(opened) = store.ticket(ticket.row)?.map(|stored| stored.ticket.created_at) else { return Ok(Vec::new()) };
    let comments = store.comments(ticket.row)?;
    let comments = comments.iter().map(|one| (one.comment.created_at.0 / 1000, one.comment.body.as_str()));
    Ok(::code::fix::told(&known.history, opened.0 / 1000, comments))
}

fn view_of(
    engine: &Engine,
    repo: &StoredRepo,
    known: &Known,
    args: &FixArgs,
    (subject, fix): (&Subject, &Fix<'_>),
    all_deploys: &[DeployView],
) -> Result<CodeFixView> {
    let running = args.version.as_deref().map(|version| known.releases.choose(version));
    let told = notes::told(known, subject, fix);
    // Where no commit says anything, the notes do, and it is said that they do.
    let noted = if fix.state == FixState::None { notes::releases(known, &told) } else { Vec::new() };
    let verdict = running.as_ref().map(|running| match noted.first() {
        Some(first) => notes::verdict(known, first, running),
        None => fix.verdict(running),
    });
    let release = |release: &&::code::Release| releases::view(known, release);
    let deployed = deploys::having(all_deploys, repo.name.as_str(), known, fix);
    // Reverted, it is nowhere for long, whatever runs today.
    let state = match state(fix.state) {
        "released" if is_verified(engine, &args.reference)? => "verified",
        "released" if !deployed.is_empty() => "deployed",
        "none" if !noted.is_empty() => "released",
        state => state,
    };
    let first: Vec<&::code::Release> = fix.first.iter().copied().chain(noted.iter().copied()).collect();
    Ok(CodeFixView {
        repo: repo.name.to_string(),
        reference: match subject {
            Subject::Key(key) => key.clone(),
            Subject::Commit(place) => known.history.get(*place).map(|commit| commit.id.to_string()).unwrap_or_default(),
        },
        state: state.into(),
        deployed,
        commits: fix.commits.iter().map(|commit| view(&known.history, commit)).collect(),
        releases: first.iter().map(release).collect(),
        early: fix.early.iter().map(release).collect(),
        by_files: fix.by_files.iter().map(|release| release.name.clone()).collect(),
        first_release: first.iter().map(|release| (release.line(), release.name.clone())).collect(),
        running: running.map(|running| releases::names(&running)),
        upgrade_to: verdict.as_ref().and_then(|verdict| match verdict {
            CodeVerdict::FixedLater { upgrade_to } => Some(upgrade_to.name.clone()),
            _ => None,
        }),
        since: verdict.as_ref().and_then(|verdict| match verdict {
            CodeVerdict::FixedInYours { since } => Some(since.name.clone()),
            _ => None,
        }),
        verdict: verdict.as_ref().map(|verdict| word(verdict).into()),
        basis: if noted.is_empty() { "commits" } else { "notes" }.into(),
        told,
        also: Vec::new(),
    })
}

/// Whether the team says of the known error that its fix holds.
fn is_verified(engine: &Engine, reference: &str) -> Result<bool> {
    let store = &engine.core.store;
    let mut rows = store.find_known_error(reference.trim())?;
    if let Ok(ticket) = ticket::find(engine, reference.trim()) {
        rows.extend(store.known_errors_of(&ticket.key)?);
    }
    for row in rows {
        if store.known_error(row)?.is_some_and(|known| known.error.state == KnownErrorState::FixVerified) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn state(state: FixState) -> &'static str {
    match state {
        FixState::None => "none",
        FixState::InProgress => "in_progress",
        FixState::InReview => "in_review",
        FixState::Merged => "merged",
        FixState::Released => "released",
        FixState::Reverted => "reverted",
    }
}

fn word(verdict: &CodeVerdict<'_>) -> &'static str {
    match verdict {
        CodeVerdict::Affected => "affected",
        CodeVerdict::FixedInYours { .. } => "fixed_in_yours",
        CodeVerdict::FixedLater { .. } => "fixed_later",
        CodeVerdict::Unknown => "unknown",
    }
}

fn view(history: &History, fix: &::code::fix::FixCommit) -> FixCommitView {
    let name = |place: Place| history.get(place).map(|commit| commit.id.to_string());
    let commit = history.get(fix.place);
    let (why, like) = match fix.why {
        Why::Named => ("named", None),
        Why::Branch => ("branch", None),
        Why::Told => ("comment", None),
        Why::Merged(with) => ("merged", name(with)),
        Why::Picked(of) => ("picked", name(of)),
        Why::SamePatch(of) => ("same_patch", name(of)),
    };
    FixCommitView {
        commit: name(fix.place).unwrap_or_default(),
        subject: commit.map(|commit| commit.subject.to_string()).unwrap_or_default(),
        author: commit.map(|commit| history.author(commit).to_owned()).unwrap_or_default(),
        at: commit.map(|commit| commit.authored_at.saturating_mul(1000)).unwrap_or_default(),
        why: why.into(),
        like,
        reverted_by: fix.reverted_by.and_then(name),
        gone: fix.gone,
        aside: fix.aside,
    }
}

/// What commits change, asked of the repository once and then remembered. Where the clone is elsewhere, copies are known by
/// what they say alone.
struct Patches<'a> {
    known: &'a Arc<Known>,
    open: OnceCell<Option<Repository>>,
}

impl Patches<'_> {
    fn sketch(&self, commit: CommitId) -> Option<u64> {
        let kept = || self.known.sketches.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sketch) = kept().get(&commit) {
            return *sketch;
        }
        let sketch = self.open.get_or_init(|| self.known.open().ok()).as_ref()?.sketch(commit);
        kept().insert(commit, sketch);
        sketch
    }

    fn file(&self, commit: CommitId, path: &str) -> Option<FileState> {
        let kept = || self.known.states.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(state) = kept().get(&commit).and_then(|paths| paths.get(path)) {
            return *state;
        }
        let state = self.open.get_or_init(|| self.known.open().ok()).as_ref()?.file_state(commit, path);
        kept().entry(commit).or_default().insert(path.into(), state);
        state
    }

    fn of(&self, commit: CommitId) -> Option<PatchId> {
        let kept = || self.known.patches.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(patch) = kept().get(&commit) {
            return *patch;
        }
        let open = self.open.get_or_init(|| self.known.open().ok());
        let patch = open.as_ref()?.patch_id(commit);
        kept().insert(commit, patch);
        patch
    }
}
