//! Connections: one that writes, a few that read.

use crate::{Error, Result, copy, error::Doing, migrate};
use domain::CipherKey;
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use secrecy::{ExposeSecret, SecretString};
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// Idle readers that are kept open.
const READERS: usize = 4;

pub struct Store {
    /// `None` where the writing connection also reads: in memory, and in a snapshot.
    file: Option<Encrypted>,
    /// Whether there is an encrypted file below, whose pages can be proven.
    sealed: bool,
    /// Closed before the writer, which folds the log into the file when it is the last.
    readers: Mutex<Vec<Connection>>,
    pub(crate) writer: Mutex<Connection>,
    /// How often the file was changed under us by [`Store::while_closed`]: a reader of an earlier one is not kept.
    turn: AtomicU64,
    /// How often something was written that figures are made of.
    pub(crate) stamp: AtomicU64,
}

/// A file and what opens it.
pub(crate) struct Encrypted {
    pub(crate) path: PathBuf,
    pub(crate) key: CipherKey,
}

impl Store {
    /// Opens or makes the database file, encrypted under `key`, and brings an older schema up to date. A newer one is
    /// refused, untouched.
    pub fn open(path: &Path, key: &CipherKey) -> Result<Self> {
        Self::open_keeping(path, key, None)
    }

    /// Puts a copy of a file with an older schema into `copy` before it is brought up to date.
    pub fn open_keeping(path: &Path, key: &CipherKey, copy: Option<&Path>) -> Result<Self> {
        let file = Encrypted { path: path.into(), key: key.clone() };
        let writer = open_writer(&file, copy)?;
        Ok(Self { file: Some(file), ..Self::over(writer, true) })
    }

    fn over(writer: Connection, sealed: bool) -> Self {
        let (turn, stamp) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { file: None, sealed, writer: Mutex::new(writer), readers: Mutex::default(), turn, stamp }
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
        Ok(Self::over(writer, false))
    }

    /// Reads without waiting for the writer.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let Some(file) = &self.file else {
            let only = lock(&self.writer);
            let answer = work(&only)?;
            return self.proven(&only).map(|()| answer);
        };
        let turn = self.turn.load(Ordering::SeqCst);
        let idle = lock(&self.readers).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => open_reader(file)?,
        };
        let answer = work(&reader).and_then(|answer| self.proven(&reader).map(|()| answer));
        // One that met a bad page reads nothing any more.
        if answer.as_ref().is_err_and(|error| error.code() == "database_damaged") {
            return answer;
        }
        let mut idle = lock(&self.readers);
        if idle.len() < READERS && turn == self.turn.load(Ordering::SeqCst) {
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
        Ok(Some(Snapshot(Self::over(reader, true))))
    }

    /// Closes the file, lets `work` put another in its place, and opens what is there then. Who reads meanwhile goes on
    /// reading the old one; who writes waits.
    pub fn while_closed<T>(&self, work: impl FnOnce() -> T) -> Result<T> {
        let Some(file) = &self.file else { return Ok(work()) };
        let mut writer = lock(&self.writer);
        // It has no tables: where the file does not open again, nothing that is written seems to be stored.
        let none = Connection::open_in_memory().doing("close")?;
        let close_readers = || {
            self.turn.fetch_add(1, Ordering::SeqCst);
            lock(&self.readers).clear();
        };
        close_readers();
        drop(std::mem::replace(&mut *writer, none));
        let done = work();
        close_readers();
        *writer = open_writer(file, None)?;
        self.touch();
        Ok(done)
    }

    pub(crate) fn proven(&self, connection: &Connection) -> Result<()> {
        if self.sealed { proven(connection) } else { Ok(()) }
    }

    /// A file that lies still: who only reads it leaves nothing beside it.
    pub(crate) fn without_log(self) -> Result<()> {
        lock(&self.writer).pragma_update(None, "journal_mode", "DELETE").doing("end its log")
    }

    /// The file that holds everything; none in memory.
    pub(crate) fn file(&self) -> Option<&Encrypted> {
        self.file.as_ref()
    }

    /// Reads every page: first whether each is as it was written (no lines where it is), then whether they fit together.
    /// Slow on a large file: for `doctor`, never for the start.
    pub fn check(&self) -> Result<Vec<String>> {
        // Pages are proven in the file alone. Where a full disk cut their folding short, the log still has them whole; if it
        // cannot be folded now either, the check says what it finds.
        let folded = lock(&self.writer).query_row("PRAGMA wal_checkpoint(FULL)", [], |_| Ok(()));
        tracing::debug!(ok = folded.is_ok(), "folded the log before a check");
        self.read(faults)
    }

    /// The same of a file that is not open, which is only read.
    pub fn check_file(path: &Path, key: &CipherKey) -> Result<Vec<String>> {
        faults(&open_reader(&Encrypted { path: path.into(), key: key.clone() })?)
    }
}

