//! What figures are made of, read once and kept until something of it is written.

use super::{handed, judged, reasons};
use crate::{Engine, Result};
use ::escalation::{Package, Reason, lint};
use insights::{Case, Handed, Handover, Judged, Tiers};
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};
use store::EscalationReason;

pub(crate) struct Gathered {
    /// What the store had written when this was read.
    stamp: u64,
    at: i64,
    /// Oldest first.
    pub cases: Vec<Case>,
    pub keys: HashMap<i64, String>,
    pub handed: Vec<Handed>,
    pub written: Vec<(i64, i64)>,
    pub judged: Judged,
    /// Every group that ever had one of them.
    pub groups: BTreeSet<String>,
    /// Why packages were handed over.
    pub reasons: Vec<Why>,
    /// Why tickets that have no package were escalated, by row, where somebody said so.
    pub said_why: HashMap<i64, String>,
    /// Minutes of every escalation whose effort is known.
    pub efforts: Vec<u32>,
    /// The map of tiers that was last asked for, with the way of each ticket by it.
    read: Mutex<Option<Tiers>>,
}

impl Gathered {
    /// With all that it says of these tickets.
    pub(super) fn reading(&self, engine: &Engine, tiers: Tiers) -> Result<Tiers> {
        let mut held = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(read) = held.as_ref().filter(|read| **read == tiers) {
            return Ok(read.clone());
        }
        let marked = super::tiers::marked(engine, &tiers)?;
        Ok(held.insert(tiers.reading(&self.groups, marked, &self.cases)).clone())
    }
}

pub(crate) struct Why {
    pub escalation: i64,
    pub at: i64,
    pub reason: String,
    /// Facts that its package lacked, where that was the reason.
    pub missing: Vec<&'static str>,
}

/// A workspace that another process writes to is read anew each time: only its owner knows that nothing changed.
pub(super) fn newest(engine: &Engine) -> Result<Arc<Gathered>> {
    if engine.indexer.is_none() {
        return gather(engine).map(Arc::new);
    }
    // Held while it is read: who asks meanwhile waits for the same answer.
    let mut held = engine.core.gathered.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(gathered) = held.as_ref().filter(|gathered| gathered.stamp == engine.core.store.stamp()) {
        return Ok(Arc::clone(gathered));
    }
    // The old one goes first: two of a hundred thousand tickets are not held.
    *held = None;
    Ok(Arc::clone(held.insert(Arc::new(gather(engine)?))))
}

/// Not more often, however much is written.
const PAUSE: i64 = 5 * 60_000;

/// Of what figures are made of what changed, once its errors are read. Where it fails it is read when somebody looks at figures.
pub(crate) fn keep_facts(engine: &Engine) {
    if !engine.core.is_bulk()
        && let Err(error) = engine.core.store.keep_facts()
    {
        tracing::warn!(code = error.code(), "what figures are made of could not be kept");
    }
}

/// So that whoever looks at figures does not wait: while nothing is synced or imported.
pub(crate) fn read_ahead(engine: &Engine) -> Result<()> {
    let core = &engine.core;
    let quiet = core.is_quiet();
    let read_at = core.gathered.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|read| read.at);
    if quiet && engine.indexer.is_some() {
        keep_facts(engine);
    }
    let rested = read_at.is_none_or(|at| core.clock.now().0 - at > PAUSE);
    if quiet && rested && engine.indexer.is_some() {
        newest(engine)?;
    }
    Ok(())
}

pub(super) fn gather(engine: &Engine) -> Result<Gathered> {
    let store = &engine.core.store;
    let (stamp, at) = (store.stamp(), engine.core.clock.now().0);
    let histories = store.histories()?;
    let mut keys = HashMap::with_capacity(histories.len());
    let mut cases = Vec::with_capacity(histories.len());
    let mut groups = BTreeSet::new();
    for one in histories {
        let named = one.handovers.iter().flat_map(|(_, from, to)| [from, to]).chain([&one.group]).flatten();
        for group in named {
            if !groups.contains(group) {
                groups.insert(group.clone());
            }
        }
        keys.insert(one.row, one.key);
        let handovers = one.handovers.into_iter().map(|(at, from, to)| Handover { at, from, to });
        cases.push(Case {
            row: one.row,
            created_at: one.created_at,
            solved_at: one.solved_at,
            done: one.done,
            group: one.group,
            product: one.product,
            requester: one.requester,
            handovers: handovers.collect(),
            engineer_at: one.engineer_at,
            issue: one.issue,
            problems: one.problems,
            linked: one.linked,
            known: one.known,
            used: one.used,
            version: one.version,
            inside: one.inside,
            satisfied: one.satisfied,
            opened_again: one.reopened,
        });
    }
    let (handed, written) = (handed::of(engine, &keys)?, store.problems_written()?);
    let (efforts, judged) = (store.efforts()?, judged::of(engine, &keys)?);
    let (reasons, said_why) = (of_packages(engine)?, reasons::said(engine, &keys)?);
    let read = Mutex::default();
    Ok(Gathered { stamp, at, cases, keys, handed, written, judged, groups, reasons, said_why, efforts, read })
}

fn of_packages(engine: &Engine) -> Result<Vec<Why>> {
    let rows = engine.core.store.escalation_reasons(Reason::MissingContext.as_str())?;
    let why = |EscalationReason { escalation, at, reason, package }| {
        let missing = package.map(|package| {
            let package: Package = serde_json::from_str(&package).unwrap_or_default();
            lint(&package, &[]).missing.into_iter().map(|fact| fact.as_str()).collect()
        });
        Why { escalation, at, reason, missing: missing.unwrap_or_default() }
    };
    Ok(rows.into_iter().map(why).collect())
}
