//! What figures are worked out from: every ticket with its groups and times, without text and without names.

mod sql;
mod ties;

use crate::{Result, Store, error::Doing};
use rusqlite::{Connection, Row};
use std::collections::{HashMap, HashSet};

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
}

/// What it is that tickets have in common, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub id: i64,
    pub title: String,
}

impl Store {
    /// Oldest first.
    pub fn histories(&self) -> Result<Vec<TicketHistory>> {
        self.read(|reader| {
            let mut people: HashMap<String, i64> = HashMap::new();
            let mut all = rows(
                reader,
                "SELECT ticket.id, source.name || ':' || ext_id, ticket.created_at, solved_at, status IN ('solved', 'closed'),
                   group_name, product, requester, json_extract(affected_versions, '$[0]'), source.kind IN ('sentry', 'datadog'), csat
                 FROM ticket JOIN source ON source.id = source_id WHERE deleted = 0 AND merged_into IS NULL
                 ORDER BY ticket.created_at, ticket.id",
                |row| {
                    let requester = row.get::<_, Option<String>>(7)?.map(|name| {
                        let next = people.len() as i64;
                        *people.entry(name).or_insert(next)
                    });
                    let history = TicketHistory {
                        row: row.get(0)?,
                        key: row.get(1)?,
                        created_at: row.get(2)?,
                        solved_at: row.get(3)?,
                        done: row.get(4)?,
                        group: row.get(5)?,
                        product: row.get(6)?,
                        requester,
                        handovers: Vec::new(),
                        engineer_at: None,
                        issue: false,
                        problems: Vec::new(),
                        linked: false,
                        known: false,
                        used: false,
                        version: row.get(8)?,
                        inside: row.get(9)?,
                        satisfied: row.get(10)?,
                    };
                    Ok(history)
                },
            )?;
            let at: HashMap<i64, usize> = all.iter().enumerate().map(|(at, one)| (one.row, at)).collect();
            let by_key: HashMap<String, usize> =
                all.iter().enumerate().map(|(at, one)| (one.key.clone(), at)).collect();
            let mut of = |row: i64, put: &mut dyn FnMut(&mut TicketHistory)| {
                if let Some(one) = at.get(&row).and_then(|at| all.get_mut(*at)) {
                    put(one);
                }
            };
            let hops = "SELECT ticket_id, at, from_group, to_group FROM hop ORDER BY ticket_id, at, id";
            type Hop = (i64, Option<String>, Option<String>);
            let found = rows(reader, hops, |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?))))?;
            for (row, hop) in found {
                let hop: Hop = hop;
                of(row, &mut |one| one.handovers.push(hop.clone()));
            }
            let engineers = "SELECT ticket_id, min(created_at) FROM comment WHERE author_role = 'engineer' GROUP BY ticket_id";
            for (row, at) in rows(reader, engineers, |row| Ok((row.get(0)?, row.get(1)?)))? {
                of(row, &mut |one| one.engineer_at = Some(at));
            }
            for (row, problem) in rows(
                reader,
                "SELECT doc_signature.row, doc_signature.signature_id * 2 FROM doc_signature
                 JOIN issue_signature ON issue_signature.id = signature_id
                 WHERE doc_signature.kind = 1 AND issue_signature.kind <> 'error_code' ORDER BY 1, 2",
                |row| Ok((row.get(0)?, row.get(1)?)),
            )? {
                of(row, &mut |one| one.problems.push(problem));
            }
            let mut of_key = |key: &str, put: &mut dyn FnMut(&mut TicketHistory)| {
                if let Some(one) = by_key.get(key).and_then(|at| all.get_mut(*at)) {
                    put(one);
                }
            };
            let known = "SELECT ticket_key, known_error_id * 2 + 1 FROM known_error_ticket ORDER BY 1, 2";
            for (key, problem) in rows(reader, known, |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))? {
                of_key(&key, &mut |one| {
                    one.problems.push(problem);
                    one.linked = true;
                });
            }
            let issues = format!("SELECT DISTINCT from_key FROM link WHERE polarity > 0 AND kind IN {ISSUES}");
            for key in keys(reader, &issues)? {
                of_key(&key, &mut |one| one.issue = true);
            }
            let linked = "SELECT from_key FROM link WHERE polarity > 0 AND kind <> 'mentions' UNION
                          SELECT to_key FROM link WHERE polarity > 0 AND kind <> 'mentions' UNION
                          SELECT question FROM suggestion_event WHERE verdict = 'used' AND undone_at IS NULL";
            for key in keys(reader, linked)? {
                of_key(&key, &mut |one| one.linked = true);
            }
            for key in keys(reader, "SELECT question FROM suggestion_event WHERE verdict = 'used' AND undone_at IS NULL")? {
                of_key(&key, &mut |one| one.used = true);
            }
            ties::known(reader, &by_key, &mut all)?;
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
                   ELSE substr(exception || ' ' || canonical, 1, 120) END FROM issue_signature
                 UNION ALL SELECT id * 2 + 1, ext_id || ' ' || title FROM known_error",
                |row| Ok(Problem { id: row.get(0)?, title: row.get(1)? }),
            )?;
            Ok(all.into_iter().filter(|problem| wanted.contains(&problem.id)).collect())
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

fn keys(reader: &Connection, sql: &str) -> Result<Vec<String>> {
    rows(reader, sql, |row| row.get(0))
}

fn rows<T>(reader: &Connection, sql: &str, read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
    let mut statement = reader.prepare_cached(sql).doing("read what figures are made of")?;
    let rows = statement.query_map([], read).doing("read what figures are made of")?;
    rows.collect::<rusqlite::Result<_>>().doing("read what figures are made of")
}
