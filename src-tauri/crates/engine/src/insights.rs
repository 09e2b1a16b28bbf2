//! Figures over the workspace's own history: read once, counted by `insights`, each with the rows behind it.

pub(crate) mod able;
pub(crate) mod avoidable;
mod baseline;
mod behind;
mod cohorts;
mod gathered;
mod handed;
mod hours;
pub(crate) mod impact;
pub(crate) mod judged;
mod money;
mod pictures;
pub(crate) mod programme;
pub(crate) mod reasons;
mod report;
mod saved;
pub(crate) mod severity;
mod show;
mod tiers;

use crate::{
    Engine, Error, Result,
    api::{
        args::{FigureArgs, FigureRowsArgs, PeriodArgs},
        view::{FigureExplained, FigureRows, InsightsView},
    },
    queue,
    replay::calibration,
};
use ::insights::{FIGURES, Figure, HandledRule, Of, Opening, Part, Past, Period, Scope, Tiers, Week};
pub(crate) use baseline::freeze;
pub(crate) use behind::get as behind;
pub(crate) use cohorts::get as by_cohort;
use domain::Tier;
pub(crate) use gathered::{Gathered, keep_facts, read_ahead};
pub(crate) use hours::{set as set_hours, view as hours_view};
pub(crate) use money::{costs, set_cost};
pub(crate) use report::write as report;
pub(crate) use saved::save;
use std::{collections::BTreeMap, sync::Arc};
use store::SqlTiers;
pub(crate) use tiers::{of as tiers_in_use, set as set_tiers, view as tiers_view};

const DAYS: u32 = 90;
const DAY: i64 = 86_400_000;
/// Rows to a page, at most.
const MOST: u32 = 500;

/// All that figures are made of, as it is now.
pub(crate) struct History {
    gathered: Arc<Gathered>,
    pub tiers: Tiers,
    pub now: i64,
    pub week: Week,
    pub opening: Opening,
    /// From how sure on what the exam found counts as an answer.
    pub seen: f64,
    pub handled: HandledRule,
}

impl std::ops::Deref for History {
    type Target = Gathered;
    fn deref(&self) -> &Gathered {
        &self.gathered
    }
}

pub(crate) fn history(engine: &Engine) -> Result<History> {
    let gathered = gathered::newest(engine)?;
    let now = engine.core.clock.now().0;
    let week = hours::of(engine)?;
    let opening = hours::opening(&week, now);
    let tiers = gathered.reading(engine, tiers_in_use(engine)?)?;
    let seen = calibration::newest(engine)?.bars.seen;
    let handled = able::rule(engine)?.0;
    Ok(History { gathered, tiers, now, week, opening, seen, handled })
}

impl History {
    fn period(&self, args: &PeriodArgs) -> Period {
        match args.days.unwrap_or(DAYS) {
            0 => {
                Period { from: self.cases.first().map_or(0, |case| case.created_at.min(self.now)), until: self.now + 1 }
            }
            days => Period { from: self.now - i64::from(days) * DAY, until: self.now + 1 },
        }
    }

    pub(crate) fn past(&self) -> Past<'_> {
        let Gathered { cases, handed, written, judged, .. } = &**self;
        Past { cases, handed, written, judged }
    }

    fn scope<'a>(&'a self, period: Period, part: Option<&'a Part>) -> Scope<'a> {
        let History { tiers, opening, seen, handled, .. } = self;
        Scope { period, part, tiers, opening, seen: *seen, handled: *handled }
    }

    fn figures(&self, period: Period, part: Option<&Part>) -> Vec<Figure> {
        ::insights::figures(&self.past(), &self.scope(period, part))
    }

    fn figure(&self, name: &str, period: Period, part: Option<&Part>) -> Result<Figure> {
        let of = FIGURES.iter().find(|figure| figure.name == name).ok_or_else(|| unknown(name))?;
        Ok(::insights::figure(&self.past(), &self.scope(period, part), of))
    }

    pub(crate) fn key(&self, row: i64) -> Option<String> {
        self.keys.get(&row).cloned()
    }
}

