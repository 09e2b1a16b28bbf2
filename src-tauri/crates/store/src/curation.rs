//! What leads and agents do with the knowledge base besides its files: flags, what was set aside, and what waits.
//! Precious: only people write it.

use crate::{Result, Store, error::Doing, link::parse_key};
use domain::{DocKind, Key, Millis};
use std::collections::BTreeMap;

/// Somebody says that an entry is wrong, or no longer right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    pub id: i64,
    pub at: Millis,
    pub entry: Key,
    pub said: String,
    pub ticket: Option<Key>,
}

/// Solved, and tied to nothing that is known.
const UNCAPTURED: &str = "FROM ticket JOIN source ON source.id = source_id
 WHERE ticket.deleted = 0 AND status IN ('solved', 'closed') AND merged_into IS NULL
   AND NOT EXISTS (SELECT 1 FROM known_error_ticket WHERE ticket_key = source.name || ':' || ext_id)
   AND NOT EXISTS (SELECT 1 FROM suggestion_event
     WHERE question = source.name || ':' || ext_id AND verdict = 'used' AND undone_at IS NULL)
   AND NOT EXISTS (SELECT 1 FROM link WHERE from_key = source.name || ':' || ext_id AND polarity > 0
     AND kind IN ('same_as', 'duplicate_of', 'caused_by', 'documented_in'))
   AND NOT EXISTS (SELECT 1 FROM link WHERE to_key = source.name || ':' || ext_id AND polarity > 0 AND origin = 'human'
     AND kind IN ('same_as', 'duplicate_of'))
   AND NOT EXISTS (SELECT 1 FROM set_aside WHERE item = 'capture:' || source.name || ':' || ext_id)";

impl Store {
    /// Answers the number that takes it back.
    pub fn raise_flag(&self, entry: &Key, said: &str, ticket: Option<&Key>, now: Millis) -> Result<i64> {
        self.write(|transaction| {
            transaction
                .execute(
                    "INSERT INTO flag (at, entry, said, ticket) VALUES (?1, ?2, ?3, ?4)",
                    (now.0, entry.to_string(), said, ticket.map(ToString::to_string)),
                )
                .doing("raise a flag")?;
            Ok(transaction.last_insert_rowid())
        })
    }

    /// Settles a flag, or raises it again. Answers whether that changed anything.
    pub fn settle_flag(&self, id: i64, settled: Option<Millis>) -> Result<bool> {
        self.write(|transaction| {
            let changed = transaction
                .execute(
                    "UPDATE flag SET settled_at = ?2 WHERE id = ?1 AND (settled_at IS NULL) <> (?2 IS NULL)",
                    (id, settled.map(|at| at.0)),
                )
                .doing("settle a flag")?;
            Ok(changed > 0)
        })
    }

