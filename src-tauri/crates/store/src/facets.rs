//! What can be asked of a customer, as cases have it.

use crate::{Result, Store, error::Doing};
use domain::{DocId, DocKind};
use rusqlite::OptionalExtension;

/// Of one case; what it does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    pub product: Option<String>,
    /// The first that it names.
    pub component: Option<String>,
    pub version: Option<String>,
    /// Of its first stack trace.
    pub exception: Option<String>,
    pub environment: Option<String>,
}

impl Store {
    /// `None` of what is gone, and of what is no case.
    pub fn facets(&self, doc: DocId) -> Result<Option<Facets>> {
        let (table, environment) = match doc.kind {
            DocKind::Ticket => ("ticket", "environment"),
            DocKind::KnownError => ("known_error", "NULL"),
            DocKind::Article => return Ok(None),
        };
        self.read(|reader| {
            let sql = format!(
                "SELECT product, json_extract(components, '$[0]'), json_extract(affected_versions, '$[0]'), {environment},
                   (SELECT exception FROM doc_signature JOIN issue_signature ON issue_signature.id = signature_id
                    WHERE doc_signature.kind = ?2 AND doc_signature.row = {table}.id AND issue_signature.kind = 'stack_trace'
                      AND exception <> '' ORDER BY issue_signature.id LIMIT 1)
                 FROM {table} WHERE id = ?1"
            );
            reader
                .prepare_cached(&sql)
                .and_then(|mut statement| {
                    let facets = |row: &rusqlite::Row<'_>| {
                        Ok(Facets {
                            product: row.get(0)?,
                            component: row.get(1)?,
                            version: row.get(2)?,
                            environment: row.get(3)?,
                            exception: row.get(4)?,
                        })
                    };
                    statement.query_row((doc.row, doc.kind as u8), facets).optional()
                })
                .doing("read what a case is about")
        })
    }
}
