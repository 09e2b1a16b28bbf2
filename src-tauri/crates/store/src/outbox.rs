//! What is to be written to other machines, and what became of it. Precious: it says who sent what, where and when.
//!
//! A row moves forwards by one statement each, which names the state that it moves from: two that send at once cannot both
//! have it.

use crate::{Result, Store, error::Doing};
use domain::{Millis, SourceName, crash_point};
use rusqlite::{OptionalExtension, Row, Transaction};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxState {
    /// Written and shown, and nobody said that it may leave.
    Draft,
    /// Somebody did; it waits for its turn, or for the network.
    Pending,
    /// On its way, or was when this program ended.
    Sending,
    Sent,
    /// The other side took nothing, and will not before something is changed.
    Failed,
    /// Nobody can tell whether it arrived.
    Unclear,
    /// What it was written on changed since it was shown: a person decides.
    Conflict,
    Dropped,
}

impl OutboxState {
    const ALL: [Self; 8] = [
        Self::Draft,
        Self::Pending,
        Self::Sending,
        Self::Sent,
        Self::Failed,
        Self::Unclear,
        Self::Conflict,
        Self::Dropped,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Unclear => "unclear",
            Self::Conflict => "conflict",
            Self::Dropped => "dropped",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// As it is first written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxDraft {
    pub mark: String,
    pub source: SourceName,
    /// `issue`, `comment` or `note`.
    pub kind: String,
    pub on: Option<String>,
    /// A key.
    pub about: Option<String>,
    pub host: String,
    pub method: String,
    pub path: String,
    pub payload: String,
    pub title: Option<String>,
    pub body: String,
    /// JSON.
    pub redacted: String,
    pub by: String,
    /// JSON: what it is written on, as it was when this was shown.
    pub base: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxItem {
    pub id: i64,
    pub draft: OutboxDraft,
    pub state: OutboxState,
    pub made_at: Millis,
    pub sent_by: Option<String>,
    pub clicked_at: Option<Millis>,
    /// The other side is asked before anything is sent.
    pub may_be_there: bool,
    pub attempts: u32,
    pub attempt_at: Option<Millis>,
    pub not_before: Option<Millis>,
    /// Code and words.
    pub failure: Option<(String, String)>,
    pub done_at: Option<Millis>,
    pub remote_id: Option<String>,
    pub remote_url: Option<String>,
    /// JSON: what it is written on, as it turned out to be since.
    pub conflict: Option<String>,
}

/// Where an attempt left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutboxEnd {
    Sent {
        id: String,
        url: Option<String>,
    },
    /// It is certainly not there; another attempt may help.
    Later {
        code: String,
        words: String,
        not_before: Millis,
    },
    /// It may be there; the other side is asked then.
    Ask {
        code: String,
        words: String,
        not_before: Millis,
    },
    /// It is certainly not there, and another attempt will not help.
    Failed {
        code: String,
        words: String,
    },
    Unclear {
        code: String,
        words: String,
    },
    /// Nothing left: what it is written on has changed. JSON says how it is now.
    Conflict {
        code: String,
        words: String,
        now: String,
    },
}

const COLUMNS: &str =
    "id, mark, source, kind, ext_id, about, host, method, path, payload, title, body, redacted, made_by, state,
  made_at, sent_by, clicked_at, may_be_there, attempts, attempt_at, not_before, failed_code, failed_words, done_at,
  remote_id, remote_url, base, conflict";

impl Store {
    pub fn outbox_add(&self, draft: &OutboxDraft, now: Millis) -> Result<i64> {
        self.write(|transaction| {
            let OutboxDraft { mark, source, kind, on, about, host, method, path, payload, title, body, redacted, by, base } =
                draft;
            transaction
                .execute(
                    "INSERT INTO outbox (mark, source, kind, ext_id, about, host, method, path, payload, title, body, redacted,
                       made_by, state, made_at, base)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 'draft', ?14, ?15)",
                    rusqlite::params![
                        mark,
                        source.as_str(),
                        kind,
                        on,
                        about,
                        host,
                        method,
                        path,
                        payload,
                        title,
                        body,
                        redacted,
                        by,
                        now.0,
                        base
                    ],
                )
                .doing("keep what is to be sent")?;
            Ok(transaction.last_insert_rowid())
        })
    }

    /// What is not done yet first, then the newest.
    pub fn outbox(&self) -> Result<Vec<OutboxItem>> {
        self.read(|reader| {
            let sql =
                format!("SELECT {COLUMNS} FROM outbox ORDER BY state IN ('sent', 'dropped'), coalesce(done_at, made_at) DESC, id DESC");
            let mut statement = reader.prepare_cached(&sql).doing("read the outbox")?;
            let rows = statement.query_map([], item).doing("read the outbox")?;
            rows.collect::<rusqlite::Result<_>>().doing("read the outbox")
        })
    }

    pub fn outbox_item(&self, id: i64) -> Result<Option<OutboxItem>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(&format!("SELECT {COLUMNS} FROM outbox WHERE id = ?1"))
                .doing("read the outbox")?;
            statement.query_row([id], item).optional().doing("read the outbox")
        })
    }

    /// Ids of what may leave now, the oldest click first: what somebody sent, and what was on its way when a program ended.
    pub fn outbox_due(&self, now: Millis) -> Result<Vec<i64>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT id FROM outbox WHERE state IN ('pending', 'sending') AND coalesce(not_before, 0) <= ?1
                     ORDER BY clicked_at, id",
                )
                .doing("read the outbox")?;
            let rows = statement.query_map([now.0], |row| row.get(0)).doing("read the outbox")?;
            rows.collect::<rusqlite::Result<_>>().doing("read the outbox")
        })
    }

    /// Somebody says that it may leave. `false`: it is in no state for that.
    pub fn outbox_click(&self, id: i64, by: &str, now: Millis) -> Result<bool> {
        self.move_on(
            "UPDATE outbox SET state = 'pending', sent_by = ?2, clicked_at = ?3, not_before = NULL, failed_code = NULL,
               failed_words = NULL
             WHERE id = ?1 AND state IN ('draft', 'failed', 'unclear', 'pending')",
            rusqlite::params![id, by, now.0],
        )
    }

    /// Somebody looked, and it is not there: it may be sent without asking.
    pub fn outbox_not_there(&self, id: i64) -> Result<bool> {
        self.move_on(
            "UPDATE outbox SET may_be_there = 0, attempt_at = NULL WHERE id = ?1 AND state = 'unclear'",
            rusqlite::params![id],
        )
    }

    /// Somebody saw how it is now, and wants it sent all the same. `seen` is the conflict that was shown.
    pub fn outbox_accept(&self, id: i64, seen: &str) -> Result<bool> {
        self.move_on(
            "UPDATE outbox SET state = 'draft', base = conflict, conflict = NULL, failed_code = NULL, failed_words = NULL
             WHERE id = ?1 AND state = 'conflict' AND conflict = ?2",
            rusqlite::params![id, seen],
        )
    }

    /// It will not leave. What may be there already is not dropped unseen: `false`, as for what is done.
    pub fn outbox_drop(&self, id: i64, now: Millis) -> Result<bool> {
        self.move_on(
            "UPDATE outbox SET state = 'dropped', done_at = ?2, conflict = NULL WHERE id = ?1
               AND (state IN ('draft', 'failed', 'unclear', 'conflict') OR (state = 'pending' AND may_be_there = 0))",
            rusqlite::params![id, now.0],
        )
    }

    /// Before the first byte leaves. `false`: somebody else has it, or it was dropped.
    pub fn outbox_begin(&self, id: i64, now: Millis) -> Result<bool> {
        let begun = self.move_on(
            "UPDATE outbox SET state = 'sending', may_be_there = 1, attempts = attempts + 1, attempt_at = ?2
             WHERE id = ?1 AND state IN ('pending', 'sending')",
            rusqlite::params![id, now.0],
        )?;
        crash_point("outbox begun");
        Ok(begun)
    }

    pub fn outbox_end(&self, id: i64, end: &OutboxEnd, now: Millis) -> Result<()> {
        match end {
            OutboxEnd::Sent { id: remote, url } => self.move_on(
                "UPDATE outbox SET state = 'sent', done_at = ?2, remote_id = ?3, remote_url = ?4, not_before = NULL,
                   failed_code = NULL, failed_words = NULL WHERE id = ?1",
                rusqlite::params![id, now.0, remote, url],
            ),
            OutboxEnd::Later { code, words, not_before } => self.move_on(
                "UPDATE outbox SET state = 'pending', may_be_there = 0, failed_code = ?2, failed_words = ?3, not_before = ?4
                 WHERE id = ?1",
                rusqlite::params![id, code, words, not_before.0],
            ),
            OutboxEnd::Ask { code, words, not_before } => self.move_on(
                "UPDATE outbox SET state = 'sending', may_be_there = 1, failed_code = ?2, failed_words = ?3, not_before = ?4
                 WHERE id = ?1",
                rusqlite::params![id, code, words, not_before.0],
            ),
            OutboxEnd::Failed { code, words } => self.move_on(
                "UPDATE outbox SET state = 'failed', may_be_there = 0, failed_code = ?2, failed_words = ?3, not_before = NULL
                 WHERE id = ?1",
                rusqlite::params![id, code, words],
            ),
            OutboxEnd::Unclear { code, words } => self.move_on(
                "UPDATE outbox SET state = 'unclear', failed_code = ?2, failed_words = ?3, not_before = NULL WHERE id = ?1",
                rusqlite::params![id, code, words],
            ),
            OutboxEnd::Conflict { code, words, now: there } => self.move_on(
                "UPDATE outbox SET state = 'conflict', may_be_there = 0, failed_code = ?2, failed_words = ?3, not_before = NULL,
                   conflict = ?4 WHERE id = ?1",
                rusqlite::params![id, code, words, there],
            ),
        }
        .map(drop)
    }

    /// An older copy does not know what left since it was made: whatever it says is not sent yet is asked for first.
    pub fn outbox_doubt(&self) -> Result<()> {
        let sql = "UPDATE outbox SET may_be_there = 1 WHERE state NOT IN ('sent', 'dropped')";
        self.move_on(sql, &[]).map(drop)
    }

    fn move_on(&self, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<bool> {
        self.write(|transaction| Ok(transaction.execute(sql, values).doing("note what became of what was sent")? > 0))
    }
}

