//! Figures as they are shown.

use super::{History, baseline, baseline::Baseline, money, pictures, reasons, severity};
use crate::{
    Engine, Result,
    api::view::{
        BandView, BurstView, FigureView, FunnelView, InsightsView, IssueTypeView, MonthView, ReleaseMark, SpreadView,
    },
};
use domain::Tier;
use insights::{Burst, Case, FIGURES, Figure, Part, Period, Spread, bursts, engineer_only, entered, handled, months};
use jiff::{Timestamp, civil::Time, tz::TimeZone};
use std::collections::HashMap;
use store::Problem;

/// Types and bursts that are shown.
const MOST: usize = 20;

pub(super) fn view(engine: &Engine, history: &History, period: Period, part: Option<&Part>) -> Result<InsightsView> {
    // It was frozen of all tickets.
    let baseline = baseline::read(engine)?.filter(|_| part.is_none());
    let within = |case: &&Case| part.is_none_or(|part| part.has(case, &history.tiers));
    let cohort: Vec<&Case> = history.cases.iter().filter(|case| period.has(case.created_at)).filter(within).collect();
    let figures = history.figures(period, part);
    let all: Vec<&Case> = history.cases.iter().collect();
    let only: Vec<_> = engineer_only(&cohort, &history.tiers).into_iter().take(MOST).collect();
    let bursts: Vec<Burst> = bursts(&all, history.now).into_iter().take(MOST).collect();
    let able = pictures::able(&cohort, history);
    // A burst is of today, whatever the period.
    let marks = pictures::releases(engine, Period { from: period.from, until: history.now + 1 })?;
    let of_able = able.iter().map(|one| one.problem);
    let named: Vec<i64> = of_able
        .chain(only.iter().map(|(problem, _)| *problem))
        .chain(bursts.iter().map(|burst| burst.problem))
        .collect();
    let named = engine.core.store.problems_named(&named)?.into_iter().map(|one| (one.id, one));
    let names: HashMap<i64, Problem> = named.collect();
    let mut engineer_only = Vec::with_capacity(only.len());
    for (problem, rows) in only {
        let each = money::of(engine, rows.len() as f64)?.money;
        let (title, name) = pictures::named_as(&names, problem);
        engineer_only.push(IssueTypeView {
            title,
            name,
            always: history.judged.always.contains(&problem),
            tickets: rows.into_iter().filter_map(|row| history.key(row)).collect(),
            cost: BandView { low: each.low, high: each.high },
        });
    }
    let mut shown = Vec::with_capacity(bursts.len());
    for burst in bursts {
        shown.push(self::burst(engine, history, &names, &marks, burst)?);
    }
    let count = |tier| cohort.iter().filter(|case| entered(case, &history.tiers, tier)).count() as u64;
    Ok(InsightsView {
        from: period.from,
        until: period.until,
        tickets: cohort.len() as u64,
        rule: history.tiers.words(),
        hours: super::hours::words(&history.week),
        figures: figures.iter().map(|one| with_baseline(history, one, baseline.as_ref(), period)).collect(),
        funnel: FunnelView { l1: count(Tier::L1), l2: count(Tier::L2), l3: count(Tier::L3) },
        months: by_month(&cohort, history),
        cost: money::view(engine, history, period)?,
        reasons: reasons::counted(history, period),
        stages: pictures::stages(history, period, part),
        arrivals: pictures::arrivals(&cohort, history),
        shift: pictures::shift(&cohort, period, history),
        capabilities: pictures::named(able, history, &names, &handled(&history.past(), &history.scope(period, part))),
        handled: super::able::view(engine)?,
        releases: marks,
        engineer_only,
        bursts: shown,
        baseline: baseline.map(|baseline| baseline::view(history, &baseline)),
    })
}

/// How sure a change is takes a thousand redraws: of the one figure that has them.
pub(super) fn with_baseline(history: &History, of: &Figure, baseline: Option<&Baseline>, period: Period) -> FigureView {
    let since = baseline.filter(|_| of.name == baseline::TIMES_OF).and_then(|one| one.since(history, period));
    FigureView { since, ..figure(history, of, baseline) }
}

pub(super) fn figure(history: &History, figure: &Figure, baseline: Option<&Baseline>) -> FigureView {
    let definition = FIGURES.iter().find(|definition| definition.name == figure.name).unwrap_or(&FIGURES[0]);
    FigureView {
        name: figure.name.into(),
        formula: history.handled.in_words(definition.formula),
        base: definition.base.into(),
        unit: definition.unit,
        counts: definition.of,
        target: definition.target,
        at_least: definition.at_least,
        with: definition.with.iter().map(|name| (*name).into()).collect(),
        by_rule: definition.by_rule,
        value: figure.value,
        count: figure.count,
        of: figure.of,
        median: figure.spread.map(|spread| spread.median),
        p90: figure.spread.map(|spread| spread.p90),
        at_most: figure.at_most,
        at_work: figure.at_work.map(|Spread { mean, median, p90, .. }| SpreadView { mean, median, p90 }),
        before: baseline.and_then(|baseline| baseline.values.get(figure.name).copied()),
        since: None,
    }
}

pub(super) fn by_month(cohort: &[&Case], history: &History) -> Vec<MonthView> {
    // 32 days on it is the next month, whichever.
    let next = |from: i64| first_of_month(from + 32 * 86_400_000);
    let months = months(cohort, &history.tiers, first_of_month, next);
    let view = |month: insights::Month| MonthView {
        from: month.from,
        tickets: month.tickets,
        escalated: month.escalated,
        solved: month.solved,
        alone: month.alone,
        l1: month.l1,
        l1_handed: month.l1_handed,
        l2: month.l2,
        l2_handed: month.l2_handed,
    };
    months.into_iter().map(view).collect()
}

/// In UTC.
fn first_of_month(at: i64) -> i64 {
    let time = Timestamp::from_millisecond(at).map(|time| TimeZone::UTC.to_datetime(time));
    let first =
        time.and_then(|time| TimeZone::UTC.to_timestamp(time.date().first_of_month().to_datetime(Time::midnight())));
    first.map_or(at, |first| first.as_millisecond())
}

fn burst(
    engine: &Engine,
    history: &History,
    names: &HashMap<i64, Problem>,
    marks: &[ReleaseMark],
    burst: Burst,
) -> Result<BurstView> {
    let rows = engine.core.store.ticket_rows(&burst.tickets)?;
    let mut products: Vec<String> = rows.iter().filter_map(|row| row.product.clone()).collect();
    products.sort_unstable();
    products.dedup();
    let cases: Vec<&Case> = history.cases.iter().filter(|case| case.problems.contains(&burst.problem)).collect();
    Ok(BurstView {
        title: pictures::named_as(names, burst.problem).0,
        reporters: burst.reporters,
        usual: burst.usual,
        first_at: burst.first_at,
        tickets: burst.tickets.iter().filter_map(|row| history.key(*row)).collect(),
        severity: severity::of(engine, history, &cases)?,
        products,
        after: pictures::before(marks, burst.first_at),
    })
}
