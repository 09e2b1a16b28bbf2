//! How long tickets stay. Without a rule nothing goes; with one, nothing that it covers stays or comes back.

use crate::{Result, Store, changes, erase, error::Doing};
use domain::{DocId, Millis, Ticket};
use rusqlite::{Connection, Row};
use std::collections::BTreeSet;

/// Tickets that leave in one transaction: the others need not wait long for the writer.
const STEP: usize = 500;

/// Covers the tickets of a group and a product, or of any where none is named, whose last change is older than `days`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionRule {
    pub days: u32,
    pub group: Option<String>,
    pub product: Option<String>,
}

impl RetentionRule {
    fn before(&self, now: Millis) -> Millis {
        now.minus_days(i64::from(self.days))
    }

    pub(crate) fn covers(&self, ticket: &Ticket, now: Millis) -> bool {
        let fits = |wanted: &Option<String>, is: &Option<String>| wanted.is_none() || wanted == is;
        ticket.updated_at < self.before(now) && fits(&self.group, &ticket.group) && fits(&self.product, &ticket.product)
    }
}

/// What rules can name: what live tickets have, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupsAndProducts {
    pub groups: Vec<String>,
    pub products: Vec<String>,
}

impl Store {
    pub fn groups_and_products(&self) -> Result<GroupsAndProducts> {
        self.read(|reader| {
            let list = |sql: &str| {
                let mut statement = reader.prepare_cached(sql)?;
                let rows = statement.query_map([], |row| row.get(0))?;
                rows.collect::<rusqlite::Result<Vec<String>>>()
            };
            let of = "FROM ticket WHERE deleted = 0 AND";
            Ok(GroupsAndProducts {
                groups: list(&format!("SELECT DISTINCT group_name {of} group_name IS NOT NULL ORDER BY 1"))
                    .doing("list the groups")?,
                products: list(&format!("SELECT DISTINCT product {of} product IS NOT NULL ORDER BY 1"))
                    .doing("list the products")?,
            })
        })
    }

    pub fn retention(&self) -> Result<Vec<RetentionRule>> {
        self.read(rules)
    }

    /// In the place of the rules that there were. Nothing goes yet: see [`Store::expire`].
    pub fn set_retention(&self, rules: &[RetentionRule]) -> Result<()> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM retention", []).doing("replace the retention rules")?;
            for rule in rules {
                transaction
                    .execute(
                        "INSERT INTO retention (days, group_name, product) VALUES (?1, ?2, ?3)",
                        (rule.days, &rule.group, &rule.product),
                    )
                    .doing("store a retention rule")?;
            }
            Ok(())
        })
    }

    /// Live tickets that these rules cover, longest unchanged first.
    pub fn covered(&self, rules: &[RetentionRule], now: Millis) -> Result<Vec<i64>> {
        self.read(|reader| {
            let mut found = Vec::new();
            for rule in rules {
                let mut statement = reader
                    .prepare_cached(
                        "SELECT updated_at, id FROM ticket WHERE deleted = 0 AND updated_at < ?1
                         AND (?2 IS NULL OR group_name = ?2) AND (?3 IS NULL OR product = ?3)",
                    )
                    .doing("find what a retention rule covers")?;
                let rows = statement
                    .query_map((rule.before(now).0, &rule.group, &rule.product), |row| Ok((row.get(0)?, row.get(1)?)))
                    .doing("find what a retention rule covers")?;
                let rows: Vec<(i64, i64)> =
                    rows.collect::<rusqlite::Result<_>>().doing("find what a retention rule covers")?;
                found.extend(rows);
            }
            found.sort_unstable();
            found.dedup();
            Ok(found.into_iter().map(|(_, row)| row).collect())
        })
    }

    /// Lets everything go that the stored rules cover. Answers how many tickets went.
    pub fn expire(&self, now: Millis) -> Result<u64> {
        let rows = self.covered(&self.retention()?, now)?;
        for step in rows.chunks(STEP) {
            self.write(|transaction| {
                for row in step {
                    erase::bury(transaction, *row)?;
                    // The rules keep it out; where they are taken back it may be imported again.
                    transaction
                        .execute("UPDATE ticket SET hash = x'' WHERE id = ?1", [row])
                        .doing("let a ticket go")?;
                }
                let gone: BTreeSet<DocId> = step.iter().map(|row| DocId::ticket(*row)).collect();
                changes::record(transaction, &gone)
            })?;
        }
        Ok(rows.len() as u64)
    }
}

