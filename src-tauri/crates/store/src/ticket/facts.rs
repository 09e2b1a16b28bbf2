//! What ranking needs to know of a case, without its text.

use crate::{Result, Store, apply::from_json, article, error::Doing};
use domain::{CaseFacts, DocId, DocKind, Millis, Outcome, ResolutionClass, Status};
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;

impl Store {
    /// Documents that are gone have no facts, so they cannot be ranked. With a moment, as much as could be known then of
    /// how a case ended: what came later did not happen yet.
    pub fn facts(&self, docs: &[DocId], as_of: Option<Millis>) -> Result<HashMap<DocId, CaseFacts>> {
        self.read(|reader| {
            let mut facts = HashMap::with_capacity(docs.len());
            let now = as_of.unwrap_or(Millis(i64::MAX));
            for doc in docs {
                let found = match doc.kind {
                    DocKind::Ticket => ticket(reader, *doc, now)?,
                    DocKind::KnownError => known_error(reader, *doc, now)?,
                    DocKind::Article => article::facts(reader, *doc)?,
                };
                facts.extend(found.map(|found| (*doc, found)));
            }
            Ok(facts)
        })
    }
}

fn ticket(reader: &Connection, doc: DocId, now: Millis) -> Result<Option<CaseFacts>> {
    let found = reader
        .prepare_cached(
            "SELECT ticket.created_at, updated_at, product, components, status, resolution_class, solved_at, merged_into,
               (SELECT count(*) FROM suggestion_event
                WHERE hit = source.name || ':' || ext_id AND verdict = 'used' AND at < ?2 AND (undone_at IS NULL OR undone_at >= ?2))
             FROM ticket INDEXED BY ticket_facts JOIN source ON source.id = source_id WHERE ticket.id = ?1 AND deleted = 0",
        )
        .and_then(|mut statement| {
            let row = statement.query_row((doc.row, now.0), |row| {
                let class = row.get::<_, Option<String>>(5)?.as_deref().and_then(ResolutionClass::parse);
                let status = Status::parse(&row.get::<_, String>(4)?).unwrap_or_default();
                let solved: Option<i64> = row.get(6)?;
                let merged: Option<String> = row.get(7)?;
                let updated_at = Millis(row.get(1)?);
                // When a ticket without a time of its solution was solved, only its last change can say.
                let over = updated_at < now || solved.is_some_and(|solved| solved < now.0);
                let outcome = if over {
                    outcome(status, class, solved.is_some(), merged.is_some())
                } else {
                    Outcome::Unresolved
                };
                let facts = CaseFacts {
                    doc,
                    created_at: Millis(row.get(0)?),
                    updated_at,
                    product: row.get(2)?,
                    components: Vec::new(),
                    outcome,
                    resolution_class: class.filter(|_| over),
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

fn known_error(reader: &Connection, doc: DocId, now: Millis) -> Result<Option<CaseFacts>> {
    let found = reader
        .prepare_cached(
            "SELECT known_error.created_at, updated_at, product, components, state, workaround,
               (SELECT count(*) FROM suggestion_event
                WHERE hit = source.name || ':' || ext_id AND verdict = 'used' AND at < ?2 AND (undone_at IS NULL OR undone_at >= ?2))
             FROM known_error JOIN source ON source.id = source_id WHERE known_error.id = ?1",
        )
        .and_then(|mut statement| {
            let row = statement.query_row((doc.row, now.0), |row| {
                let (state, workaround): (String, String) = (row.get(4)?, row.get(5)?);
                let helps = workaround != "[]" || ["fix_released", "fix_verified", "closed"].contains(&state.as_str());
                let facts = CaseFacts {
                    doc,
                    created_at: Millis(row.get(0)?),
                    updated_at: Millis(row.get(1)?),
                    product: row.get(2)?,
                    components: Vec::new(),
                    outcome: if helps && row.get::<_, i64>(1)? < now.0 { Outcome::Held } else { Outcome::Unresolved },
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FeedbackVerdict;
    use domain::{Change, Key, SourceName, Ticket};

    #[test]
    fn what_happened_to_a_case_after_a_moment_did_not_happen_yet() {
        let store = Store::in_memory().unwrap();
        let source = SourceName::from_text("files");
        store.ensure_source(&source, "files", Millis(1)).unwrap();
        let ticket = Ticket {
            id: "T-1".into(),
            subject: "Lift stands still".into(),
            status: Status::Closed,
            resolution_class: Some(ResolutionClass::CodeFix),
            created_at: Millis(100),
            updated_at: Millis(300),
            solved_at: Some(Millis(200)),
            ..Ticket::default()
        };
        store.apply(&source, &[Change::Ticket(Box::new(ticket))], None, Millis(400)).unwrap();
        let key = Key::new(source, "T-1");
        let used = store.say("files:T-2", &key, FeedbackVerdict::Used, Millis(500)).unwrap();
        store.unsay(used, Millis(600)).unwrap();
        let doc = DocId::ticket(store.find_ticket("T-1").unwrap()[0]);
        let at = |moment: Option<i64>| {
            let facts = store.facts(&[doc], moment.map(Millis)).unwrap().remove(&doc).unwrap();
            (facts.outcome, facts.resolution_class, facts.used)
        };
        assert_eq!(at(Some(150)), (Outcome::Unresolved, None, 0));
        assert_eq!(at(Some(250)), (Outcome::Held, Some(ResolutionClass::CodeFix), 0));
        assert_eq!(at(Some(550)), (Outcome::Held, Some(ResolutionClass::CodeFix), 1));
        assert_eq!(at(None), (Outcome::Held, Some(ResolutionClass::CodeFix), 0));
    }
}
