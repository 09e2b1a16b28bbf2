//! How a ticket was served, as its source measured it.

use serde::Serialize;
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, TS)]
pub struct ServiceView {
    /// Milliseconds from its first word to the first answer.
    pub first_reply: Option<i64>,
    pub replies: Option<u64>,
    pub reopens: Option<u64>,
    pub rating: Option<RatingView>,
    /// What the customer asked for in a portal.
    pub request_type: Option<String>,
    pub organizations: Vec<String>,
    pub promises: Vec<PromiseView>,
}

/// What the customer thought of it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RatingView {
    pub score: String,
    pub satisfied: bool,
    /// In the customer's words.
    pub said: Option<String>,
}

/// A promise about time.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PromiseView {
    /// What is measured, as the source calls it.
    pub measure: String,
    pub policy: Option<String>,
    /// Milliseconds.
    pub goal: Option<i64>,
    /// The goal is in hours at work.
    pub at_work: bool,
    #[ts(type = "'kept' | 'broken' | 'running' | 'paused'")]
    pub state: &'static str,
    /// When it was kept or broken, or will be broken.
    pub at: Option<i64>,
    /// Milliseconds that are left, where somebody knows.
    pub left: Option<i64>,
}
