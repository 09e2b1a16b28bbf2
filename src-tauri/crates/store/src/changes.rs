//! The change sequence: which documents changed after a given point. The index reads it to catch up.

use crate::{Error, Result, Store, error::Doing};
use domain::{DocId, DocKind};
use rusqlite::Transaction;
use std::collections::{BTreeSet, HashSet};

impl Store {
    /// The newest change. 0 in an empty store.
    pub fn sequence(&self) -> Result<i64> {
        self.read(|reader| {
            reader.query_row("SELECT value FROM sequence", [], |row| row.get(0)).doing("read the change sequence")
        })
    }

    /// Documents changed after `after`, oldest change first, at most `limit`. A document that changed twice comes once,
    /// at its newest change.
    pub fn changes_since(&self, after: i64, limit: usize) -> Result<Vec<(i64, DocId)>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT seq, kind, row FROM change WHERE seq > ?1 ORDER BY seq LIMIT ?2")
                .doing("read changes")?;
            let rows = statement.query_map((after, limit as i64), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
            let rows =
                rows.doing("read changes")?.collect::<rusqlite::Result<Vec<(i64, u8, i64)>>>().doing("read changes")?;
            rows.into_iter().map(|(seq, kind, row)| Ok((seq, DocId { kind: kind_of(kind)?, row }))).collect()
        })
    }

    /// The ids of [`Store::documents`].
    pub fn document_ids(&self) -> Result<HashSet<DocId>> {
        self.read(|reader| {
            let sql = "SELECT ?1, id FROM ticket WHERE deleted = 0 UNION ALL SELECT ?2, id FROM known_error
                       UNION ALL SELECT ?3, id FROM article";
            let mut statement = reader.prepare(sql).doing("list documents")?;
            let kinds = DocKind::ALL.map(|kind| kind as u8);
            let rows = statement.query_map(kinds, |row| Ok((row.get(0)?, row.get(1)?))).doing("list documents")?;
            let rows: Vec<(u8, i64)> = rows.collect::<rusqlite::Result<_>>().doing("list documents")?;
            rows.into_iter().map(|(kind, row)| Ok(DocId { kind: kind_of(kind)?, row })).collect()
        })
    }

    /// Documents that a complete index holds: live tickets, known errors and articles.
    pub fn documents(&self) -> Result<u64> {
        self.read(|reader| {
            let sql = "SELECT (SELECT count(*) FROM ticket WHERE deleted = 0) + (SELECT count(*) FROM known_error)
                         + (SELECT count(*) FROM article)";
            reader.query_row(sql, [], |row| row.get::<_, i64>(0)).doing("count documents").map(|count| count as u64)
        })
    }
}

pub(crate) fn kind_of(kind: u8) -> Result<DocKind> {
    let known = DocKind::ALL.into_iter().find(|known| *known as u8 == kind);
    known.ok_or_else(|| Error::Unreadable { what: "the change sequence", value: kind.to_string() })
}

/// Gives each touched document a new place in the sequence. Called once at the end of a transaction.
pub(crate) fn record(transaction: &Transaction<'_>, touched: &BTreeSet<DocId>) -> Result<()> {
    if touched.is_empty() {
        return Ok(());
    }
    let before: i64 =
        transaction.query_row("SELECT value FROM sequence", [], |row| row.get(0)).doing("read the change sequence")?;
    let mut statement = transaction
        .prepare_cached(
            "INSERT INTO change (kind, row, seq) VALUES (?1, ?2, ?3) ON CONFLICT (kind, row) DO UPDATE SET seq = excluded.seq",
        )
        .doing("record a change")?;
    let mut seq = before;
    for doc in touched {
        seq += 1;
        statement.execute((doc.kind as u8, doc.row, seq)).doing("record a change")?;
    }
    transaction.execute("UPDATE sequence SET value = ?1", [seq]).doing("move the change sequence")?;
    Ok(())
}
