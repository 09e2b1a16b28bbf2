//! Rules over many tickets, on two threads: from the database and not from the index, so that nothing is missing.

use super::{asked::Asked, ticketed::Ticketed};
use crate::{Engine, Result};
use ::knowledge::{Fit, Found, Incoming, Rule};
use std::time::{Duration, Instant};
use store::PastTicket;

/// A busy machine is no fault of a rule: it is asked again before it counts as slow.
const TRIES: usize = 3;

/// What one rule found.
#[derive(Clone, Debug, Default)]
pub(super) struct Scanned {
    /// Places in the list of tickets, in its order.
    pub(super) hits: Vec<(usize, Vec<Found>)>,
    /// Tickets on which its time ran out.
    pub(super) slow: u64,
}

pub(super) fn fits(rule: &Rule, incoming: &Incoming<'_>) -> Fit {
    for _ in 0..TRIES {
        match once(rule, incoming) {
            Fit::TooSlow => {}
            told => return told,
        }
    }
    Fit::TooSlow
}

pub(super) fn once(rule: &Rule, incoming: &Incoming<'_>) -> Fit {
    let (started, budget) = (Instant::now(), Duration::from_millis(Rule::BUDGET_MS));
    rule.fits(incoming, &|| started.elapsed() > budget)
}

/// One answer for each rule, the same on every run.
pub(super) fn scan(engine: &Engine, rules: &[Rule], tickets: &[PastTicket]) -> Result<Vec<Scanned>> {
    let asked = Asked::of(engine, rules)?;
    let (first, second) = tickets.split_at(tickets.len() / 2);
    let (first_half, second_half) = std::thread::scope(|scope| {
        let other = scope.spawn(|| part(engine, rules.to_vec(), second, first.len(), &asked));
        let own = part(engine, rules.to_vec(), first, 0, &asked);
        (own, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let mut all = first_half?;
    for (whole, rest) in all.iter_mut().zip(second_half?) {
        whole.hits.extend(rest.hits);
        whole.slow += rest.slow;
    }
    Ok(all)
}

fn part(
    engine: &Engine,
    rules: Vec<Rule>,
    tickets: &[PastTicket],
    offset: usize,
    asked: &Asked<'_>,
) -> Result<Vec<Scanned>> {
    let mut scanned = vec![Scanned::default(); rules.len()];
    for (at, past) in tickets.iter().enumerate() {
        let Some(stored) = engine.core.store.ticket(past.row)? else { continue };
        let ticketed = Ticketed::of(stored, asked.needs_codes(past.row));
        let fields = ticketed.fields();
        let incoming = ticketed.incoming(&fields);
        for (rule, scanned) in rules.iter().zip(&mut scanned) {
            match asked.fits(rule, &ticketed, &incoming, None, fits)? {
                Fit::Fits(found) => scanned.hits.push((offset + at, found)),
                Fit::TooSlow => scanned.slow += 1,
                Fit::Not => {}
            }
        }
    }
    Ok(scanned)
}
