//! Runbooks of the team's folder.

use super::{StepDone, StepOutcomeView, TriedView};
use serde::Serialize;
use ts_rs::TS;

#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct RunbookView {
    pub id: String,
    pub display_id: String,
    pub title: String,
    /// Below the folder.
    pub path: String,
    /// `work_in_progress`, `not_validated` or `validated`.
    pub confidence: String,
    pub product: Option<String>,
    /// `config_check`, `ops_action`, `flag` or `data_fix`; empty where it does not say.
    pub kind: String,
    /// `l1`, `l2` or `l3_engineer`; empty where everybody may.
    pub min_tier: String,
    /// It needs a higher tier than the one that was chosen at this machine.
    pub above: bool,
    /// Who has to agree first; empty where nobody has to.
    pub approval: String,
    /// Who agreed, on the ticket that was named.
    pub approved_by: Option<String>,
    /// The feature flag that it is about.
    pub flag: String,
    /// The page on which it is done; https, or empty.
    pub url: String,
    /// The request that it makes.
    pub call: Option<RunbookCallView>,
    /// Those that were made on the ticket that was named.
    pub called: Vec<RunbookCallNote>,
    pub when: String,
    pub before: String,
    pub steps: Vec<String>,
    pub back: String,
    pub tried: TriedView,
    /// Of the ticket that was named: steps that are ticked, from 1, and what came of it.
    pub done: Vec<StepDone>,
    pub outcome: Option<StepOutcomeView>,
}

/// What a runbook would send, byte for byte.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RunbookCallView {
    /// `POST` or `PUT`.
    pub method: String,
    pub url: String,
    pub host: String,
    /// JSON.
    pub body: String,
    /// A lead allowed it, in `calls.yml` of the folder.
    pub allowed: bool,
    /// A token is kept for the host.
    pub token: bool,
    /// Of exactly this: who sends it says what they saw.
    pub seal: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct RunbookCallNote {
    pub said: String,
    pub at: i64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct RunbookCalled {
    /// `done`, `not_done`, or `unclear`: it may have arrived.
    pub outcome: String,
    pub status: Option<u16>,
    pub said: String,
    /// The beginning of what came back, as plain text. Kept nowhere.
    pub answer: String,
}
