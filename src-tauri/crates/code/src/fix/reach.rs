//! Which of the commits of a fix lie behind which others.

use crate::{History, history::Place};

/// Which of a few commits lie behind each commit of a history.
pub(super) struct Reach {
    watched: Vec<Place>,
    /// The first that is watched: nothing before it has any of them behind it.
    first: Place,
    /// From there on.
    behind: Vec<u128>,
}

impl Reach {
    pub(super) fn new(history: &History, watched: impl Iterator<Item = Place>) -> Self {
        let mut watched: Vec<Place> = watched.collect();
        watched.sort_unstable();
        watched.dedup();
        watched.truncate(128);
        let first = watched.first().copied().unwrap_or(Place::MAX);
        let mut behind: Vec<u128> = Vec::with_capacity(history.len().saturating_sub(first as usize));
        let mut next = watched.iter().copied().zip(0u32..).peekable();
        // Parents stand before their children: one pass is enough.
        for (place, commit) in history.commits().skip(first as usize) {
            let own = commit.parents.iter().filter_map(|parent| parent.checked_sub(first));
            let mut here = own.filter_map(|parent| behind.get(parent as usize)).fold(0, |all, one| all | one);
            if let Some((_, bit)) = next.next_if(|(watched, _)| *watched == place) {
                here |= 1 << bit;
            }
            behind.push(here);
        }
        Self { watched, first, behind }
    }

    /// Whether `place` has the watched commit behind it, or is it.
    pub(super) fn has(&self, place: Place, watched: Place) -> bool {
        let bit = self.watched.binary_search(&watched);
        let behind = place.checked_sub(self.first).and_then(|at| self.behind.get(at as usize));
        bit.is_ok_and(|bit| behind.is_some_and(|behind| behind >> bit & 1 == 1))
    }
}
