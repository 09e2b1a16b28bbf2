//! What stays here and what may leave: redaction, retention, purge.

#[cfg(test)]
mod measured;
pub(crate) mod redact;
