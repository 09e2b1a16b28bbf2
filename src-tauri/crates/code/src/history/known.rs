//! What is asked of a history again and again: worked out once, when somebody asks first.

use super::{Commit, History, Place, TieKind, reverted_subject};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::OnceLock,
};

#[derive(Clone, Debug, Default)]
pub(super) struct Ties {
    picks: OnceLock<Box<[(Place, Place)]>>,
    reverting: OnceLock<Box<[Reverting]>>,
    by_paths: OnceLock<Box<[(u64, Place)]>>,
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

fn hash(paths: &[u32]) -> u64 {
    let mut hasher = DefaultHasher::new();
    paths.hash(&mut hasher);
    hasher.finish()
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
    pub(crate) fn reverting(&self) -> &[Reverting] {
        self.ties.reverting.get_or_init(|| {
            let told = self.commits().filter_map(|(place, commit)| {
                let quoted = reverted_subject(&commit.subject).map(|quoted| plain(quoted).into());
                let of_kind = |kind: TieKind| commit.ties.iter().filter(move |tie| tie.kind == kind);
                let names = of_kind(TieKind::Reverts).next().is_some();
                let requests: Box<[Box<str>]> = of_kind(TieKind::RevertsRequest).map(|tie| tie.to.clone()).collect();
                let of = of_kind(TieKind::Reverts).filter_map(|tie| self.find(&tie.to)).collect();
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
