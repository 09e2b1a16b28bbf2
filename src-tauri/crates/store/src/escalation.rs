//! What was escalated and answered, whose bundles are taken, and the audit lines. Precious: written by people.

mod states;

use crate::{Result, Store, changes, error::Doing};
use domain::{DocId, Key, Millis};
use rusqlite::{OptionalExtension, Row, Transaction, named_params};

pub use states::{EscalationReason, Reached};

/// One package that was handed over, here or by somebody else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredEscalation {
    /// 0 of one that was not stored yet.
    pub id: i64,
    /// `source:id`, as whoever made the package calls the ticket.
    pub ticket: String,
    pub state: String,
    pub reason: String,
    pub target: String,
    pub title: String,
    pub package: String,
    pub markdown: String,
    pub filled: u32,
    pub needed: u32,
    pub signatures: Vec<String>,
    pub repeat_of: Option<String>,
    pub repeat_reason: Option<String>,
    /// The key of whoever sent it, in hex.
    pub author: Option<String>,
    pub epoch: u64,
    pub created_at: i64,
    pub updated_at: i64,
    /// Minutes.
    pub effort: Option<u32>,
    /// JSON.
    pub answer: Option<String>,
    pub answered_at: Option<i64>,
    pub answered_by: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAudit {
    pub at: Millis,
    pub what: String,
    pub outcome: String,
    pub detail: String,
}

/// Lines of the audit that are kept.
const KEPT: i64 = 20_000;

const COLUMNS: &str =
    "id, ticket_key, state, reason, target, title, package, markdown, filled, needed, signatures, repeat_of,
  repeat_reason, author, epoch, created_at, updated_at, effort, answer, answered_at, answered_by";

impl Store {
    /// A new one, or the row of the same number anew. Answers its number.
    pub fn put_escalation(&self, one: &StoredEscalation) -> Result<i64> {
        let signatures: String = one.signatures.iter().map(|code| format!(" {code} ")).collect();
        self.write(|transaction| {
            let sql = format!(
                "INSERT OR REPLACE INTO escalation ({COLUMNS}) VALUES (nullif(:id, 0), :ticket, :state, :reason, :target, :title,
                   :package, :markdown, :filled, :needed, :signatures, :repeat_of, :repeat_reason, :author, :epoch, :created_at,
                   :updated_at, :effort, :answer, :answered_at, :answered_by)"
            );
            let values = named_params! {
                ":id": one.id, ":ticket": one.ticket, ":state": one.state, ":reason": one.reason, ":target": one.target,
                ":title": one.title, ":package": one.package, ":markdown": one.markdown, ":filled": one.filled,
                ":needed": one.needed, ":signatures": signatures, ":repeat_of": one.repeat_of,
                ":repeat_reason": one.repeat_reason, ":author": one.author, ":epoch": one.epoch as i64,
                ":created_at": one.created_at, ":updated_at": one.updated_at, ":effort": one.effort, ":answer": one.answer,
                ":answered_at": one.answered_at, ":answered_by": one.answered_by,
            };
            transaction
                .prepare_cached(&sql)
                .and_then(|mut statement| statement.execute(values))
                .doing("store an escalation")?;
            let id = if one.id == 0 { transaction.last_insert_rowid() } else { one.id };
            states::note(transaction, id, one)?;
            if one.answer.is_some() {
                touch(transaction, &one.ticket)?;
            }
            Ok(id)
        })
    }

    pub fn escalation(&self, id: i64) -> Result<Option<StoredEscalation>> {
        self.read(|reader| {
            reader
                .prepare_cached(&format!("SELECT {COLUMNS} FROM escalation WHERE id = ?1"))
                .and_then(|mut statement| statement.query_row([id], of_row).optional())
                .doing("read an escalation")
        })
    }

    /// Those last changed first.
    pub fn escalations(&self) -> Result<Vec<StoredEscalation>> {
        self.escalations_where("1 = 1 OR ?1 = ''", "")
    }

    /// Of one ticket, newest first.
    pub fn escalations_of(&self, ticket: &str) -> Result<Vec<StoredEscalation>> {
        self.escalations_where("ticket_key = ?1", ticket)
    }

    /// With an error of this code, newest first.
    pub fn escalations_with(&self, code: &str) -> Result<Vec<StoredEscalation>> {
        self.escalations_where("instr(signatures, ?1) > 0", &format!(" {code} "))
    }

    fn escalations_where(&self, condition: &str, value: &str) -> Result<Vec<StoredEscalation>> {
        self.read(|reader| {
            let sql = format!("SELECT {COLUMNS} FROM escalation WHERE {condition} ORDER BY updated_at DESC, id DESC");
            let mut statement = reader.prepare_cached(&sql).doing("read escalations")?;
            let rows = statement.query_map([value], of_row).doing("read escalations")?;
            rows.collect::<rusqlite::Result<_>>().doing("read escalations")
        })
    }

    /// By name, then key.
    pub fn bundle_authors(&self) -> Result<Vec<(String, String)>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT key, name FROM bundle_author ORDER BY name, key")
                .doing("read whose bundles are taken")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
            rows.doing("read whose bundles are taken")?
                .collect::<rusqlite::Result<_>>()
                .doing("read whose bundles are taken")
        })
    }

    pub fn add_bundle_author(&self, key: &str, name: &str, now: Millis) -> Result<()> {
        self.write(|transaction| {
            let sql = "INSERT INTO bundle_author (key, name, since) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO NOTHING";
            transaction.execute(sql, (key, name, now.0)).doing("note whose bundles are taken")?;
            Ok(())
        })
    }

    /// Whether there was such an author.
    pub fn remove_bundle_author(&self, key: &str) -> Result<bool> {
        self.write(|transaction| {
            let gone = transaction.execute("DELETE FROM bundle_author WHERE key = ?1", [key]);
            Ok(gone.doing("forget whose bundles are taken")? > 0)
        })
    }

    pub fn audit(&self, what: &str, outcome: &str, detail: &str, now: Millis) -> Result<()> {
        self.write(|transaction| {
            let sql = "INSERT INTO audit (at, what, outcome, detail) VALUES (?1, ?2, ?3, ?4)";
            transaction.execute(sql, (now.0, what, outcome, detail)).doing("write an audit line")?;
            let last = transaction.last_insert_rowid();
            transaction.execute("DELETE FROM audit WHERE id <= ?1", [last - KEPT]).doing("write an audit line")?;
            Ok(())
        })
    }

    /// Newest first.
    pub fn audits(&self, limit: u32) -> Result<Vec<StoredAudit>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT at, what, outcome, detail FROM audit ORDER BY id DESC LIMIT ?1")
                .doing("read the audit")?;
            let rows = statement.query_map([limit], |row| {
                Ok(StoredAudit {
                    at: Millis(row.get(0)?),
                    what: row.get(1)?,
                    outcome: row.get(2)?,
                    detail: row.get(3)?,
                })
            });
            rows.doing("read the audit")?.collect::<rusqlite::Result<_>>().doing("read the audit")
        })
    }
}

