//! What is found out about an escalation: a test that shows the problem, and the commit that brought it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The beginning of a regression test. Nothing was written or run.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TestDraftView {
    pub repo: String,
    pub language: String,
    /// Where it goes, from the top of the repository.
    pub path: String,
    pub name: String,
    pub text: String,
    /// A program and its arguments; empty where the repository does not say how its tests run.
    pub command: Vec<String>,
    /// Where it runs, from the top of the repository.
    pub folder: String,
    /// The program that it needs and that is not on this machine.
    pub missing: Option<String>,
    /// The version that has the problem.
    pub bad: String,
    /// The release that has its fix, where that is known.
    pub good: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct EvidenceView {
    pub id: i64,
    pub at: i64,
    /// A test that was run; `null` of a search.
    pub trials: Option<TrialsView>,
    /// A search for the commit that brought it; `null` of a test.
    pub bisect: Option<BisectView>,
}

/// A test, and how it ended at each version.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TrialsView {
    pub repo: String,
    pub path: String,
    pub text: String,
    /// As it was run, its words with blanks between them.
    pub command: String,
    pub bad: TrialView,
    pub good: Option<TrialView>,
    /// `proven` (red where the problem is, green where the fix is), `red` (no version with a fix was asked for), `not_red`,
    /// `not_green`, or `unclear` where one of them did not build or took too long.
    pub verdict: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TrialView {
    /// The version.
    pub at: String,
    pub commit: String,
    /// `passed`, `failed`, `not_built` or `too_long`.
    pub outcome: String,
    pub seconds: u64,
    /// The end of what it said.
    pub log: String,
}

/// Halving the commits between a version that was good and one that is bad.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BisectView {
    pub repo: String,
    pub good: String,
    pub bad: String,
    /// Commits of which one brought it.
    pub left: u32,
    /// How many have to be tried at most, where none is skipped.
    pub steps: u32,
    /// What halves them best; `null` where nothing is left to be tried.
    pub next: Option<BisectCommitView>,
    /// What was said so far, in its order.
    pub said: Vec<BisectSaidView>,
    /// Of those that are left, the ones nearest to the escalation, best first, at most 8.
    pub suspects: Vec<BisectCommitView>,
    /// Those that are left, newest first, where they are few.
    pub remaining: Vec<BisectCommitView>,
    /// The commit that brought it.
    pub found: Option<BisectCommitView>,
    /// What was said cannot all be so.
    pub contradiction: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct BisectCommitView {
    pub commit: String,
    pub subject: String,
    pub author: String,
    pub at: i64,
    /// How near it comes to a line that ran: `same_line`, `same_symbol`, `same_file`, `same_directory`; `null` where nobody looked.
    pub near: Option<String>,
    /// Where people look at it in a browser.
    pub url: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct BisectSaidView {
    pub commit: BisectCommitView,
    /// `good`, `bad` or `skip`.
    pub said: String,
    /// The test said it, and no person.
    pub by_test: bool,
}
