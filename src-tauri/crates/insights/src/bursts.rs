//! Errors that suddenly come more often: today against what is usual of them.

use crate::Case;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

const DAY: i64 = 86_400_000;
/// Days whose mean is what is usual.
const USUAL: i64 = 28;
/// Fewer reporters than this in a day are no burst, however rare the error is.
const LEAST: u64 = 3;
/// A day is a burst where chance would bring as many this rarely: with a hundred errors that is one day in a hundred years'
/// worth of one error, and under one false alarm a week.
const CHANCE: f64 = 1e-4;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Burst {
    pub problem: i64,
    /// Different people that reported it in the day before `now` …
    pub reporters: u64,
    /// … and a usual day.
    pub usual: f64,
    /// Its tickets of the day, newest first.
    pub tickets: Vec<i64>,
    pub first_at: i64,
}

/// As of `now`, the least likely first.
pub fn bursts(cases: &[&Case], now: i64) -> Vec<Burst> {
    let mut of: BTreeMap<i64, Vec<&Case>> = BTreeMap::new();
    let window = cases.iter().filter(|case| (now - (USUAL + 1) * DAY..now).contains(&case.created_at));
    for case in window {
        for problem in &case.problems {
            of.entry(*problem).or_default().push(case);
        }
    }
    let mut found: Vec<(f64, Burst)> =
        of.into_iter().filter_map(|(problem, cases)| burst(problem, &cases, now)).collect();
    found.sort_by(|(a, of_a), (b, of_b)| a.total_cmp(b).then(of_a.problem.cmp(&of_b.problem)));
    found.into_iter().map(|(_, burst)| burst).collect()
}

fn burst(problem: i64, cases: &[&Case], now: i64) -> Option<(f64, Burst)> {
    let today: Vec<&Case> = cases.iter().filter(|case| case.created_at >= now - DAY).copied().collect();
    let (reporters, usual) = usual(cases, now);
    // One that was never there before is expected once a month.
    let chance = at_least(reporters, usual.max(1.0 / USUAL as f64));
    if reporters < LEAST || chance > CHANCE {
        return None;
    }
    let mut tickets: Vec<(i64, i64)> = today.iter().map(|case| (case.created_at, case.row)).collect();
    tickets.sort_unstable_by(|a, b| b.cmp(a));
    let first_at = tickets.last().map_or(now, |(at, _)| *at);
    let tickets = tickets.into_iter().map(|(_, row)| row).collect();
    Some((chance, Burst { problem, reporters, usual, tickets, first_at }))
}

/// Of one error: different people within the day before `now`, and on a usual day of the four weeks before that.
pub fn usual(cases: &[&Case], now: i64) -> (u64, f64) {
    let within = |case: &&&Case| (now - (USUAL + 1) * DAY..now).contains(&case.created_at);
    let (today, before): (Vec<&Case>, Vec<&Case>) =
        cases.iter().filter(within).partition(|case| case.created_at >= now - DAY);
    let days: BTreeMap<i64, Vec<&Case>> = before.iter().fold(BTreeMap::new(), |mut days, case| {
        days.entry((now - case.created_at) / DAY).or_insert_with(Vec::new).push(*case);
        days
    });
    let usual = days.values().map(|day| reporters(day)).sum::<u64>() as f64 / USUAL as f64;
    (reporters(&today), usual)
}

/// Different people; a ticket of nobody in particular is one of its own.
fn reporters(cases: &[&Case]) -> u64 {
    let named: BTreeSet<i64> = cases.iter().filter_map(|case| case.requester).collect();
    let unnamed = cases.iter().filter(|case| case.requester.is_none()).count();
    (named.len() + unnamed) as u64
}

/// How likely so many or more are where so many are usual (Poisson).
fn at_least(count: u64, usual: f64) -> f64 {
    let mut term = (-usual).exp();
    let mut below = 0.0;
    for k in 0..count {
        below += term;
        term *= usual / (k + 1) as f64;
    }
    (1.0 - below).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(row: i64, at: i64, requester: i64, problem: i64) -> Case {
        Case { row, created_at: at, requester: Some(requester), problems: vec![problem], ..Case::default() }
    }

    #[test]
    fn five_people_in_a_day_with_what_hardly_ever_comes_are_a_burst_and_one_person_five_times_is_none() {
        let now = 100 * DAY;
        let many: Vec<Case> = (0..5).map(|n| case(n, now - 1000 - n, n, 7)).collect();
        let one: Vec<Case> = (0..5).map(|n| case(10 + n, now - 1000 - n, 1, 8)).collect();
        let all: Vec<&Case> = many.iter().chain(&one).collect();
        let found = bursts(&all, now);
        assert_eq!(found.iter().map(|burst| (burst.problem, burst.reporters)).collect::<Vec<_>>(), [(7, 5)]);
        assert_eq!((found[0].tickets.clone(), found[0].first_at), (vec![0, 1, 2, 3, 4], now - 1004));
        assert!(bursts(&all, now + DAY).is_empty(), "a day later it is over");
    }

    /// Every error at its own steady rate, by chance that repeats.
    #[test]
    fn a_year_of_flat_data_raises_less_than_one_false_alarm_a_week() {
        let mut state = 42u64;
        let mut dice = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / (1u64 << 31) as f64
        };
        let (mut cases, mut row) = (Vec::new(), 0);
        for day in 0..365 {
            for problem in 0..100 {
                let rate = 0.02 + f64::from(problem as i32 % 10) * 0.15;
                let mut left = (-rate).exp();
                let mut count = 0;
                let draw = dice();
                let mut term = left;
                while draw > left && count < 40 {
                    count += 1;
                    term *= rate / f64::from(count);
                    left += term;
                }
                for _ in 0..count {
                    row += 1;
                    cases.push(case(row, day * DAY + (dice() * DAY as f64) as i64, row, problem));
                }
            }
        }
        let alarms: usize = (30..365)
            .map(|day| {
                let now = day * DAY;
                let window: Vec<&Case> =
                    cases.iter().filter(|case| (now - 30 * DAY..now).contains(&case.created_at)).collect();
                bursts(&window, now).len()
            })
            .sum();
        let weekly = alarms as f64 / (335.0 / 7.0);
        println!("flat data: {alarms} alarms in 335 days of {row} tickets and 100 errors, {weekly:.2} a week");
        assert!(weekly < 1.0, "{weekly}");
    }
}
