//! Figures over packages that were handed to engineering, by when they were.

use super::{Figure, Past, Scope, hours};
use crate::{Case, Handed};
use std::collections::HashMap;

pub(super) fn figure(name: &'static str, past: &Past<'_>, scope: &Scope<'_>) -> Figure {
    let cases: HashMap<i64, &Case> = match scope.part {
        Some(_) => past.cases.iter().map(|case| (case.row, case)).collect(),
        None => HashMap::new(),
    };
    let within = |one: &Handed| match scope.part {
        None => true,
        Some(part) => one.case.and_then(|row| cases.get(&row)).is_some_and(|case| part.has(case, scope.tiers)),
    };
    let of_period = |one: &&Handed| one.sent_at().is_some_and(|at| scope.period.has(at)) && within(one);
    let mut handed: Vec<&Handed> = past.handed.iter().filter(of_period).collect();
    handed.sort_by_key(|one| (one.sent_at(), one.id));
    match name {
        "acknowledge" => {
            let took = |one: &&Handed| Some((one.id, (one.sent_at()?, one.taken_at()?)));
            let (rows, spans) = handed.iter().filter_map(took).unzip();
            hours(name, rows, spans, scope.opening)
        }
        "question_back" => {
            let rows: Vec<i64> = handed.iter().filter(|one| one.asked()).map(|one| one.id).collect();
            let base: Vec<i64> = handed.iter().map(|one| one.id).collect();
            share(name, rows.len() as u64, base.len() as u64, rows, base)
        }
        _ => {
            let count = handed.iter().map(|one| one.filled).sum();
            let of = handed.iter().map(|one| one.needed).sum();
            let base: Vec<i64> = handed.iter().map(|one| one.id).collect();
            let rows = handed.iter().filter(|one| one.filled < one.needed).map(|one| one.id).collect();
            share(name, count, of, rows, base)
        }
    }
}

fn share(name: &'static str, count: u64, of: u64, rows: Vec<i64>, base: Vec<i64>) -> Figure {
    Figure { value: (of > 0).then(|| count as f64 / of as f64), count, of, rows, base, ..Figure::none(name) }
}
