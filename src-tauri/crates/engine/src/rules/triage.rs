//! Where tickets belong that come in: what the rules suggest for each that is open. It is kept in memory and follows the
//! store's change sequence, as the index does; what people said of a suggestion is kept in the store.

mod watch;

use super::{asked::Asked, live, scan, ticketed::Ticketed};
use crate::{
    Engine, Error, Result,
    api::{
        args::TriageArgs,
        view::{FeedbackReply, Queue, QueueRow, TriageView},
    },
    queue::row_view,
    ticket,
};
use ::knowledge::{Fit, Found, Lane, Rule, Triage};
use domain::{DocKind, Key, Millis, SourceName};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, MutexGuard, PoisonError, mpsc},
};
use store::{FeedbackVerdict, SaidOfRule, TicketRow};

/// What rules are called where somebody says something of them.
const SOURCE: &str = "rule";
/// Changes that are read at once.
const BATCH: usize = 500;

/// What was suggested so far.
#[derive(Default)]
pub(crate) struct Triaged {
    /// By these rules: where others speak by now, everything is looked at again.
    by: Arc<Vec<Rule>>,
    /// Up to this change.
    at: i64,
    open: BTreeMap<i64, Open>,
    /// Wakes whoever follows in the background, where somebody does.
    watch: Option<mpsc::Sender<()>>,
}

struct Open {
    key: String,
    updated_at: Millis,
    suggested: Vec<Suggested>,
}

struct Suggested {
    rule: String,
    title: String,
    triage: Triage,
    found: Vec<Found>,
}

fn lock(engine: &Engine) -> MutexGuard<'_, Triaged> {
    engine.core.triaged.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Other rules speak, or what they go by has changed.
pub(super) fn changed(engine: &Engine) {
    if let Some(watch) = &lock(engine).watch {
        // Nobody hears it once the workspace is let go.
        let _ = watch.send(());
    }
}

/// Reads what changed since the last time. Nobody waits long for it: others may ask between two batches.
fn follow(engine: &Engine) -> Result<()> {
    let (rules, at) = {
        // Before the rules are read: whoever waits here with older ones would put them back.
        let mut triaged = lock(engine);
        let rules = live::speaking(engine)?;
        if !Arc::ptr_eq(&triaged.by, &rules) {
            (triaged.by, triaged.at, triaged.open) = (Arc::clone(&rules), 0, BTreeMap::new());
        }
        (rules, triaged.at)
    };
    let sorting: Vec<&Rule> = rules.iter().filter(|rule| rule.triage.is_some()).collect();
    // Nothing new is most of what is asked for between two changes.
    if sorting.is_empty() || at == engine.core.store.sequence()? {
        return Ok(());
    }
    let asked = Asked::of(engine, &rules)?;
    while batch(engine, &rules, &asked, &sorting)? {}
    Ok(())
}

/// Answers whether there was something. Somebody else may have begun anew with other rules in between.
fn batch(engine: &Engine, rules: &Arc<Vec<Rule>>, asked: &Asked<'_>, sorting: &[&Rule]) -> Result<bool> {
    let (store, mut triaged) = (&engine.core.store, lock(engine));
    if !Arc::ptr_eq(&triaged.by, rules) {
        return Ok(false);
    }
    let changes = store.changes_since(triaged.at, BATCH)?;
    let Some(&(last, _)) = changes.last() else { return Ok(false) };
    for (_, doc) in changes.into_iter().filter(|(_, doc)| doc.kind == DocKind::Ticket) {
        triaged.open.remove(&doc.row);
        let Some(stored) = store.ticket(doc.row)?.filter(|stored| !stored.ticket.status.is_done()) else { continue };
        let known = store.known_errors_of(&stored.key)?.first().copied();
        let (key, updated_at) = (stored.key.to_string(), stored.ticket.updated_at);
        let ticketed = Ticketed::of(stored, asked.needs_codes(doc.row));
        let fields = ticketed.fields();
        let incoming = ticketed.incoming(&fields);
        let mut suggested = Vec::new();
        for rule in sorting {
            let Some(triage) = rule.triage.clone() else { continue };
            if let Fit::Fits(found) = asked.fits(rule, &ticketed, &incoming, known, scan::once)? {
                suggested.push(Suggested { rule: rule.id.clone(), title: rule.title.clone(), triage, found });
            }
        }
        if !suggested.is_empty() {
            triaged.open.insert(doc.row, Open { key, updated_at, suggested });
        }
    }
    triaged.at = last;
    Ok(true)
}

/// Where nobody follows in the background, whoever asks does.
fn followed(engine: &Engine) -> Result<MutexGuard<'_, Triaged>> {
    if lock(engine).watch.is_none() {
        follow(engine)?;
    }
    Ok(lock(engine))
}

/// By ticket, the rules of which somebody said that they are wrong there.
fn wrong(said: &[SaidOfRule]) -> HashSet<(&str, &str)> {
    said.iter().filter(|said| !said.taken).map(|said| (said.ticket.as_str(), said.rule.as_str())).collect()
}

