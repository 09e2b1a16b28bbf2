//! Which tickets a rule should have found: those of the known error that it raises, and those that people or the source
//! call the same as the ticket that it was made from.

use crate::{Engine, Result};
use ::knowledge::Rule;
use std::collections::{HashMap, HashSet};
use store::{Store, Tie, TieBy};

pub(super) struct Gold {
    /// Without the ticket that the rule was made from: that one proves nothing.
    pub(super) keys: HashSet<String>,
    pub(super) known_error: Option<String>,
    pub(super) ticket: Option<String>,
    /// What the rule names and this workspace does not have.
    pub(super) missing: Vec<String>,
}

/// Everything that says which tickets are one problem, read once for any number of rules.
pub(super) struct Ties {
    same: HashMap<String, Vec<String>>,
    of_known_error: HashMap<String, Vec<String>>,
}

impl Ties {
    pub(super) fn read(store: &Store) -> Result<Self> {
        Ok(Self::of(store.ties()?))
    }

    fn of(ties: Vec<Tie>) -> Self {
        let unsaid: HashSet<(String, String)> = ties
            .iter()
            .filter(|tie| !tie.positive)
            .flat_map(|tie| [(tie.from.clone(), tie.to.clone()), (tie.to.clone(), tie.from.clone())])
            .collect();
        let (mut same, mut of_known_error): (HashMap<_, Vec<_>>, HashMap<_, Vec<_>>) = Default::default();
        for tie in ties.into_iter().filter(|tie| tie.positive) {
            if unsaid.contains(&(tie.from.clone(), tie.to.clone())) {
                continue;
            }
            match tie.by {
                TieBy::Human | TieBy::Duplicate | TieBy::Merge => {
                    same.entry(tie.from.clone()).or_default().push(tie.to.clone());
                    same.entry(tie.to).or_default().push(tie.from);
                }
                // Whoever said *used* of a known error said that it is the same.
                TieBy::KnownError | TieBy::Used => of_known_error.entry(tie.to).or_default().push(tie.from),
                TieBy::Article | TieBy::Issue | TieBy::Mention => {}
            }
        }
        Self { same, of_known_error }
    }

    fn closed(&self, from: impl IntoIterator<Item = String>) -> HashSet<String> {
        let mut open: Vec<String> = from.into_iter().collect();
        let mut seen: HashSet<String> = open.iter().cloned().collect();
        while let Some(key) = open.pop() {
            for next in self.same.get(&key).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        seen
    }

    /// What is called the same as this ticket, without itself.
    pub(super) fn others(&self, key: &str) -> HashSet<String> {
        let mut others = self.closed([key.to_owned()]);
        others.remove(key);
        others
    }

    pub(super) fn gold(&self, engine: &Engine, rule: &Rule) -> Result<Gold> {
        let store = &engine.core.store;
        let mut gold = Gold { keys: HashSet::new(), known_error: None, ticket: None, missing: Vec::new() };
        let mut from = Vec::new();
        if let Some(id) = &rule.known_error {
            match store.find_known_error(id)?.as_slice() {
                [row] => {
                    let key = store.known_error(*row)?.map(|stored| stored.key.to_string());
                    from.extend(key.iter().flat_map(|key| self.of_known_error.get(key)).flatten().cloned());
                    gold.known_error = key;
                }
                _ => gold.missing.push(id.clone()),
            }
        }
        if let Some(id) = &rule.ticket {
            let rows = store.find_ticket(id)?;
            match store.ticket_rows(&rows)?.as_slice() {
                [row] => {
                    gold.ticket = Some(row.key.to_string());
                    from.push(row.key.to_string());
                }
                _ => gold.missing.push(id.clone()),
            }
        }
        gold.keys = self.closed(from);
        if let Some(ticket) = &gold.ticket {
            gold.keys.remove(ticket);
        }
        Ok(gold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tied_through_others_is_gold_and_what_people_called_not_the_same_is_none() {
        let tie = |by, from: &str, to: &str| Tie { by, from: from.into(), to: to.into(), positive: true };
        let mut ties = vec![
            tie(TieBy::Duplicate, "f:2", "f:1"),
            tie(TieBy::Merge, "f:3", "f:2"),
            tie(TieBy::Human, "f:4", "f:1"),
            tie(TieBy::Mention, "f:5", "f:1"),
        ];
        let gold = |ties: &[Tie]| {
            let mut keys: Vec<String> = Ties::of(ties.to_vec()).closed(["f:1".to_owned()]).into_iter().collect();
            keys.sort();
            keys
        };
        assert_eq!(gold(&ties), ["f:1", "f:2", "f:3", "f:4"]);
        ties.push(Tie { positive: false, ..tie(TieBy::Human, "f:1", "f:4") });
        assert_eq!(gold(&ties), ["f:1", "f:2", "f:3"]);
    }
}
