//! Names and sizes of files, of a ticket and of each of its comments: what is told of one of them is all of it.

use super::{Known, PageWriter};
use crate::{Result, error::Doing};
use domain::{Attached, Attachment, DocId};

impl PageWriter<'_> {
    pub(super) fn attached(&mut self, known: &Known, attached: &Attached) -> Result<()> {
        if known.deleted {
            return Ok(());
        }
        let comment = attached.comment.as_deref().unwrap_or_default();
        if self.attachments(known.row, comment)? == attached.files {
            return Ok(());
        }
        self.transaction
            .prepare_cached("DELETE FROM attachment WHERE ticket_id = ?1 AND comment = ?2")
            .and_then(|mut statement| statement.execute((known.row, comment)))
            .doing("replace attachments")?;
        for (file, place) in attached.files.iter().zip(0i64..) {
            self.transaction
                .prepare_cached(
                    "INSERT INTO attachment (ticket_id, comment, place, name, size) VALUES (?1, ?2, ?3, ?4, ?5)",
                )
                .and_then(|mut statement| statement.execute((known.row, comment, place, &file.name, file.size)))
                .doing("store an attachment")?;
        }
        self.touched.insert(DocId::ticket(known.row));
        Ok(())
    }

    fn attachments(&self, ticket: i64, comment: &str) -> Result<Vec<Attachment>> {
        let mut statement = self
            .transaction
            .prepare_cached("SELECT name, size FROM attachment WHERE ticket_id = ?1 AND comment = ?2 ORDER BY place")
            .doing("read attachments")?;
        let rows =
            statement.query_map((ticket, comment), |row| Ok(Attachment { name: row.get(0)?, size: row.get(1)? }));
        rows.doing("read attachments")?.collect::<rusqlite::Result<_>>().doing("read attachments")
    }
}
