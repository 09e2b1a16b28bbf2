//! Names of what a source tells by number. They come in lists of their own, before the records or after them.

use super::PageWriter;
use crate::{Result, error::Doing};
use domain::{DocId, Name, Ticket};
use rusqlite::OptionalExtension;
use std::borrow::Cow;

/// Where numbers stand in what was stored.
const OF_TICKETS: [&str; 4] = ["group_name", "assignee", "account", "requester"];
const OF_HOPS: [&str; 3] = ["from_group", "to_group", "by_whom"];

impl PageWriter<'_> {
    pub(super) fn name_of(&self, number: &Option<String>) -> Result<Option<String>> {
        let Some(told) = number else { return Ok(None) };
        if !is_number(told) {
            return Ok(number.clone());
        }
        if let Some(name) = self.name_now(told)? {
            return Ok(Some(name));
        }
        // Under its own name until somebody says another: without such a row nothing is stored by this number.
        self.keep_name(told, told)?;
        Ok(number.clone())
    }

    /// Where an account is told by whose it is: with its number, or without one as long as nobody knows.
    pub(super) fn accounted<'t>(&self, ticket: &'t Ticket) -> Result<Cow<'t, Ticket>> {
        let Some(of) = ticket.account.as_deref().filter(|told| Name::is_account_of(told)) else {
            return Ok(Cow::Borrowed(ticket));
        };
        let account = self.name_now(of)?.filter(|number| !number.is_empty());
        Ok(Cow::Owned(Ticket { account, ..ticket.clone() }))
    }

    /// The ticket with names in the place of numbers, as far as they are known.
    pub(super) fn named<'t>(&self, ticket: &'t Ticket) -> Result<Cow<'t, Ticket>> {
        let told = [&ticket.group, &ticket.assignee, &ticket.account, &ticket.requester];
        let [group, assignee, account, requester] = told.map(|told| self.name_of(told));
        let (group, assignee, account, requester) = (group?, assignee?, account?, requester?);
        if [&group, &assignee, &account, &requester] == told {
            return Ok(Cow::Borrowed(ticket));
        }
        Ok(Cow::Owned(Ticket { group, assignee, account, requester, ..ticket.clone() }))
    }

    fn name_now(&self, number: &str) -> Result<Option<String>> {
        self.transaction
            .prepare_cached("SELECT name FROM name WHERE source_id = ?1 AND number = ?2")
            .and_then(|mut statement| statement.query_row((self.source_row, number), |row| row.get(0)).optional())
            .doing("look up a name")
    }

    fn keep_name(&self, number: &str, name: &str) -> Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT INTO name (source_id, number, name) VALUES (?1, ?2, ?3)
                 ON CONFLICT (source_id, number) DO UPDATE SET name = excluded.name",
            )
            .and_then(|mut statement| statement.execute((self.source_row, number, name)))
            .doing("store a name")?;
        Ok(())
    }

    /// What was told by the number gets the name, and what had the old name, unless something else has it too.
    pub(super) fn name(&mut self, name: &Name) -> Result<()> {
        let known = self.name_now(&name.number)?;
        if known.as_deref() == Some(&name.name) {
            return Ok(());
        }
        self.keep_name(&name.number, &name.name)?;
        // Under it nothing is stored: its tickets come once more after it.
        if Name::is_account_of(&name.number) {
            return Ok(());
        }
        let shared = |old: &String| -> Result<bool> {
            self.transaction
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM name WHERE source_id = ?1 AND name = ?2)")
                .and_then(|mut statement| statement.query_row((self.source_row, old), |row| row.get(0)))
                .doing("look up a name")
        };
        let old = match known {
            // Told before anything that it stands for, as most names are.
            None => return Ok(()),
            Some(old) if old != name.number && shared(&old)? => return Ok(()),
            Some(old) => old,
        };
        for column in OF_TICKETS {
            let sql = format!(
                "UPDATE ticket SET {column} = ?3 WHERE source_id = ?1 AND {column} = ?2 AND deleted = 0 RETURNING id"
            );
            let mut statement = self.transaction.prepare_cached(&sql).doing("name what was a number")?;
            let rows = statement.query_map((self.source_row, &old, &name.name), |row| row.get(0));
            let rows: Vec<i64> = rows.and_then(Iterator::collect).doing("name what was a number")?;
            self.touched.extend(rows.into_iter().map(DocId::ticket));
        }
        let mine = "ticket_id IN (SELECT id FROM ticket WHERE source_id = ?1)";
        let others = OF_HOPS.map(|column| ("hop", column)).into_iter().chain([("comment", "author")]);
        for (table, column) in others {
            // A handoff that is there under its name already stays once.
            let sql = format!("UPDATE OR REPLACE {table} SET {column} = ?3 WHERE {column} = ?2 AND {mine}");
            self.transaction
                .prepare_cached(&sql)
                .and_then(|mut statement| statement.execute((self.source_row, &old, &name.name)))
                .doing("name what was a number")?;
        }
        Ok(())
    }
}

/// A word and digits, in tens or in sixteens; names are not looked up.
fn is_number(told: &str) -> bool {
    told.split_once(' ').is_some_and(|(_, digits)| {
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()) && digits.bytes().any(|byte| byte.is_ascii_digit())
    })
}
