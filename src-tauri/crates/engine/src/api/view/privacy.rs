//! What may leave this machine, and what stays how long.

use serde::Serialize;
use ts_rs::TS;

/// A text that may leave. Copy `text` as it is: it is what was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RedactedView {
    pub text: String,
    /// What was taken out, in order.
    pub spans: Vec<RedactedSpan>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RedactedSpan {
    /// In bytes of the text as it was given.
    pub start: u64,
    pub end: u64,
    /// `email`, `phone`, `iban`, `card`, `jwt`, `token`, `secret`, `credentials`, `private_key`, `ip` or `name`.
    pub kind: String,
    /// What stands in its place: `[e-mail 1]`. The same value has the same number.
    pub placeholder: String,
}
