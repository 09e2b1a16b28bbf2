//! Practice on the team's own past: a case as it was on its day, what it might have been, and what it was.

use super::{
    calibration,
    gold::{self, Gold},
    past,
};
use crate::{
    Engine, Error, Result,
    api::{
        args::{TrainingAnswerArgs, TrainingArgs},
        view::{NamedCase, TrainingCase, TrainingOption, TrainingOutcome, TrainingStanding},
    },
    knowledge::capture::last_answer,
    seen::{self, why_not::named},
    text, ticket,
};
use domain::{DocId, Millis};
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};
use store::{Attempt, PastTicket, Practised, StoredTicket};

/// What a case might have been, the right one among them, besides something new.
const OPTIONS: usize = 4;
/// Every so many cases one that was new: whoever always finds something has not looked.
const NEW_EACH: u32 = 5;
/// Cases without an answer to compare with are passed over, at most so many at once.
const LOOKED_AT: usize = 200;
/// A resolution shorter than that is a label.
const TELLS: usize = 20;
const DAY: i64 = 86_400_000;

struct Case {
    row: i64,
    key: String,
    at: Millis,
    /// What existed before it of the same problem; none where it was new.
    right: BTreeSet<DocId>,
}

/// The next one: what is due again first, then what was never tried.
pub(crate) fn next(engine: &Engine, args: &TrainingArgs) -> Result<TrainingCase> {
    let (store, now) = (&engine.core.store, engine.core.clock.now());
    let practised = store.practised()?;
    let all = cases(engine, args.product.as_deref())?;
    let mut due: Vec<&Case> =
        all.iter().filter(|case| practised.get(&case.key).is_some_and(|one| due_at(one) <= now)).collect();
    due.sort_by_key(|case| practised.get(&case.key).map(due_at));
    let tried = practised.len() as u32;
    let wants_new = tried % NEW_EACH == NEW_EACH - 1;
    let mut fresh: Vec<&Case> = all.iter().filter(|case| !practised.contains_key(&case.key)).collect();
    // Mixed, and the same for the same workspace: nobody meets one problem ten times in a row.
    fresh.sort_by_key(|case| (case.right.is_empty() != wants_new, mixed(&case.key)));
    for case in due.into_iter().chain(fresh).take(LOOKED_AT) {
        let Some(stored) = store.ticket(case.row)? else { continue };
        if resolution(engine, &stored)?.is_none() {
            continue;
        }
        return shown(engine, case, &stored, practised.get(&case.key));
    }
    Err(Error::NothingToPractise)
}

/// What is compared with is there, and what it was is known.
fn cases(engine: &Engine, product: Option<&str>) -> Result<Vec<Case>> {
    let store = &engine.core.store;
    let tickets = store.past_tickets()?;
    let own = |ticket: &PastTicket| product.is_none_or(|product| ticket.product.as_deref() == Some(product));
    let rows: HashSet<i64> = tickets.iter().filter(|ticket| own(ticket)).map(|ticket| ticket.row).collect();
    let Gold { labelled, untied } = gold::gold(store, &tickets, &store.past_known_errors()?)?;
    let seen =
        labelled.into_iter().map(|one| Case { row: one.row, key: one.key.to_string(), at: one.at, right: one.right });
    let new = untied.into_iter().map(|one| Case {
        row: one.row,
        key: one.key.to_string(),
        at: one.created_at,
        right: BTreeSet::new(),
    });
    Ok(seen.chain(new).filter(|case| rows.contains(&case.row)).collect())
}

/// After a mistake tomorrow, and each time it was right three times later.
fn due_at(one: &Practised) -> Millis {
    Millis(one.last_at.0 + DAY * 3i64.pow(one.streak.min(6)))
}