/// What was answered is found with its ticket.
pub(crate) fn touch(transaction: &Transaction<'_>, ticket: &str) -> Result<()> {
    let Ok(key) = ticket.parse::<Key>() else { return Ok(()) };
    let sql = "SELECT id FROM ticket WHERE deleted = 0 AND source_id = (SELECT id FROM source WHERE name = ?1) AND ext_id = ?2";
    let row = transaction.query_row(sql, (key.source.as_str(), &key.id), |row| row.get(0)).optional();
    let row: Option<i64> = row.doing("find the ticket of an escalation")?;
    changes::record(transaction, &row.map(DocId::ticket).into_iter().collect())
}

fn of_row(row: &Row<'_>) -> rusqlite::Result<StoredEscalation> {
    let signatures: String = row.get(10)?;
    Ok(StoredEscalation {
        id: row.get(0)?,
        ticket: row.get(1)?,
        state: row.get(2)?,
        reason: row.get(3)?,
        target: row.get(4)?,
        title: row.get(5)?,
        package: row.get(6)?,
        markdown: row.get(7)?,
        filled: row.get(8)?,
        needed: row.get(9)?,
        signatures: signatures.split_whitespace().map(str::to_owned).collect(),
        repeat_of: row.get(11)?,
        repeat_reason: row.get(12)?,
        author: row.get(13)?,
        epoch: row.get::<_, i64>(14)? as u64,
        created_at: row.get(15)?,
        updated_at: row.get(16)?,
        effort: row.get(17)?,
        answer: row.get(18)?,
        answered_at: row.get(19)?,
        answered_by: row.get(20)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(ticket: &str, updated_at: i64) -> StoredEscalation {
        StoredEscalation {
            ticket: ticket.into(),
            state: "submitted".into(),
            signatures: vec!["7F3K-9Q2M".into(), "8CX6-ZRQY".into()],
            epoch: 1,
            updated_at,
            ..StoredEscalation::default()
        }
    }

    #[test]
    fn an_escalation_reads_back_is_found_by_its_ticket_and_each_of_its_errors_and_can_be_changed() {
        let store = Store::in_memory().unwrap();
        let id = store.put_escalation(&one("files:T-1", 1)).unwrap();
        store.put_escalation(&one("files:T-2", 2)).unwrap();
        let tickets = |found: Vec<StoredEscalation>| found.into_iter().map(|one| one.ticket).collect::<Vec<_>>();
        assert_eq!(tickets(store.escalations().unwrap()), ["files:T-2", "files:T-1"]);
        assert_eq!(tickets(store.escalations_of("files:T-1").unwrap()), ["files:T-1"]);
        assert_eq!(store.escalations_with("8CX6-ZRQY").unwrap().len(), 2);
        assert_eq!(store.escalations_with("8CX6").unwrap(), []);
        let changed = StoredEscalation { id, state: "answered".into(), effort: Some(90), ..one("files:T-1", 3) };
        assert_eq!(store.put_escalation(&changed).unwrap(), id);
        assert_eq!(store.escalation(id).unwrap(), Some(changed));
        assert_eq!(store.escalations().unwrap().len(), 2);
    }

    #[test]
    fn an_author_is_known_once_and_can_be_forgotten() {
        let store = Store::in_memory().unwrap();
        store.add_bundle_author("00ff", "Mia", Millis(1)).unwrap();
        store.add_bundle_author("00ff", "Somebody else", Millis(2)).unwrap();
        assert_eq!(store.bundle_authors().unwrap(), [("00ff".to_owned(), "Mia".to_owned())]);
        assert!(store.remove_bundle_author("00ff").unwrap() && !store.remove_bundle_author("00ff").unwrap());
    }

    #[test]
    fn audit_lines_come_back_newest_first() {
        let store = Store::in_memory().unwrap();
        store.audit("bundle_open", "bundle_tampered", "a", Millis(1)).unwrap();
        store.audit("bundle_open", "done", "b", Millis(2)).unwrap();
        let told: Vec<_> = store.audits(10).unwrap().into_iter().map(|line| (line.outcome, line.detail)).collect();
        assert_eq!(told, [("done".into(), "b".into()), ("bundle_tampered".to_owned(), "a".to_owned())]);
    }
}
