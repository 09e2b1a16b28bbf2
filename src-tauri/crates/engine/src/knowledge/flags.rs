//! Flags: somebody says that an entry is wrong, or no longer right.

use super::{edit, list::source, shelf};
use crate::{
    Engine, Error, Result,
    api::{
        args::{FlagArgs, FlagSettleArgs},
        view::{Done, FeedbackReply},
    },
    known, text, ticket,
};
use ::knowledge::Entry;
use domain::Key;

const LONGEST: usize = 2_000;

pub(crate) fn raise(engine: &Engine, args: &FlagArgs) -> Result<FeedbackReply> {
    engine.must_own()?;
    let said = text::cut(args.said.trim(), LONGEST);
    if said.is_empty() {
        return Err(Error::BadInput("say what is wrong with it: whoever mends it was not there".into()));
    }
    let entry = key_of(engine, args.entry.trim())?;
    let ticket = args.ticket.as_deref().map(|id| ticket::find(engine, id)).transpose()?.map(|stored| stored.key);
    let now = engine.core.clock.now();
    Ok(FeedbackReply { undo: engine.core.store.raise_flag(&entry, said, ticket.as_ref(), now)? })
}

pub(crate) fn settle(engine: &Engine, args: &FlagSettleArgs) -> Result<Done> {
    engine.must_own()?;
    let at = args.settled.then(|| engine.core.clock.now());
    if engine.core.store.settle_flag(args.id, at)? {
        Ok(Done {})
    } else {
        Err(Error::NotFound { what: "flag to settle under the number", id: args.id.to_string() })
    }
}

/// A known error of any source, or an entry of the folder by its id or path.
fn key_of(engine: &Engine, id: &str) -> Result<Key> {
    match known::find(engine, id) {
        Ok(known) => Ok(known.key),
        Err(Error::NotFound { .. }) => {
            let shelf = shelf(engine)?;
            let (path, _, _) = edit::open(&shelf, id)?;
            let state = shelf.read()?;
            let entry = state.entries.iter().find(|entry: &&Entry| entry.path == path);
            let missing = || Error::NotFound { what: "entry", id: id.into() };
            entry.map(|entry| Key::new(source(), entry.id.as_str())).ok_or_else(missing)
        }
        Err(error) => Err(error),
    }
}
