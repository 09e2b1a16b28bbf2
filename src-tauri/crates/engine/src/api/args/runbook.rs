//! Runbooks, and what is noted of them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct RunbooksArgs {
    /// With what was ticked on it.
    #[ts(optional)]
    pub ticket: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct RunbookLogArgs {
    pub ticket: String,
    /// Of the runbook.
    pub id: String,
    /// From 1; 0 is the whole of it.
    #[ts(optional, type = "number")]
    pub step: u32,
    /// `done`, `worked` or `did_not_work`; not needed with `approved_by`.
    pub outcome: String,
    /// Who agreed that it is done.
    #[ts(optional)]
    pub approved_by: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RunbookCallArgs {
    pub ticket: String,
    /// Of the runbook.
    pub id: String,
    /// Of the request that was looked at.
    pub seal: String,
}

#[derive(Clone, Serialize, Deserialize, TS)]
pub struct RunbookTokenArgs {
    /// With its port, where it is not 443.
    pub host: String,
    /// Empty to forget it. It goes to where the workspace's key lies, and nowhere else.
    pub secret: String,
}
