//! Reading tickets: one in full, rows for lists, facts for ranking.

mod facts;
mod queue;

pub use queue::{Counts, QueueFilter, QueuePage, TicketRow};

use crate::{Error, Result, Store, apply::from_json, error::Doing};
use domain::{
    Attachment, AuthorRole, BodyFormat, Comment, Hop, Key, Millis, Promise, ResolutionClass, SourceName, Status, Ticket,
};
use rusqlite::{OptionalExtension, Row};
use serde_json::{Map, Value};

#[derive(Clone, Debug, PartialEq)]
pub struct StoredTicket {
    pub row: i64,
    pub key: Key,
    /// Without its links: see `Store::links`.
    pub ticket: Ticket,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StoredComment {
    pub row: i64,
    pub comment: Comment,
}

impl Store {
    /// `None` for a row that is not there or is a tombstone.
    pub fn ticket(&self, row: i64) -> Result<Option<StoredTicket>> {
        self.read(|reader| {
            let raw = reader
                .prepare_cached(
                    "SELECT ticket.*, source.name AS source_name FROM ticket JOIN source ON source.id = source_id
                     WHERE ticket.id = ?1 AND deleted = 0",
                )
                .and_then(|mut statement| statement.query_row([row], Raw::read).optional())
                .doing("read a ticket")?;
            raw.map(Raw::parse).transpose()
        })
    }

    /// What the source says of it that has no column of its own; empty for a row that is not there.
    pub fn ticket_extra(&self, row: i64) -> Result<Map<String, Value>> {
        let kept: Option<Option<String>> = self.read(|reader| {
            reader
                .prepare_cached("SELECT extra FROM ticket WHERE id = ?1 AND deleted = 0")
                .and_then(|mut statement| statement.query_row([row], |row| row.get(0)).optional())
                .doing("read a ticket")
        })?;
        match kept.flatten() {
            Some(kept) => from_json("a ticket's other fields", &kept),
            None => Ok(Map::new()),
        }
    }

    /// Oldest first.
    pub fn comments(&self, ticket: i64) -> Result<Vec<StoredComment>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT id, ext_id, author, author_role, public, body, body_format, created_at FROM comment
                     WHERE ticket_id = ?1 ORDER BY created_at, id",
                )
                .doing("read comments")?;
            let rows = statement.query_map([ticket], |row| {
                let role: String = row.get(3)?;
                let format: String = row.get(6)?;
                Ok(StoredComment {
                    row: row.get(0)?,
                    comment: Comment {
                        ticket: String::new(),
                        id: row.get(1)?,
                        author: row.get(2)?,
                        author_role: AuthorRole::parse(&role).unwrap_or_default(),
                        public: row.get(4)?,
                        body: row.get(5)?,
                        body_format: BodyFormat::parse(&format).unwrap_or_default(),
                        created_at: Millis(row.get(7)?),
                        // They are among the links of its ticket.
                        links: Vec::new(),
                    },
                })
            });
            rows.doing("read comments")?.collect::<rusqlite::Result<_>>().doing("read comments")
        })
    }

    /// Oldest first.
    pub fn hops(&self, ticket: i64) -> Result<Vec<Hop>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT at, from_group, to_group, by_whom FROM hop WHERE ticket_id = ?1 ORDER BY at, id",
                )
                .doing("read handoffs")?;
            let rows = statement.query_map([ticket], |row| {
                let at = Millis(row.get(0)?);
                Ok(Hop { ticket: String::new(), at, from_group: row.get(1)?, to_group: row.get(2)?, by: row.get(3)? })
            });
            rows.doing("read handoffs")?.collect::<rusqlite::Result<_>>().doing("read handoffs")
        })
    }

    /// By the id of the comment that brought them; what came with the ticket itself first, under an empty one.
    pub fn attachments(&self, ticket: i64) -> Result<Vec<(String, Attachment)>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT comment, name, size FROM attachment WHERE ticket_id = ?1 ORDER BY comment, place",
                )
                .doing("read attachments")?;
            let rows = statement
                .query_map([ticket], |row| Ok((row.get(0)?, Attachment { name: row.get(1)?, size: row.get(2)? })));
            rows.doing("read attachments")?.collect::<rusqlite::Result<_>>().doing("read attachments")
        })
    }

    /// Promises about time that were made of a ticket, in the order of what is measured.
    pub fn promises(&self, ticket: i64) -> Result<Vec<Promise>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT measure, round, policy, goal, at_work, started_at, due_at, met_at, broken_at, paused, remaining
                     FROM promise WHERE ticket_id = ?1 ORDER BY measure, round",
                )
                .doing("read promises about time")?;
            let rows = statement.query_map([ticket], |row| {
                let time = |column: &str| row.get::<_, Option<i64>>(column).map(|at| at.map(Millis));
                Ok(Promise {
                    ticket: String::new(),
                    measure: row.get("measure")?,
                    round: row.get("round")?,
                    policy: row.get("policy")?,
                    goal: row.get("goal")?,
                    at_work: row.get("at_work")?,
                    started_at: time("started_at")?,
                    due_at: time("due_at")?,
                    met_at: time("met_at")?,
                    broken_at: time("broken_at")?,
                    spared: false,
                    paused: row.get("paused")?,
                    left: row.get("remaining")?,
                })
            });
            rows.doing("read promises about time")?.collect::<rusqlite::Result<_>>().doing("read promises about time")
        })
    }

    /// Live tickets by `source:id`, or by the id alone. More than one where several sources use the same id.
    pub fn find_ticket(&self, id: &str) -> Result<Vec<i64>> {
        let (source, ext_id) = match id.parse::<Key>() {
            Ok(key) => (Some(key.source.as_str().to_owned()), key.id),
            Err(_) => (None, id.to_owned()),
        };
        let found = self.rows_with(&ext_id, source.as_deref())?;
        // An id may hold a colon itself: `urn:42` is not the ticket 42 of a source called `urn`.
        if found.is_empty() && source.is_some() { self.rows_with(id, None) } else { Ok(found) }
    }

    fn rows_with(&self, ext_id: &str, source: Option<&str>) -> Result<Vec<i64>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT ticket.id FROM ticket JOIN source ON source.id = source_id
                     WHERE ext_id = ?1 AND deleted = 0 AND (?2 IS NULL OR source.name = ?2) ORDER BY ticket.id",
                )
                .doing("find a ticket")?;
            let rows = statement.query_map((ext_id, source), |row| row.get(0)).doing("find a ticket")?;
            rows.collect::<rusqlite::Result<_>>().doing("find a ticket")
        })
    }
}

