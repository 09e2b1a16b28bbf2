//! What people did, in order, with the way back where there is one. Precious: only people write it.

use crate::{Result, Store, error::Doing};
use domain::Millis;
use rusqlite::{OptionalExtension, Row};

/// Further back nothing is taken back: texts of old ways back would fill the file.
const KEPT: i64 = 1_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    pub id: i64,
    pub at: Millis,
    /// The command by which it was done.
    pub what: String,
    /// Ids of what it was done to.
    pub about: String,
    /// The commands that take it back, as JSON; `None` where there is no way back, or it is too long ago.
    pub undo: Option<String>,
    pub undone_at: Option<Millis>,
}

impl Store {
    pub fn note_deed(&self, what: &str, about: &str, undo: Option<&str>, now: Millis) -> Result<i64> {
        self.write_aside(|transaction| {
            transaction
                .execute(
                    "INSERT INTO event_log (at, what, about, undo) VALUES (?1, ?2, ?3, ?4)",
                    (now.0, what, about, undo),
                )
                .doing("note what was done")?;
            let id = transaction.last_insert_rowid();
            transaction
                .execute("UPDATE event_log SET undo = NULL WHERE id <= ?1 AND undo IS NOT NULL", [id - KEPT])
                .doing("note what was done")?;
            Ok(id)
        })
    }

    /// Newest first.
    pub fn deeds(&self, most: u32) -> Result<Vec<Deed>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT id, at, what, about, undo, undone_at FROM event_log ORDER BY id DESC LIMIT ?1")
                .doing("read what was done")?;
            let rows = statement.query_map([most], deed).doing("read what was done")?;
            rows.collect::<rusqlite::Result<_>>().doing("read what was done")
        })
    }

    pub fn deed(&self, id: i64) -> Result<Option<Deed>> {
        self.read(|reader| {
            reader
                .query_row("SELECT id, at, what, about, undo, undone_at FROM event_log WHERE id = ?1", [id], deed)
                .optional()
                .doing("read what was done")
        })
    }

    /// The newest that stands and is taken back by just these commands. Where the same was done to the same since, what
    /// looks like a way back skips that, and takes nothing back.
    pub fn deed_undone_by(&self, undo: &str) -> Result<Option<i64>> {
        self.read(|reader| {
            let sql = "SELECT id FROM event_log AS done WHERE undone_at IS NULL AND undo = ?1
                AND NOT EXISTS (SELECT 1 FROM event_log AS later WHERE later.id > done.id AND later.undone_at IS NULL
                  AND later.what = done.what AND later.about = done.about)
              ORDER BY id DESC LIMIT 1";
            reader.query_row(sql, [undo], |row| row.get(0)).optional().doing("find what was done")
        })
    }

    pub fn mark_undone(&self, id: i64, now: Millis) -> Result<()> {
        self.write_aside(|transaction| {
            transaction
                .execute("UPDATE event_log SET undone_at = ?2 WHERE id = ?1 AND undone_at IS NULL", (id, now.0))
                .doing("note what was taken back")?;
            Ok(())
        })
    }
}

fn deed(row: &Row<'_>) -> rusqlite::Result<Deed> {
    Ok(Deed {
        id: row.get(0)?,
        at: Millis(row.get(1)?),
        what: row.get(2)?,
        about: row.get(3)?,
        undo: row.get(4)?,
        undone_at: row.get::<_, Option<i64>>(5)?.map(Millis),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_told_newest_first_and_marked_when_it_is_taken_back() {
        let store = Store::in_memory().unwrap();
        let flag = store.note_deed("flag_raise", "files:T-1", Some("[1]"), Millis(5)).unwrap();
        let sent = store.note_deed("outbox_send", "7", None, Millis(6)).unwrap();
        assert_eq!(store.deeds(9).unwrap().iter().map(|deed| deed.id).collect::<Vec<_>>(), [sent, flag]);
        assert_eq!(store.deed_undone_by("[1]").unwrap(), Some(flag));
        store.mark_undone(flag, Millis(7)).unwrap();
        assert_eq!(store.deed_undone_by("[1]").unwrap(), None);
        assert_eq!(store.deed(flag).unwrap().unwrap().undone_at, Some(Millis(7)));
        assert_eq!(store.deed(99).unwrap(), None);
    }

    #[test]
    fn what_was_done_twice_is_not_taken_back_past_the_second_time() {
        let store = Store::in_memory().unwrap();
        let first = store.note_deed("aside_set", "files:T-1", Some("[none]"), Millis(5)).unwrap();
        let second = store.note_deed("aside_set", "files:T-1", Some("[why]"), Millis(6)).unwrap();
        assert_eq!(store.deed_undone_by("[none]").unwrap(), None);
        store.mark_undone(second, Millis(7)).unwrap();
        assert_eq!(store.deed_undone_by("[none]").unwrap(), Some(first));
    }

    #[test]
    fn far_back_the_words_go_and_that_it_was_done_stays() {
        let store = Store::in_memory().unwrap();
        for at in 0..=KEPT {
            store.note_deed("kb_save", "articles/a.md", Some("[]"), Millis(at)).unwrap();
        }
        assert_eq!(store.deed(1).unwrap().unwrap().undo, None);
        assert_eq!(store.deed(2).unwrap().unwrap().undo.as_deref(), Some("[]"));
    }
}