fn faults(reader: &Connection) -> Result<Vec<String>> {
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
}

/// The store at one moment. Its connection cannot write.
pub struct Snapshot(Store);

impl std::ops::Deref for Snapshot {
    type Target = Store;
    fn deref(&self) -> &Store {
        &self.0
    }
}

fn open_writer(file: &Encrypted, copy: Option<&Path>) -> Result<Connection> {
    let Encrypted { path, key } = file;
    let damaged = |cause| Error::NotADatabase { path: path.into(), cause };
    // Look before anything is written: a newer file has to stay byte-identical.
    if path.exists() {
        Store::refuse_unencrypted(path)?;
        let probe = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(damaged)?;
        unlock(&probe, key)?;
        let found = migrate::version_of(&probe).map_err(damaged)?;
        if found > migrate::SCHEMA_VERSION {
            return Err(Error::Newer { path: path.into(), found, known: migrate::SCHEMA_VERSION });
        }
        if let Some(copy) = copy.filter(|_| (1..migrate::SCHEMA_VERSION).contains(&found)) {
            copy::whole(&probe, copy)?;
        }
    }
    let mut writer = Connection::open(path).map_err(damaged)?;
    unlock(&writer, key)?;
    writer.pragma_update(None, "journal_mode", "WAL").map_err(damaged)?;
    // FULL: a power cut must not leave the index ahead of the truth.
    writer.pragma_update(None, "synchronous", "FULL").doing("choose how it writes")?;
    // What is deleted is written over.
    writer.pragma_update(None, "secure_delete", true).doing("write over what is deleted")?;
    writer.pragma_update(None, "journal_size_limit", 64 << 20).doing("limit its journal")?;
    tune(&writer)?;
    migrate::migrate(&mut writer)?;
    Ok(writer)
}

pub(crate) fn open_reader(file: &Encrypted) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let reader = Connection::open_with_flags(&file.path, flags).doing("open for reading")?;
    unlock(&reader, &file.key)?;
    tune(&reader)?;
    Ok(reader)
}

/// Whether every page that this connection ever read was as it was written. SQLCipher hands out zeros for one that was not,
/// and fails only where those make no sense: at the end of a long text they do.
pub(crate) fn proven(connection: &Connection) -> Result<()> {
    let status: String = connection.query_row("PRAGMA cipher_status", [], |row| row.get(0)).doing("prove its pages")?;
    if status == "1" { Ok(()) } else { Err(Error::Damaged) }
}

/// Has to come first on a connection. The key is used as it is: no passphrase, nothing to stretch.
pub(crate) fn unlock(connection: &Connection, key: &CipherKey) -> Result<()> {
    let mut blob = String::with_capacity(67);
    blob.push_str("x'");
    key.expose().iter().for_each(|byte| blob.push_str(&format!("{byte:02x}")));
    blob.push('\'');
    let blob = SecretString::from(blob);
    // It writes to stderr itself, whoever reads that; what fails comes back as an error anyway.
    connection.pragma_update(None, "cipher_log_level", "NONE").doing("keep quiet")?;
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
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
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
    fn a_changed_byte_in_a_page_that_is_read_is_an_error_and_never_another_text() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store.db");
        Store::open(&path, &key()).unwrap().set_preference("long", &"x".repeat(30_000)).unwrap();
        let good = std::fs::read(&path).unwrap();
        let mut refused = 0;
        for at in (0..good.len()).step_by(4096).map(|page| page + 100) {
            let mut bad = good.clone();
            bad[at] ^= 1;
            std::fs::write(&path, &bad).unwrap();
            match Store::open(&path, &key()).and_then(|store| store.preferences()) {
                Ok(read) => assert!(read == [("long".into(), "x".repeat(30_000))], "byte {at}"),
                Err(error) => refused += u32::from(error.code() == "database_damaged"),
            }
        }
        assert!(refused > 7, "{refused}");
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
