//! Whether the second tier becomes what the third was: fewer tickets reach engineering, and they lie longer before it instead.

use crate::{Case, Period, Tiers, entered};
use domain::Tier;

const DAY: i64 = 86_400_000;
/// Held in the second tier within so long after it came in: both halves are looked at for as long.
const WITHIN: i64 = 7 * DAY;
/// Fewer tickets in a half say nothing.
const LEAST: u64 = 10;
/// So much less reaches engineering …
const FEWER: f64 = 0.9;
/// … and so much longer it lies with the second tier.
const LONGER: f64 = 1.2;

/// The earlier half of a period against the later one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shifted {
    /// Tickets that entered the second tier, and hours that they lay there within a week, on average.
    pub entered: [u64; 2],
    pub hours: [f64; 2],
    /// Of them, those that went on to the third.
    pub passed: [u64; 2],
    pub alarm: bool,
}

/// What came within the last week is left out: it may not be done yet.
pub fn shifted(cases: &[&Case], period: Period, tiers: &Tiers) -> Shifted {
    let until = period.until - WITHIN;
    let middle = period.from + (until - period.from) / 2;
    let mut found = Shifted::default();
    let mut held = [0i64; 2];
    let old = cases.iter().filter(|case| (period.from..until).contains(&case.created_at));
    for case in old.filter(|case| entered(case, tiers, Tier::L2)) {
        let half = usize::from(case.created_at >= middle);
        let ours = [&mut found.entered, &mut found.passed];
        let [entered_half, passed_half] = ours.map(|both| both.get_mut(half));
        if let Some(count) = entered_half {
            *count += 1;
        }
        if let Some(count) = passed_half {
            *count += u64::from(entered(case, tiers, Tier::L3));
        }
        if let Some(held) = held.get_mut(half) {
            *held += in_second(case, tiers);
        }
    }
    for ((hours, held), count) in found.hours.iter_mut().zip(held).zip(found.entered) {
        *hours = if count == 0 { 0.0 } else { held as f64 / 3_600_000.0 / count as f64 };
    }
    let share = |half: usize| match (found.passed.get(half), found.entered.get(half)) {
        (Some(passed), Some(entered)) if *entered > 0 => *passed as f64 / *entered as f64,
        _ => 0.0,
    };
    let [before, now] = found.hours;
    let enough = found.entered.iter().all(|count| *count >= LEAST);
    found.alarm = enough && share(1) < share(0) * FEWER && now > before * LONGER;
    found
}

/// Milliseconds with the second tier within a week.
fn in_second(case: &Case, tiers: &Tiers) -> i64 {
    let end = case.solved_at.filter(|_| case.done).unwrap_or(i64::MAX).min(case.created_at + WITHIN);
    let first = case.handovers.first().map_or(case.group.as_deref(), |one| one.from.as_deref());
    let (mut from, mut tier, mut held) = (case.created_at, tiers.of(first), 0);
    for one in &case.handovers {
        let at = one.at.clamp(from, end.max(from));
        held += if tier == Tier::L2 { at - from } else { 0 };
        (from, tier) = (at, tiers.of(one.to.as_deref()));
    }
    let tier = tiers.own(case.row).unwrap_or(tier);
    held + if tier == Tier::L2 { (end - from).max(0) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Handover;

    const HOUR: i64 = 3_600_000;

    /// One ticket an hour of the second tier; of every `each` one goes on after `hours`, the others are solved then.
    fn half(from: i64, each: i64, hours: i64) -> impl Iterator<Item = Case> {
        (0..200).map(move |n| {
            let at = from + n * HOUR;
            let hop = |at, from: &str, to: &str| Handover { at, from: Some(from.into()), to: Some(to.into()) };
            let mut handovers = vec![hop(at, "Desk", "L2 Apps")];
            if n % each == 0 {
                handovers.push(hop(at + hours * HOUR, "L2 Apps", "Engineering"));
            }
            Case { created_at: at, solved_at: Some(at + hours * HOUR), done: true, handovers, ..Case::default() }
        })
    }

    fn told(first: (i64, i64), second: (i64, i64)) -> Shifted {
        let middle = 300 * HOUR;
        let cases: Vec<Case> = half(0, first.0, first.1).chain(half(middle, second.0, second.1)).collect();
        let cases: Vec<&Case> = cases.iter().collect();
        shifted(&cases, Period { from: 0, until: 2 * middle + WITHIN }, &Tiers::default())
    }

    #[test]
    fn a_planted_shift_is_told_and_neither_half_of_it_alone_nor_a_flat_run_is() {
        let found = told((2, 4), (4, 9));
        assert!(found.alarm, "{found:?}");
        assert_eq!((found.entered, found.passed, found.hours), ([200, 200], [100, 50], [4.0, 9.0]));
        assert!(!told((2, 4), (4, 4)).alarm, "less reaches engineering, and nothing waits for it");
        assert!(!told((2, 4), (2, 9)).alarm, "it lies longer, and as much reaches engineering");
        assert!(!told((2, 4), (2, 4)).alarm);
    }

    #[test]
    fn a_handful_of_tickets_raises_no_alarm() {
        let cases: Vec<Case> = half(0, 1, 1).take(5).chain(half(300 * HOUR, 5, 90).take(5)).collect();
        let cases: Vec<&Case> = cases.iter().collect();
        assert!(!shifted(&cases, Period { from: 0, until: 600 * HOUR + WITHIN }, &Tiers::default()).alarm);
    }
}
