//! What people say of figures: which kinds of issues always need engineering, and whether what was sampled is right.

use super::{rows, ties::TIES};
use crate::{Result, Store, error::Doing};
use domain::Millis;
use rusqlite::OptionalExtension;

/// Every kind of issue: its number among [`TicketHistory::problems`](super::TicketHistory), and a name that outlives the row.
pub(super) const NAMES: &str = "SELECT id * 2 AS problem, 'signature:' || code AS name FROM issue_signature
  UNION ALL SELECT known_error.id * 2 + 1, 'known_error:' || source.name || ':' || ext_id
    FROM known_error JOIN source ON source.id = source_id";

/// A kind of issue that always needs engineering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Always {
    pub name: String,
    /// `None` while nothing of it is here.
    pub problem: Option<i64>,
    pub at: i64,
}

/// Of what somebody looked at a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// What a ticket is tied to.
    Tie,
    /// What was found for an escalation as of when it was raised.
    Answer,
}

impl Look {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tie => "tie",
            Self::Answer => "answer",
        }
    }
}

/// What somebody saw: whether `other` fits the ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedAt {
    pub ticket: String,
    pub other: String,
    pub fits: bool,
}

impl Store {
    /// The latest first.
    pub fn always_engineering(&self) -> Result<Vec<Always>> {
        self.read(|reader| {
            let sql = format!(
                "SELECT always_engineering.name, named.problem, at FROM always_engineering
                 LEFT JOIN ({NAMES}) AS named ON named.name = always_engineering.name ORDER BY at DESC, 1"
            );
            rows(reader, &sql, |row| Ok(Always { name: row.get(0)?, problem: row.get(1)?, at: row.get(2)? }))
        })
    }

    /// Whether there is such a kind of issue.
    pub fn is_issue_type(&self, name: &str) -> Result<bool> {
        self.read(|reader| {
            let sql = format!("SELECT 1 FROM ({NAMES}) WHERE name = ?1");
            let found = reader.query_row(&sql, [name], |_| Ok(())).optional();
            found.map(|found| found.is_some()).doing("look for a kind of issue")
        })
    }

