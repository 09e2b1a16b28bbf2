//! Practice on past cases.

use super::NamedCase;
use serde::Serialize;
use ts_rs::TS;

/// A case as it was on its day. Nothing of what came later is in it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TrainingCase {
    pub ticket: String,
    pub subject: String,
    /// Sanitised.
    pub body_html: String,
    pub product: Option<String>,
    pub components: Vec<String>,
    pub versions: Vec<String>,
    pub environment: Option<String>,
    pub created_at: i64,
    /// It was tried before, and is due again.
    pub again: bool,
    /// What it might have been, besides something new.
    pub options: Vec<TrainingOption>,
    pub standing: TrainingStanding,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct TrainingOption {
    pub id: String,
    /// `ticket` or `known_error`.
    pub kind: String,
    pub title: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct TrainingOutcome {
    pub ticket: String,
    pub correct: bool,
    /// The same problem, as it was known on that day; none where it was new.
    pub was: Vec<NamedCase>,
    /// Notes that explain what is behind it.
    pub concepts: Vec<NamedCase>,
    /// What was done in the end.
    pub resolution: String,
    /// From its arrival until it was solved.
    pub hours: Option<f64>,
    /// When it comes again.
    pub again_at: i64,
    pub standing: TrainingStanding,
}

/// How it goes: for whoever practises alone.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct TrainingStanding {
    /// In the last 24 hours.
    pub today: u32,
    pub right_today: u32,
    pub all: u32,
    pub right: u32,
    /// Cases that are due again.
    pub due: u32,
}
