//! Connections: one that writes, a few that read.

use crate::{Error, Result, error::Doing, migrate};
use domain::CipherKey;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, config::DbConfig};
use secrecy::{ExposeSecret, SecretString};
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Idle readers that are kept open.
const READERS: usize = 4;

pub struct Store {
    /// `None` where the writing connection also reads: in memory, and in a snapshot.
    file: Option<Encrypted>,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

/// A file and what opens it.
struct Encrypted {
    path: PathBuf,
    key: CipherKey,
}

impl Store {
    /// Opens or makes the database file, encrypted under `key`, and brings an older schema up to date. A newer one is
    /// refused, untouched.
    pub fn open(path: &Path, key: &CipherKey) -> Result<Self> {
        let damaged = |cause| Error::NotADatabase { path: path.into(), cause };
        // Look before anything is written: a newer file has to stay byte-identical.
        if path.exists() {
            Self::refuse_unencrypted(path)?;
            let probe = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(damaged)?;
            unlock(&probe, key)?;
            let found = migrate::version_of(&probe).map_err(damaged)?;
            if found > migrate::SCHEMA_VERSION {
                return Err(Error::Newer { path: path.into(), found, known: migrate::SCHEMA_VERSION });
            }
        }
        let mut writer = Connection::open(path).map_err(damaged)?;
        unlock(&writer, key)?;
        writer.pragma_update(None, "journal_mode", "WAL").map_err(damaged)?;
        // FULL: a power cut must not leave the index ahead of the truth.
        writer.pragma_update(None, "synchronous", "FULL").doing("choose how it writes")?;
        writer.pragma_update(None, "journal_size_limit", 64 << 20).doing("limit its journal")?;
        tune(&writer)?;
        migrate::migrate(&mut writer)?;
        let file = Encrypted { path: path.into(), key: key.clone() };
        Ok(Self { file: Some(file), writer: Mutex::new(writer), readers: Mutex::default() })
    }

    /// An error where the file is a database that was never encrypted.
    pub fn refuse_unencrypted(path: &Path) -> Result<()> {
        // Every plain SQLite file begins with these words; an encrypted one begins with its salt.
        let mut start = [0; 16];
        let read = File::open(path).and_then(|mut file| file.read_exact(&mut start));
        if read.is_ok() && &start == b"SQLite format 3\0" {
            return Err(Error::Unencrypted { path: path.into() });
        }
        Ok(())
    }

    pub fn in_memory() -> Result<Self> {
        let mut writer = Connection::open_in_memory().doing("open in memory")?;
        tune(&writer)?;
        migrate::migrate(&mut writer)?;
        Ok(Self { file: None, writer: Mutex::new(writer), readers: Mutex::default() })
    }

    /// Reads without waiting for the writer.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let Some(file) = &self.file else { return work(&lock(&self.writer)) };
        let idle = lock(&self.readers).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => open_reader(file)?,
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
        let Some(file) = &self.file else { return Ok(None) };
        let reader = open_reader(file)?;
        reader.execute_batch("BEGIN").doing("begin a snapshot")?;
        // A deferred transaction starts at its first read.
        migrate::version_of(&reader).doing("begin a snapshot")?;
        Ok(Some(Snapshot(Self { file: None, writer: Mutex::new(reader), readers: Mutex::default() })))
    }

