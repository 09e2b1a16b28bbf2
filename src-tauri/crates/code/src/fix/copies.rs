//! The same change in several commits: picked onto another line, landed again, or applied by hand.

use super::{MOST, PatchId, Sight};
use crate::history::{Commit, History, Place, TieKind};

/// Commits whose patch is compared with one fix: each costs a few milliseconds.
const MOST_COMPARED: usize = 24;
/// A change of more files is an import or a release, and no fix.
const MOST_FILES: u32 = 200;

/// Why a commit belongs to a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its message names the issue, or somebody asked for it.
    Named,
    /// It says that it was picked from that commit, or that one was picked from it.
    Picked(Place),
    /// It is the same change as that commit.
    SamePatch(Place),
}

/// The commits of a fix, oldest first, and which of them are the same change.
pub(super) struct Family {
    pub(super) commits: Vec<(Place, Why)>,
    /// For each commit, the first of those that are the same change.
    groups: Vec<(Place, Place)>,
}

impl Family {
    /// Whether these two are the same change.
    pub(super) fn are_copies(&self, a: Place, b: Place) -> bool {
        let group = |place| self.groups.iter().find(|(one, _)| *one == place).map(|(_, group)| *group);
        a == b || group(a).is_some_and(|group_of_a| group(b) == Some(group_of_a))
    }
}

pub(super) fn family(seeds: &[Place], sight: &Sight<'_>) -> Family {
    let history = sight.history;
    let mut commits: Vec<(Place, Why)> = seeds.iter().map(|place| (*place, Why::Named)).collect();
    let mut groups: Vec<(Place, Place)> = seeds.iter().map(|place| (*place, *place)).collect();
    let picks = picks(history);
    let mut at = 0;
    // What is added is looked at in its turn.
    while let Some((place, _)) = commits.get(at).copied() {
        at += 1;
        let told = picks.iter().filter_map(|(copy, original)| match place {
            _ if *copy == place => Some(*original),
            _ if *original == place => Some(*copy),
            _ => None,
        });
        let mut copies: Vec<(Place, Why)> = told.map(|other| (other, Why::Picked(place))).collect();
        copies.extend(same_patch(place, sight).into_iter().map(|other| (other, Why::SamePatch(place))));
        for (other, why) in copies {
            if groups.iter().any(|(known, _)| *known == other) {
                join(&mut groups, place, other);
            } else if commits.len() < MOST {
                commits.push((other, why));
                groups.push((other, other));
                join(&mut groups, place, other);
            }
        }
    }
    commits.sort_by_key(|(place, _)| *place);
    Family { commits, groups }
}

fn join(groups: &mut [(Place, Place)], a: Place, b: Place) {
    let group = |place| groups.iter().find(|(one, _)| *one == place).map(|(_, group)| *group);
    if let (Some(keep), Some(drop)) = (group(a), group(b)) {
        groups.iter_mut().filter(|(_, group)| *group == drop).for_each(|(_, group)| *group = keep);
    }
}

/// Every copy that says so, and what it was picked from.
fn picks(history: &History) -> Vec<(Place, Place)> {
    let told = history.commits().flat_map(|(place, commit)| {
        let picked = commit.ties.iter().filter(|tie| tie.kind == TieKind::PickedFrom);
        picked.filter_map(move |tie| Some((place, history.find(&tie.to)?)))
    });
    told.collect()
}

/// Commits that touch exactly the same files, in the same way.
fn same_patch(place: Place, sight: &Sight<'_>) -> Vec<Place> {
    let history = sight.history;
    let Some(commit) = history.get(place).filter(|commit| can_be_compared(commit)) else { return Vec::new() };
    let like = history.commits().filter(|(other, like)| *other != place && like.paths == commit.paths);
    let mut like: Vec<(u64, Place)> = like
        .filter(|(_, like)| can_be_compared(like))
        // A pick keeps when and by whom it was written; a copy by hand is made soon.
        .map(|(other, like)| (like.authored_at.abs_diff(commit.authored_at), other))
        .collect();
    like.sort_unstable();
    like.truncate(MOST_COMPARED);
    let patch = |place: Place| -> Option<PatchId> { (sight.patch)(history.get(place)?.id) };
    let Some(own) = (!like.is_empty()).then(|| patch(place)).flatten() else { return Vec::new() };
    like.into_iter().map(|(_, other)| other).filter(|other| patch(*other) == Some(own)).collect()
}

fn can_be_compared(commit: &Commit) -> bool {
    !commit.paths.is_empty() && commit.files <= MOST_FILES && commit.parents.len() < 2
}
