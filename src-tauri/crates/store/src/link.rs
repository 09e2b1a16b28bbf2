//! Links between tickets: typed, attributed, by key on both ends, never a merge.

use crate::{Error, Result, Store, error::Doing};
use domain::{Key, Link, LinkKind, LinkOrigin, Millis, SourceName};
use rusqlite::Transaction;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLink {
    pub from: Key,
    pub kind: LinkKind,
    pub to: Key,
    pub origin: LinkOrigin,
    /// `false` is *not the same*.
    pub positive: bool,
}

impl Store {
    /// Every link that starts or ends at this ticket.
    pub fn links(&self, key: &Key) -> Result<Vec<StoredLink>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT from_key, kind, to_key, origin, polarity FROM link WHERE from_key = ?1
                     UNION SELECT from_key, kind, to_key, origin, polarity FROM link WHERE to_key = ?1 ORDER BY 2, 1, 3",
                )
                .doing("read links")?;
            let rows = statement.query_map([key.to_string()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get::<_, i64>(4)?))
            });
            let rows: Vec<(String, String, String, String, i64)> =
                rows.doing("read links")?.collect::<rusqlite::Result<_>>().doing("read links")?;
            rows.into_iter()
                .map(|(from, kind, to, origin, polarity)| {
                    Ok(StoredLink {
                        from: parse_key(&from)?,
                        kind: LinkKind::parse(&kind).ok_or_else(|| unreadable(&kind))?,
                        to: parse_key(&to)?,
                        origin: LinkOrigin::parse(&origin).ok_or_else(|| unreadable(&origin))?,
                        positive: polarity > 0,
                    })
                })
                .collect()
        })
    }

    /// A person says that two tickets belong together. Saying it again changes nothing.
    pub fn add_link(&self, from: &Key, kind: LinkKind, to: &Key, now: Millis) -> Result<i64> {
        self.write(|transaction| {
            transaction
                .query_row(
                    "INSERT INTO link (from_key, kind, to_key, origin, at) VALUES (?1, ?2, ?3, 'human', ?4)
                     ON CONFLICT (from_key, kind, to_key, origin) DO UPDATE SET polarity = 1 RETURNING id",
                    (from.to_string(), kind.as_str(), to.to_string(), now.0),
                    |row| row.get(0),
                )
                .doing("add a link")
        })
    }

    /// Takes back what a person linked, in either direction. What a source says stays. Answers how many were removed.
    pub fn remove_link(&self, a: &Key, b: &Key) -> Result<usize> {
        self.write(|transaction| {
            transaction
                .execute(
                    "DELETE FROM link WHERE origin = 'human' AND ((from_key = ?1 AND to_key = ?2) OR (from_key = ?2 AND to_key = ?1))",
                    (a.to_string(), b.to_string()),
                )
                .doing("remove a link")
        })
    }

    /// Keys of the tickets tied to this one as the same problem, over any number of steps, itself excluded. At most 500.
    pub fn same_problem(&self, key: &Key) -> Result<Vec<Key>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "WITH RECURSIVE same(key) AS (
                       VALUES (?1)
                       UNION
                       SELECT CASE WHEN link.from_key = same.key THEN link.to_key ELSE link.from_key END
                       FROM same JOIN link ON link.from_key = same.key OR link.to_key = same.key
                       WHERE link.kind IN ('duplicate_of', 'same_as') AND link.polarity > 0
                       LIMIT 501)
                     SELECT key FROM same WHERE key <> ?1",
                )
                .doing("follow duplicates")?;
            let rows =
                statement.query_map([key.to_string()], |row| row.get::<_, String>(0)).doing("follow duplicates")?;
            rows.map(|row| parse_key(&row.doing("follow duplicates")?)).collect()
        })
    }
}

/// A source's own links are what it last said: those it no longer names are gone.
pub(crate) fn replace_imported(
    transaction: &Transaction<'_>,
    source: &SourceName,
    id: &str,
    links: &[Link],
    now: Millis,
) -> Result<()> {
    let from = Key::new(source.clone(), id).to_string();
    transaction
        .prepare_cached("DELETE FROM link WHERE from_key = ?1 AND origin = 'import'")
        .and_then(|mut statement| statement.execute([&from]))
        .doing("replace links")?;
    for link in links {
        add_imported(transaction, source, id, link, now)?;
    }
    Ok(())
}

/// One more that a source says.
pub(crate) fn add_imported(
    transaction: &Transaction<'_>,
    source: &SourceName,
    id: &str,
    link: &Link,
    now: Millis,
) -> Result<()> {
    let key = |id: &str| Key::new(source.clone(), id).to_string();
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO link (from_key, kind, to_key, origin, at) VALUES (?1, ?2, ?3, 'import', ?4)",
        )
        .and_then(|mut statement| statement.execute((key(id), link.kind.as_str(), key(&link.to), now.0)))
        .doing("store a link")?;
    Ok(())
}

/// Whether comments of a ticket linked it to another so far.
pub(crate) fn is_said(transaction: &Transaction<'_>, source: &SourceName, ticket: &str) -> Result<bool> {
    let from = Key::new(source.clone(), ticket).to_string();
    transaction
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM link WHERE from_key = ?1 AND origin = 'inferred')")
        .and_then(|mut statement| statement.query_row([from], |row| row.get(0)))
        .doing("look for what was said")
}

/// What a ticket's comments say of other tickets, and what its source keeps apart from it: of what is there now, and no others.
pub(crate) fn replace_said(transaction: &Transaction<'_>, source: &SourceName, ticket: i64, now: Millis) -> Result<()> {
    let from: String = transaction
        .prepare_cached("SELECT ext_id FROM ticket WHERE id = ?1")
        .and_then(|mut statement| statement.query_row([ticket], |row| row.get(0)))
        .doing("link what was said")?;
    let from = Key::new(source.clone(), from).to_string();
    let mut said = transaction
        .prepare_cached(
            "SELECT links FROM comment WHERE ticket_id = ?1 AND links IS NOT NULL
             UNION ALL SELECT tied FROM ticket WHERE id = ?1 AND tied IS NOT NULL",
        )
        .doing("link what was said")?;
    let said = said.query_map([ticket], |row| row.get::<_, String>(0)).doing("link what was said")?;
    let said: Vec<String> = said.collect::<rusqlite::Result<_>>().doing("link what was said")?;
    transaction
        .prepare_cached("DELETE FROM link WHERE from_key = ?1 AND origin = 'inferred'")
        .and_then(|mut statement| statement.execute([&from]))
        .doing("link what was said")?;
    for text in &said {
        let links: Vec<Link> = crate::apply::from_json("a comment's links", text)?;
        for link in links {
            let to = Key::new(source.clone(), link.to.as_str()).to_string();
            transaction
                .prepare_cached(
                    "INSERT OR IGNORE INTO link (from_key, kind, to_key, origin, at) VALUES (?1, ?2, ?3, 'inferred', ?4)",
                )
                .and_then(|mut statement| statement.execute((&from, link.kind.as_str(), to, now.0)))
                .doing("link what was said")?;
        }
    }
    Ok(())
}

pub(crate) fn parse_key(text: &str) -> Result<Key> {
    text.parse().map_err(|_| unreadable(text))
}

fn unreadable(value: &str) -> Error {
    Error::Unreadable { what: "a link", value: value.into() }
}
