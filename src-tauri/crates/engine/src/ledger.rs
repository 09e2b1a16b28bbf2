//! Everything that ever left this machine, for people to read.

use crate::{
    Engine, Error, Result,
    api::{
        args::LedgerArgs,
        view::{Ledger, LedgerRow},
    },
};
use domain::Millis;
use store::{RequestFilter, StoredRequest};

/// Lines to a page, at most.
const MOST: u32 = 1_000;

pub(crate) fn list(engine: &Engine, args: &LedgerArgs) -> Result<Ledger> {
    let since = args.since.as_deref().map(Millis::parse).transpose();
    let since = since.map_err(|bad| Error::BadInput(bad.to_string()))?;
    let filter = RequestFilter { since, source: args.source.clone() };
    let store = &engine.core.store;
    let totals = store.request_totals(&filter)?;
    let limit = args.limit.unwrap_or(MOST).min(MOST);
    let rows = store.requests(&filter, u64::from(args.offset.unwrap_or(0)), u64::from(limit))?;
    Ok(Ledger {
        total: totals.requests,
        bytes_out: totals.bytes_out,
        bytes_in: totals.bytes_in,
        rows: rows.into_iter().map(row).collect(),
    })
}

fn row(stored: StoredRequest) -> LedgerRow {
    let StoredRequest { at, source, host, method, path, purpose, status, failed, bytes_out, bytes_in } = stored;
    LedgerRow { at: at.0, source, host, method, path, purpose, status, failed, bytes_out, bytes_in }
}
