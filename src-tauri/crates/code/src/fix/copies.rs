//! The same change in several commits: picked onto another line, landed again, or applied by hand.

use super::{MOST, PatchId, Sight};
use crate::{
    History,
    history::{Commit, Place, plain},
    links,
    literals::read::is_test,
};

/// Commits whose patch is compared with one fix: each costs a few milliseconds.
const MOST_COMPARED: usize = 24;
/// Seconds between a commit and its copy by the same person, and by another.
const OWN_SOON: u64 = 180 * 86_400;
const SOON: u64 = 30 * 86_400;
/// A change of more files is an import or a release, and no fix.
const MOST_FILES: u32 = 200;

/// Why a commit belongs to a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its message names the issue, or somebody asked for it.
    Named,
    /// Its branch is called after the issue.
    Branch,
    /// It says that it was picked from that commit, or that one was picked from it.
    Picked(Place),
    /// It is the same change as that commit.
    SamePatch(Place),
    /// It came in with that merge.
    Merged(Place),
    /// A comment of the ticket names it.
    Told,
}

/// The commits of a fix, oldest first, and which of them are the same change.
pub(super) struct Family {
    pub(super) commits: Vec<(Place, Why)>,
    /// For each commit, the first of those that are the same change.
    groups: Vec<(Place, Place)>,
    /// Commits, each with the merge that brought it.
    brought: Vec<(Place, Place)>,
}

impl Family {
    /// Those that make the fix: where one of them does more, what touches tests alone does not.
    pub(super) fn counting(&self, history: &History) -> Vec<Place> {
        let tests_alone = |place: Place| {
            let commit = history.get(place).filter(|commit| !commit.paths.is_empty());
            commit.is_some_and(|commit| history.paths(commit).all(is_test))
        };
        let all = || self.commits.iter().map(|(place, _)| *place);
        let more: Vec<Place> = all().filter(|place| !tests_alone(*place)).collect();
        if more.is_empty() { all().collect() } else { more }
    }

    /// Whether these two are the same change.
    pub(super) fn are_copies(&self, a: Place, b: Place) -> bool {
        let group = |place| self.groups.iter().find(|(one, _)| *one == place).map(|(_, group)| *group);
        a == b || group(a).is_some_and(|group_of_a| group(b) == Some(group_of_a))
    }

    /// Whether a commit came in with a merge, or is the same change as one that did.
    pub(super) fn came_with(&self, commit: Place, merge: Place) -> bool {
        self.brought.iter().any(|(one, with)| *with == merge && self.are_copies(*one, commit))
    }
}

/// `key`: what the seeds belong to, where it is an issue.
pub(super) fn family(seeds: &[Place], key: Option<&str>, sight: &Sight<'_>) -> Family {
    let history = sight.history;
    let by_branch = |place: Place| key.is_some_and(|key| sight.links.of_commit(place).iter().any(|own| **own == *key));
    let is_told = |place: Place| {
        let names = |key: &str| history.naming(key).contains(&place);
        key.is_some_and(|key| !names(key)) && history.get(place).is_some_and(|one| sight.told.contains(&one.id))
    };
    let why = |place: Place| match place {
        place if by_branch(place) => Why::Branch,
        place if is_told(place) => Why::Told,
        _ => Why::Named,
    };
    let mut commits: Vec<(Place, Why)> = seeds.iter().map(|place| (*place, why(*place))).collect();
    let mut brought: Vec<(Place, Place)> = Vec::new();
    for merge in seeds.iter().copied().filter(|seed| history.get(*seed).is_some_and(|one| one.parents.len() > 1)) {
        let all = links::brought(history, merge);
        // The main line came along, as where a fork that had fallen behind takes a branch in: none of it is this fix.
        if !all.iter().any(|place| key.is_some_and(|key| is_of_another(key, *place, history))) {
            brought.extend(all.into_iter().map(|place| (place, merge)));
        }
    }
    let is_undone =
        |place: Place| key.zip(history.get(place)).is_some_and(|(key, commit)| (sight.undone)(key, commit.id));
    let news = brought.iter().filter(|(place, _)| !seeds.contains(place) && !is_undone(*place));
    let news: Vec<_> = news.take(MOST.saturating_sub(commits.len())).copied().collect();
    commits.extend(news.into_iter().map(|(place, merge)| (place, Why::Merged(merge))));
    let mut groups: Vec<(Place, Place)> = commits.iter().map(|(place, _)| (*place, *place)).collect();
    let picks = history.picks();
    let mut at = 0;
    // What is added is looked at in its turn.
    while let Some((place, _)) = commits.get(at).copied() {
        at += 1;
        let told = picks.iter().filter_map(|pick| match place {
            // What repeats several things at once is about this one and others: from it nothing leads on.
            _ if pick.copy == place && pick.alone => Some((pick.original, true)),
            _ if pick.original == place => Some((pick.copy, pick.alone)),
            _ => None,
        });
        let mut copies: Vec<(Place, Why, bool)> = told.map(|(other, same)| (other, Why::Picked(place), same)).collect();
        copies.extend(same_patch(place, sight).into_iter().map(|other| (other, Why::SamePatch(place), true)));
        for (other, why, same) in copies {
            let is_new = !groups.iter().any(|(known, _)| *known == other);
            if is_new && commits.len() < MOST {
                commits.push((other, why));
                groups.push((other, other));
            }
            if same {
                join(&mut groups, place, other);
            }
        }
    }
    commits.sort_by_key(|(place, _)| *place);
    Family { commits, groups, brought }
}