    /// Whether a ticket is of a kind that always needs engineering.
    pub fn always_needs_engineering(&self, row: i64, key: &str) -> Result<bool> {
        self.read(|reader| {
            let sql = format!(
                "SELECT 1 FROM ({NAMES}) WHERE name IN (SELECT name FROM always_engineering) AND (
                   problem IN (SELECT signature_id * 2 FROM doc_signature WHERE kind = 1 AND row = ?1)
                   OR problem IN (SELECT known_error_id * 2 + 1 FROM known_error_ticket WHERE ticket_key = ?2)) LIMIT 1"
            );
            let found = reader.query_row(&sql, (row, key), |_| Ok(())).optional();
            found.map(|found| found.is_some()).doing("look whether a ticket always needs engineering")
        })
    }

    /// Answers whether it was so before.
    pub fn set_always_engineering(&self, name: &str, always: bool, now: Millis) -> Result<bool> {
        self.write(|transaction| {
            let changed = if always {
                let sql = "INSERT INTO always_engineering (name, at) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING";
                transaction.execute(sql, (name, now.0))
            } else {
                transaction.execute("DELETE FROM always_engineering WHERE name = ?1", [name])
            };
            Ok((changed.doing("say what always needs engineering")? > 0) != always)
        })
    }

    pub fn looked_at(&self, look: Look) -> Result<Vec<LookedAt>> {
        self.read(|reader| {
            const DOING: &str = "read what was sampled";
            let sql = "SELECT ticket, other, fits FROM looked_at WHERE kind = ?1 ORDER BY ticket, other";
            let mut statement = reader.prepare_cached(sql).doing(DOING)?;
            let found = statement.query_map([look.as_str()], |row| {
                Ok(LookedAt { ticket: row.get(0)?, other: row.get(1)?, fits: row.get(2)? })
            });
            found.doing(DOING)?.collect::<rusqlite::Result<_>>().doing(DOING)
        })
    }

    /// `None` takes it back. Answers what was said before.
    pub fn look_at(
        &self,
        look: Look,
        ticket: &str,
        other: &str,
        fits: Option<bool>,
        now: Millis,
    ) -> Result<Option<bool>> {
        const DOING: &str = "note what was sampled";
        self.write(|transaction| {
            let of = (look.as_str(), ticket, other);
            let sql = "SELECT fits FROM looked_at WHERE kind = ?1 AND ticket = ?2 AND other = ?3";
            let before = transaction.query_row(sql, of, |row| row.get(0)).optional().doing(DOING)?;
            match fits {
                Some(fits) => transaction.execute(
                    "INSERT INTO looked_at (kind, ticket, other, fits, at) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (kind, ticket, other) DO UPDATE SET fits = excluded.fits, at = excluded.at",
                    (of.0, of.1, of.2, fits, now.0),
                ),
                None => transaction.execute("DELETE FROM looked_at WHERE kind = ?1 AND ticket = ?2 AND other = ?3", of),
            }
            .doing(DOING)?;
            Ok(before)
        })
    }

    /// Keys of tickets of which there is no package, with why each was escalated.
    pub fn ticket_reasons(&self) -> Result<Vec<(String, String)>> {
        let sql = "SELECT ticket, reason FROM ticket_reason ORDER BY ticket";
        self.read(|reader| rows(reader, sql, |row| Ok((row.get(0)?, row.get(1)?))))
    }

    /// `None` takes it back. Answers what was said before.
    pub fn set_ticket_reason(&self, ticket: &str, reason: Option<&str>, now: Millis) -> Result<Option<String>> {
        const DOING: &str = "say why a ticket was escalated";
        self.write(|transaction| {
            let sql = "DELETE FROM ticket_reason WHERE ticket = ?1 RETURNING reason";
            let before = transaction.query_row(sql, [ticket], |row| row.get(0)).optional().doing(DOING)?;
            if let Some(reason) = reason {
                let sql = "INSERT INTO ticket_reason (ticket, reason, at) VALUES (?1, ?2, ?3)";
                transaction.execute(sql, (ticket, reason, now.0)).doing(DOING)?;
            }
            Ok(before)
        })
    }

    /// Keys of tickets with what each is tied to, as [`TicketHistory::linked`](super::TicketHistory) means it.
    pub fn tied(&self) -> Result<Vec<(String, String)>> {
        self.read(|reader| rows(reader, TIES, |row| Ok((row.get(0)?, row.get(1)?))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_kept_once_and_taken_back() {
        let store = Store::in_memory().unwrap();
        assert!(!store.set_always_engineering("signature:ABCD", true, Millis(1)).unwrap());
        assert!(store.set_always_engineering("signature:ABCD", true, Millis(2)).unwrap());
        let one = Always { name: "signature:ABCD".into(), problem: None, at: 1 };
        assert_eq!(store.always_engineering().unwrap(), [one]);
        assert!(store.set_always_engineering("signature:ABCD", false, Millis(3)).unwrap());
        assert!(!store.set_always_engineering("signature:ABCD", false, Millis(3)).unwrap());
        assert!(!store.is_issue_type("signature:ABCD").unwrap());
        let say = |fits| store.look_at(Look::Tie, "files:A", "files:B", fits, Millis(4)).unwrap();
        assert_eq!((say(Some(true)), say(Some(false)), say(None), say(None)), (None, Some(true), Some(false), None));
        say(Some(true));
        assert_eq!(store.looked_at(Look::Tie).unwrap().len(), 1);
        assert_eq!(store.looked_at(Look::Answer).unwrap(), []);
    }

    #[test]
    fn a_ticket_has_one_reason_the_last_that_was_said_or_none() {
        let store = Store::in_memory().unwrap();
        let say = |reason| store.set_ticket_reason("files:A", reason, Millis(4)).unwrap();
        assert_eq!((say(Some("no_access")), say(Some("other"))), (None, Some("no_access".into())));
        assert_eq!(store.ticket_reasons().unwrap(), [("files:A".to_owned(), "other".to_owned())]);
        assert_eq!((say(None), say(None)), (Some("other".into()), None));
        assert_eq!(store.ticket_reasons().unwrap(), []);
    }
}
