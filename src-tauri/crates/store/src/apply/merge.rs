//! Merges that a source tells apart from the ticket: what became of it stands in what was said, not in its record.

use super::{Known, PageWriter};
use crate::{Result, error::Doing, link};
use domain::{DocId, Link, LinkKind, ResolutionClass, Ticket};
use rusqlite::OptionalExtension;

impl PageWriter<'_> {
    pub(super) fn merge(&mut self, known: &Known, ticket: &str, into: &str) -> Result<()> {
        if known.deleted || ticket == into {
            return Ok(());
        }
        let changed = self
            .transaction
            .prepare_cached(
                "UPDATE ticket SET merged_into = ?2, resolution_class = 'duplicate'
                 WHERE id = ?1 AND (merged_into IS NOT ?2 OR resolution_class IS NOT 'duplicate')",
            )
            .and_then(|mut statement| statement.execute((known.row, into)))
            .doing("store a merge")?;
        if changed > 0 {
            self.touched.insert(DocId::ticket(known.row));
        }
        self.tie(ticket, into)
    }

    /// A ticket that was just written, and says that it was a duplicate and not of what.
    pub(super) fn stay_merged(&self, ticket: &Ticket, row: i64) -> Result<()> {
        if ticket.merged_into.is_some() || ticket.resolution_class != Some(ResolutionClass::Duplicate) {
            return Ok(());
        }
        let into: Option<String> = self
            .transaction
            .prepare_cached("SELECT merged_into FROM ticket WHERE id = ?1 AND merged_into IS NOT NULL")
            .and_then(|mut statement| statement.query_row([row], |row| row.get(0)).optional())
            .doing("look for a merge")?;
        into.map_or(Ok(()), |into| self.tie(&ticket.id, &into))
    }

    fn tie(&self, ticket: &str, into: &str) -> Result<()> {
        let to = Link { kind: LinkKind::DuplicateOf, to: into.to_owned() };
        link::add_imported(self.transaction, self.source, ticket, &to, self.now)
    }
}
