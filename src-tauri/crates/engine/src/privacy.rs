//! What stays here and what may leave: redaction, retention, purge, and what a person can see of it all.

pub(crate) mod lost;
#[cfg(test)]
mod measured;
pub(crate) mod overview;
pub(crate) mod purge;
pub(crate) mod redact;
pub(crate) mod retention;
