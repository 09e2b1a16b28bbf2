//! What is passed in about known errors, their steps and their files.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReplyArgs {
    pub known_error: String,
    /// Whose customer is told.
    #[serde(default)]
    #[ts(optional)]
    pub ticket: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StepsArgs {
    pub ticket: String,
    /// A known error.
    pub entry: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StepLogArgs {
    pub ticket: String,
    pub entry: String,
    /// From 1; 0 is the whole of it.
    #[serde(default)]
    #[ts(optional, type = "number")]
    pub step: u32,
    /// `done`, `worked` or `did_not_work`.
    pub outcome: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FlagArgs {
    /// A known error, or an entry of the folder.
    pub entry: String,
    /// What is wrong with it.
    pub said: String,
    /// Where it was noticed.
    #[serde(default)]
    #[ts(optional)]
    pub ticket: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FlagSettleArgs {
    #[ts(type = "number")]
    pub id: i64,
    /// `false` raises it again.
    pub settled: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct KnowledgeTextArgs {
    /// The file that it is, or will be.
    pub path: String,
    pub text: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct KnowledgeSaveArgs {
    pub path: String,
    /// What the file held when it was read.
    pub before: String,
    pub text: String,
}

/// Fields of one entry; what is left out stays as it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct KnowledgeSetArgs {
    /// Its id or its path.
    pub id: String,
    #[ts(optional)]
    pub state: Option<String>,
    #[ts(optional)]
    pub confidence: Option<String>,
    #[ts(optional)]
    pub fix_versions: Option<Vec<String>>,
    /// A day; empty takes the promise back.
    #[ts(optional)]
    pub eta: Option<String>,
    #[ts(optional)]
    pub eta_by: Option<String>,
    /// A ticket that it is about too.
    #[ts(optional)]
    pub ticket: Option<String>,
    /// The code that it is about, each as `repository:path#symbol@version`; in the place of what it says now.
    #[ts(optional)]
    pub code: Option<Vec<String>>,
    /// Somebody looked: it is right at the newest release of its code.
    #[ts(optional, as = "Option<bool>")]
    pub code_checked: bool,
}
