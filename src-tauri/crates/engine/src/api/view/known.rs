//! Known errors as a list, what was tried of them, and what there is to look at.

use serde::Serialize;
use ts_rs::TS;

/// How often something helped, of the tickets on which it was tried.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct TriedView {
    pub worked: u32,
    pub tried: u32,
    /// Between which shares the true one probably lies (Wilson, 95 %); `null` where nobody tried.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// When it helped last, as far as it was said here.
    pub confirmed_at: Option<i64>,
    /// What customers ran whom it helped.
    pub versions: Vec<String>,
    /// The tickets on which it was said here.
    pub tickets: Vec<String>,
}

/// What was tried of one known error on one ticket.
#[derive(Clone, Debug, Serialize, TS)]
pub struct StepsView {
    /// Steps that are ticked, from 1, each with the number that takes it back.
    pub done: Vec<StepDone>,
    /// What came of it.
    pub outcome: Option<StepOutcomeView>,
    pub tried: TriedView,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct StepDone {
    pub step: u32,
    pub undo: i64,
    pub at: i64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct StepOutcomeView {
    /// `worked` or `did_not_work`.
    pub outcome: String,
    pub undo: i64,
    pub at: i64,
}

/// Code that an entry is about and that says something else in a later release.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct CodeChangedView {
    pub repo: String,
    pub path: String,
    pub symbol: Option<String>,
    /// The release at which somebody last looked.
    pub from: String,
    /// The first one after it that has another text.
    pub to: String,
    pub newest: String,
    /// The newest one does not have the file.
    pub gone: bool,
}

/// Why an entry needs a look.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FreshnessCause {
    /// `flag` (somebody says that it is wrong), `ratio` (lately it helped less), `eta` (the promised day has passed),
    /// `shipped` (its fix is released, and it does not say so), `came_back` (seen on a version that has the fix), `code`
    /// (what it is about changed in a release) or `repeat` (handed over although it was answered; why is what is said).
    pub kind: String,
    /// A flag's words, a version, a ticket.
    pub said: Option<String>,
    /// Of `ratio`: of the latest, how many it helped.
    pub worked: u32,
    pub tried: u32,
    /// Of `flag`: its number.
    pub id: Option<i64>,
    /// Of `code`.
    pub code: Option<CodeChangedView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct KnownErrorList {
    pub rows: Vec<KnownErrorRow>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct KnownErrorRow {
    pub id: String,
    pub display_id: String,
    pub source: String,
    pub title: String,
    /// SPEC §5.3.
    pub state: String,
    pub product: Option<String>,
    pub components: Vec<String>,
    pub affected_versions: Vec<String>,
    pub fix_versions: Vec<String>,
    /// Steps of its workaround.
    pub steps: u32,
    pub tried: TriedView,
    pub tickets: u64,
    /// When the last of them came.
    pub last_at: Option<i64>,
    pub owner: Option<String>,
    pub eta_at: Option<i64>,
    pub eta_by: Option<String>,
    pub eta_past: bool,
    pub updated_at: i64,
    /// Its file in the knowledge folder; `null` of what came from elsewhere, which is changed there.
    pub path: Option<String>,
    /// Of its file: `work_in_progress`, `not_validated` or `validated`.
    pub confidence: Option<String>,
    /// `ok`, `check` or `stale`.
    pub freshness: String,
    pub causes: Vec<FreshnessCause>,
}

/// A file of the folder, before and after it was changed: what an undo needs.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KnowledgeChanged {
    pub path: String,
    pub before: String,
    pub text: String,
}

/// What there is to mend in a text that may become an entry's.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KnowledgeDraftCheck {
    pub findings: Vec<String>,
}
