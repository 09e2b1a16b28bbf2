//! The knowledge folder and the team's: getting, giving, and what to choose where two edits meet. The leaf does it; here
//! is decided in which order, and each way over the network stands in the ledger before a byte leaves.

mod view;

use super::{choose, place, read, shelf};
use crate::{
    Engine, Error, Result,
    api::{
        args::{KnowledgeCloneArgs, KnowledgeDiffArgs, KnowledgeResolveArgs, KnowledgeShareArgs},
        view::{
            KnowledgeConflict, KnowledgeDiff, KnowledgeLine, KnowledgeMarked, KnowledgePast, KnowledgeShared,
            KnowledgeStanding, KnowledgeView,
        },
    },
};
use ::knowledge::{Address, Choice, Outcome, Shelf, Team};
use domain::SourceName;
use std::sync::PoisonError;

/// The ledger's page of it.
const SOURCE: &str = "knowledge";
/// When the team's changes were last got, among the preferences: it belongs to this machine.
const GOT: &str = "knowledge.got";
/// How often the team may be faster before we say so.
const TRIES: usize = 4;
const GO_ON: &dyn Fn() -> bool = &|| false;

pub(crate) fn clone(engine: &Engine, args: &KnowledgeCloneArgs) -> Result<KnowledgeView> {
    engine.must_own()?;
    let _turn = engine.core.sharing.lock().unwrap_or_else(PoisonError::into_inner);
    let (address, root) = (Address::read(&args.address)?, place(&args.path)?);
    noted(engine, "clone of the knowledge folder", &address, || Ok(Team::clone(&address, &root, GO_ON)?))?;
    got_now(engine)?;
    // Of an empty place, or a repository that held something else so far.
    let shelf = Shelf::open(&root).or_else(|_| Shelf::make(&root))?;
    choose(engine, &shelf)
}

/// `None` before a folder was chosen, and of one that is no repository.
pub(crate) fn standing(engine: &Engine) -> Result<Option<KnowledgeStanding>> {
    match opened(engine) {
        Ok((_, Some(team))) => Ok(Some(view::standing(engine, &team)?)),
        Ok((_, None)) | Err(Error::NoKnowledge) => Ok(None),
        Err(error) => Err(error),
    }
}

fn opened(engine: &Engine) -> Result<(Shelf, Option<Team>)> {
    let shelf = shelf(engine)?;
    let team = Team::open(shelf.root())?;
    Ok((shelf, team))
}

fn team(engine: &Engine) -> Result<Team> {
    opened(engine)?.1.ok_or_else(|| ::knowledge::Error::NotShared.into())
}

/// Commits what was edited, and brings what the team did into the folder, where nobody has to choose.
pub(crate) fn pull(engine: &Engine, args: &KnowledgeShareArgs) -> Result<KnowledgeShared> {
    engine.must_own()?;
    let _turn = engine.core.sharing.lock().unwrap_or_else(PoisonError::into_inner);
    let team = team(engine)?;
    let address = team.address()?.ok_or(::knowledge::Error::NotShared)?;
    let kept = team.keep(args.message.as_deref(), engine.core.clock.now())?.is_some();
    let (outcome, marked) = get(engine, &team, &address)?;
    Ok(KnowledgeShared { marked, ..shared(engine, &team, outcome, kept, 0)? })
}

/// The same, and gives what was done here to the team.
pub(crate) fn push(engine: &Engine, args: &KnowledgeShareArgs) -> Result<KnowledgeShared> {
    engine.must_own()?;
    let _turn = engine.core.sharing.lock().unwrap_or_else(PoisonError::into_inner);
    let (shelf, there) = opened(engine)?;
    let asked = |text: &'_ String| !text.trim().is_empty();
    let to = args.to.as_ref().filter(|to| asked(to)).map(|to| Address::read(to)).transpose()?;
    let team = match (there, &to) {
        (Some(team), _) => team,
        (None, Some(_)) => Team::begin(shelf.root())?,
        (None, None) => return Err(::knowledge::Error::NotShared.into()),
    };
    let kept = team.keep(args.message.as_deref(), engine.core.clock.now())?.is_some();
    if let Some(to) = &to {
        team.share(to)?;
    }
    let address = team.address()?.ok_or(::knowledge::Error::NotShared)?;
    let branch = args.branch.as_deref().map(str::trim).filter(|branch| !branch.is_empty());
    let mut marked = Vec::new();
    for _ in 0..TRIES {
        let (outcome, came) = get(engine, &team, &address)?;
        marked.extend(came);
        if matches!(outcome, Outcome::Waits(_)) {
            return Ok(KnowledgeShared { marked, ..shared(engine, &team, outcome, kept, 0)? });
        }
        let ahead = team.standing()?.ahead;
        if ahead == 0 || noted(engine, "knowledge that was shared", &address, || Ok(team.give(branch, GO_ON)?))? {
            return Ok(KnowledgeShared { marked, ..shared(engine, &team, outcome, kept, ahead as u64)? });
        }
    }
    Err(::knowledge::Error::Faster.into())
}

