//! How far each escalation came, and when: one row for each time it moved or its package was sent anew. Only added to.

use super::StoredEscalation;
use crate::{Result, Store, error::Doing};
use rusqlite::{Row, Transaction};

/// It came to a state. Times are UTC milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    pub escalation: i64,
    pub at: i64,
    pub state: String,
    /// How complete its package was then.
    pub filled: u32,
    pub needed: u32,
}

/// Why a case was escalated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EscalationReason {
    pub escalation: i64,
    pub at: i64,
    pub reason: String,
    /// Where it was asked for.
    pub package: Option<String>,
}

/// Only where something of it is another than it was last. The first of them happened when it was handed over: one that
/// came in a file was so before it came.
pub(super) fn note(transaction: &Transaction<'_>, id: i64, one: &StoredEscalation) -> Result<()> {
    let sql = "INSERT INTO escalation_state (escalation, at, state, filled, needed)
               SELECT ?1, CASE WHEN EXISTS (SELECT 1 FROM escalation_state WHERE escalation = ?1) THEN ?2 ELSE ?3 END, ?4, ?5, ?6
               WHERE (?4, ?5, ?6) IS NOT
                 (SELECT state, filled, needed FROM escalation_state WHERE escalation = ?1 ORDER BY id DESC LIMIT 1)";
    let values = (id, one.updated_at, one.created_at, &one.state, one.filled, one.needed);
    transaction
        .prepare_cached(sql)
        .and_then(|mut statement| statement.execute(values))
        .doing("note how far an escalation came")?;
    Ok(())
}

impl Store {
    /// Of one escalation, in order.
    pub fn reached(&self, escalation: i64) -> Result<Vec<Reached>> {
        self.reached_where("escalation = ?1", escalation)
    }

    /// Of all of them, one escalation after another, each in order.
    pub fn all_reached(&self) -> Result<Vec<Reached>> {
        self.reached_where("?1 = 0", 0)
    }

    /// The ticket of each escalation, by its number.
    pub fn escalation_tickets(&self) -> Result<Vec<(i64, String)>> {
        self.read(|reader| {
            let mut statement =
                reader.prepare_cached("SELECT id, ticket_key FROM escalation ORDER BY id").doing("read escalations")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).doing("read escalations")?;
            rows.collect::<rusqlite::Result<_>>().doing("read escalations")
        })
    }

    /// Minutes of every escalation whose effort is known. No package is read.
    pub fn efforts(&self) -> Result<Vec<u32>> {
        self.read(|reader| {
            let sql = "SELECT effort FROM escalation WHERE effort IS NOT NULL ORDER BY created_at";
            let mut statement = reader.prepare_cached(sql).doing("read what escalations took")?;
            let rows = statement.query_map([], |row| row.get(0)).doing("read what escalations took")?;
            rows.collect::<rusqlite::Result<_>>().doing("read what escalations took")
        })
    }

    /// Of each escalation why it was made, with its package where that is `with`. Newest first.
    pub fn escalation_reasons(&self, with: &str) -> Result<Vec<EscalationReason>> {
        self.read(|reader| {
            let sql = "SELECT id, created_at, reason,
                         CASE WHEN reason = ?1 THEN (SELECT package FROM escalation AS own WHERE own.id = escalation.id) END
                       FROM escalation ORDER BY created_at DESC, id DESC";
            let mut statement = reader.prepare_cached(sql).doing("read why cases were escalated")?;
            let row = |row: &Row<'_>| {
                let (escalation, at, reason, package) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
                Ok(EscalationReason { escalation, at, reason, package })
            };
            let rows = statement.query_map([with], row).doing("read why cases were escalated")?;
            rows.collect::<rusqlite::Result<_>>().doing("read why cases were escalated")
        })
    }

    fn reached_where(&self, condition: &str, value: i64) -> Result<Vec<Reached>> {
        self.read(|reader| {
            let sql = format!(
                "SELECT escalation, at, state, filled, needed FROM escalation_state WHERE {condition} ORDER BY escalation, id"
            );
            let mut statement = reader.prepare_cached(&sql).doing("read how far escalations came")?;
            let rows = statement.query_map([value], of_row).doing("read how far escalations came")?;
            rows.collect::<rusqlite::Result<_>>().doing("read how far escalations came")
        })
    }
}

fn of_row(row: &Row<'_>) -> rusqlite::Result<Reached> {
    Ok(Reached {
        escalation: row.get(0)?,
        at: row.get(1)?,
        state: row.get(2)?,
        filled: row.get(3)?,
        needed: row.get(4)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_move_is_kept_with_its_time_nothing_twice_and_none_of_it_can_be_changed() {
        let store = Store::in_memory().unwrap();
        let one = StoredEscalation {
            state: "submitted".into(),
            filled: 9,
            needed: 10,
            created_at: 5,
            updated_at: 7,
            ..Default::default()
        };
        let id = store.put_escalation(&one).unwrap();
        let moved = StoredEscalation { id, state: "acknowledged".into(), updated_at: 8, ..one.clone() };
        store.put_escalation(&moved).unwrap();
        store.put_escalation(&StoredEscalation { effort: Some(3), updated_at: 9, ..moved }).unwrap();
        store.put_escalation(&StoredEscalation { id, filled: 10, updated_at: 10, ..one.clone() }).unwrap();
        store.put_escalation(&StoredEscalation { state: "draft".into(), ..one }).unwrap();
        let told: Vec<_> = store.reached(id).unwrap().into_iter().map(|one| (one.at, one.state, one.filled)).collect();
        assert_eq!(told, [(5, "submitted".into(), 9), (8, "acknowledged".into(), 9), (10, "submitted".to_owned(), 10)]);
        assert_eq!(store.all_reached().unwrap().len(), 4);
        let changed = store.write(|transaction| {
            transaction.execute("UPDATE escalation_state SET at = 1", []).doing("change what was")?;
            Ok(())
        });
        assert!(changed.is_err() && store.reached(id).unwrap()[0].at == 5);
    }
}
