//! What takes a commit back: by its name, by its first line, by its pull request; and what takes that back again.

use super::{Reach, copies::Family};
use crate::history::{History, Place, TieKind, reverted_subject};

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
        for revert in
            all.iter().copied().filter(|revert| *revert != target && takes_back(*revert, target, family, history))
        {
            if found.len() < MOST {
                found.push((revert, target));
                if !targets.contains(&revert) {
                    targets.push(revert);
                }
            }
        }
    }
    Reverts(found)
}

/// Whether its message says so. Whether it can (the other lies behind it) is asked later.
fn takes_back(revert: Place, target: Place, family: &Family, history: &History) -> bool {
    let (Some(commit), Some(other)) = (history.get(revert), history.get(target)) else { return false };
    let mut named = commit.ties.iter().filter(|tie| tie.kind == TieKind::Reverts).peekable();
    if named.peek().is_some() {
        // One that was picked onto another line still names the commit of the first.
        return named
            .filter_map(|tie| history.find(&tie.to))
            .any(|named| family.are_copies(named, target) || family.came_with(target, named));
    }
    let request = |tie: &&crate::history::Tie| tie.kind == TieKind::RevertsRequest;
    let by_request = commit
        .ties
        .iter()
        .filter(request)
        .any(|tie| other.mentions.iter().any(|mention| mention.about && mention.key == tie.to));
    // A forge puts the number of a pull request behind the first line.
    let plain = |subject: &str| subject.rsplit_once(" (#").map_or(subject.to_owned(), |(plain, _)| plain.to_owned());
    let by_subject = reverted_subject(&commit.subject).is_some_and(|quoted| plain(quoted) == plain(&other.subject));
    by_request || by_subject
}

impl Reverts {
    pub(super) fn places(&self) -> impl Iterator<Item = Place> {
        self.0.iter().map(|(revert, _)| *revert)
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
