//! When support is at work: hours on the clock of the wall, day by day of a week. Holidays are not known, and count.

use serde::{Deserialize, Serialize};

const DAY: i64 = 86_400_000;
const WEEK: i64 = 7 * DAY;
/// The first of January 1970 was a Thursday: three days on, weeks begin with a Monday.
const MONDAY: i64 = 3 * DAY;

/// The week of a workspace, as somebody chose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// From Monday on.
    pub days: [bool; 7],
    /// Minutes after midnight.
    pub opens: u16,
    pub closes: u16,
    /// As the tz database calls it: `Europe/Berlin`.
    pub zone: String,
}

impl Default for Week {
    fn default() -> Self {
        Self { days: [true, true, true, true, true, false, false], opens: 9 * 60, closes: 17 * 60, zone: "UTC".into() }
    }
}

/// A [`Week`] with the clock of its zone. Hours are counted on the wall: where clocks go forward within them, there is one less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// When it opens and closes, in milliseconds after the beginning of a Monday; in order, and never over midnight.
    pub open: Vec<(i64, i64)>,
    /// From when on the clock is how far ahead of UTC: milliseconds both, in order; the first holds before it, too.
    pub shifts: Vec<(i64, i64)>,
}

impl Opening {
    pub fn new(week: &Week, shifts: Vec<(i64, i64)>) -> Self {
        let minutes = |of: u16| i64::from(of.min(24 * 60)) * 60_000;
        let days = (0i64..).zip(week.days).filter(|(_, open)| *open && week.opens < week.closes);
        let open = days.map(|(day, _)| (day * DAY + minutes(week.opens), day * DAY + minutes(week.closes)));
        Self { open: open.collect(), shifts }
    }

    /// Hours at work between two moments.
    pub fn hours(&self, from: i64, until: i64) -> f64 {
        (self.worked(until) - self.worked(from)).max(0) as f64 / 3_600_000.0
    }

    /// The day of the week, from Monday on, and the hour, on the clock of the wall.
    pub fn place(&self, at: i64) -> (usize, usize) {
        let rest = self.local(at).rem_euclid(WEEK);
        ((rest / DAY) as usize, (rest % DAY / 3_600_000) as usize)
    }

    /// On the clock of the wall, since some Monday long ago.
    fn local(&self, at: i64) -> i64 {
        let place = self.shifts.partition_point(|(since, _)| *since <= at).saturating_sub(1);
        at + self.shifts.get(place).map_or(0, |(_, ahead)| *ahead) + MONDAY
    }

    /// Milliseconds at work since then.
    fn worked(&self, at: i64) -> i64 {
        let local = self.local(at);
        let rest = local.rem_euclid(WEEK);
        let week: i64 = self.open.iter().map(|(opens, closes)| closes - opens).sum();
        let begun: i64 = self.open.iter().map(|(opens, closes)| (rest - opens).clamp(0, closes - opens)).sum();
        local.div_euclid(WEEK) * week + begun
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    /// Hour by hour, without any arithmetic of weeks.
    fn walked(week: &Week, from: i64, until: i64) -> f64 {
        let mut hours = 0.0;
        let mut at = from;
        while at < until {
            let (day, minute) = (at.div_euclid(DAY), at.rem_euclid(DAY) / 60_000);
            let weekday = (day + 3).rem_euclid(7) as usize;
            if week.days[weekday] && (i64::from(week.opens)..i64::from(week.closes)).contains(&minute) {
                hours += 0.25;
            }
            at += HOUR / 4;
        }
        hours
    }

    #[test]
    fn hours_at_work_are_those_that_somebody_counts_who_walks_from_quarter_to_quarter() {
        let week = Week { opens: 8 * 60 + 30, closes: 18 * 60, ..Week::default() };
        let opening = Opening::new(&week, vec![(i64::MIN, 0)]);
        for (from, length) in [(0, 1), (3, 30), (50, 200), (1000, 5000), (40_007, 17), (99_999, 4 * 7 * 24)] {
            let (from, until) = (from * HOUR / 4, (from + length) * HOUR / 4);
            assert_eq!(opening.hours(from, until), walked(&week, from, until), "{from} {until}");
        }
        assert_eq!(opening.hours(10 * HOUR, 5 * HOUR), 0.0, "nothing is solved before it came");
    }

    #[test]
    fn the_clock_of_the_zone_counts_and_a_week_without_hours_has_none() {
        // Thursday, from 8 to 9 in UTC, on a clock that is an hour ahead: from 9 to 10.
        let opening = Opening::new(&Week::default(), vec![(0, HOUR)]);
        assert_eq!(opening.hours(8 * HOUR, 9 * HOUR), 1.0);
        assert_eq!(opening.hours(16 * HOUR, 18 * HOUR), 0.0);
        let none = Opening::new(&Week { days: [false; 7], ..Week::default() }, Vec::new());
        assert_eq!(none.hours(0, 9 * WEEK), 0.0);
    }
}
