//! Sources and how far each of their streams is taken in.

use crate::{
    Result, Store,
    apply::{from_json, json},
    error::Doing,
};
use domain::{Millis, SourceName};
use rusqlite::{OptionalExtension, Row, Transaction};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSource {
    pub name: SourceName,
    pub kind: String,
    pub tickets: u64,
    pub last_ok_at: Option<Millis>,
    /// `None` where nobody is asked: files, the sample, a source whose connection was removed.
    pub connection: Option<Connection>,
    pub failure: Option<SourceFailure>,
    /// It is left alone until somebody looks.
    pub stopped: bool,
    /// The server asked to be left alone until then.
    pub not_before: Option<Millis>,
}

/// Where a source is asked, and what the person chose for it. Holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    pub url: String,
    pub options: BTreeMap<String, String>,
    /// A token was given; it lies elsewhere.
    pub has_token: bool,
}

/// Why the last run ended early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFailure {
    pub code: String,
    /// In words.
    pub words: String,
    pub at: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedCursor {
    pub cursor: String,
    /// The stream was read to its end.
    pub done: bool,
}

const SOURCES: &str = "SELECT name, kind, last_ok_at,
       (SELECT count(*) FROM ticket WHERE source_id = source.id AND deleted = 0),
       url, options, failed_code, failed_words, failed_at, stopped, not_before, has_token
FROM source ORDER BY name";

impl Store {
    /// Names a source, or finds it. The kind of an existing one stays.
    pub fn ensure_source(&self, name: &SourceName, kind: &str, now: Millis) -> Result<()> {
        self.write(|transaction| {
            transaction
                .execute(
                    "INSERT INTO source (name, kind, created_at) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO NOTHING",
                    (name.as_str(), kind, now.0),
                )
                .doing("add a source")?;
            Ok(())
        })
    }

    /// Makes a source one that is asked, or asks it in another way from now on. What stopped it is forgotten.
    pub fn connect_source(&self, name: &SourceName, kind: &str, connection: &Connection, now: Millis) -> Result<()> {
        self.write(|transaction| {
            transaction
                .execute(
                    "INSERT INTO source (name, kind, created_at, url, options, has_token) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                     ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, url = excluded.url, options = excluded.options,
                       has_token = excluded.has_token,
                       failed_code = NULL, failed_words = NULL, failed_at = NULL, stopped = 0, not_before = NULL",
                    (name.as_str(), kind, now.0, &connection.url, json(&connection.options), connection.has_token),
                )
                .doing("add a source")?;
            Ok(())
        })
    }

    /// Nobody is asked any more; what came from there stays.
    pub fn disconnect_source(&self, name: &SourceName) -> Result<()> {
        self.write(|transaction| {
            let row = row_of(transaction, name)?;
            for sql in [
                "UPDATE source SET url = NULL, options = NULL, has_token = 0, failed_code = NULL, failed_words = NULL, failed_at = NULL,
                   stopped = 0, not_before = NULL WHERE id = ?1",
                "DELETE FROM sync_cursor WHERE source_id = ?1",
            ] {
                transaction.execute(sql, [row]).doing("remove a source's connection")?;
            }
            Ok(())
        })
    }

    /// Every stream of it begins anew. Its rows stay: what comes again is known by its content.
    pub fn forget_cursors(&self, name: &SourceName) -> Result<()> {
        self.write_aside(|transaction| {
            let row = row_of(transaction, name)?;
            transaction.execute("DELETE FROM sync_cursor WHERE source_id = ?1", [row]).doing("begin a source anew")?;
            Ok(())
        })
    }

    /// Notes how a run ended.
    pub fn source_ended(
        &self,
        name: &SourceName,
        failure: Option<&SourceFailure>,
        stopped: bool,
        not_before: Option<Millis>,
    ) -> Result<()> {
        self.write_aside(|transaction| {
            transaction
                .execute(
                    "UPDATE source SET failed_code = ?2, failed_words = ?3, failed_at = ?4, stopped = ?5, not_before = ?6
                     WHERE name = ?1",
                    (
                        name.as_str(),
                        failure.map(|failure| &failure.code),
                        failure.map(|failure| &failure.words),
                        failure.map(|failure| failure.at.0),
                        stopped,
                        not_before.map(|at| at.0),
                    ),
                )
                .doing("note how a source is")?;
            Ok(())
        })
    }

