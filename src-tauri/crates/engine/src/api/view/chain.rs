//! Files that tell what happened on a ticket, the axis of time they stand on, and what led to what.

use serde::Serialize;
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseFileView {
    pub id: i64,
    /// `log`, `har`, `sentry`, `otel`, `picture` or `replay`.
    pub kind: String,
    pub name: String,
    pub size: u64,
    pub at: i64,
    pub lines: u64,
    pub entries: u64,
    pub errors: u64,
    pub warnings: u64,
    pub first_at: Option<i64>,
    pub last_at: Option<i64>,
    /// Times that do not say of which zone they are, and were taken for UTC.
    pub unzoned: u64,
    /// What should not leave, in the groups that are shown: kinds, and how many of each.
    pub sensitive: Vec<SensitiveCount>,
    /// The worst first.
    pub groups: Vec<CaseGroupView>,
    /// Groups beyond those.
    pub others: u64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct SensitiveCount {
    pub kind: String,
    pub count: u64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseGroupView {
    pub key: u64,
    /// `error`, `warn`, `info` or `debug`.
    pub level: String,
    pub template: String,
    pub sample: String,
    pub count: u64,
    /// The line of the first.
    pub number: u64,
    pub first_at: Option<i64>,
    pub last_at: Option<i64>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseFilesView {
    pub files: Vec<CaseFileView>,
    /// What several of them name, or one of them and the ticket.
    pub joins: Vec<CaseJoin>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseJoin {
    /// `request`, `trace`, `release`, `user` or `time`.
    pub kind: String,
    pub value: String,
    pub files: Vec<i64>,
    /// The ticket says so, too.
    pub ticket: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseFileAdded {
    /// Pass it to `case_file_remove`.
    pub undo: i64,
    pub file: CaseFileView,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseFileGone {
    pub ticket: String,
}

/// A picture, and how large it is: what draws it need not find out.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CasePicture {
    /// `image/png`, `image/jpeg`, `image/gif` or `image/webp`.
    pub media: String,
    pub width: u32,
    pub height: u32,
    /// Base64.
    pub data: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseLinesView {
    pub lines: Vec<CaseLineView>,
    pub total: u64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseLineView {
    pub number: u64,
    pub at: Option<i64>,
    pub level: String,
    pub text: String,
}

/// Everything that happened, in the order of time.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseTimelineView {
    pub moments: Vec<MomentView>,
    /// What somebody said.
    pub chain: Vec<ChainView>,
    /// What may be, and nobody said yet.
    pub perhaps: Vec<ChainView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct MomentView {
    /// Names it in links.
    pub key: String,
    pub at: i64,
    /// `ticket`, `said`, `handed`, `solved`, `file`, `release`, `deploy` or `commit`.
    pub kind: String,
    pub level: String,
    pub text: String,
    /// Of a group of lines.
    pub count: u64,
    /// Of a group of lines.
    pub file: Option<i64>,
    pub group: Option<u64>,
    /// Of a commit.
    pub url: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ChainView {
    /// Pass it to `chain_unsay`; 0 of what nobody said.
    pub undo: i64,
    pub cause: String,
    pub effect: String,
    /// Why it may be: `release`, `before`, `shared` or `reported`; empty of what somebody said.
    pub why: String,
    pub at: Option<i64>,
}
