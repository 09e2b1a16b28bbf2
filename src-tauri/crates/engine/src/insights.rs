//! Figures over the workspace's own history: read once, counted by `insights`, each with the rows behind it.

pub(crate) mod avoidable;
mod baseline;
mod money;
mod report;
mod show;
mod tiers;

use crate::{
    Engine, Error, Result,
    api::{
        args::{FigureArgs, FigureRowsArgs, PeriodArgs},
        view::{FigureExplained, InsightsView, Queue},
    },
    queue,
};
use ::insights::{Case, FIGURES, Figure, Handover, Period, Tiers};
pub(crate) use baseline::freeze;
pub(crate) use money::{costs, set_cost};
pub(crate) use report::write as report;
use std::collections::HashMap;
use store::SqlTiers;
pub(crate) use tiers::{of as tiers_in_use, set as set_tiers, view as tiers_view};

const DAYS: u32 = 90;
const DAY: i64 = 86_400_000;
/// Rows to a page, at most.
const MOST: u32 = 500;

/// All that figures are made of, as it is now.
pub(crate) struct History {
    pub cases: Vec<Case>,
    pub keys: HashMap<i64, String>,
    pub tiers: Tiers,
    pub now: i64,
}

pub(crate) fn history(engine: &Engine) -> Result<History> {
    let histories = engine.core.store.histories()?;
    let mut keys = HashMap::with_capacity(histories.len());
    let mut cases = Vec::with_capacity(histories.len());
    for one in histories {
        keys.insert(one.row, one.key);
        let handovers = one.handovers.into_iter().map(|(at, from, to)| Handover { at, from, to });
        cases.push(Case {
            row: one.row,
            created_at: one.created_at,
            solved_at: one.solved_at,
            done: one.done,
            group: one.group,
            product: one.product,
            requester: one.requester,
            handovers: handovers.collect(),
            engineer_at: one.engineer_at,
            issue: one.issue,
            problems: one.problems,
            linked: one.linked,
        });
    }
    Ok(History { cases, keys, tiers: tiers_in_use(engine)?, now: engine.core.clock.now().0 })
}

impl History {
    fn period(&self, args: PeriodArgs) -> Period {
        match args.days.unwrap_or(DAYS) {
            0 => {
                Period { from: self.cases.first().map_or(0, |case| case.created_at.min(self.now)), until: self.now + 1 }
            }
            days => Period { from: self.now - i64::from(days) * DAY, until: self.now + 1 },
        }
    }

    fn figure(&self, name: &str, period: Period) -> Result<Figure> {
        let figures = ::insights::figures(&self.cases, period, &self.tiers);
        figures.into_iter().find(|figure| figure.name == name).ok_or_else(|| unknown(name))
    }

    pub(crate) fn key(&self, row: i64) -> Option<String> {
        self.keys.get(&row).cloned()
    }
}

fn unknown(name: &str) -> Error {
    let names: Vec<&str> = FIGURES.iter().map(|figure| figure.name).collect();
    Error::BadInput(format!("there is no figure \"{name}\"; there are {}", names.join(", ")))
}

pub(crate) fn get(engine: &Engine, args: PeriodArgs) -> Result<InsightsView> {
    let history = history(engine)?;
    show::view(engine, &history, history.period(args))
}

/// A figure with its statement, run on the database once more: two ways to the same number.
pub(crate) fn explain(engine: &Engine, args: &FigureArgs) -> Result<FigureExplained> {
    let history = history(engine)?;
    let period = history.period(args.period);
    let figure = history.figure(&args.name, period)?;
    let tiers = sql_tiers(engine, &history.tiers)?;
    let sql = store::figure_sql(&args.name, &tiers).ok_or_else(|| unknown(&args.name))?;
    let counted = engine.core.store.figure_by_sql(&args.name, &tiers, period.from, period.until)?;
    let (sql_count, sql_of, sql_mean, ..) = counted.unwrap_or_default();
    let before = baseline::read(engine)?;
    Ok(FigureExplained {
        figure: show::figure(&figure, before.as_ref()),
        rule: history.tiers.rule.words(),
        from: period.from,
        until: period.until,
        sql,
        sql_count,
        sql_of,
        sql_mean,
    })
}

/// The tickets behind a number, newest first.
pub(crate) fn rows(engine: &Engine, args: &FigureRowsArgs) -> Result<Queue> {
    let history = history(engine)?;
    let figure = history.figure(&args.name, history.period(args.period))?;
    let mut rows = if args.base { figure.base } else { figure.rows };
    rows.reverse();
    let total = rows.len() as u64;
    let page: Vec<i64> = rows.into_iter().skip(args.offset as usize).take(args.limit.min(MOST) as usize).collect();
    let rows = engine.core.store.ticket_rows(&page)?.into_iter().map(queue::row_view).collect();
    Ok(Queue { total, rows })
}

fn sql_tiers(engine: &Engine, tiers: &Tiers) -> Result<SqlTiers> {
    let groups = engine.core.store.groups_of_tickets()?;
    let of = groups.into_iter().map(|(name, _)| {
        let tier = tiers.of(Some(&name)).as_str();
        (name, tier)
    });
    let rule = tiers.rule;
    Ok(SqlTiers { of: of.collect(), issue: rule.issue, group: rule.group, engineer: rule.engineer })
}

#[cfg(test)]
mod tests;
