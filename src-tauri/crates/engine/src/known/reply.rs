//! What may be told a customer of a known error: the text that its entry has in their language, and the promise of a fix on
//! their clock. What can no longer be promised is not.

use super::find;
use crate::{
    Engine, Result,
    api::{args::ReplyArgs, view::ReplyView},
    escalation, knowledge, ticket,
};
use domain::{KnownError, KnownErrorState, Millis};
use jiff::{Timestamp, tz::TimeZone};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// In the text of an entry: when the fix is expected, and the version that it comes with.
const ETA: &str = "{eta}";
const FIX: &str = "{fix}";

pub(crate) fn get(engine: &Engine, args: &ReplyArgs) -> Result<ReplyView> {
    let known = find(engine, &args.known_error)?;
    let ticket = args.ticket.as_deref().map(|id| ticket::find(engine, id)).transpose()?;
    let (zone, language) = match &ticket {
        Some(stored) => escalation::speaks(engine, stored)?,
        None => (String::new(), String::new()),
    };
    let written = if known.key.source == knowledge::list::source() {
        knowledge::edit::reply(engine, &known.key.id, &language)?
    } else {
        None
    };
    let now = engine.core.clock.now();
    let promise = promise(&known.error, &zone, now);
    let (text, language) = written.map_or((None, None), |(text, language)| (Some(text), language));
    let held = match (&text, &promise) {
        (Some(text), Promise::Past(day)) if text.contains(ETA) => Some(past(day, known.error.eta_by.as_deref())),
        (Some(text), Promise::None) if text.contains(ETA) => {
            Some(format!("Its text names {ETA}, and nobody said when the fix is expected."))
        }
        (Some(text), _) if text.contains(FIX) && known.error.fix_versions.is_empty() => {
            Some(format!("Its text names {FIX}, and no version with the fix is known."))
        }
        (None, Promise::Past(day)) if known.error.workaround.is_empty() => {
            Some(past(day, known.error.eta_by.as_deref()))
        }
        _ => None,
    };
    let when = if let Promise::Holds(when) = &promise { Some(when) } else { None };
    let fix = known.error.fix_versions.first();
    let text = text.filter(|_| held.is_none()).map(|text| {
        let text = when.map_or_else(|| text.clone(), |when| text.replace(ETA, when));
        fix.map_or_else(|| text.clone(), |fix| text.replace(FIX, fix))
    });
    Ok(ReplyView { promise: when.map(|when| format!("We expect the fix {when}.")), text, language, held })
}

enum Promise {
    None,
    /// `on Tuesday, 1 December 2026`, `by 15:00 on Tuesday, 1 December 2026 (Europe/Berlin)`.
    Holds(String),
    Past(String),
}

/// Of what is not fixed yet. A day is a day everywhere; a moment is told on the customer's clock.
fn promise(known: &KnownError, zone: &str, now: Millis) -> Promise {
    use KnownErrorState::{FixInProgress, Identified, Regressed, WorkaroundAvailable};
    let open = matches!(known.state, Identified | WorkaroundAvailable | FixInProgress | Regressed);
    let Some(eta) = known.eta_at.filter(|_| open) else { return Promise::None };
    let Ok(at) = Timestamp::from_millisecond(eta.0) else { return Promise::None };
    let theirs = Some(zone.trim()).filter(|zone| !zone.is_empty()).and_then(|zone| TimeZone::get(zone).ok());
    let whole_day = eta.0 % DAY == 0;
    let said = if whole_day {
        at.to_zoned_datetime(TimeZone::UTC).strftime("on %A, %-d %B %Y").to_string()
    } else {
        let (zone, name) =
            theirs.map_or_else(|| (TimeZone::UTC, "UTC".to_owned()), |theirs| (theirs, zone.trim().to_owned()));
        format!("{} ({name})", at.to_zoned_datetime(zone).strftime("by %H:%M on %A, %-d %B %Y"))
    };
    let ends = if whole_day { eta.0 + DAY } else { eta.0 };
    if ends > now.0 { Promise::Holds(said) } else { Promise::Past(said) }
}

fn past(said: &str, by: Option<&str>) -> String {
    let whom = by.map(|by| format!(" Ask {by} for a new one.")).unwrap_or_default();
    format!("It would promise a fix {said}, and that time has passed.{whom}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(eta: &str, zone: &str, state: KnownErrorState) -> String {
        let known = KnownError { state, eta_at: Millis::parse(eta).ok(), ..KnownError::default() };
        match promise(&known, zone, Millis::parse("2026-11-28T02:00:00Z").unwrap()) {
            Promise::None => "nothing".into(),
            Promise::Holds(said) => said,
            Promise::Past(said) => format!("past: {said}"),
        }
    }

    #[test]
    fn a_moment_is_told_on_the_customers_clock_and_a_day_is_a_day_everywhere() {
        let state = KnownErrorState::FixInProgress;
        let berlin = "by 15:00 on Tuesday, 1 December 2026 (Europe/Berlin)";
        assert_eq!(told("2026-12-01T14:00:00Z", "Europe/Berlin", state), berlin);
        assert_eq!(told("2026-12-01T14:00:00Z", "Mars/Base", state), "by 14:00 on Tuesday, 1 December 2026 (UTC)");
        assert_eq!(told("2026-12-01T00:00:00Z", "America/New_York", state), "on Tuesday, 1 December 2026");
    }

    #[test]
    fn a_promise_lasts_to_the_end_of_its_day_and_none_is_made_of_what_is_out() {
        let state = KnownErrorState::Identified;
        assert_eq!(told("2026-11-28T00:00:00Z", "", state), "on Saturday, 28 November 2026");
        assert_eq!(told("2026-11-27T00:00:00Z", "", state), "past: on Friday, 27 November 2026");
        assert_eq!(told("2026-12-01T00:00:00Z", "", KnownErrorState::FixReleased), "nothing");
        assert_eq!(told("", "", state), "nothing");
    }
}
