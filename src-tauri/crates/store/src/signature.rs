//! Which documents carry which error signature. Derived: the reader of texts writes it, nobody else.

use crate::{Result, Store, error::Doing};
use domain::{DocId, DocKind, Millis, Signature, SignatureKind};
use std::collections::{HashMap, HashSet};

impl Store {
    /// Replaces what is known of these documents' signatures.
    pub fn set_signatures(&self, read: &[(DocId, Vec<Signature>)]) -> Result<()> {
        if read.is_empty() {
            return Ok(());
        }
        self.write(|transaction| {
            for (doc, signatures) in read {
                transaction
                    .prepare_cached("DELETE FROM doc_signature WHERE kind = ?1 AND row = ?2")
                    .and_then(|mut statement| statement.execute((doc.kind as u8, doc.row)))
                    .doing("replace signatures")?;
                for signature in signatures {
                    let kind = match signature.kind {
                        SignatureKind::StackTrace(_) => "stack_trace",
                        SignatureKind::LogLine => "log_line",
                        SignatureKind::ErrorCode => "error_code",
                    };
                    let code = signature.code();
                    transaction
                        .prepare_cached(
                            "INSERT INTO issue_signature (code, kind, exception, canonical) VALUES (?1, ?2, ?3, ?4)
                             ON CONFLICT (code) DO NOTHING",
                        )
                        .and_then(|mut s| s.execute((&code, kind, &signature.exception, signature.canonical())))
                        .doing("store a signature")?;
                    transaction
                        .prepare_cached(
                            "INSERT OR IGNORE INTO doc_signature (signature_id, kind, row)
                             SELECT id, ?2, ?3 FROM issue_signature WHERE code = ?1",
                        )
                        .and_then(|mut statement| statement.execute((&code, doc.kind as u8, doc.row)))
                        .doing("tie a signature to a document")?;
                }
            }
            Ok(())
        })
    }

    /// Documents of a kind that carry this code, newest row first.
    pub fn documents_with(&self, code: &str, kind: DocKind) -> Result<Vec<i64>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT row FROM doc_signature JOIN issue_signature ON issue_signature.id = signature_id
                     WHERE code = ?1 AND doc_signature.kind = ?2 ORDER BY row DESC",
                )
                .doing("find documents by signature")?;
            let rows =
                statement.query_map((code, kind as u8), |row| row.get(0)).doing("find documents by signature")?;
            rows.collect::<rusqlite::Result<_>>().doing("find documents by signature")
        })
    }

    /// Tickets in whose text some error was found.
    pub fn tickets_with_errors(&self) -> Result<HashSet<i64>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached("SELECT DISTINCT row FROM doc_signature WHERE kind = ?1")
                .doing("find tickets with errors")?;
            let rows =
                statement.query_map([DocKind::Ticket as u8], |row| row.get(0)).doing("find tickets with errors")?;
            rows.collect::<rusqlite::Result<_>>().doing("find tickets with errors")
        })
    }

    /// When the tickets with each error came in, by its code, in order.
    pub fn errors_came_in(&self) -> Result<HashMap<String, Vec<Millis>>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT code, ticket.created_at FROM doc_signature
                     JOIN issue_signature ON issue_signature.id = signature_id JOIN ticket ON ticket.id = doc_signature.row
                     WHERE doc_signature.kind = ?1 AND deleted = 0 ORDER BY ticket.created_at",
                )
                .doing("read when errors came in")?;
            let rows = statement
                .query_map([DocKind::Ticket as u8], |row| Ok((row.get(0)?, row.get(1)?)))
                .doing("read when errors came in")?;
            let mut times: HashMap<String, Vec<Millis>> = HashMap::new();
            for row in rows {
                let (code, at): (String, i64) = row.doing("read when errors came in")?;
                times.entry(code).or_default().push(Millis(at));
            }
            Ok(times)
        })
    }

    pub fn signature_count(&self) -> Result<u64> {
        self.read(|reader| {
            reader
                .query_row("SELECT count(*) FROM issue_signature", [], |row| row.get::<_, i64>(0))
                .doing("count signatures")
                .map(|count| count as u64)
        })
    }
}
