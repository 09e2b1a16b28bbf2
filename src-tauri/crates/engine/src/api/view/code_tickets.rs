//! From the code to its tickets, and what a project's notes say.

use serde::Serialize;
use ts_rs::TS;

/// A line of a project's notes that names an issue under a version.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FixToldView {
    pub version: String,
    /// The release that the version is, if it is one.
    pub release: Option<String>,
    pub path: String,
    /// Counted from 1, where development happens.
    pub line: u32,
    pub text: String,
    /// Whether the commits say that it was first in this release; `null` where they say nothing, or it is no release.
    pub agrees: Option<bool>,
}

/// The tickets that code belongs to.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CodeTicketsView {
    pub repo: String,
    /// What was asked for: a commit's whole name, a file and a version, or a release.
    pub about: String,
    /// Commits that were looked through.
    pub commits: u64,
    /// Issues that were found.
    pub total: u64,
    /// Those of the newest commits first, at most 200.
    pub tickets: Vec<CodeTicketView>,
    /// There is more than was looked through, or than is told.
    pub cut: bool,
}

/// An issue, and the commits that say so.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CodeTicketView {
    /// As it is named: `AMQ-100`, `#12`, `zendesk:48213`.
    pub key: String,
    /// The ticket of this workspace; `null` where it has none.
    pub id: Option<String>,
    pub title: Option<String>,
    pub status: Option<String>,
    /// Newest first, at most 10.
    pub commits: Vec<CodeTicketCommitView>,
    pub total: u64,
    /// What the notes of the release say, where they name it.
    pub told: Option<FixToldView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct CodeTicketCommitView {
    pub commit: String,
    pub subject: String,
    pub author: String,
    pub at: i64,
    /// `message` (it is about the issue), `mention` (its message names it beside), `branch` (its branch is called so) or `merge`
    /// (the merge that brought it names it).
    pub basis: String,
    /// Somebody said that it has nothing to do with the issue.
    pub undone: bool,
}
