//! What a lead has to look at, each with why, what weighs most first: problems that nobody wrote down, drafts that nobody
//! validated, entries with a cause to look at, entries that say the same twice.

use super::{
    capture::waiting,
    edit,
    list::{code_causes, known_errors},
    near::{Near, about},
    shelf,
};
use crate::{
    Engine, Error, Result,
    api::{
        args::MergeEntriesArgs,
        view::{CurateItem, CurateView, EntriesMerged, FreshnessCause},
    },
    code::linked::Linked,
};
use ::knowledge::{Confidence, Entry, Kind, State};
use serde_json::json;
use std::collections::{BTreeMap, HashMap, HashSet};
use store::TieBy;

/// Fewer solved tickets of one problem are no known error yet.
const FEW: usize = 2;
/// A trace that so many tickets have says nothing of their problem.
const COMMON: usize = 200;
/// Clusters that are shown.
const CLUSTERS: usize = 20;
/// What a ticket weighs that went to engineering, besides being one.
const ESCALATED: u32 = 3;

pub(crate) fn list(engine: &Engine) -> Result<CurateView> {
    let store = &engine.core.store;
    let state = match shelf(engine).and_then(|shelf| Ok(shelf.read()?)) {
        Ok(state) => Some(state),
        Err(Error::NoKnowledge | Error::Knowledge(_)) => None,
        Err(error) => return Err(error),
    };
    let escalated: HashSet<String> = store.escalations()?.into_iter().map(|one| one.ticket).collect();
    let aside = store.aside("")?;
    let mut items = engineers(engine)?;
    // What only engineering solves says more than that it was not written down.
    let theirs: HashSet<&String> = items.iter().flat_map(|item| &item.tickets).collect();
    let mut unwritten = clusters(engine)?;
    unwritten.retain(|item| !item.tickets.iter().all(|ticket| theirs.contains(ticket)));
    items.extend(unwritten);
    if let Some(state) = &state {
        items.extend(drafts(state));
        items.extend(duplicates(state));
        items.extend(changed_code(engine, state)?);
    }
    items.extend(looks(engine)?);
    items.extend(repeats(engine)?);
    items.retain(|item| !aside.contains_key(&item.item));
    for item in &mut items {
        item.escalated = item.tickets.iter().filter(|ticket| escalated.contains(*ticket)).count() as u32;
        item.weight = item.tickets.len() as u32 + ESCALATED * item.escalated;
    }
    items.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.item.cmp(&b.item)));
    let mut shown = 0;
    items.retain(|item| {
        shown += usize::from(item.kind == "cluster");
        item.kind != "cluster" || shown <= CLUSTERS
    });
    Ok(CurateView { items, to_capture: waiting(engine)?.len() as u64, folder: state.is_some() })
}

fn item(kind: &str, of: &str, title: &str) -> CurateItem {
    CurateItem {
        item: format!("{kind}:{of}"),
        kind: kind.into(),
        title: title.into(),
        paths: Vec::new(),
        titles: Vec::new(),
        why: Vec::new(),
        tickets: Vec::new(),
        escalated: 0,
        weight: 0,
    }
}

/// Problems of which every ticket was solved by engineering alone: what support was not taught yet. Called by the oldest.
fn engineers(engine: &Engine) -> Result<Vec<CurateItem>> {
    let history = crate::insights::history(engine)?;
    let all: Vec<&insights::Case> = history.cases.iter().collect();
    let only = insights::engineer_only(&all, &history.tiers).into_iter();
    // What always needs engineering is nothing to teach.
    let only: Vec<_> = only.filter(|(problem, _)| !history.judged.always.contains(problem)).take(CLUSTERS).collect();
    let named: Vec<i64> = only.iter().map(|(problem, _)| *problem).collect();
    let titles: HashMap<i64, String> =
        engine.core.store.problems_named(&named)?.into_iter().map(|one| (one.id, one.title)).collect();
    let mut found = Vec::new();
    for (problem, rows) in only {
        let tickets: Vec<String> = rows.into_iter().filter_map(|row| history.key(row)).collect();
        let (Some(oldest), Some(title)) = (tickets.first().cloned(), titles.get(&problem)) else { continue };
        found.push(CurateItem { tickets, ..item("engineers", &oldest, title) });
    }
    Ok(found)
}

