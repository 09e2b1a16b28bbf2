//! The shipped weights: learned from nothing, where the product's own adaptation learns from these.

use crate::replay::Question;
pub use engine::Points as Weights;

/// As if the weights had been seen this close to zero before: decides only between features that say the same.
const PULL: f64 = 1.0;
pub const COUNT: usize = engine::FEATURES.len();

pub fn weights<'a>(questions: impl Iterator<Item = &'a Question>) -> Weights {
    engine::fit(questions.map(|question| question.cases.as_slice()), &[0.0; COUNT], PULL)
}

/// Moved a little from those that are known, as in the product.
pub fn adapted<'a>(questions: impl Iterator<Item = &'a Question>, around: &Weights) -> Weights {
    engine::fit(questions.map(|question| question.cases.as_slice()), around, engine::ADAPTATION_PULL)
}

pub fn dot(a: &Weights, b: &Weights) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
