//! What was tried on which ticket, and what came of it. Precious: only people write it.

use crate::{Result, Store, error::Doing, link::parse_key};
use domain::{Key, Millis};
use rusqlite::Row;

/// What came of a step, or of all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepOutcome {
    /// Ticked: it was done, and nothing is said of whether it helped.
    Done,
    Worked,
    DidNotWork,
}

impl StepOutcome {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Worked => "worked",
            Self::DidNotWork => "did_not_work",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Done, Self::Worked, Self::DidNotWork].into_iter().find(|outcome| outcome.as_str() == text)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// 0 of one that is not stored yet.
    pub id: i64,
    pub at: Millis,
    pub ticket: Key,
    /// `source:id` of what was tried.
    pub entry: Key,
    /// From 1; 0 is the whole of it.
    pub step: u32,
    /// The step's words as they stood there.
    pub said: String,
    pub outcome: StepOutcome,
    pub version: Option<String>,
}

/// Of the tickets on which it was tried, how many it helped. Each ticket counts once, as it was said last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    pub entry: Key,
    pub worked: u32,
    pub tried: u32,
    /// When it helped last.
    pub confirmed_at: Option<Millis>,
    /// Of the five latest, how many it helped.
    pub worked_lately: u32,
    pub tried_lately: u32,
}

const COLUMNS: &str = "id, at, ticket, entry, step, said, outcome, version";

/// The last outcome of each ticket and entry.
const STANDING: &str =
    "SELECT max(id) FROM step_log WHERE undone_at IS NULL AND outcome <> 'done' GROUP BY entry, ticket";

