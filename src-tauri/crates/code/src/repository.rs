//! A repository on this machine, opened where it lies and only read.

use crate::{
    CommitId, Error, Result,
    error::Doing,
    fix::{FileState, PatchId},
    survey,
};
use git2::{DiffOptions, ErrorCode, Oid, RepositoryOpenFlags};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

/// More refs than any project has; what comes after is not looked at.
const MOST_REFS: usize = 200_000;

pub struct Repository {
    pub(crate) git: git2::Repository,
    pub(crate) git_dir: PathBuf,
}

/// A branch, a tag or a pull request's head, and the commit that it names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoredRef {
    /// `refs/tags/activemq-5.2.0`. What is not UTF-8 in it was replaced.
    pub name: String,
    pub commit: CommitId,
}

/// Everything that a repository's names point at, at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refs {
    /// The branch that development happens on, as `refs/…`.
    pub main: Option<String>,
    /// By name.
    pub all: Vec<StoredRef>,
}

impl Repository {
    /// The folder that holds `.git`, or a bare repository. Folders above it are not searched.
    pub fn open(path: &Path) -> Result<Self> {
        let missing = || Error::NoRepository(path.into());
        let path = path.canonicalize().map_err(|_| missing())?;
        if !path.is_dir() {
            return Err(missing());
        }
        let inner = path.join(".git");
        let looks_bare = path.join("objects").is_dir() && path.join("refs").is_dir();
        if inner.is_dir() {
            survey::look_over(&inner)?;
        } else if looks_bare {
            survey::look_over(&path)?;
        } else if !inner.is_file() {
            return Err(missing());
        }
        let none: [&Path; 0] = [];
        let git =
            git2::Repository::open_ext(&path, RepositoryOpenFlags::NO_SEARCH, none).map_err(|cause| {
                match cause.code() {
                    ErrorCode::NotFound => missing(),
                    ErrorCode::Owner => Error::NotOwned(path.clone()),
                    _ if cause.message().contains("unsupported extension") => {
                        Error::Extension { path: path.clone(), cause }
                    }
                    _ => Error::Git { doing: "be opened", cause },
                }
            })?;
        let git_dir = git.path().to_path_buf();
        // Of a second work tree, the repository itself lies elsewhere.
        let common = git.commondir().to_path_buf();
        if common != inner && common != path {
            survey::look_over(&common)?;
        }
        Ok(Self { git, git_dir })
    }

    /// Where git keeps it.
    pub fn git_dir(&self) -> &Path {
        &self.git_dir
    }

    /// Whether this commit can be read here.
    pub fn has(&self, commit: CommitId) -> bool {
        self.git.odb().is_ok_and(|odb| odb.exists(oid(commit)))
    }

    /// A name for what a commit changes, the same wherever the change is applied; `None` of a merge, and where its files
    /// cannot be read.
    pub fn patch_id(&self, commit: CommitId) -> Option<PatchId> {
        let commit = self.git.find_commit(oid(commit)).ok()?;
        if commit.parent_count() > 1 {
            return None;
        }
        let parent = commit.parents().next().map(|parent| parent.tree()).transpose().ok()?;
        let mut options = DiffOptions::new();
        // What is larger is compared by its hash, as pictures are.
        options.max_size(4 << 20).ignore_submodules(true);
        let diff = self.git.diff_tree_to_tree(parent.as_ref(), Some(&commit.tree().ok()?), Some(&mut options)).ok()?;
        Some(id(diff.patchid(None).ok()?).0)
    }

