//! What escalations cost here: assumed hours until enough were logged, and always a band.

use super::History;
use crate::{
    Engine, Error, Result,
    api::{
        args::CostArgs,
        view::{BandView, CostView},
    },
};
use insights::{
    Period,
    cost::{Assumed, Band, Cost, ENOUGH, EXAMPLE_SHARE, EXAMPLE_TICKETS, cost},
    raised,
};

const KEPT: &str = "cost";
const DAY: f64 = 86_400_000.0;
/// Days of a month, on average.
const MONTH: f64 = 365.25 / 12.0;

pub(crate) fn assumed(engine: &Engine) -> Result<Assumed> {
    let kept = engine.core.store.preference(KEPT)?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default())
}

/// With hours logged where enough are.
pub(crate) fn of(engine: &Engine, escalations: f64) -> Result<Cost> {
    Ok(cost(escalations, &assumed(engine)?, &engine.core.store.efforts()?))
}

pub(super) fn view(engine: &Engine, history: &History, period: Period) -> Result<CostView> {
    let escalated = history
        .cases
        .iter()
        .filter(|case| period.has(case.created_at) && raised(case, &history.tiers).is_some())
        .count();
    let months = ((period.until - period.from) as f64 / DAY / MONTH).max(1.0);
    let assumed = assumed(engine)?;
    let of = cost(escalated as f64 / months, &assumed, &history.efforts);
    let example = cost(EXAMPLE_TICKETS * EXAMPLE_SHARE, &Assumed::default(), &[]);
    Ok(CostView {
        hours_low: assumed.hours_low,
        hours_high: assumed.hours_high,
        rate: assumed.rate,
        refocus_minutes: assumed.refocus_minutes,
        measured: of.measured,
        needed: ENOUGH,
        escalations: of.escalations,
        each: band(of.each),
        monthly: band(of.money),
        yearly: band(of.yearly),
        example_monthly: band(example.money),
        example_yearly: band(example.yearly),
    })
}

pub(super) fn band(band: Band) -> BandView {
    BandView { low: band.low, high: band.high }
}

/// Of the last 90 days.
pub(crate) fn costs(engine: &Engine) -> Result<CostView> {
    let history = super::history(engine)?;
    let period = history.period(&Default::default());
    view(engine, &history, period)
}

pub(crate) fn set_cost(engine: &Engine, args: &CostArgs) -> Result<CostView> {
    engine.must_own()?;
    let CostArgs { hours_low, hours_high, rate, refocus_minutes } = *args;
    let assumed = Assumed { hours_low, hours_high, rate, refocus_minutes };
    if let Some(wrong) = assumed.wrong() {
        return Err(Error::BadInput(wrong.into()));
    }
    let json = serde_json::to_string(&assumed).map_err(|_| Error::Broken)?;
    engine.core.store.set_preference(KEPT, &json)?;
    costs(engine)
}
