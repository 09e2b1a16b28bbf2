//! What texts mean, in bytes that a model made of them. Derived: any can be made again.

use crate::{Result, Store, changes::kind_of, error::Doing};
use domain::{DocId, DocKind, Millis};
use std::collections::HashSet;

/// One document's vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredVector {
    pub doc: DocId,
    pub created_at: Millis,
    /// Of the text that it was made from.
    pub text: [u8; 16],
    /// The document's change that it is abreast of.
    pub seq: i64,
    pub bytes: Vec<u8>,
}

/// A document that has no vector yet, or one of an earlier text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    pub doc: DocId,
    pub seq: i64,
}

/// Documents that live, and whether their vector is abreast of them.
const LIVING: &str = "
  SELECT ?2 AS kind, ticket.id AS row, change.seq AS seq, ticket.updated_at AS updated_at
    FROM ticket JOIN change ON change.kind = ?2 AND change.row = ticket.id WHERE ticket.deleted = 0
  UNION ALL
  SELECT ?3, known_error.id, change.seq, known_error.updated_at
    FROM known_error JOIN change ON change.kind = ?3 AND change.row = known_error.id";
const BEHIND: &str = "NOT EXISTS (SELECT 1 FROM vector WHERE vector.kind = living.kind AND vector.row = living.row
  AND vector.model = ?1 AND vector.seq >= living.seq)";
const KINDS: (u8, u8) = (DocKind::Ticket as u8, DocKind::KnownError as u8);

