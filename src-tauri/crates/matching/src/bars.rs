//! Written by `cargo xtask train`; `tests/train/main.rs` says from what. Log-odds that a case is the same problem.

pub(crate) const ALWAYS: f64 = -1.49;
/// For all of the question's text and title.
pub(crate) const BOTH: f64 = 8.27;
/// For all of its title.
pub(crate) const TITLE: f64 = -1.80;

/// Cases that are considered: how much they have at least of what the best has of the text …
pub(crate) const NEAR_THE_BEST: f64 = 0.95;
/// … and of the title.
pub(crate) const LEAST_TITLE: f64 = 0.34;

/// From here on a case is the same problem: right in 70 of 100 questions of the sets …
pub(crate) const SEEN: f64 = -0.26;
/// … and from here on it may be: in 40.
pub(crate) const MAYBE: f64 = -1.11;
