//! Cases that were measured once, in the order that other weights would give them.

use super::places::{self, Placed};
use crate::{
    FEATURES, Weights,
    features::{COUNT, Features},
};
use domain::{DocId, Millis};

/// What is kept of a ranked case to weigh it again: numbers alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    pub doc: DocId,
    pub created_at: Millis,
    /// In the order of [`crate::FEATURES`].
    pub features: [f64; COUNT],
    /// The points of its score that come from none of them.
    pub rest: f64,
}

impl Measured {
    pub fn of(case: &super::Ranked, created_at: Millis, weights: &Weights) -> Self {
        let rest = case.score - weighed(&case.features, weights);
        Self { doc: case.doc, created_at, features: case.features, rest }
    }
}

/// Best first, as [`super::rank`] would put them; a receipt leaves out what nobody could see, so that cases within a few
/// hundredths of a point may change places.
pub fn reorder(measured: &[Measured], weights: &Weights) -> Vec<DocId> {
    let mut scored: Vec<Scored> = measured.iter().map(|case| Scored::of(case, weights)).collect();
    scored.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then(b.created_at.cmp(&a.created_at)).then_with(|| a.doc.cmp(&b.doc))
    });
    places::keep(scored).into_iter().map(|case| case.doc).collect()
}

struct Scored {
    doc: DocId,
    created_at: Millis,
    score: f64,
    without_age: f64,
}

impl Scored {
    fn of(case: &Measured, weights: &Weights) -> Self {
        let score = case.rest + weighed(&case.features, weights);
        let age =
            FEATURES.iter().zip(case.features.iter().zip(&weights.features)).find(|(name, _)| **name == "recency");
        let without_age = score - age.map_or(0.0, |(_, (value, weight))| value * weight);
        Self { doc: case.doc, created_at: case.created_at, score, without_age }
    }
}

impl Placed for Scored {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn without_age(&self) -> f64 {
        self.without_age
    }
}

fn weighed(features: &Features, weights: &Weights) -> f64 {
    features.iter().zip(&weights.features).map(|(value, weight)| value * weight).sum()
}
