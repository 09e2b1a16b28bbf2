//! What people say of figures: which kinds of issues always need engineering, and whether what was sampled is right.

use super::History;
use crate::{
    Engine, Error, Result,
    api::{
        args::{AlwaysArgs, LookArgs, LookKind, PeriodArgs},
        view::{AlwaysSaid, IssueTypeNamed, LookedAtView, SampleRow, SampleView},
    },
    replay, seen, ticket,
};
use ::insights::{Asked, Case, Judged, raised};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::Look;

/// Looked at in one go.
const SAMPLE: usize = 20;

/// `keys`: of tickets by row.
pub(super) fn of(engine: &Engine, keys: &HashMap<i64, String>) -> Result<Judged> {
    let store = &engine.core.store;
    let always = store.always_engineering()?.into_iter().filter_map(|one| one.problem).collect();
    let (ties, answers) = (store.looked_at(Look::Tie)?, store.looked_at(Look::Answer)?);
    let asked = replay::escalated(engine)?.map(|(_, _, asked)| asked).unwrap_or_default();
    let mut judged = Judged { always, ..Judged::default() };
    // Nothing of it, no reading of a hundred thousand keys.
    if ties.is_empty() && asked.is_empty() {
        return Ok(judged);
    }
    let rows: HashMap<&str, i64> = keys.iter().map(|(row, key)| (key.as_str(), *row)).collect();
    for one in ties {
        if let Some(row) = rows.get(one.ticket.as_str()) {
            *judged.ties.entry(*row).or_insert(true) &= one.fits;
        }
    }
    let said: HashMap<(&str, &str), bool> =
        answers.iter().map(|one| ((one.ticket.as_str(), one.other.as_str()), one.fits)).collect();
    for one in &asked {
        let fits = one.answer.as_deref().and_then(|answer| said.get(&(one.ticket.as_str(), answer)).copied());
        if let Some(row) = rows.get(one.ticket.as_str()) {
            judged.asked.insert(*row, Asked { sure: one.sure, fits });
        }
    }
    Ok(judged)
}

/// Kinds of issues that always need engineering, the latest said first.
pub(super) fn kinds(engine: &Engine, history: &History) -> Result<Vec<IssueTypeNamed>> {
    let said = engine.core.store.always_engineering()?;
    let problems: Vec<i64> = said.iter().filter_map(|one| one.problem).collect();
    let named = engine.core.store.problems_named(&problems)?;
    let titles: BTreeMap<i64, String> = named.into_iter().map(|one| (one.id, one.title)).collect();
    let of = |one: store::Always| IssueTypeNamed {
        title: one.problem.and_then(|problem| titles.get(&problem)).cloned(),
        tickets: history
            .cases
            .iter()
            .filter(|case| one.problem.is_some_and(|problem| case.problems.contains(&problem)))
            .count() as u64,
        name: one.name,
        at: one.at,
    };
    Ok(said.into_iter().map(of).collect())
}

/// Everything that rests on it is counted anew from then on.
pub(crate) fn say_always(engine: &Engine, args: &AlwaysArgs) -> Result<AlwaysSaid> {
    engine.must_own()?;
    let name = args.name.trim();
    // What is gone may still be taken back.
    if args.always && !engine.core.store.is_issue_type(name)? {
        return Err(Error::NotFound { what: "kind of issue", id: name.to_owned() });
    }
    let before = engine.core.store.set_always_engineering(name, args.always, engine.core.clock.now())?;
    Ok(AlwaysSaid { name: name.to_owned(), before, after: args.always })
}

/// What somebody saw of a sample; without an answer it is taken back.
pub(crate) fn say(engine: &Engine, args: &LookArgs) -> Result<LookedAtView> {
    engine.must_own()?;
    let ticket = ticket::find(engine, &args.ticket)?.key.to_string();
    let other = args.other.trim().to_owned();
    if other.is_empty() {
        return Err(Error::BadInput("say what it is that fits the ticket or does not".into()));
    }
    let before = engine.core.store.look_at(look(args.kind), &ticket, &other, args.fits, engine.core.clock.now())?;
    Ok(LookedAtView { kind: args.kind, ticket, other, before, after: args.fits })
}

