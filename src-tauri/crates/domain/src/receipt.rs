//! Why a case was shown: the parts of its score, in words and points.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// Words in common, one part per field.
    Terms,
    /// How much of what the question says it says too, once or often.
    Covers,
    /// It says what it says in few words.
    Brief,
    /// It means much the same, in whatever words.
    Meaning,
    /// The same error signature.
    Signature,
    /// Stack frames in common.
    Frames,
    /// Ids, error codes, versions in common.
    Identifiers,
    /// The same component or product.
    Component,
    Recency,
    /// How the earlier case ended.
    Outcome,
}

/// One part of a score. `detail` lists what counted, strongest first (terms, codes, a component's name).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    pub kind: PartKind,
    /// For `Terms`: the field. Empty otherwise.
    pub field: String,
    pub detail: Vec<String>,
    pub points: f64,
}

/// The parts sum to the score that ranked the case; a hit without one is a bug.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Receipt {
    pub parts: Vec<Part>,
}

impl Receipt {
    /// The score is nothing but this sum, so the two cannot disagree.
    pub fn score(&self) -> f64 {
        self.parts.iter().map(|part| part.points).sum()
    }
}
