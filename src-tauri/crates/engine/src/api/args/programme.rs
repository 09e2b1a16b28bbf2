//! What is passed in about the programme.

use crate::api::view::InterviewNote;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ProgrammeTickArgs {
    /// Its name, as `programme_get` says it.
    pub step: String,
    pub done: bool,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct InterviewArgs {
    /// Of one that is there; left out, it is a new one.
    #[ts(optional)]
    pub id: Option<i64>,
    /// `null` lets go of it.
    pub note: Option<InterviewNote>,
}
