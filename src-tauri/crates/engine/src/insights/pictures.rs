//! What is drawn beside the figures: when tickets come, which tier can do what, and releases.

use super::History;
use crate::{
    Engine, Result,
    api::view::{CapabilityView, ReleaseMark, ShiftView, StageView, StagesView},
};
use insights::{Capability, Case, Part, Period, Stage, capabilities, heat, shifted};
use std::collections::{BTreeSet, HashMap};
use store::Problem;

/// Errors and known errors that are shown.
const MOST: usize = 20;
/// Releases that are drawn: of more the newest.
const MARKS: usize = 40;
/// A burst may come of what came out so long before it.
const NEAR: i64 = 7 * 86_400_000;

pub(super) fn arrivals(cohort: &[&Case], history: &History) -> Vec<Vec<u64>> {
    heat(cohort, &history.opening).into_iter().map(|hours| hours.to_vec()).collect()
}

pub(super) fn shift(cohort: &[&Case], period: Period, history: &History) -> ShiftView {
    let found = shifted(cohort, period, &history.tiers);
    let ([entered_before, entered], [passed_before, passed]) = (found.entered, found.passed);
    let [hours_before, hours] = found.hours;
    ShiftView { alarm: found.alarm, entered_before, entered, passed_before, passed, hours_before, hours }
}

/// Tickets of a stage that are opened, those where it took longest.
const OF_A_STAGE: usize = 200;

pub(super) fn stages(history: &History, period: Period, part: Option<&Part>) -> StagesView {
    let told = ::insights::stages(&history.past(), &history.scope(period, part));
    let hours = |took: i64| took as f64 / 3_600_000.0;
    let longest = told.longest();
    let view = |stage: Stage| StageView {
        until: stage.until,
        count: stage.rows.len() as u64,
        hours: hours(stage.took),
        median: stage.spread.map(|spread| spread.median),
        p90: stage.spread.map(|spread| spread.p90),
        tickets: stage.rows.into_iter().take(OF_A_STAGE).filter_map(|row| history.key(row)).collect(),
    };
    let stages = told.stages.into_iter().map(view).collect();
    StagesView { tickets: told.tickets, hours: hours(told.took), longest, stages }
}

/// Only their names are still to be found.
pub(super) fn able(cohort: &[&Case], history: &History) -> Vec<Capability> {
    capabilities(cohort, &history.tiers).into_iter().take(MOST).collect()
}

/// `handled`: those that support handles.
pub(super) fn named(
    able: Vec<Capability>,
    history: &History,
    names: &HashMap<i64, Problem>,
    handled: &BTreeSet<i64>,
) -> Vec<CapabilityView> {
    let view = |one: Capability| {
        let [l1, l2, l3] = one.by.map(|rows| rows.into_iter().filter_map(|row| history.key(row)).collect());
        let (title, name) = named_as(names, one.problem);
        let always = history.judged.always.contains(&one.problem);
        let handled = handled.contains(&one.problem);
        CapabilityView { title, name, always, handled, lowest: one.lowest, l1, l2, l3 }
    };
    able.into_iter().map(view).collect()
}

/// Its title, and the name that outlives its row.
pub(super) fn named_as(names: &HashMap<i64, Problem>, problem: i64) -> (String, String) {
    names.get(&problem).map(|one| (one.title.clone(), one.name.clone())).unwrap_or_default()
}

/// What was published or brought somewhere within the period, oldest first.
pub(super) fn releases(engine: &Engine, period: Period) -> Result<Vec<ReleaseMark>> {
    let within = crate::code::marks::all(engine)?.into_iter().filter(|mark| period.has(mark.at));
    let mut marks: Vec<ReleaseMark> =
        within.map(|mark| ReleaseMark { at: mark.at, version: mark.version, environment: mark.environment }).collect();
    Ok(marks.split_off(marks.len().saturating_sub(MARKS)))
}

/// Of a burst: what came out in the days before it began, newest first.
pub(super) fn before(marks: &[ReleaseMark], first_at: i64) -> Vec<ReleaseMark> {
    let near = marks.iter().rev().filter(|mark| (first_at - NEAR..first_at).contains(&mark.at));
    near.take(3).cloned().collect()
}
