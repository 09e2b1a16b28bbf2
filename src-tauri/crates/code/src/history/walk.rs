//! Walking the history with the library: slow, and able to go round what is damaged.

use super::{RawCommit, log::MOST_PATHS};
use crate::{CommitId, Error, Repository, Result, error::Doing, repository};
use git2::{DiffOptions, Sort};

/// Every commit that leads to `tips` and not to `known`, parents first. A commit whose files cannot be read comes without
/// them; what lies behind one that cannot be read itself is left out.
pub(super) fn walk(
    repository: &Repository,
    tips: &[CommitId],
    known: &[CommitId],
    stop: &dyn Fn() -> bool,
    take: &mut dyn FnMut(RawCommit),
) -> Result<bool> {
    const DOING: &str = "walk its history";
    let mut whole = true;
    for tip in tips {
        // One at a time: a damaged line costs itself alone.
        let mut walk = repository.git.revwalk().doing(DOING)?;
        walk.set_sorting(Sort::TOPOLOGICAL | Sort::REVERSE).doing(DOING)?;
        for known in known {
            walk.hide(repository::oid(*known)).doing(DOING)?;
        }
        if walk.push(repository::oid(*tip)).is_err() {
            whole = false;
            continue;
        }
        for found in walk {
            if stop() {
                return Err(Error::Cancelled);
            }
            match found.and_then(|oid| read(repository, oid)) {
                Ok((raw, complete)) => {
                    whole &= complete;
                    take(raw);
                }
                Err(_) => {
                    whole = false;
                    break;
                }
            }
        }
    }
    Ok(whole)
}

fn read(repository: &Repository, oid: git2::Oid) -> std::result::Result<(RawCommit, bool), git2::Error> {
    let commit = repository.git.find_commit(oid)?;
    let author = commit.author();
    let mut raw = RawCommit {
        id: Some(repository::id(oid)),
        parents: commit.parent_ids().map(repository::id).collect(),
        authored_at: author.when().seconds(),
        committed_at: commit.time().seconds(),
        author: String::from_utf8_lossy(author.name_bytes()).chars().take(120).collect(),
        message: String::from_utf8_lossy(commit.message_raw_bytes()).into_owned(),
        ..RawCommit::default()
    };
    let complete = raw.parents.len() > 1 || touched(repository, &commit, &mut raw).is_ok();
    Ok((raw, complete))
}

/// Against the one parent, or against nothing.
fn touched(
    repository: &Repository,
    commit: &git2::Commit<'_>,
    raw: &mut RawCommit,
) -> std::result::Result<(), git2::Error> {
    let tree = commit.tree()?;
    let parent = match commit.parents().next() {
        Some(parent) => Some(parent.tree()?),
        None => None,
    };
    let mut options = DiffOptions::new();
    options.skip_binary_check(true);
    let diff = repository.git.diff_tree_to_tree(parent.as_ref(), Some(&tree), Some(&mut options))?;
    for delta in diff.deltas() {
        raw.files = raw.files.saturating_add(1);
        let path = delta.new_file().path_bytes().or_else(|| delta.old_file().path_bytes());
        if let Some(path) = path.filter(|_| raw.paths.len() < MOST_PATHS) {
            raw.paths.push(String::from_utf8_lossy(path).into_owned());
        }
    }
    Ok(())
}