impl Store {
    /// Those of a model, in no order.
    pub fn vectors(&self, model: &str) -> Result<Vec<StoredVector>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT kind, row, created_at, text, seq, bytes FROM vector WHERE model = ?1")
                .doing("read vectors")?;
            let rows = statement.query_map([model], |row| {
                let doc: (u8, i64) = (row.get(0)?, row.get(1)?);
                Ok((doc, Millis(row.get(2)?), row.get(3)?, row.get(4)?, row.get(5)?))
            });
            let mut all = Vec::new();
            for row in rows.doing("read vectors")? {
                let ((kind, row), created_at, text, seq, bytes) = row.doing("read vectors")?;
                all.push(StoredVector { doc: DocId { kind: kind_of(kind)?, row }, created_at, text, seq, bytes });
            }
            Ok(all)
        })
    }

    /// What a model has not read yet as it is now, newest change first. It looks at every row: ask when something changed.
    pub fn unread(&self, model: &str) -> Result<Vec<Unread>> {
        self.read(|reader| {
            let sql = format!(
                "SELECT kind, row, seq FROM ({LIVING}) AS living WHERE {BEHIND} ORDER BY updated_at DESC, row DESC"
            );
            let mut statement = reader.prepare_cached(&sql).doing("find what has no vector")?;
            let (ticket, known) = KINDS;
            let rows = statement
                .query_map((model, ticket, known), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .doing("find what has no vector")?;
            let mut all = Vec::new();
            for row in rows {
                let (kind, row, seq): (u8, i64, i64) = row.doing("find what has no vector")?;
                all.push(Unread { doc: DocId { kind: kind_of(kind)?, row }, seq });
            }
            Ok(all)
        })
    }

    /// Keeps vectors, each in the place of an earlier one. What went meanwhile gets none. Answers which were kept.
    pub fn set_vectors(&self, model: &str, vectors: &[StoredVector]) -> Result<Vec<DocId>> {
        if vectors.is_empty() {
            return Ok(Vec::new());
        }
        self.write_aside(|transaction| {
            let mut kept = Vec::with_capacity(vectors.len());
            let mut statement = transaction
                .prepare_cached(
                    "INSERT OR REPLACE INTO vector (kind, row, model, text, seq, created_at, bytes)
                     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE EXISTS (
                       SELECT 1 FROM ticket WHERE ?1 = ?8 AND id = ?2 AND deleted = 0
                       UNION ALL SELECT 1 FROM known_error WHERE ?1 = ?9 AND id = ?2)",
                )
                .doing("keep vectors")?;
            let (ticket, known) = KINDS;
            for one in vectors {
                let (kind, row) = (one.doc.kind as u8, one.doc.row);
                let values = (kind, row, model, one.text, one.seq, one.created_at.0, &one.bytes, ticket, known);
                if statement.execute(values).doing("keep vectors")? > 0 {
                    kept.push(one.doc);
                }
            }
            Ok(kept)
        })
    }

    /// Which of these documents have a vector of a model.
    pub fn with_vector(&self, model: &str, docs: &[DocId]) -> Result<HashSet<DocId>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT 1 FROM vector WHERE kind = ?2 AND row = ?3 AND model = ?1")
                .doing("find vectors")?;
            let mut have = HashSet::new();
            for doc in docs {
                if statement.exists((model, doc.kind as u8, doc.row)).doing("find vectors")? {
                    have.insert(*doc);
                }
            }
            Ok(have)
        })
    }

    /// All of them go, whatever model made them.
    pub fn forget_vectors(&self) -> Result<()> {
        self.write_aside(|transaction| transaction.execute("DELETE FROM vector", []).doing("forget vectors").map(drop))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Change, SourceName, Ticket};

    fn source() -> SourceName {
        SourceName::new("files").unwrap()
    }

    fn put(store: &Store, id: &str, updated_at: i64) {
        let at = Millis(updated_at);
        let ticket = Ticket { id: id.into(), subject: id.into(), updated_at: at, created_at: at, ..Ticket::default() };
        store.ensure_source(&source(), "files", Millis(1)).unwrap();
        store.apply(&source(), &[Change::Ticket(Box::new(ticket))], None, Millis(10)).unwrap();
    }

    fn read(store: &Store, model: &str, one: Unread) -> Vec<DocId> {
        let Unread { doc, seq } = one;
        let vector = StoredVector { doc, created_at: Millis(5), text: [7; 16], seq, bytes: vec![1, 2, 3] };
        store.set_vectors(model, &[vector]).unwrap()
    }

    fn rows(unread: &[Unread]) -> Vec<i64> {
        unread.iter().map(|one| one.doc.row).collect()
    }

    #[test]
    fn what_changed_last_is_read_first_and_only_what_changed_again_is_read_again() {
        let store = Store::in_memory().unwrap();
        (1..=3).for_each(|n| put(&store, &format!("T-{n}"), n * 10));
        let unread = store.unread("tiny").unwrap();
        assert_eq!(rows(&unread), [3, 2, 1]);
        unread.iter().for_each(|one| assert_eq!(read(&store, "tiny", *one), [one.doc]));
        assert_eq!((store.unread("tiny").unwrap(), store.vectors("tiny").unwrap().len()), (Vec::new(), 3));
        put(&store, "T-2", 90);
        assert_eq!(rows(&store.unread("tiny").unwrap()), [2]);
        assert_eq!(store.vectors("tiny").unwrap().len(), 3, "until then the old one stays");
        assert_eq!(rows(&store.unread("other").unwrap()), [2, 3, 1], "another model has read nothing");
        store.forget_vectors().unwrap();
        assert_eq!(store.vectors("tiny").unwrap(), Vec::new());
    }

    #[test]
    fn a_vector_goes_with_its_ticket_and_none_comes_after_it() {
        let store = Store::in_memory().unwrap();
        (1..=3).for_each(|n| put(&store, &format!("T-{n}"), n * 10));
        let unread = store.unread("tiny").unwrap();
        unread.iter().for_each(|one| drop(read(&store, "tiny", *one)));
        store.purge_ticket(3).unwrap();
        assert_eq!(store.vectors("tiny").unwrap().len(), 2);
        assert_eq!(read(&store, "tiny", unread[0]), [], "it was read before the ticket went");
        store.purge_source(&source()).unwrap();
        assert_eq!((store.vectors("tiny").unwrap(), store.unread("tiny").unwrap()), (Vec::new(), Vec::new()));
    }
}
