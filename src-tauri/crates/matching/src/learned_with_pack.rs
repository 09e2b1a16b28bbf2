//! Written by `cargo xtask train`; `tests/train/main.rs` says from what. In points.

use crate::features::COUNT;

/// Where it is known what the texts mean, in the order of [`crate::FEATURES`].
pub(crate) const LEARNED: [f64; COUNT] = [
    0.00,  // words
    9.65,  // title_words
    2.82,  // asked_in_text
    18.71, // text_words
    22.54, // coverage
    24.87, // title_coverage
    16.25, // its_title
    34.99, // brief
    1.18,  // brief_title
    4.56,  // component
    0.00,  // product
    9.60,  // stack_trace
    9.54,  // error
    5.24,  // frames
    0.00,  // identifiers
    57.92, // recency
    85.35, // meaning
    4.23,  // meaning_place
];
