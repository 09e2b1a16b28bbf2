//! What each ticket tells figures by itself: times, groups, errors. It is kept in pieces as it was read, and a piece goes in the
//! transaction that changes one of its tickets (triggers of the schema see to it): what is there is what would be read now.

mod piece;

use super::{TicketHistory, rows};
use crate::{Result, Store, error::Doing};
use rusqlite::{Connection, Transaction};
use std::{collections::HashMap, ops::RangeInclusive};

/// Tickets to a piece, by their rows; the triggers divide by the same.
const PIECE: i64 = 64;
/// Pieces that are kept in one transaction: whoever writes meanwhile waits that long.
const STEP: usize = 128;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Fact {
    row: i64,
    source: i64,
    ext_id: String,
    created_at: i64,
    solved_at: Option<i64>,
    done: bool,
    group: Option<String>,
    product: Option<String>,
    version: Option<String>,
    /// Of their name: the same for the same person.
    requester: Option<i64>,
    satisfied: Option<bool>,
    reopened: bool,
    engineer_at: Option<i64>,
    handovers: Vec<(i64, Option<String>, Option<String>)>,
    problems: Vec<i64>,
}

impl Store {
    /// Reads anew what changed since it was kept, a little at a time, and keeps it. Answers how many pieces that were.
    pub fn keep_facts(&self) -> Result<u64> {
        let mut kept = 0;
        // Looked for as a reader first: most often nothing is missing, and nobody is to wait.
        while !self.read(missing)?.is_empty() {
            let step = self.write_aside(keep_some)?;
            if step == 0 {
                break;
            }
            kept += step;
        }
        Ok(kept)
    }
}

fn keep_some(transaction: &Transaction<'_>) -> Result<u64> {
    const DOING: &str = "keep what figures are made of";
    let mut some = missing(transaction)?;
    some.truncate(STEP);
    let mut insert = transaction
        .prepare_cached("INSERT OR REPLACE INTO fact_piece (piece, form, body) VALUES (?1, ?2, ?3)")
        .doing(DOING)?;
    for run in runs(&some) {
        let facts = read_range(transaction, &run)?;
        let mut facts = facts.as_slice();
        for piece in run {
            let (these, rest) = facts.split_at(facts.partition_point(|fact| fact.row / PIECE <= piece));
            facts = rest;
            insert.execute((piece, piece::FORM, piece::write(these))).doing(DOING)?;
        }
    }
    Ok(some.len() as u64)
}