/// What came of it, and what of that deserves a second look.
fn get(engine: &Engine, team: &Team, address: &Address) -> Result<(Outcome, Vec<KnowledgeMarked>)> {
    noted(engine, "the team's knowledge", address, || Ok(team.get(GO_ON)?))?;
    got_now(engine)?;
    let marked = team.marked()?.into_iter().map(view::marked).collect();
    Ok((team.meet(engine.core.clock.now())?, marked))
}

fn got_now(engine: &Engine) -> Result<()> {
    Ok(engine.core.store.set_preference(GOT, &engine.core.clock.now().0.to_string())?)
}

fn shared(engine: &Engine, team: &Team, outcome: Outcome, kept: bool, given: u64) -> Result<KnowledgeShared> {
    if matches!(outcome, Outcome::Taken(_)) || kept {
        read(engine)?;
    }
    view::shared(engine, team, outcome, kept, given)
}

/// Stands in the ledger before it begins. Git's own traffic: how many bytes it was is git's to know. What goes into a
/// folder leaves by no request of ours.
fn noted<T>(engine: &Engine, purpose: &str, address: &Address, run: impl FnOnce() -> Result<T>) -> Result<T> {
    let Some((host, path)) = address.server() else { return run() };
    let (store, source) = (&engine.core.store, SourceName::from_text(SOURCE));
    let request = store::Request { source: &source, host, method: "GIT", path, purpose };
    let number = store.begin_request(&request, engine.core.clock.now())?;
    let done = run();
    // As git ended: with 0, or with what stopped it.
    let failed = done.as_ref().err().map(Error::code);
    store.end_request(number, failed.is_none().then_some(0), failed, 0, 0)?;
    done
}

pub(crate) fn history(engine: &Engine, id: &str) -> Result<Vec<KnowledgePast>> {
    let (team, path) = (team(engine)?, path_of(engine, id)?);
    Ok(team.history(&path)?.into_iter().map(view::past).collect())
}

pub(crate) fn blame(engine: &Engine, id: &str) -> Result<Vec<KnowledgeLine>> {
    let (team, path) = (team(engine)?, path_of(engine, id)?);
    Ok(team.blame(&path)?.into_iter().map(view::line).collect())
}

pub(crate) fn diff(engine: &Engine, args: &KnowledgeDiffArgs) -> Result<Vec<KnowledgeDiff>> {
    let team = team(engine)?;
    let path = args.id.as_deref().map(|id| path_of(engine, id)).transpose()?;
    let diffs = team.diff(path.as_deref(), args.commit.as_deref())?;
    Ok(diffs.into_iter().map(|diff| KnowledgeDiff { path: diff.path, patch: diff.patch }).collect())
}

/// Of an entry or a rule, by its id or its path.
fn path_of(engine: &Engine, id: &str) -> Result<String> {
    let (state, id) = (shelf(engine)?.read()?, id.trim());
    let entries = state.entries.iter().map(|entry| (&entry.id, &entry.path));
    let unread = state.unread.iter().map(|unread| (&unread.path, &unread.path));
    let all = entries.chain(state.rules.iter().map(|rule| (&rule.id, &rule.path))).chain(unread);
    let mut found: Vec<&String> = all.filter(|(own, path)| *own == id || *path == id).map(|(_, path)| path).collect();
    found.dedup();
    match found[..] {
        [] => Err(Error::NotFound { what: "entry", id: id.into() }),
        [path] => Ok(path.clone()),
        _ => Err(Error::Ambiguous { id: id.into(), keys: found.into_iter().cloned().collect() }),
    }
}

pub(crate) fn conflicts(engine: &Engine) -> Result<Vec<KnowledgeConflict>> {
    match opened(engine)?.1 {
        Some(team) => Ok(team.conflicts()?.into_iter().map(view::conflict).collect()),
        None => Ok(Vec::new()),
    }
}

/// Chooses for one file; once every file has its choice, the team's changes are in the folder.
pub(crate) fn resolve(engine: &Engine, args: &KnowledgeResolveArgs) -> Result<KnowledgeShared> {
    engine.must_own()?;
    let _turn = engine.core.sharing.lock().unwrap_or_else(PoisonError::into_inner);
    let choice = match (args.side.as_deref().map(str::trim), &args.text) {
        (Some("ours"), None) => Choice::Ours,
        (Some("theirs"), None) => Choice::Theirs,
        (None, Some(text)) => Choice::Text(text.clone()),
        _ => return Err(Error::BadInput("choose ours or theirs, or give the text as it is to be".into())),
    };
    let team = team(engine)?;
    // An edit that was made meanwhile belongs to our side, and asks anew where it is about the same.
    let now = engine.core.clock.now();
    let kept = team.keep(None, now)?.is_some();
    team.settle(args.path.trim(), &choice)?;
    let outcome = team.meet(now)?;
    shared(engine, &team, outcome, kept, 0)
}
