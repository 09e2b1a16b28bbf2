//! What is handed to engineering: the package, what it lacks, and whether it was answered before.

use super::{EvidenceView, RedactedView};
use crate::api::args::EscalationSubmitArgs;
use serde::Serialize;
use ts_rs::TS;

/// A package before it leaves. Nothing was written down yet.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EscalationDraft {
    /// The ticket's id.
    pub ticket: String,
    /// `null`: it cannot be handed over yet.
    pub reason: Option<String>,
    pub facts: Vec<FactView>,
    pub lint: LintView,
    /// What the team says of when to escalate, for this product or for all.
    pub guideline: Option<GuidelineView>,
    /// The same was answered by engineering before.
    pub repeat: Option<RepeatView>,
    /// It is of a kind that always needs engineering: it goes on without why.
    pub always: bool,
    /// The package in Markdown: what is shown is what leaves, byte for byte. Places of spans are in this text.
    pub markdown: RedactedView,
    /// The package in JSON, redacted the same way.
    pub json: String,
    /// Files that go along in a case bundle, as they go.
    pub files: Vec<PackageFile>,
    /// Stands for both: another letter in one of them is another seal.
    pub seal: String,
}

/// An article of the team's folder that says when to escalate, and what a package has to hold.
#[derive(Clone, Debug, Serialize, TS)]
pub struct GuidelineView {
    pub title: String,
    /// Of its file, below the folder.
    pub path: String,
    /// Of this text; another text is another edition.
    pub edition: String,
    /// `null`: for all products.
    pub product: Option<String>,
    /// Safe to insert.
    pub html: String,
    /// Facts that it asks for; none: those that are asked for without it.
    pub needed: Vec<String>,
    /// Words of it that are no facts.
    pub unknown: Vec<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct FactView {
    pub fact: String,
    /// As it stands in the package, redacted; empty where it is missing. Of a list, one a line.
    pub text: String,
    pub needed: bool,
    pub filled: bool,
    /// Somebody said that it does not apply.
    pub waived: bool,
    /// A person can write it down; the others come from cases and repositories.
    pub writable: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct LintView {
    pub filled: u32,
    /// What does not apply is not counted.
    pub needed: u32,
    pub missing: Vec<String>,
    pub lost: Vec<LostView>,
}

/// A fact that was known and is not in the package.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LostView {
    pub fact: String,
    /// When it was known first.
    pub at: i64,
    /// Handoffs that the ticket had behind it by then.
    pub handoffs: u32,
}

/// What engineering answered when the same came before.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RepeatView {
    pub id: String,
    /// `ticket`, `known_error` or `escalation`.
    pub kind: String,
    pub title: String,
    pub answer: String,
    pub author: Option<String>,
    pub at: Option<i64>,
    /// `signature` (the same error), `problem` (the same case in other words) or `known_error`.
    pub because: String,
}

/// What somebody began to hand over.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftKept {
    pub ticket: String,
    /// Of the ticket; empty where it is gone.
    pub title: String,
    /// When it was written last.
    pub at: i64,
    /// What was typed and chosen.
    pub kept: EscalationSubmitArgs,
}

/// One that was handed over, here or by somebody else.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EscalationRow {
    pub id: i64,
    /// As whoever made the package calls it.
    pub ticket: String,
    pub title: String,
    /// SPEC §5.3: `submitted`, `acknowledged`, `needs_info`, `in_progress`, `answered`, `fix_released`, `closed` or `withdrawn`.
    pub state: String,
    pub reason: String,
    pub to: String,
    pub filled: u32,
    pub needed: u32,
    /// Who sent it in a bundle; `null`: it was made here.
    pub author: Option<EscalationAuthor>,
    /// The case that had the answer.
    pub repeat_of: Option<String>,
    pub repeat_reason: Option<String>,
    pub created_at: i64,
    pub updated_at: i64,
    pub answered_at: Option<i64>,
    pub answered_by: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct EscalationAuthor {
    /// As they call themselves.
    pub name: String,
    /// Of their key: what is compared.
    pub code: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct EscalationView {
    pub row: EscalationRow,
    pub facts: Vec<FactView>,
    pub lint: LintView,
    /// As it left or came in, byte for byte.
    pub markdown: RedactedView,
    pub json: String,
    /// What came along of files.
    pub files: Vec<PackageFile>,
    /// Lines that ran, as the package has them.
    pub code: Vec<PackageLine>,
    pub answer: Option<EscalationAnswerView>,
    /// How far it came and when, in order.
    pub reached: Vec<ReachedView>,
    /// Tests that were run and the search for the commit that brought it, newest first.
    pub evidence: Vec<EvidenceView>,
    /// Minutes of engineering.
    pub effort: Option<u32>,
    /// States that it may be moved to.
    pub next: Vec<String>,
    /// The ticket is in this workspace.
    pub ticket_here: bool,
}

/// It came to a state, or its package was sent anew.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReachedView {
    pub at: i64,
    pub state: String,
    /// How complete its package was then.
    pub filled: u32,
    pub needed: u32,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct EscalationAnswerView {
    pub cause: String,
    pub fix: String,
    pub workaround: String,
    pub versions: String,
    pub note: String,
}

/// An answer that was given.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EscalationAnswered {
    pub escalation: EscalationView,
    /// The known error that it became: its path in the knowledge folder; `null` where no folder was chosen.
    pub known_error: Option<String>,
    /// The article that what was said to support became.
    pub article: Option<String>,
    /// It became neither, because there is no folder to keep them.
    pub no_folder: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct PackageLine {
    pub repo: String,
    /// The release or branch.
    pub at: String,
    pub commit: String,
    pub path: String,
    pub line: Option<u32>,
    pub symbol: String,
    pub permalink: String,
}

/// A file that tells what happened, as it goes along in a package.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PackageFile {
    pub name: String,
    /// `log`, `har`, `sentry`, `otel`, `picture` or `replay`.
    pub kind: String,
    /// Bytes of the file itself.
    pub size: u64,
    /// Redacted; empty where it stays with its ticket.
    pub text: RedactedView,
    /// That is all of it.
    pub whole: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct BundleSaved {
    pub path: String,
    pub bytes: u64,
    /// Of this workspace's key: tell it to whoever opens the file.
    pub code: String,
}

/// What left in files, and what was let in or refused, newest first.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AuditView {
    pub lines: Vec<AuditLine>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct AuditLine {
    pub at: i64,
    /// `bundle_save` or `bundle_open`.
    pub what: String,
    /// `done`, or the code of the error that refused it.
    pub outcome: String,
    /// The file's name.
    pub detail: String,
}
