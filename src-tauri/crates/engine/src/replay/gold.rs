//! Which past tickets had been seen before: what is known today, asked of what was there on their day.

use crate::Result;
use domain::{DocId, Key, Millis};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use store::{PastKnownError, PastTicket, Store, Tie, TieBy};

/// An issue or article that so many tickets share is a heading, not a problem.
const HEADING: usize = 20;

/// A past ticket whose answer is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Labelled {
    pub row: i64,
    pub key: Key,
    pub at: Millis,
    /// Why its answer is known, the surest reason.
    pub label: TieBy,
    /// What existed before it of the same problem.
    pub right: BTreeSet<DocId>,
    /// The newest of those, and when it was made.
    pub newest_right: (DocId, Millis),
}

pub(super) struct Gold {
    /// Oldest first.
    pub labelled: Vec<Labelled>,
    /// Tickets that nothing ties to anything, oldest first: as far as anybody knows they were new.
    pub untied: Vec<PastTicket>,
}

pub(super) fn gold(store: &Store, tickets: &[PastTicket], known: &[PastKnownError]) -> Result<Gold> {
    Ok(from_ties(tickets, known, &store.ties()?))
}

fn from_ties(tickets: &[PastTicket], known: &[PastKnownError], ties: &[Tie]) -> Gold {
    let unsaid: HashSet<(&str, &str)> = ties
        .iter()
        .filter(|tie| !tie.positive)
        .flat_map(|tie| [(tie.from.as_str(), tie.to.as_str()), (tie.to.as_str(), tie.from.as_str())])
        .collect();
    let stands = |tie: &&Tie| tie.positive && !unsaid.contains(&(tie.from.as_str(), tie.to.as_str()));
    let documents = Documents::of(tickets, known);
    let mut problems = Problems::default();
    // Of the tickets that share something that is no ticket of the same problem itself, or need not be.
    let mut shared: BTreeMap<(TieBy, &str), BTreeSet<&str>> = BTreeMap::new();
    let mut direct: HashMap<&str, TieBy> = HashMap::new();
    let mut tied: HashSet<&str> = HashSet::new();
    for tie in ties.iter().filter(stands) {
        let (from, to) = (tie.from.as_str(), tie.to.as_str());
        tied.extend([from, to]);
        match tie.by {
            TieBy::Human | TieBy::Duplicate | TieBy::Merge => {
                problems.join(from, to);
                for end in [from, to] {
                    let best = direct.entry(end).or_insert(tie.by);
                    *best = (*best).min(tie.by);
                }
            }
            by => {
                let others = shared.entry((by, to)).or_default();
                others.insert(from);
                if by != TieBy::Mention {
                    others.insert(to);
                }
            }
        }
    }
    let mut groups: Vec<BTreeSet<&str>> = Vec::new();
    let mut of: HashMap<&str, Vec<(TieBy, usize)>> = HashMap::new();
    for problem in problems.all() {
        for one in &problem {
            let by = direct.get(one).copied().unwrap_or(TieBy::Duplicate);
            of.entry(one).or_default().push((by, groups.len()));
        }
        groups.push(problem);
    }
    for ((by, _), members) in shared {
        let heading = members.len() > HEADING && matches!(by, TieBy::Article | TieBy::Issue | TieBy::Mention);
        for one in members.iter().filter(|_| !heading) {
            of.entry(one).or_default().push((by, groups.len()));
        }
        groups.push(members);
    }
    let mut labelled = Vec::new();
    for ticket in tickets {
        let key = ticket.key.to_string();
        let Some(mine) = of.get(key.as_str()) else { continue };
        let mut right = BTreeMap::new();
        for (by, group) in mine {
            for other in groups.get(*group).into_iter().flatten() {
                let Some(document) = documents.get(other) else { continue };
                if *other == key || document.since >= ticket.created_at || unsaid.contains(&(key.as_str(), *other)) {
                    continue;
                }
                let best = right.entry(document.doc).or_insert((*by, document.since));
                best.0 = best.0.min(*by);
            }
        }
        let Some(label) = right.values().map(|(by, _)| *by).min() else { continue };
        let dated = right.iter().map(|(doc, (_, since))| (*since, *doc));
        let Some((since, newest)) = dated.max() else { continue };
        let right = right.into_keys().collect();
        labelled.push(Labelled {
            row: ticket.row,
            key: ticket.key.clone(),
            at: ticket.created_at,
            label,
            right,
            newest_right: (newest, since),
        });
    }
    let untied = tickets.iter().filter(|ticket| !tied.contains(ticket.key.to_string().as_str())).cloned().collect();
    Gold { labelled, untied }
}

/// Everything that could answer, by key.
struct Documents(HashMap<String, Document>);

#[derive(Clone, Copy)]
struct Document {
    doc: DocId,
    /// From then on it could be found as it is.
    since: Millis,
}

impl Documents {
    fn of(tickets: &[PastTicket], known: &[PastKnownError]) -> Self {
        let tickets = tickets.iter().map(|ticket| {
            (ticket.key.to_string(), Document { doc: DocId::ticket(ticket.row), since: ticket.created_at })
        });
        // What a known error said before its last change, nobody kept.
        let known = known.iter().map(|known| {
            (known.key.to_string(), Document { doc: DocId::known_error(known.row), since: known.updated_at })
        });
        Self(known.chain(tickets).collect())
    }

