//! What is told of a ticket that is not there yet waits for it.

use super::{Known, PageWriter, from_json, json};
use crate::{Result, error::Doing};

impl PageWriter<'_> {
    pub(super) fn keep_pending(
        &mut self,
        ticket: &str,
        kind: &str,
        id: &str,
        value: &impl serde::Serialize,
    ) -> Result<()> {
        let added = self
            .transaction
            .prepare_cached("INSERT OR IGNORE INTO pending (source_id, ticket_ext, kind, ext_id, payload) VALUES (?1, ?2, ?3, ?4, ?5)")
            .and_then(|mut statement| statement.execute((self.source_row, ticket, kind, id, json(value))))
            .doing("keep a comment until its ticket comes")? as u64;
        match kind {
            "hop" => self.done.hops += added,
            "promise" | "merge" | "attached" => {}
            _ => self.done.comments += added,
        }
        Ok(())
    }

    pub(super) fn adopt_pending(&mut self, ticket: &str, row: i64, hash: &[u8]) -> Result<()> {
        let mut waiting: Vec<(i64, String, String)> = self
            .transaction
            .prepare_cached("DELETE FROM pending WHERE source_id = ?1 AND ticket_ext = ?2 RETURNING id, kind, payload")
            .and_then(|mut statement| {
                statement
                    .query_map((self.source_row, ticket), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                    .collect()
            })
            .doing("adopt waiting comments")?;
        let counted = self.done;
        let known = Known { row, hash: hash.into(), updated_at: 0, deleted: false };
        // As they came: what is told of a promise later counts.
        waiting.sort_unstable_by_key(|(id, ..)| *id);
        for (_, kind, payload) in waiting {
            match kind.as_str() {
                "hop" => self.hop(&known, &from_json("a waiting handoff", &payload)?)?,
                "merge" => self.merge(&known, ticket, &from_json::<String>("a waiting merge", &payload)?)?,
                "attached" => self.attached(&known, &from_json("waiting attachments", &payload)?)?,
                "promise" => self.promise(&known, &from_json("a waiting promise", &payload)?)?,
                _ => self.comment(&known, &from_json("a waiting comment", &payload)?)?,
            }
        }
        // They were counted when they came.
        (self.done.comments, self.done.hops) = (counted.comments, counted.hops);
        Ok(())
    }
}
