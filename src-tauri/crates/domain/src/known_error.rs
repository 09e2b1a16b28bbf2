//! Known errors (ITIL): analysed, unresolved problems with a workaround and a place where the fix will ship.

use crate::{Audience, Millis};
use serde::{Deserialize, Serialize};

/// SPEC §5.3. `Regressed` is reached from released, verified or closed when it is seen on a version ≥ the fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KnownErrorState {
    #[default]
    Identified,
    WorkaroundAvailable,
    FixInProgress,
    FixReleased,
    FixVerified,
    Closed,
    WontFix,
    Regressed,
}

impl KnownErrorState {
    pub const ALL: [Self; 8] = [
        Self::Identified,
        Self::WorkaroundAvailable,
        Self::FixInProgress,
        Self::FixReleased,
        Self::FixVerified,
        Self::Closed,
        Self::WontFix,
        Self::Regressed,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identified => "identified",
            Self::WorkaroundAvailable => "workaround_available",
            Self::FixInProgress => "fix_in_progress",
            Self::FixReleased => "fix_released",
            Self::FixVerified => "fix_verified",
            Self::Closed => "closed",
            Self::WontFix => "wont_fix",
            Self::Regressed => "regressed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// A known error as a source or an interchange line describes it.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KnownError {
    pub id: String,
    pub title: String,
    pub state: KnownErrorState,
    pub cause: Option<String>,
    pub product: Option<String>,
    #[serde(alias = "component", deserialize_with = "one_or_many")]
    pub components: Vec<String>,
    /// Version ranges as written: `2.1`, `>=2.1 <2.3.1`, `2.x`.
    pub affected_versions: Vec<String>,
    pub fix_versions: Vec<String>,
    /// Numbered steps that reduce the impact without a fix.
    pub workaround: Vec<String>,
    /// Of those who tried the workaround, how many it helped.
    pub workaround_worked: u32,
    pub workaround_tried: u32,
    pub eta_at: Option<Millis>,
    pub eta_by: Option<String>,
    pub owner: Option<String>,
    /// Ids of tickets of the same source that this error caused.
    pub tickets: Vec<String>,
    /// An error text or stack trace that is typical for it; its signature is matched exactly.
    pub error_text: Option<String>,
    pub url: Option<String>,
    /// Ids of the concept notes that explain what is behind it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub concepts: Vec<String>,
    /// For whom it is meant; `None` where its source does not say.
    pub audience: Option<Audience>,
    pub created_at: Millis,
    pub updated_at: Millis,
}

fn one_or_many<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
        None,
    }
    Ok(match OneOrMany::deserialize(input)? {
        OneOrMany::One(one) => vec![one],
        OneOrMany::Many(many) => many,
        OneOrMany::None => Vec::new(),
    })
}
