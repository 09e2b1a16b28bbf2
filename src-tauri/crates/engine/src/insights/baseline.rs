//! Figures as they were on a day, frozen with what they meant then: no later sync changes them.

use super::History;
use crate::{
    Engine, Error, Result,
    api::{
        args::BaselineArgs,
        view::{BaselineView, InsightsView},
    },
};
use insights::Tiers;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const KEPT: &str = "baseline";

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Baseline {
    frozen_at: i64,
    from: i64,
    until: i64,
    tiers: Tiers,
    /// Only those that had something to divide by.
    pub values: BTreeMap<String, f64>,
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
    let baseline = Baseline { frozen_at: history.now, from, until, tiers: history.tiers.clone(), values };
    let json = serde_json::to_string(&baseline).map_err(|_| Error::Broken)?;
    engine.core.store.set_preference(KEPT, &json)?;
    super::get(engine, &args.period)
}
