//! Taking text away for good: of one ticket, of a whole source, and from the free pages of the file.
//!
//! What people wrote themselves (links, feedback, what they sent and tried) stays, as ids without text.

use crate::{Result, Store, case_file, changes, draft, error::Doing, open::lock, outbox, source::row_of};
use domain::{DocId, DocKind, SourceName};
use rusqlite::{OptionalExtension, Transaction};
use std::collections::BTreeSet;

/// What a source holds, or held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    pub tickets: u64,
    pub comments: u64,
    pub known_errors: u64,
    /// Of its help centre.
    pub articles: u64,
}

impl Store {
    /// What [`Store::purge_source`] would take away; `None` where there is no such source.
    pub fn holdings(&self, source: &SourceName) -> Result<Option<Holdings>> {
        self.read(|reader| {
            let known: bool = reader
                .query_row("SELECT EXISTS (SELECT 1 FROM source WHERE name = ?1)", [source.as_str()], |row| row.get(0))
                .doing("find a source")?;
            let count = |sql: &str| {
                let counted = reader.query_row(sql, [source.as_str()], |row| row.get::<_, i64>(0));
                counted.doing("count what a source holds").map(|count| count as u64)
            };
            let from = "JOIN source ON source.id = source_id WHERE source.name = ?1";
            let holdings = Holdings {
                tickets: count(&format!("SELECT count(*) FROM ticket {from} AND deleted = 0"))?,
                comments: count(&format!("SELECT count(*) FROM comment JOIN ticket ON ticket.id = ticket_id {from}"))?,
                known_errors: count(&format!("SELECT count(*) FROM known_error {from}"))?,
                articles: count(&format!("SELECT count(*) FROM article {from}"))?,
            };
            Ok(known.then_some(holdings))
        })
    }

    /// Everything that came from a source goes, its cursors and its name too. Afterwards the index has to follow, and
    /// then [`Store::compact`] clears the pages.
    pub fn purge_source(&self, source: &SourceName) -> Result<Holdings> {
        self.purge(source, &["DELETE FROM source WHERE id = ?1"])
    }

    /// As [`Store::purge_source`]; only the source itself stays, to be asked from the beginning once it may be asked again.
    pub fn empty_source(&self, source: &SourceName) -> Result<Holdings> {
        let own = [
            "DELETE FROM sync_cursor WHERE source_id = ?1",
            "DELETE FROM pending WHERE source_id = ?1",
            "DELETE FROM release WHERE source_id = ?1",
            "DELETE FROM name WHERE source_id = ?1",
        ];
        self.purge(source, &own)
    }

    fn purge(&self, source: &SourceName, and: &[&str]) -> Result<Holdings> {
        let holdings = self.holdings(source)?.unwrap_or_default();
        self.write(|transaction| {
            let source_row = row_of(transaction, source)?;
            let mut gone = BTreeSet::new();
            let tables =
                [(DocKind::Ticket, "ticket"), (DocKind::KnownError, "known_error"), (DocKind::Article, "article")];
            for (kind, table) in tables {
                let mut statement = transaction
                    .prepare(&format!("DELETE FROM {table} WHERE source_id = ?1 RETURNING id"))
                    .doing("purge a source")?;
                let rows = statement.query_map([source_row], |row| row.get(0)).doing("purge a source")?;
                let rows: Vec<i64> = rows.collect::<rusqlite::Result<_>>().doing("purge a source")?;
                let table_of = rows.iter().map(|row| DocId { kind, row: *row });
                gone.extend(table_of);
            }
            for doc in &gone {
                forget_derived(transaction, *doc)?;
            }
            // A key is the source's name, a colon and the id.
            let keys = format!("{}:", source.as_str());
            transaction
                .execute(
                    "DELETE FROM link WHERE origin IN ('import', 'inferred') AND substr(from_key, 1, length(?1)) = ?1",
                    [&keys],
                )
                .doing("purge a source's links")?;
            blank_packages(transaction, "substr(ticket_key, 1, length(?1)) = ?1", &keys)?;
            blank_notes(transaction, "substr(ticket, 1, length(?1)) = ?1", &keys)?;
            case_file::forget(transaction, "substr(ticket, 1, length(?1)) = ?1", &keys)?;
            draft::forget(transaction, "substr(ticket, 1, length(?1)) = ?1", &keys)?;
            forget_ways_back(transaction, &keys)?;
            outbox::forget_source(transaction, source)?;
            for statement in and {
                transaction.execute(statement, [source_row]).doing("purge a source")?;
            }
            changes::record(transaction, &gone)
        })?;
        Ok(holdings)
    }

    /// One ticket that nobody here may read any more: a tombstone without text is left. It comes back only when its
    /// source sends it with something new in it.
    pub fn purge_ticket(&self, row: i64) -> Result<()> {
        self.write(|transaction| {
            bury(transaction, row)?;
            changes::record(transaction, &BTreeSet::from([DocId::ticket(row)]))
        })
    }

    /// After the index has followed: what was read out of texts that are gone, and the text in the log beside the file.
    pub fn sweep(&self) -> Result<()> {
        self.write(|transaction| {
            transaction
                .execute("DELETE FROM issue_signature WHERE id NOT IN (SELECT signature_id FROM doc_signature)", [])
                .doing("sweep signatures")?;
            Ok(())
        })?;
        self.maintain("PRAGMA wal_checkpoint(TRUNCATE)", "empty its journal")
    }

    /// Writes the file anew without its free pages, and empties the log beside it.
    pub fn compact(&self) -> Result<()> {
        self.maintain("VACUUM", "write itself anew")?;
        self.maintain("PRAGMA wal_checkpoint(TRUNCATE)", "empty its journal")
    }
}

