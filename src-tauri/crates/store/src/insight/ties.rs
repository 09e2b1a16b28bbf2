//! What tickets are tied to, and whether that was here before them.

use super::{TicketHistory, rows};
use crate::Result;
use rusqlite::Connection;
use std::collections::HashMap;

/// Keys of tickets with what each is tied to, both ways round.
const TIES: &str = "SELECT from_key, to_key FROM link WHERE polarity > 0 AND kind <> 'mentions' UNION
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

pub(super) fn known(reader: &Connection, by_key: &HashMap<String, usize>, all: &mut [TicketHistory]) -> Result<()> {
    let pair = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get(1)?));
    let things: HashMap<String, i64> = rows(reader, THINGS, pair)?.into_iter().collect();
    let ties: Vec<(String, String)> = rows(reader, TIES, |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect();
    for (key, other) in ties {
        let Some(&at) = by_key.get(&key) else { continue };
        let since = by_key.get(&other).and_then(|other| all.get(*other)).map(|other| other.created_at);
        let since = since.or_else(|| things.get(&other).copied());
        if let Some(one) = all.get_mut(at) {
            one.known |= since.is_some_and(|since| since < one.created_at);
        }
    }
    Ok(())
}
