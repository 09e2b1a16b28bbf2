//! How the folder stands towards the team's.

use super::{Team, keep::Files};
use crate::{Error, Result};
use domain::Millis;
use std::collections::BTreeSet;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub branch: String,
    /// As the repository names it; empty where it is not shared yet.
    pub remote: String,
    /// Files that were edited and not committed yet.
    pub edited: usize,
    /// Commits that the team has not, and those of the team that are got and not in the folder yet.
    pub ahead: usize,
    pub behind: usize,
    /// Files in which somebody has to choose first.
    pub conflicts: usize,
    /// Who commits here; empty where git does not know.
    pub author: String,
}

/// What changed in one file, as a patch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDiff {
    pub path: String,
    /// Empty of what is no text.
    pub patch: String,
}

impl Team {
    /// Asks no server: what the team did since it was last got is not known.
    pub fn standing(&self) -> Result<Standing> {
        let (ours, theirs) = (self.ours()?, self.theirs()?);
        let (ahead, behind) = match (ours, theirs) {
            (Some(ours), Some(theirs)) => self.apart(ours, theirs)?,
            (Some(only), None) => (self.commits(only)?, 0),
            (None, Some(only)) => (0, self.commits(only)?),
            (None, None) => (0, 0),
        };
        let conflicts = if ahead > 0 && behind > 0 { self.conflicts()? } else { Vec::new() };
        let remote = self.git.find_remote(super::ORIGIN).ok();
        Ok(Standing {
            branch: self.branch()?,
            remote: remote.and_then(|remote| remote.url().ok().map(str::to_owned)).unwrap_or_default(),
            edited: self.edited()?.len(),
            ahead,
            behind,
            conflicts: conflicts.iter().filter(|conflict| !conflict.settled).count(),
            author: self
                .author(Millis::default())
                .ok()
                .and_then(|who| who.name().ok().map(str::to_owned))
                .unwrap_or_default(),
        })
    }

    fn commits(&self, from: git2::Oid) -> Result<usize> {
        let counted = self.git.revwalk().and_then(|mut walk| {
            walk.push(from)?;
            Ok(walk.count())
        });
        counted.map_err(Error::git("be read"))
    }

    /// What one commit changed, or where none is named what was done here and the team has not got; of one file or of all.
    pub fn diff(&self, path: Option<&str>, commit: Option<&str>) -> Result<Vec<FileDiff>> {
        let (before, after, edited) = match commit {
            Some(named) => {
                let commit = self.find(named)?;
                let parent = commit.parent_id(0).ok();
                (self.files_or_none(parent)?, self.files(Some(commit.id()))?, Vec::new())
            }
            None => {
                let (ours, theirs) = (self.ours()?, self.theirs()?);
                let met = ours.zip(theirs).and_then(|(ours, theirs)| self.git.merge_base(ours, theirs).ok());
                (self.files_or_none(met)?, self.files(ours)?, self.edited()?)
            }
        };
        let mut paths: BTreeSet<&str> = before.keys().chain(after.keys()).map(String::as_str).collect();
        paths.extend(edited.iter().map(|file| file.path.as_str()));
        let mut changed = Vec::new();
        for name in paths.into_iter().filter(|name| path.is_none_or(|path| path == *name)) {
            let edit = edited.iter().find(|file| file.path == name);
            if edit.is_none() && before.get(name) == after.get(name) {
                continue;
            }
            let old = self.content(&before, name)?;
            let new = match edit {
                Some(edit) => edit.bytes.clone(),
                None => self.content(&after, name)?,
            };
            if old != new {
                changed.push(FileDiff { path: name.into(), patch: patch(old.as_deref(), new.as_deref()) });
            }
        }
        Ok(changed)
    }

    pub(super) fn files_or_none(&self, commit: Option<git2::Oid>) -> Result<Files> {
        commit.map_or_else(|| Ok(Files::new()), |commit| self.files(Some(commit)))
    }

    pub(super) fn content(&self, files: &Files, name: &str) -> Result<Option<Vec<u8>>> {
        let Some((id, _)) = files.get(name) else { return Ok(None) };
        Ok(self.git.find_blob(*id).ok().map(|blob| blob.content().to_vec()))
    }

    /// By its whole hash, or the beginning of it; nothing else is a name of a commit.
    pub(super) fn find(&self, named: &str) -> Result<git2::Commit<'_>> {
        let missing = || Error::NoCommit(named.into());
        let hash = (4..=40).contains(&named.len()) && named.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !hash {
            return Err(missing());
        }
        self.git.find_commit_by_prefix(named).map_err(|_| missing())
    }
}

fn patch(old: Option<&[u8]>, new: Option<&[u8]>) -> String {
    let text = |side: Option<&[u8]>| std::str::from_utf8(side.unwrap_or_default()).ok().map(str::to_owned);
    let (Some(old), Some(new)) = (text(old), text(new)) else { return String::new() };
    diffy::create_patch(&old, &new).to_string()
}
