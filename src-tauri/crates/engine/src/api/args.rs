//! What the hosts pass in. Every field that can be left out is an `Option` or has a default.

mod case;
mod code;
mod curation;
mod escalation;
mod evidence;
mod insight;
mod known;
mod outbox;
mod programme;
mod rule;
mod runbook;
mod source;
mod team;
mod training;

use super::view::{QueueFilter, RetentionRuleView};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use case::*;
pub use code::*;
pub use curation::*;
pub use escalation::*;
pub use evidence::*;
pub use insight::*;
pub use known::*;
pub use outbox::*;
pub use programme::*;
pub use rule::*;
pub use runbook::*;
pub use source::*;
pub use team::*;
pub use training::*;

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct NoArgs {}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct QueueArgs {
    pub filter: QueueFilter,
    #[serde(default)]
    pub offset: u32,
    /// At most 500.
    pub limit: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SearchArgs {
    /// Words, ids, `"phrases"` and `field:value`: product, component, version (`version:<5.4`), fixed, status, is (`is:known`),
    /// before and after (`before:2024-05`), kind, source, id, priority, group, assignee, account, requester, tag. The last
    /// word is a prefix when `prefix`.
    pub query: String,
    #[serde(default)]
    #[ts(optional)]
    pub k: Option<u32>,
    /// `ticket`, `known_error` or `article`; every kind when left out.
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<String>,
    /// Only what somebody may read who is `internal`, a `partner`, a `customer` or of the `public`.
    #[serde(default)]
    #[ts(optional)]
    pub audience: Option<String>,
    #[serde(default)]
    #[ts(optional)]
    pub prefix: Option<bool>,
    /// `SearchReply.next` of the page before, with the same query.
    #[serde(default)]
    #[ts(optional)]
    pub after: Option<String>,
    /// Count the values of fields too.
    #[serde(default)]
    #[ts(optional)]
    pub facets: Option<bool>,
    /// A newer call with the same lane cancels an older one, which then fails with code `superseded`.
    #[serde(default)]
    #[ts(optional)]
    pub lane: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct IdArgs {
    /// `source:id`, or an id alone where only one source has it.
    pub id: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SeenArgs {
    /// A stored ticket is the question …
    #[ts(optional)]
    pub ticket: Option<String>,
    /// … or this text is. The first line is its title when it is followed by more.
    #[ts(optional)]
    pub text: Option<String>,
    #[ts(optional)]
    pub k: Option<u32>,
    #[ts(optional)]
    pub product: Option<String>,
    #[ts(optional)]
    pub version: Option<String>,
    /// RFC 3339: only what existed before.
    #[ts(optional)]
    pub as_of: Option<String>,
    /// Ids that may not answer.
    #[ts(optional)]
    pub exclude: Option<Vec<String>>,
    #[ts(optional)]
    pub lane: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ModelInstallArgs {
    /// Of the pack's file, on this machine.
    pub path: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct WhyNotArgs {
    /// As it was asked.
    pub question: SeenArgs,
    /// Of the ticket or known error that is missed among the hits.
    pub id: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FeedbackVerdict {
    Used,
    NotSame,
    Opened,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FeedbackArgs {
    /// `SeenBefore.question.id`.
    pub question: String,
    pub hit: String,
    pub verdict: FeedbackVerdict,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct UndoArgs {
    pub undo: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LinkArgs {
    pub a: String,
    /// SPEC §5.4: `same_as`, `duplicate_of`, …
    pub kind: String,
    pub b: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct UnlinkArgs {
    pub a: String,
    pub b: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportArgs {
    /// A file or a directory on this machine.
    pub path: String,
    /// The source's name; made from the file's name when left out.
    #[serde(default)]
    #[ts(optional)]
    pub source: Option<String>,
    /// `auto`, `jsonl`, `jira`, `zendesk`, `github` or `csv`.
    #[serde(default)]
    #[ts(optional)]
    pub format: Option<String>,
    /// For CSV: columns whose names do not say which field they hold. Goes before what the names say; other formats
    /// have no columns and pass it over.
    #[serde(default)]
    #[ts(optional)]
    pub mapping: Option<Vec<ColumnMapping>>,
}

/// One column of a CSV and the field of a ticket that it holds. Several columns may hold one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ColumnMapping {
    /// `id`, `subject`, `body`, `created_at`, …: a refusal lists them all.
    pub field: String,
    /// As the header writes it; capitals and spaces around it do not matter.
    pub column: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct JobArgs {
    pub id: u64,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DoctorArgs {
    pub repair: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EventsArgs {
    pub after: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CasesArgs {
    /// Ticket ids, answered in the same order; those that are gone are left out.
    pub ids: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ForgetArgs {
    /// The workspace's folder, as `workspace_status` names it: nobody destroys one by a slip.
    pub home: String,
}

/// With neither, the key is looked for once more where it was put.
#[derive(Clone, Default, Deserialize, TS)]
pub struct OpenArgs {
    /// As it was written down.
    #[serde(default)]
    #[ts(optional)]
    pub recovery: Option<String>,
    /// The one that opens it; or, where the workspace is new or restored, the one that is to.
    #[serde(default)]
    #[ts(optional)]
    pub passphrase: Option<String>,
    /// Mend it first where it does not open for its database's sake.
    #[serde(default)]
    #[ts(optional)]
    pub repair: Option<bool>,
}

#[derive(Clone, Deserialize, TS)]
pub struct PassphraseArgs {
    pub passphrase: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct RedactArgs {
    pub text: String,
    /// Tickets whose people are taken out by name: who asked, who answered. Ids that are not here are passed over.
    #[serde(default)]
    #[ts(optional)]
    pub tickets: Option<Vec<String>>,
    /// More people to take out by name.
    #[serde(default)]
    #[ts(optional)]
    pub people: Option<Vec<String>>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RetentionArgs {
    pub rules: Vec<RetentionRuleView>,
    /// How many tickets go, as `retention_preview` said: nobody deletes more than they were shown.
    #[serde(default)]
    #[ts(optional)]
    pub confirmed: Option<u64>,
}

/// One of the two.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PurgeArgs {
    #[ts(optional)]
    pub source: Option<String>,
    #[ts(optional)]
    pub ticket: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ScanArgs {
    pub word: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct LedgerArgs {
    /// RFC 3339: requests from then on.
    #[ts(optional)]
    pub since: Option<String>,
    #[ts(optional)]
    pub source: Option<String>,
    #[ts(optional)]
    pub offset: Option<u32>,
    /// At most 1,000.
    #[ts(optional)]
    pub limit: Option<u32>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ReplayArgs {
    /// The newest so many of the tickets whose answer is known; 1,000 when left out.
    #[ts(optional)]
    pub limit: Option<u32>,
    /// Places that count; 10 when left out, at most 100.
    #[ts(optional)]
    pub k: Option<u32>,
}

/// Whether what the team's own links taught may count in ranking.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct AdaptationArgs {
    pub on: bool,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ExamArgs {
    /// Places that count; 10 when left out, at most 100.
    #[ts(optional)]
    pub k: Option<u32>,
}

/// Which of the tickets that were asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExamWhich {
    All,
    First,
    FirstFive,
    FirstTen,
    /// No right answer among the first `k`.
    Missed,
    /// A right answer among the candidates.
    Candidate,
    NoCandidate,
    /// Among the first `k` of this and of what it is held against …
    Both,
    /// … of this alone …
    HereAlone,
    /// … of that alone …
    ThereAlone,
    /// … and of neither.
    Neither,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExamRowsArgs {
    /// `in_use`, `without_age` or, with a semantic pack, `without_pack`.
    pub configuration: String,
    /// What it is held against: `before`, or another way to rank; of the tickets that both asked. Of all tickets, and against the
    /// first other way to rank, when left out.
    #[serde(default)]
    #[ts(optional)]
    pub against: Option<String>,
    pub which: ExamWhich,
    #[serde(default)]
    #[ts(optional)]
    pub age: Option<String>,
    #[serde(default)]
    #[ts(optional)]
    pub product: Option<String>,
    #[serde(default)]
    #[ts(optional)]
    pub label: Option<String>,
    #[serde(default)]
    #[ts(optional)]
    pub k: Option<u32>,
}

/// A folder on this machine.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FolderArgs {
    pub path: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct KnowledgeNewArgs {
    /// `known_error`, `article`, `runbook` or `concept`.
    pub kind: String,
    /// The ticket's subject when left out.
    #[serde(default)]
    pub title: Option<String>,
    /// Made from the title when left out.
    #[serde(default)]
    pub id: Option<String>,
    /// A ticket that it begins with. What belongs to somebody is taken out.
    #[serde(default)]
    pub ticket: Option<String>,
}