/// Solved tickets that people or a trace call the same, and no known error has. Called by the oldest.
fn clusters(engine: &Engine) -> Result<Vec<CurateItem>> {
    let store = &engine.core.store;
    let solved = store.solved_unknown()?;
    let by_key: HashMap<String, usize> =
        solved.iter().enumerate().map(|(at, (_, key, _))| (key.to_string(), at)).collect();
    let by_row: HashMap<i64, usize> = solved.iter().enumerate().map(|(at, (row, ..))| (*row, at)).collect();
    let mut groups = Groups::of(solved.len());
    for tie in store.ties()?.into_iter().filter(|tie| tie.positive && tie.by != TieBy::KnownError) {
        if let (Some(one), Some(other)) = (by_key.get(&tie.from), by_key.get(&tie.to)) {
            groups.join(*one, *other);
        }
    }
    let mut by_trace: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (code, row) in store.traces_of_tickets()? {
        if let Some(at) = by_row.get(&row) {
            by_trace.entry(code).or_default().push(*at);
        }
    }
    for same in by_trace.values().filter(|same| same.len() <= COMMON) {
        for pair in same.windows(2) {
            if let [one, other] = pair {
                groups.join(*one, *other);
            }
        }
    }
    let mut found = Vec::new();
    for members in groups.all().into_iter().filter(|members| members.len() >= FEW) {
        let of: Vec<_> = members.iter().filter_map(|at| solved.get(*at)).collect();
        let Some((_, key, subject)) = of.first() else { continue };
        let tickets = of.iter().map(|(_, key, _)| key.to_string()).collect();
        found.push(CurateItem { tickets, ..item("cluster", &key.to_string(), subject) });
    }
    Ok(found)
}

/// What nobody looked at since it was written.
fn drafts(state: &State) -> Vec<CurateItem> {
    let raw = |entry: &&Entry| {
        matches!(entry.kind, Kind::KnownError | Kind::Article)
            && matches!(entry.confidence(), Confidence::NotValidated | Confidence::WorkInProgress)
    };
    let draft = |entry: &Entry| CurateItem {
        tickets: entry.tickets().to_vec(),
        paths: vec![entry.path.clone()],
        titles: vec![entry.title.clone()],
        ..item("draft", &entry.path, &entry.title)
    };
    state.entries.iter().filter(raw).map(draft).collect()
}

/// *Not the same*, once said, holds for ever: the pair is set aside by its paths.
fn duplicates(state: &State) -> Vec<CurateItem> {
    let live = state.entries.iter().filter(|entry| {
        matches!(entry.kind, Kind::KnownError | Kind::Article) && entry.confidence() != Confidence::Archived
    });
    let pair = |(a, b): (&Entry, &Entry)| CurateItem {
        tickets: a.tickets().iter().chain(b.tickets()).cloned().collect(),
        paths: vec![a.path.clone(), b.path.clone()],
        titles: vec![a.title.clone(), b.title.clone()],
        ..item("duplicate", &format!("{}|{}", a.path, b.path), &a.title)
    };
    let alike = Near::of(live.map(|entry| (entry, about(entry)))).pairs();
    alike.into_iter().filter(|(a, b)| a.kind == b.kind).map(pair).collect()
}

fn looks(engine: &Engine) -> Result<Vec<CurateItem>> {
    let store = &engine.core.store;
    let mut found = Vec::new();
    for row in known_errors(engine)?.into_iter().filter(|row| !row.causes.is_empty()) {
        let stored = crate::known::find(engine, &row.id)?;
        let rows = super::list::rows_of(engine, &stored)?;
        let tickets = store.ticket_rows(&rows)?.into_iter().map(|row| row.key.to_string()).collect();
        // Another cause is another item: what was set aside was the old one.
        let causes: Vec<&str> = row.causes.iter().map(|cause| cause.kind.as_str()).collect();
        found.push(CurateItem {
            tickets,
            paths: row.path.into_iter().collect(),
            titles: vec![row.id.clone()],
            why: row.causes.clone(),
            ..item("look", &format!("{}|{}", row.id, causes.join("+")), &row.title)
        });
    }
    Ok(found)
}