/// Whether a commit is about other issues of the same project, and not about this one.
fn is_of_another(key: &str, place: Place, history: &History) -> bool {
    let Some((project, _)) = key.rsplit_once('-') else { return false };
    let about = history.get(place).into_iter().flat_map(|commit| &commit.mentions).filter(|mention| mention.about);
    let of_project = |key: &str| key.rsplit_once('-').is_some_and(|(other, _)| other == project);
    let keys: Vec<&str> = about.map(|mention| &*mention.key).filter(|key| of_project(key)).collect();
    !keys.is_empty() && !keys.contains(&key)
}

fn join(groups: &mut [(Place, Place)], a: Place, b: Place) {
    let group = |place| groups.iter().find(|(one, _)| *one == place).map(|(_, group)| *group);
    if let (Some(keep), Some(drop)) = (group(a), group(b)) {
        groups.iter_mut().filter(|(_, group)| *group == drop).for_each(|(_, group)| *group = keep);
    }
}

/// Commits that touch exactly the same files, in the same way.
fn same_patch(place: Place, sight: &Sight<'_>) -> Vec<Place> {
    let history = sight.history;
    let Some(commit) = history.get(place).filter(|commit| can_be_compared(commit)) else { return Vec::new() };
    let like = history.touching_the_same(commit).filter(|(other, _)| *other != place);
    let mut like: Vec<(u64, Place)> = like
        .filter(|(_, like)| can_be_compared(like) && is_near(commit, like))
        .map(|(other, like)| (like.authored_at.abs_diff(commit.authored_at), other))
        .collect();
    like.sort_unstable();
    like.truncate(MOST_COMPARED);
    let own = std::cell::OnceCell::new();
    let own = || *own.get_or_init(|| (sight.sketch)(commit.id));
    like.retain(|(_, other)| {
        history.get(*other).is_some_and(|other| says_so(commit, other) || own() == (sight.sketch)(other.id))
    });
    let patch = |place: Place| -> Option<PatchId> { (sight.patch)(history.get(place)?.id) };
    let Some(own) = (!like.is_empty()).then(|| patch(place)).flatten() else { return Vec::new() };
    like.into_iter().map(|(_, other)| other).filter(|other| patch(*other) == Some(own)).collect()
}

/// A pick keeps when and by whom it was written; a copy by hand is made soon, most often by the same person, or says the same.
fn is_near(commit: &Commit, other: &Commit) -> bool {
    if says_so(commit, other) {
        return true;
    }
    let about = |commit: &Commit| commit.mentions.iter().any(|mention| mention.about);
    let shared = |key: &str| commit.mentions.iter().any(|mention| *mention.key == *key);
    // What is about another issue alone is no copy of this fix, whatever it changes.
    if about(commit) && about(other) && !other.mentions.iter().any(|mention| shared(&mention.key)) {
        return false;
    }
    let apart = commit.authored_at.abs_diff(other.authored_at);
    let soon = if commit.has_author_of(other) { OWN_SOON } else { SOON };
    apart <= soon
}

/// A pick may have other blanks or line ends, so what says that it is one is not measured before their patches are made.
fn says_so(commit: &Commit, other: &Commit) -> bool {
    commit.authored_at == other.authored_at || plain(&commit.subject) == plain(&other.subject)
}

fn can_be_compared(commit: &Commit) -> bool {
    !commit.paths.is_empty() && commit.files <= MOST_FILES && commit.parents.len() < 2
}
