//! How sure a change of times is: what it would be had other tickets come, drawn again from those that did.
//!
//! A bootstrap: both sides are drawn again with replacement, a thousand times, and what nineteen of twenty of the changes lie
//! between is the interval. The draws have one seed: the same tickets give the same interval, here and elsewhere.

use crate::numbers::{Spread, spread};
use serde::{Deserialize, Serialize};

/// How often both sides are drawn again.
pub const REDRAWS: usize = 1000;
/// Of fewer on a side no interval is told: drawn again, three tickets are always the same three.
pub const LEAST: usize = 10;
/// Of more, so many stand for all. The interval is then wider than it had to be, never narrower.
const MOST: usize = 2000;
const SEED: u64 = 0x5DEE_CE66_D1CE_4E5B;

/// Times as they are kept to be drawn again, in hours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Times {
    /// Of all of them, however many are kept.
    pub spread: Spread,
    /// Shortest first, in hundredths of an hour.
    kept: Vec<u32>,
}

/// How much less something is than before: below 0 it is more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Less {
    pub less: f64,
    /// Where nineteen of twenty redraws lie; `None` of too few.
    pub between: Option<(f64, f64)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Since {
    /// `None` where it was nothing before.
    pub mean: Option<Less>,
    pub median: Option<Less>,
    pub p90: Option<Less>,
}

impl Times {
    /// `None` of nothing.
    pub fn of(mut hours: Vec<f64>) -> Option<Self> {
        hours.sort_by(f64::total_cmp);
        let n = hours.len();
        let spread = spread(hours.clone())?;
        let kept = n.min(MOST);
        // From the middle of each of so many equal parts.
        let rank = |nth: usize| (2 * nth + 1) * n / (2 * kept);
        let hundredths = |hours: &f64| (hours * 100.0).round() as u32;
        Some(Self { spread, kept: (0..kept).filter_map(|nth| hours.get(rank(nth)).map(hundredths)).collect() })
    }
}

pub fn since(before: &Times, now: &Times) -> Since {
    let mut random = Random(SEED);
    let mut changes: [Vec<f64>; 3] = Default::default();
    if before.kept.len().min(now.kept.len()) >= LEAST {
        let (mut then, mut by_now) = (Redrawn::of(&before.kept), Redrawn::of(&now.kept));
        for _ in 0..REDRAWS {
            let (then, by_now) = (then.again(&mut random), by_now.again(&mut random));
            for (changes, (then, by_now)) in changes.iter_mut().zip(then.into_iter().zip(by_now)) {
                changes.extend((then > 0.0).then(|| 1.0 - by_now / then));
            }
        }
    }
    let [means, medians, p90s] = changes;
    let less = |then: f64, by_now: f64, changes| {
        (then > 0.0).then(|| Less { less: 1.0 - by_now / then, between: middle(changes) })
    };
    let (then, by_now) = (before.spread, now.spread);
    Since {
        mean: less(then.mean, by_now.mean, means),
        median: less(then.median, by_now.median, medians),
        p90: less(then.p90, by_now.p90, p90s),
    }
}

/// Without the fortieth at either end. Where some redraw had nothing to divide by, there is no saying.
fn middle(mut changes: Vec<f64>) -> Option<(f64, f64)> {
    changes.sort_by(f64::total_cmp);
    let end = |nth: usize| changes.get(nth).copied();
    (changes.len() == REDRAWS).then_some(())?;
    Some((end(REDRAWS / 40 - 1)?, end(REDRAWS - REDRAWS / 40 - 1)?))
}

/// Counted by rank and not sorted: a thousand redraws of two thousand are drawn while somebody waits.
struct Redrawn<'a> {
    of: &'a [u32],
    drawn: Vec<u32>,
}

impl<'a> Redrawn<'a> {
    fn of(of: &'a [u32]) -> Self {
        Self { of, drawn: vec![0; of.len()] }
    }

