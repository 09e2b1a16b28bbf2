//! What is passed in to practise.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TrainingArgs {
    /// Cases of this product alone.
    #[ts(optional)]
    pub product: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TrainingAnswerArgs {
    pub ticket: String,
    /// One of the options; left out, it is something new.
    #[ts(optional)]
    pub choice: Option<String>,
    /// What they would have done.
    pub said: String,
}