/// What was handed over although it was answered before: the answer was not found, not understood, or was not one.
fn repeats(engine: &Engine) -> Result<Vec<CurateItem>> {
    let again = engine.core.store.escalations()?.into_iter().filter(|one| one.author.is_none());
    let item = |one: store::StoredEscalation| {
        let (answer, why) = (one.repeat_of?, one.repeat_reason?);
        // An answer that was a ticket stands beside the one that came again.
        let earlier = Some(answer.clone()).filter(|answer| answer.contains(':'));
        let cause =
            FreshnessCause { kind: "repeat".into(), said: Some(why), worked: 0, tried: 0, id: None, code: None };
        Some(CurateItem {
            tickets: earlier.into_iter().chain([one.ticket]).collect(),
            titles: vec![answer],
            why: vec![cause],
            ..item("repeat", &one.id.to_string(), &one.title)
        })
    };
    Ok(again.filter_map(item).collect())
}

/// Articles whose code says something else by now; a known error stands with its other causes.
fn changed_code(engine: &Engine, state: &State) -> Result<Vec<CurateItem>> {
    let linked = Linked::of(engine)?;
    let articles = state
        .entries
        .iter()
        .filter(|entry| entry.kind != Kind::KnownError && entry.confidence() != Confidence::Archived);
    let look = |entry: &Entry| {
        let why = code_causes(&linked, entry);
        (!why.is_empty()).then(|| CurateItem {
            tickets: entry.tickets().to_vec(),
            paths: vec![entry.path.clone()],
            titles: vec![entry.id.clone()],
            why,
            ..item("look", &format!("{}|code", entry.path), &entry.title)
        })
    };
    Ok(articles.filter_map(look).collect())
}

/// One stays and gets the other's tickets; the other is archived and says where it went. Nothing is deleted.
pub(crate) fn merge(engine: &Engine, args: &MergeEntriesArgs) -> Result<EntriesMerged> {
    engine.must_own()?;
    let shelf = shelf(engine)?;
    if args.keep == args.archive {
        return Err(Error::BadInput("name two entries: one stays, the other is archived".into()));
    }
    let (keep, keep_before, mut kept) = edit::open(&shelf, args.keep.trim())?;
    let (gone, gone_before, mut archived) = edit::open(&shelf, args.archive.trim())?;
    let state = shelf.read()?;
    let tickets = |path: &str| {
        let entry = state.entries.iter().find(|entry| entry.path == path);
        entry.map(|entry| entry.tickets().to_vec()).unwrap_or_default()
    };
    let mut all = tickets(&keep);
    let more: Vec<String> = tickets(&gone).into_iter().filter(|ticket| !all.contains(ticket)).collect();
    if !more.is_empty() {
        all.extend(more);
        kept.set("tickets", &json!(all));
    }
    archived.set("confidence", &json!(Confidence::Archived.as_str()));
    archived.set("see", &json!(keep));
    Ok(EntriesMerged {
        keep: edit::change(engine, &shelf, keep, keep_before, kept.to_string())?,
        archived: edit::change(engine, &shelf, gone, gone_before, archived.to_string())?,
    })
}

/// Sets that grow together.
struct Groups(Vec<usize>);

impl Groups {
    fn of(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while let Some(up) = self.0.get(at).copied().filter(|up| *up != at) {
            let over = self.0.get(up).copied().unwrap_or(up);
            if let Some(slot) = self.0.get_mut(at) {
                *slot = over;
            }
            at = over;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        // The oldest is the root.
        if let Some(slot) = self.0.get_mut(one.max(other)) {
            *slot = one.min(other);
        }
    }

    fn all(&mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.0.len() {
            groups.entry(self.root(at)).or_default().push(at);
        }
        groups.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_grow_together_whichever_way_they_meet() {
        let mut groups = Groups::of(6);
        for (one, other) in [(4, 5), (1, 2), (5, 1), (2, 4)] {
            groups.join(one, other);
        }
        assert_eq!(groups.all(), [vec![0], vec![1, 2, 4, 5], vec![3]]);
    }
}
