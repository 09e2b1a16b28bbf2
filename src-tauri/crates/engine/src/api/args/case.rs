//! What is passed in about files that tell what happened on a ticket, and what led to what.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CaseFileRemoveArgs {
    /// Its number.
    pub undo: i64,
    /// It was taken away, and comes back.
    #[ts(optional, as = "Option<bool>")]
    pub back: bool,
}

/// Of these three one: a file that lies here, a file's name and what is in it, or the address of a recording.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CaseFileAddArgs {
    pub ticket: String,
    #[ts(optional)]
    pub path: Option<String>,
    #[ts(optional)]
    pub name: Option<String>,
    /// Each letter is a byte of it.
    #[ts(optional)]
    pub data: Option<String>,
    #[ts(optional)]
    pub link: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CaseTicketArgs {
    pub ticket: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CaseLinesArgs {
    /// Of the file.
    pub id: i64,
    /// Of a group; all lines when left out.
    #[ts(optional)]
    pub group: Option<u64>,
    pub offset: u32,
    /// At most 500.
    pub limit: u32,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ChainSayArgs {
    pub ticket: String,
    /// As the axis calls them.
    pub cause: String,
    pub effect: String,
}
