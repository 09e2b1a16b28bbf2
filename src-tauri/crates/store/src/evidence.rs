//! What was found out about an escalation. Precious: people said it, or waited for it.

use crate::{Result, Store, error::Doing};
use domain::Millis;
use rusqlite::Row;

/// Of one escalation; the oldest go.
const KEPT: i64 = 40;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvidence {
    /// 0 of one that was not stored yet.
    pub id: i64,
    pub escalation: i64,
    pub kind: String,
    /// JSON.
    pub body: String,
    pub at: Millis,
}

impl Store {
    /// A new one, or the row of the same number anew. Answers its number.
    pub fn put_evidence(&self, one: &StoredEvidence) -> Result<i64> {
        self.write_aside(|transaction| {
            let sql = "INSERT OR REPLACE INTO evidence (id, escalation, kind, body, at) VALUES (nullif(?1, 0), ?2, ?3, ?4, ?5)";
            let values = (one.id, one.escalation, &one.kind, &one.body, one.at.0);
            transaction.execute(sql, values).doing("store evidence")?;
            let id = if one.id == 0 { transaction.last_insert_rowid() } else { one.id };
            let sql = "DELETE FROM evidence WHERE escalation = ?1 AND id NOT IN
                         (SELECT id FROM evidence WHERE escalation = ?1 ORDER BY id DESC LIMIT ?2)";
            transaction.execute(sql, (one.escalation, KEPT)).doing("store evidence")?;
            Ok(id)
        })
    }

    /// Of one escalation, oldest first.
    pub fn evidence_of(&self, escalation: i64) -> Result<Vec<StoredEvidence>> {
        self.read(|reader| {
            let sql = "SELECT id, escalation, kind, body, at FROM evidence WHERE escalation = ?1 ORDER BY id";
            let mut statement = reader.prepare_cached(sql).doing("read evidence")?;
            let rows = statement.query_map([escalation], of_row).doing("read evidence")?;
            rows.collect::<rusqlite::Result<_>>().doing("read evidence")
        })
    }
}

fn of_row(row: &Row<'_>) -> rusqlite::Result<StoredEvidence> {
    Ok(StoredEvidence {
        id: row.get(0)?,
        escalation: row.get(1)?,
        kind: row.get(2)?,
        body: row.get(3)?,
        at: Millis(row.get(4)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_kept_in_its_order_and_changed_in_place_and_the_oldest_goes() {
        let store = Store::in_memory().unwrap();
        let one = |body: &str| StoredEvidence {
            id: 0,
            escalation: 7,
            kind: "trial".into(),
            body: body.into(),
            at: Millis(1),
        };
        let first = store.put_evidence(&one("1")).unwrap();
        store.put_evidence(&one("2")).unwrap();
        store.put_evidence(&StoredEvidence { escalation: 8, ..one("other") }).unwrap();
        store.put_evidence(&StoredEvidence { id: first, ..one("1 anew") }).unwrap();
        let bodies = || store.evidence_of(7).unwrap().into_iter().map(|one| one.body).collect::<Vec<_>>();
        assert_eq!(bodies(), ["1 anew", "2"]);
        for at in 0..KEPT {
            store.put_evidence(&one(&at.to_string())).unwrap();
        }
        assert_eq!((bodies().len(), bodies()[0].as_str()), (40, "0"));
        assert_eq!(store.evidence_of(8).unwrap().len(), 1);
    }
}
