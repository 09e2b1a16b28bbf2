//! Product repositories and their releases.

use serde::Serialize;
use ts_rs::TS;

/// A repository, and what is known of it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RepoView {
    pub name: String,
    /// Where it lies on this machine.
    pub path: String,
    pub added_at: i64,
    /// When its history was last brought up to date; `null` before the first time.
    pub read_at: Option<i64>,
    /// Everything that its branches and tags lead to could be read.
    pub whole: bool,
    pub commits: u64,
    /// Issues and pull requests that commits name.
    pub issues: u64,
    pub releases: u64,
    /// The highest version that is no pre-release, as its tag is called.
    pub newest: Option<String>,
    /// Where development happens, as `refs/…`.
    pub branch: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ReleasesView {
    pub repo: String,
    /// Highest version first; where a version was asked for, those that it may mean, lowest first: none is *unknown*,
    /// several are a choice.
    pub releases: Vec<ReleaseView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ReleaseView {
    /// As the tag is called.
    pub name: String,
    pub version: String,
    /// What gets the same fixes: `5.4` of 5.4.2.
    pub line: String,
    pub prerelease: bool,
    /// It is a branch, in a repository without version tags.
    pub branch: bool,
    pub commit: String,
    /// When its commit was made.
    pub at: Option<i64>,
}
