//! What ranking needs to know of a case, without its text.

use crate::{Result, Store, apply::from_json, error::Doing};
use domain::{CaseFacts, DocId, DocKind, Millis, Outcome, ResolutionClass, Status};
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;

impl Store {
    /// Documents that are gone have no facts, so they cannot be ranked.
    pub fn facts(&self, docs: &[DocId]) -> Result<HashMap<DocId, CaseFacts>> {
        self.read(|reader| {
            let mut facts = HashMap::with_capacity(docs.len());
            for doc in docs {
                let found = match doc.kind {
                    DocKind::Ticket => ticket(reader, *doc)?,
                    DocKind::KnownError => known_error(reader, *doc)?,
                };
                facts.extend(found.map(|found| (*doc, found)));
            }
            Ok(facts)
        })
    }
}

fn ticket(reader: &Connection, doc: DocId) -> Result<Option<CaseFacts>> {
    let found = reader
        .prepare_cached(
            "SELECT ticket.created_at, updated_at, product, components, status, resolution_class, solved_at, merged_into,
               (SELECT count(*) FROM suggestion_event
                WHERE hit = source.name || ':' || ext_id AND verdict = 'used' AND undone_at IS NULL)
             FROM ticket JOIN source ON source.id = source_id WHERE ticket.id = ?1 AND deleted = 0",
        )
        .and_then(|mut statement| {
            let row = statement.query_row([doc.row], |row| {
                let class = row.get::<_, Option<String>>(5)?.as_deref().and_then(ResolutionClass::parse);
                let status = Status::parse(&row.get::<_, String>(4)?).unwrap_or_default();
                let solved: Option<i64> = row.get(6)?;
                let merged: Option<String> = row.get(7)?;
                let facts = CaseFacts {
                    doc,
                    created_at: Millis(row.get(0)?),
                    updated_at: Millis(row.get(1)?),
                    product: row.get(2)?,
                    components: Vec::new(),
                    outcome: outcome(status, class, solved.is_some(), merged.is_some()),
                    resolution_class: class,
                    used: row.get(8)?,
                };
                Ok((facts, row.get::<_, String>(3)?))
            });
            row.optional()
        })
        .doing("read a case's facts")?;
    let Some((mut facts, components)) = found else { return Ok(None) };
    facts.components = from_json("a ticket's components", &components)?;
    Ok(Some(facts))
}

fn known_error(reader: &Connection, doc: DocId) -> Result<Option<CaseFacts>> {
    let found = reader
        .prepare_cached(
            "SELECT known_error.created_at, updated_at, product, components, state, workaround,
               (SELECT count(*) FROM suggestion_event
                WHERE hit = source.name || ':' || ext_id AND verdict = 'used' AND undone_at IS NULL)
             FROM known_error JOIN source ON source.id = source_id WHERE known_error.id = ?1",
        )
        .and_then(|mut statement| {
            let row = statement.query_row([doc.row], |row| {
                let (state, workaround): (String, String) = (row.get(4)?, row.get(5)?);
                let helps = workaround != "[]" || ["fix_released", "fix_verified", "closed"].contains(&state.as_str());
                let facts = CaseFacts {
                    doc,
                    created_at: Millis(row.get(0)?),
                    updated_at: Millis(row.get(1)?),
                    product: row.get(2)?,
                    components: Vec::new(),
                    outcome: if helps { Outcome::Held } else { Outcome::Unresolved },
                    resolution_class: None,
                    used: row.get(6)?,
                };
                Ok((facts, row.get::<_, String>(3)?))
            });
            row.optional()
        })
        .doing("read a known error's facts")?;
    let Some((mut facts, components)) = found else { return Ok(None) };
    facts.components = from_json("a known error's components", &components)?;
    Ok(Some(facts))
}

/// How a ticket ended, from what its source says.
pub(crate) fn outcome(status: Status, class: Option<ResolutionClass>, was_solved: bool, merged: bool) -> Outcome {
    match (status.is_done(), class) {
        _ if merged => Outcome::Duplicate,
        (true, Some(ResolutionClass::Duplicate)) => Outcome::Duplicate,
        (true, Some(ResolutionClass::WontFix | ResolutionClass::NoFaultFound)) => Outcome::NoFix,
        (true, _) => Outcome::Held,
        (false, _) if was_solved => Outcome::Reopened,
        (false, _) => Outcome::Unresolved,
    }
}
