//! What a source brought, after the source took back what it had allowed. It stays readable for a week: most often a token
//! ran out, and a new one mends it. After that nobody here is meant to read it any more.

use domain::Millis;
use store::{SourceFailure, Store};

/// Days from the first refusal on.
const GRACE: i64 = 7;

/// The codes of a server that took back what it had allowed.
const LOST: [&str; 4] = ["token_refused", "signed_out", "access_denied", "not_there"];

/// How many tickets and known errors went.
pub(crate) fn purge(store: &Store, now: Millis) -> store::Result<u64> {
    let mut gone = 0;
    for source in store.sources()? {
        let lost = source.failure.filter(|failure| LOST.contains(&failure.code.as_str()));
        if lost.is_some_and(|failure| failure.at <= now.minus_days(GRACE)) {
            let held = store.empty_source(&source.name)?;
            gone += held.tickets + held.known_errors;
        }
    }
    Ok(gone)
}

/// When access was first refused: a second refusal of the same kind does not give another week.
pub(crate) fn since(before: Option<&SourceFailure>, code: &str, now: Millis) -> Millis {
    before.filter(|before| before.code == code && LOST.contains(&code)).map_or(now, |before| before.at)
}
