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

/// Who may know the code of a question, best proposals of each kind first.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct OwnersSuggestedView {
    /// Whose lines ran; empty where none of them is known.
    pub repo: String,
    pub at: String,
    pub owners: Vec<SuggestedOwnerView>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OwnerKind {
    /// `CODEOWNERS` gives them files that ran.
    Owns,
    /// They wrote lines that ran, as those are at the customer's version. Who only moved files, 500 and more at once, wrote
    /// none where somebody else did.
    Wrote,
    /// Cases like this ended there.
    Solved,
}

/// A proposal with its reason.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SuggestedOwnerView {
    pub kind: OwnerKind,
    /// A person, a team, or several as `CODEOWNERS` names them.
    pub name: String,
    /// Files, lines or cases …
    pub count: u32,
    /// … of so many.
    pub of: u32,
    /// Of the lines that ran, weighted by their place: from 0 to 1. 0 unless they wrote some.
    pub share: f64,
    /// When they wrote the newest of these lines.
    pub at: Option<i64>,
    /// When they committed here last.
    pub active_at: Option<i64>,
    /// The line of `CODEOWNERS`, and the first file that it gives to them.
    pub pattern: Option<String>,
    pub path: Option<String>,
    /// The lines behind the number.
    pub lines: Vec<WrittenLineView>,
    /// The cases behind the number.
    pub tickets: Vec<String>,
}

impl SuggestedOwnerView {
    pub(crate) fn new(kind: OwnerKind) -> Self {
        Self {
            kind,
            name: String::new(),
            count: 0,
            of: 0,
            share: 0.0,
            at: None,
            active_at: None,
            pattern: None,
            path: None,
            lines: Vec::new(),
            tickets: Vec::new(),
        }
    }
}

/// A line that ran, and the commit that wrote it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct WrittenLineView {
    pub path: String,
    pub line: u32,
    pub commit: String,
    pub at: i64,
    pub summary: String,
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

/// The lines that read a feature flag.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FlagView {
    pub flag: String,
    /// Those that have it.
    pub repos: Vec<FlagRepoView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct FlagRepoView {
    pub repo: String,
    /// At what the customer runs; `null` where nobody says what that is, or it is no release.
    pub theirs: Option<FlagAtView>,
    /// Where development happens; `null` where that is the same.
    pub today: Option<FlagAtView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct FlagAtView {
    /// The release or branch, as the repository calls it.
    pub at: String,
    /// Lines that have it, everywhere in the repository.
    pub total: u32,
    /// The first 12: code, then settings, then tests. `basis` is `flag` (its name stands there), `constant` (what stands for it
    /// does), `settings` or `test`.
    pub lines: Vec<CodeFrameView>,
    /// The version is too large: not all of it was looked through.
    pub cut: bool,
}
