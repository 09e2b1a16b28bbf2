//! What leaves for good, and what became of it.

use super::SourceFailureView;
use serde::Serialize;
use ts_rs::TS;

/// One text on its way to another machine. What stands here is what leaves, byte for byte.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OutboxItem {
    #[ts(type = "number")]
    pub id: i64,
    /// The source that it goes to.
    pub source: String,
    /// `issue`, `comment` (seen by everybody who sees the record) or `note` (internal).
    pub kind: String,
    /// The record that it is for, as its source names it; `null` for a new issue.
    pub on: Option<String>,
    /// The case that it is about.
    pub about: Option<String>,
    /// Host and path of the request.
    pub to: String,
    pub method: String,
    /// The request's body.
    pub payload: String,
    /// Stands for `method`, `to` and `payload`; sending names it, so that nothing leaves that was not shown.
    pub seal: String,
    /// Stands in the text, so that it is found again there.
    pub mark: String,
    pub title: Option<String>,
    /// What somebody wrote, without its mark.
    pub text: String,
    /// As it leaves.
    pub body: String,
    /// What was taken out of the text.
    pub redacted: Vec<RedactedCount>,
    /// `draft`, `pending`, `sending`, `sent`, `failed`, `unclear`, `conflict`, `dropped`.
    pub state: String,
    pub made_by: String,
    pub made_at: i64,
    pub sent_by: Option<String>,
    pub clicked_at: Option<i64>,
    /// Something of it may have arrived: the other side is asked before anything is sent again.
    pub may_be_there: bool,
    pub attempts: u32,
    pub attempt_at: Option<i64>,
    /// It is tried again then.
    pub not_before: Option<i64>,
    /// Why the last attempt did not end as it should.
    pub failure: Option<SourceFailureView>,
    /// What it is written on has changed since it was shown; sending it anyway names the seal in it.
    pub conflict: Option<OutboxConflict>,
    pub done_at: Option<i64>,
    /// As the other side names what was made.
    pub remote_id: Option<String>,
    /// Where a browser shows it.
    pub url: Option<String>,
    pub can_send: bool,
    pub can_drop: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RedactedCount {
    /// `email`, `phone`, …
    pub kind: String,
    pub count: u64,
}

/// What changed of a record since something written on it was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OutboxConflict {
    pub seal: String,
    /// When the record had last changed, by its server: as it was, and as it is.
    pub was_at: i64,
    pub now_at: i64,
    pub changes: Vec<OutboxChange>,
    /// What was said since.
    pub said: Vec<OutboxSaid>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OutboxChange {
    /// `subject`, `status`, `priority` or `body`.
    pub what: String,
    pub lines: Vec<OutboxLine>,
}

/// A line as it was beside the one as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OutboxLine {
    pub was: Option<String>,
    pub now: Option<String>,
    pub same: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OutboxSaid {
    pub by: Option<String>,
    pub at: i64,
    pub public: bool,
    pub text: String,
}
