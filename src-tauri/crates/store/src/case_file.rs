//! Files that tell what happened on a ticket, and which of it somebody says led to what. Precious: people brought them.

use crate::{Error, Result, Store, error::Doing, escalation::touch};
use domain::Millis;
use rusqlite::{OptionalExtension, Row, Transaction};

/// Of a file, before it is packed.
const PIECE: usize = 1 << 20;
/// Enough for text, and quick.
const LEVEL: i32 = 3;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredFile {
    pub id: i64,
    /// `source:id` of its ticket.
    pub ticket: String,
    pub kind: String,
    /// Its name, or where it lies.
    pub name: String,
    pub size: u64,
    pub at: i64,
    /// JSON: what was found in it.
    pub found: String,
}

/// Somebody said that one thing led to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredChain {
    pub id: i64,
    pub ticket: String,
    /// As the axis calls them.
    pub cause: String,
    pub effect: String,
    pub at: i64,
}

const COLUMNS: &str = "id, ticket, kind, name, size, at, found";

impl Store {
    /// Answers its number. What it says was thrown is found with its ticket.
    pub fn add_file(&self, file: &StoredFile, bytes: &[u8]) -> Result<i64> {
        let mut pieces = Vec::with_capacity(bytes.len() / PIECE + 1);
        for piece in bytes.chunks(PIECE) {
            pieces.push(zstd::bulk::compress(piece, LEVEL).map_err(|_| Error::Damaged)?);
        }
        self.write(|transaction| {
            touch(transaction, &file.ticket)?;
            let sql = "INSERT INTO case_file (ticket, kind, name, size, at, found) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let values = (&file.ticket, &file.kind, &file.name, file.size as i64, file.at, &file.found);
            transaction.execute(sql, values).doing("keep a file")?;
            let id = transaction.last_insert_rowid();
            let mut statement = transaction
                .prepare("INSERT INTO case_file_piece (file, nth, body) VALUES (?1, ?2, ?3)")
                .doing("keep a file")?;
            for (nth, piece) in (0i64..).zip(&pieces) {
                statement.execute((id, nth, piece)).doing("keep a file")?;
            }
            Ok(id)
        })
    }

    /// Of one ticket, oldest first.
    pub fn files_of(&self, ticket: &str) -> Result<Vec<StoredFile>> {
        self.read(|reader| {
            let sql = format!("SELECT {COLUMNS} FROM case_file WHERE ticket = ?1 AND removed_at IS NULL ORDER BY id");
            let mut statement = reader.prepare_cached(&sql).doing("read the files of a ticket")?;
            let rows = statement.query_map([ticket], file_of).doing("read the files of a ticket")?;
            rows.collect::<rusqlite::Result<_>>().doing("read the files of a ticket")
        })
    }

    pub fn file_by_number(&self, id: i64) -> Result<Option<StoredFile>> {
        self.read(|reader| {
            let sql = format!("SELECT {COLUMNS} FROM case_file WHERE id = ?1 AND removed_at IS NULL");
            let mut statement = reader.prepare_cached(&sql).doing("read a file")?;
            statement.query_row([id], file_of).optional().doing("read a file")
        })
    }

    /// What is in it.
    pub fn file_bytes(&self, id: i64) -> Result<Vec<u8>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT body FROM case_file_piece WHERE file = ?1 ORDER BY nth")
                .doing("read a file")?;
            let pieces = statement.query_map([id], |row| row.get::<_, Vec<u8>>(0)).doing("read a file")?;
            let mut bytes = Vec::new();
            for piece in pieces {
                let piece = piece.doing("read a file")?;
                bytes.extend(zstd::bulk::decompress(&piece, PIECE).map_err(|_| Error::Damaged)?);
            }
            Ok(bytes)
        })
    }

    /// What was found in it, read anew.
    pub fn put_found(&self, id: i64, found: &str) -> Result<()> {
        self.write(|transaction| {
            transaction.execute("UPDATE case_file SET found = ?2 WHERE id = ?1", (id, found)).doing("keep a file")?;
            touched(transaction, id)
        })
    }

    /// It is seen nowhere any more, until it is brought back. Answers whether it was there.
    pub fn remove_file(&self, id: i64, now: Millis) -> Result<bool> {
        self.write(|transaction| {
            touched(transaction, id)?;
            let sql = "UPDATE case_file SET removed_at = ?2 WHERE id = ?1 AND removed_at IS NULL";
            Ok(transaction.execute(sql, (id, now.0)).doing("take a file away")? > 0)
        })
    }

    /// Answers whether there was something to bring back.
    pub fn bring_back_file(&self, id: i64) -> Result<bool> {
        self.write(|transaction| {
            touched(transaction, id)?;
            let sql = "UPDATE case_file SET removed_at = NULL WHERE id = ?1 AND removed_at IS NOT NULL";
            Ok(transaction.execute(sql, [id]).doing("bring a file back")? > 0)
        })
    }

    /// Lets go for good of what was taken away before then.
    pub fn forget_removed_files(&self, before: Millis) -> Result<()> {
        let any = "SELECT EXISTS (SELECT 1 FROM case_file WHERE removed_at < ?1)";
        let any: bool = self
            .read(|reader| reader.query_row(any, [before.0], |row| row.get(0)).doing("look for files to let go of"))?;
        if !any {
            return Ok(());
        }
        self.write_aside(|transaction| {
            for sql in [
                "DELETE FROM case_file_piece WHERE file IN (SELECT id FROM case_file WHERE removed_at < ?1)",
                "DELETE FROM case_file WHERE removed_at < ?1",
            ] {
                transaction.execute(sql, [before.0]).doing("let go of files")?;
            }
            Ok(())
        })
    }

    /// Answers its number.
    pub fn say_chain(&self, one: &StoredChain) -> Result<i64> {
        self.write_aside(|transaction| {
            let sql = "INSERT INTO chain_link (ticket, cause, effect, at) VALUES (?1, ?2, ?3, ?4)";
            transaction.execute(sql, (&one.ticket, &one.cause, &one.effect, one.at)).doing("note what led to what")?;
            Ok(transaction.last_insert_rowid())
        })
    }

    /// Answers whether there was something to take back.
    pub fn unsay_chain(&self, id: i64, now: Millis) -> Result<bool> {
        self.write_aside(|transaction| {
            let sql = "UPDATE chain_link SET undone_at = ?2 WHERE id = ?1 AND undone_at IS NULL";
            let undone = transaction.execute(sql, (id, now.0)).doing("take back what led to what")?;
            Ok(undone > 0)
        })
    }

    /// Of one ticket, in the order in which it was said.
    pub fn chain_of(&self, ticket: &str) -> Result<Vec<StoredChain>> {
        self.read(|reader| {
            let sql = "SELECT id, ticket, cause, effect, at FROM chain_link WHERE ticket = ?1 AND undone_at IS NULL ORDER BY id";
            let mut statement = reader.prepare_cached(sql).doing("read what led to what")?;
            let rows = statement.query_map([ticket], |row| {
                let (id, ticket, cause, effect, at) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
                Ok(StoredChain { id, ticket, cause, effect, at })
            });
            let rows = rows.doing("read what led to what")?;
            rows.collect::<rusqlite::Result<_>>().doing("read what led to what")
        })
    }
}

