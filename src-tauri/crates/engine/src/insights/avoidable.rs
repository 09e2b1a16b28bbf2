//! Escalations that had an answer in the base when they were raised, as the newest exam found, in hours and money.

use super::money;
use crate::{
    Engine, Result,
    api::view::{AvoidableRow, AvoidableView},
    replay::{self, calibration},
    seen,
};

/// Shown and opened; more are only counted.
const MOST: usize = 500;

pub(crate) fn get(engine: &Engine) -> Result<AvoidableView> {
    let bars = calibration::newest(engine)?.bars;
    let rule = super::tiers_in_use(engine)?.words();
    let (at, of, escalated) = match replay::escalated(engine)? {
        Some((at, of, escalated)) => (Some(at), of, escalated),
        None => (None, 0, Vec::new()),
    };
    let asked = escalated.len() as u64;
    let from = |bar: f64| move |sure: f64| sure >= bar;
    let sure = escalated.iter().filter(|one| one.sure.is_some_and(from(bars.seen)));
    let perhaps = escalated.iter().filter(|one| one.sure.is_some_and(from(bars.maybe))).count() - sure.clone().count();
    let cost = money::of(engine, sure.clone().count() as f64)?;
    let mut rows = Vec::new();
    for one in sure.rev().take(MOST) {
        let named = |id: &str| -> Result<_> {
            let doc = seen::docs_of(engine, id)?.first().copied();
            Ok(doc.map(|doc| seen::why_not::named(engine, doc)).transpose()?.flatten())
        };
        // What went since is counted, and cannot be opened.
        let (Some(ticket), Some(answer)) =
            (named(&one.ticket)?, one.answer.as_deref().map(named).transpose()?.flatten())
        else {
            continue;
        };
        rows.push(AvoidableRow { ticket, raised_at: one.raised_at, by: one.by.clone(), answer });
    }
    Ok(AvoidableView {
        at,
        asked,
        of,
        rule,
        rows,
        perhaps: perhaps as u64,
        hours: money::band(cost.hours),
        money: money::band(cost.money),
        measured: cost.measured > 0,
    })
}
