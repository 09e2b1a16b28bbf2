//! What is passed in about capturing, curating and following up.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CaptureArgs {
    pub ticket: String,
}

/// What somebody saw and saves. What belongs to somebody is taken out of it once more.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CaptureSaveArgs {
    pub ticket: String,
    /// `known_error` or `article`.
    pub kind: String,
    pub title: String,
    pub issue: String,
    pub environment: String,
    pub cause: String,
    /// Numbered steps.
    pub workaround: String,
    pub resolution: String,
    /// Code that it is about, each as `repository:path#symbol@version`.
    #[ts(optional, as = "Option<Vec<String>>")]
    pub code: Vec<String>,
}

/// The ticket is about what an entry says. Each text that is given takes the place of what the entry said.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CaptureIntoArgs {
    pub ticket: String,
    /// Its id or its path.
    pub entry: String,
    #[ts(optional)]
    pub issue: Option<String>,
    #[ts(optional)]
    pub environment: Option<String>,
    #[ts(optional)]
    pub cause: Option<String>,
    #[ts(optional)]
    pub workaround: Option<String>,
    #[ts(optional)]
    pub resolution: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AsideArgs {
    /// `capture:TICKET`, or the `item` of what is shown.
    pub item: String,
    /// Left out, it is taken up again.
    #[serde(default)]
    #[ts(optional)]
    pub why: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MergeEntriesArgs {
    /// The path of the one that stays.
    pub keep: String,
    /// The path of the one that is archived; its tickets go over.
    pub archive: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DeedUndoArgs {
    /// Left out, the last one that has a way back.
    #[ts(optional, type = "number")]
    pub id: Option<i64>,
}