/// Every ticket that figures count, in no order; what is not kept is read here and now.
pub(super) fn all(reader: &Connection) -> Result<Vec<TicketHistory>> {
    let sql = "SELECT id, name, kind IN ('sentry', 'datadog') FROM source";
    let sources = rows(reader, sql, |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    let sources: HashMap<i64, (String, bool)> = sources.into_iter().collect();
    let mut all = Vec::new();
    let mut take = |fact: Fact| {
        let Some((source, inside)) = sources.get(&fact.source) else { return };
        let mut key = String::with_capacity(source.len() + 1 + fact.ext_id.len());
        key.extend([source, ":", &fact.ext_id]);
        all.push(TicketHistory {
            row: fact.row,
            key,
            created_at: fact.created_at,
            solved_at: fact.solved_at,
            done: fact.done,
            group: fact.group,
            product: fact.product,
            requester: fact.requester,
            handovers: fact.handovers,
            engineer_at: fact.engineer_at,
            issue: false,
            problems: fact.problems,
            linked: false,
            known: false,
            used: false,
            version: fact.version,
            inside: *inside,
            satisfied: fact.satisfied,
            reopened: fact.reopened,
        });
    };
    let mut statement =
        reader.prepare_cached("SELECT piece, body FROM fact_piece WHERE form = ?1 ORDER BY piece").doing(DOING)?;
    let mut kept = statement.query([piece::FORM]).doing(DOING)?;
    let mut unread = Vec::new();
    let mut next = 0;
    while let Some(row) = kept.next().doing(DOING)? {
        let number: i64 = row.get(0).doing(DOING)?;
        let read = row.get_ref(1).ok().and_then(|body| body.as_blob().ok()).and_then(piece::read);
        unread.extend(next..number);
        match read {
            Some(facts) => facts.into_iter().for_each(&mut take),
            None => unread.push(number),
        }
        next = number + 1;
    }
    unread.extend(next..pieces(reader)?);
    for run in runs(&unread) {
        read_range(reader, &run)?.into_iter().for_each(&mut take);
    }
    Ok(all)
}

const DOING: &str = "read what figures are made of";

/// How many there would be of all tickets.
fn pieces(reader: &Connection) -> Result<i64> {
    let last = reader.query_row("SELECT max(id) FROM ticket", [], |row| row.get::<_, Option<i64>>(0)).doing(DOING)?;
    Ok(last.map_or(0, |last| last / PIECE + 1))
}

fn missing(reader: &Connection) -> Result<Vec<i64>> {
    let all = pieces(reader)?;
    let mut statement =
        reader.prepare_cached("SELECT piece FROM fact_piece WHERE form = ?1 ORDER BY piece").doing(DOING)?;
    let kept = statement.query_map([piece::FORM], |row| row.get(0)).doing(DOING)?;
    let mut missing = Vec::new();
    let mut next = 0;
    for piece in kept {
        let piece: i64 = piece.doing(DOING)?;
        missing.extend(next..piece);
        next = piece + 1;
    }
    missing.extend(next..all);
    Ok(missing)
}

/// Those that follow each other, together.
fn runs(pieces: &[i64]) -> impl Iterator<Item = RangeInclusive<i64>> {
    pieces.chunk_by(|a, b| a + 1 == *b).filter_map(|run| Some(*run.first()?..=*run.last()?))
}

/// In the order of their rows.
fn read_range(reader: &Connection, pieces: &RangeInclusive<i64>) -> Result<Vec<Fact>> {
    let ids = (pieces.start() * PIECE, (pieces.end() + 1) * PIECE - 1);
    let mut statement = reader
        .prepare_cached(
            "SELECT id, source_id, ext_id, created_at, solved_at, status IN ('solved', 'closed'), group_name, product,
               json_extract(affected_versions, '$[0]'), requester, csat, coalesce(json_extract(service, '$.reopens'), 0) > 0
             FROM ticket INDEXED BY ticket_history
             WHERE deleted = 0 AND merged_into IS NULL AND id BETWEEN ?1 AND ?2 ORDER BY id",
        )
        .doing(DOING)?;
    let read = statement.query_map(ids, |row| {
        Ok(Fact {
            row: row.get(0)?,
            source: row.get(1)?,
            ext_id: row.get(2)?,
            created_at: row.get(3)?,
            solved_at: row.get(4)?,
            done: row.get(5)?,
            group: row.get(6)?,
            product: row.get(7)?,
            version: row.get(8)?,
            requester: row.get_ref(9)?.as_str_or_null()?.map(person),
            satisfied: row.get(10)?,
            reopened: row.get(11)?,
            ..Fact::default()
        })
    });
    let mut facts: Vec<Fact> = read.and_then(Iterator::collect).doing(DOING)?;
    let mut of = |row: i64, put: &mut dyn FnMut(&mut Fact)| {
        let at = facts.binary_search_by_key(&row, |fact| fact.row);
        if let Some(fact) = at.ok().and_then(|at| facts.get_mut(at)) {
            put(fact);
        }
    };
    let mut statement = reader
        .prepare_cached(
            "SELECT ticket_id, at, from_group, to_group FROM hop WHERE ticket_id BETWEEN ?1 AND ?2 ORDER BY ticket_id, at, id",
        )
        .doing(DOING)?;
    let mut hops = statement.query(ids).doing(DOING)?;
    while let Some(row) = hops.next().doing(DOING)? {
        let hop = (row.get(1).doing(DOING)?, row.get(2).doing(DOING)?, row.get(3).doing(DOING)?);
        of(row.get(0).doing(DOING)?, &mut |fact| fact.handovers.push(hop.clone()));
    }
    let mut statement = reader
        .prepare_cached(
            "SELECT ticket_id, min(created_at) FROM comment
             WHERE author_role = 'engineer' AND ticket_id BETWEEN ?1 AND ?2 GROUP BY ticket_id",
        )
        .doing(DOING)?;
    let mut engineers = statement.query(ids).doing(DOING)?;
    while let Some(row) = engineers.next().doing(DOING)? {
        let at = row.get(1).doing(DOING)?;
        of(row.get(0).doing(DOING)?, &mut |fact| fact.engineer_at = at);
    }
    let mut statement = reader
        .prepare_cached(
            "SELECT doc_signature.row, doc_signature.signature_id * 2 FROM doc_signature
             JOIN issue_signature ON issue_signature.id = signature_id
             WHERE doc_signature.kind = 1 AND issue_signature.kind <> 'error_code' AND doc_signature.row BETWEEN ?1 AND ?2
             ORDER BY 1, 2",
        )
        .doing(DOING)?;
    let mut problems = statement.query(ids).doing(DOING)?;
    while let Some(row) = problems.next().doing(DOING)? {
        let problem = row.get(1).doing(DOING)?;
        of(row.get(0).doing(DOING)?, &mut |fact| fact.problems.push(problem));
    }
    Ok(facts)
}

/// No name is kept where a number will do.
fn person(name: &str) -> i64 {
    let hash = blake3::hash(name.as_bytes());
    let eight = hash.as_bytes().first_chunk().copied().unwrap_or_default();
    i64::from_le_bytes(eight)
}

#[cfg(test)]
mod tests;
