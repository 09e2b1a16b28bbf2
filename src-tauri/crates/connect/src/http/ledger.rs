//! What is noted of each request, so that a person can see everything that ever left this machine.

/// Noted before the first byte leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// With its port where that is not the usual one.
    pub host: String,
    pub method: &'static str,
    /// Without the query.
    pub path: String,
    /// Why it is made: `issues`, `comments`, `test`, …
    pub purpose: &'static str,
}

/// Noted when it is over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// `None`: there was no answer.
    pub status: Option<u16>,
    /// The code of the failure that ended it.
    pub failed: Option<&'static str>,
    /// What went over the socket for it, with TLS and the proxy's greeting where there are any.
    pub bytes_out: u64,
    pub bytes_in: u64,
}

/// Where requests are noted. A request that cannot be noted is not made.
pub trait Ledger: Send + Sync {
    /// The number of the note; `None` where it could not be written.
    fn begin(&self, entry: &Entry) -> Option<i64>;
    fn end(&self, number: i64, outcome: &Outcome);
}
