//! Known errors: analysed problems with a workaround and the place where the fix ships.

use crate::{
    Error, Result, Store,
    apply::{from_json, hash_of, json},
    changes,
    erase::forget_derived,
    error::Doing,
    link::parse_key,
};
use domain::{Audience, DocId, Key, KnownError, KnownErrorState, Millis, SourceName};
use rusqlite::{OptionalExtension, Row, Transaction};
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq)]
pub struct StoredKnownError {
    pub row: i64,
    pub key: Key,
    pub error: KnownError,
}

/// `None` when it is already stored just so.
pub(crate) fn upsert(
    transaction: &Transaction<'_>,
    source: &SourceName,
    source_row: i64,
    error: &KnownError,
) -> Result<Option<DocId>> {
    let hash = hash_of(error);
    let row: Option<i64> = transaction
        .prepare_cached(include_str!("sql/upsert_known_error.sql"))
        .and_then(|mut statement| {
            let row = statement.query_row(
                rusqlite::named_params! {
                    ":source": source_row, ":ext_id": error.id, ":title": error.title, ":state": error.state.as_str(),
                    ":cause": error.cause, ":product": error.product, ":components": json(&error.components),
                    ":affected_versions": json(&error.affected_versions), ":fix_versions": json(&error.fix_versions),
                    ":workaround": json(&error.workaround), ":worked": error.workaround_worked, ":tried": error.workaround_tried,
                    ":eta_at": error.eta_at.map(|at| at.0), ":eta_by": error.eta_by, ":owner": error.owner,
                    ":error_text": error.error_text, ":url": error.url, ":concepts": json(&error.concepts),
                    ":audience": error.audience.map(Audience::as_str), ":created_at": error.created_at.0,
                    ":updated_at": error.updated_at.0, ":hash": hash,
                },
                |row| row.get(0),
            );
            row.optional()
        })
        .doing("store a known error")?;
    let Some(row) = row else { return Ok(None) };
    transaction
        .execute("DELETE FROM known_error_ticket WHERE known_error_id = ?1", [row])
        .doing("store a known error")?;
    for ticket in &error.tickets {
        let key = ticket_key(transaction, source, ticket)?;
        transaction
            .prepare_cached("INSERT OR IGNORE INTO known_error_ticket (known_error_id, ticket_key) VALUES (?1, ?2)")
            .and_then(|mut statement| statement.execute((row, key.to_string())))
            .doing("tie a ticket to a known error")?;
    }
    Ok(Some(DocId::known_error(row)))
}

/// `source:id` where there is such a source; else an id of the known error's own source.
fn ticket_key(transaction: &Transaction<'_>, source: &SourceName, ticket: &str) -> Result<Key> {
    let own = || Key::new(source.clone(), ticket);
    let Ok(key) = ticket.parse::<Key>() else { return Ok(own()) };
    let known = transaction
        .prepare_cached("SELECT 1 FROM source WHERE name = ?1")
        .and_then(|mut statement| statement.exists([key.source.as_str()]))
        .doing("find a source")?;
    Ok(if known { key } else { own() })
}

