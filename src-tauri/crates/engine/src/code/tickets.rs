//! From the code to its tickets: those that a commit, a line, a file or a release belongs to, each with what says so.

use super::{Known, file::commit_of, find, line, notes, unlinked};
use crate::{
    Engine, Error, Result,
    api::{
        args::CodeTicketsArgs,
        view::{CodeTicketCommitView, CodeTicketView, CodeTicketsView},
    },
};
use ::code::{CommitId, History, history::Place};
use std::collections::HashSet;
use store::TicketRow;

/// Commits of a file or a release that are looked through, newest first.
const COMMITS: usize = 2_000;
const TICKETS: usize = 200;
/// Commits that are told of one ticket.
const TOLD: usize = 10;

pub(crate) fn list(engine: &Engine, args: &CodeTicketsArgs) -> Result<CodeTicketsView> {
    let repo = find(engine, args.repo.as_deref())?;
    let known = Known::of(engine, &repo)?;
    let history = &known.history;
    let asked = (args.commit.as_deref(), args.path.as_deref(), args.release.as_deref());
    let (about, places) = match asked {
        (Some(commit), None, None) => {
            let place = history.find(&commit.trim().to_lowercase());
            let missing = || Error::NotFound { what: "commit", id: commit.into() };
            let place = place.ok_or_else(missing)?;
            (history.get(place).map(|one| one.id.to_string()).unwrap_or_default(), vec![place])
        }
        (None, Some(path), None) => of_path(engine, &known, path, args)?,
        (None, None, Some(release)) => of_release(&known, release)?,
        _ => return Err(Error::BadInput("name a commit, a file or a release, and one of them".into())),
    };
    let mut found = Found { known: &known, undone: unlinked::of(engine, repo.name.as_str())?, rows: Vec::new() };
    let cut = places.len() > COMMITS;
    let looked = places.len().min(COMMITS);
    for place in places.iter().copied().take(COMMITS) {
        found.commit(place, looked == 1);
    }
    if let Some(release) = args.release.as_deref() {
        found.release(release);
    }
    let total = found.rows.len();
    let tickets = found.rows.into_iter().take(TICKETS).map(|row| view(engine, &known, row));
    Ok(CodeTicketsView {
        repo: repo.name.to_string(),
        about,
        commits: looked as u64,
        total: total as u64,
        tickets: tickets.collect::<Result<_>>()?,
        cut: cut || total > TICKETS,
    })
}

/// The commits that touched a file, or the one that changed a line of it last, up to a version. Newest first.
fn of_path(engine: &Engine, known: &Known, path: &str, args: &CodeTicketsArgs) -> Result<(String, Vec<Place>)> {
    let history = &known.history;
    let (at, name) = match args.at.as_deref() {
        Some(at) => commit_of(known, at)?,
        None => super::frames::chosen(known, None)?,
    };
    let Some(number) = args.line else {
        let touching = history.touching(path);
        if touching.is_empty() {
            return Err(Error::NotFound { what: "file", id: path.into() });
        }
        let end = history.place(at);
        let behind = end.map(|end| history.all_behind(end)).unwrap_or_default();
        let is_behind = |place: &Place| behind.get(*place as usize) == Some(&true);
        return Ok((format!("{path} at {name}"), touching.into_iter().rev().filter(is_behind).collect()));
    };
    let turn = engine.lanes.enter(args.lane.as_deref());
    let blamed = line::blame(&known.open()?, known, at, path, number, &turn)?;
    let missing = || Error::NotFound { what: "line", id: format!("{path}:{number} at {name}") };
    let (blamed, _) = blamed.ok_or_else(missing)?;
    Ok((format!("{path}:{number} at {name}"), history.place(blamed.commit).into_iter().collect()))
}

/// The commits that a release has and the release before it has not. Newest first.
fn of_release(known: &Known, asked: &str) -> Result<(String, Vec<Place>)> {
    let history = &known.history;
    let (commit, name) = super::frames::chosen(known, Some(asked))?;
    let place = |commit: CommitId| history.place(commit);
    let before = super::changes::previous(&known.releases, &name).and_then(|release| place(release.commit));
    let behind = place(commit).map(|end| history.all_behind(end)).unwrap_or_default();
    let before = before.map(|end| history.all_behind(end)).unwrap_or_default();
    let own = (0..history.len() as Place)
        .rev()
        .filter(|place| behind.get(*place as usize) == Some(&true) && before.get(*place as usize) != Some(&true));
    Ok((name, own.collect()))
}

