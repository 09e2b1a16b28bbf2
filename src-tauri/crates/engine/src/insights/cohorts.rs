//! The same figures of tickets that have something in common, side by side.

use super::show;
use crate::{
    Engine, Error, Result,
    api::{
        args::{CohortsArgs, PartArgs, PartBy},
        view::{CohortView, CohortsView},
    },
};
use domain::Tier;
use insights::{Case, FIGURES, Part, Period, cohorts, highest, raised};
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::SqlPart;

/// Of each cohort. Times beside shares; none without what it is never shown without.
const NAMES: [&str; 8] = ["engineering", "l1_l2", "l2_l3", "independent", "reopened", "recontact", "csat", "hours_all"];
const YES: &str = "yes";
const NO: &str = "no";
/// Cohorts that are shown, those with most tickets.
const MOST: usize = 24;

pub(crate) fn get(engine: &Engine, args: &CohortsArgs) -> Result<CohortsView> {
    let history = super::history(engine)?;
    let period = history.period(&args.period);
    let within = history.cases.iter().filter(|case| period.has(case.created_at));
    let mut counted: BTreeMap<Option<String>, u64> = BTreeMap::new();
    for case in within {
        *counted.entry(value_of(args.by, case, &history.tiers)).or_default() += 1;
    }
    let of = counted.len();
    let mut values: Vec<(Option<String>, u64)> = counted.into_iter().collect();
    match args.by {
        PartBy::Month => drop(values.drain(..of.saturating_sub(MOST))),
        PartBy::Tier => {}
        // What was stands before what was not.
        PartBy::Escalated | PartBy::Used | PartBy::Reopened => values.reverse(),
        PartBy::Product | PartBy::Version => values.sort_by(|(_, a), (_, b)| b.cmp(a)),
    }
    values.truncate(MOST);
    let parts: Vec<Part> =
        values.iter().map(|(value, _)| one(&PartArgs { by: args.by, value: value.clone() })).collect::<Result<_>>()?;
    let figures = cohorts(&history.past(), &history.scope(period, None), &NAMES, &parts);
    let rows = values.into_iter().zip(figures).map(|((value, tickets), figures)| CohortView {
        value,
        tickets,
        figures: figures.iter().map(|figure| show::figure(&history, figure, None)).collect(),
    });
    let rows: Vec<CohortView> = rows.collect();
    let names = NAMES.iter().filter_map(|name| FIGURES.iter().find(|definition| definition.name == *name));
    Ok(CohortsView {
        by: args.by,
        rule: history.tiers.words(),
        names: names.map(|definition| definition.name.to_owned()).collect(),
        of: of as u64,
        rows,
    })
}

fn value_of(by: PartBy, case: &Case, tiers: &insights::Tiers) -> Option<String> {
    match by {
        PartBy::Product => case.product.clone(),
        PartBy::Version => case.version.clone(),
        PartBy::Tier => Some(highest(case, tiers).as_str().into()),
        PartBy::Escalated => yes(raised(case, tiers).is_some()),
        PartBy::Used => yes(case.used),
        PartBy::Reopened => yes(case.reopened()),
        PartBy::Month => {
            let text = domain::Millis(case.created_at).to_rfc3339();
            Some(text.chars().take(7).collect())
        }
    }
}

fn yes(was: bool) -> Option<String> {
    Some(if was { YES } else { NO }.to_owned())
}

pub(super) fn part(args: Option<&PartArgs>) -> Result<Option<Part>> {
    args.map(one).transpose()
}

fn one(args: &PartArgs) -> Result<Part> {
    let said = || args.value.clone().unwrap_or_default();
    let was = || match said().as_str() {
        YES => Ok(true),
        NO => Ok(false),
        other => Err(Error::BadInput(format!("\"{other}\" is neither yes nor no"))),
    };
    match args.by {
        PartBy::Product => Ok(Part::Product(args.value.clone())),
        PartBy::Version => Ok(Part::Version(args.value.clone())),
        PartBy::Tier => Tier::parse(&said())
            .map(Part::Tier)
            .ok_or_else(|| Error::BadInput(format!("\"{}\" is no tier; there are l1, l2 and l3", said()))),
        PartBy::Month => month(&said())
            .map(Part::Within)
            .ok_or_else(|| Error::BadInput(format!("\"{}\" is no month: write it as 2026-03", said()))),
        PartBy::Escalated => was().map(Part::Escalated),
        PartBy::Used => was().map(Part::Used),
        PartBy::Reopened => was().map(Part::Reopened),
    }
}

/// In UTC.
fn month(text: &str) -> Option<Period> {
    let first: Date = format!("{text}-01").parse().ok()?;
    let begins = |date: Date| date.in_tz("UTC").map(|zoned| zoned.timestamp().as_millisecond()).ok();
    Some(Period { from: begins(first)?, until: begins(first.last_of_month().tomorrow().ok()?)? })
}

pub(super) fn sql(part: Option<&Part>) -> SqlPart {
    match part {
        None => SqlPart::All,
        Some(Part::Product(product)) => SqlPart::Product(product.clone()),
        Some(Part::Version(version)) => SqlPart::Version(version.clone()),
        Some(Part::Tier(tier)) => SqlPart::Tier(tier.as_str()),
        Some(Part::Within(period)) => SqlPart::Within(period.from, period.until),
        Some(Part::Escalated(was)) => SqlPart::Escalated(*was),
        Some(Part::Used(was)) => SqlPart::Used(*was),
        Some(Part::Reopened(was)) => SqlPart::Reopened(*was),
    }
}