    /// Mean, median and p90, by rank as in [`spread`].
    fn again(&mut self, random: &mut Random) -> [f64; 3] {
        let n = self.of.len();
        self.drawn.fill(0);
        for _ in 0..n {
            if let Some(times) = self.drawn.get_mut(random.below(n)) {
                *times += 1;
            }
        }
        let mut ranks = [5, 9].map(|tenths: usize| ((n * tenths).div_ceil(10) as u64, 0.0));
        let (mut sum, mut passed) = (0.0, 0);
        for (value, times) in self.of.iter().zip(&self.drawn).filter(|(_, times)| **times > 0) {
            let before = passed;
            passed += u64::from(*times);
            sum += f64::from(*value) * f64::from(*times);
            for (rank, found) in &mut ranks {
                if (before + 1..=passed).contains(rank) {
                    *found = f64::from(*value);
                }
            }
        }
        let [(_, median), (_, p90)] = ranks;
        [sum / n as f64, median, p90]
    }
}

/// Splitmix64: the same numbers on every machine, from whole numbers alone.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let high = (mixed ^ (mixed >> 31)) >> 32;
        ((high * n as u64) >> 32) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(hours: impl IntoIterator<Item = u32>) -> Times {
        Times::of(hours.into_iter().map(f64::from).collect()).unwrap()
    }

    fn rounded(less: Option<Less>) -> (f64, f64, f64) {
        let Less { less, between } = less.unwrap();
        let (low, high) = between.unwrap();
        let rounded = |value: f64| (value * 1e6).round() / 1e6;
        (rounded(less), rounded(low), rounded(high))
    }

    /// The numbers come of a second program, written for them alone.
    #[test]
    fn the_interval_of_each_of_the_three_is_the_one_that_another_program_drew() {
        let told = since(&times((1..=40).map(|n| n * n % 97)), &times((1..=30).map(|n| n * n % 61)));
        assert_eq!(rounded(told.mean), GOLDEN[0]);
        assert_eq!(rounded(told.median), GOLDEN[1]);
        assert_eq!(rounded(told.p90), GOLDEN[2]);
    }

    const GOLDEN: [(f64, f64, f64); 3] =
        [(0.346545, 0.14165, 0.506857), (0.425532, -0.138889, 0.659091), (0.370787, 0.2, 0.483516)];

    #[test]
    fn what_did_not_change_may_be_more_or_less_and_what_halved_is_less_for_sure() {
        let (all, half) = (times((1..=200).map(|n| 2 * n)), times(1..=200));
        let sides = |now: &Times| {
            let told = since(&all, now);
            [told.mean, told.median, told.p90].map(|less| less.unwrap().between.unwrap())
        };
        assert!(sides(&all).into_iter().all(|(low, high)| low < 0.0 && 0.0 < high), "{:?}", sides(&all));
        assert!(sides(&half).into_iter().all(|(low, high)| 0.3 < low && low < 0.5 && 0.5 < high && high < 0.65));
        assert_eq!(sides(&half), sides(&half), "the same tickets give the same interval");
    }

    #[test]
    fn of_too_few_there_is_a_change_and_no_interval_and_of_nothing_before_neither() {
        let told = since(&times(1..=9), &times(1..=500)).median.unwrap();
        assert!(told.between.is_none() && told.less < 0.0);
        assert_eq!(since(&times([0; 50]), &times(1..=50)), Since { mean: None, median: None, p90: None });
        assert_eq!(Times::of(Vec::new()), None);
    }

    /// Of a hundred thousand, two thousand are kept: middle and tail stay where they were.
    #[test]
    fn of_many_some_stand_for_all_and_the_change_is_still_that_of_all() {
        let (then, now) = (times(1..=100_000), times((1..=100_000).map(|n| n / 2)));
        assert_eq!((then.kept.len(), then.spread.n, then.spread.p90), (2000, 100_000, 90_000.0));
        let (less, low, high) = rounded(since(&then, &now).median);
        assert!(less == 0.5 && 0.45 < low && low < 0.5 && 0.5 < high && high < 0.55, "{low} {high}");
    }
}
