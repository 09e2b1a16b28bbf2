//! Promises about time: some sources tell all of one at once, others what happened to it, one by one and more than once.

use super::{Known, PageWriter, hash_of};
use crate::{Result, error::Doing};
use domain::Promise;

impl PageWriter<'_> {
    pub(super) fn promise(&mut self, ticket: &Known, promise: &Promise) -> Result<()> {
        if ticket.deleted {
            return Ok(());
        }
        let time = |at: Option<domain::Millis>| at.map(|at| at.0);
        self.transaction
            .prepare_cached(include_str!("../sql/upsert_promise.sql"))
            .and_then(|mut statement| {
                statement.execute(rusqlite::named_params! {
                    ":ticket": ticket.row, ":measure": promise.measure, ":round": promise.round, ":policy": promise.policy,
                    ":goal": promise.goal, ":at_work": promise.at_work, ":started": time(promise.started_at),
                    ":due": time(promise.due_at), ":met": time(promise.met_at), ":broken": time(promise.broken_at),
                    ":spared": promise.spared, ":paused": promise.paused, ":left": promise.left,
                })
            })
            .doing("store a promise about time")?;
        Ok(())
    }
}

/// What is said of one promise is several things: each waits by itself.
pub(super) fn pending_id(promise: &Promise) -> String {
    hash_of(promise).iter().map(|byte| format!("{byte:02x}")).collect()
}
