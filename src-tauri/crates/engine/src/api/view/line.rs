//! One line of code: who changed it last, where it is by now, who answers for it.

use super::CodeFrameView;
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

/// Who changed each line of a stretch last.
#[derive(Clone, Debug, Serialize, TS)]
pub struct GutterView {
    /// Each commit once; lines name it by its place here.
    pub commits: Vec<BlameView>,
    /// The number of the first line that is here.
    pub first: u32,
    pub lines: Vec<Option<u32>>,
    /// Where the stretch is longer than is looked at.
    pub cut: bool,
}

/// The statements that printed what a question quotes.
#[derive(Clone, Debug, Serialize, TS)]
pub struct QuotedView {
    /// Those that have any.
    pub repos: Vec<QuotedRepoView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct QuotedRepoView {
    pub repo: String,
    pub at: String,
    /// `raw` is the line of the log or the code, `basis` is `log_line` or `error_code`. Where several statements say the same,
    /// each is here.
    pub lines: Vec<CodeFrameView>,
    /// The version is too large: not all of it was looked through.
    pub cut: bool,
}
