//! Time as the product stores it: UTC milliseconds. Clocks are passed in; nothing in a pure crate reads one.

use jiff::{Timestamp, fmt::strtime};
use serde::{Deserialize, Serialize};
use std::fmt;

/// UTC milliseconds since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub i64);

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("\"{0}\" is not a time: write it as 2024-05-01T12:00:00Z")]
pub struct BadTime(pub String);

impl Millis {
    pub const MINUTE: i64 = 60_000;
    pub const DAY: i64 = 86_400_000;

    /// Reads what helpdesks write: RFC 3339, Jira's `+0000` offsets, `2024-05-01 12:00:00 UTC`, a bare date (midnight
    /// UTC) and Unix seconds or milliseconds.
    pub fn parse(text: &str) -> Result<Self, BadTime> {
        let text = text.trim();
        let bad = || BadTime(text.into());
        if let Ok(stamp) = text.parse::<Timestamp>() {
            return Ok(Self(stamp.as_millisecond()));
        }
        for format in ["%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f %z", "%Y-%m-%dT%H:%M:%S%.f%:z"] {
            if let Ok(stamp) = strtime::parse(format, text).and_then(|time| time.to_timestamp()) {
                return Ok(Self(stamp.as_millisecond()));
            }
        }
        let plain = text.trim_end_matches(" UTC").trim_end_matches(" GMT");
        if let Ok(civil) = plain.parse::<jiff::civil::DateTime>() {
            let stamp = jiff::tz::TimeZone::UTC.to_timestamp(civil).map_err(|_| bad())?;
            return Ok(Self(stamp.as_millisecond()));
        }
        let number: i64 = text.parse().map_err(|_| bad())?;
        // 10^11 seconds lie in the year 5138 and 10^11 milliseconds in 1973: no helpdesk means the former.
        let seconds = number.unsigned_abs() < 100_000_000_000;
        let stamp = if seconds { Timestamp::from_second(number) } else { Timestamp::from_millisecond(number) };
        // Beyond the year 9999 it is a number, and no time.
        stamp.map(|stamp| Self(stamp.as_millisecond())).map_err(|_| bad())
    }

    /// `2024-05-01T12:00:00Z`, with milliseconds only where there are some.
    pub fn to_rfc3339(self) -> String {
        Timestamp::from_millisecond(self.0).map(|stamp| stamp.to_string()).unwrap_or_default()
    }

    /// Whole and part days from `earlier` to this time; negative when `earlier` is later.
    pub fn days_since(self, earlier: Self) -> f64 {
        (self.0 - earlier.0) as f64 / Self::DAY as f64
    }

    pub fn minus_days(self, days: i64) -> Self {
        Self(self.0 - days * Self::DAY)
    }
}

impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_rfc3339())
    }
}

/// Where "now" comes from. The system's clock in the product, a fixed one wherever a result must repeat.
pub trait Clock: Send + Sync {
    fn now(&self) -> Millis;
}

pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    fn now(&self) -> Millis {
        Millis(Timestamp::now().as_millisecond())
    }
}

pub struct FixedClock(pub Millis);

impl Clock for FixedClock {
    fn now(&self) -> Millis {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_a_helpdesk_writes_a_time_is_the_same_instant() {
        let noon = Millis(1_714_564_800_000);
        for text in [
            "2024-05-01T12:00:00Z",
            "2024-05-01T14:00:00+02:00",
            "2024-05-01T12:00:00.000+0000",
            "2024-05-01 12:00:00 UTC",
            "2024-05-01 12:00:00 +0000",
            "2024-05-01T12:00:00",
            "1714564800",
            "1714564800000",
        ] {
            assert_eq!(Millis::parse(text), Ok(noon), "{text}");
        }
        assert_eq!(Millis::parse("2024-05-01").unwrap().0, noon.0 - 12 * 3_600_000);
        for bad in ["yesterday", "166666666666666660", "-9223372036854775808"] {
            assert!(Millis::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(noon.to_rfc3339(), "2024-05-01T12:00:00Z");
    }
}
