//! The outbound line's values: what is asked, what the index finds, what the store knows of each case.

use crate::{DocId, DocKind, Frame, Millis, ResolutionClass, Signature};
use serde::{Deserialize, Serialize};

/// A ticket or pasted text, read. Made by `matching::read`, answered by `index.candidates`.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Question {
    pub title: String,
    /// Plain text: markup is already gone.
    pub body: String,
    /// Ids, error codes, hex codes, SHAs, addresses, qualified names, as written and without repeats.
    pub identifiers: Vec<String>,
    /// Text in quotes that is worth finding as a phrase (an error message, a button's name).
    pub phrases: Vec<String>,
    /// Strongest first: stack traces, then log lines, then bare error codes.
    pub signatures: Vec<Signature>,
    /// The code that a trace names (spans, and the exceptions in them): what failed first, each place once.
    #[serde(default)]
    pub traced: Vec<Frame>,
    pub product: Option<String>,
    pub components: Vec<String>,
    /// Versions given by the ticket's fields first, then those that the text mentions.
    pub versions: Vec<String>,
}

/// Which documents may answer.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Only what existed before this moment.
    pub as_of: Option<Millis>,
    /// Documents since this moment are looked at even where many older ones have more words in common.
    pub recent: Option<Millis>,
    /// The question itself, its merged twins, and what a person called *not the same*.
    pub exclude: Vec<DocId>,
    /// Empty means every kind.
    pub kinds: Vec<DocKind>,
    /// Looked at besides, whatever their words say.
    pub also: Vec<DocId>,
}

/// A searchable field of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Title,
    Body,
    Resolution,
}

impl Field {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
            Self::Resolution => "resolution",
        }
    }
}

/// One term of the question that a document contains, and what BM25 gave for it.
#[derive(Clone, Debug, PartialEq)]
pub struct TermHit {
    pub field: Field,
    /// The word as the question writes it (not its stem).
    pub term: String,
    /// Whether the question's title has it too.
    pub asked_in_title: bool,
    pub points: f32,
}

/// A document that may answer, with everything that the index knows about why.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub doc: DocId,
    /// Strongest first.
    pub terms: Vec<TermHit>,
    /// Identifiers of the question that this document carries whole.
    pub identifiers: Vec<String>,
    /// Codes of signatures that this document shares with the question.
    pub signatures: Vec<String>,
    /// Frame functions that this document shares with the question.
    pub frames: Vec<String>,
    /// How many words its title has, those that say nothing left out.
    pub title_words: f32,
    /// How long its title is; 1 is the average of all documents.
    pub title_length: f32,
    /// The same of its text.
    pub body_length: f32,
    /// How alike it is to the question in what it means: from 0 (not at all) to 1. Unknown without a semantic pack, and
    /// where nobody has read it yet. The index knows nothing of it; who asked fills it in.
    pub meaning: Option<f32>,
}

impl Candidate {
    pub fn bm25(&self) -> f32 {
        self.terms.iter().map(|hit| hit.points).sum()
    }
}

/// How an earlier case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Still open, or closed without a word on how.
    #[default]
    Unresolved,
    /// Solved and stayed solved.
    Held,
    /// Solved, then opened again.
    Reopened,
    /// Closed because it repeats another ticket.
    Duplicate,
    /// Closed without a change: not a fault, or will not be fixed.
    NoFix,
}

/// What the store knows of a candidate that ranking needs. No text.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseFacts {
    pub doc: DocId,
    pub created_at: Millis,
    pub updated_at: Millis,
    pub product: Option<String>,
    pub components: Vec<String>,
    pub outcome: Outcome,
    pub resolution_class: Option<ResolutionClass>,
    /// Times that a person said *used* for this case, on any question.
    pub used: u32,
}
