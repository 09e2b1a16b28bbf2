//! Times in words, in the reader's zone.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;
/// The mean of the Gregorian calendar.
const MONTH: i64 = YEAR / 12;
const YEAR: i64 = 365 * DAY + DAY / 4;

/// What *ago* counts from.
pub(crate) struct When {
    pub(crate) now: i64,
    pub(crate) zone: TimeZone,
}

impl When {
    /// `3 days ago`.
    pub(crate) fn ago(&self, then: i64) -> String {
        let passed = self.now - then;
        let days = self.days(then);
        // Clocks differ a little between machines.
        if passed < -MINUTE {
            return format!("on {}", self.day(then));
        }
        match passed {
            _ if passed < MINUTE => "just now".into(),
            _ if passed < HOUR => format!("{} min ago", passed / MINUTE),
            _ if days == 0 || passed < 6 * HOUR => format!("{} h ago", passed / HOUR),
            _ if days <= 1 => "yesterday".into(),
            _ if days < 14 => format!("{days} days ago"),
            _ if passed < 8 * WEEK => format!("{} weeks ago", passed / WEEK),
            _ if passed < YEAR => counted((passed / MONTH).max(1), "month ago", "months ago"),
            _ => counted(passed / YEAR, "year ago", "years ago"),
        }
    }

    /// `2026-01-05 10:00`.
    pub(crate) fn exact(&self, at: i64) -> String {
        self.local(at).map(|time| time.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
    }

    /// `2026-01-05`.
    pub(crate) fn day(&self, at: i64) -> String {
        self.local(at).map(|time| time.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
    }

    /// Whole local days: yesterday evening is one day ago even at breakfast.
    fn days(&self, then: i64) -> i64 {
        let between = self.local(then).zip(self.local(self.now)).and_then(|(then, now)| {
            let span = then.date().until(now.date()).ok()?;
            Some(i64::from(span.get_days()))
        });
        between.unwrap_or((self.now - then) / DAY)
    }

    fn local(&self, at: i64) -> Option<DateTime> {
        Timestamp::from_millisecond(at).ok().map(|time| self.zone.to_datetime(time))
    }
}

/// `1 issue`, `3 issues`.
pub(crate) fn counted<N: std::fmt::Display + PartialEq + From<u8>>(count: N, one: &str, many: &str) -> String {
    let word = if count == N::from(1) { one } else { many };
    format!("{count} {word}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(now: &str) -> When {
        When { now: at(now), zone: TimeZone::UTC }
    }

    fn at(time: &str) -> i64 {
        time.parse::<Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn a_past_time_is_said_as_people_say_it() {
        let when = when("2026-03-10T08:00:00Z");
        for (then, said) in [
            ("2026-03-10T07:59:30Z", "just now"),
            ("2026-03-10T07:18:00Z", "42 min ago"),
            ("2026-03-10T00:30:00Z", "7 h ago"),
            ("2026-03-09T21:00:00Z", "yesterday"),
            ("2026-03-07T09:00:00Z", "3 days ago"),
            ("2026-02-17T09:00:00Z", "2 weeks ago"),
            ("2026-01-09T09:00:00Z", "1 month ago"),
            ("2025-11-01T09:00:00Z", "4 months ago"),
            ("2023-03-01T09:00:00Z", "3 years ago"),
            ("2026-04-01T09:00:00Z", "on 2026-04-01"),
        ] {
            assert_eq!(when.ago(at(then)), said, "{then}");
        }
    }

    #[test]
    fn an_exact_time_stands_in_the_reader_s_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let when = When { now: 0, zone };
        assert_eq!(when.exact(at("2026-01-05T23:30:00Z")), "2026-01-06 01:30");
    }
}
