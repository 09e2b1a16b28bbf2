//! Halving the commits between a version that was good and one that is bad, until the first bad one is left.
//!
//! Nothing is run here: who asks says of each commit whether it was good, bad, or could not be told.

use crate::history::{History, Place};
use std::collections::HashSet;

/// Commits that are tried for how well they halve: those nearest to the middle.
const MOST_TRIED: usize = 64;
/// Commits between two versions that are halved; more is two products.
pub const MOST: usize = 50_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    Good,
    Bad,
    /// It could not be told: it does not build, or does something else.
    Skip,
}

/// Where a search stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Commits of which one is the first bad one, oldest first.
    pub left: Vec<Place>,
    /// What halves them best; `None` where nothing is left to be tried.
    pub next: Option<Place>,
    /// What was said cannot all be so: a good commit has a bad one behind it.
    pub contradiction: bool,
}

impl Standing {
    /// The first bad commit, where it is known.
    pub fn found(&self) -> Option<Place> {
        match (&self.left[..], self.contradiction) {
            ([only], false) => Some(*only),
            _ => None,
        }
    }

    /// How many more have to be tried at most, where none is skipped.
    pub fn steps(&self) -> u32 {
        usize::BITS - self.left.len().saturating_sub(1).leading_zeros()
    }
}

/// `said`: of commits, in whatever order. `None`: there are too many between the two, or the good one does not lie behind.
pub fn halve(history: &History, good: Place, bad: Place, said: &[(Place, Said)]) -> Option<Standing> {
    let all = |which: Said| said.iter().filter(move |(_, said)| *said == which).map(|(place, _)| *place);
    let mut left = history.all_behind(bad);
    let mut known = vec![false; history.len()];
    for good in std::iter::once(good).chain(all(Said::Good)) {
        let behind = history.all_behind(good);
        known.iter_mut().zip(behind).for_each(|(known, good)| *known |= good);
    }
    let between = left.iter().zip(&known).filter(|(left, known)| **left && !**known).count();
    if between > MOST {
        return None;
    }
    let contradiction = std::iter::once(bad).chain(all(Said::Bad)).any(|bad| known.get(bad as usize) == Some(&true));
    for bad in all(Said::Bad) {
        let behind = history.all_behind(bad);
        left.iter_mut().zip(behind).for_each(|(left, bad)| *left &= bad);
    }
    let left: Vec<Place> = (0..history.len() as Place).filter(|at| is(&left, *at) && !is(&known, *at)).collect();
    let skipped: HashSet<Place> = all(Said::Skip).collect();
    // The last one is bad already: trying it tells nothing.
    let told: HashSet<Place> = all(Said::Bad).chain([bad]).chain(skipped).collect();
    let next = if contradiction || left.len() < 2 { None } else { middle(history, &left, &told) };
    Some(Standing { left, next, contradiction })
}

fn is(all: &[bool], place: Place) -> bool {
    all.get(place as usize) == Some(&true)
}

fn middle(history: &History, left: &[Place], told: &HashSet<Place>) -> Option<Place> {
    let half = left.len() / 2;
    let mut open: Vec<(usize, Place)> = left
        .iter()
        .enumerate()
        .filter(|(_, place)| !told.contains(place))
        .map(|(at, place)| (at.abs_diff(half), *place))
        .collect();
    open.sort_unstable();
    open.truncate(MOST_TRIED);
    let within: HashSet<Place> = left.iter().copied().collect();
    let tried = open.into_iter().map(|(near, place)| {
        let weight = behind_within(history, place, &within);
        // Of equals, the one that lies nearest to the middle.
        (weight.min(left.len() - weight), std::cmp::Reverse(near), place)
    });
    tried.max().map(|(.., place)| place)
}

/// Itself, and what of these lies behind it.
fn behind_within(history: &History, place: Place, within: &HashSet<Place>) -> usize {
    let mut seen = HashSet::new();
    let mut open = vec![place];
    while let Some(place) = open.pop() {
        if within.contains(&place) && seen.insert(place) {
            open.extend(history.get(place).into_iter().flat_map(|commit| commit.parents.iter().copied()));
        }
    }
    seen.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CommitId, history::RawCommit};
    use proptest::prelude::*;

    fn id(at: usize) -> CommitId {
        let mut bytes = [0; 20];
        bytes[..8].copy_from_slice(&(at as u64).to_be_bytes());
        CommitId(bytes)
    }

    /// Each commit with how far back its parents lie.
    fn history(parents: &[Vec<usize>]) -> History {
        let mut history = History::default();
        for (at, back) in parents.iter().enumerate() {
            let parents = back.iter().filter_map(|back| at.checked_sub(*back)).map(id).collect();
            history.add(RawCommit { id: Some(id(at)), parents, ..RawCommit::default() });
        }
        history
    }

    /// As somebody tries what is proposed, where `first` brought it.
    fn search(history: &History, good: Place, bad: Place, first: Place) -> (Vec<Place>, usize) {
        let mut said = Vec::new();
        loop {
            let standing = halve(history, good, bad, &said).unwrap();
            let Some(next) = standing.next else { return (standing.left, said.len()) };
            said.push((next, if history.has_behind(next, first) { Said::Bad } else { Said::Good }));
        }
    }

    #[test]
    fn a_thousand_commits_in_a_row_take_ten_tries() {
        let history = history(&vec![vec![1]; 1001]);
        for first in [1, 2, 499, 500, 999, 1000] {
            let (left, tries) = search(&history, 0, 1000, first);
            assert_eq!(left, [first]);
            assert!(tries <= 10, "{tries}");
        }
        assert_eq!(halve(&history, 0, 1000, &[]).unwrap().steps(), 10);
    }

    #[test]
    fn what_cannot_be_told_is_passed_over_and_what_contradicts_itself_is_said() {
        let history = history(&vec![vec![1]; 9]);
        let next = halve(&history, 0, 8, &[]).unwrap().next.unwrap();
        let other = halve(&history, 0, 8, &[(next, Said::Skip)]).unwrap();
        assert!(other.next.is_some_and(|other| other != next) && other.left.len() == 8);
        let every: Vec<_> = (1..8).map(|at| (at, Said::Skip)).collect();
        let none = halve(&history, 0, 8, &every).unwrap();
        assert_eq!((none.next, none.found(), none.left.len()), (None, None, 8), "one of these, and nobody knows which");
        let odd = halve(&history, 0, 8, &[(3, Said::Bad), (5, Said::Good)]).unwrap();
        assert_eq!((odd.contradiction, odd.next, odd.found()), (true, None, None));
        let done = halve(&history, 0, 8, &[(3, Said::Good), (4, Said::Bad)]).unwrap();
        assert_eq!((done.found(), done.steps()), (Some(4), 0));
    }

    proptest! {
        #[test]
        fn whatever_was_merged_the_first_bad_commit_is_found(
            parents in proptest::collection::vec(proptest::collection::vec(1usize..5, 1..3), 2..60), pick in any::<prop::sample::Index>(),
        ) {
            let history = history(&parents);
            let bad = parents.len() as Place - 1;
            let between: Vec<Place> = {
                let (behind, good) = (history.all_behind(bad), history.all_behind(0));
                (0..=bad).filter(|at| behind[*at as usize] && !good[*at as usize]).collect()
            };
            prop_assume!(!between.is_empty());
            let first = between[pick.index(between.len())];
            prop_assert_eq!(search(&history, 0, bad, first).0, vec![first]);
        }
    }
}
