//! Rows for lists: the queue, and the cases behind a number.

use crate::{Result, Store, apply::from_json, error::Doing};
use domain::{Key, Millis, SourceName};
use rusqlite::Row;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueFilter {
    Open,
    Unassigned,
    Known,
    Solved,
    All,
}

#[derive(Clone, Debug, PartialEq)]
pub struct QueuePage {
    pub total: u64,
    pub rows: Vec<TicketRow>,
}

/// What a list shows of a ticket. No body.
#[derive(Clone, Debug, PartialEq)]
pub struct TicketRow {
    pub row: i64,
    pub key: Key,
    pub subject: String,
    pub status: String,
    pub priority: Option<String>,
    pub requester: Option<String>,
    pub account: Option<String>,
    pub product: Option<String>,
    pub versions: Vec<String>,
    pub assignee: Option<String>,
    pub group: Option<String>,
    pub merged_into: Option<String>,
    pub known_error: bool,
    pub created_at: Millis,
    pub updated_at: Millis,
}

const COLUMNS: &str =
    "ticket.id, source.name, ext_id, subject, status, priority, requester, account, product, affected_versions,
  assignee, group_name, merged_into, ticket.created_at, updated_at,
  EXISTS (SELECT 1 FROM known_error_ticket WHERE ticket_key = source.name || ':' || ext_id)
  FROM ticket JOIN source ON source.id = source_id";

impl QueueFilter {
    fn condition(self) -> &'static str {
        match self {
            Self::Open => "deleted = 0 AND status NOT IN ('solved', 'closed')",
            Self::Unassigned => "deleted = 0 AND status NOT IN ('solved', 'closed') AND assignee IS NULL",
            Self::Known => {
                "deleted = 0 AND EXISTS (SELECT 1 FROM known_error_ticket JOIN source ON source.id = ticket.source_id
                 WHERE ticket_key = source.name || ':' || ext_id)"
            }
            Self::Solved => "deleted = 0 AND status IN ('solved', 'closed')",
            Self::All => "deleted = 0",
        }
    }
}

impl Store {
    /// Newest change first, those of `first` before all others.
    pub fn queue(&self, filter: QueueFilter, first: &[i64], offset: u64, limit: u64) -> Result<QueuePage> {
        let condition = filter.condition();
        let first = serde_json::to_string(first).unwrap_or_default();
        self.read(|reader| {
            let total: i64 = reader
                .prepare_cached(&format!("SELECT count(*) FROM ticket WHERE {condition}"))
                .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
                .doing("count the queue")?;
            let pinned: i64 = reader
                .prepare_cached(&format!(
                    "SELECT count(*) FROM ticket WHERE {condition} AND id IN (SELECT value FROM json_each(?1))"
                ))
                .and_then(|mut statement| statement.query_row([&first], |row| row.get(0)))
                .doing("count the queue")?;
            let page = |which: &str, offset: u64, limit: u64| -> Result<Vec<TicketRow>> {
                // The offset walks the index alone; the wide rows are read for this page only.
                let sql = format!(
                    "SELECT {COLUMNS} WHERE ticket.id IN
                       (SELECT id FROM ticket WHERE {condition} AND id {which} (SELECT value FROM json_each(?3))
                        ORDER BY updated_at DESC, id DESC LIMIT ?1 OFFSET ?2)
                     ORDER BY updated_at DESC, ticket.id DESC"
                );
                let mut statement = reader.prepare_cached(&sql).doing("read the queue")?;
                let rows = statement.query_map((limit as i64, offset as i64, &first), raw).doing("read the queue")?;
                rows.map(|row| row.doing("read the queue").and_then(parse)).collect()
            };
            let pinned = pinned as u64;
            let mut rows = if offset < pinned { page("IN", offset, limit)? } else { Vec::new() };
            let left = limit.saturating_sub(rows.len() as u64);
            if left > 0 {
                rows.extend(page("NOT IN", offset.saturating_sub(pinned), left)?);
            }
            Ok(QueuePage { total: total as u64, rows })
        })
    }

    /// Rows of the tickets to which a known error belongs.
    pub fn known_tickets(&self) -> Result<Vec<i64>> {
        self.read(|reader| {
            let sql = format!("SELECT id FROM ticket WHERE {}", QueueFilter::Known.condition());
            let mut statement = reader.prepare_cached(&sql).doing("read the known tickets")?;
            let rows = statement.query_map([], |row| row.get(0)).doing("read the known tickets")?;
            rows.map(|row| row.doing("read the known tickets")).collect()
        })
    }

    /// How many of these are open.
    pub fn count_open(&self, rows: &[i64]) -> Result<u64> {
        let rows = serde_json::to_string(rows).unwrap_or_default();
        self.read(|reader| {
            let condition = QueueFilter::Open.condition();
            let sql =
                format!("SELECT count(*) FROM ticket WHERE id IN (SELECT value FROM json_each(?1)) AND {condition}");
            let count =
                reader.prepare_cached(&sql).and_then(|mut one| one.query_row([rows], |row| row.get::<_, i64>(0)));
            Ok(count.doing("count open tickets")? as u64)
        })
    }

    /// In the order asked for; what is gone is left out.
    pub fn ticket_rows(&self, rows: &[i64]) -> Result<Vec<TicketRow>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(&format!("SELECT {COLUMNS} WHERE ticket.id = ?1 AND deleted = 0"))
                .doing("read ticket rows")?;
            let mut found = Vec::with_capacity(rows.len());
            for row in rows {
                for row in statement.query_map([row], raw).doing("read ticket rows")? {
                    found.push(parse(row.doing("read ticket rows")?)?);
                }
            }
            Ok(found)
        })
    }

    /// Live tickets, comments, known errors, and when the newest data was taken in.
    pub fn counts(&self) -> Result<Counts> {
        self.read(|reader| {
            reader
                .query_row(
                    "SELECT (SELECT count(*) FROM ticket WHERE deleted = 0), (SELECT count(*) FROM comment),
                            (SELECT count(*) FROM known_error), (SELECT max(last_ok_at) FROM source)",
                    [],
                    |row| {
                        Ok(Counts {
                            tickets: row.get::<_, i64>(0)? as u64,
                            comments: row.get::<_, i64>(1)? as u64,
                            known_errors: row.get::<_, i64>(2)? as u64,
                            data_at: row.get::<_, Option<i64>>(3)?.map(Millis),
                        })
                    },
                )
                .doing("count what is here")
        })
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub tickets: u64,
    pub comments: u64,
    pub known_errors: u64,
    pub data_at: Option<Millis>,
}

fn raw(row: &Row<'_>) -> rusqlite::Result<(TicketRow, String)> {
    let key = Key::new(SourceName::from_text(&row.get::<_, String>(1)?), row.get::<_, String>(2)?);
    let found = TicketRow {
        row: row.get(0)?,
        key,
        subject: row.get(3)?,
        status: row.get(4)?,
        priority: row.get(5)?,
        requester: row.get(6)?,
        account: row.get(7)?,
        product: row.get(8)?,
        versions: Vec::new(),
        assignee: row.get(10)?,
        group: row.get(11)?,
        merged_into: row.get(12)?,
        created_at: Millis(row.get(13)?),
        updated_at: Millis(row.get(14)?),
        known_error: row.get(15)?,
    };
    Ok((found, row.get(9)?))
}

fn parse((mut row, versions): (TicketRow, String)) -> Result<TicketRow> {
    row.versions = from_json("a ticket's affected versions", &versions)?;
    Ok(row)
}
