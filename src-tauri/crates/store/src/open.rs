//! Connections: one that writes, a few that read.

use crate::{Error, Result, error::Doing, migrate};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, config::DbConfig};
use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Idle readers that are kept open.
const READERS: usize = 4;

pub struct Store {
    /// `None` where the writing connection also reads: in memory, and in a snapshot.
    path: Option<PathBuf>,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Store {
    /// Opens or makes the database file, and brings an older schema up to date. A newer one is refused, untouched.
    pub fn open(path: &Path) -> Result<Self> {
        let damaged = |cause| Error::NotADatabase { path: path.into(), cause };
        // Look before anything is written: a newer file has to stay byte-identical.
        if path.exists() {
            let probe = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(damaged)?;
            let found = migrate::version_of(&probe).map_err(damaged)?;
            if found > migrate::SCHEMA_VERSION {
                return Err(Error::Newer { path: path.into(), found, known: migrate::SCHEMA_VERSION });
            }
        }
        let mut writer = Connection::open(path).map_err(damaged)?;
        writer.pragma_update(None, "journal_mode", "WAL").map_err(damaged)?;
        // FULL: a power cut must not leave the index ahead of the truth.
        writer.pragma_update(None, "synchronous", "FULL").doing("choose how it writes")?;
        writer.pragma_update(None, "journal_size_limit", 64 << 20).doing("limit its journal")?;
        tune(&writer)?;
        migrate::migrate(&mut writer)?;
        Ok(Self { path: Some(path.into()), writer: Mutex::new(writer), readers: Mutex::default() })
    }

    pub fn in_memory() -> Result<Self> {
        let mut writer = Connection::open_in_memory().doing("open in memory")?;
        tune(&writer)?;
        migrate::migrate(&mut writer)?;
        Ok(Self { path: None, writer: Mutex::new(writer), readers: Mutex::default() })
    }

    /// Reads without waiting for the writer.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let Some(path) = &self.path else { return work(&lock(&self.writer)) };
        let idle = lock(&self.readers).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => open_reader(path)?,
        };
        let answer = work(&reader);
        let mut idle = lock(&self.readers);
        if idle.len() < READERS {
            idle.push(reader);
        }
        answer
    }

    /// Everything as it is now, for as long as the answer lives, whatever is written meanwhile. In memory, where there
    /// is one connection, `None`: read the store itself.
    pub fn snapshot(&self) -> Result<Option<Snapshot>> {
        let Some(path) = &self.path else { return Ok(None) };
        let reader = open_reader(path)?;
        reader.execute_batch("BEGIN").doing("begin a snapshot")?;
        // A deferred transaction starts at its first read.
        migrate::version_of(&reader).doing("begin a snapshot")?;
        Ok(Some(Snapshot(Self { path: None, writer: Mutex::new(reader), readers: Mutex::default() })))
    }

    /// One transaction: all of it or nothing.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut writer = lock(&self.writer);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate).doing("begin to write")?;
        let answer = work(&transaction)?;
        transaction.commit().doing("commit")?;
        Ok(answer)
    }

    /// Reads every page. Slow on a large file: for `doctor`, never for the start.
    pub fn check(&self) -> Result<Vec<String>> {
        self.read(|reader| {
            let mut statement = reader.prepare("PRAGMA quick_check(20)").doing("check itself")?;
            let lines = statement.query_map([], |row| row.get::<_, String>(0)).doing("check itself")?;
            let lines = lines.collect::<rusqlite::Result<Vec<_>>>().doing("check itself")?;
            Ok(lines.into_iter().filter(|line| line != "ok").collect())
        })
    }
}

/// The store at one moment. Its connection cannot write.
pub struct Snapshot(Store);

impl std::ops::Deref for Snapshot {
    type Target = Store;
    fn deref(&self) -> &Store {
        &self.0
    }
}

fn open_reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let reader = Connection::open_with_flags(path, flags).doing("open for reading")?;
    tune(&reader)?;
    Ok(reader)
}

fn tune(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "foreign_keys", true).doing("turn foreign keys on")?;
    connection.pragma_update(None, "temp_store", "MEMORY").doing("keep temporary tables in memory")?;
    connection.pragma_update(None, "trusted_schema", false).doing("distrust its schema")?;
    connection.pragma_update(None, "cache_size", -16_000).doing("size its cache")?;
    connection.busy_timeout(std::time::Duration::from_secs(10)).doing("set how long it waits")?;
    // Plans do not depend on bound values; otherwise SQLite prepares many statements anew for every execution.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).doing("keep its plans")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// A panic while the lock was held rolled its transaction back: the connection is fine.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_from_a_newer_version_is_refused_and_stays_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store.db");
        drop(Store::open(&path).unwrap());
        Connection::open(&path).unwrap().pragma_update(None, "user_version", migrate::SCHEMA_VERSION + 1).unwrap();
        let before = std::fs::read(&path).unwrap();
        let refused = Store::open(&path).err().unwrap();
        assert_eq!(refused.code(), "newer_schema");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_file_that_is_no_database_is_named_in_words() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store.db");
        std::fs::write(&path, "not a database, and long enough to be looked at as a header of one".repeat(20)).unwrap();
        let refused = Store::open(&path).err().unwrap();
        assert_eq!(refused.code(), "database_damaged");
        assert!(refused.is_permanent());
    }

    #[test]
    fn a_snapshot_stays_as_it_was_while_the_store_moves_on() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("store.db")).unwrap();
        let snapshot = store.snapshot().unwrap().unwrap();
        store.set_preference("theme", "dark").unwrap();
        assert!(snapshot.preferences().unwrap().is_empty());
        assert_eq!(store.preferences().unwrap().len(), 1);
        assert!(snapshot.set_preference("theme", "light").is_err(), "a snapshot cannot write");
    }

    #[test]
    fn a_reader_sees_the_last_commit_while_a_write_is_under_way() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("store.db")).unwrap();
        store
            .write(|transaction| {
                transaction.execute("UPDATE sequence SET value = 7", []).doing("write")?;
                let seen = store.read(|reader| {
                    reader.query_row("SELECT value FROM sequence", [], |row| row.get::<_, i64>(0)).doing("read")
                })?;
                assert_eq!(seen, 0);
                Ok(())
            })
            .unwrap();
    }
}
