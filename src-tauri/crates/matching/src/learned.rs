//! Written by `cargo xtask train`; `tests/train/main.rs` says from what. In points.

use crate::features::COUNT;

/// By words alone, in the order of [`crate::FEATURES`].
pub(crate) const LEARNED: [f64; COUNT] = [
    10.39, // words
    16.11, // title_words
    2.78,  // asked_in_text
    20.69, // text_words
    51.11, // coverage
    21.70, // title_coverage
    20.72, // its_title
    50.42, // brief
    0.00,  // brief_title
    9.92,  // component
    11.64, // product
    0.00,  // stack_trace
    10.39, // error
    0.00,  // frames
    0.00,  // identifiers
    48.40, // recency
    0.00,  // meaning
    0.00,  // meaning_place
];
