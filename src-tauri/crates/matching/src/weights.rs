//! What each reason to show a case is worth, in points: a tenth of a unit of log-odds.

use crate::{
    features::{COUNT, FEATURES},
    learned::LEARNED,
};

/// The measures of [`FEATURES`] are weighed as was learned on labelled duplicates of other trackers than those by which
/// README.md judges them. What people did with a case is in no public set: those weights are chosen, small beside a title
/// in common. Another set of weights is a value, not a build.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    pub features: [f64; COUNT],
    /// Solved, and it stayed solved: there is something to learn from it.
    pub held: f64,
    /// Its answer did not last, or is told in the case that it repeats.
    pub told_elsewhere: f64,
    /// When a person used this case before; it grows with the logarithm of how often.
    pub used: f64,
}

/// Few public tickets carry the trace of the failure that they repeat; in support many do. These are worth at least so
/// much, whatever was learned.
const LEAST: [(&str, f64); 3] = [("stack_trace", 25.0), ("frames", 4.0), ("identifiers", 2.0)];

impl Default for Weights {
    fn default() -> Self {
        let mut features = LEARNED;
        for (weight, name) in features.iter_mut().zip(FEATURES) {
            let least = LEAST.iter().find(|(of, _)| *of == name).map_or(0.0, |(_, least)| *least);
            *weight = weight.max(least);
        }
        Self { features, held: 12.0, told_elsewhere: 6.0, used: 3.0 }
    }
}

impl Weights {
    /// As if it did not matter how old a case is.
    pub fn without_age(mut self) -> Self {
        for (weight, _) in self.features.iter_mut().zip(FEATURES).filter(|(_, name)| *name == "recency") {
            *weight = 0.0;
        }
        self
    }
}
