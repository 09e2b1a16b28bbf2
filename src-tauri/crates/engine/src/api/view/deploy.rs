//! What runs where, as the team's own records say.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, TS)]
pub struct DeploysView {
    /// Oldest first; of one environment, the last counts.
    pub deploys: Vec<DeployView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeployView {
    pub repo: String,
    /// As the team calls it.
    pub environment: String,
    /// As the tag is called.
    pub release: String,
    pub at: i64,
}

/// An environment that has a fix.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FixDeployView {
    pub environment: String,
    pub release: String,
    pub at: i64,
}
