//! What crosses to the hosts. Shapes only: words belong to the hosts, domain types stay behind. Times are UTC
//! milliseconds. Ids are `source:id`, except where a field says otherwise.

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
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct IndexView {
    pub state: IndexState,
    pub done: u64,
    pub total: u64,
    /// Why it is being rebuilt, in words; `null` when it is not.
    pub reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QueueFilter {
    /// New, open, pending, on hold.
    Open,
    /// Open and nobody has it.
    Unassigned,
    /// Linked to a known error.
    Known,
    Solved,
    All,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct Queue {
    pub total: u64,
    pub rows: Vec<QueueRow>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct QueueRow {
    pub id: String,
    /// The id without its source: `AMQ-1234`.
    pub display_id: String,
    pub subject: String,
    pub status: String,
    pub priority: Option<String>,
    pub requester: Option<String>,
    pub account: Option<String>,
    pub product: Option<String>,
    pub version: Option<String>,
    pub assignee: Option<String>,
    pub group: Option<String>,
    pub known_error: bool,
    pub created_at: i64,
    pub updated_at: i64,
}

/// A run of text; `hit` marks the words that counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Span {
    pub text: String,
    pub hit: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct SearchReply {
    /// The query as it was understood: terms, prefix, phrases, fields, for a line under the box.
    pub query: String,
    /// All matches, also those beyond `k`.
    pub total: u64,
    pub ms: f64,
    pub hits: Vec<SearchHit>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct SearchHit {
    /// `ticket` or `known_error`.
    pub kind: String,
    pub id: String,
    pub display_id: String,
    pub title: Vec<Span>,
    pub snippet: Vec<Span>,
    /// A ticket's status or a known error's state.
    pub status: String,
    pub product: Option<String>,
    pub version: Option<String>,
    pub source: String,
    pub updated_at: i64,
    pub score: f64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct TicketView {
    pub id: String,
    pub display_id: String,
    pub source: String,
    pub url: Option<String>,
    pub subject: String,
    /// Sanitised in Rust; the only HTML that the window may insert as it is.
    pub body_html: String,
    pub status: String,
    pub priority: Option<String>,
    pub product: Option<String>,
    pub components: Vec<String>,
    pub affected_versions: Vec<String>,
    pub fix_versions: Vec<String>,
    pub environment: Option<String>,
    pub requester: Option<String>,
    pub account: Option<String>,
    pub group: Option<String>,
    pub assignee: Option<String>,
    pub tags: Vec<String>,
    pub created_at: i64,
    pub updated_at: i64,
    pub solved_at: Option<i64>,
    pub resolution: Option<String>,
    pub resolution_class: Option<String>,
    pub merged_into: Option<String>,
    pub comments: Vec<CommentView>,
    pub hops: Vec<HopView>,
    pub links: Vec<LinkView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct CommentView {
    pub id: String,
    pub author: Option<String>,
    /// `requester`, `agent`, `engineer` or `system`.
    pub role: String,
    /// `false` is an internal note.
    pub public: bool,
    pub at: i64,
    /// Sanitised in Rust.
    pub body_html: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct HopView {
    pub at: i64,
    pub from_group: Option<String>,
    pub to_group: Option<String>,
    pub by: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct LinkView {
    pub kind: String,
    /// The other end, `null` while it has not arrived yet.
    pub id: Option<String>,
    pub display_id: String,
    pub title: Option<String>,
    /// `import`, `human`, `rule` or `inferred`.
    pub origin: String,
    /// `false` is *not the same*.
    pub positive: bool,
    /// Whether this ticket carries the link or is its target.
    pub outgoing: bool,
}

/// The whole answer to *have we seen this, and what do I say?*
#[derive(Clone, Debug, Serialize, TS)]
pub struct SeenBefore {
    pub question: QuestionView,
    pub verdict: Verdict,
    pub duplicates: Duplicates,
    pub known_error: Option<KnownErrorBanner>,
    /// Lane *What ran?*: the errors in the question, strongest first.
    pub ran: Vec<SignatureView>,
    /// Lane *What worked before?*, best first.
    pub hits: Vec<HitView>,
    /// Documents that could have answered.
    pub searched: u64,
    pub ms: f64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct QuestionView {
    /// What feedback is stored under: the ticket's id, or `text:HASH` for pasted text (the same text, the same id).
    pub id: String,
    pub title: String,
    pub identifiers: Vec<String>,
    pub phrases: Vec<String>,
    pub product: Option<String>,
    pub components: Vec<String>,
    pub versions: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VerdictKind {
    Seen,
    Maybe,
    New,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct Verdict {
    pub kind: VerdictKind,
    /// Earlier cases of the same problem: same signature, duplicates of one another, and close matches.
    pub times: u32,
    pub last_at: Option<i64>,
    /// Ids of those cases, newest first: the rows behind `times`.
    pub cases: Vec<String>,
    pub fix: Option<FixView>,
    /// The most frequent way in which these cases ended, with its share.
    pub usually: Option<Usually>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct Usually {
    /// A resolution class of SPEC §5.4: `code_fix`, `configuration`, …
    pub class: String,
    pub cases: u32,
    pub of: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FixState {
    /// The version in question has the fix since `version`.
    FixedInYours,
    /// Upgrading to `version` brings the fix.
    FixedLater,
    /// Fixed in `version`; the customer's version is not known.
    Fixed,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FixView {
    pub state: FixState,
    pub version: String,
    /// The version that the customer runs, where known.
    pub running: Option<String>,
}

/// Distinct *other* requesters with the same problem; merged tickets count once.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct Duplicates {
    /// Since local midnight.
    pub today: u32,
    pub last_24h: u32,
    pub last_7d: u32,
    /// Seven days, oldest first, today last.
    pub by_day: Vec<u32>,
    /// The tickets behind `last_7d`, newest first.
    pub tickets: Vec<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct KnownErrorBanner {
    pub id: String,
    pub title: String,
    /// SPEC §5.3: `identified`, `workaround_available`, `fix_in_progress`, …
    pub state: String,
    pub cause: Option<String>,
    pub workaround: Vec<String>,
    pub workaround_worked: u32,
    pub workaround_tried: u32,
    pub fix: Option<FixView>,
    pub fix_versions: Vec<String>,
    pub eta_at: Option<i64>,
    pub eta_by: Option<String>,
    /// The ETA has passed: it may no longer be promised.
    pub eta_past: bool,
    pub owner: Option<String>,
    pub updated_at: i64,
    /// Why the banner shows: `signature`, `linked` (a matched case carries it) or `match` (it is itself the best match).
    pub because: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct SignatureView {
    /// `7F3K-9Q2M`.
    pub code: String,
    /// `stack_trace`, `log_line` or `error_code`.
    pub kind: String,
    pub language: Option<String>,
    pub exception: String,
    pub message: Vec<PieceView>,
    pub frames: Vec<FrameView>,
    /// Other tickets that carry the same code.
    pub tickets: u32,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct PieceView {
    pub text: String,
    /// What was masked (`number`, `path`, …); `null` for text that belongs to the template.
    pub mask: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct FrameView {
    pub raw: String,
    pub function: String,
    pub file: Option<String>,
    pub line: Option<u32>,
    pub in_project: bool,
    /// Whether it takes part in the fingerprint.
    pub counted: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct HitView {
    /// `ticket` or `known_error`.
    pub kind: String,
    pub id: String,
    pub display_id: String,
    pub source: String,
    pub url: Option<String>,
    pub title: Vec<Span>,
    /// What the colleague did; `null` when nothing on record says so.
    pub answer: Option<Answer>,
    /// A ticket's status or a known error's state.
    pub status: String,
    /// `held`, `reopened`, `duplicate`, `no_fix` or `unresolved`.
    pub outcome: String,
    pub resolution_class: Option<String>,
    pub affected_versions: Vec<String>,
    pub fix: Option<FixView>,
    pub product: Option<String>,
    pub components: Vec<String>,
    pub created_at: i64,
    pub solved_at: Option<i64>,
    /// The known error that this ticket belongs to.
    pub known_error: Option<String>,
    pub score: f64,
    /// The parts sum to `score`.
    pub receipt: Vec<ReceiptPart>,
    /// What was said about this hit for this question: `used`, `not_same` or `null`.
    pub feedback: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct Answer {
    /// Plain text, at most 1,200 characters.
    pub text: String,
    /// `resolution`, `comment` or `workaround`.
    pub from: String,
    pub author: Option<String>,
    /// The role of a comment's author.
    pub role: Option<String>,
    pub at: Option<i64>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ReceiptPart {
    /// `terms`, `signature`, `frames`, `identifiers`, `component`, `recency` or `outcome`.
    pub kind: String,
    /// For `terms`: `title`, `body` or `resolution`. Empty otherwise.
    pub field: String,
    /// What counted, strongest first.
    pub detail: Vec<String>,
    pub points: f64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct FeedbackReply {
    /// Pass it to `feedback_undo`.
    pub undo: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct ImportReport {
    /// Records read, of every kind.
    pub read: u64,
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub deleted: u64,
    pub skipped: u64,
    pub comments: u64,
    pub hops: u64,
    pub known_errors: u64,
    /// Where an interrupted import of the same file went on: the last line that was already stored.
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
    /// `import`, `reindex`, `sample`.
    pub kind: String,
    pub label: String,
    /// `running`, `done`, `failed` or `cancelled`.
    pub state: String,
    pub done: u64,
    /// `null` while it is not known.
    pub total: Option<u64>,
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
    /// `database`, `index`, `counts`, …
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
    Changed { seq: i64 },
    Job { job: JobView },
    Index { index: IndexView },
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct Events {
    /// Pass it as `after` next time.
    pub last: u64,
    pub events: Vec<Event>,
}

/// A known error in full.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KnownErrorView {
    pub banner: KnownErrorBanner,
    pub display_id: String,
    pub source: String,
    pub url: Option<String>,
    pub product: Option<String>,
    pub components: Vec<String>,
    pub affected_versions: Vec<String>,
    /// Tickets that it caused, newest first.
    pub tickets: Vec<QueueRow>,
}

/// One key and its value, chosen by the person at this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize, TS)]
pub struct Preference {
    pub key: String,
    pub value: String,
}

/// Nothing to say but that it is done.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Done {}