    /// Those that nobody settled, oldest first.
    pub fn flags(&self) -> Result<Vec<Flag>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT id, at, entry, said, ticket FROM flag WHERE settled_at IS NULL ORDER BY id")
                .doing("read flags")?;
            let rows = statement
                .query_map([], |row| {
                    Ok((
                        row.get(0)?,
                        row.get(1)?,
                        row.get::<_, String>(2)?,
                        row.get(3)?,
                        row.get::<_, Option<String>>(4)?,
                    ))
                })
                .doing("read flags")?;
            rows.map(|row| {
                let (id, at, entry, said, ticket) = row.doing("read flags")?;
                let ticket = ticket.as_deref().map(parse_key).transpose()?;
                Ok(Flag { id, at: Millis(at), entry: parse_key(&entry)?, said, ticket })
            })
            .collect()
        })
    }

    /// What need not be shown again, and why. Said twice, the later word counts.
    pub fn set_aside(&self, item: &str, why: &str, now: Millis) -> Result<()> {
        self.write(|transaction| {
            transaction
                .execute("INSERT OR REPLACE INTO set_aside (item, why, at) VALUES (?1, ?2, ?3)", (item, why, now.0))
                .doing("set an item aside")?;
            Ok(())
        })
    }

    /// Answers whether it was.
    pub fn take_up(&self, item: &str) -> Result<bool> {
        self.write(|transaction| {
            let taken =
                transaction.execute("DELETE FROM set_aside WHERE item = ?1", [item]).doing("take an item up again")?;
            Ok(taken > 0)
        })
    }

    /// Every item whose name begins so, with why and when.
    pub fn aside(&self, begins: &str) -> Result<BTreeMap<String, (String, Millis)>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT item, why, at FROM set_aside WHERE substr(item, 1, length(?1)) = ?1")
                .doing("read what is set aside")?;
            let rows = statement
                .query_map([begins], |row| Ok((row.get(0)?, (row.get(1)?, Millis(row.get(2)?)))))
                .doing("read what is set aside")?;
            rows.collect::<rusqlite::Result<_>>().doing("read what is set aside")
        })
    }

    /// Solved tickets that are tied to nothing known and not set aside, and when each was solved; latest first.
    pub fn uncaptured(&self) -> Result<Vec<(i64, Millis)>> {
        self.read(|reader| {
            let sql = format!("SELECT ticket.id, ifnull(solved_at, updated_at) {UNCAPTURED} ORDER BY 2 DESC, 1 DESC");
            let mut statement = reader.prepare_cached(&sql).doing("find what to capture")?;
            let rows =
                statement.query_map([], |row| Ok((row.get(0)?, Millis(row.get(1)?)))).doing("find what to capture")?;
            rows.collect::<rusqlite::Result<_>>().doing("find what to capture")
        })
    }

    /// Solved tickets that no known error has, oldest first: row, key and subject.
    pub fn solved_unknown(&self) -> Result<Vec<(i64, Key, String)>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT ticket.id, source.name || ':' || ext_id, subject FROM ticket JOIN source ON source.id = source_id
                     WHERE ticket.deleted = 0 AND status IN ('solved', 'closed')
                       AND NOT EXISTS (SELECT 1 FROM known_error_ticket WHERE ticket_key = source.name || ':' || ext_id)
                     ORDER BY ticket.created_at, ticket.id",
                )
                .doing("find solved tickets")?;
            let rows = statement
                .query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?)))
                .doing("find solved tickets")?;
            rows.map(|row| {
                let (row, key, subject) = row.doing("find solved tickets")?;
                Ok((row, parse_key(&key)?, subject))
            })
            .collect()
        })
    }

    /// Which stack traces tickets have: the trace's code and the ticket's row, by code.
    pub fn traces_of_tickets(&self) -> Result<Vec<(String, i64)>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT code, row FROM doc_signature JOIN issue_signature ON issue_signature.id = signature_id
                     WHERE doc_signature.kind = ?1 AND issue_signature.kind = 'stack_trace' ORDER BY code, row",
                )
                .doing("read traces")?;
            let rows = statement
                .query_map([DocKind::Ticket as u8], |row| Ok((row.get(0)?, row.get(1)?)))
                .doing("read traces")?;
            rows.collect::<rusqlite::Result<_>>().doing("read traces")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FeedbackVerdict;
    use domain::{Change, KnownError, Link, LinkKind, SourceName, Status, Ticket};

    #[test]
    fn a_flag_is_settled_once_and_can_be_raised_again() {
        let store = Store::in_memory().unwrap();
        let (entry, ticket): (Key, Key) = ("knowledge:KE-1".parse().unwrap(), "files:A".parse().unwrap());
        let id = store.raise_flag(&entry, "step 2 is gone", Some(&ticket), Millis(1)).unwrap();
        assert_eq!(store.flags().unwrap().len(), 1);
        assert!(store.settle_flag(id, Some(Millis(2))).unwrap());
        assert!(!store.settle_flag(id, Some(Millis(3))).unwrap());
        assert_eq!(store.flags().unwrap(), []);
        assert!(store.settle_flag(id, None).unwrap());
        let flag = &store.flags().unwrap()[0];
        assert_eq!((flag.said.as_str(), flag.ticket.as_ref()), ("step 2 is gone", Some(&ticket)));
    }

    #[test]
    fn what_is_set_aside_stays_so_until_it_is_taken_up() {
        let store = Store::in_memory().unwrap();
        store.set_aside("capture:files:A", "a one-off", Millis(1)).unwrap();
        store.set_aside("cluster:files:A", "nothing", Millis(1)).unwrap();
        assert_eq!(store.aside("capture:").unwrap()["capture:files:A"], ("a one-off".to_owned(), Millis(1)));
        assert!(store.take_up("capture:files:A").unwrap());
        assert!(!store.take_up("capture:files:A").unwrap());
        assert!(store.aside("capture:").unwrap().is_empty());
    }

    #[test]
    fn what_was_solved_waits_until_it_is_tied_to_something_or_set_aside() {
        let store = Store::in_memory().unwrap();
        let ticket = |id: &str, status, links: &[(LinkKind, &str)]| {
            Change::Ticket(Box::new(Ticket {
                id: id.into(),
                subject: id.into(),
                status,
                solved_at: Some(Millis(id.len() as i64)),
                links: links.iter().map(|(kind, to)| Link { kind: *kind, to: (*to).into() }).collect(),
                ..Ticket::default()
            }))
        };
        let known =
            KnownError { id: "KE".into(), title: "x".into(), tickets: vec!["known".into()], ..KnownError::default() };
        let changes = [
            ticket("a", Status::Solved, &[]),
            ticket("bb", Status::Closed, &[]),
            ticket("open", Status::Open, &[]),
            ticket("known", Status::Solved, &[]),
            ticket("dup", Status::Solved, &[(LinkKind::DuplicateOf, "a")]),
            ticket("used", Status::Solved, &[]),
            ticket("aside", Status::Solved, &[]),
            Change::KnownError(Box::new(known)),
        ];
        store.ensure_source(&SourceName::from_text("files"), "files", Millis(1)).unwrap();
        store.apply(&SourceName::from_text("files"), &changes, None, Millis(9)).unwrap();
        store.say("files:used", &"files:a".parse().unwrap(), FeedbackVerdict::Used, Millis(9)).unwrap();
        store.set_aside("capture:files:aside", "a one-off", Millis(9)).unwrap();
        let waits = || -> Vec<String> {
            let rows: Vec<i64> = store.uncaptured().unwrap().into_iter().map(|(row, _)| row).collect();
            store.ticket_rows(&rows).unwrap().into_iter().map(|row| row.key.id).collect()
        };
        assert_eq!(waits(), ["bb", "a"]);
        store.take_up("capture:files:aside").unwrap();
        assert_eq!(waits(), ["aside", "bb", "a"]);
    }
}
