//! Figures that count errors and known errors, not tickets: their rows are the tickets.

use super::{DAY, Figure, Past, Scope, Told};
use crate::Period;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// From when on support handles an error or a known error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandledRule {
    /// Tickets of it that support alone solved, at the least …
    pub tickets: u32,
    /// … within so many days.
    pub days: u32,
}

impl Default for HandledRule {
    fn default() -> Self {
        Self { tickets: 3, days: 90 }
    }
}

impl HandledRule {
    /// A formula with the two numbers in their places.
    pub fn in_words(&self, formula: &str) -> String {
        formula.replace("{tickets}", &self.tickets.to_string()).replace("{days}", &self.days.to_string())
    }
}

/// Its rows are the tickets that support alone solved.
pub(super) fn handled<'a>(
    name: &'static str,
    told: impl Iterator<Item = &'a Told<'a>>,
    period: Period,
    rule: HandledRule,
) -> Figure {
    let (base, types) = types(told, period, rule);
    let count = types.len() as u64;
    let mut rows: Vec<i64> = types.into_values().flatten().collect();
    rows.sort_unstable();
    rows.dedup();
    let value = (base > 0).then_some(count as f64);
    Figure { value, of: base, count, base: rows.clone(), rows, ..Figure::none(name) }
}

/// Of how many something was solved, and those that support handles, each with the tickets that it alone solved.
pub(super) fn types<'a>(
    told: impl Iterator<Item = &'a Told<'a>>,
    period: Period,
    rule: HandledRule,
) -> (u64, BTreeMap<i64, Vec<i64>>) {
    let since = period.until - i64::from(rule.days) * DAY;
    let mut of: BTreeMap<i64, Vec<&Told<'_>>> = BTreeMap::new();
    let solved = told.filter(|one| one.case.solved_at.is_some_and(|at| (since..period.until).contains(&at)));
    for one in solved {
        for problem in &one.case.problems {
            of.entry(*problem).or_default().push(one);
        }
    }
    let base = of.len() as u64;
    let handled = of.into_iter().filter_map(|(problem, cases)| {
        let alone = cases.iter().filter(|one| one.case.done && one.raised.is_none());
        let alone: Vec<i64> = alone.map(|one| one.case.row).collect();
        let held = alone.len() >= rule.tickets as usize && cases.iter().all(|one| one.case.done);
        held.then_some((problem, alone))
    });
    (base, handled.collect())
}

/// Of one error or known error: when it was first seen inside, and by a customer.
#[derive(Default)]
struct Seen {
    inside: Option<i64>,
    outside: Option<i64>,
    rows: Vec<i64>,
}

/// What somebody wrote down belongs to no part: of one, only tickets count.
pub(super) fn found_before<'a>(
    name: &'static str,
    told: impl Iterator<Item = &'a Told<'a>>,
    past: &Past<'_>,
    scope: &Scope<'_>,
) -> Figure {
    let mut seen: BTreeMap<i64, Seen> = BTreeMap::new();
    let first = |at: Option<i64>, other: i64| Some(at.map_or(other, |at| at.min(other)));
    for one in told {
        for problem in &one.case.problems {
            let seen = seen.entry(*problem).or_default();
            seen.rows.push(one.case.row);
            let place = if one.case.inside { &mut seen.inside } else { &mut seen.outside };
            *place = first(*place, one.case.created_at);
        }
    }
    for (problem, at) in past.written.iter().filter(|_| scope.part.is_none()) {
        let seen = seen.entry(*problem).or_default();
        seen.inside = first(seen.inside, *at);
    }
    let of_period =
        |seen: &Seen| seen.inside.into_iter().chain(seen.outside).min().is_some_and(|at| scope.period.has(at));
    let before = |seen: &Seen| seen.inside.is_some_and(|inside| seen.outside.is_none_or(|outside| inside < outside));
    let (mut of, mut count, mut rows, mut base) = (0, 0, Vec::new(), Vec::new());
    for seen in seen.into_values().filter(of_period) {
        of += 1;
        if before(&seen) {
            count += 1;
            rows.extend(&seen.rows);
        }
        base.extend(seen.rows);
    }
    for list in [&mut rows, &mut base] {
        list.sort_unstable();
        list.dedup();
    }
    Figure { value: (of > 0).then(|| count as f64 / of as f64), of, count, rows, base, ..Figure::none(name) }
}
