//! What escalations cost here: assumed hours until enough were logged, and always a band.

use super::History;
use crate::{
    Engine, Error, Result,
    api::{
        args::CostArgs,
        view::{BandView, CostBasisView, CostView},
    },
};
use insights::{
    Period,
    cost::{Assumed, Band, Cost, ENOUGH, EXAMPLE_SHARE, EXAMPLE_TICKETS, cost},
    raised,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const KEPT: &str = "cost";
const DAY: f64 = 86_400_000.0;
/// Days of a month, on average.
const MONTH: f64 = 365.25 / 12.0;

/// What is put in, and who said so.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Put {
    #[serde(flatten)]
    assumed: Assumed,
    /// By the name of the number; nothing of what is as shipped.
    said: BTreeMap<String, Said>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Said {
    at: i64,
    by: String,
    source: String,
}

/// Of what is written down there.
const LONGEST: usize = 200;

fn put(engine: &Engine) -> Result<Put> {
    let kept = engine.core.store.preference(KEPT)?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default())
}

pub(crate) fn assumed(engine: &Engine) -> Result<Assumed> {
    Ok(put(engine)?.assumed)
}

fn numbers(of: &Assumed) -> [(&'static str, f64); 4] {
    [
        ("hours_low", of.hours_low),
        ("hours_high", of.hours_high),
        ("rate", of.rate),
        ("refocus_minutes", of.refocus_minutes),
    ]
}

fn basis(put: &Put) -> Vec<CostBasisView> {
    let view = |(name, _): (&str, f64)| {
        let said = put.said.get(name).cloned();
        let at = said.as_ref().map(|said| said.at);
        let Said { by, source, .. } = said.unwrap_or_default();
        CostBasisView { name: name.into(), at, by, source }
    };
    numbers(&put.assumed).map(view).into()
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
    let put = put(engine)?;
    let assumed = put.assumed;
    let of = cost(escalated as f64 / months, &assumed, &history.efforts);
    let example = cost(EXAMPLE_TICKETS * EXAMPLE_SHARE, &Assumed::default(), &[]);
    Ok(CostView {
        hours_low: assumed.hours_low,
        hours_high: assumed.hours_high,
        rate: assumed.rate,
        refocus_minutes: assumed.refocus_minutes,
        basis: basis(&put),
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
    let CostArgs { hours_low, hours_high, rate, refocus_minutes, by, source } = args.clone();
    let assumed = Assumed { hours_low, hours_high, rate, refocus_minutes };
    if let Some(wrong) = assumed.wrong() {
        return Err(Error::BadInput(wrong.into()));
    }
    let flat = |text: Option<String>| text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let (by, source) = (flat(by), flat(source));
    if by.chars().count().max(source.chars().count()) > LONGEST {
        return Err(Error::BadInput(format!("who says so, and from what, are {LONGEST} characters at most")));
    }
    let before = put(engine)?;
    let mut said = before.said;
    // What stays as it was has whoever said that.
    for ((name, value), (_, old)) in numbers(&assumed).into_iter().zip(numbers(&before.assumed)) {
        if value != old {
            said.insert(name.into(), Said { at: engine.core.clock.now().0, by: by.clone(), source: source.clone() });
        }
    }
    let json = serde_json::to_string(&Put { assumed, said }).map_err(|_| Error::Broken)?;
    engine.core.store.set_preference(KEPT, &json)?;
    costs(engine)
}
