//! Written by `cargo xtask train`; `tests/train/main.rs` says from what. In points.

use crate::features::COUNT;

/// By words alone, in the order of [`crate::FEATURES`].
pub(crate) const LEARNED: [f64; COUNT] = [
    10.43, // words
    16.14, // title_words
    2.80,  // asked_in_text
    20.50, // text_words
    51.38, // coverage
    21.63, // title_coverage
    20.67, // its_title
    50.83, // brief
    0.00,  // brief_title
    9.92,  // component
    11.65, // product
    0.00,  // stack_trace
    10.34, // error
    0.00,  // frames
    0.00,  // identifiers
    48.40, // recency
    0.00,  // meaning
    0.00,  // meaning_place
];
