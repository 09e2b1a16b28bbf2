//! Releases that have a fix although none of its commits lies behind them: a tag that stands apart from all history, as
//! conversions from older systems leave them, or a line onto which somebody carried the change by hand. What is asked is
//! whether their files are what the fix made of them.

use super::Sight;
use crate::{
    Release,
    history::{Commit, Place},
};

/// Files of a fix that are held against those of a release; a change of more is an import.
const MOST_FILES: u32 = 40;
/// Commits of one fix that are tried.
const MOST_COMMITS: usize = 12;
/// Later states of one file that are tried, the nearest first.
const MOST_LATER: usize = 60;
/// The empty file is the same wherever it is.
const EMPTY: [u8; 20] = [
    0xe6, 0x9d, 0xe2, 0x9b, 0xb2, 0xd1, 0xd6, 0x43, 0x4b, 0x8b, 0x29, 0xae, 0x77, 0x5a, 0xd8, 0xc2, 0xe4, 0x8c, 0x53,
    0x91,
];

/// What lies under a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    Absent,
    /// The name that git has for what it holds.
    Is([u8; 20]),
}

impl FileState {
    fn says_something(self) -> bool {
        self != Self::Absent && self != Self::Is(EMPTY)
    }
}

/// `fixes`: commits that make it and are not taken back anywhere. `held`: whether one of them is in force at a commit.
pub(super) fn holding<'a>(fixes: &[Place], held: &dyn Fn(Place) -> bool, sight: &Sight<'a>) -> Vec<&'a Release> {
    let history = sight.history;
    let can_be_told = |place: &Place| history.get(*place).is_some_and(can_be_told);
    let fixes: Vec<Place> = fixes.iter().copied().filter(can_be_told).take(MOST_COMMITS).collect();
    let Some(earliest) = fixes.iter().filter_map(|place| Some(history.get(*place)?.committed_at)).min() else {
        return Vec::new();
    };
    let dated: Vec<(&'a Release, Place, i64)> = sight
        .releases
        .all()
        .iter()
        .filter_map(|release| {
            let place = history.place(release.commit)?;
            Some((release, place, made(place, sight)))
        })
        .collect();
    let open = dated.iter().filter(|(_, place, made)| *made >= earliest && !held(*place));
    let has = |(release, place, made): &&(&'a Release, Place, i64)| {
        fixes.iter().any(|fix| is_as_left(*fix, release, *place, *made, held, sight) && is_news(*fix, &dated, sight))
    };
    open.filter(has).map(|(release, ..)| *release).collect()
}

fn can_be_told(commit: &Commit) -> bool {
    !commit.paths.is_empty() && commit.files <= MOST_FILES && commit.parents.len() == 1
}

/// When the files of a release were made: what comes after and touches none only moved the tag about.
fn made(place: Place, sight: &Sight<'_>) -> i64 {
    let mut at = place;
    while let Some(commit) = sight.history.get(at) {
        match commit.parents[..] {
            [parent] if commit.files == 0 => at = parent,
            _ => return commit.committed_at,
        }
    }
    i64::MIN
}

/// Whether each file that the fix changed is as it left it; in a release that stands apart, also as whatever came after it
/// left it.
fn is_as_left(
    fix: Place,
    release: &Release,
    place: Place,
    made: i64,
    held: &dyn Fn(Place) -> bool,
    sight: &Sight<'_>,
) -> bool {
    let history = sight.history;
    let Some(commit) = history.get(fix).filter(|commit| commit.committed_at <= made) else { return false };
    let apart = !history.hang_together(fix, place);
    let mut says = false;
    for path in history.paths(commit) {
        let Some(there) = (sight.file)(release.commit, path) else { return false };
        let left = (sight.file)(commit.id, path);
        let is_later = || {
            let touching = history.touching(path).into_iter().filter(|other| *other > fix && held(*other));
            let dated = touching.filter_map(|other| history.get(other)).filter(|other| other.committed_at <= made);
            dated.take(MOST_LATER).any(|other| (sight.file)(other.id, path) == Some(there))
        };
        if left != Some(there) && !(apart && is_later()) {
            return false;
        }
        says |= there.says_something();
    }
    says
}

/// Whether no release was so before the fix: what puts an old state back is in every release that never had the other.
fn is_news(fix: Place, dated: &[(&Release, Place, i64)], sight: &Sight<'_>) -> bool {
    let Some(commit) = sight.history.get(fix) else { return false };
    let mut older = dated.iter().filter(|(_, _, made)| *made < commit.committed_at);
    let is_so = |release: &Release| {
        let mut paths = sight.history.paths(commit);
        paths.all(|path| (sight.file)(release.commit, path) == (sight.file)(commit.id, path))
    };
    !older.any(|(release, ..)| is_so(release))
}
