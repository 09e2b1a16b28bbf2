//! Figures as they were on a day, frozen with what they meant then: no later sync changes them.

use super::History;
use crate::{
    Engine, Error, Result,
    api::{
        args::BaselineArgs,
        view::{BaselineView, InsightsView, LessView, SinceView, SpreadView},
    },
};
use insights::{Case, LEAST, Less, Period, REDRAWS, Tiers, Times, since};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const KEPT: &str = "baseline";
/// The figure whose times are frozen one by one.
pub(super) const TIMES_OF: &str = "hours_all";

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Baseline {
    frozen_at: i64,
    from: i64,
    until: i64,
    tiers: Tiers,
    /// Only those that had something to divide by.
    pub values: BTreeMap<String, f64>,
    /// Not of one that was frozen before times were kept.
    #[serde(default)]
    times: Option<Times>,
}

impl Baseline {
    /// How sure it is that tickets are solved faster than then, or more slowly.
    pub fn since(&self, history: &History, period: Period) -> Option<SinceView> {
        let (before, now) = (self.times.as_ref()?, times(history, period)?);
        let told = since(before, &now);
        let view = |Less { less, between }: Less| {
            let (low, high) = between.unzip();
            LessView { less, low, high }
        };
        let then = before.spread;
        Some(SinceView {
            n_before: then.n,
            n: now.spread.n,
            before: SpreadView { mean: then.mean, median: then.median, p90: then.p90 },
            mean: told.mean.map(view),
            median: told.median.map(view),
            p90: told.p90.map(view),
            redraws: REDRAWS as u32,
            least: LEAST as u32,
            overlaps: period.from < self.until && self.from < period.until,
        })
    }
}

fn times(history: &History, period: Period) -> Option<Times> {
    Times::of(history.cases.iter().filter(|case| period.has(case.created_at)).filter_map(Case::hours).collect())
}

pub(super) fn read(engine: &Engine) -> Result<Option<Baseline>> {
    let kept = engine.core.store.preference(KEPT)?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()))
}

pub(super) fn view(history: &History, baseline: &Baseline) -> BaselineView {
    BaselineView {
        frozen_at: baseline.frozen_at,
        from: baseline.from,
        until: baseline.until,
        rule: baseline.tiers.words(),
        rule_changed: baseline.tiers != history.tiers,
    }
}

/// Refused where one is frozen, unless somebody says that it shall be replaced.
pub(crate) fn freeze(engine: &Engine, args: &BaselineArgs) -> Result<InsightsView> {
    engine.must_own()?;
    if read(engine)?.is_some() && !args.replace {
        return Err(Error::BadInput(
            "a baseline is frozen already, and stays as it is; say so where another shall take its place".into(),
        ));
    }
    let history = super::history(engine)?;
    let period = history.period(&args.period);
    let figures = history.figures(period, None);
    let values = figures.iter().filter_map(|figure| Some((figure.name.to_owned(), figure.value?))).collect();
    let (from, until) = (period.from, period.until);
    let (frozen_at, tiers, times) = (history.now, history.tiers.clone(), times(&history, period));
    let baseline = Baseline { frozen_at, from, until, tiers, values, times };
    let json = serde_json::to_string(&baseline).map_err(|_| Error::Broken)?;
    engine.core.store.set_preference(KEPT, &json)?;
    super::get(engine, &args.period)
}
