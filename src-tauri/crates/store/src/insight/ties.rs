//! What tickets are tied to, and whether that was here before them. It is read anew each time: of many tickets few are tied,
//! and a tie may be made, undone and outlived from either end.

use super::{ISSUES, TicketHistory, rows};
use crate::Result;
use rusqlite::{Connection, Row};
use std::collections::{HashMap, HashSet};

/// Keys of tickets with what each is tied to, both ways round.
pub(super) const TIES: &str = "SELECT from_key, to_key FROM link WHERE polarity > 0 AND kind <> 'mentions' UNION
  SELECT to_key, from_key FROM link WHERE polarity > 0 AND kind <> 'mentions' UNION
  SELECT question, hit FROM suggestion_event WHERE verdict = 'used' AND undone_at IS NULL UNION
  SELECT ticket_key, source.name || ':' || ext_id FROM known_error_ticket
    JOIN known_error ON known_error.id = known_error_id JOIN source ON source.id = source_id";

/// Since when there is what a ticket may be tied to and that is no ticket of its own.
const THINGS: &str =
    "SELECT source.name || ':' || ext_id, known_error.created_at FROM known_error JOIN source ON source.id = source_id
  UNION ALL SELECT source.name || ':' || ext_id, article.created_at FROM article JOIN source ON source.id = source_id
  UNION ALL SELECT source.name || ':' || ext_id, ticket.created_at FROM ticket JOIN source ON source.id = source_id
    WHERE deleted = 0 AND merged_into IS NOT NULL";

pub(super) fn add(reader: &Connection, all: &mut [TicketHistory]) -> Result<()> {
    let key = |row: &Row<'_>| row.get::<_, String>(0);
    let ties: Vec<(String, String)> = rows(reader, TIES, |row| Ok((key(row)?, row.get(1)?)))?;
    let problems = "SELECT ticket_key, known_error_id * 2 + 1 FROM known_error_ticket ORDER BY 1, 2";
    let problems: Vec<(String, i64)> = rows(reader, problems, |row| Ok((key(row)?, row.get(1)?)))?;
    let issues = format!("SELECT DISTINCT from_key FROM link WHERE polarity > 0 AND kind IN {ISSUES}");
    let issues = rows(reader, &issues, key)?;
    let used = "SELECT DISTINCT question FROM suggestion_event WHERE verdict = 'used' AND undone_at IS NULL";
    let used = rows(reader, used, key)?;
    // Of a hundred thousand keys those that are named, which is often none.
    let ends = ties.iter().flat_map(|(key, other)| [key, other]).chain(problems.iter().map(|(key, _)| key));
    let named: HashSet<&str> = ends.chain(&issues).chain(&used).map(String::as_str).collect();
    if named.is_empty() {
        return Ok(());
    }
    let found = all.iter().enumerate().filter_map(|(at, one)| named.get(one.key.as_str()).map(|key| (*key, at)));
    let at: HashMap<&str, usize> = found.collect();
    let things = rows(reader, THINGS, |row| Ok((key(row)?, row.get(1)?)))?;
    let mut since: HashMap<&str, i64> = things.iter().map(|(key, since)| (key.as_str(), *since)).collect();
    for (key, at) in &at {
        since.extend(all.get(*at).map(|one| (*key, one.created_at)));
    }
    let mut of = |key: &str, put: &dyn Fn(&mut TicketHistory)| {
        if let Some(one) = at.get(key).and_then(|at| all.get_mut(*at)) {
            put(one);
        }
    };
    for (key, other) in &ties {
        let since = since.get(other.as_str()).copied();
        of(key, &|one| {
            one.linked = true;
            one.known |= since.is_some_and(|since| since < one.created_at);
        });
    }
    problems.iter().for_each(|(key, problem)| of(key, &|one| one.problems.push(*problem)));
    issues.iter().for_each(|key| of(key, &|one| one.issue = true));
    used.iter().for_each(|key| of(key, &|one| one.used = true));
    Ok(())
}
