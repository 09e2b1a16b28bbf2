//! What servers are added, paused and removed with.

use crate::api::view::SourceOption;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SourceArgs {
    pub name: String,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct RhythmArgs {
    /// From 1 to 1,440; `null`: only when somebody asks.
    pub minutes: Option<u32>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SourcePauseArgs {
    pub name: String,
    /// `false`: it is asked again from now on.
    pub paused: bool,
}

#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SourceAddArgs {
    /// `github`, `redmine`, `rt`, …
    pub kind: String,
    /// As a browser shows it: `https://github.com/OWNER/REPOSITORY`.
    pub url: String,
    /// Made from the address when left out.
    #[serde(default)]
    #[ts(optional)]
    pub name: Option<String>,
    #[serde(default)]
    #[ts(optional)]
    pub options: Option<Vec<SourceOption>>,
    /// A token. It goes to where the workspace's key lies, and nowhere else; left out, an earlier one stays.
    #[serde(default)]
    #[ts(optional)]
    pub secret: Option<String>,
    /// The token lies nowhere, and is gone when the program ends.
    #[serde(default)]
    #[ts(optional)]
    pub this_run: Option<bool>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SourceRemoveArgs {
    pub name: String,
    /// Everything that came from it goes too, for good.
    #[serde(default)]
    #[ts(optional)]
    pub purge: Option<bool>,
}
