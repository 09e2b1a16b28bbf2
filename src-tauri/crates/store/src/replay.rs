//! Exams that were taken, newest few.

use crate::{Result, Store, error::Doing};
use domain::Millis;

/// Enough to see whether it gets better or worse.
const KEPT: i64 = 10;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptReplay {
    pub id: i64,
    pub at: Millis,
    pub report: String,
}

impl Store {
    /// Keeps a report, and lets go of the oldest.
    pub fn keep_replay(&self, report: &str, now: Millis) -> Result<i64> {
        // Figures are made of the newest one.
        self.write(|transaction| {
            transaction
                .execute("INSERT INTO replay (at, report) VALUES (?1, ?2)", (now.0, report))
                .doing("keep an exam")?;
            let id = transaction.last_insert_rowid();
            transaction.execute("DELETE FROM replay WHERE id <= ?1", [id - KEPT]).doing("let go of an old exam")?;
            Ok(id)
        })
    }

    /// Of the newest exam; cheap, to see whether another was taken.
    pub fn last_replay_id(&self) -> Result<Option<i64>> {
        self.read(|reader| {
            let id = reader.query_row("SELECT max(id) FROM replay", [], |row| row.get(0));
            id.doing("look for the last exam")
        })
    }

    /// The newest so many, newest first.
    pub fn last_replays(&self, most: u32) -> Result<Vec<KeptReplay>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT id, at, report FROM replay ORDER BY id DESC LIMIT ?1")
                .doing("read the last exams")?;
            let rows = statement.query_map([most], |row| {
                Ok(KeptReplay { id: row.get(0)?, at: Millis(row.get(1)?), report: row.get(2)? })
            });
            rows.doing("read the last exams")?.collect::<rusqlite::Result<_>>().doing("read the last exams")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_exam_is_read_and_the_oldest_are_let_go() {
        let store = Store::in_memory().unwrap();
        assert_eq!((store.last_replays(2).unwrap(), store.last_replay_id().unwrap()), (Vec::new(), None));
        let ids: Vec<i64> = (0..15).map(|n| store.keep_replay(&format!("report {n}"), Millis(n)).unwrap()).collect();
        assert_eq!(store.last_replay_id().unwrap(), ids.last().copied());
        let last = store.last_replays(100).unwrap();
        assert_eq!((last[0].id, last[0].at, last[0].report.as_str()), (ids[14], Millis(14), "report 14"));
        assert_eq!(last.len() as i64, KEPT);
    }
}
