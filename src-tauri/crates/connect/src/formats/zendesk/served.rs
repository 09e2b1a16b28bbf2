//! How Zendesk measured what it did: the metrics that come along with a ticket, its rating, and the events of metrics.
//!
//! A ticket without any of them is checked against a recording; the rest follows the vendor's documentation alone.

use super::{
    super::{fields::Loose, lenient},
    Reason, reason,
};
use domain::{Change, Promise, Rating, Service};
use serde::Deserialize;
use serde_json::value::RawValue;

const MINUTE: i64 = 60_000;

#[derive(Deserialize)]
pub(super) struct Metrics<'a> {
    #[serde(borrow, default)]
    pub(super) solved_at: Loose<'a>,
    #[serde(borrow, default)]
    reopens: Loose<'a>,
    #[serde(borrow, default)]
    replies: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    reply_time_in_minutes: Option<Clocks<'a>>,
}

#[derive(Deserialize)]
struct Clocks<'a> {
    #[serde(borrow, default)]
    calendar: Loose<'a>,
}

#[derive(Deserialize)]
pub(super) struct Rated<'a> {
    #[serde(borrow, default)]
    score: Loose<'a>,
    #[serde(borrow, default)]
    comment: Loose<'a>,
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow, default)]
    ticket_id: Loose<'a>,
    #[serde(borrow, default)]
    metric: Loose<'a>,
    #[serde(borrow, default)]
    instance_id: Loose<'a>,
    #[serde(borrow, default, rename = "type")]
    kind: Loose<'a>,
    #[serde(borrow, default)]
    time: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    sla: Option<Agreed<'a>>,
    #[serde(borrow, default)]
    deleted: Loose<'a>,
}

#[derive(Deserialize)]
struct Agreed<'a> {
    #[serde(borrow, default)]
    target: Loose<'a>,
    #[serde(borrow, default)]
    target_in_seconds: Loose<'a>,
    #[serde(borrow, default)]
    business_hours: Loose<'a>,
    #[serde(borrow, default)]
    policy: Loose<'a>,
}

/// What comes in another shape than this is left out, and costs nothing else.
pub(super) fn loosely<'a, T: Deserialize<'a>>(told: Option<&'a RawValue>) -> Option<T> {
    serde_json::from_str(told?.get()).ok()
}

pub(super) fn service(metrics: Option<Metrics<'_>>, rated: Option<Rated<'_>>) -> Service {
    let mut service = Service { rating: rated.and_then(rating), ..Service::default() };
    if let Some(told) = metrics {
        let count = |told: Loose<'_>| told.whole().and_then(|count| u64::try_from(count).ok());
        (service.reopens, service.replies) = (count(told.reopens), count(told.replies));
        let reply = told.reply_time_in_minutes.and_then(|clocks| clocks.calendar.whole());
        service.first_reply = reply.map(|minutes| minutes.saturating_mul(MINUTE));
    }
    service
}

/// That it was asked for (`offered`) is no rating.
fn rating(rated: Rated<'_>) -> Option<Rating> {
    let said = rated.comment.text();
    let score = match rated.score {
        Loose::Whole(stars @ 1..=5) => {
            return Some(Rating { score: format!("{stars} of 5"), satisfied: stars > 3, said });
        }
        other => other.text()?,
    };
    // With a comment the score may say so in its name.
    let satisfied = score.starts_with("good");
    (satisfied || score.starts_with("bad")).then(|| Rating {
        score: if satisfied { "good" } else { "bad" }.into(),
        satisfied,
        said,
    })
}

/// What happened to a promise about time; nothing, of an event that is of no use here.
pub(crate) fn read_metric_event(record: &str, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let event: Event<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let round = event.instance_id.whole().unwrap_or(1);
    let measure = match (event.metric.as_str(), round) {
        ("reply_time", 1) => "first reply".to_owned(),
        ("reply_time", _) => "next reply".to_owned(),
        (metric, _) => metric.trim_end_matches("_time").replace('_', " "),
    };
    let at = event.time.time().map_err(|bad| format!("\"time\": {bad}"))?;
    let mut told = Promise {
        ticket: event.ticket_id.text().ok_or("it has no \"ticket_id\"")?,
        measure,
        round,
        ..Promise::default()
    };
    match event.kind.as_str() {
        "activate" => (told.started_at, told.paused) = (at, Some(false)),
        "pause" => told.paused = Some(true),
        "fulfill" => (told.met_at, told.paused) = (at, Some(false)),
        // A deleted one was foreseen, and did not come to pass.
        "breach" if event.deleted.flag() == Some(true) => told.spared = true,
        "breach" => told.broken_at = at,
        // A policy of a group is one between groups: the customer was promised nothing by it.
        "apply_sla" => {
            let Some(agreed) = event.sla else { return Ok(()) };
            let minutes = agreed.target.whole().map(|minutes| minutes.saturating_mul(MINUTE));
            let seconds = agreed.target_in_seconds.whole().map(|seconds| seconds.saturating_mul(1000));
            (told.goal, told.at_work) = (seconds.or(minutes), agreed.business_hours.flag());
            told.policy = agreed.policy.text();
        }
        _ => return Ok(()),
    }
    if told.measure.is_empty() {
        return Err("it has no \"metric\"".into());
    }
    changes.push(Change::Promise(told));
    Ok(())
}
