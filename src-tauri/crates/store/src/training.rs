//! Cases that somebody practised on. Precious, and private: it is in no figure, report or bundle.

use crate::{Result, Store, error::Doing};
use domain::Millis;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub at: Millis,
    /// `source:id` of the case.
    pub ticket: String,
    /// What it was taken for; `None` is something new.
    pub choice: Option<String>,
    pub correct: bool,
    /// What they would have done.
    pub said: String,
}

/// How a case went so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Practised {
    pub last_at: Millis,
    /// How often in a row it was right, up to the last time.
    pub streak: u32,
    pub attempts: u32,
}

impl Store {
    pub fn note_attempt(&self, attempt: &Attempt) -> Result<()> {
        self.write(|transaction| {
            transaction
                .execute(
                    "INSERT INTO training_attempt (at, ticket, choice, correct, said) VALUES (?1, ?2, ?3, ?4, ?5)",
                    (attempt.at.0, &attempt.ticket, &attempt.choice, attempt.correct, &attempt.said),
                )
                .doing("note an attempt")?;
            Ok(())
        })
    }

    /// By ticket.
    pub fn practised(&self) -> Result<BTreeMap<String, Practised>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT ticket, at, correct FROM training_attempt ORDER BY id")
                .doing("read attempts")?;
            let rows =
                statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).doing("read attempts")?;
            let mut all: BTreeMap<String, Practised> = BTreeMap::new();
            for row in rows {
                let (ticket, at, correct): (String, i64, bool) = row.doing("read attempts")?;
                let one = all.entry(ticket).or_default();
                one.last_at = Millis(at);
                one.attempts += 1;
                one.streak = if correct { one.streak + 1 } else { 0 };
            }
            Ok(all)
        })
    }

    /// All that was tried, and how much of it was right, since a moment.
    pub fn attempts_since(&self, since: Millis) -> Result<(u32, u32)> {
        self.read(|reader| {
            let sql = "SELECT count(*), coalesce(sum(correct), 0) FROM training_attempt WHERE at >= ?1";
            reader.query_row(sql, [since.0], |row| Ok((row.get(0)?, row.get(1)?))).doing("count attempts")
        })
    }

    /// Forgets all of it: it belongs to whoever practised.
    pub fn forget_attempts(&self) -> Result<()> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM training_attempt", []).doing("forget attempts")?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_remembers_how_often_in_a_row_it_was_right() {
        let store = Store::in_memory().unwrap();
        for (at, ticket, correct) in
            [(1, "files:A", true), (2, "files:B", true), (3, "files:A", false), (4, "files:B", true)]
        {
            let attempt = Attempt { at: Millis(at), ticket: ticket.into(), choice: None, correct, said: "x".into() };
            store.note_attempt(&attempt).unwrap();
        }
        let all = store.practised().unwrap();
        assert_eq!(all["files:A"], Practised { last_at: Millis(3), streak: 0, attempts: 2 });
        assert_eq!(all["files:B"], Practised { last_at: Millis(4), streak: 2, attempts: 2 });
        assert_eq!(store.attempts_since(Millis(3)).unwrap(), (2, 1));
        store.forget_attempts().unwrap();
        assert!(store.practised().unwrap().is_empty());
    }
}
