//! Written by `cargo xtask train`; `tests/train/main.rs` says from what. In points.

use crate::features::COUNT;

/// By words alone, in the order of [`crate::FEATURES`].
pub(crate) const LEARNED: [f64; COUNT] = [
    9.61,  // words
    16.31, // title_words
    3.05,  // asked_in_text
    20.85, // text_words
    51.79, // coverage
    21.62, // title_coverage
    21.06, // its_title
    50.95, // brief
    0.00,  // brief_title
    9.83,  // component
    11.60, // product
    0.00,  // stack_trace
    9.15,  // error
    0.00,  // frames
    0.00,  // identifiers
    48.51, // recency
    0.00,  // meaning
    0.00,  // meaning_place
];
