//! Product repositories and their releases.

use super::{ApiErrorView, BlameView, DeployView, FixDeployView, FixToldView, ToldReleaseView};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A repository, and what is known of it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RepoView {
    pub name: String,
    /// Where it lies on this machine.
    pub path: String,
    /// Where it is fetched from; `null` of a clone, which is only read.
    pub url: Option<String>,
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
    /// `null` where a source tells of it and the clone does not have it.
    pub commit: Option<String>,
    /// When its commit was made.
    pub at: Option<i64>,
    /// What a source tells of it.
    pub told: Option<ToldReleaseView>,
}

/// A fix, followed through branches, copies, reverts and releases.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CodeFixView {
    pub repo: String,
    /// As it was understood: `AMQ-100`, `#12`, or a commit's whole name.
    pub reference: String,
    /// `none`, `reported`, `in_progress`, `in_review`, `merged`, `released`, `deployed`, `verified` or `reverted`.
    pub state: String,
    /// Environments that run a release with it.
    pub deployed: Vec<FixDeployView>,
    /// Oldest first.
    pub commits: Vec<FixCommitView>,
    /// The first release of every line that has it; lowest version first.
    pub releases: Vec<ReleaseView>,
    /// Pre-releases that have it, of lines where no release does.
    pub early: Vec<ReleaseView>,
    /// Of these, those that are known by their files alone, which are as the fix left them: no commit of it lies behind them.
    pub by_files: Vec<String>,
    /// From a line to its first release: `5.4` → `v5.4.2`.
    pub first_release: BTreeMap<String, String>,
    /// Releases that the version may mean; `null` where none was given.
    pub running: Option<Vec<String>>,
    /// `affected`, `fixed_in_yours`, `fixed_later` or `unknown`; `null` where no version was given.
    pub verdict: Option<String>,
    /// Where it is fixed in theirs: the release that brought it.
    pub since: Option<String>,
    /// Where it is fixed later: the release to go to.
    pub upgrade_to: Option<String>,
    /// `commits`; `notes` where no commit says anything, and the project's own notes do.
    pub basis: String,
    /// What the notes of the project say: CHANGELOG, release notes, NEWS.
    pub told: Vec<FixToldView>,
    /// What other repositories know of the same name, where none was chosen. `#12` may be another issue there.
    pub also: Vec<FixElsewhereView>,
}

/// A fix of the same name in another repository.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FixElsewhereView {
    pub repo: String,
    /// As in the fix itself.
    pub state: String,
    /// The first release of every line that has it.
    pub releases: Vec<String>,
    pub verdict: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct FixCommitView {
    pub commit: String,
    pub subject: String,
    pub author: String,
    pub at: i64,
    /// `named` (its message says so, or it was asked for), `branch` (its branch is called so), `merged` (it came in with one
    /// that is), `picked` (one says that it was picked from the other), `same_patch`, or `comment` (one of the ticket's names it).
    pub why: String,
    /// The commit that it was picked from, is the same change as, or came in with.
    pub like: Option<String>,
    pub reverted_by: Option<String>,
    /// No branch and no tag leads to it any more.
    pub gone: bool,
    /// It touches tests alone, and others do more: no release counts by it.
    pub aside: bool,
}

/// The frames of a stack trace at one version.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FramesView {
    pub repo: String,
    /// The release or branch, as the repository calls it.
    pub at: String,
    pub commit: String,
    /// In the order of the text.
    pub frames: Vec<CodeFrameView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct CodeFrameView {
    /// As it was written.
    pub raw: String,
    pub function: String,
    /// `null` where no file, or more than one, is meant.
    pub path: Option<String>,
    /// `null` where the frame names none, or the file has no such line: the source differs from what was built.
    pub line: Option<u32>,
    pub at: String,
    /// Exactly what git shows there, at most 2,000 bytes.
    pub text: Option<String>,
    /// The function that the line lies in, and the types around it: `TransportConnection.stop`.
    pub symbol: Option<String>,
    /// The file has no such line, or the line lies in another function than the frame names: the source differs from the
    /// build.
    pub differs: bool,
    /// The lines around it and the line itself.
    pub near: Vec<CodeLineView>,
    /// `stack_frame`, `trace` (a span names it, or an exception in one), `log_line`, `error_code`, or `source_map` where a map
    /// led from what was built to what was written.
    pub basis: String,
    /// Who changed the line last, of the first thirty; `null` beside an answer, where `code_line` says it of one line.
    pub blame: Option<BlameView>,
}