#[derive(Default)]
struct Row {
    key: String,
    commits: Vec<(Place, &'static str, bool)>,
    total: u64,
    told: Option<crate::api::view::FixToldView>,
}

struct Found<'a> {
    known: &'a Known,
    undone: HashSet<(String, CommitId)>,
    rows: Vec<Row>,
}

impl Found<'_> {
    /// `alone`: somebody asks for this commit, so that the merge that brought it is worth looking for.
    fn commit(&mut self, place: Place, alone: bool) {
        let history: &History = &self.known.history;
        let Some(commit) = history.get(place) else { return };
        for mention in &commit.mentions {
            self.add(&mention.key, place, if mention.about { "message" } else { "mention" });
        }
        for key in self.known.links().of_commit(place) {
            self.add(key, place, "branch");
        }
        let with = if alone { self.known.links().of_merge(history, place) } else { Vec::new() };
        with.into_iter().for_each(|key| self.add(key, place, "merge"));
    }

    fn add(&mut self, key: &str, place: Place, basis: &'static str) {
        let id = self.known.history.get(place).map(|commit| commit.id);
        let undone = id.is_some_and(|id| self.undone.contains(&(key.to_owned(), id)));
        let at = self.row(key);
        let Some(row) = self.rows.get_mut(at) else { return };
        if row.commits.iter().any(|(known, ..)| *known == place) {
            return;
        }
        row.total += 1;
        if row.commits.len() < TOLD {
            row.commits.push((place, basis, undone));
        }
    }

    /// What the notes say of it.
    fn release(&mut self, asked: &str) {
        let ::code::Choice::One(release) = self.known.releases.choose(asked) else { return };
        for (key, note) in self.known.notes().under(&release.version) {
            let at = self.row(key);
            if let Some(row) = self.rows.get_mut(at) {
                row.told.get_or_insert_with(|| notes::view(self.known, note, None));
            }
        }
    }

    fn row(&mut self, key: &str) -> usize {
        if let Some(at) = self.rows.iter().position(|row| row.key == key) {
            return at;
        }
        self.rows.push(Row { key: key.to_owned(), ..Row::default() });
        self.rows.len() - 1
    }
}

fn view(engine: &Engine, known: &Known, row: Row) -> Result<CodeTicketView> {
    let ticket = stored(engine, known, &row.key)?;
    let commits = row.commits.into_iter().filter_map(|(place, basis, undone)| {
        let commit = known.history.get(place)?;
        Some(CodeTicketCommitView {
            commit: commit.id.to_string(),
            subject: commit.subject.to_string(),
            author: known.history.author(commit).to_owned(),
            at: commit.authored_at.saturating_mul(1000),
            basis: basis.into(),
            undone,
        })
    });
    Ok(CodeTicketView {
        key: row.key,
        commits: commits.collect(),
        total: row.total,
        told: row.told,
        id: ticket.as_ref().map(|ticket| ticket.key.to_string()),
        title: ticket.as_ref().map(|ticket| ticket.subject.clone()),
        status: ticket.map(|ticket| ticket.status.as_str().into()),
    })
}

/// The ticket of this workspace that a commit means by `AMQ-100`, `#12` of the repository's own forge, or `zendesk:12`.
pub(super) fn stored(engine: &Engine, known: &Known, key: &str) -> Result<Option<TicketRow>> {
    let store = &engine.core.store;
    let number = key.trim_start_matches(|c: char| !c.is_ascii_digit());
    let (own, helpdesk) = (key.starts_with(['#', '!']), key.starts_with("zendesk:"));
    let id = if own || helpdesk { number } else { key };
    let is_home = |url: &str| match own {
        true => known.forge().is_some_and(|forge| forge.is_home_of(url)),
        false => url.contains("/agent/tickets/"),
    };
    for row in store.find_ticket(id)? {
        let Some(stored) = store.ticket(row)? else { continue };
        if !(own || helpdesk) || stored.ticket.url.as_deref().is_some_and(is_home) {
            return Ok(store.ticket_rows(&[row])?.into_iter().next());
        }
    }
    Ok(None)
}

/// Every issue that a commit belongs to, whatever says so.
pub(super) fn keys_of(known: &Known, place: Place) -> Vec<String> {
    let history = &known.history;
    let own = history.get(place).into_iter().flat_map(|commit| &commit.mentions);
    let mut keys: Vec<String> = own.map(|mention| mention.key.to_string()).collect();
    keys.extend(known.links().of_commit(place).iter().map(ToString::to_string));
    keys.extend(known.links().of_merge(history, place).into_iter().map(str::to_owned));
    let mut seen = HashSet::new();
    keys.retain(|key| seen.insert(key.clone()));
    keys
}