/// What it says in both cases below: what had not left yet will not.
const FORGET: &str =
    "UPDATE outbox SET title = NULL, body = '', payload = '', redacted = '[]', base = NULL, conflict = NULL,
  state = CASE WHEN state IN ('draft', 'pending', 'failed', 'conflict') AND may_be_there = 0 THEN 'dropped'
               WHEN state IN ('sent', 'dropped') THEN state ELSE 'unclear' END WHERE";

/// The text of what is about a case that is gone, or was for it. Who sent it, where and when stays; what had not left yet
/// will not.
pub(crate) fn forget(transaction: &Transaction<'_>, key: &str) -> Result<()> {
    transaction
        .prepare_cached(&format!("{FORGET} about = ?1 OR source || ':' || ext_id = ?1"))
        .and_then(|mut statement| statement.execute([key]))
        .doing("forget the text of what was sent")?;
    Ok(())
}

/// The same of everything that was about a source's cases, or written to it.
pub(crate) fn forget_source(transaction: &Transaction<'_>, source: &SourceName) -> Result<()> {
    transaction
        .execute(&format!("{FORGET} source = ?1 OR substr(about, 1, length(?1) + 1) = ?1 || ':'"), [source.as_str()])
        .doing("forget the text of what was sent")?;
    Ok(())
}

