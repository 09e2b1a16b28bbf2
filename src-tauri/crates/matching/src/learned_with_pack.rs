//! Written by `cargo xtask train`; `tests/train/main.rs` says from what. In points.

use crate::features::COUNT;

/// Where it is known what the texts mean, in the order of [`crate::FEATURES`].
pub(crate) const LEARNED: [f64; COUNT] = [
    0.00,  // words
    9.57,  // title_words
    2.73,  // asked_in_text
    18.71, // text_words
    22.38, // coverage
    25.11, // title_coverage
    16.32, // its_title
    34.72, // brief
    1.10,  // brief_title
    4.56,  // component
    0.00,  // product
    9.61,  // stack_trace
    9.50,  // error
    5.30,  // frames
    0.00,  // identifiers
    57.93, // recency
    85.40, // meaning
    4.23,  // meaning_place
];