fn unknown(name: &str) -> Error {
    let names: Vec<&str> = FIGURES.iter().map(|figure| figure.name).collect();
    Error::BadInput(format!("there is no figure \"{name}\"; there are {}", names.join(", ")))
}

pub(crate) fn get(engine: &Engine, args: &PeriodArgs) -> Result<InsightsView> {
    let history = history(engine)?;
    let part = cohorts::part(args.part.as_ref())?;
    show::view(engine, &history, history.period(args), part.as_ref())
}

/// A figure with its statement, run on the database once more: two ways to the same number.
pub(crate) fn explain(engine: &Engine, args: &FigureArgs) -> Result<FigureExplained> {
    let history = history(engine)?;
    let (period, part) = (history.period(&args.period), cohorts::part(args.period.part.as_ref())?);
    let figure = history.figure(&args.name, period, part.as_ref())?;
    let tiers = sql_tiers(engine, &history, part.as_ref())?;
    let sql = store::figure_sql(&args.name, &tiers).ok_or_else(|| unknown(&args.name))?;
    let counted = engine.core.store.figure_by_sql(&args.name, &tiers, period.from, period.until)?;
    let counted = counted.unwrap_or_default();
    let before = baseline::read(engine)?.filter(|_| part.is_none());
    Ok(FigureExplained {
        figure: show::with_baseline(&history, &figure, before.as_ref(), period),
        rule: history.tiers.words(),
        hours: hours::words(&history.week),
        from: period.from,
        until: period.until,
        sql,
        sql_count: counted.count,
        sql_of: counted.of,
        sql_mean: counted.value,
    })
}

/// What is behind a number, newest first: tickets, or packages that were handed over.
pub(crate) fn rows(engine: &Engine, args: &FigureRowsArgs) -> Result<FigureRows> {
    let history = history(engine)?;
    let part = cohorts::part(args.period.part.as_ref())?;
    let figure = history.figure(&args.name, history.period(&args.period), part.as_ref())?;
    let definition = FIGURES.iter().find(|definition| definition.name == figure.name);
    let mut rows = if args.base { figure.base } else { figure.rows };
    rows.reverse();
    let total = rows.len() as u64;
    let page: Vec<i64> = rows.into_iter().skip(args.offset as usize).take(args.limit.min(MOST) as usize).collect();
    if definition.is_some_and(|definition| matches!(definition.of, Of::Escalations | Of::Facts)) {
        let escalations = crate::escalation::rows(engine, &page)?;
        return Ok(FigureRows { total, rows: Vec::new(), escalations });
    }
    let rows = engine.core.store.ticket_rows(&page)?.into_iter().map(queue::row_view).collect();
    Ok(FigureRows { total, rows, escalations: Vec::new() })
}

fn sql_tiers(engine: &Engine, history: &History, part: Option<&Part>) -> Result<SqlTiers> {
    let tiers = &history.tiers;
    let groups = engine.core.store.groups_of_tickets()?;
    let of = groups.into_iter().map(|(name, _)| {
        let tier = tiers.of(Some(&name)).as_str();
        (name, tier)
    });
    let rule = tiers.rule;
    let named = |said: &BTreeMap<String, Tier>| said.iter().map(|(name, tier)| (name.clone(), tier.as_str())).collect();
    Ok(SqlTiers {
        of: of.collect(),
        agents: named(&tiers.agents),
        tags: named(&tiers.tags),
        issue: rule.issue,
        group: rule.group,
        engineer: rule.engineer,
        open: history.opening.open.clone(),
        shifts: history.opening.shifts.clone(),
        seen: history.seen,
        handled: (history.handled.tickets, history.handled.days),
        part: cohorts::sql(part),
    })
}

#[cfg(test)]
mod tests;