    fn get(&self, key: &str) -> Option<Document> {
        self.0.get(key).copied()
    }
}

/// Which keys are one problem: whatever is tied, directly or through others.
#[derive(Default)]
struct Problems<'a> {
    /// Each key's parent; a root is its own.
    up: HashMap<&'a str, &'a str>,
}

impl<'a> Problems<'a> {
    fn root(&mut self, key: &'a str) -> &'a str {
        let mut at = key;
        while let Some(up) = self.up.get(at).copied().filter(|up| *up != at) {
            // Half of the way is spared next time.
            if let Some(higher) = self.up.get(up).copied() {
                self.up.insert(at, higher);
            }
            at = up;
        }
        at
    }

    fn join(&mut self, a: &'a str, b: &'a str) {
        for key in [a, b] {
            self.up.entry(key).or_insert(key);
        }
        let (a, b) = (self.root(a), self.root(b));
        self.up.insert(a.max(b), a.min(b));
    }

    fn all(mut self) -> Vec<BTreeSet<&'a str>> {
        let mut problems: BTreeMap<&str, BTreeSet<&'a str>> = BTreeMap::new();
        let keys: Vec<&str> = self.up.keys().copied().collect();
        for key in keys {
            problems.entry(self.root(key)).or_default().insert(key);
        }
        problems.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(row: i64) -> PastTicket {
        PastTicket { row, key: format!("files:T-{row}").parse().unwrap(), created_at: Millis(row * 100), product: None }
    }

    fn tie(by: TieBy, from: &str, to: &str) -> Tie {
        Tie { by, from: format!("files:{from}"), to: format!("files:{to}"), positive: true }
    }

    /// Each question with what would be right, and why that is known.
    fn asked(known: &[PastKnownError], ties: &[Tie]) -> Vec<(i64, TieBy, Vec<i64>)> {
        let tickets: Vec<_> = (1..=5).map(past).collect();
        let gold = from_ties(&tickets, known, ties);
        gold.labelled
            .into_iter()
            .map(|one| (one.row, one.label, one.right.into_iter().map(|doc| doc.row).collect()))
            .collect()
    }

    #[test]
    fn what_is_tied_through_others_is_one_problem_and_only_earlier_tickets_are_right() {
        let ties = [
            tie(TieBy::Duplicate, "T-4", "T-2"),
            tie(TieBy::Merge, "T-2", "T-1"),
            tie(TieBy::Duplicate, "T-1", "gone"),
        ];
        assert_eq!(asked(&[], &ties), [(2, TieBy::Duplicate, vec![1]), (4, TieBy::Duplicate, vec![1, 2])]);
    }

    #[test]
    fn what_people_called_not_the_same_is_not_right() {
        let apart = Tie { positive: false, ..tie(TieBy::Human, "T-1", "T-4") };
        let ties = [tie(TieBy::Duplicate, "T-4", "T-2"), tie(TieBy::Duplicate, "T-2", "T-1"), apart];
        assert_eq!(asked(&[], &ties), [(2, TieBy::Duplicate, vec![1]), (4, TieBy::Duplicate, vec![2])]);
    }

    #[test]
    fn tickets_of_one_known_error_are_right_for_one_another_and_it_is_itself_once_it_says_what_it_says() {
        let known = |updated| PastKnownError {
            row: 9,
            key: "files:KE-1".parse().unwrap(),
            created_at: Millis(1),
            updated_at: Millis(updated),
        };
        let ties = [tie(TieBy::KnownError, "T-1", "KE-1"), tie(TieBy::KnownError, "T-3", "KE-1")];
        assert_eq!(asked(&[known(299)], &ties), [(3, TieBy::KnownError, vec![1, 9])]);
        assert_eq!(asked(&[known(301)], &ties), [(3, TieBy::KnownError, vec![1])]);
    }

    #[test]
    fn two_that_name_the_same_issue_may_be_one_problem_and_the_issue_need_not_be() {
        let ties = [tie(TieBy::Mention, "T-2", "T-1"), tie(TieBy::Mention, "T-3", "T-1")];
        assert_eq!(asked(&[], &ties), [(3, TieBy::Mention, vec![2])]);
        let caused = [tie(TieBy::Issue, "T-2", "T-1"), tie(TieBy::Issue, "T-3", "T-1")];
        assert_eq!(asked(&[], &caused), [(2, TieBy::Issue, vec![1]), (3, TieBy::Issue, vec![1, 2])]);
    }

    #[test]
    fn the_surest_reason_is_the_label_and_what_nothing_ties_is_untied() {
        let ties = [tie(TieBy::Duplicate, "T-3", "T-1"), tie(TieBy::Human, "T-3", "T-1")];
        assert_eq!(asked(&[], &ties), [(3, TieBy::Human, vec![1])]);
        let tickets: Vec<_> = (1..=5).map(past).collect();
        let untied: Vec<i64> = from_ties(&tickets, &[], &ties).untied.iter().map(|ticket| ticket.row).collect();
        assert_eq!(untied, [2, 4, 5]);
    }
}
