//! Sources and how far each of their streams is taken in.

use crate::{Result, Store, error::Doing};
use domain::{Millis, SourceName};
use rusqlite::{OptionalExtension, Transaction};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSource {
    pub name: SourceName,
    pub kind: String,
    pub tickets: u64,
    pub last_ok_at: Option<Millis>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedCursor {
    pub cursor: String,
    /// The stream was read to its end.
    pub done: bool,
}

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

    pub fn sources(&self) -> Result<Vec<StoredSource>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT name, kind, last_ok_at,
                            (SELECT count(*) FROM ticket WHERE source_id = source.id AND deleted = 0)
                     FROM source ORDER BY name",
                )
                .doing("list sources")?;
            let rows = statement.query_map([], |row| {
                Ok(StoredSource {
                    name: SourceName::from_text(&row.get::<_, String>(0)?),
                    kind: row.get(1)?,
                    last_ok_at: row.get::<_, Option<i64>>(2)?.map(Millis),
                    tickets: row.get::<_, i64>(3)? as u64,
                })
            });
            rows.doing("list sources")?.collect::<rusqlite::Result<_>>().doing("list sources")
        })
    }

    /// Where a stream of this source stopped, if it was ever read.
    pub fn cursor(&self, source: &SourceName, stream: &str) -> Result<Option<SavedCursor>> {
        self.read(|reader| {
            reader
                .query_row(
                    "SELECT cursor, done FROM sync_cursor JOIN source ON source.id = source_id WHERE name = ?1 AND stream = ?2",
                    (source.as_str(), stream),
                    |row| Ok(SavedCursor { cursor: row.get(0)?, done: row.get(1)? }),
                )
                .optional()
                .doing("read a cursor")
        })
    }
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
