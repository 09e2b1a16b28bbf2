//! The folder as the team shares it: a git repository of its own, with one remote that everybody gets from and gives to.
//!
//! What was edited is committed here and merged here, file by file, by [`crate::merge`]: libgit2 reads and writes objects
//! and never runs anything of the repository, neither hooks nor filters. Only what goes over the network is left to the
//! person's own git, which has their credentials. Where two edits of the same meet, nothing is merged until
//! somebody chose: the folder stays as it is here, the other side stays as it was got, and both can be read.

mod address;
mod keep;
mod met;
mod past;
mod remote;
mod rights;
mod standing;
#[cfg(test)]
mod tests;

pub use address::Address;
pub use met::{Choice, Conflict, Outcome};
pub use past::{Edit, LineBy, Past};
pub use rights::Mark;
pub use standing::{FileDiff, Standing};

use crate::{Error, Result};
use domain::Millis;
use git2::{ErrorCode, Oid, RepositoryOpenFlags, Signature};
use std::path::{Path, PathBuf};

/// The one remote, as git names it where nobody else did.
const ORIGIN: &str = "origin";
/// Where nobody named the branch yet.
const FIRST_BRANCH: &str = "main";

pub struct Team {
    git: git2::Repository,
    root: PathBuf,
}

impl Team {
    /// `None` where the folder is no git repository of its own.
    pub fn open(root: &Path) -> Result<Option<Self>> {
        let none: [&Path; 0] = [];
        match git2::Repository::open_ext(root, RepositoryOpenFlags::NO_SEARCH, none) {
            Ok(git) if git.is_bare() => Err(Error::Bare(root.into())),
            Ok(git) => Self { git, root: root.into() }.ready().map(Some),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) if error.code() == ErrorCode::Owner => Err(Error::NotOwned(root.into())),
            Err(error) => Err(Error::git("be opened")(error)),
        }
    }

    /// Makes the folder a repository, where it is none.
    pub fn begin(root: &Path) -> Result<Self> {
        if let Some(there) = Self::open(root)? {
            return Ok(there);
        }
        let mut options = git2::RepositoryInitOptions::new();
        options.initial_head(FIRST_BRANCH).no_reinit(true).external_template(false);
        let git = git2::Repository::init_opts(root, &options).map_err(Error::git("be made"))?;
        let team = Self { git, root: root.into() };
        team.keep_line_ends()?;
        Ok(team)
    }

    /// A file is the same bytes on every laptop, whatever it runs.
    fn keep_line_ends(&self) -> Result<()> {
        let set = self.git.config().and_then(|mut config| config.set_str("core.autocrlf", "false"));
        set.map_err(Error::git("be set up"))
    }

    fn ready(self) -> Result<Self> {
        if self.git.state() == git2::RepositoryState::Clean { Ok(self) } else { Err(Error::HalfDone(self.root)) }
    }

    /// The branch that is worked on, as `main`.
    pub fn branch(&self) -> Result<String> {
        let head = self.git.find_reference("HEAD").map_err(Error::git("be read"))?;
        let target = head.symbolic_target().ok().flatten().and_then(|name| name.strip_prefix("refs/heads/"));
        target.map(str::to_owned).ok_or_else(|| Error::NoBranch(self.root.clone()))
    }

    /// The newest commit here; `None` before the first.
    fn ours(&self) -> Result<Option<Oid>> {
        self.commit_of(&format!("refs/heads/{}", self.branch()?))
    }

    /// The newest commit of the team that was got.
    fn theirs(&self) -> Result<Option<Oid>> {
        self.commit_of(&format!("refs/remotes/{ORIGIN}/{}", self.branch()?))
    }

    fn commit_of(&self, name: &str) -> Result<Option<Oid>> {
        match self.git.find_reference(name).and_then(|found| found.peel_to_commit()) {
            Ok(commit) => Ok(Some(commit.id())),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(Error::git("be read")(error)),
        }
    }

    fn tree(&self, commit: Option<Oid>) -> Result<git2::Tree<'_>> {
        let tree = match commit {
            Some(commit) => self.git.find_commit(commit).and_then(|commit| commit.tree()),
            None => {
                self.git.treebuilder(None).and_then(|empty| empty.write()).and_then(|empty| self.git.find_tree(empty))
            }
        };
        tree.map_err(Error::git("be read"))
    }

    /// Who writes here, as git knows them.
    fn author(&self, now: Millis) -> Result<Signature<'static>> {
        // The installed git is asked: it alone knows every place where a person may have said so.
        let said = |name: &str| match remote::setting(&self.root, name) {
            Ok(said) if !said.trim().is_empty() => Ok(said.trim().to_owned()),
            Err(Error::NoGit) => Err(Error::NoGit),
            _ => Err(Error::NoIdentity),
        };
        let at = git2::Time::new(now.0.div_euclid(1_000), 0);
        Signature::new(&said("user.name")?, &said("user.email")?, &at).map_err(|_| Error::NoIdentity)
    }
}
