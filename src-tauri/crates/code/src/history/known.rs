//! What is asked of a history again and again: worked out once, when somebody asks first.

use super::{Commit, History, Place, Tie, TieKind, reverted_subject};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::OnceLock,
};

#[derive(Clone, Debug, Default)]
pub(super) struct Ties {
    picks: OnceLock<Box<[Pick]>>,
    revisions: OnceLock<Box<[(u32, Place)]>>,
    parts: OnceLock<Box<[Place]>>,
    reverting: OnceLock<Box<[Reverting]>>,
    by_paths: OnceLock<Box<[(u64, Place)]>>,
}

/// A commit that says that it repeats another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pick {
    pub(crate) copy: Place,
    pub(crate) original: Place,
    /// It repeats nothing else: then it is about what that one is about.
    pub(crate) alone: bool,
}

/// A commit that says that it takes another back, and which.
#[derive(Clone, Debug)]
pub(crate) struct Reverting {
    pub(crate) place: Place,
    /// It names commits, whether or not they are here.
    pub(crate) names: bool,
    /// Those that are.
    pub(crate) of: Box<[Place]>,
    /// The pull requests that it takes back.
    pub(crate) requests: Box<[Box<str>]>,
    /// The first line of what it takes back, without the number of a pull request.
    pub(crate) quoted: Option<Box<str>>,
}

/// A forge puts the number of a pull request behind the first line.
pub(crate) fn plain(subject: &str) -> &str {
    subject.rsplit_once(" (#").map_or(subject, |(plain, _)| plain)
}

/// The first commit of what hangs together with this one, as far as that is known yet.
fn part_of(parts: &mut [Place], of: Place) -> Place {
    let mut at = of;
    while let Some(next) = parts.get(at as usize).copied().filter(|next| *next != at) {
        // Half of the way is kept shorter for the next.
        let further = parts.get(next as usize).copied().unwrap_or(next);
        if let Some(part) = parts.get_mut(at as usize) {
            *part = further;
        }
        at = next;
    }
    at
}

fn hash(paths: &[u32]) -> u64 {
    let mut hasher = DefaultHasher::new();
    paths.hash(&mut hasher);
    hasher.finish()
}

impl History {
    /// Every copy that says so, and what it was picked from.
    pub(crate) fn picks(&self) -> &[Pick] {
        self.ties.picks.get_or_init(|| {
            let told = self.commits().flat_map(|(copy, commit)| {
                let picked = || commit.ties.iter().filter(|tie| tie.kind == TieKind::PickedFrom);
                let revisions = picked().filter(|tie| tie.to.starts_with('r')).count();
                picked().flat_map(move |tie| {
                    let alone = revisions < 2 || !tie.to.starts_with('r');
                    self.tied(tie).into_iter().map(move |original| Pick { copy, original, alone })
                })
            });
            told.filter(|pick| pick.copy != pick.original).collect()
        })
    }

    /// The commits that a tie names: of a revision, each that was made of it.
    fn tied(&self, tie: &Tie) -> Vec<Place> {
        match tie.to.strip_prefix('r').and_then(|number| number.parse().ok()) {
            Some(revision) => self.of_revision(revision).collect(),
            None => self.find(&tie.to).into_iter().collect(),
        }
    }

    /// The commits that a revision of Subversion became.
    pub fn of_revision(&self, revision: u32) -> impl Iterator<Item = Place> {
        let all = self.revisions();
        let first = all.partition_point(|(number, _)| *number < revision);
        all.iter().skip(first).take_while(move |(number, _)| *number == revision).map(|(_, place)| *place)
    }

    /// Every revision, and the commits that it became.
    fn revisions(&self) -> &[(u32, Place)] {
        self.ties.revisions.get_or_init(|| {
            let told = self.commits().filter_map(|(place, commit)| Some((commit.revision?, place)));
            let mut all: Vec<(u32, Place)> = told.collect();
            all.sort_unstable();
            all.into()
        })
    }

    /// Whether two commits have any history in common, however far back or ahead.
    pub fn hang_together(&self, a: Place, b: Place) -> bool {
        let parts = self.ties.parts.get_or_init(|| {
            let mut parts: Vec<Place> = (0..self.len() as Place).collect();
            for (place, commit) in self.commits() {
                for parent in &commit.parents {
                    let (a, b) = (part_of(&mut parts, place), part_of(&mut parts, *parent));
                    if let Some(part) = parts.get_mut(a.max(b) as usize) {
                        *part = a.min(b);
                    }
                }
            }
            (0..self.len() as Place).map(|place| part_of(&mut parts, place)).collect()
        });
        parts.get(a as usize).zip(parts.get(b as usize)).is_some_and(|(a, b)| a == b)
    }

    /// Every commit that says that it takes another back.
    pub(crate) fn reverting(&self) -> &[Reverting] {
        self.ties.reverting.get_or_init(|| {
            let told = self.commits().filter_map(|(place, commit)| {
                let quoted = reverted_subject(&commit.subject).map(|quoted| plain(quoted).into());
                let of_kind = |kind: TieKind| commit.ties.iter().filter(move |tie| tie.kind == kind);
                let names = of_kind(TieKind::Reverts).next().is_some();
                let requests: Box<[Box<str>]> = of_kind(TieKind::RevertsRequest).map(|tie| tie.to.clone()).collect();
                let of = of_kind(TieKind::Reverts).flat_map(|tie| self.tied(tie)).collect();
                let is_one = names || !requests.is_empty() || quoted.is_some();
                is_one.then_some(Reverting { place, names, of, requests, quoted })
            });
            told.collect()
        })
    }

    /// Commits that touched exactly the same files as one of them, oldest first, and it itself.
    pub(crate) fn touching_the_same<'a>(&'a self, commit: &'a Commit) -> impl Iterator<Item = (Place, &'a Commit)> {
        let all = self.ties.by_paths.get_or_init(|| {
            let touching = self.commits().filter(|(_, commit)| !commit.paths.is_empty());
            let mut all: Vec<(u64, Place)> = touching.map(|(place, commit)| (hash(&commit.paths), place)).collect();
            all.sort_unstable();
            all.into()
        });
        let own = hash(&commit.paths);
        let first = all.partition_point(|(hash, _)| *hash < own);
        let same = all.iter().skip(first).take_while(move |(hash, _)| *hash == own);
        let same = same.filter_map(|(_, place)| Some((*place, self.get(*place)?)));
        same.filter(|(_, other)| other.paths == commit.paths)
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
