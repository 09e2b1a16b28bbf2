//! What happened in a repository, read once and kept: every commit, what it touched, which issues it names, and which other
//! commit it repeats or takes back. Answers without the repository.

mod codec;
mod known;
mod log;
mod message;
mod refs;
mod revision;
#[cfg(test)]
mod tests;
mod update;
mod walk;

use crate::{CommitId, id::Prefix};
use std::collections::HashMap;

pub(crate) use known::{Reverting, plain};
pub use message::{Mention, Tie, TieKind, reverted_subject};
pub(crate) use message::{branch_keys, fixed_by, keys_of, merged_branch};
pub use revision::told as told_revisions;
pub use update::{Update, update};

/// Where a commit stands in a [`History`]. Parents stand before their children.
pub type Place = u32;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    pub id: CommitId,
    /// Those that are known here: a shallow clone ends somewhere.
    pub parents: Box<[Place]>,
    author: u32,
    /// UTC seconds.
    pub authored_at: i64,
    /// UTC seconds.
    pub committed_at: i64,
    /// The first line of its message, at most 300 characters.
    pub subject: Box<str>,
    pub mentions: Box<[Mention]>,
    pub ties: Box<[Tie]>,
    /// Numbers of the paths it touched, ascending; none of a merge.
    pub(crate) paths: Box<[u32]>,
    /// How many files it touched, also where not all of them are kept.
    pub files: u32,
    /// What it was called in Subversion, where it comes from there.
    pub revision: Option<u32>,
}

impl Commit {
    /// Whether both were written by one person.
    pub(crate) fn has_author_of(&self, other: &Self) -> bool {
        self.author == other.author
    }
}

/// A commit as git tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RawCommit {
    pub(crate) id: Option<CommitId>,
    pub(crate) parents: Vec<CommitId>,
    pub(crate) authored_at: i64,
    pub(crate) committed_at: i64,
    pub(crate) author: String,
    pub(crate) message: String,
    pub(crate) paths: Vec<String>,
    pub(crate) files: u32,
}

/// Everything that was read of a repository so far.
#[derive(Clone, Debug, Default)]
pub struct History {
    commits: Vec<Commit>,
    people: Vec<Box<str>>,
    paths: Vec<Box<str>>,
    by_id: HashMap<CommitId, Place>,
    by_key: HashMap<Box<str>, Vec<Place>>,
    path_numbers: HashMap<Box<str>, u32>,
    people_numbers: HashMap<Box<str>, u32>,
    ties: known::Ties,
}

impl History {
    pub fn len(&self) -> usize {
        self.commits.len()
    }

    pub fn is_empty(&self) -> bool {
        self.commits.is_empty()
    }

    pub fn get(&self, place: Place) -> Option<&Commit> {
        self.commits.get(place as usize)
    }

    /// Oldest first: parents before children.
    pub fn commits(&self) -> impl Iterator<Item = (Place, &Commit)> {
        (0..).zip(&self.commits)
    }

    pub fn place(&self, id: CommitId) -> Option<Place> {
        self.by_id.get(&id).copied()
    }

    pub fn author(&self, commit: &Commit) -> &str {
        self.people.get(commit.author as usize).map_or("", |name| name)
    }

    /// The paths that a commit touched; at most 5,000 of them.
    pub fn paths<'a>(&'a self, commit: &'a Commit) -> impl Iterator<Item = &'a str> {
        commit.paths.iter().filter_map(|number| self.paths.get(*number as usize)).map(|path| &**path)
    }

    /// Commits whose message names this issue or pull request: `AMQ-100`, `#12`. Oldest first.
    pub fn naming(&self, key: &str) -> &[Place] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }

    /// Every issue and pull request that is named.
    pub(crate) fn named(&self) -> impl Iterator<Item = &str> {
        self.by_key.keys().map(|key| &**key)
    }

    /// How many issues and pull requests are named at all.
    pub fn keys(&self) -> usize {
        self.by_key.len()
    }

    /// The one commit that begins so; `None` where there is none, or several.
    pub fn find(&self, prefix: &str) -> Option<Place> {
        let prefix = Prefix::parse(prefix)?;
        if let Some(whole) = CommitId::parse(&prefix.to_text()) {
            return self.place(whole);
        }
        let mut fitting = self.commits().filter(|(_, commit)| commit.id.starts_with(&prefix));
        let (place, _) = fitting.next()?;
        fitting.next().is_none().then_some(place)
    }

    /// Commits that nothing here comes after.
    pub(crate) fn ends(&self) -> impl Iterator<Item = CommitId> {
        let mut has_child = vec![false; self.commits.len()];
        for parent in self.commits.iter().flat_map(|commit| &commit.parents) {
            if let Some(has_child) = has_child.get_mut(*parent as usize) {
                *has_child = true;
            }
        }
        self.commits.iter().zip(has_child).filter(|(_, has_child)| !has_child).map(|(commit, _)| commit.id)
    }

    /// Of what `git log` wrote, or somebody made up: for the fuzzer.
    #[cfg(fuzzing)]
    pub fn of_log(written: &[u8]) -> crate::Result<Self> {
        let mut history = Self::default();
        let mut take = |raw| drop(history.add(raw));
        let mut parser = log::Parser::new(&mut take);
        written.chunks(61).try_for_each(|piece| parser.push(piece))?;
        parser.finish()?;
        Ok(history)
    }

    /// Takes one in, unless it is known. Parents have to come before it.
    pub(crate) fn add(&mut self, raw: RawCommit) -> bool {
        let Some(id) = raw.id.filter(|id| !self.by_id.contains_key(id)) else { return false };
        let read = message::read(&raw.message);
        let author = number(&mut self.people_numbers, &mut self.people, raw.author);
        let mut paths: Vec<u32> =
            raw.paths.into_iter().map(|path| number(&mut self.path_numbers, &mut self.paths, path)).collect();
        paths.sort_unstable();
        paths.dedup();
        self.push(Commit {
            id,
            parents: raw.parents.iter().filter_map(|parent| self.place(*parent)).collect(),
            author,
            authored_at: raw.authored_at,
            committed_at: raw.committed_at,
            subject: read.subject.into(),
            mentions: read.mentions.into(),
            ties: read.ties.into(),
            paths: paths.into(),
            files: raw.files,
            revision: read.revision,
        });
        true
    }

    fn push(&mut self, commit: Commit) {
        let place = Place::try_from(self.commits.len()).unwrap_or(Place::MAX);
        self.by_id.insert(commit.id, place);
        for mention in &commit.mentions {
            self.by_key.entry(mention.key.clone()).or_default().push(place);
        }
        self.commits.push(commit);
        self.ties = known::Ties::default();
    }
}

/// The number of a text that is kept once.
fn number(numbers: &mut HashMap<Box<str>, u32>, texts: &mut Vec<Box<str>>, text: String) -> u32 {
    let text: Box<str> = text.into();
    *numbers.entry(text).or_insert_with_key(|text| {
        texts.push(text.clone());
        u32::try_from(texts.len() - 1).unwrap_or(u32::MAX)
    })
}
