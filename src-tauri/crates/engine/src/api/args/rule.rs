//! What is passed in about detection rules.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A rule of the folder, or a text that may become one.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct RuleArgs {
    /// Its id or its path.
    #[ts(optional)]
    pub id: Option<String>,
    /// Instead of what the folder holds.
    #[ts(optional)]
    pub text: Option<String>,
    /// Where the text lies or will lie: gives the id where the text does not.
    #[ts(optional)]
    pub path: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct RuleTestArgs {
    pub rule: RuleArgs,
    /// A stored ticket …
    #[ts(optional)]
    pub ticket: Option<String>,
    /// … or a text.
    #[ts(optional)]
    pub against: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RuleSaveArgs {
    pub text: String,
    /// Of the file that is changed; a new one is called by its id.
    #[serde(default)]
    #[ts(optional)]
    pub path: Option<String>,
    /// What that file held when it was read.
    #[serde(default)]
    #[ts(optional)]
    pub before: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TriageArgs {
    pub ticket: String,
    /// The rule that suggests it.
    pub rule: String,
    /// `false`: it is wrong here.
    pub taken: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RuleStateArgs {
    pub id: String,
    /// `draft`, `enabled` or `muted`.
    pub state: String,
}