/// The code that ran, in every repository.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RanView {
    /// What the customer runs, as the question says it; `null` where it does not.
    pub version: Option<String>,
    /// Frames of the product that the question holds.
    pub frames: u32,
    /// Those that have most of them first; none where none was added.
    pub repos: Vec<RanRepoView>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RanState {
    Resolved,
    /// Nobody says what the customer runs.
    NoVersion,
    /// What was said names no release here.
    UnknownVersion,
    /// It may be any of the candidates.
    Several,
    /// Its history was never read.
    Unread,
    /// The clone could not be read just now: `failure` says why.
    Unreadable,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct RanRepoView {
    pub repo: String,
    pub state: RanState,
    /// The release or branch, as the repository calls it; `null` unless it is one.
    pub at: Option<String>,
    pub commit: Option<String>,
    /// Where development happens, as `refs/…`.
    pub main: Option<String>,
    /// Releases that the versions may mean, where there is something to choose from.
    pub candidates: Vec<String>,
    /// Where `at` was chosen because the trace fits it, and not because the question says so.
    pub fit: Option<FitView>,
    /// Frames whose file is in this repository, in the order of the text.
    pub frames: Vec<CodeFrameView>,
    pub failure: Option<ApiErrorView>,
}

/// How well a version is the text that ran.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FitView {
    /// Frames whose line lies in the function that they name …
    pub agree: u32,
    /// … of those that can be told.
    pub of: u32,
    /// The version that the question says first.
    pub said: String,
    /// The release that it is, or was to become.
    pub release: Option<String>,
    /// The release was not made yet: it is what its line was on this day.
    pub day: Option<i64>,
}

/// Of what a repository knows, in the order that was asked.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PassportsView {
    pub passports: Vec<PassportView>,
}

/// What the history says of the fix of a ticket or a known error.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PassportView {
    pub id: String,
    pub fix: CodeFixView,
}

/// A line of a file, as git shows it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CodeLineView {
    pub line: u32,
    pub text: String,
}

/// A file at a version.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FileView {
    pub repo: String,
    /// The release or branch, as the repository calls it; else the commit.
    pub at: String,
    pub commit: String,
    pub path: String,
    /// Lines that the file has.
    pub total: u32,
    /// The number of the first line that is here.
    pub first: u32,
    /// Exactly what git shows, at most 2,000 bytes of each.
    pub lines: Vec<String>,
    /// Where the line stays on its forge: https, without user or password. `null` where the clone came from none.
    pub permalink: Option<String>,
}

/// Two versions of one file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CompareView {
    pub repo: String,
    pub path: String,
    pub from: String,
    pub to: String,
    /// None where both are the same.
    pub hunks: Vec<HunkView>,
    /// More changed than is here.
    pub cut: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct HunkView {
    pub lines: Vec<ChangedLineView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ChangedLineView {
    /// Its number in the older file; `null` of a line that came.
    pub older: Option<u32>,
    /// Its number in the newer one; `null` of a line that went.
    pub newer: Option<u32>,
    pub text: String,
}

/// Which product lives where.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CodeMapView {
    pub homes: Vec<CodeHomeView>,
    /// By the names alone: nobody said anything yet.
    pub guessed: bool,
    /// As tickets name them.
    pub products: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CodeHomeView {
    pub product: String,
    /// `null`: the product as a whole.
    pub component: Option<String>,
    pub repo: String,
    /// From the top of the repository, as `services/cart`; empty: all of it.
    pub folder: String,
}

/// What changed between two versions.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChangesView {
    pub repo: String,
    /// `null` where no release comes before: everything is looked through.
    pub from: Option<String>,
    pub to: String,
    /// How many commits come near the question at all.
    pub found: u32,
    /// Best first, at most 50.
    pub changes: Vec<ChangeView>,
    /// The files to look at, best first, at most 10.
    pub files: Vec<SuspectView>,
    /// What was brought somewhere meanwhile, newest first, at most 10.
    pub deploys: Vec<DeployView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ChangeView {
    pub commit: String,
    pub subject: String,
    pub author: String,
    pub at: i64,
    /// The release that had it first; `null` while none has it.
    pub release: Option<String>,
    /// Issues and pull requests that it names.
    pub issues: Vec<ChangeIssueView>,
    /// Where people look at it in a browser.
    pub url: Option<String>,
    /// `same_line`, `same_symbol`, `same_file` or `same_directory` as a frame; `null` where only words are shared.
    pub near: Option<String>,
    /// How many it touches.
    pub files: u32,
    /// The sum of its parts.
    pub score: f64,
    pub parts: Vec<ChangePartView>,
}

/// An issue or a pull request that a commit names.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChangeIssueView {
    /// `AMQ-100`, `#12`.
    pub key: String,
    /// The ticket of this workspace that is meant.
    pub id: Option<String>,
    /// Where people look at it in a browser.
    pub url: Option<String>,
}

/// Why something is where it is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChangePartView {
    /// Of a change: what `near` may be, `recent`, `small` or `words`. Of a file: `stack_frame`, `said`, `named`, `similar_fix`
    /// or `changed`.
    pub reason: String,
    pub points: f64,
    /// The place, the words, or the number of files.
    pub detail: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct SuspectView {
    pub path: String,
    /// The sum of its parts.
    pub score: f64,
    pub parts: Vec<ChangePartView>,
}
