//! What escalations cost. Every number is assumed until enough was measured, and says so; the sum is always a band.

use serde::{Deserialize, Serialize};

/// Hours that were logged on fewer escalations are no measure.
pub const ENOUGH: u64 = 20;

/// What is put in. Money has no currency of its own: it is the rate's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Assumed {
    /// Engineering hours that an escalation takes, at least and at most.
    pub hours_low: f64,
    pub hours_high: f64,
    /// An engineer's hour, with everything that it costs.
    pub rate: f64,
    /// Minutes to find back into other work after each escalation; nothing unless somebody wants it counted.
    pub refocus_minutes: f64,
}

/// The numbers of the article that the product answers to: two to four hours, 150 an hour.
impl Default for Assumed {
    fn default() -> Self {
        Self { hours_low: 2.0, hours_high: 4.0, rate: 150.0, refocus_minutes: 0.0 }
    }
}

impl Assumed {
    /// What makes no sense, in words; nothing where all is well.
    pub fn wrong(&self) -> Option<&'static str> {
        let all = [self.hours_low, self.hours_high, self.rate, self.refocus_minutes];
        if all.iter().any(|value| !value.is_finite() || *value < 0.0) {
            Some("hours, rate and minutes are numbers from 0 on")
        } else if self.hours_low > self.hours_high {
            Some("the fewest hours are more than the most hours")
        } else if self.hours_high > 1000.0 || self.rate > 100_000.0 || self.refocus_minutes > 480.0 {
            Some("more than 1,000 hours, a rate of 100,000 or 480 minutes is taken for a slip")
        } else {
            None
        }
    }
}

/// The article's example: 200 tickets a month, of which four of ten are escalated.
pub const EXAMPLE_TICKETS: f64 = 200.0;
pub const EXAMPLE_SHARE: f64 = 0.4;

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Band {
    pub low: f64,
    pub high: f64,
}

impl Band {
    fn times(self, by: f64) -> Self {
        Self { low: self.low * by, high: self.high * by }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Cost {
    pub escalations: f64,
    /// Hours of each: assumed, or, with at least [`ENOUGH`] logged, what the middle half of them took.
    pub hours_each: Band,
    /// Of so many escalations the hours were logged; 0 where they are assumed.
    pub measured: u64,
    pub hours: Band,
    pub each: Band,
    pub money: Band,
    /// The same a year, where the escalations are those of a month.
    pub yearly: Band,
}

/// Of so many escalations a month. `logged`: minutes of those whose effort is known.
pub fn cost(escalations: f64, assumed: &Assumed, logged: &[u32]) -> Cost {
    let mut minutes = logged.to_vec();
    minutes.sort_unstable();
    let at = |quarters: usize| minutes.get((minutes.len() * quarters).div_ceil(4).max(1) - 1).copied();
    let (hours_each, measured) = match (at(1), at(3)) {
        (Some(low), Some(high)) if minutes.len() as u64 >= ENOUGH => {
            (Band { low: f64::from(low) / 60.0, high: f64::from(high) / 60.0 }, minutes.len() as u64)
        }
        _ => (Band { low: assumed.hours_low, high: assumed.hours_high }, 0),
    };
    let refocus = assumed.refocus_minutes / 60.0;
    let with_refocus = Band { low: hours_each.low + refocus, high: hours_each.high + refocus };
    let (hours, each) = (with_refocus.times(escalations), with_refocus.times(assumed.rate));
    let money = each.times(escalations);
    Cost { escalations, hours_each, measured, hours, each, money, yearly: money.times(12.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(assumed: &Assumed) -> Cost {
        cost(EXAMPLE_TICKETS * EXAMPLE_SHARE, assumed, &[])
    }

    #[test]
    fn two_hours_are_24_000_a_month_and_288_000_a_year_and_four_hours_double() {
        let cost = example(&Assumed::default());
        assert_eq!((cost.each.low, cost.each.high), (300.0, 600.0));
        assert_eq!((cost.money.low, cost.yearly.low), (24_000.0, 288_000.0));
        assert_eq!((cost.money.high, cost.yearly.high), (48_000.0, 576_000.0));
        assert_eq!(cost.measured, 0, "assumed");
    }

    #[test]
    fn time_to_refocus_counts_only_where_somebody_wants_it() {
        let cost = example(&Assumed { refocus_minutes: 23.0, ..Assumed::default() });
        assert!((cost.money.low - 28_600.0).abs() < 1e-6);
    }

    #[test]
    fn from_twenty_logged_efforts_on_what_half_of_them_took_takes_the_place_of_what_was_assumed() {
        let of = |n: u32| cost(10.0, &Assumed::default(), &(1..=n).map(|nth| nth * 6).collect::<Vec<_>>());
        assert_eq!((of(19).measured, of(19).hours_each), (0, Band { low: 2.0, high: 4.0 }));
        assert_eq!((of(20).measured, of(20).hours_each), (20, Band { low: 0.5, high: 1.5 }), "always a band");
    }

    #[test]
    fn what_makes_no_sense_is_said() {
        assert_eq!(Assumed::default().wrong(), None);
        for wrong in [
            Assumed { hours_low: 5.0, ..Assumed::default() },
            Assumed { rate: f64::NAN, ..Assumed::default() },
            Assumed { refocus_minutes: -1.0, ..Assumed::default() },
        ] {
            assert!(wrong.wrong().is_some(), "{wrong:?}");
        }
    }
}