fn item(row: &Row<'_>) -> rusqlite::Result<OutboxItem> {
    let time = |at: Option<i64>| at.map(Millis);
    let draft = OutboxDraft {
        mark: row.get(1)?,
        source: SourceName::from_text(&row.get::<_, String>(2)?),
        kind: row.get(3)?,
        on: row.get(4)?,
        about: row.get(5)?,
        host: row.get(6)?,
        method: row.get(7)?,
        path: row.get(8)?,
        payload: row.get(9)?,
        title: row.get(10)?,
        body: row.get(11)?,
        redacted: row.get(12)?,
        by: row.get(13)?,
        base: row.get(27)?,
    };
    let failure = row.get::<_, Option<String>>(22)?.zip(row.get(23)?);
    Ok(OutboxItem {
        id: row.get(0)?,
        draft,
        // A newer version's word: nothing is done with it here.
        state: OutboxState::parse(&row.get::<_, String>(14)?).unwrap_or(OutboxState::Unclear),
        made_at: Millis(row.get(15)?),
        sent_by: row.get(16)?,
        clicked_at: time(row.get(17)?),
        may_be_there: row.get(18)?,
        attempts: row.get(19)?,
        attempt_at: time(row.get(20)?),
        not_before: time(row.get(21)?),
        failure,
        done_at: time(row.get(24)?),
        remote_id: row.get(25)?,
        remote_url: row.get(26)?,
        conflict: row.get(28)?,
    })
}

#[cfg(test)]
pub(crate) mod tests;
