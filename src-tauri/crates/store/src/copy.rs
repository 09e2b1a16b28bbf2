//! Copies of the database: the whole of it, or only what people wrote, which is small and nowhere else. Both are databases
//! under the same key, with the same tables, brought up to date like any other.

mod written;

use crate::{
    Error, Result, Store,
    error::Doing,
    open::{Encrypted, open_reader, proven},
};
use domain::{CipherKey, crash_point};
use rusqlite::{Connection, types::Value};
use std::{
    fs::{self, File},
    io,
    path::Path,
};

pub use written::Written;

impl Store {
    /// Copies everything into a new file. Every page is read and proven on the way: a damaged database has no copy.
    pub fn copy_to(&self, path: &Path) -> Result<()> {
        match self.file() {
            Some(file) => whole(&open_reader(file)?, path),
            None => self.read(|connection| whole(connection, path)),
        }
    }

    /// Copies what people wrote into a new file.
    pub fn copy_written_to(&self, path: &Path, key: &CipherKey) -> Result<()> {
        atomically(path, |fresh| {
            let copy = Store::open(fresh, key)?;
            for what in Written::ALL {
                let rows = self.read(|reader| read_rows(reader, what))?;
                copy.put(what, &rows)?;
            }
            copy.without_log()
        })
    }

    /// Replaces what people wrote here by what they wrote in another database, which is only read. Answers how much
    /// that was; after an error nothing has changed.
    pub fn take_written(&self, what: Written, from: &Path, key: &CipherKey) -> Result<usize> {
        if !from.exists() {
            return Err(Error::File { doing: "read", path: from.into(), cause: io::ErrorKind::NotFound.into() });
        }
        let other = open_reader(&Encrypted { path: from.into(), key: key.clone() })?;
        let rows = read_rows(&other, what)?;
        proven(&other)?;
        self.put(what, &rows)?;
        Ok(rows.len())
    }

    fn put(&self, what: Written, rows: &[Vec<Value>]) -> Result<()> {
        let [_, clear, insert] = what.sql();
        self.write(|transaction| {
            transaction.execute(clear, []).doing("bring back what people wrote")?;
            let mut statement = transaction.prepare(insert).doing("bring back what people wrote")?;
            for row in rows {
                statement.execute(rusqlite::params_from_iter(row)).doing("bring back what people wrote")?;
            }
            Ok(())
        })
    }
}

fn read_rows(connection: &Connection, what: Written) -> Result<Vec<Vec<Value>>> {
    const DOING: &str = "read what people wrote";
    let [select, ..] = what.sql();
    let mut statement = connection.prepare(select).doing(DOING)?;
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| (0..columns).map(|column| row.get(column)).collect()).doing(DOING)?;
    rows.collect::<rusqlite::Result<_>>().doing(DOING)
}

/// Under the key of the connection.
pub(crate) fn whole(connection: &Connection, path: &Path) -> Result<()> {
    atomically(path, |fresh| {
        let name = fresh.to_string_lossy();
        connection.execute("VACUUM INTO ?1", [&name]).doing("copy itself")?;
        proven(connection)
    })
}