/// A row as SQLite has it, before it is trusted.
struct Raw {
    row: i64,
    source: String,
    words: [String; 2],
    class: Option<String>,
    lists: [String; 4],
    ticket: Ticket,
}

impl Raw {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let ticket = Ticket {
            id: row.get("ext_id")?,
            subject: row.get("subject")?,
            body: row.get("body")?,
            priority: row.get("priority")?,
            product: row.get("product")?,
            environment: row.get("environment")?,
            requester: row.get("requester")?,
            account: row.get("account")?,
            group: row.get("group_name")?,
            assignee: row.get("assignee")?,
            created_at: Millis(row.get("created_at")?),
            updated_at: Millis(row.get("updated_at")?),
            solved_at: row.get::<_, Option<i64>>("solved_at")?.map(Millis),
            resolution: row.get("resolution")?,
            merged_into: row.get("merged_into")?,
            url: row.get("url")?,
            service: row
                .get::<_, Option<String>>("service")?
                .and_then(|kept| serde_json::from_str(&kept).ok())
                .unwrap_or_default(),
            ..Ticket::default()
        };
        Ok(Self {
            row: row.get("id")?,
            source: row.get("source_name")?,
            words: [row.get("status")?, row.get("body_format")?],
            class: row.get("resolution_class")?,
            lists: [row.get("components")?, row.get("affected_versions")?, row.get("fix_versions")?, row.get("tags")?],
            ticket,
        })
    }

    fn parse(self) -> Result<StoredTicket> {
        let Self {
            row,
            source,
            words: [status, format],
            class,
            lists: [components, affected, fixed, tags],
            mut ticket,
        } = self;
        ticket.status = Status::parse(&status).ok_or(Error::Unreadable { what: "a ticket's status", value: status })?;
        ticket.body_format =
            BodyFormat::parse(&format).ok_or(Error::Unreadable { what: "a body's format", value: format })?;
        ticket.resolution_class = class.as_deref().and_then(ResolutionClass::parse);
        ticket.components = from_json("a ticket's components", &components)?;
        ticket.affected_versions = from_json("a ticket's affected versions", &affected)?;
        ticket.fix_versions = from_json("a ticket's fix versions", &fixed)?;
        ticket.tags = from_json("a ticket's tags", &tags)?;
        let key = Key::new(SourceName::from_text(&source), ticket.id.as_str());
        Ok(StoredTicket { row, key, ticket })
    }
}
