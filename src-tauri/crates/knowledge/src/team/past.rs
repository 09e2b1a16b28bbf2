//! Who wrote what in a file, and when.

use super::Team;
use crate::{Error, Result};
use domain::Millis;
use git2::{BlameOptions, Oid, Sort};
use std::{fs, path::Path};

/// Nobody reads further back in one list.
const MOST: usize = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    Added,
    Changed,
    Removed,
}

/// A commit that changed a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    pub commit: String,
    pub author: String,
    pub at: Millis,
    /// The first line of what its author said.
    pub summary: String,
    pub edit: Edit,
}

/// A line as it is now, and who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineBy {
    pub text: String,
    /// Empty of what is not committed yet, like the author.
    pub commit: String,
    pub author: String,
    pub at: Option<Millis>,
}

impl Team {
    /// Newest first.
    pub fn history(&self, path: &str) -> Result<Vec<Past>> {
        let Some(ours) = self.ours()? else { return Ok(Vec::new()) };
        let read = Error::git("be read");
        let mut walk = self.git.revwalk().map_err(&read)?;
        walk.set_sorting(Sort::TOPOLOGICAL | Sort::TIME).and_then(|()| walk.push(ours)).map_err(&read)?;
        let mut past = Vec::new();
        for id in walk {
            let commit = id.and_then(|id| self.git.find_commit(id)).map_err(&read)?;
            let now = at(&commit, path);
            let before: Vec<Option<Oid>> = commit.parents().map(|parent| at(&parent, path)).collect();
            // Of a merge, only what neither side had.
            let edit = match (now, before.as_slice()) {
                (now, before) if before.contains(&now) || (before.is_empty() && now.is_none()) => continue,
                (None, _) => Edit::Removed,
                (Some(_), before) if before.iter().all(Option::is_none) => Edit::Added,
                _ => Edit::Changed,
            };
            past.push(Past { edit, ..of(&commit) });
            if past.len() == MOST {
                break;
            }
        }
        Ok(past)
    }

    /// Every line of a file as it lies in the folder.
    pub fn blame(&self, path: &str) -> Result<Vec<LineBy>> {
        let full = self.root.join(path);
        let bytes = fs::read(&full).map_err(Error::at("read", &full))?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut lines: Vec<LineBy> = text
            .lines()
            .map(|text| LineBy { text: text.into(), commit: String::new(), author: String::new(), at: None })
            .collect();
        let committed =
            self.ours()?.is_some_and(|ours| self.git.find_commit(ours).is_ok_and(|ours| at(&ours, path).is_some()));
        if !committed {
            return Ok(lines);
        }
        let read = Error::git("be read");
        let blame = self.git.blame_file(Path::new(path), Some(&mut BlameOptions::new())).map_err(&read)?;
        let blame = blame.blame_buffer(&bytes).map_err(&read)?;
        for hunk in blame.iter().filter(|hunk| !hunk.final_commit_id().is_zero()) {
            let Ok(commit) = self.git.find_commit(hunk.final_commit_id()) else { continue };
            let start = hunk.final_start_line().saturating_sub(1);
            for line in lines.iter_mut().skip(start).take(hunk.lines_in_hunk()) {
                line.commit = commit.id().to_string();
                line.author = name(&commit.author());
                line.at = Some(Millis(commit.author().when().seconds() * 1_000));
            }
        }
        Ok(lines)
    }
}

/// One commit by itself.
pub(super) fn of(commit: &git2::Commit<'_>) -> Past {
    Past {
        commit: commit.id().to_string(),
        author: name(&commit.author()),
        at: Millis(commit.author().when().seconds() * 1_000),
        summary: commit.summary().ok().flatten().unwrap_or_default().to_owned(),
        edit: Edit::Changed,
    }
}

fn at(commit: &git2::Commit<'_>, path: &str) -> Option<Oid> {
    commit.tree().and_then(|tree| tree.get_path(Path::new(path))).ok().map(|entry| entry.id())
}

fn name(author: &git2::Signature<'_>) -> String {
    author.name().unwrap_or_default().chars().filter(|c| !c.is_control()).take(80).collect()
}
