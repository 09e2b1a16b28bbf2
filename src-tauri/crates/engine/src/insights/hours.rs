//! When support is at work, as somebody chose it.

use crate::{
    Engine, Error, Result,
    api::{args::HoursArgs, view::HoursView},
};
use insights::{Opening, Week};
use jiff::{Timestamp, tz::TimeZone};

const KEPT: &str = "hours";
/// Clocks are known until so long after now.
const AHEAD: i64 = 2 * 366 * 86_400_000;
/// Nothing of a helpdesk is older: the first of January 1990.
const OLDEST: i64 = 631_152_000_000;

/// Unreadable where a later version wrote it: then from nine to five.
pub(super) fn of(engine: &Engine) -> Result<Week> {
    let kept = engine.core.store.preference(KEPT)?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default())
}

/// With every change of its zone's clock.
pub(super) fn opening(week: &Week, now: i64) -> Opening {
    let zone = TimeZone::get(&week.zone).unwrap_or(TimeZone::UTC);
    let oldest = Timestamp::from_millisecond(OLDEST).unwrap_or(Timestamp::UNIX_EPOCH);
    let ahead = |seconds: i32| i64::from(seconds) * 1000;
    let first = (OLDEST, ahead(zone.to_offset(oldest).seconds()));
    let later = zone
        .following(oldest)
        .map(|change| (change.timestamp().as_millisecond(), ahead(change.offset().seconds())))
        .take_while(|(at, _)| *at < now + AHEAD);
    Opening::new(week, std::iter::once(first).chain(later).collect())
}

pub(crate) fn view(engine: &Engine) -> Result<HoursView> {
    let week = of(engine)?;
    Ok(HoursView {
        days: week.days,
        opens: clock(week.opens),
        closes: clock(week.closes),
        words: words(&week),
        chosen: engine.core.store.preference(KEPT)?.is_some(),
        zone: week.zone,
    })
}

/// Every figure of time is counted anew.
pub(crate) fn set(engine: &Engine, args: &HoursArgs) -> Result<HoursView> {
    engine.must_own()?;
    let (opens, closes) = (minutes(&args.opens)?, minutes(&args.closes)?);
    if opens >= closes || !args.days.contains(&true) {
        return Err(Error::BadInput("support is at work on one day at least, and closes after it opens".into()));
    }
    let zone = args.zone.trim();
    if TimeZone::get(zone).is_err() {
        return Err(Error::BadInput(format!("there is no time zone \"{zone}\"; they are called like Europe/Berlin")));
    }
    let week = Week { days: args.days, opens, closes, zone: zone.into() };
    let json = serde_json::to_string(&week).map_err(|_| Error::Broken)?;
    engine.core.store.set_preference(KEPT, &json)?;
    view(engine)
}

/// `09:00`, in minutes after midnight.
fn minutes(text: &str) -> Result<u16> {
    let wrong = || Error::BadInput(format!("\"{}\" is no time of a day: write it as 09:00", text.trim()));
    let (hour, minute) = text.trim().split_once(':').ok_or_else(wrong)?;
    let (hour, minute): (u16, u16) = (hour.parse().map_err(|_| wrong())?, minute.parse().map_err(|_| wrong())?);
    let all = hour.saturating_mul(60).saturating_add(minute);
    if minute < 60 && all <= 24 * 60 { Ok(all) } else { Err(wrong()) }
}

fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `Mon–Fri 09:00–17:00 UTC`, as it is printed beside what is counted by it.
pub(super) fn words(week: &Week) -> String {
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let open: Vec<usize> = (0..7).filter(|day| week.days.get(*day) == Some(&true)).collect();
    let name = |day: &usize| NAMES.get(*day).copied().unwrap_or_default();
    let days = match (open.first(), open.last()) {
        (Some(first), Some(last)) if open.len() > 2 && last - first + 1 == open.len() => {
            format!("{}–{}", name(first), name(last))
        }
        _ => open.iter().map(name).collect::<Vec<_>>().join(", "),
    };
    format!("{days} {}–{} {}", clock(week.opens), clock(week.closes), week.zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Berlin's clocks went forward on 29 March 2026, and back on 25 October.
    #[test]
    fn hours_at_work_follow_the_clocks_of_the_zone_through_summer_and_winter() {
        let week = Week { zone: "Europe/Berlin".into(), ..Week::default() };
        let at = |text: &str| text.parse::<Timestamp>().unwrap().as_millisecond();
        let opening = opening(&week, at("2026-06-01T00:00:00Z"));
        // Nine o'clock in Berlin is eight in UTC in winter, and seven in summer.
        for (from, until, hours) in [
            ("2026-03-27T07:00:00Z", "2026-03-27T09:00:00Z", 1.0),
            ("2026-03-30T06:00:00Z", "2026-03-30T08:00:00Z", 1.0),
            ("2026-03-27T08:00:00Z", "2026-03-30T15:00:00Z", 16.0),
            ("2026-10-23T07:00:00Z", "2026-10-26T16:00:00Z", 16.0),
            ("2026-03-28T00:00:00Z", "2026-03-29T22:00:00Z", 0.0),
        ] {
            assert_eq!(opening.hours(at(from), at(until)), hours, "{from} {until}");
        }
    }

    #[test]
    fn a_time_is_read_as_people_write_it_and_nonsense_is_refused() {
        assert_eq!(
            (minutes("9:00").unwrap(), minutes(" 17:30 ").unwrap(), minutes("24:00").unwrap()),
            (540, 1050, 1440)
        );
        for wrong in ["", "9", "25:00", "24:01", "9:60", "-1:00", "a:b", "99999:00"] {
            assert!(minutes(wrong).is_err(), "{wrong}");
        }
        let some = Week { days: [true, false, true, false, false, false, false], ..Week::default() };
        assert_eq!(
            (words(&Week::default()).as_str(), words(&some).as_str()),
            ("Mon–Fri 09:00–17:00 UTC", "Mon, Wed 09:00–17:00 UTC")
        );
    }
}
