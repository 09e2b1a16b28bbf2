//! Written by `cargo xtask train`; README.md and `tests/train/main.rs` say from what. In points.

use crate::features::COUNT;

/// In the order of [`crate::FEATURES`].
pub(crate) const LEARNED: [f64; COUNT] = [
    29.57, // words
    27.18, // title_words
    18.17, // asked_in_text
    6.20,  // text_words
    47.92, // coverage
    48.44, // brief
    23.83, // brief_title
    10.35, // component
    11.69, // product
    0.00,  // stack_trace
    6.45,  // error
    0.00,  // frames
    0.00,  // identifiers
    47.73, // recency
];
