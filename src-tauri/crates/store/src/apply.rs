//! The inbound line's transaction: a page of changes, the change sequence and the cursor, all or nothing.

mod attached;
mod merge;
mod name;
mod pending;
mod promise;

use crate::{
    Result, RetentionRule, SavedCursor, Store, article, changes, erase,
    error::Doing,
    known_error, link, release, retention,
    source::{row_of, save_cursor},
};
use domain::{Change, Comment, DocId, Hop, Link, Millis, SourceName, Ticket, crash_point};
use rusqlite::{OptionalExtension, Transaction};
use std::collections::BTreeSet;

/// What a page did. Applying the same page again counts everything as `unchanged`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub deleted: u64,
    /// Left out, or let go, because a retention rule covers them.
    pub expired: u64,
    /// New or changed.
    pub comments: u64,
    pub hops: u64,
    pub known_errors: u64,
    /// New or changed: published, tagged or brought somewhere.
    pub releases: u64,
    /// Comments that are gone at the source.
    pub unsaid: u64,
    /// Of a help centre, new or changed.
    pub articles: u64,
    pub articles_gone: u64,
}

impl std::ops::AddAssign for Applied {
    fn add_assign(&mut self, other: Self) {
        self.added += other.added;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.deleted += other.deleted;
        self.expired += other.expired;
        self.comments += other.comments;
        self.hops += other.hops;
        self.known_errors += other.known_errors;
        self.releases += other.releases;
        self.unsaid += other.unsaid;
        self.articles += other.articles;
        self.articles_gone += other.articles_gone;
    }
}

impl Store {
    /// Takes changes of one source in. `cursor` names the stream that they came from and where it stands now.
    pub fn apply(
        &self,
        source: &SourceName,
        changes: &[Change],
        cursor: Option<(&str, &SavedCursor)>,
        now: Millis,
    ) -> Result<Applied> {
        let applied = self.write_aside(|transaction| {
            crash_point("transaction begun");
            let source_row = row_of(transaction, source)?;
            let mut page = PageWriter {
                transaction,
                source,
                source_row,
                now,
                rules: retention::rules(transaction)?,
                touched: BTreeSet::new(),
                talked: BTreeSet::new(),
                done: Applied::default(),
            };
            for change in changes {
                page.change(change)?;
            }
            // Once for a page: a ticket may be talked about for ever.
            for ticket in &page.talked {
                link::replace_said(transaction, source, *ticket, now)?;
            }
            let PageWriter { touched, done, .. } = page;
            changes::record(transaction, &touched)?;
            if let Some((stream, saved)) = cursor {
                save_cursor(transaction, source_row, stream, saved, now)?;
            }
            crash_point("transaction filled");
            Ok(done)
        })?;
        // A page of nothing comes every few minutes.
        if !changes.is_empty() {
            self.touch();
        }
        crash_point("transaction committed");
        Ok(applied)
    }
}

struct PageWriter<'a> {
    transaction: &'a Transaction<'a>,
    source: &'a SourceName,
    source_row: i64,
    now: Millis,
    rules: Vec<RetentionRule>,
    touched: BTreeSet<DocId>,
    /// Tickets whose comments changed in what they link, or may have.
    talked: BTreeSet<i64>,
    done: Applied,
}

/// A ticket that is already there: its row and what decides whether news of it is news.
struct Known {
    row: i64,
    hash: Vec<u8>,
    updated_at: i64,
    deleted: bool,
}