pub(crate) fn rules(reader: &Connection) -> Result<Vec<RetentionRule>> {
    let read = |row: &Row<'_>| Ok(RetentionRule { days: row.get(0)?, group: row.get(1)?, product: row.get(2)? });
    let mut statement = reader
        .prepare_cached("SELECT days, group_name, product FROM retention ORDER BY id")
        .doing("read the retention rules")?;
    let rows = statement.query_map([], read).doing("read the retention rules")?;
    rows.collect::<rusqlite::Result<_>>().doing("read the retention rules")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Change, Comment, SourceName};

    const NOW: Millis = Millis(1_000 * Millis::DAY);

    fn ticket(id: &str, age: i64, group: &str) -> Change {
        let ticket = Ticket {
            id: id.into(),
            subject: format!("subject of {id}"),
            updated_at: NOW.minus_days(age),
            group: Some(group.into()),
            ..Ticket::default()
        };
        Change::Ticket(Box::new(ticket))
    }

    fn comment(ticket: &str) -> Change {
        Change::Comment(Comment { ticket: ticket.into(), id: "c".into(), body: "text".into(), ..Comment::default() })
    }

    fn rule(days: u32, group: Option<&str>) -> RetentionRule {
        RetentionRule { days, group: group.map(str::to_owned), product: None }
    }

    fn store() -> (Store, SourceName) {
        let (store, source) = (Store::in_memory().unwrap(), SourceName::new("files").unwrap());
        store.ensure_source(&source, "files", NOW).unwrap();
        (store, source)
    }

    #[test]
    fn without_a_rule_nothing_goes() {
        let (store, source) = store();
        store.apply(&source, &[ticket("T-1", 900, "L1")], None, NOW).unwrap();
        assert_eq!((store.expire(NOW).unwrap(), store.documents().unwrap()), (0, 1));
    }

    #[test]
    fn what_any_rule_covers_goes_with_everything_said_in_it_and_an_import_does_not_bring_it_back() {
        let (store, source) = store();
        let page = [ticket("T-1", 900, "L1"), comment("T-1"), ticket("T-2", 900, "L2"), ticket("T-3", 10, "L1")];
        store.apply(&source, &page, None, NOW).unwrap();
        store.set_retention(&[rule(365, Some("L1")), rule(5_000, None)]).unwrap();
        assert_eq!(store.covered(&store.retention().unwrap(), NOW).unwrap().len(), 1);
        let before = store.sequence().unwrap();
        assert_eq!((store.expire(NOW).unwrap(), store.documents().unwrap()), (1, 2));
        assert_eq!(store.changes_since(before, 9).unwrap().len(), 1, "the index hears of it");
        let again = store.apply(&source, &page, None, NOW).unwrap();
        assert_eq!((again.expired, again.added, again.comments, store.documents().unwrap()), (1, 0, 0, 2));
        assert_eq!(store.counts().unwrap().comments, 0);
        assert_eq!(store.sequence().unwrap(), before + 1, "the second import told the index nothing");
    }

    #[test]
    fn a_ticket_that_was_never_here_does_not_come_in_and_neither_does_what_was_said_before_it() {
        let (store, source) = store();
        store.set_retention(&[rule(365, None)]).unwrap();
        let page = [comment("T-1"), ticket("T-1", 900, "L1"), comment("T-1")];
        let applied = store.apply(&source, &page, None, NOW).unwrap();
        assert_eq!((applied.expired, store.documents().unwrap(), store.counts().unwrap().comments), (1, 0, 0));
        store.set_retention(&[]).unwrap();
        let later = store.apply(&source, &page, None, NOW).unwrap();
        assert_eq!((later.added + later.changed, store.documents().unwrap()), (1, 1), "without the rule it may come");
    }

    #[test]
    fn a_change_at_the_source_makes_a_ticket_young_again() {
        let (store, source) = store();
        store.set_retention(&[rule(365, None)]).unwrap();
        store.apply(&source, &[ticket("T-1", 900, "L1")], None, NOW).unwrap();
        store.apply(&source, &[ticket("T-1", 3, "L1")], None, NOW).unwrap();
        assert_eq!((store.expire(NOW).unwrap(), store.documents().unwrap()), (0, 1));
    }
}
