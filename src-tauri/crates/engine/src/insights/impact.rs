//! Whom a known error hits, how much lately, and what it has cost so far.

use super::{money, severity};
use crate::{Engine, Result, api::view::ImpactView};
use domain::Version;
use insights::{Case, highest, raised};
use std::collections::BTreeSet;

const DAY: i64 = 86_400_000;
const WEEKS: i64 = 12;
/// Versions that are named.
const VERSIONS: usize = 5;

/// `accounts`: of its tickets.
pub(crate) fn of(engine: &Engine, known_error: i64, accounts: &[Option<String>]) -> Result<ImpactView> {
    let history = super::history(engine)?;
    // As `TicketHistory::problems` numbers it.
    let problem = known_error * 2 + 1;
    let cases: Vec<&Case> = history.cases.iter().filter(|case| case.problems.contains(&problem)).collect();
    let since = |days: i64| {
        cases.iter().filter(|case| (history.now - days * DAY..=history.now).contains(&case.created_at)).count()
    };
    let week = |back: i64| {
        let until = history.now - back * 7 * DAY;
        cases.iter().filter(|case| (until - 7 * DAY < case.created_at) && (case.created_at <= until)).count() as u64
    };
    let escalated = cases.iter().filter(|case| raised(case, &history.tiers).is_some()).count();
    let cost = money::of(engine, escalated as f64)?;
    let versions: BTreeSet<&String> = cases.iter().filter_map(|case| case.version.as_ref()).collect();
    let mut versions: Vec<&String> = versions.into_iter().collect();
    versions.sort_by_cached_key(|version| std::cmp::Reverse((Version::parse(version), (*version).clone())));
    let unnamed = cases.iter().filter(|case| case.requester.is_none()).count();
    let users: BTreeSet<i64> = cases.iter().filter_map(|case| case.requester).collect();
    let accounts: BTreeSet<&str> = accounts.iter().flatten().map(String::as_str).collect();
    Ok(ImpactView {
        severity: severity::of(engine, &history, &cases)?,
        day: since(1) as u64,
        week: since(7) as u64,
        tickets: cases.len() as u64,
        accounts: accounts.len() as u64,
        users: (users.len() + unnamed) as u64,
        tier: cases.iter().map(|case| highest(case, &history.tiers)).max(),
        versions: versions.into_iter().take(VERSIONS).cloned().collect(),
        weeks: (0..WEEKS).rev().map(week).collect(),
        escalated: escalated as u64,
        cost: money::band(cost.money),
        measured: cost.measured > 0,
    })
}