impl Store {
    /// Lets every known error of a source go that is not among these. How many those were.
    pub fn keep_known_errors(&self, source: &SourceName, ids: &BTreeSet<&str>) -> Result<u64> {
        self.write(|transaction| {
            let mut gone = BTreeSet::new();
            {
                let mut statement = transaction
                    .prepare_cached(
                        "SELECT known_error.id, ext_id FROM known_error JOIN source ON source.id = source_id
                         WHERE source.name = ?1",
                    )
                    .doing("list known errors")?;
                let rows = statement
                    .query_map([source.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
                    .doing("list known errors")?;
                let rows: Vec<(i64, String)> = rows.collect::<rusqlite::Result<_>>().doing("list known errors")?;
                gone.extend(rows.into_iter().filter(|(_, id)| !ids.contains(id.as_str())).map(|(row, _)| row));
            }
            for row in &gone {
                transaction.execute("DELETE FROM known_error WHERE id = ?1", [row]).doing("remove a known error")?;
                forget_derived(transaction, DocId::known_error(*row))?;
            }
            changes::record(transaction, &gone.iter().map(|row| DocId::known_error(*row)).collect())?;
            Ok(gone.len() as u64)
        })
    }

    /// Those that did not exist before `time`.
    pub fn known_errors_since(&self, time: Millis) -> Result<Vec<i64>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT id FROM known_error WHERE created_at >= ?1")
                .doing("read known errors")?;
            let rows = statement.query_map([time.0], |row| row.get(0)).doing("read known errors")?;
            rows.collect::<rusqlite::Result<_>>().doing("read known errors")
        })
    }

    pub fn known_error(&self, row: i64) -> Result<Option<StoredKnownError>> {
        self.read(|reader| {
            let raw = reader
                .prepare_cached(
                    "SELECT known_error.*, source.name AS source_name FROM known_error JOIN source ON source.id = source_id
                     WHERE known_error.id = ?1",
                )
                .and_then(|mut statement| statement.query_row([row], Raw::read).optional())
                .doing("read a known error")?;
            let Some(raw) = raw else { return Ok(None) };
            let mut stored = raw.parse()?;
            let mut statement = reader
                .prepare_cached("SELECT ticket_key FROM known_error_ticket WHERE known_error_id = ?1 ORDER BY ticket_key")
                .doing("read a known error's tickets")?;
            let keys = statement.query_map([row], |row| row.get::<_, String>(0)).doing("read a known error's tickets")?;
            for key in keys {
                let key = parse_key(&key.doing("read a known error's tickets")?)?;
                let own = key.source == stored.key.source;
                stored.error.tickets.push(if own { key.id } else { key.to_string() });
            }
            Ok(Some(stored))
        })
    }

    /// All of them, without their tickets: how many those are instead, and when the last one came.
    pub fn known_errors(&self) -> Result<Vec<(StoredKnownError, u64, Option<Millis>)>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT known_error.*, source.name AS source_name,
                       (SELECT count(*) FROM known_error_ticket WHERE known_error_id = known_error.id) AS tickets,
                       (SELECT max(ticket.created_at) FROM known_error_ticket
                        JOIN source AS of ON of.name = substr(ticket_key, 1, instr(ticket_key, ':') - 1)
                        JOIN ticket ON ticket.source_id = of.id AND ticket.ext_id = substr(ticket_key, instr(ticket_key, ':') + 1)
                        WHERE known_error_id = known_error.id AND ticket.deleted = 0) AS last_at
                     FROM known_error JOIN source ON source.id = source_id ORDER BY known_error.id",
                )
                .doing("list known errors")?;
            let rows = statement
                .query_map([], |row| {
                    let count: i64 = row.get("tickets")?;
                    Ok((Raw::read(row)?, count as u64, row.get::<_, Option<i64>>("last_at")?.map(Millis)))
                })
                .doing("list known errors")?;
            rows.map(|row| {
                let (raw, count, last) = row.doing("list known errors")?;
                Ok((raw.parse()?, count, last))
            })
            .collect()
        })
    }

    /// The known errors that carry this ticket.
    pub fn known_errors_of(&self, ticket: &Key) -> Result<Vec<i64>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT known_error_id FROM known_error_ticket WHERE ticket_key = ?1 ORDER BY 1")
                .doing("find known errors")?;
            let rows = statement.query_map([ticket.to_string()], |row| row.get(0)).doing("find known errors")?;
            rows.collect::<rusqlite::Result<_>>().doing("find known errors")
        })
    }

    /// By `source:id`, or by the id alone. More than one where several sources use the same id.
    pub fn find_known_error(&self, id: &str) -> Result<Vec<i64>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT known_error.id FROM known_error JOIN source ON source.id = source_id
                     WHERE ext_id = ?1 OR source.name || ':' || ext_id = ?1",
                )
                .doing("find a known error")?;
            let rows = statement.query_map([id], |row| row.get(0)).doing("find a known error")?;
            rows.collect::<rusqlite::Result<_>>().doing("find a known error")
        })
    }
}

/// A row as SQLite has it, before it is trusted.
struct Raw {
    row: i64,
    source: String,
    state: String,
    lists: [String; 5],
    error: KnownError,
}

impl Raw {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let error = KnownError {
            id: row.get("ext_id")?,
            title: row.get("title")?,
            cause: row.get("cause")?,
            product: row.get("product")?,
            workaround_worked: row.get("workaround_worked")?,
            workaround_tried: row.get("workaround_tried")?,
            eta_at: row.get::<_, Option<i64>>("eta_at")?.map(Millis),
            eta_by: row.get("eta_by")?,
            owner: row.get("owner")?,
            error_text: row.get("error_text")?,
            url: row.get("url")?,
            audience: row.get::<_, Option<String>>("audience")?.as_deref().and_then(Audience::parse),
            created_at: Millis(row.get("created_at")?),
            updated_at: Millis(row.get("updated_at")?),
            ..KnownError::default()
        };
        let list = |column: &str| row.get::<_, String>(column);
        let lists = [
            list("components")?,
            list("affected_versions")?,
            list("fix_versions")?,
            list("workaround")?,
            list("concepts")?,
        ];
        Ok(Self { row: row.get("id")?, source: row.get("source_name")?, state: row.get("state")?, lists, error })
    }

    fn parse(self) -> Result<StoredKnownError> {
        let Self { row, source, state, lists: [components, affected, fixed, workaround, concepts], mut error } = self;
        error.state =
            KnownErrorState::parse(&state).ok_or(Error::Unreadable { what: "a known error's state", value: state })?;
        error.components = from_json("a known error's components", &components)?;
        error.affected_versions = from_json("a known error's affected versions", &affected)?;
        error.fix_versions = from_json("a known error's fix versions", &fixed)?;
        error.workaround = from_json("a known error's workaround", &workaround)?;
        error.concepts = from_json("a known error's concepts", &concepts)?;
        let key = Key::new(SourceName::from_text(&source), error.id.as_str());
        Ok(StoredKnownError { row, key, error })
    }
}