impl PageWriter<'_> {
    fn change(&mut self, change: &Change) -> Result<()> {
        match change {
            Change::Ticket(ticket) => self.ticket(ticket),
            Change::Comment(comment) => match self.known(&comment.ticket)? {
                Some(known) => self.comment(&known, comment),
                None => self.keep_pending(&comment.ticket, "comment", &comment.id, comment),
            },
            Change::Hop(hop) => match self.known(&hop.ticket)? {
                Some(known) => self.hop(&known, hop),
                None => self.keep_pending(&hop.ticket, "hop", &format!("{}-{:?}", hop.at.0, hop.to_group), hop),
            },
            Change::Promise(promise) => match self.known(&promise.ticket)? {
                Some(known) => self.promise(&known, promise),
                None => self.keep_pending(&promise.ticket, "promise", &promise::pending_id(promise), promise),
            },
            Change::Name(name) => self.name(name),
            Change::KnownError(error) => {
                if let Some(doc) = known_error::upsert(self.transaction, self.source, self.source_row, error)? {
                    self.touched.insert(doc);
                    self.done.known_errors += 1;
                }
                Ok(())
            }
            Change::Article(article) => {
                let new = article::upsert(self.transaction, self.source_row, article, self.now)?;
                self.done.articles += u64::from(new.is_some());
                self.touched.extend(new);
                Ok(())
            }
            Change::Shelf { paths } => {
                let paths = paths.iter().map(String::as_str).collect();
                let gone = article::keep_only(self.transaction, self.source_row, &paths)?;
                self.done.articles_gone += gone.len() as u64;
                self.touched.extend(gone);
                Ok(())
            }
            Change::Release(told) => {
                self.done.releases += u64::from(release::upsert(self.transaction, self.source_row, told)?);
                Ok(())
            }
            Change::Releases { list, ids } => release::keep_only(self.transaction, self.source_row, list, ids),
            Change::Said { ticket, ids } => match self.known(ticket)? {
                Some(known) => self.said(&known, ids),
                None => Ok(()),
            },
            Change::Attached(attached) => match self.known(&attached.ticket)? {
                Some(known) => self.attached(&known, attached),
                None => {
                    let comment = attached.comment.as_deref().unwrap_or_default();
                    self.keep_pending(&attached.ticket, "attached", comment, attached)
                }
            },
            Change::Tied { ticket, links } => match self.known(ticket)? {
                Some(known) => self.tied(&known, links),
                None => Ok(()),
            },
            Change::Merge { ticket, into } => match self.known(ticket)? {
                Some(known) => self.merge(&known, ticket, into),
                None => self.keep_pending(ticket, "merge", into, into),
            },
            Change::Delete { ticket } => self.delete(ticket),
        }
    }

    fn known(&self, ext_id: &str) -> Result<Option<Known>> {
        self.transaction
            .prepare_cached("SELECT id, hash, updated_at, deleted FROM ticket WHERE ext_id = ?1 AND source_id = ?2")
            .and_then(|mut statement| {
                let row = statement.query_row((ext_id, self.source_row), |row| {
                    Ok(Known { row: row.get(0)?, hash: row.get(1)?, updated_at: row.get(2)?, deleted: row.get(3)? })
                });
                row.optional()
            })
            .doing("find a ticket")
    }

    fn ticket(&mut self, ticket: &Ticket) -> Result<()> {
        let ticket = &*self.accounted(ticket)?;
        let hash = hash_of(ticket);
        let known = self.known(&ticket.id)?;
        if self.rules.iter().any(|rule| rule.covers(ticket, self.now)) {
            return self.leave_out(ticket, known);
        }
        match &known {
            // The same again, an older state of it, or what a tombstone already covers.
            Some(known) if known.hash == hash || ticket.updated_at.0 < known.updated_at => {
                self.done.unchanged += 1;
                return Ok(());
            }
            Some(_) => self.done.changed += 1,
            None => self.done.added += 1,
        }
        let named = self.named(ticket)?;
        let row = self.write_ticket(&named, &hash)?;
        link::replace_imported(self.transaction, self.source, &ticket.id, &ticket.links, self.now)?;
        self.stay_merged(ticket, row)?;
        self.touched.insert(DocId::ticket(row));
        if known.is_none() {
            self.adopt_pending(&ticket.id, row, &hash)?;
        }
        Ok(())
    }

    /// A retention rule covers it: a tombstone stands in its place, so that nothing said in it is taken in either. It has
    /// no hash: without the rule the ticket may come.
    fn leave_out(&mut self, ticket: &Ticket, known: Option<Known>) -> Result<()> {
        self.done.expired += 1;
        let row = match known {
            Some(known) if known.deleted => return Ok(()),
            Some(known) => {
                self.touched.insert(DocId::ticket(known.row));
                known.row
            }
            None => {
                let bare = Ticket { id: ticket.id.clone(), updated_at: ticket.updated_at, ..Ticket::default() };
                self.write_ticket(&bare, &[])?
            }
        };
        erase::bury(self.transaction, row)?;
        self.transaction.execute("UPDATE ticket SET hash = x'' WHERE id = ?1", [row]).doing("leave a ticket out")?;
        Ok(())
    }

    fn write_ticket(&self, ticket: &Ticket, hash: &[u8]) -> Result<i64> {
        let extra = if ticket.extra.is_empty() { None } else { Some(json(&ticket.extra)) };
        self.transaction
            .prepare_cached(include_str!("sql/upsert_ticket.sql"))
            .and_then(|mut statement| {
                statement.query_row(
                    rusqlite::named_params! {
                        ":source": self.source_row, ":ext_id": ticket.id, ":subject": ticket.subject, ":body": ticket.body,
                        ":body_format": ticket.body_format.as_str(), ":status": ticket.status.as_str(),
                        ":priority": ticket.priority, ":product": ticket.product, ":components": json(&ticket.components),
                        ":affected_versions": json(&ticket.affected_versions), ":fix_versions": json(&ticket.fix_versions),
                        ":environment": ticket.environment, ":requester": ticket.requester, ":account": ticket.account,
                        ":group_name": ticket.group, ":assignee": ticket.assignee, ":tags": json(&ticket.tags),
                        ":created_at": ticket.created_at.0, ":updated_at": ticket.updated_at.0,
                        ":solved_at": ticket.solved_at.map(|at| at.0), ":resolution": ticket.resolution,
                        ":resolution_class": ticket.resolution_class.map(|class| class.as_str()),
                        ":merged_into": ticket.merged_into, ":url": ticket.url, ":extra": extra,
                        ":service": (!ticket.service.is_empty()).then(|| json(&ticket.service)),
                        ":csat": ticket.service.rating.as_ref().map(|rating| rating.satisfied), ":hash": hash,
                    },
                    |row| row.get(0),
                )
            })
            .doing("store a ticket")
    }

    fn comment(&mut self, ticket: &Known, comment: &Comment) -> Result<()> {
        // A tombstone takes nothing in: its text is gone for good.
        if ticket.deleted {
            return Ok(());
        }
        let author = self.name_of(&comment.author)?;
        let changed = self
            .transaction
            .prepare_cached(
                "INSERT INTO comment (ticket_id, ext_id, author, author_role, public, body, body_format, created_at, hash, links)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 ON CONFLICT (ticket_id, ext_id) DO UPDATE SET author = excluded.author, author_role = excluded.author_role,
                   public = excluded.public, body = excluded.body, body_format = excluded.body_format,
                   created_at = excluded.created_at, hash = excluded.hash, links = excluded.links
                 WHERE hash <> excluded.hash",
            )
            .and_then(|mut statement| {
                statement.execute((
                    ticket.row,
                    &comment.id,
                    &author,
                    comment.author_role.as_str(),
                    comment.public,
                    &comment.body,
                    comment.body_format.as_str(),
                    comment.created_at.0,
                    hash_of(comment),
                    (!comment.links.is_empty()).then(|| json(&comment.links)),
                ))
            })
            .doing("store a comment")?;
        if changed > 0 {
            self.done.comments += 1;
            self.touched.insert(DocId::ticket(ticket.row));
            if !comment.links.is_empty() || link::is_said(self.transaction, self.source, &comment.ticket)? {
                self.talked.insert(ticket.row);
            }
        }
        Ok(())
    }

    /// What ties it to others, told apart from it. A tombstone takes nothing in.
    fn tied(&mut self, ticket: &Known, links: &[Link]) -> Result<()> {
        let told = (!links.is_empty()).then(|| json(&links));
        let changed = self
            .transaction
            .prepare_cached("UPDATE ticket SET tied = ?2 WHERE id = ?1 AND deleted = 0 AND tied IS NOT ?2")
            .and_then(|mut statement| statement.execute((ticket.row, told)))
            .doing("store what ties a ticket to others")?;
        if changed > 0 {
            self.talked.insert(ticket.row);
        }
        Ok(())
    }

    /// Comments that the source no longer has go, and leave no tombstone: nothing refers to them.
    fn said(&mut self, ticket: &Known, ids: &[String]) -> Result<()> {
        let gone = self
            .transaction
            .prepare_cached(
                "DELETE FROM comment WHERE ticket_id = ?1 AND ext_id NOT IN (SELECT value FROM json_each(?2))",
            )
            .and_then(|mut statement| statement.execute((ticket.row, json(&ids))))
            .doing("let comments go")?;
        if gone > 0 {
            self.transaction
                .prepare_cached(
                    "DELETE FROM attachment WHERE ticket_id = ?1 AND comment <> ''
                       AND comment NOT IN (SELECT ext_id FROM comment WHERE ticket_id = ?1)",
                )
                .and_then(|mut statement| statement.execute([ticket.row]))
                .doing("let their attachments go")?;
            self.done.unsaid += gone as u64;
            self.touched.insert(DocId::ticket(ticket.row));
            self.talked.insert(ticket.row);
        }
        Ok(())
    }

    fn hop(&mut self, ticket: &Known, hop: &Hop) -> Result<()> {
        if ticket.deleted {
            return Ok(());
        }
        let (from, to, by) = (self.name_of(&hop.from_group)?, self.name_of(&hop.to_group)?, self.name_of(&hop.by)?);
        let added = self
            .transaction
            .prepare_cached(
                "INSERT OR IGNORE INTO hop (ticket_id, at, from_group, to_group, by_whom) VALUES (?1, ?2, ?3, ?4, ?5)",
            )
            .and_then(|mut statement| statement.execute((ticket.row, hop.at.0, &from, &to, &by)))
            .doing("store a handoff")?;
        self.done.hops += added as u64;
        Ok(())
    }

    fn delete(&mut self, ext_id: &str) -> Result<()> {
        let Some(known) = self.known(ext_id)? else { return Ok(()) };
        if known.deleted {
            self.done.unchanged += 1;
            return Ok(());
        }
        erase::bury(self.transaction, known.row)?;
        self.touched.insert(DocId::ticket(known.row));
        self.done.deleted += 1;
        Ok(())
    }
}

/// 16 bytes over everything that a source said of a record.
pub(crate) fn hash_of(value: &impl serde::Serialize) -> Vec<u8> {
    let hash = blake3::hash(json(value).as_bytes());
    hash.as_bytes().iter().copied().take(16).collect()
}

pub(crate) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("our own types have string keys and no failing serialiser")
}

pub(crate) fn from_json<T: serde::de::DeserializeOwned>(what: &'static str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|cause| crate::Error::Unreadable { what, value: cause.to_string() })
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod served;
