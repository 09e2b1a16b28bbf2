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
    pub when: String,
    pub before: String,
    pub steps: Vec<String>,
    pub back: String,
    pub tried: TriedView,
    /// Of the ticket that was named: steps that are ticked, from 1, and what came of it.
    pub done: Vec<StepDone>,
    pub outcome: Option<StepOutcomeView>,
}
