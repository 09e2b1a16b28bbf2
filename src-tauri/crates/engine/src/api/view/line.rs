//! One line of code: who changed it last, where it is by now, who answers for it.

use serde::Serialize;
use ts_rs::TS;

/// Who changed a line last, and in which commit; commits that `.git-blame-ignore-revs` names are passed over.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BlameView {
    pub commit: String,
    pub author: String,
    pub at: i64,
    /// The first line of its message.
    pub summary: String,
    /// The file and the line that it was in that commit.
    pub path: String,
    pub line: u32,
}

/// One line at a version.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LineView {
    pub repo: String,
    pub at: String,
    /// `null` where the version has no such line.
    pub blame: Option<BlameView>,
    /// Where the line stays on its forge, in the commit that changed it last.
    pub permalink: Option<String>,
    /// `null` where the repository has no branch.
    pub today: Option<LineTodayView>,
    /// `null` where no `CODEOWNERS` gives the file to anybody.
    pub owners: Option<OwnersView>,
}

/// Who answers for a file, as `CODEOWNERS` says it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OwnersView {
    /// People, teams and addresses.
    pub names: Vec<String>,
    /// The line that gives it to them.
    pub pattern: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// It stands there word for word.
    Same,
    /// The file is there, and the line is not: what stands in its place is shown.
    Changed,
    Gone,
}

/// The line where development happens.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LineTodayView {
    /// As `refs/…`.
    pub at: String,
    pub state: LineState,
    pub path: Option<String>,
    pub line: Option<u32>,
    pub text: Option<String>,
}
