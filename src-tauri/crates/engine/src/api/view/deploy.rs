//! What runs where, as the team's own records say.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, TS)]
pub struct DeploysView {
    /// Oldest first, at most 2,000; of one environment, the last counts.
    pub deploys: Vec<DeployView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeployView {
    /// `null` where a source tells of something that lies in no repository here.
    pub repo: Option<String>,
    /// As the team calls it.
    pub environment: String,
    /// As the tag is called; as the source calls it, where that names no release.
    pub release: String,
    pub at: i64,
    /// The commit, where the source says it.
    #[serde(default)]
    pub commit: Option<String>,
    /// What the source calls the product.
    #[serde(default)]
    pub product: Option<String>,
    /// Who tells of it; `null`: a person here did, and may change it.
    #[serde(default)]
    pub source: Option<String>,
}

/// An environment that has a fix.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FixDeployView {
    pub environment: String,
    pub release: String,
    pub at: i64,
    /// Who tells of it; `null`: a person here.
    pub source: Option<String>,
}

/// What a source tells of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ToldReleaseView {
    pub source: String,
    /// When it was published; `null` where nobody says.
    pub at: Option<i64>,
    /// Where people read of it in a browser.
    pub url: Option<String>,
}