impl Open {
    /// The most urgent that nobody called wrong; `None` where nothing stands.
    fn lane(&self, wrong: &HashSet<(&str, &str)>) -> Option<Option<Lane>> {
        let stands = self.suggested.iter().filter(|one| !wrong.contains(&(self.key.as_str(), one.rule.as_str())));
        // A suggestion without a lane comes after all lanes.
        stands.map(|one| one.triage.lane).min_by_key(|lane| (lane.is_none(), *lane))
    }
}

/// What stands of all that is open, in the order of a list: lanes first, then the newest change.
fn standing(engine: &Engine) -> Result<Vec<(i64, Option<Lane>)>> {
    let triaged = followed(engine)?;
    if triaged.open.is_empty() {
        return Ok(Vec::new());
    }
    let said = engine.core.store.said_of_rules(None)?;
    let wrong = wrong(&said);
    let mut all: Vec<(bool, Option<Lane>, Reverse<Millis>, i64)> = triaged
        .open
        .iter()
        .filter_map(|(row, open)| open.lane(&wrong).map(|lane| (lane.is_none(), lane, Reverse(open.updated_at), *row)))
        .collect();
    all.sort_unstable();
    Ok(all.into_iter().map(|(_, lane, _, row)| (row, lane)).collect())
}

/// The lane of each open ticket that has one.
pub(crate) struct Lanes(Vec<(i64, Option<Lane>)>);

impl Lanes {
    pub(crate) fn read(engine: &Engine) -> Result<Self> {
        standing(engine).map(Self)
    }

    pub(crate) fn critical(&self) -> Vec<i64> {
        self.0.iter().filter(|(_, lane)| *lane == Some(Lane::Critical)).map(|(row, _)| *row).collect()
    }

    /// Every ticket that something is suggested for, the most urgent first.
    pub(crate) fn page(&self, engine: &Engine, offset: usize, limit: usize) -> Result<Queue> {
        let rows: Vec<i64> = self.0.iter().skip(offset).take(limit).map(|(row, _)| *row).collect();
        let rows = engine.core.store.ticket_rows(&rows)?;
        Ok(Queue { total: self.0.len() as u64, rows: self.views(rows) })
    }

    pub(crate) fn views(&self, rows: Vec<TicketRow>) -> Vec<QueueRow> {
        let lanes: HashMap<i64, Lane> = self.0.iter().filter_map(|(row, lane)| Some((*row, (*lane)?))).collect();
        let view =
            |row: TicketRow| QueueRow { lane: lanes.get(&row.row).map(|lane| lane.as_str().into()), ..row_view(row) };
        rows.into_iter().map(view).collect()
    }
}

/// What is suggested for one ticket, with what was said of it.
pub(crate) fn of(engine: &Engine, row: i64, key: &Key) -> Result<Vec<TriageView>> {
    let triaged = followed(engine)?;
    let Some(open) = triaged.open.get(&row) else { return Ok(Vec::new()) };
    let said = engine.core.store.said_of_rules(Some(&key.to_string()))?;
    let mut views: Vec<TriageView> = open.suggested.iter().map(|one| view(one, &said)).collect();
    views.sort_by_key(|view| view.taken == Some(false));
    Ok(views)
}

fn view(one: &Suggested, said: &[SaidOfRule]) -> TriageView {
    let said = said.iter().rev().find(|said| said.rule == one.rule);
    TriageView {
        rule: one.rule.clone(),
        title: one.title.clone(),
        lane: one.triage.lane.map(|lane| lane.as_str().into()),
        labels: one.triage.labels.clone(),
        queue: one.triage.queue.clone(),
        owner: one.triage.owner.clone(),
        found: one.found.iter().map(super::found_view).collect(),
        taken: said.map(|said| said.taken),
        undo: said.map(|said| said.event),
    }
}

/// Takes a suggestion, or says that it is wrong. What was said before of the same is taken back.
pub(crate) fn say(engine: &Engine, args: &TriageArgs) -> Result<FeedbackReply> {
    engine.must_own()?;
    let stored = ticket::find(engine, &args.ticket)?;
    let suggested = of(engine, stored.row, &stored.key)?;
    let rule = args.rule.trim();
    let one = suggested.into_iter().find(|one| one.rule == rule);
    let one = one.ok_or_else(|| Error::NotFound { what: "suggestion of the rule", id: rule.into() })?;
    let (store, now) = (&engine.core.store, engine.core.clock.now());
    if let Some(before) = one.undo {
        store.unsay(before, now)?;
    }
    let verdict = if args.taken { FeedbackVerdict::Taken } else { FeedbackVerdict::Wrong };
    let rule = Key::new(SourceName::from_text(SOURCE), rule);
    Ok(FeedbackReply { undo: store.say(&stored.key.to_string(), &rule, verdict, now)? })
}
