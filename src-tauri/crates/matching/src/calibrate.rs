//! Where the bars of the verdict lie, from questions whose answer is known. Pure.

use crate::{Bars, RIGHT_WHEN_MAYBE, RIGHT_WHEN_SEEN, VerdictKind};

/// Fewer questions than this say too little to move a bar.
pub const ENOUGH: usize = 100;
/// A bar is put where at least so many questions are above it.
const ABOVE: usize = 20;

/// The cases of one question from the first on, each surer than all before it: whatever the bar, the first case above it is
/// one of these. How sure, and whether it is right.
pub type Ladder = Vec<(f64, bool)>;

/// The first case of a ladder that a bar lets in.
fn first(ladder: &[(f64, bool)], bar: f64) -> Option<bool> {
    ladder.iter().find(|(sure, _)| *sure >= bar).map(|(_, right)| *right)
}

/// What is said of a question, and whether the case that is meant is right.
pub fn said(ladder: &[(f64, bool)], bars: &Bars) -> (VerdictKind, bool) {
    match (first(ladder, bars.seen), first(ladder, bars.maybe)) {
        (Some(right), _) => (VerdictKind::Seen, right),
        (None, Some(right)) => (VerdictKind::Maybe, right),
        (None, None) => (VerdictKind::New, false),
    }
}

impl Bars {
    /// The lowest bars at which as many are right as shall be; `None` where there are fewer questions than [`ENOUGH`], or
    /// where they never are.
    pub fn of(ladders: &[Ladder]) -> Option<Self> {
        Self::of_any(ladders).filter(|_| ladders.len() >= ENOUGH)
    }

    /// As [`Bars::of`], of however few questions: for measuring on others what bars of these are worth.
    pub fn of_any(ladders: &[Ladder]) -> Option<Self> {
        let seen = lowest(ladders, RIGHT_WHEN_SEEN)?;
        let others: Vec<Ladder> = ladders.iter().filter(|ladder| first(ladder, seen).is_none()).cloned().collect();
        // Where nothing between the two would be right often enough, nothing is perhaps the same.
        let maybe = lowest(&others, RIGHT_WHEN_MAYBE).unwrap_or(seen).min(seen);
        Some(Self { seen, maybe })
    }
}

/// The lowest sureness from which on so large a share is right.
fn lowest(ladders: &[Ladder], share: f64) -> Option<f64> {
    let mut all: Vec<f64> = ladders.iter().flatten().map(|(sure, _)| *sure).collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    all.into_iter().find(|bar| {
        let above: Vec<bool> = ladders.iter().filter_map(|ladder| first(ladder, *bar)).collect();
        let right = above.iter().filter(|right| **right).count();
        above.len() >= ABOVE && right as f64 >= share * above.len() as f64
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The surer, the more often right: never at 0, always at 1.
    fn graded(n: usize) -> Vec<Ladder> {
        let all = (0..n).flat_map(|at| {
            let sure = at as f64 / n as f64;
            (0..10).map(move |dice| vec![(sure, f64::from(dice) / 10.0 < sure.powi(3))])
        });
        all.collect()
    }

    #[test]
    fn bars_are_as_low_as_they_can_be_with_as_many_right_as_shall_be() {
        let ladders = graded(100);
        let bars = Bars::of(&ladders).unwrap();
        assert!(bars.maybe < bars.seen, "{bars:?}");
        let share = |kind| {
            let those: Vec<bool> = ladders
                .iter()
                .map(|ladder| said(ladder, &bars))
                .filter(|(said, _)| *said == kind)
                .map(|said| said.1)
                .collect();
            those.iter().filter(|right| **right).count() as f64 / those.len() as f64
        };
        for (kind, wanted) in [(VerdictKind::Seen, RIGHT_WHEN_SEEN), (VerdictKind::Maybe, RIGHT_WHEN_MAYBE)] {
            assert!((wanted..wanted + 0.05).contains(&share(kind)), "{kind:?}: {}", share(kind));
        }
    }

    #[test]
    fn too_few_questions_and_those_that_are_never_right_move_no_bar() {
        assert_eq!(Bars::of(&graded(9)), None, "ninety");
        assert_eq!(Bars::of(&vec![vec![(1.0, false)]; 500]), None);
        let sure = Bars::of(&vec![vec![(1.0, true)]; 500]).unwrap();
        assert_eq!(sure, Bars { seen: 1.0, maybe: 1.0 }, "nothing is between them");
    }

    #[test]
    fn the_first_case_above_the_bar_is_the_one_that_is_meant() {
        let ladder = vec![(0.2, true), (0.6, false), (0.9, true)];
        let with = |seen, maybe| said(&ladder, &Bars { seen, maybe });
        assert_eq!(with(0.5, 0.1), (VerdictKind::Seen, false));
        assert_eq!(with(0.8, 0.1), (VerdictKind::Seen, true));
        assert_eq!(with(1.0, 0.1), (VerdictKind::Maybe, true));
        assert_eq!(with(1.0, 0.95), (VerdictKind::New, false));
    }
}