fn mixed(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

fn shown(engine: &Engine, case: &Case, stored: &StoredTicket, before: Option<&Practised>) -> Result<TrainingCase> {
    let ticket = &stored.ticket;
    Ok(TrainingCase {
        ticket: case.key.clone(),
        subject: ticket.subject.clone(),
        body_html: text::html(&ticket.body, ticket.body_format),
        product: ticket.product.clone(),
        components: ticket.components.clone(),
        versions: ticket.affected_versions.clone(),
        environment: ticket.environment.clone(),
        created_at: ticket.created_at.0,
        again: before.is_some(),
        options: options(engine, case, stored)?,
        standing: standing(engine)?,
    })
}

/// The right one and what else a search of that day would have brought, in no order that gives it away.
fn options(engine: &Engine, case: &Case, stored: &StoredTicket) -> Result<Vec<TrainingOption>> {
    let store = &engine.core.store;
    let known = store.past_known_errors()?;
    let mut exclude = vec![DocId::ticket(case.row)];
    exclude.extend(past::not_yet(&known, case.at));
    let scope = seen::scope_of(case.at, true, exclude);
    let question = seen::question_of(stored, None, &[]);
    let index = engine.core.index_to_ask()?;
    let found = seen::find(&index, &question, &scope, None, &|| false)?;
    let docs: Vec<DocId> = found.iter().map(|candidate| candidate.doc).collect();
    let facts = store.facts(&docs, Some(case.at))?;
    let weights = calibration::newest(engine)?.weights(&found);
    let ranked = matching::rank(&question, found, &facts, case.at, &weights);
    let order = ranked.iter().map(|hit| hit.doc);
    let best = order.clone().find(|doc| case.right.contains(doc)).or_else(|| case.right.iter().next_back().copied());
    let others = order.filter(|doc| !case.right.contains(doc));
    let mut options: Vec<TrainingOption> = Vec::new();
    let mut titles = BTreeSet::new();
    for doc in best.into_iter().chain(others) {
        let Some(case) = named(engine, doc)? else { continue };
        // Two of one name cannot be told apart.
        if options.len() < OPTIONS && titles.insert(case.title.to_lowercase()) {
            options.push(TrainingOption { id: case.id, kind: case.kind, title: case.title });
        }
    }
    options.sort_by_key(|option| mixed(&format!("{} {}", case.key, option.id)));
    Ok(options)
}

/// What it was, beside what they said. Noted for them alone.
pub(crate) fn answer(engine: &Engine, args: &TrainingAnswerArgs) -> Result<TrainingOutcome> {
    engine.must_own()?;
    let store = &engine.core.store;
    let stored = ticket::find(engine, &args.ticket)?;
    let key = stored.key.to_string();
    let case = cases(engine, None)?.into_iter().find(|case| case.key == key);
    let case = case.ok_or_else(|| Error::NotFound { what: "case to practise on", id: args.ticket.clone() })?;
    let chosen = match args.choice.as_deref().map(str::trim).filter(|choice| !choice.is_empty()) {
        Some(id) => {
            Some(seen::docs_of(engine, id)?.first().copied().ok_or(Error::NotFound { what: "case", id: id.into() })?)
        }
        None => None,
    };
    let correct = chosen.map_or(case.right.is_empty(), |doc| case.right.contains(&doc));
    let at = engine.core.clock.now();
    let said = text::cut(args.said.trim(), 4_000).to_owned();
    store.note_attempt(&Attempt { at, ticket: key.clone(), choice: args.choice.clone(), correct, said })?;
    let was: Vec<_> = case.right.iter().rev().take(3).map(|doc| named(engine, *doc)).collect::<Result<Vec<_>>>()?;
    let ticket = &stored.ticket;
    let practised: BTreeMap<String, Practised> = store.practised()?;
    let mut concepts: Vec<NamedCase> = Vec::new();
    for known in store.known_errors_of(&stored.key)? {
        let Some(known) = store.known_error(known)? else { continue };
        concepts.extend(crate::known::concepts(engine, &known.error)?);
    }
    Ok(TrainingOutcome {
        ticket: key.clone(),
        correct,
        concepts,
        was: was.into_iter().flatten().collect(),
        resolution: resolution(engine, &stored)?.unwrap_or_default(),
        hours: ticket.solved_at.map(|solved| (solved.0 - ticket.created_at.0) as f64 / 3_600_000.0),
        again_at: practised.get(&key).map_or(at.0, |one| due_at(one).0),
        standing: standing(engine)?,
    })
}

/// What was done in the end; `None` where nobody wrote it down.
fn resolution(engine: &Engine, stored: &StoredTicket) -> Result<Option<String>> {
    match &stored.ticket.resolution {
        Some(told) if told.chars().count() >= TELLS => Ok(Some(told.clone())),
        _ => last_answer(engine, stored),
    }
}

pub(crate) fn standing(engine: &Engine) -> Result<TrainingStanding> {
    let (store, now) = (&engine.core.store, engine.core.clock.now());
    let (today, right_today) = store.attempts_since(Millis(now.0 - DAY))?;
    let (all, right) = store.attempts_since(Millis(0))?;
    let due = store.practised()?.values().filter(|one| due_at(one) <= now).count() as u32;
    Ok(TrainingStanding { today, right_today, all, right, due })
}

pub(crate) fn forget(engine: &Engine) -> Result<TrainingStanding> {
    engine.must_own()?;
    engine.core.store.forget_attempts()?;
    standing(engine)
}