impl Store {
    /// Answers the number that takes it back.
    pub fn log_step(&self, step: &Step) -> Result<i64> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO step_log (at, ticket, entry, step, said, outcome, version)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )
                .and_then(|mut statement| {
                    statement.execute((
                        step.at.0,
                        step.ticket.to_string(),
                        step.entry.to_string(),
                        step.step,
                        &step.said,
                        step.outcome.as_str(),
                        &step.version,
                    ))
                })
                .doing("note what was tried")?;
            Ok(transaction.last_insert_rowid())
        })
    }

    /// Answers whether there was something to take back.
    pub fn unlog_step(&self, id: i64, now: Millis) -> Result<bool> {
        self.write(|transaction| {
            let undone = transaction
                .execute("UPDATE step_log SET undone_at = ?2 WHERE id = ?1 AND undone_at IS NULL", (id, now.0))
                .doing("take back what was tried")?;
            Ok(undone > 0)
        })
    }

    /// What was tried on a ticket, oldest first.
    pub fn steps_on(&self, ticket: &Key) -> Result<Vec<Step>> {
        self.steps("ticket = ?1 ORDER BY id", &ticket.to_string())
    }

    /// What stands of an entry on each ticket where it is known what came of it, newest first.
    pub fn outcomes_of(&self, entry: &Key) -> Result<Vec<Step>> {
        self.steps(&format!("entry = ?1 AND id IN ({STANDING}) ORDER BY id DESC"), &entry.to_string())
    }

    fn steps(&self, condition: &str, key: &str) -> Result<Vec<Step>> {
        self.read(|reader| {
            let sql = format!("SELECT {COLUMNS} FROM step_log WHERE undone_at IS NULL AND {condition}");
            let mut statement = reader.prepare_cached(&sql).doing("read what was tried")?;
            let rows = statement.query_map([key], raw).doing("read what was tried")?;
            rows.map(|row| row.doing("read what was tried")?).collect()
        })
    }

    /// Of everything that was tried.
    pub fn tried(&self) -> Result<Vec<Tried>> {
        self.read(|reader| {
            let sql = format!(
                "WITH stands AS (
                   SELECT entry, outcome, at, row_number() OVER (PARTITION BY entry ORDER BY id DESC) AS place
                   FROM step_log WHERE id IN ({STANDING}))
                 SELECT entry, sum(outcome = 'worked'), count(*), max(CASE WHEN outcome = 'worked' THEN at END),
                   sum(outcome = 'worked' AND place <= 5), sum(place <= 5)
                 FROM stands GROUP BY entry ORDER BY entry"
            );
            let mut statement = reader.prepare_cached(&sql).doing("count what was tried")?;
            let rows = statement
                .query_map([], |row| {
                    Ok((
                        row.get::<_, String>(0)?,
                        (row.get(1)?, row.get(2)?),
                        row.get::<_, Option<i64>>(3)?,
                        (row.get(4)?, row.get(5)?),
                    ))
                })
                .doing("count what was tried")?;
            rows.map(|row| {
                let (entry, (worked, tried), confirmed, (worked_lately, tried_lately)) =
                    row.doing("count what was tried")?;
                let confirmed_at = confirmed.map(Millis);
                Ok(Tried { entry: parse_key(&entry)?, worked, tried, confirmed_at, worked_lately, tried_lately })
            })
            .collect()
        })
    }
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Result<Step>> {
    let (ticket, entry): (String, String) = (row.get(2)?, row.get(3)?);
    let outcome: String = row.get(6)?;
    let (id, at, step, said, version) = (row.get(0)?, Millis(row.get(1)?), row.get(4)?, row.get(5)?, row.get(7)?);
    let outcome = StepOutcome::parse(&outcome)
        .ok_or_else(|| crate::Error::Unreadable { what: "what came of a step", value: outcome });
    Ok(outcome.and_then(|outcome| {
        Ok(Step { id, at, ticket: parse_key(&ticket)?, entry: parse_key(&entry)?, step, said, outcome, version })
    }))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn step(ticket: &str, outcome: StepOutcome, at: i64) -> Step {
        Step {
            id: 0,
            at: Millis(at),
            ticket: ticket.parse().unwrap(),
            entry: "knowledge:KE-1".parse().unwrap(),
            step: 0,
            said: "Restart it".into(),
            outcome,
            version: Some("2.2.0".into()),
        }
    }

    #[test]
    fn a_ticket_counts_once_as_it_was_said_last_and_what_was_taken_back_does_not() {
        let store = Store::in_memory().unwrap();
        let said = [
            ("files:A", StepOutcome::DidNotWork),
            ("files:A", StepOutcome::Worked),
            ("files:B", StepOutcome::DidNotWork),
        ];
        let ids: Vec<i64> = said
            .into_iter()
            .zip(1..)
            .map(|((ticket, outcome), at)| store.log_step(&step(ticket, outcome, at)).unwrap())
            .collect();
        store.log_step(&Step { step: 2, ..step("files:C", StepOutcome::Done, 9) }).unwrap();
        let count = || {
            store.tried().unwrap().into_iter().map(|one| (one.worked, one.tried, one.confirmed_at)).collect::<Vec<_>>()
        };
        assert_eq!(count(), [(1, 2, Some(Millis(2)))]);
        assert!(store.unlog_step(ids[1], Millis(10)).unwrap());
        assert!(!store.unlog_step(ids[1], Millis(11)).unwrap());
        assert_eq!(count(), [(0, 2, None)], "what was said before stands again");
        assert_eq!(store.steps_on(&"files:A".parse().unwrap()).unwrap().len(), 1);
        assert_eq!(store.outcomes_of(&"knowledge:KE-1".parse().unwrap()).unwrap().len(), 2);
    }

    #[test]
    fn the_five_latest_are_told_apart_from_all() {
        let store = Store::in_memory().unwrap();
        for at in 0..9 {
            let outcome = if at < 6 { StepOutcome::Worked } else { StepOutcome::DidNotWork };
            store.log_step(&step(&format!("files:{at}"), outcome, at)).unwrap();
        }
        let tried = store.tried().unwrap();
        assert_eq!((tried[0].worked, tried[0].tried), (6, 9));
        assert_eq!((tried[0].worked_lately, tried[0].tried_lately), (2, 5));
    }
}