    /// Ids of the tickets that a source has now, as it names them.
    pub fn ticket_ids(&self, source: &SourceName) -> Result<BTreeSet<String>> {
        self.read(|reader| {
            let sql = "SELECT ext_id FROM ticket JOIN source ON source.id = source_id WHERE name = ?1 AND deleted = 0";
            let mut statement = reader.prepare_cached(sql).doing("list a source's tickets")?;
            let rows = statement.query_map([source.as_str()], |row| row.get(0)).doing("list a source's tickets")?;
            rows.collect::<rusqlite::Result<_>>().doing("list a source's tickets")
        })
    }

    pub fn sources(&self) -> Result<Vec<StoredSource>> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(SOURCES).doing("list sources")?;
            let rows = statement.query_map([], source_of_row).doing("list sources")?;
            let rows = rows.collect::<rusqlite::Result<Vec<_>>>().doing("list sources")?;
            let read = |(mut source, options): (StoredSource, Option<String>)| {
                if let (Some(connection), Some(options)) = (&mut source.connection, options) {
                    connection.options = from_json("the options of a source", &options)?;
                }
                Ok(source)
            };
            rows.into_iter().map(read).collect()
        })
    }

    /// Where a stream of this source stopped, if it was ever read.
    pub fn cursor(&self, source: &SourceName, stream: &str) -> Result<Option<SavedCursor>> {
        Ok(self.cursor_with_time(source, stream)?.map(|(saved, _)| saved))
    }

    /// And when it was moved.
    pub fn cursor_with_time(&self, source: &SourceName, stream: &str) -> Result<Option<(SavedCursor, Millis)>> {
        self.read(|reader| {
            reader
                .query_row(
                    "SELECT cursor, done, at FROM sync_cursor JOIN source ON source.id = source_id WHERE name = ?1 AND stream = ?2",
                    (source.as_str(), stream),
                    |row| Ok((SavedCursor { cursor: row.get(0)?, done: row.get(1)? }, Millis(row.get(2)?))),
                )
                .optional()
                .doing("read a cursor")
        })
    }
}

/// Its options are still to be read.
fn source_of_row(row: &Row<'_>) -> rusqlite::Result<(StoredSource, Option<String>)> {
    let failure = match (row.get(6)?, row.get(7)?, row.get(8)?) {
        (Some(code), Some(words), Some(at)) => Some(SourceFailure { code, words, at: Millis(at) }),
        _ => None,
    };
    let has_token = row.get(11)?;
    let connection =
        row.get::<_, Option<String>>(4)?.map(|url| Connection { url, options: BTreeMap::new(), has_token });
    let source = StoredSource {
        name: SourceName::from_text(&row.get::<_, String>(0)?),
        kind: row.get(1)?,
        last_ok_at: row.get::<_, Option<i64>>(2)?.map(Millis),
        tickets: row.get::<_, i64>(3)? as u64,
        connection,
        failure,
        stopped: row.get(9)?,
        not_before: row.get::<_, Option<i64>>(10)?.map(Millis),
    };
    Ok((source, row.get(5)?))
}

pub(crate) fn row_of(transaction: &Transaction<'_>, name: &SourceName) -> Result<i64> {
    transaction
        .prepare_cached("SELECT id FROM source WHERE name = ?1")
        .and_then(|mut statement| statement.query_row([name.as_str()], |row| row.get(0)))
        .doing("find a source")
}

/// Moves the cursor, in the transaction of the rows that it covers.
pub(crate) fn save_cursor(
    transaction: &Transaction<'_>,
    source: i64,
    stream: &str,
    saved: &SavedCursor,
    now: Millis,
) -> Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO sync_cursor (source_id, stream, cursor, done, at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (source_id, stream) DO UPDATE SET cursor = excluded.cursor, done = excluded.done, at = excluded.at",
        )
        .and_then(|mut statement| statement.execute((source, stream, &saved.cursor, saved.done, now.0)))
        .doing("move a cursor")?;
    transaction
        .prepare_cached("UPDATE source SET last_ok_at = ?2 WHERE id = ?1")
        .and_then(|mut statement| statement.execute((source, now.0)))
        .doing("note a source's last success")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A start asks it, and the rows of a ticket hold long, encrypted texts.
    #[test]
    fn the_tickets_of_a_source_are_counted_without_reading_one() {
        let store = Store::in_memory().unwrap();
        let plan: Vec<String> = store
            .read(|reader| {
                let mut statement = reader.prepare(&format!("EXPLAIN QUERY PLAN {SOURCES}")).unwrap();
                Ok(statement.query_map([], |row| row.get(3)).unwrap().map(|row| row.unwrap()).collect())
            })
            .unwrap();
        let counted: Vec<&String> = plan.iter().filter(|step| step.contains(" ticket ")).collect();
        assert!(!counted.is_empty() && counted.iter().all(|step| step.contains("COVERING INDEX")), "{plan:?}");
    }
}
