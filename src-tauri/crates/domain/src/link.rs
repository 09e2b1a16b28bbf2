//! Links between records: typed, attributed, never a merge.

use serde::{Deserialize, Serialize};

/// SPEC §5.4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    SameAs,
    DuplicateOf,
    SimilarTo,
    CausedBy,
    ResolvedBy,
    DocumentedIn,
    FixedBy,
    IntroducedBy,
    Mentions,
    EvidenceFor,
    RegressedFrom,
    EscalatedAs,
}

impl LinkKind {
    pub const ALL: [Self; 12] = [
        Self::SameAs,
        Self::DuplicateOf,
        Self::SimilarTo,
        Self::CausedBy,
        Self::ResolvedBy,
        Self::DocumentedIn,
        Self::FixedBy,
        Self::IntroducedBy,
        Self::Mentions,
        Self::EvidenceFor,
        Self::RegressedFrom,
        Self::EscalatedAs,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::SameAs => "same_as",
            Self::DuplicateOf => "duplicate_of",
            Self::SimilarTo => "similar_to",
            Self::CausedBy => "caused_by",
            Self::ResolvedBy => "resolved_by",
            Self::DocumentedIn => "documented_in",
            Self::FixedBy => "fixed_by",
            Self::IntroducedBy => "introduced_by",
            Self::Mentions => "mentions",
            Self::EvidenceFor => "evidence_for",
            Self::RegressedFrom => "regressed_from",
            Self::EscalatedAs => "escalated_as",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Who says that a link holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkOrigin {
    Human,
    Rule,
    Import,
    Inferred,
}

impl LinkOrigin {
    pub const ALL: [Self; 4] = [Self::Human, Self::Rule, Self::Import, Self::Inferred];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Rule => "rule",
            Self::Import => "import",
            Self::Inferred => "inferred",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.as_str() == text)
    }
}

/// `Negative` is *not the same*: it sticks for ever and can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    Positive,
    Negative,
}

/// A link as a source tells it, seen from the ticket that carries it. The target may not have arrived yet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    pub kind: LinkKind,
    /// The target's id in the same source.
    pub to: String,
}