impl Store {
    /// Work on the file as a whole, which no transaction can hold.
    fn maintain(&self, sql: &str, doing: &'static str) -> Result<()> {
        let writer = lock(&self.writer);
        writer.execute_batch(sql).doing(doing)?;
        self.proven(&writer)
    }

    /// All of it, decrypted, in memory.
    fn pages(&self) -> Result<Vec<u8>> {
        Ok(lock(&self.writer).serialize(rusqlite::MAIN_DB).doing("read its pages")?.to_vec())
    }

    /// How many pages of the database hold `word`, in any case, free ones included. Holds all of it in memory.
    pub fn occurrences(&self, word: &str) -> Result<u64> {
        let pages = self.pages()?;
        let word = word.as_bytes();
        // A word that was cut in two between pages is in neither.
        let holds = |page: &&[u8]| page.windows(word.len().max(1)).any(|window| window.eq_ignore_ascii_case(word));
        Ok(pages.chunks(PAGE).filter(holds).count() as u64)
    }
}

/// SQLCipher's.
const PAGE: usize = 4096;

/// A tombstone: ids, times and the hash are left, and no text. What was derived of it goes too.
pub(crate) fn bury(transaction: &Transaction<'_>, row: i64) -> Result<()> {
    let run = |sql: &str| -> Result<()> {
        transaction.prepare_cached(sql).and_then(|mut statement| statement.execute([row])).doing("delete a ticket")?;
        Ok(())
    };
    // Before the key can no longer be read.
    run("DELETE FROM link WHERE origin IN ('import', 'inferred') AND from_key =
         (SELECT source.name || ':' || ext_id FROM ticket JOIN source ON source.id = source_id WHERE ticket.id = ?1)")?;
    let key: Option<String> = transaction
        .prepare_cached(
            "SELECT source.name || ':' || ext_id FROM ticket JOIN source ON source.id = source_id WHERE ticket.id = ?1",
        )
        .and_then(|mut statement| statement.query_row([row], |row| row.get(0)).optional())
        .doing("delete a ticket")?;
    if let Some(key) = key {
        blank_packages(transaction, "ticket_key = ?1", &key)?;
        blank_notes(transaction, "ticket = ?1", &key)?;
        case_file::forget(transaction, "ticket = ?1", &key)?;
        draft::forget(transaction, "ticket = ?1", &key)?;
        forget_ways_back(transaction, &key)?;
        outbox::forget(transaction, &key)?;
    }
    run(
        "UPDATE ticket SET deleted = 1, subject = '', body = '', environment = NULL, requester = NULL, account = NULL,
           group_name = NULL, assignee = NULL, product = NULL, components = '[]', affected_versions = '[]',
           fix_versions = '[]', priority = NULL, resolution = NULL, merged_into = NULL, url = NULL, extra = NULL,
           service = NULL, csat = NULL, tied = NULL, tags = '[]' WHERE id = ?1",
    )?;
    run("DELETE FROM comment WHERE ticket_id = ?1")?;
    run("DELETE FROM attachment WHERE ticket_id = ?1")?;
    run("DELETE FROM hop WHERE ticket_id = ?1")?;
    run("DELETE FROM promise WHERE ticket_id = ?1")?;
    run("DELETE FROM pending WHERE (source_id, ticket_ext) IN (SELECT source_id, ext_id FROM ticket WHERE id = ?1)")?;
    forget_derived(transaction, DocId::ticket(row))
}

/// Of the packages that were made of it, the customer's words go. That it was escalated, why and what was answered is what
/// people wrote, and stays.
fn blank_packages(transaction: &Transaction<'_>, condition: &str, value: &str) -> Result<()> {
    let sql = format!(
        "DELETE FROM evidence WHERE escalation IN (SELECT id FROM escalation WHERE author IS NULL AND {condition})"
    );
    transaction.execute(&sql, [value]).doing("clear the evidence of what is deleted")?;
    let sql =
        format!("UPDATE escalation SET title = '', package = '', markdown = '' WHERE author IS NULL AND {condition}");
    transaction.execute(&sql, [value]).doing("clear the packages of what is deleted")?;
    Ok(())
}

/// Of what was noticed and tried on it, no words are left.
fn blank_notes(transaction: &Transaction<'_>, condition: &str, value: &str) -> Result<()> {
    let sqls = [
        "UPDATE step_log SET said = '', version = NULL WHERE",
        "UPDATE flag SET said = '' WHERE",
        "UPDATE training_attempt SET said = '' WHERE",
    ];
    for sql in sqls {
        transaction.execute(&format!("{sql} {condition}"), [value]).doing("clear the notes on what is deleted")?;
    }
    Ok(())
}

/// A way back may hold what was written of it.
fn forget_ways_back(transaction: &Transaction<'_>, named: &str) -> Result<()> {
    transaction
        .execute("UPDATE event_log SET undo = NULL WHERE instr(undo, ?1) > 0", [named])
        .doing("forget how what was done is taken back")?;
    Ok(())
}

/// What was read out of its text.
pub(crate) fn forget_derived(transaction: &Transaction<'_>, doc: DocId) -> Result<()> {
    transaction
        .prepare_cached("DELETE FROM doc_signature WHERE kind = ?1 AND row = ?2")
        .and_then(|mut statement| statement.execute((doc.kind as u8, doc.row)))
        .doing("forget a document's signatures")?;
    transaction
        .prepare_cached("DELETE FROM vector WHERE kind = ?1 AND row = ?2")
        .and_then(|mut statement| statement.execute((doc.kind as u8, doc.row)))
        .doing("forget a document's vector")?;
    Ok(())
}
