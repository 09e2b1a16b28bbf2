//! The workspace, its jobs, its health, and how errors cross.

use super::CriticalTicket;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The workspace at a glance, for the footer, empty states and *Settings*.
#[derive(Clone, Debug, Serialize, TS)]
pub struct WorkspaceStatus {
    pub version: String,
    pub home: String,
    pub tickets: u64,
    pub comments: u64,
    pub known_errors: u64,
    pub signatures: u64,
    pub sources: Vec<SourceView>,
    /// When the newest data was taken in; `null` in an empty workspace.
    pub data_at: Option<i64>,
    /// Whether this is the sample workspace.
    pub sample: bool,
    pub index: IndexView,
    pub backups: BackupsView,
}

/// Copies of the database, which are made by themselves.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BackupsView {
    /// The newest copy of what people wrote; `null` while there is none.
    pub written_at: Option<i64>,
    /// The newest copy of everything.
    pub whole_at: Option<i64>,
    /// Why the last one could not be made, in words; else `null`.
    pub failed: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct SourceView {
    pub name: String,
    /// `files`, `sample`, …
    pub kind: String,
    pub tickets: u64,
    pub last_ok_at: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IndexState {
    Ready,
    CatchingUp,
    Rebuilding,
    /// It cannot follow the store; `reason` says why. It tries again by itself.
    Behind,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct IndexView {
    pub state: IndexState,
    pub done: u64,
    pub total: u64,
    /// Why it is being rebuilt or is behind, in words; else `null`.
    pub reason: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct ImportReport {
    /// Tickets read, and records that could not be: what `added` to `skipped` sum to.
    pub read: u64,
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub deleted: u64,
    /// Left out, or let go, because a retention rule covers them.
    pub expired: u64,
    pub skipped: u64,
    pub comments: u64,
    pub hops: u64,
    pub known_errors: u64,
    /// Of help centres: new or changed, and no longer there.
    pub articles: u64,
    pub articles_gone: u64,
    /// New or changed: published, tagged, or brought somewhere.
    pub releases: u64,
    /// Where an interrupted import of the same file went on: how many of its records were already stored.
    pub resumed_after: u64,
    /// The first 100 of `skipped`.
    pub errors: Vec<ImportError>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ImportError {
    /// The file, where a directory was read.
    pub file: Option<String>,
    pub line: u64,
    pub reason: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct JobView {
    pub id: u64,
    /// `import`, `sync`, `sign_in`, `reindex`, `sample`, `replay`, `code`.
    pub kind: String,
    pub label: String,
    /// Whether `job_cancel` stops it.
    pub cancellable: bool,
    /// Nobody asked for it: it comes round by itself.
    pub unasked: bool,
    /// `running`, `done`, `failed` or `cancelled`.
    pub state: String,
    pub done: u64,
    /// `null` while it is not known.
    pub total: Option<u64>,
    /// What of `done` an earlier run had done, where `total` is known: how fast it goes is told without it.
    pub before: u64,
    pub started_at: i64,
    pub report: Option<ImportReport>,
    pub error: Option<ApiErrorView>,
}

/// How an error crosses: the UI's words are keyed by `code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ApiErrorView {
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    pub retryable: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct DoctorReport {
    pub ok: bool,
    pub checks: Vec<DoctorCheck>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct DoctorCheck {
    /// `database`, `backups`, `start`, `index`.
    pub name: String,
    pub ok: bool,
    pub detail: String,
    /// Whether `--repair` mended it in this run.
    pub repaired: bool,
}

/// Something happened; ask again. Events carry no data that a view has.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// Rows changed, up to this sequence number.
    Changed {
        seq: i64,
    },
    Job {
        job: Box<JobView>,
    },
    Index {
        index: IndexView,
    },
    /// Something in the outbox moved on.
    Outbox {},
    /// What rules suggest for open tickets changed; with those that came in and are critical.
    Triage {
        critical: Vec<CriticalTicket>,
    },
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct Events {
    /// Pass it as `after` next time.
    pub last: u64,
    pub events: Vec<Event>,
}

/// One key and its value, chosen by the person at this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Preference {
    pub key: String,
    pub value: String,
}

/// Nothing to say but that it is done.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Done {}

/// Where the key lies that opens the workspace.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KeyView {
    /// `keyring`, `key_file` or `passphrase`.
    pub kind: String,
    /// In words: *the keyring of this system*.
    pub place: String,
    /// Where tokens of sources lie, in words.
    pub tokens: String,
    pub made_at: Option<i64>,
    /// `null` while there is no recovery key.
    pub recovery_made_at: Option<i64>,
}

/// To be written down: it is kept nowhere.
#[derive(Clone, Serialize, TS)]
pub struct RecoveryKeyView {
    /// 14 groups of four letters and digits.
    pub words: String,
}
