//! Why a case is not among the hits.

use super::ReceiptPart;
use serde::Serialize;
use ts_rs::TS;

/// An earlier case, named.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NamedCase {
    /// `ticket`, `known_error` or `article`.
    pub kind: String,
    pub id: String,
    pub display_id: String,
    pub title: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WhyNotState {
    /// It is among the hits.
    Shown,
    /// A candidate, ranked behind those that are shown.
    Below,
    /// It shares something with the question, and others share so much more that it was not looked at.
    Outside,
    /// No word, identifier, signature or frame of the question that counts is in it.
    NothingShared,
    /// Something keeps it out, whatever it says: see `reasons`.
    Barred,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct WhyNotReason {
    /// What bars it: `itself`, `not_same`, `excluded`, `newer` (than the time that was asked for), `changed_since` (a known
    /// error: what it said before, nobody kept). Worth a word: `merged`, and `kept` (the other stands before it in spite of
    /// fewer points: two of the first five places are kept for cases that only their age holds back).
    pub code: String,
    /// `merged`: the ticket that it went into.
    pub other: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct WhyNot {
    pub case: NamedCase,
    pub state: WhyNotState,
    pub reasons: Vec<WhyNotReason>,
    /// Its place among all that were ranked; that which it would have, where it is barred or outside. `null` where it shares
    /// nothing, or did not exist.
    pub place: Option<u32>,
    pub of: u32,
    /// How many are shown.
    pub shown: u32,
    pub score: Option<f64>,
    /// The parts sum to `score`.
    pub receipt: Vec<ReceiptPart>,
    /// What it is compared with: the last hit that is shown; the first, where it is shown itself.
    pub other: Option<WhyNotHit>,
    /// Part by part, what it lacks most first; they sum to the difference of the two scores.
    pub differences: Vec<WhyNotDifference>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct WhyNotHit {
    pub case: NamedCase,
    pub place: u32,
    pub score: f64,
    pub receipt: Vec<ReceiptPart>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct WhyNotDifference {
    /// As in a receipt.
    pub kind: String,
    pub field: String,
    /// Its points …
    pub its: f64,
    /// … and those of the other.
    pub others: f64,
    pub its_detail: Vec<String>,
    pub others_detail: Vec<String>,
}
