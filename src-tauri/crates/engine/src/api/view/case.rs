//! Tickets and known errors, in lists and in full.

use super::{BandView, NamedCase, ServiceView, SeverityView, TriageView, TriedView};
use domain::Tier;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
    /// Open, and a rule suggests where it belongs; the most urgent lane first.
    Triage,
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
    /// The most urgent lane that a rule suggests, of what is open.
    pub lane: Option<String>,
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
pub struct TicketView {
    pub id: String,
    pub display_id: String,
    pub source: String,
    pub url: Option<String>,
    pub subject: String,
    /// Sanitised in Rust; the only HTML that the window may insert as it is.
    pub body_html: String,
    /// `body_html` is only the beginning of a very long body, all of which is stored.
    pub truncated: bool,
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
    /// The newest 1,000.
    pub comments: Vec<CommentView>,
    /// How many there are.
    pub comments_total: u64,
    pub hops: Vec<HopView>,
    /// By name: what is in them stays where it is.
    pub attachments: Vec<AttachmentView>,
    /// How it was served, where its source measures that.
    pub service: Option<ServiceView>,
    /// How long it was with whom, until it was solved or until now.
    pub stays: Vec<StayView>,
    pub links: Vec<LinkView>,
    /// What its texts name of Datadog.
    pub telemetry: Vec<TelemetryView>,
    /// Where rules say that it belongs; what was called wrong comes last.
    pub triage: Vec<TriageView>,
}

/// A file that came with a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AttachmentView {
    pub name: String,
    /// In bytes.
    pub size: Option<i64>,
    /// The comment that brought it, where one did.
    pub comment: Option<String>,
}

/// Something in Datadog that a ticket's texts name by its id.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TelemetryView {
    /// `trace`, `log` or `issue`.
    pub kind: String,
    pub id: String,
    /// Where it is opened.
    pub url: String,
    /// The lines of a trace's logs.
    pub logs: Option<String>,
    /// When it happened, where its id says so.
    pub at: Option<i64>,
    /// The ticket that was read of it.
    pub ticket: Option<String>,
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
    /// As of a ticket.
    pub truncated: bool,
}

/// With one group. Work is a quarter of an hour before each reply of theirs; all else is waiting.
#[derive(Clone, Debug, Serialize, TS)]
pub struct StayView {
    pub group: Option<String>,
    #[ts(type = "'l1' | 'l2' | 'l3'")]
    pub tier: domain::Tier,
    pub from: i64,
    pub until: i64,
    /// Milliseconds; both together are the whole of it.
    pub touch: i64,
    pub wait: i64,
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

#[derive(Clone, Debug, Serialize, TS)]
pub struct KnownErrorBanner {
    pub id: String,
    pub title: String,
    /// SPEC §5.3: `identified`, `workaround_available`, `fix_in_progress`, …
    pub state: String,
    pub cause: Option<String>,
    pub workaround: Vec<String>,
    pub tried: TriedView,
    pub fix: Option<FixView>,
    pub fix_versions: Vec<String>,
    pub eta_at: Option<i64>,
    pub eta_by: Option<String>,
    /// The ETA has passed: it may no longer be promised.
    pub eta_past: bool,
    pub owner: Option<String>,
    /// `internal`, `partner`, `customer` or `public`; `null` where its source does not say.
    pub audience: Option<String>,
    pub updated_at: i64,
    /// Notes that explain what is behind it.
    pub concepts: Vec<NamedCase>,
    /// Why the banner shows: `rule` (a rule of the team fits), `signature`, `linked` (a matched case carries it) or `match`
    /// (it is itself the best match).
    pub because: String,
    /// What was said about it for this question: `used` or `null`. After *not the same* it shows no more.
    pub feedback: Option<String>,
}

/// What may be told a customer of a known error.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReplyView {
    /// The entry's own text, in the customer's language where it has one.
    pub text: Option<String>,
    /// `de`: where that text is meant for a language.
    pub language: Option<String>,
    /// That a fix is expected, and when, on the customer's clock; `null` where that cannot be said.
    pub promise: Option<String>,
    /// Why nothing may be copied as it is.
    pub held: Option<String>,
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
    pub impact: ImpactView,
}

/// Whom a known error hits, how much lately, and what it has cost so far.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ImpactView {
    pub severity: SeverityView,
    /// Tickets of the last 24 hours and of the last 7 days.
    pub day: u64,
    pub week: u64,
    pub tickets: u64,
    pub accounts: u64,
    /// Different people; a ticket of nobody in particular is one of its own.
    pub users: u64,
    /// The highest that had one of them.
    #[ts(type = "'l1' | 'l2' | 'l3' | null")]
    pub tier: Option<Tier>,
    pub versions: Vec<String>,
    /// Tickets of each of the last twelve weeks, oldest first.
    pub weeks: Vec<u64>,
    /// Tickets that reached engineering.
    pub escalated: u64,
    pub cost: BandView,
    /// Its hours were logged, and are not assumed.
    pub measured: bool,
}