    /// Of what a commit changes, which files and by how many bytes each grew: the same for the same change, whatever else the
    /// files hold. `None` where that cannot be read.
    pub fn sketch(&self, commit: CommitId) -> Option<u64> {
        let commit = self.git.find_commit(oid(commit)).ok()?;
        let parent = commit.parents().next().map(|parent| parent.tree()).transpose().ok()?;
        let mut options = DiffOptions::new();
        options.skip_binary_check(true).ignore_submodules(true);
        let diff = self.git.diff_tree_to_tree(parent.as_ref(), Some(&commit.tree().ok()?), Some(&mut options)).ok()?;
        let odb = self.git.odb().ok()?;
        let size = |id: Oid| if id.is_zero() { Some(0) } else { odb.read_header(id).ok().map(|(size, _)| size as i64) };
        let mut sketch = DefaultHasher::new();
        for delta in diff.deltas() {
            delta.new_file().path_bytes().hash(&mut sketch);
            (size(delta.new_file().id())? - size(delta.old_file().id())?).hash(&mut sketch);
        }
        Some(sketch.finish())
    }

    /// What a version holds under a path; `None` where that cannot be read.
    pub fn file_state(&self, at: CommitId, path: &str) -> Option<FileState> {
        let mut tree = self.git.find_commit(oid(at)).ok()?.tree().ok()?;
        // Conversions from older systems leave tags with a folder around everything.
        let first = path.split('/').next().unwrap_or_default();
        let around = tree.get(0).filter(|only| tree.len() == 1 && only.name_bytes() != first.as_bytes());
        if let Some(inner) = around.and_then(|only| self.git.find_tree(only.id()).ok()) {
            tree = inner;
        }
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
            let Some(id) = tree.get_name(folder).map(|entry| entry.id()) else { return Some(FileState::Absent) };
            // What was a folder may be a file there.
            let Ok(inner) = self.git.find_tree(id) else { return Some(FileState::Absent) };
            tree = inner;
        }
        Some(tree.get_name(name).map_or(FileState::Absent, |entry| FileState::Is(id(entry.id()).0)))
    }

    /// Branches, tags, remote branches and the heads of pull requests. A name that leads to no commit is left out: a tag of
    /// a tree, a ref that is damaged, a link that leads nowhere.
    pub fn refs(&self) -> Result<Refs> {
        const DOING: &str = "list its refs";
        let mut all = Vec::new();
        for found in self.git.references().doing(DOING)?.take(MOST_REFS) {
            let Ok(found) = found else { continue };
            let name = String::from_utf8_lossy(found.name_bytes()).into_owned();
            if !is_of_interest(&name) || found.symbolic_target_bytes().is_some() {
                continue;
            }
            let Ok(commit) = found.peel_to_commit() else { continue };
            all.push(StoredRef { name, commit: id(commit.id()) });
        }
        all.sort();
        Ok(Refs { main: self.main_branch(&all), all })
    }

    /// What the clone's origin calls its branch, if it is there; else what HEAD names.
    fn main_branch(&self, all: &[StoredRef]) -> Option<String> {
        let target = |name: &str| {
            let found = self.git.find_reference(name).ok()?;
            Some(String::from_utf8_lossy(found.symbolic_target_bytes()?).into_owned())
        };
        let is_there = |name: &String| all.iter().any(|one| one.name == *name);
        target("refs/remotes/origin/HEAD").filter(is_there).or_else(|| target("HEAD").filter(is_there)).or_else(|| {
            let usual = ["refs/heads/main", "refs/heads/master", "refs/heads/trunk"];
            usual.into_iter().map(String::from).find(is_there)
        })
    }
}

/// Notes, stashes, replacements and a forge's trial merges say nothing about what was released.
fn is_of_interest(name: &str) -> bool {
    let rest = |prefix: &str| name.strip_prefix(prefix);
    if rest("refs/heads/").is_some() || rest("refs/tags/").is_some() || rest("refs/remotes/").is_some() {
        return true;
    }
    (rest("refs/pull/").is_some() || rest("refs/merge-requests/").is_some()) && name.ends_with("/head")
}

pub(crate) fn oid(commit: CommitId) -> Oid {
    // 20 bytes are one.
    Oid::from_bytes(&commit.0).unwrap_or(Oid::ZERO_SHA1)
}

pub(crate) fn id(oid: Oid) -> CommitId {
    let mut bytes = [0; 20];
    bytes.iter_mut().zip(oid.as_bytes()).for_each(|(to, from)| *to = *from);
    CommitId(bytes)
}