fn look(kind: LookKind) -> Look {
    match kind {
        LookKind::Tie => Look::Tie,
        LookKind::Answer => Look::Answer,
    }
}

/// Solved tickets of the period with one thing each that they are tied to: chance decides which, and always the same.
/// Twenty at a time, the first twenty that nobody is through with.
pub(crate) fn sample(engine: &Engine, args: &PeriodArgs) -> Result<SampleView> {
    let history = super::history(engine)?;
    let period = history.period(args);
    let solved = history.cases.iter().filter(|case| period.has(case.created_at) && case.hours().is_some());
    let tied: Vec<i64> = solved.filter(|case| case.linked).map(|case| case.row).collect();
    let looked = tied.iter().filter_map(|row| history.judged.ties.get(row));
    let (looked_at, right) = (looked.clone().count() as u64, looked.filter(|fits| **fits).count() as u64);
    let keys: HashMap<String, i64> = tied.iter().filter_map(|row| Some((history.key(*row)?, *row))).collect();
    let said = engine.core.store.looked_at(Look::Tie)?;
    let said: HashMap<(&str, &str), bool> =
        said.iter().map(|one| ((one.ticket.as_str(), one.other.as_str()), one.fits)).collect();
    let chance = |a: &str, b: &str| *blake3::hash(format!("{a}\n{b}").as_bytes()).as_bytes();
    let mut drawn: HashMap<String, ([u8; 32], String)> = HashMap::new();
    for (ticket, other) in engine.core.store.tied()? {
        if !keys.contains_key(&ticket) {
            continue;
        }
        let lot = chance(&ticket, &other);
        let seen = said.contains_key(&(ticket.as_str(), other.as_str()));
        // What was looked at once stays what was drawn.
        let lot = if seen { [0; 32] } else { lot };
        let held = drawn.entry(ticket).or_insert_with(|| (lot, other.clone()));
        if lot < held.0 {
            *held = (lot, other);
        }
    }
    let mut all: Vec<(String, String)> = drawn.into_iter().map(|(ticket, (_, other))| (ticket, other)).collect();
    all.sort_by_cached_key(|(ticket, _)| chance(ticket, ""));
    let fits = |one: &(String, String)| said.get(&(one.0.as_str(), one.1.as_str())).copied();
    let block = all.chunks(SAMPLE).find(|block| block.iter().any(|one| fits(one).is_none()));
    let mut rows = Vec::new();
    for one in block.unwrap_or_default() {
        let named = |key: &str| -> Result<_> {
            let doc = seen::docs_of(engine, key)?.first().copied();
            Ok(doc.map(|doc| seen::why_not::named(engine, doc)).transpose()?.flatten())
        };
        // What is not here, an issue of a tracker or what went since, cannot be looked at here.
        if let (Some(ticket), Some(other)) = (named(&one.0)?, named(&one.1)?) {
            rows.push(SampleRow { ticket, other, fits: fits(one) });
        }
    }
    Ok(SampleView { tied: all.len() as u64, looked_at, right, rows })
}

impl History {
    pub(super) fn keys_of(&self, rows: &[i64]) -> HashSet<&str> {
        rows.iter().filter_map(|row| self.keys.get(row).map(String::as_str)).collect()
    }

    /// Escalated tickets that the exam asked and that always need engineering.
    pub(super) fn asked_always(&self) -> u64 {
        let of = |case: &&Case| {
            let always = case.problems.iter().any(|problem| self.judged.always.contains(problem));
            always && self.judged.asked.contains_key(&case.row) && raised(case, &self.tiers).is_some()
        };
        self.cases.iter().filter(of).count() as u64
    }
}
