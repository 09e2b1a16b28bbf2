//! Fields of Jira Service Management, known by what they look like: every site has numbers of its own for them.
//!
//! Follows the vendor's documentation alone: no recording of a service desk was to be had.

use super::super::{fields::Loose, lenient, object::Object};
use domain::{Millis, Promise, Service};
use serde::Deserialize;

#[derive(Deserialize)]
struct Issue<'a> {
    #[serde(borrow)]
    fields: Object<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Agreement<'a> {
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    completed_cycles: Option<Vec<Cycle<'a>>>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    ongoing_cycle: Option<Cycle<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cycle<'a> {
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    start_time: Option<Moment<'a>>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    stop_time: Option<Moment<'a>>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    breach_time: Option<Moment<'a>>,
    #[serde(borrow, default)]
    breached: Loose<'a>,
    #[serde(borrow, default)]
    paused: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    goal_duration: Option<Span<'a>>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    remaining_time: Option<Span<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Moment<'a> {
    #[serde(borrow, default)]
    epoch_millis: Loose<'a>,
    #[serde(borrow, default)]
    iso8601: Loose<'a>,
}

#[derive(Deserialize)]
struct Span<'a> {
    #[serde(borrow, default)]
    millis: Loose<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked<'a> {
    #[serde(borrow, default)]
    request_type: Loose<'a>,
}

#[derive(Deserialize)]
struct Organization<'a> {
    #[serde(borrow, default)]
    name: Loose<'a>,
}

/// What the issue says of its request, and of promises about time. What cannot be read of it is passed over.
pub(super) fn read(record: &str, key: &str) -> (Service, Vec<Promise>) {
    let (mut service, mut promises) = (Service::default(), Vec::new());
    // Most issues are no requests: nothing is read twice for them.
    if !["Cycle\"", "Cycles\"", "\"requestType\"", "/organization/"].into_iter().any(|sign| record.contains(sign)) {
        return (service, promises);
    }
    let Ok(issue) = serde_json::from_str::<Issue<'_>>(record) else { return (service, promises) };
    for (name, raw) in issue.fields.pairs().filter(|(name, _)| name.starts_with("customfield_")) {
        let text = raw.get();
        if text.contains("Cycle\"") || text.contains("Cycles\"") {
            let Ok(agreement) = serde_json::from_str::<Agreement<'_>>(text) else { continue };
            let measure = agreement.name.text().unwrap_or_else(|| name.to_owned());
            let cycles = agreement.completed_cycles.into_iter().flatten().chain(agreement.ongoing_cycle);
            promises.extend(cycles.filter_map(|cycle| promise(cycle, key, &measure)));
        } else if text.contains("\"requestType\"") {
            let asked = serde_json::from_str::<Asked<'_>>(text).ok();
            service.request_type = asked.and_then(|asked| asked.request_type.text()).or(service.request_type);
        } else if text.contains("/organization/") {
            let named: Vec<Organization<'_>> = serde_json::from_str(text).unwrap_or_default();
            service.organizations.extend(named.into_iter().filter_map(|one| one.name.text()));
        }
    }
    (service, promises)
}

/// A round is known by when it began, which never changes.
fn promise(cycle: Cycle<'_>, key: &str, measure: &str) -> Option<Promise> {
    let (started, due, stopped) = (at(cycle.start_time)?, at(cycle.breach_time), at(cycle.stop_time));
    let broken = cycle.breached.flag() == Some(true);
    let paused = cycle.paused.flag().unwrap_or(false);
    let millis = |span: Option<Span<'_>>| span.and_then(|span| span.millis.whole());
    Some(Promise {
        ticket: key.to_owned(),
        measure: measure.to_owned(),
        round: started.0,
        policy: None,
        goal: millis(cycle.goal_duration),
        at_work: None,
        started_at: Some(started),
        due_at: due,
        met_at: stopped,
        broken_at: due.or(stopped).or(Some(started)).filter(|_| broken),
        spared: !broken,
        paused: Some(paused),
        left: millis(cycle.remaining_time).filter(|_| paused),
    })
}

fn at(moment: Option<Moment<'_>>) -> Option<Millis> {
    let moment = moment?;
    moment.epoch_millis.whole().map(Millis).or_else(|| moment.iso8601.time().ok().flatten())
}
