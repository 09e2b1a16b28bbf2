//! What takes a commit back: by its name, by its first line, by its pull request; and what takes that back again.

use super::{Reach, copies::Family};
use crate::history::{Commit, History, Place, Reverting, plain};

/// How deep a revert of a revert of a revert is followed, and how many there may be.
const MOST: usize = 32;

/// Each revert and what it takes back.
pub(super) struct Reverts(Vec<(Place, Place)>);

pub(super) fn of(family: &Family, history: &History) -> Reverts {
    let all = history.reverting();
    let mut found: Vec<(Place, Place)> = Vec::new();
    let mut targets: Vec<Place> = family.commits.iter().map(|(place, _)| *place).collect();
    let mut at = 0;
    while let Some(target) = targets.get(at).copied() {
        at += 1;
        let Some(other) = history.get(target) else { continue };
        for revert in all.iter().filter(|revert| revert.place != target && takes_back(revert, target, other, family)) {
            if found.len() < MOST {
                found.push((revert.place, target));
                if !targets.contains(&revert.place) {
                    targets.push(revert.place);
                }
            }
        }
    }
    Reverts(found)
}

/// Whether its message says so. Whether it can (the other lies behind it) is asked later.
fn takes_back(revert: &Reverting, target: Place, other: &Commit, family: &Family) -> bool {
    if revert.names {
        // One that was picked onto another line still names the commit of the first.
        return revert.of.iter().any(|named| family.are_copies(*named, target) || family.came_with(target, *named));
    }
    let about = |request: &str| other.mentions.iter().any(|mention| mention.about && *mention.key == *request);
    revert.requests.iter().any(|request| about(request))
        || revert.quoted.as_deref().is_some_and(|quoted| quoted == plain(&other.subject))
}

impl Reverts {
    pub(super) fn places(&self) -> impl Iterator<Item = Place> {
        self.0.iter().map(|(revert, _)| *revert)
    }

    /// Whether anything says that it takes this commit back, wherever that holds.
    pub(super) fn takes_back(&self, commit: Place) -> bool {
        self.0.iter().any(|(_, target)| *target == commit)
    }

    /// Whether a commit lies behind `place` and nothing there takes it back.
    pub(super) fn is_in_force(&self, commit: Place, seen: &Reach, place: Place) -> bool {
        seen.has(place, commit) && self.in_force_against(commit, seen, place).is_none()
    }

    /// What takes a commit back at `place`. It has the commit behind it, so this comes to an end.
    pub(super) fn in_force_against(&self, commit: Place, seen: &Reach, place: Place) -> Option<Place> {
        let mut against = self.0.iter().filter(|(_, target)| *target == commit).map(|(revert, _)| *revert);
        against.find(|revert| *revert != commit && seen.has(*revert, commit) && self.is_in_force(*revert, seen, place))
    }
}
