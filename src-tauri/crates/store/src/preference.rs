//! What the person at this machine chose: theme, zoom, column widths.

use crate::{Result, Store, error::Doing};
use rusqlite::OptionalExtension;

impl Store {
    pub fn preferences(&self) -> Result<Vec<(String, String)>> {
        self.read(|reader| {
            let mut statement =
                reader.prepare_cached("SELECT key, value FROM preference ORDER BY key").doing("read preferences")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).doing("read preferences")?;
            rows.collect::<rusqlite::Result<_>>().doing("read preferences")
        })
    }

    pub fn preference(&self, key: &str) -> Result<Option<String>> {
        self.read(|reader| {
            let mut statement =
                reader.prepare_cached("SELECT value FROM preference WHERE key = ?1").doing("read a preference")?;
            statement.query_row([key], |row| row.get(0)).optional().doing("read a preference")
        })
    }

    pub fn set_preference(&self, key: &str, value: &str) -> Result<()> {
        self.write_aside(|transaction| {
            transaction
                .execute(
                    "INSERT INTO preference (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    (key, value),
                )
                .doing("save a preference")?;
            Ok(())
        })
    }
}