    /// One transaction: all of it or nothing.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut writer = lock(&self.writer);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate).doing("begin to write")?;
        let answer = work(&transaction)?;
        transaction.commit().doing("commit")?;
        Ok(answer)
    }

    /// Reads every page: first whether each is as it was written (no lines where it is), then whether they fit together.
    /// Slow on a large file: for `doctor`, never for the start.
    pub fn check(&self) -> Result<Vec<String>> {
        self.read(|reader| {
            let lines = |pragma: &str| {
                let mut statement = reader.prepare(pragma)?;
                let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
                lines.collect::<rusqlite::Result<Vec<_>>>()
            };
            let mut found = lines("PRAGMA cipher_integrity_check").doing("check its pages")?;
            found.truncate(20);
            if found.is_empty() {
                found = lines("PRAGMA quick_check(20)").doing("check itself")?;
            }
            Ok(found.into_iter().filter(|line| line != "ok").collect())
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

fn open_reader(file: &Encrypted) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let reader = Connection::open_with_flags(&file.path, flags).doing("open for reading")?;
    unlock(&reader, &file.key)?;
    tune(&reader)?;
    Ok(reader)
}

/// Has to come first on a connection. The key is used as it is: no passphrase, nothing to stretch.
fn unlock(connection: &Connection, key: &CipherKey) -> Result<()> {
    let mut blob = String::with_capacity(67);
    blob.push_str("x'");
    key.expose().iter().for_each(|byte| blob.push_str(&format!("{byte:02x}")));
    blob.push('\'');
    let blob = SecretString::from(blob);
    connection.pragma_update(None, "key", blob.expose_secret()).doing("take its key")
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

    fn key() -> CipherKey {
        CipherKey::new(Box::new([7; 32]))
    }

    #[test]
    fn nothing_can_be_read_without_the_key_and_another_key_opens_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store.db");
        let store = Store::open(&path, &key()).unwrap();
        store.set_preference("note", "zanzibarquartz").unwrap();
        // What has not reached the file yet stands in the log beside it.
        for entry in std::fs::read_dir(dir.path()).unwrap() {
            let file = entry.unwrap().path();
            let bytes = std::fs::read(&file).unwrap();
            for word in ["zanzibarquartz", "preference", "SQLite format"] {
                assert!(
                    !bytes.windows(word.len()).any(|bytes| bytes == word.as_bytes()),
                    "{word} in {}",
                    file.display()
                );
            }
        }
        drop(store);
        let other = Store::open(&path, &CipherKey::new(Box::new([8; 32])));
        assert_eq!(other.err().unwrap().code(), "database_damaged");
        assert_eq!(Store::open(&path, &key()).unwrap().preferences().unwrap().len(), 1);
    }

    #[test]
    fn a_file_that_was_never_encrypted_is_refused_and_stays_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store.db");
        let plain = Connection::open(&path).unwrap();
        plain.execute_batch("CREATE TABLE letters (text)").unwrap();
        drop(plain);
        let before = std::fs::read(&path).unwrap();
        assert_eq!(Store::open(&path, &key()).err().unwrap().code(), "not_encrypted");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_changed_byte_in_any_page_is_found_by_a_check() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store.db");
        drop(Store::open(&path, &key()).unwrap());
        let good = std::fs::read(&path).unwrap();
        for at in (0..good.len()).step_by(4096).map(|page| page + 100) {
            let mut bad = good.clone();
            bad[at] ^= 1;
            std::fs::write(&path, &bad).unwrap();
            let found = Store::open(&path, &key()).and_then(|store| store.check());
            assert!(found.is_err() || !found.unwrap().is_empty(), "byte {at}");
        }
        std::fs::write(&path, &good).unwrap();
        assert_eq!(Store::open(&path, &key()).unwrap().check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_file_from_a_newer_version_is_refused_and_stays_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store.db");
        drop(Store::open(&path, &key()).unwrap());
        let newer = Connection::open(&path).unwrap();
        unlock(&newer, &key()).unwrap();
        newer.pragma_update(None, "user_version", migrate::SCHEMA_VERSION + 1).unwrap();
        drop(newer);
        let before = std::fs::read(&path).unwrap();
        let refused = Store::open(&path, &key()).err().unwrap();
        assert_eq!(refused.code(), "newer_schema");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_file_that_is_no_database_is_named_in_words() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store.db");
        std::fs::write(&path, "not a database, and long enough to be looked at as a header of one".repeat(20)).unwrap();
        let refused = Store::open(&path, &key()).err().unwrap();
        assert_eq!(refused.code(), "database_damaged");
        assert!(refused.is_permanent());
    }

    #[test]
    fn a_snapshot_stays_as_it_was_while_the_store_moves_on() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("store.db"), &key()).unwrap();
        let snapshot = store.snapshot().unwrap().unwrap();
        store.set_preference("theme", "dark").unwrap();
        assert!(snapshot.preferences().unwrap().is_empty());
        assert_eq!(store.preferences().unwrap().len(), 1);
        assert!(snapshot.set_preference("theme", "light").is_err(), "a snapshot cannot write");
    }

    #[test]
    fn a_reader_sees_the_last_commit_while_a_write_is_under_way() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("store.db"), &key()).unwrap();
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
