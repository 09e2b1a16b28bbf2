//! What a rule would have done: every ticket of the history, each as it came in.

use super::{
    chosen, found_view,
    gold::{Gold, Ties},
    live,
    scan::{Scanned, scan},
    share,
};
use crate::{
    Engine, Error, Result,
    api::{
        args::RuleArgs,
        view::{RuleBacktest, RuleSample},
    },
    knowledge,
};
use ::knowledge::{Backtested, Rule};
use std::{collections::HashMap, time::Instant};
use store::PastTicket;

/// So many hits, and so many that were missed, are named.
const SAMPLES: usize = 200;

pub(crate) fn backtest(engine: &Engine, args: &RuleArgs) -> Result<RuleBacktest> {
    let started = Instant::now();
    let rule = chosen(engine, args)?;
    let tickets = engine.core.store.past_tickets()?;
    let gold = Ties::read(&engine.core.store)?.gold(engine, &rule)?;
    let scanned = scan(engine, std::slice::from_ref(&rule), &tickets)?.pop().unwrap_or_default();
    let mut told = report(engine, &rule, &tickets, &gold, &scanned)?;
    told.kept = engine.indexer.is_some() && keep(engine, &rule, &told)?;
    told.ms = started.elapsed().as_secs_f64() * 1000.0;
    Ok(told)
}

/// Of one rule over all tickets.
pub(super) fn report(
    engine: &Engine,
    rule: &Rule,
    tickets: &[PastTicket],
    gold: &Gold,
    scanned: &Scanned,
) -> Result<RuleBacktest> {
    let key = |at: usize| tickets.get(at).map(|ticket| ticket.key.to_string()).unwrap_or_default();
    let hits: Vec<(usize, String)> = scanned.hits.iter().map(|(at, _)| (*at, key(*at))).collect();
    // The ticket that it was made from is no proof.
    let hits: Vec<(usize, String)> = hits.into_iter().filter(|(_, key)| Some(key) != gold.ticket.as_ref()).collect();
    let right = hits.iter().filter(|(_, key)| gold.keys.contains(key)).count() as u64;
    let here: HashMap<String, usize> =
        tickets.iter().enumerate().map(|(at, past)| (past.key.to_string(), at)).collect();
    let mut wanted: Vec<usize> = gold.keys.iter().filter_map(|key| here.get(key).copied()).collect();
    wanted.sort_unstable();
    let open = open(engine, &hits, tickets)?;
    let found: HashMap<usize, _> = scanned.hits.iter().map(|(at, found)| (*at, found)).collect();
    let missed: Vec<usize> = wanted.iter().copied().filter(|at| !found.contains_key(at)).collect();
    let sample = |at: usize| -> Result<Option<RuleSample>> {
        let Some(past) = tickets.get(at) else { return Ok(None) };
        let Some(row) = engine.core.store.ticket(past.row)? else { return Ok(None) };
        Ok(Some(RuleSample {
            id: row.key.to_string(),
            title: row.ticket.subject,
            created_at: row.ticket.created_at.0,
            right: gold.keys.contains(&past.key.to_string()),
            found: found.get(&at).into_iter().flat_map(|found| found.iter()).map(found_view).collect(),
        }))
    };
    // Newest first: those are remembered best.
    let samples = hits.iter().rev().take(SAMPLES).map(|(at, _)| sample(*at));
    let samples: Vec<RuleSample> = samples.filter_map(Result::transpose).collect::<Result<_>>()?;
    let missed = missed.iter().rev().take(SAMPLES).map(|at| sample(*at));
    let missed: Vec<RuleSample> = missed.filter_map(Result::transpose).collect::<Result<_>>()?;
    let (n, count) = (tickets.len() as u64 - u64::from(gold.ticket.is_some()), hits.len() as u64);
    Ok(RuleBacktest {
        rule: rule.id.clone(),
        hash: rule.hash.clone(),
        n,
        hits: count,
        right,
        gold: wanted.len() as u64,
        precision: share(right, count).filter(|_| !wanted.is_empty()),
        recall: share(right, wanted.len() as u64),
        gold_known_error: gold.known_error.clone(),
        gold_ticket: gold.ticket.clone(),
        missing: gold.missing.clone(),
        open,
        too_slow: scanned.slow,
        samples,
        missed,
        kept: false,
        ms: 0.0,
    })
}

/// Of the hits, those that are open now.
fn open(engine: &Engine, hits: &[(usize, String)], tickets: &[PastTicket]) -> Result<u64> {
    let rows: Vec<i64> = hits.iter().filter_map(|(at, _)| tickets.get(*at)).map(|ticket| ticket.row).collect();
    Ok(engine.core.store.count_open(&rows)?)
}

/// In the files of the folder that hold this very rule. One that is too slow for some tickets is not enabled, so its
/// measure is not kept.
fn keep(engine: &Engine, rule: &Rule, told: &RuleBacktest) -> Result<bool> {
    if told.too_slow > 0 {
        return Ok(false);
    }
    let shelf = match knowledge::shelf(engine) {
        Ok(shelf) => shelf,
        Err(Error::NoKnowledge) => return Ok(false),
        Err(error) => return Err(error),
    };
    let measured = Backtested {
        of: rule.hash.clone(),
        at: engine.core.clock.now().to_rfc3339(),
        n: told.n,
        hits: told.hits,
        right: told.right,
        gold: told.gold,
    };
    let mut kept = false;
    for same in shelf.read()?.rules.into_iter().filter(|same| same.hash == rule.hash) {
        let Some(before) = shelf.rule_text(&same.path)? else { continue };
        // Written in a way in which no line can be put in: it stays a draft.
        let Ok(text) = Rule::with_backtest(&before, &measured) else { continue };
        shelf.change_rule(&same.path, &before, &text)?;
        kept = true;
    }
    live::forget(engine);
    Ok(kept)
}
