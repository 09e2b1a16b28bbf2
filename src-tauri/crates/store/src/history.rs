//! What the exam on a workspace's own history reads: every ticket in the order of time, and what ties them to one another.

use crate::{Result, Store, error::Doing, link::parse_key};
use domain::{Key, Millis};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::HashMap;

/// A live ticket, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastTicket {
    pub row: i64,
    pub key: Key,
    pub created_at: Millis,
    pub product: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastKnownError {
    pub row: i64,
    pub key: Key,
    pub created_at: Millis,
    /// From then on it says what it says now.
    pub updated_at: Millis,
}

/// Why two things are one problem, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TieBy {
    /// A person linked them here.
    Human,
    /// A person said *used* of the one as the answer to the other.
    Used,
    /// The source calls one a duplicate of the other.
    Duplicate,
    /// One was merged into the other.
    Merge,
    /// A known error carries the ticket.
    KnownError,
    /// The ticket was answered with this article.
    Article,
    /// The ticket was caused, escalated, fixed or resolved by this issue.
    Issue,
    /// The ticket names this issue. Two that name the same one may be one problem; it and what it names need not be.
    Mention,
}

/// From a ticket's key to the key of what it is tied to, which need not be here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    pub by: TieBy,
    pub from: String,
    pub to: String,
    /// *Not the same*: it unties.
    pub positive: bool,
}

impl Store {
    /// Oldest first.
    pub fn past_tickets(&self) -> Result<Vec<PastTicket>> {
        self.read(|reader| {
            let sql = "SELECT ticket.id, source.name || ':' || ext_id, ticket.created_at, product
                       FROM ticket JOIN source ON source.id = source_id WHERE deleted = 0
                       ORDER BY ticket.created_at, ticket.id";
            rows(reader, sql, |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?)))?
                .into_iter()
                .map(|(row, key, created_at, product)| {
                    Ok(PastTicket { row, key: parse_key(&key)?, created_at: Millis(created_at), product })
                })
                .collect()
        })
    }

    pub fn past_known_errors(&self) -> Result<Vec<PastKnownError>> {
        self.read(|reader| {
            let sql = "SELECT known_error.id, source.name || ':' || ext_id, known_error.created_at, updated_at
                       FROM known_error JOIN source ON source.id = source_id ORDER BY known_error.id";
            rows(reader, sql, |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?)))?
                .into_iter()
                .map(|(row, key, created_at, updated_at)| {
                    let (created_at, updated_at) = (Millis(created_at), Millis(updated_at));
                    Ok(PastKnownError { row, key: parse_key(&key)?, created_at, updated_at })
                })
                .collect()
        })
    }

    /// What these tickets are about, by key. Those that are gone are left out.
    pub fn products_of(&self, keys: &[Key]) -> Result<HashMap<String, Option<String>>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT product FROM ticket JOIN source ON source.id = source_id
                     WHERE ext_id = ?1 AND source.name = ?2 AND deleted = 0",
                )
                .doing("read products")?;
            let mut products = HashMap::with_capacity(keys.len());
            for key in keys {
                let found = statement.query_row((&key.id, key.source.as_str()), |row| row.get(0)).optional();
                products.extend(found.doing("read products")?.map(|product| (key.to_string(), product)));
            }
            Ok(products)
        })
    }

    /// Everything that says which tickets are one problem, and what people said is not.
    pub fn ties(&self) -> Result<Vec<Tie>> {
        self.read(|reader| {
            let mut ties = Vec::new();
            let linked = "SELECT from_key, to_key, kind, origin, polarity FROM link ORDER BY id";
            for (from, to, kind, origin, polarity) in rows(reader, linked, |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, String>(3)?,
                    row.get::<_, i64>(4)?,
                ))
            })? {
                ties.extend(by(&kind, &origin).map(|by| Tie { by, from, to, positive: polarity > 0 }));
            }
            let pairs = [
                (
                    TieBy::Merge,
                    true,
                    "SELECT source.name || ':' || ext_id, source.name || ':' || merged_into
                     FROM ticket JOIN source ON source.id = source_id
                     WHERE merged_into IS NOT NULL AND deleted = 0 ORDER BY ticket.id",
                ),
                (
                    TieBy::KnownError,
                    true,
                    "SELECT ticket_key, source.name || ':' || ext_id FROM known_error_ticket
                     JOIN known_error ON known_error.id = known_error_id JOIN source ON source.id = source_id
                     ORDER BY known_error_id, ticket_key",
                ),
                (
                    TieBy::Used,
                    true,
                    "SELECT question, hit FROM suggestion_event
                  WHERE verdict = 'used' AND undone_at IS NULL AND question NOT LIKE 'text:%' ORDER BY id",
                ),
                (
                    TieBy::Human,
                    false,
                    "SELECT question, hit FROM suggestion_event
                  WHERE verdict = 'not_same' AND undone_at IS NULL AND question NOT LIKE 'text:%' ORDER BY id",
                ),
            ];
            for (by, positive, sql) in pairs {
                let found = rows(reader, sql, |row| Ok((row.get(0)?, row.get(1)?)))?;
                ties.extend(found.into_iter().map(|(from, to)| Tie { by, from, to, positive }));
            }
            Ok(ties)
        })
    }
}

/// *Similar to* is no claim that two are one problem.
fn by(kind: &str, origin: &str) -> Option<TieBy> {
    match (kind, origin) {
        ("duplicate_of" | "same_as", "human") => Some(TieBy::Human),
        ("duplicate_of" | "same_as", _) => Some(TieBy::Duplicate),
        ("documented_in", _) => Some(TieBy::Article),
        ("caused_by" | "resolved_by" | "fixed_by" | "introduced_by" | "escalated_as", _) => Some(TieBy::Issue),
        ("mentions", _) => Some(TieBy::Mention),
        _ => None,
    }
}

fn rows<T>(reader: &Connection, sql: &str, read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
    let mut statement = reader.prepare_cached(sql).doing("read the history")?;
    let rows = statement.query_map([], read).doing("read the history")?;
    rows.collect::<rusqlite::Result<_>>().doing("read the history")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FeedbackVerdict;
    use domain::LinkKind;

    #[test]
    fn what_people_said_ties_and_unties_until_it_is_taken_back() {
        let store = Store::in_memory().unwrap();
        let (a, b): (Key, Key) = ("files:A".parse().unwrap(), "files:B".parse().unwrap());
        store.add_link(&a, LinkKind::SameAs, &b, Millis(1)).unwrap();
        store.add_link(&a, LinkKind::SimilarTo, &b, Millis(1)).unwrap();
        store.say("files:A", &b, FeedbackVerdict::Used, Millis(2)).unwrap();
        store.say("text:abc", &b, FeedbackVerdict::Used, Millis(2)).unwrap();
        let event = store.say("files:A", &b, FeedbackVerdict::NotSame, Millis(3)).unwrap();
        let told = || store.ties().unwrap().into_iter().map(|tie| (tie.by, tie.positive)).collect::<Vec<_>>();
        assert_eq!(told(), [(TieBy::Human, true), (TieBy::Used, true), (TieBy::Human, false)]);
        store.unsay(event, Millis(4)).unwrap();
        assert_eq!(told(), [(TieBy::Human, true), (TieBy::Used, true)]);
    }
}
