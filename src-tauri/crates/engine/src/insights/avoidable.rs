//! Escalations that had an answer in the base when they were raised, as the newest exam found, in hours and money.

use super::{judged, money};
use crate::{
    Engine, Result,
    api::{
        args::PeriodArgs,
        view::{AvoidableRow, AvoidableView},
    },
    replay::{self, Escalated, calibration},
    seen,
};
use store::Look;

/// Shown and opened; more are only counted.
const MOST: usize = 500;

pub(crate) fn get(engine: &Engine) -> Result<AvoidableView> {
    let bars = calibration::newest(engine)?.bars;
    let history = super::history(engine)?;
    let (at, of, escalated) = match replay::escalated(engine)? {
        Some((at, of, escalated)) => (Some(at), of, escalated),
        None => (None, 0, Vec::new()),
    };
    let all = history.period(&PeriodArgs { days: Some(0), part: None });
    let figure = history.figure("avoidable", all, None)?;
    let (base, rule) = (history.keys_of(&figure.base), history.tiers.words());
    let always = history.asked_always();
    let sureness = |one: &&Escalated| base.contains(one.ticket.as_str()).then_some(one.sure).flatten();
    let sure = escalated.iter().filter(|one| sureness(one).is_some_and(|sure| sure >= bars.seen));
    let perhaps = escalated.iter().filter(|one| sureness(one).is_some_and(|sure| sure >= bars.maybe)).count();
    let perhaps = perhaps - sure.clone().count();
    let accuracy = history.figure("answer_accuracy", all, None)?;
    let cost = money::of(engine, figure.count as f64)?;
    let looks = engine.core.store.looked_at(Look::Answer)?;
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
        let said = looks.iter().find(|look| look.ticket == one.ticket && Some(&look.other) == one.answer.as_ref());
        let fits = said.map(|look| look.fits);
        rows.push(AvoidableRow { ticket, raised_at: one.raised_at, by: one.by.clone(), answer, fits });
    }
    Ok(AvoidableView {
        at,
        asked: figure.of,
        avoidable: figure.count,
        always,
        kinds: judged::kinds(engine, &history)?,
        of,
        looked_at: accuracy.of,
        confirmed: accuracy.count,
        rule,
        rows,
        perhaps: perhaps as u64,
        hours: money::band(cost.hours),
        money: money::band(cost.money),
        measured: cost.measured > 0,
    })
}
