//! What each reason to show a case is worth, in points: a tenth of a unit of log-odds.

use crate::{
    features::{COUNT, FEATURES},
    learned::LEARNED,
    learned_with_pack,
};
use domain::Candidate;

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

/// By words alone.
impl Default for Weights {
    fn default() -> Self {
        Self::from_learned(LEARNED)
    }
}

impl Weights {
    /// Where it is known what the question means, and what most of the candidates do.
    pub fn with_meaning() -> Self {
        Self::from_learned(learned_with_pack::LEARNED)
    }

    /// Those that fit what is known of the candidates. While a workspace is still being read, it is ranked by words alone:
    /// what is read already would push aside what is not.
    pub fn for_these(candidates: &[Candidate]) -> Self {
        let read = candidates.iter().filter(|candidate| candidate.meaning.is_some()).count();
        if !candidates.is_empty() && read * 10 >= candidates.len() * 9 { Self::with_meaning() } else { Self::default() }
    }

    fn from_learned(features: [f64; COUNT]) -> Self {
        Self { features: at_least(features), held: 12.0, told_elsewhere: 6.0, used: 3.0 }
    }

    /// These, with other points for what is measured; what few public tickets have stays worth at least as much as is said.
    pub fn with_features(self, features: [f64; COUNT]) -> Self {
        Self { features: at_least(features), ..self }
    }

    /// As if it did not matter how old a case is.
    pub fn without_age(mut self) -> Self {
        for (weight, _) in self.features.iter_mut().zip(FEATURES).filter(|(_, name)| *name == "recency") {
            *weight = 0.0;
        }
        self
    }
}

fn at_least(mut features: [f64; COUNT]) -> [f64; COUNT] {
    for (weight, name) in features.iter_mut().zip(FEATURES) {
        let least = LEAST.iter().find(|(of, _)| *of == name).map_or(0.0, |(_, least)| *least);
        *weight = weight.max(least);
    }
    features
}