/// What belongs to tickets that are let go of goes with them.
pub(crate) fn forget(transaction: &Transaction<'_>, condition: &str, value: &str) -> Result<()> {
    for sql in [
        format!("DELETE FROM case_file_piece WHERE file IN (SELECT id FROM case_file WHERE {condition})"),
        format!("DELETE FROM case_file WHERE {condition}"),
        format!("DELETE FROM chain_link WHERE {condition}"),
    ] {
        transaction.execute(&sql, [value]).doing("clear the files of what is deleted")?;
    }
    Ok(())
}

/// Its ticket is read anew for the index.
fn touched(transaction: &Transaction<'_>, id: i64) -> Result<()> {
    let sql = "SELECT ticket FROM case_file WHERE id = ?1";
    let ticket: Option<String> =
        transaction.query_row(sql, [id], |row| row.get(0)).optional().doing("find the ticket of a file")?;
    ticket.map_or(Ok(()), |ticket| touch(transaction, &ticket))
}

fn file_of(row: &Row<'_>) -> rusqlite::Result<StoredFile> {
    Ok(StoredFile {
        id: row.get(0)?,
        ticket: row.get(1)?,
        kind: row.get(2)?,
        name: row.get(3)?,
        size: row.get::<_, i64>(4)? as u64,
        at: row.get(5)?,
        found: row.get(6)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_back_byte_for_byte_and_is_gone_with_its_ticket() {
        let store = Store::in_memory().unwrap();
        let bytes: Vec<u8> = (0..3_000_000u32).map(|n| (n % 251) as u8).collect();
        let file = StoredFile {
            ticket: "files:T-1".into(),
            kind: "log".into(),
            name: "a.log".into(),
            size: 3_000_000,
            ..Default::default()
        };
        let id = store.add_file(&file, &bytes).unwrap();
        let other = store.add_file(&StoredFile { ticket: "files:T-2".into(), ..file.clone() }, b"x").unwrap();
        assert!(store.file_bytes(id).unwrap() == bytes);
        let said =
            StoredChain { ticket: "files:T-1".into(), cause: "a".into(), effect: "b".into(), ..Default::default() };
        let link = store.say_chain(&said).unwrap();
        assert!(store.unsay_chain(link, Millis(2)).unwrap() && !store.unsay_chain(link, Millis(3)).unwrap());
        store.say_chain(&said).unwrap();
        assert_eq!(store.chain_of("files:T-1").unwrap().len(), 1);
        store.write(|transaction| forget(transaction, "ticket = ?1", "files:T-1")).unwrap();
        assert_eq!((store.files_of("files:T-1").unwrap(), store.file_bytes(id).unwrap()), (vec![], vec![]));
        assert_eq!(store.chain_of("files:T-1").unwrap(), []);
        assert_eq!(store.file_bytes(other).unwrap(), b"x");
        assert!(store.remove_file(other, Millis(5)).unwrap() && !store.remove_file(other, Millis(6)).unwrap());
        assert_eq!((store.files_of("files:T-2").unwrap(), store.file_by_number(other).unwrap()), (vec![], None));
        store.forget_removed_files(Millis(5)).unwrap();
        assert!(store.bring_back_file(other).unwrap() && !store.bring_back_file(other).unwrap());
        assert_eq!(store.file_bytes(other).unwrap(), b"x");
        assert!(store.remove_file(other, Millis(7)).unwrap());
        store.forget_removed_files(Millis(8)).unwrap();
        assert!(!store.bring_back_file(other).unwrap() && store.file_bytes(other).unwrap().is_empty());
    }
}
