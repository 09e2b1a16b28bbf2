//! What is asked of a history again and again: worked out once, when somebody asks first.

use super::{History, Place, TieKind, reverted_subject};
use std::sync::OnceLock;

#[derive(Clone, Debug, Default)]
pub(super) struct Ties {
    picks: OnceLock<Box<[(Place, Place)]>>,
    reverting: OnceLock<Box<[Place]>>,
}

impl History {
    /// Every copy that says so, and what it was picked from.
    pub(crate) fn picks(&self) -> &[(Place, Place)] {
        self.ties.picks.get_or_init(|| {
            let told = self.commits().flat_map(|(place, commit)| {
                let picked = commit.ties.iter().filter(|tie| tie.kind == TieKind::PickedFrom);
                picked.filter_map(move |tie| Some((place, self.find(&tie.to)?)))
            });
            told.collect()
        })
    }

    /// Every commit that says that it takes another back.
    pub(crate) fn reverting(&self) -> &[Place] {
        self.ties.reverting.get_or_init(|| {
            let told = self.commits().filter(|(_, commit)| {
                commit.ties.iter().any(|tie| tie.kind != TieKind::PickedFrom)
                    || reverted_subject(&commit.subject).is_some()
            });
            told.map(|(place, _)| place).collect()
        })
    }

    /// Of each commit, whether `end` has it behind itself, or is it.
    pub fn all_behind(&self, end: Place) -> Vec<bool> {
        let mut behind = vec![false; self.len()];
        if let Some(own) = behind.get_mut(end as usize) {
            *own = true;
        }
        // Parents stand before their children.
        for place in (0..=end).rev() {
            if behind.get(place as usize) != Some(&true) {
                continue;
            }
            for parent in self.get(place).into_iter().flat_map(|commit| &commit.parents) {
                if let Some(parent) = behind.get_mut(*parent as usize) {
                    *parent = true;
                }
            }
        }
        behind
    }

    pub fn has_behind(&self, end: Place, earlier: Place) -> bool {
        self.all_behind(end).get(earlier as usize) == Some(&true)
    }

    /// The commits that touched a file under this name; oldest first.
    pub fn touching(&self, path: &str) -> Vec<Place> {
        let Some(number) = self.path_number(path) else { return Vec::new() };
        let touching = self.commits().filter(|(_, commit)| commit.paths.binary_search(&number).is_ok());
        touching.map(|(place, _)| place).collect()
    }
}
