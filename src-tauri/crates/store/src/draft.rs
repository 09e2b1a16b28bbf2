//! What somebody began to hand over. Precious: it was typed, and left nowhere yet.

use crate::{Result, Store, error::Doing};
use domain::Millis;
use rusqlite::Transaction;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDraft {
    /// `source:id` of its ticket.
    pub ticket: String,
    /// JSON.
    pub body: String,
    pub at: Millis,
}

impl Store {
    /// In the place of what was begun for that ticket before. No figure is made of it.
    pub fn keep_draft(&self, one: &StoredDraft) -> Result<()> {
        self.write_aside(|transaction| {
            let sql = "INSERT OR REPLACE INTO escalation_draft (ticket, body, at) VALUES (?1, ?2, ?3)";
            transaction.execute(sql, (&one.ticket, &one.body, one.at.0)).doing("keep what was begun")?;
            Ok(())
        })
    }

    /// Answers whether there was one.
    pub fn drop_draft(&self, ticket: &str) -> Result<bool> {
        self.write_aside(|transaction| {
            let sql = "DELETE FROM escalation_draft WHERE ticket = ?1";
            Ok(transaction.execute(sql, [ticket]).doing("drop what was begun")? > 0)
        })
    }

    /// Those last written first.
    pub fn drafts(&self) -> Result<Vec<StoredDraft>> {
        self.read(|reader| {
            let sql = "SELECT ticket, body, at FROM escalation_draft ORDER BY at DESC, ticket";
            let mut statement = reader.prepare_cached(sql).doing("read what was begun")?;
            let rows = statement.query_map([], |row| {
                Ok(StoredDraft { ticket: row.get(0)?, body: row.get(1)?, at: Millis(row.get(2)?) })
            });
            rows.doing("read what was begun")?.collect::<rusqlite::Result<_>>().doing("read what was begun")
        })
    }
}

/// What belongs to tickets that are let go of goes with them.
pub(crate) fn forget(transaction: &Transaction<'_>, condition: &str, value: &str) -> Result<()> {
    let sql = format!("DELETE FROM escalation_draft WHERE {condition}");
    transaction.execute(&sql, [value]).doing("clear what was begun of what is deleted")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_of_each_ticket_and_it_goes_when_it_is_dropped_or_its_ticket_is() {
        let store = Store::in_memory().unwrap();
        let one = |ticket: &str, body: &str, at: i64| StoredDraft {
            ticket: ticket.into(),
            body: body.into(),
            at: Millis(at),
        };
        for draft in [one("files:T-1", "1", 1), one("files:T-2", "2", 2), one("files:T-1", "1 anew", 3)] {
            store.keep_draft(&draft).unwrap();
        }
        assert_eq!(store.drafts().unwrap(), [one("files:T-1", "1 anew", 3), one("files:T-2", "2", 2)]);
        assert!(store.drop_draft("files:T-1").unwrap() && !store.drop_draft("files:T-1").unwrap());
        store.write(|transaction| forget(transaction, "ticket = ?1", "files:T-2")).unwrap();
        assert_eq!(store.drafts().unwrap(), []);
    }
}
