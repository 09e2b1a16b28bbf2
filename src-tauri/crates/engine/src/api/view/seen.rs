//! The answer to *have we seen this, and what do I say?*

use super::{FixView, KnownErrorBanner, RuleMet, Span};
use serde::Serialize;
use ts_rs::TS;

/// The whole answer to *have we seen this, and what do I say?*
#[derive(Clone, Debug, Serialize, TS)]
pub struct SeenBefore {
    pub question: QuestionView,
    pub verdict: Verdict,
    pub duplicates: Duplicates,
    pub known_error: Option<KnownErrorBanner>,
    /// Detection rules of the team that fit, in the order of their files.
    pub rules: Vec<RuleMet>,
    /// Lane *What ran?*: the errors in the question, strongest first.
    pub ran: Vec<SignatureView>,
    /// Places in the code that a trace in the question names.
    pub traced: u32,
    /// Lane *What worked before?*, best first.
    pub hits: Vec<HitView>,
    /// Articles of the team's that are about it, best first.
    pub articles: Vec<ArticleHit>,
    /// What to ask the customer next, where an answer tells the best hits apart.
    pub next: Option<NextQuestion>,
    /// Cases that could have answered.
    pub searched: u64,
    pub ms: f64,
    /// How far above the bar of *seen before* it is, in log-odds: for what stops only where it is as good as certain.
    #[serde(skip)]
    #[ts(skip)]
    pub(crate) above: f64,
}

/// The question whose answer leaves least to doubt, whatever it is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NextQuestion {
    #[ts(type = "'product' | 'component' | 'version' | 'exception' | 'environment'")]
    pub facet: String,
    /// The likeliest answers, and how many others there are.
    pub answers: Vec<AnswerShare>,
    pub more: u32,
    /// Hits that are told apart, and those of them that say nothing of it.
    pub of: u32,
    pub silent: u32,
    /// As how many equally likely ones they are now, and on average after the answer.
    pub before: f64,
    pub after: f64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct AnswerShare {
    pub value: String,
    pub cases: u32,
}

/// An article or a concept of the team's folder, or an article of a help centre.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ArticleHit {
    pub id: String,
    pub display_id: String,
    /// Cut into spans; those that counted are marked.
    pub title: Vec<Span>,
    /// How what it says to do begins.
    pub first: String,
    /// `work_in_progress`, `not_validated` or `validated`.
    pub confidence: String,
    /// `internal`, `partner`, `customer` or `public`.
    pub audience: String,
    /// `knowledge` for the team's folder.
    pub source: String,
    /// Where people read it in a browser; `null` of a file.
    pub url: Option<String>,
    pub updated_at: i64,
    /// The sum of the receipt.
    pub score: f64,
    pub receipt: Vec<ReceiptPart>,
}

/// An article in full.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ArticleView {
    pub id: String,
    pub display_id: String,
    /// `article`, or another kind of entry of the team's folder.
    pub kind: String,
    pub title: String,
    /// `knowledge` for the team's folder. What comes from elsewhere is changed there.
    pub source: String,
    /// Of its file, below the folder.
    pub path: Option<String>,
    /// Where people read it in a browser.
    pub url: Option<String>,
    pub confidence: String,
    pub audience: String,
    /// `null` where its file says nothing.
    pub updated_at: Option<i64>,
    pub text: String,
    /// The same, safe to insert.
    pub html: String,
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
    /// Earlier cases of the same problem (where `kind` is `maybe`: of what may be it): same signature, duplicates of one
    /// another, tickets of the same known error, and close matches. 0 where only a known error says it.
    pub times: u32,
    pub last_at: Option<i64>,
    /// Ids of those cases, newest first: the rows behind `times`.
    pub cases: Vec<String>,
    pub fix: Option<FixView>,
    /// The most frequent way in which these cases ended, with its share.
    pub usually: Option<Usually>,
    /// People or the source said so: nothing was guessed.
    pub told: bool,
    /// How often this was right of past tickets of this workspace; `null` until an exam says so.
    pub measured: Option<VerdictMeasured>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct VerdictMeasured {
    /// Between 0 and 1.
    pub right: f64,
    /// Past tickets of which it was said.
    pub n: u64,
    /// Of so many tickets of which nobody knows whether there was an earlier case …
    pub untied: u64,
    /// … this share was told the same. Between 0 and 1.
    pub of_untied: f64,
    /// From how sure on it is said comes from this workspace's own history; otherwise it is as shipped.
    pub own: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct Usually {
    /// A resolution class of SPEC §5.4: `code_fix`, `configuration`, …
    pub class: String,
    pub cases: u32,
    pub of: u32,
    /// The rows behind `cases`, newest first.
    pub ids: Vec<String>,
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
    /// The file of the ticket in which it was found; `null`: in its own words.
    pub file: Option<String>,
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
    /// More than 180 days old when the question was asked: of the group of older cases, which the newer ones do not bury.
    pub older: bool,
    /// The known error that this ticket belongs to; `null` for a known error.
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
    /// `resolution`, `comment`, `workaround`, or `engineering`, which answered the escalation.
    pub from: String,
    pub author: Option<String>,
    /// The role of a comment's author.
    pub role: Option<String>,
    pub at: Option<i64>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ReceiptPart {
    /// `terms`, `covers`, `brief`, `signature`, `frames`, `identifiers`, `component`, `recency` or `outcome`.
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
