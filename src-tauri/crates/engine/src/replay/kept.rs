//! What an exam measured, as it is kept: for each ticket that was asked, where its answers stood. Ids and numbers, no text.

use super::{adapt::Adaptation, escalated::Escalated};
use matching::Weights;
use serde::{Deserialize, Serialize};
use store::TieBy;

/// Places that are looked at.
pub(super) const LOOKED_AT: usize = 100;

/// A way to rank that takes part.
pub(super) struct Configuration {
    pub name: &'static str,
    pub weights: Weights,
    /// Whether what is known of meanings takes part.
    pub meaning: bool,
}

impl Configuration {
    /// The same for the same weights, to tell whether two exams weighed alike.
    pub(super) fn fingerprint(&self) -> String {
        let weights = format!("{:?}", self.weights);
        blake3::hash(weights.as_bytes()).to_hex().get(..16).unwrap_or_default().into()
    }
}

/// What is ranked with where the team's own links teach nothing.
pub(super) fn shipped(with_pack: bool) -> Weights {
    if with_pack { Weights::with_meaning() } else { Weights::default() }
}

/// The one in use first. Where a semantic pack has read the workspace, that is with it, and one goes without. Where the
/// team's own links taught something, what is in use of the two is held against the other.
pub(super) fn configurations(with_pack: bool, adapted: Option<(Weights, bool)>) -> Vec<Configuration> {
    let shipped = shipped(with_pack);
    let (weights, other) = match adapted {
        Some((adapted, true)) => (adapted, Some(Configuration { name: SHIPPED, weights: shipped, meaning: with_pack })),
        Some((adapted, false)) => {
            (shipped, Some(Configuration { name: ADAPTED, weights: adapted, meaning: with_pack }))
        }
        None => (shipped, None),
    };
    let mut all = vec![
        Configuration { name: "in_use", weights, meaning: with_pack },
        Configuration { name: "without_age", weights: weights.without_age(), meaning: with_pack },
    ];
    if with_pack {
        all.push(Configuration { name: "without_pack", weights: Weights::default(), meaning: false });
    }
    all.extend(other);
    all
}

/// Names of the one of the two that is not in use.
pub(super) const SHIPPED: &str = "shipped";
pub(super) const ADAPTED: &str = "adapted";

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Report {
    /// Names of the ways to rank, in the order of every list below.
    pub configurations: Vec<String>,
    /// Of each, which weights it had.
    #[serde(default)]
    pub weights: Vec<String>,
    /// Tickets and known errors that could have answered the newest question.
    pub documents: u64,
    /// Tickets whose answer is known, whether they were asked or not.
    pub labelled: u64,
    /// Those that were asked, oldest first.
    pub cases: Vec<Asked>,
    /// Tickets that nothing ties to any other, for what is said of them. Oldest first.
    pub untied: Vec<Asked>,
    /// All tickets of that time that nothing ties to any other.
    #[serde(default)]
    pub untied_total: u64,
    /// Whether it was noted how sure each case was.
    #[serde(default)]
    pub judged: bool,
    /// What the team's own links taught; none in an exam of an earlier version.
    #[serde(default)]
    pub adaptation: Option<Adaptation>,
    /// What engineering got, asked again as of when it was raised; oldest first.
    #[serde(default)]
    pub escalated: Vec<Escalated>,
    /// All that counted as escalated.
    #[serde(default)]
    pub escalated_total: u64,
    /// To make the index of the past.
    pub prepared_ms: f64,
}

/// One ticket that was asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub ticket: String,
    /// Why its answer is known; none where it is not.
    pub label: Option<String>,
    /// How old the newest right answer was.
    pub days: Option<f64>,
    /// How many right answers there were.
    pub right: u32,
    /// The newest right answer.
    pub answer: Option<String>,
    /// Whether any of them was among the candidates.
    pub found: bool,
    /// Of each configuration, the places of the right answers among the first hundred.
    pub places: Vec<Vec<u32>>,
    /// Of each configuration, what stood first.
    pub first: Vec<Option<String>>,
    /// In use: the cases that were surer than all before them, and whether each was right.
    #[serde(default)]
    pub sure: Vec<(f64, bool)>,
    /// The same of shipped and adapted weights for the one that is not in use.
    #[serde(default)]
    pub sure_otherwise: Vec<(f64, bool)>,
    pub ms: f64,
}

impl Asked {
    /// Where the first right answer stood.
    pub(crate) fn place(&self, configuration: usize) -> Option<u32> {
        self.places.get(configuration).and_then(|places| places.first()).copied()
    }

    pub(crate) fn is_within(&self, configuration: usize, k: u32) -> bool {
        self.place(configuration).is_some_and(|place| place <= k)
    }
}

pub(super) fn label(by: TieBy) -> &'static str {
    match by {
        TieBy::Human => "human",
        TieBy::Used => "used",
        TieBy::Duplicate => "duplicate",
        TieBy::Merge => "merge",
        TieBy::KnownError => "known_error",
        TieBy::Article => "article",
        TieBy::Issue => "issue",
        TieBy::Mention => "mention",
    }
}
