//! What figures are worked out from: every ticket with its groups and times, without text and without names.

mod facts;
mod said;
mod sql;
mod ties;

use crate::{
    Result, Store,
    apply::{from_json, json},
    error::Doing,
};
use rusqlite::{Connection, Row};
use std::collections::HashSet;

pub use said::{Always, Look, LookedAt};
pub use sql::{Counted, SqlPart, SqlTiers, figure_sql};

/// A live ticket that was not merged into another. Times are UTC milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketHistory {
    pub row: i64,
    /// `source:id`.
    pub key: String,
    pub created_at: i64,
    pub solved_at: Option<i64>,
    pub done: bool,
    pub group: Option<String>,
    pub product: Option<String>,
    /// The same number for the same person.
    pub requester: Option<i64>,
    /// Oldest first: when, from which group, to which.
    pub handovers: Vec<(i64, Option<String>, Option<String>)>,
    /// When an engineer first wrote in it.
    pub engineer_at: Option<i64>,
    /// It was caused, fixed or resolved by something outside of the helpdesk, or became it.
    pub issue: bool,
    /// Its stack traces, lines of logs and known errors: even numbers are signatures, odd ones known errors.
    pub problems: Vec<i64>,
    /// Tied to another ticket, a known error or an article, or somebody used one for it.
    pub linked: bool,
    /// Something that it is tied to was here before it came in.
    pub known: bool,
    /// Somebody said of a suggestion that they used it for this one.
    pub used: bool,
    /// The first version that it is about.
    pub version: Option<String>,
    /// A monitor reported it, and no customer.
    pub inside: bool,
    /// The customer said whether they were satisfied.
    pub satisfied: Option<bool>,
    /// Its source counted that it was opened again after it was solved, once at the least.
    pub reopened: bool,
}

/// What it is that tickets have in common, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub id: i64,
    pub title: String,
    /// As [`Always::name`].
    pub name: String,
}

/// Who has a ticket, and its tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrying {
    pub row: i64,
    pub agent: Option<String>,
    pub tags: Vec<String>,
}

impl Store {
    /// Oldest first.
    pub fn histories(&self) -> Result<Vec<TicketHistory>> {
        self.read(|reader| {
            let mut all = facts::all(reader)?;
            all.sort_unstable_by_key(|one| (one.created_at, one.row));
            ties::add(reader, &mut all)?;
            Ok(all)
        })
    }

    /// When each known error was written down, by the number that [`TicketHistory::problems`] has of it.
    pub fn problems_written(&self) -> Result<Vec<(i64, i64)>> {
        self.read(|reader| {
            rows(reader, "SELECT id * 2 + 1, created_at FROM known_error ORDER BY 1", |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
        })
    }

    /// Names of some of the problems that [`TicketHistory::problems`] numbers.
    pub fn problems_named(&self, ids: &[i64]) -> Result<Vec<Problem>> {
        self.read(|reader| {
            let wanted: HashSet<i64> = ids.iter().copied().collect();
            let all = rows(
                reader,
                "SELECT id * 2, CASE kind WHEN 'stack_trace' THEN substr(canonical, max(instr(canonical, exception), 1), 120)
                   ELSE substr(exception || ' ' || canonical, 1, 120) END, 'signature:' || code FROM issue_signature
                 UNION ALL SELECT known_error.id * 2 + 1, ext_id || ' ' || title, 'known_error:' || source.name || ':' || ext_id
                   FROM known_error JOIN source ON source.id = source_id",
                |row| Ok(Problem { id: row.get(0)?, title: row.get(1)?, name: row.get(2)? }),
            )?;
            Ok(all.into_iter().filter(|problem| wanted.contains(&problem.id)).collect())
        })
    }

    /// Live tickets that one of these agents has, or that have one of these tags.
    pub fn tickets_carrying(&self, agents: &[String], tags: &[String]) -> Result<Vec<Carrying>> {
        const DOING: &str = "find tickets by agent and tag";
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT id, assignee, tags FROM ticket INDEXED BY ticket_history WHERE deleted = 0 AND merged_into IS NULL AND (
                       assignee IN (SELECT value FROM json_each(?1))
                       OR EXISTS (SELECT 1 FROM json_each(tags) WHERE value IN (SELECT value FROM json_each(?2))))",
                )
                .doing(DOING)?;
            let mut found = statement.query((json(&agents), json(&tags))).doing(DOING)?;
            let mut all = Vec::new();
            while let Some(row) = found.next().doing(DOING)? {
                let tags = from_json("the tags of a ticket", row.get_ref(2).doing(DOING)?.as_str().unwrap_or("[]"))?;
                all.push(Carrying { row: row.get(0).doing(DOING)?, agent: row.get(1).doing(DOING)?, tags });
            }
            Ok(all)
        })
    }

    /// Every group that ever had a ticket, with how many are with it now.
    pub fn groups_of_tickets(&self) -> Result<Vec<(String, u64)>> {
        self.read(|reader| {
            rows(
                reader,
                "SELECT name, sum(held) FROM (
                   SELECT group_name AS name, count(*) AS held FROM ticket
                   WHERE deleted = 0 AND merged_into IS NULL AND group_name IS NOT NULL GROUP BY group_name
                   UNION ALL SELECT from_group, 0 FROM hop WHERE from_group IS NOT NULL
                   UNION ALL SELECT to_group, 0 FROM hop WHERE to_group IS NOT NULL)
                 GROUP BY name ORDER BY 2 DESC, 1",
                |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)),
            )
        })
    }
}

/// Links to what is no ticket of a helpdesk, or need not be.
pub(crate) const ISSUES: &str = "('caused_by', 'resolved_by', 'fixed_by', 'introduced_by', 'escalated_as')";

fn rows<T>(reader: &Connection, sql: &str, read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
    let mut statement = reader.prepare_cached(sql).doing("read what figures are made of")?;
    let rows = statement.query_map([], read).doing("read what figures are made of")?;
    rows.collect::<rusqlite::Result<_>>().doing("read what figures are made of")
}
