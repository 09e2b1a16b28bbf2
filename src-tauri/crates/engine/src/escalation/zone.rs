//! A time that a text tells, in UTC and on the customer's clock.

use ::escalation::Stamp;
use domain::Millis;
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// Where neither the text nor the customer says which zone is meant, it is not guessed.
pub(super) fn stamp(written: &str, zone: &str) -> Stamp {
    let zone = Some(zone.trim()).filter(|zone| !zone.is_empty()).and_then(|zone| TimeZone::get(zone).ok());
    let plain = written.trim().replace(',', ".");
    let at = if says_zone(&plain) {
        Millis::parse(&plain).ok().and_then(|at| Timestamp::from_millisecond(at.0).ok())
    } else {
        let civil = plain.replacen(' ', "T", 1).parse::<DateTime>().ok();
        civil.zip(zone.clone()).and_then(|(civil, zone)| zone.to_timestamp(civil).ok())
    };
    let local = at.zip(zone).map(|(at, zone)| {
        let zoned = at.to_zoned_datetime(zone);
        zoned.strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
    });
    Stamp {
        written: written.into(),
        utc: at.map(|at| Millis(at.as_millisecond()).to_rfc3339()).unwrap_or_default(),
        local: local.unwrap_or_default(),
    }
}

/// Behind the clock: `Z`, `UTC`, `+01:00`. The dashes of the day are none.
fn says_zone(written: &str) -> bool {
    let clock = written.get(11..).unwrap_or_default();
    clock.contains(['Z', '+', '-']) || clock.ends_with("UTC") || clock.ends_with("GMT")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(written: &str, zone: &str) -> (String, String) {
        let stamp = stamp(written, zone);
        assert_eq!(stamp.written, written, "it stays as it is written");
        (stamp.utc, stamp.local)
    }

    #[test]
    fn a_time_is_told_in_utc_and_for_the_customer_where_both_are_known() {
        let both = ("2026-03-04T07:12:44Z".into(), "2026-03-04 08:12:44 +01:00".into());
        assert_eq!(told("2026-03-04T07:12:44Z", "Europe/Berlin"), both);
        assert_eq!(told("2026-03-04 08:12:44", "Europe/Berlin"), both);
        assert_eq!(told("2026-03-04 08:12:44 +0100", "Europe/Berlin"), both);
        assert_eq!(told("2026-03-04 08:12:44,218", "Europe/Berlin").0, "2026-03-04T07:12:44.218Z");
        assert_eq!(told("2026-03-04T07:12:44Z", "").0, "2026-03-04T07:12:44Z");
    }

    #[test]
    fn without_a_zone_nothing_is_guessed() {
        assert_eq!(told("2026-03-04 08:12:44", ""), (String::new(), String::new()));
        assert_eq!(told("2026-03-04 08:12:44", "Mars/Base"), (String::new(), String::new()));
        assert_eq!(told("2026-99-04 08:12:44", "Europe/Berlin"), (String::new(), String::new()));
    }
}
