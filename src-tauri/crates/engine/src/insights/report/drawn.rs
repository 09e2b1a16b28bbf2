//! What the report draws.

use crate::{
    Engine, Result,
    api::view::{InsightsView, MonthView, ReleaseMark},
    insights::History,
    ticket,
};
use domain::{Millis, Tier};
use insights::{Case, FIGURES, Part, Period, Pictures, Rate, Reason, Way, raised};

/// Ways that are drawn.
const WAYS: usize = 8;
const HOUR: f64 = 3_600_000.0;

pub(super) fn all(engine: &Engine, history: &History, view: &InsightsView, part: Option<&Part>) -> Result<Pictures> {
    Ok(Pictures {
        rates: rates(&view.months),
        releases: releases(&view.months, &view.releases, view.until),
        funnel: [view.funnel.l1, view.funnel.l2, view.funnel.l3],
        reasons: view
            .reasons
            .iter()
            .map(|one| Reason { name: one.reason.replace('_', " "), count: one.count })
            .collect(),
        ways: ways(engine, history, view, part)?,
        arrivals: view.arrivals.clone(),
        zone: history.week.zone.to_string(),
    })
}

type Counted = fn(&MonthView) -> (u64, u64);

/// The three that have a goal, with the bases of their figures.
fn rates(months: &[MonthView]) -> Vec<Rate> {
    let of: [(&str, Counted); 3] = [
        ("engineering", |month| (month.escalated, month.tickets)),
        ("l1_l2", |month| (month.l1_handed, month.l1)),
        ("l2_l3", |month| (month.l2_handed, month.l2)),
    ];
    let rate = |(name, counted): (&str, Counted)| {
        let figure = FIGURES.iter().find(|figure| figure.name == name)?;
        let month = |one: &MonthView| {
            let (counted, of) = counted(one);
            (Millis(one.from).to_rfc3339().chars().take(7).collect(), counted, of)
        };
        let months = months.iter().map(month).collect();
        Some(Rate { title: super::words(name).into(), base: figure.base.into(), goal: figure.target?, months })
    };
    of.into_iter().filter_map(rate).collect()
}

/// A month is as wide as any other: within it, a release stands where its day does.
fn releases(months: &[MonthView], marks: &[ReleaseMark], until: i64) -> Vec<(f64, String)> {
    let place = |mark: &ReleaseMark| {
        let nth = months.partition_point(|month| month.from <= mark.at).checked_sub(1)?;
        let from = months.get(nth)?.from;
        let end = months.get(nth + 1).map_or(until.max(from + 28 * 86_400_000), |next| next.from);
        let name = match &mark.environment {
            Some(environment) => format!("{} in {environment}", mark.version),
            None => mark.version.clone(),
        };
        Some((nth as f64 + ((mark.at - from) as f64 / (end - from) as f64).min(1.0), name))
    };
    marks.iter().filter_map(place).collect()
}

/// Ids and groups: no name, and no word of a customer.
fn ways(engine: &Engine, history: &History, view: &InsightsView, part: Option<&Part>) -> Result<Vec<Way>> {
    let period = Period { from: view.from, until: view.until };
    let meant = |case: &&Case| {
        period.has(case.created_at)
            && case.solved_at.is_some()
            && part.is_none_or(|part| part.has(case, &history.tiers))
            && raised(case, &history.tiers).is_some()
    };
    let mut cases: Vec<&Case> = history.cases.iter().filter(meant).collect();
    let took = |case: &Case| case.solved_at.unwrap_or(case.created_at) - case.created_at;
    cases.sort_by_key(|case| (-took(case), case.row));
    let mut ways = Vec::new();
    for case in cases.into_iter().take(WAYS) {
        let stays = ticket::stays_of(engine, case.row)?.into_iter().map(|stay| {
            let tier = match stay.tier {
                Tier::L1 => 1,
                Tier::L2 => 2,
                Tier::L3 => 3,
            };
            let group = stay.group.unwrap_or_else(|| "no group".into());
            (group, tier, stay.touch as f64 / HOUR, stay.wait as f64 / HOUR)
        });
        ways.push(Way { id: history.key(case.row).unwrap_or_default(), stays: stays.collect() });
    }
    Ok(ways)
}