/// A file that is there is whole: it is written beside its place, and moved when it is on the disk.
fn atomically(path: &Path, write: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let fresh = path.with_extension("new");
    let clear = || {
        for ending in ["new", "new-wal", "new-shm", "new-journal"] {
            let _ = fs::remove_file(path.with_extension(ending));
        }
    };
    let failed = |cause| Error::File { doing: "write", path: path.into(), cause };
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).map_err(failed)?;
    }
    clear();
    let written = write(&fresh).and_then(|()| {
        File::open(&fresh).and_then(|file| file.sync_all()).map_err(failed)?;
        crash_point("copy written");
        fs::rename(&fresh, path).map_err(failed)?;
        #[cfg(unix)]
        File::open(path.parent().unwrap_or(path)).and_then(|dir| dir.sync_all()).map_err(failed)?;
        Ok(())
    });
    if written.is_err() {
        clear();
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FeedbackVerdict, SavedCursor};
    use domain::{Key, LinkKind, Millis, SourceName};

    fn key() -> CipherKey {
        CipherKey::new(Box::new([7; 32]))
    }

    /// With a source's cursor and something of everything that people write.
    fn filled(path: &Path) -> Store {
        let store = Store::open(path, &key()).unwrap();
        let (a, b): (Key, Key) = ("files:A".parse().unwrap(), "files:B".parse().unwrap());
        store.ensure_source(&SourceName::from_text("files"), "files", Millis(1)).unwrap();
        let cursor = SavedCursor { cursor: "here".into(), done: false };
        store.apply(&SourceName::from_text("files"), &[], Some(("stream", &cursor)), Millis(1)).unwrap();
        store.add_link(&a, LinkKind::SameAs, &b, Millis(2)).unwrap();
        let event = store.say("files:A", &b, FeedbackVerdict::Used, Millis(3)).unwrap();
        store.unsay(event, Millis(4)).unwrap();
        store.say("files:A", &b, FeedbackVerdict::NotSame, Millis(5)).unwrap();
        store.set_preference("theme", "dark").unwrap();
        let handed = crate::StoredEscalation { ticket: "files:A".into(), epoch: 1, ..Default::default() };
        let escalation = store.put_escalation(&handed).unwrap();
        let found = crate::StoredEvidence { id: 0, escalation, kind: "trial".into(), body: "{}".into(), at: Millis(6) };
        store.put_evidence(&found).unwrap();
        store.add_bundle_author("00ff", "Mia", Millis(6)).unwrap();
        let draft = crate::outbox::tests::draft("precedent-1");
        let sent = store.outbox_add(&draft, Millis(6)).unwrap();
        store.outbox_click(sent, "ann", Millis(7)).unwrap();
        store.log_step(&crate::step_log::tests::step("files:A", crate::StepOutcome::Worked, 8)).unwrap();
        store.raise_flag(&b, "step 2 is gone", Some(&a), Millis(9)).unwrap();
        store.set_aside("capture:files:A", "a one-off", Millis(9)).unwrap();
        let (at, ticket) = (Millis(9), "files:A".to_owned());
        store.note_attempt(&crate::Attempt { at, ticket, choice: None, correct: true, said: "x".into() }).unwrap();
        store.set_always_engineering("signature:ABCD", true, Millis(9)).unwrap();
        store.look_at(crate::Look::Tie, "files:A", "files:B", Some(true), Millis(9)).unwrap();
        store.set_ticket_reason("files:A", Some("no_access"), Millis(9)).unwrap();
        store.note_deed("aside_set", "capture:files:A", Some("[]"), Millis(9)).unwrap();
        store
    }

    fn written(store: &Store) -> Vec<Vec<Vec<Value>>> {
        Written::ALL.iter().map(|what| store.read(|reader| read_rows(reader, *what)).unwrap()).collect()
    }

    #[test]
    fn a_whole_copy_is_sound_holds_everything_and_opens_under_the_same_key_alone() {
        let dir = tempfile::tempdir().unwrap();
        let store = filled(&dir.path().join("store.db"));
        let path = dir.path().join("copy.db");
        store.copy_to(&path).unwrap();
        assert!(!std::fs::read(&path).unwrap().starts_with(b"SQLite format 3"));
        assert_eq!(
            Store::open(&path, &CipherKey::new(Box::new([8; 32]))).err().unwrap().code(),
            "database_damaged",
            "another key"
        );
        let copy = Store::open(&path, &key()).unwrap();
        assert_eq!(copy.check().unwrap(), Vec::<String>::new());
        assert_eq!(written(&copy), written(&store));
        assert_eq!(copy.cursor(&SourceName::from_text("files"), "stream").unwrap().unwrap().cursor, "here");
    }

    #[test]
    fn what_people_wrote_comes_back_as_it_was_and_in_the_place_of_what_is_there() {
        let dir = tempfile::tempdir().unwrap();
        let store = filled(&dir.path().join("store.db"));
        let path = dir.path().join("written.db");
        store.copy_written_to(&path, &key()).unwrap();
        let other = Store::open(&dir.path().join("other.db"), &key()).unwrap();
        other.set_preference("theme", "light").unwrap();
        other.set_preference("gone", "since").unwrap();
        for what in Written::ALL {
            other.take_written(what, &path, &key()).unwrap();
        }
        assert_eq!(written(&other), written(&store));
        assert_eq!(other.sources().unwrap(), [], "and nothing else came with it");
    }

    #[test]
    fn a_copy_of_a_damaged_database_is_whole_or_is_not_made_and_leaves_no_litter() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store.db");
        let copy = dir.path().join("copy.db");
        let store = filled(&path);
        // On many pages, and the last of them is the last that is read at all.
        store.set_preference("zzz", &"x".repeat(30_000)).unwrap();
        let everything = written(&store);
        drop(store);
        let good = std::fs::read(&path).unwrap();
        let (mut whole, mut refused) = (0, 0);
        for at in (0..good.len()).step_by(4096).map(|page| page + 200) {
            let mut bad = good.clone();
            bad[at] ^= 1;
            std::fs::write(&path, &bad).unwrap();
            let made = Store::open(&path, &key()).and_then(|store| store.copy_to(&copy));
            match made {
                // The page was free, or of an index: those are made anew.
                Ok(()) => {
                    let store = Store::open(&copy, &key()).unwrap();
                    assert!(store.check().unwrap().is_empty() && written(&store) == everything, "{at}");
                    whole += 1;
                }
                Err(error) => {
                    assert_eq!(error.code(), "database_damaged", "{at}: {error}");
                    refused += 1;
                }
            }
            for entry in std::fs::read_dir(dir.path()).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                assert!(name.starts_with("store.db") || name == "copy.db", "{name} was left behind");
            }
            let _ = std::fs::remove_file(&copy);
        }
        assert!(whole > 3 && refused > 10, "{whole} {refused}");
    }

    #[test]
    fn a_file_that_was_replaced_while_the_store_was_closed_is_the_one_that_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store.db");
        let store = filled(&path);
        store.copy_to(&dir.path().join("copy.db")).unwrap();
        store.set_preference("theme", "light").unwrap();
        store
            .while_closed(|| {
                // Read meanwhile: this reader is of the old file, and is not kept.
                for name in ["store.db", "store.db-wal", "store.db-shm"] {
                    let _ = std::fs::remove_file(dir.path().join(name));
                }
                std::fs::rename(dir.path().join("copy.db"), &path).unwrap();
            })
            .unwrap();
        assert_eq!(store.preferences().unwrap(), [("theme".to_string(), "dark".to_string())]);
        store.set_preference("theme", "contrast").unwrap();
        drop(store);
        let again = Store::open(&path, &key()).unwrap();
        assert_eq!(again.preferences().unwrap()[0].1, "contrast");
    }
}
