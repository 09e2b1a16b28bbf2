//! Everything of a source, or of one ticket, goes for good: rows, index, what was derived, and the bytes on disk.

use crate::{
    Engine, Error, Result,
    api::{
        args::{PurgeArgs, ScanArgs},
        view::{Event, PurgeView, ScanView},
    },
    backups, sources, ticket,
};
use domain::SourceName;

/// What would go.
pub(crate) fn preview(engine: &Engine, args: &PurgeArgs) -> Result<PurgeView> {
    let copies = backups::holding_everything(&engine.core).len() as u64;
    match (&args.source, &args.ticket) {
        (Some(name), None) => {
            let source = named(name)?;
            let holds = engine.core.store.holdings(&source)?.ok_or_else(|| missing(name))?;
            Ok(PurgeView {
                what: source.to_string(),
                tickets: holds.tickets,
                comments: holds.comments,
                known_errors: holds.known_errors,
                articles: holds.articles,
                copies,
            })
        }
        (None, Some(id)) => {
            let stored = ticket::find(engine, id)?;
            let comments = engine.core.store.comments(stored.row)?.len() as u64;
            let what = stored.key.to_string();
            Ok(PurgeView { what, tickets: 1, comments, known_errors: 0, articles: 0, copies })
        }
        _ => Err(Error::BadInput("a purge takes either a source or a ticket".into())),
    }
}

/// What went.
pub(crate) fn purge(engine: &Engine, args: &PurgeArgs) -> Result<PurgeView> {
    let indexer = engine.must_own()?;
    let gone = preview(engine, args)?;
    match (&args.source, &args.ticket) {
        (Some(name), _) => {
            sources::forget_token(engine, name)?;
            engine.core.store.purge_source(&named(name)?)?;
        }
        (_, id) => engine.lose_access(id.as_deref().unwrap_or_default())?,
    }
    indexer.erase(true)?;
    backups::renew(&engine.core)?;
    // Also where no document went with it: a source is gone from every list.
    engine.core.events.emit(Event::Changed { seq: engine.core.store.sequence()? });
    Ok(gone)
}

impl Engine {
    /// Nobody here may read this ticket any more: its source refuses it, or hides it. Its text goes at once; the traces on
    /// disk go with the next [`erase`](crate::indexer::Indexer::erase).
    pub(crate) fn lose_access(&self, id: &str) -> Result<()> {
        self.must_own()?;
        let stored = ticket::find(self, id)?;
        Ok(self.core.store.purge_ticket(stored.row)?)
    }
}

/// Whether a word is anywhere in the workspace, read as it is without its encryption.
pub(crate) fn scan(engine: &Engine, args: &ScanArgs) -> Result<ScanView> {
    let word = args.word.trim();
    if word.chars().count() < 3 {
        return Err(Error::BadInput("a word to look for has at least three letters".into()));
    }
    engine.wait_until_searchable()?;
    Ok(ScanView { database: engine.core.store.occurrences(word)?, index: engine.core.index().occurrences(word)? })
}

fn named(name: &str) -> Result<SourceName> {
    SourceName::new(name.trim()).map_err(|bad| Error::BadInput(bad.to_string()))
}

fn missing(name: &str) -> Error {
    Error::NotFound { what: "source", id: name.into() }
}
