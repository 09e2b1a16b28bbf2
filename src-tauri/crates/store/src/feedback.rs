//! What people said about suggestions: *used*, *not the same*, *opened*. Precious: no rebuild or resync touches it.

use crate::{Result, Store, error::Doing, link::parse_key};
use domain::{Key, Millis};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedbackVerdict {
    Used,
    NotSame,
    Opened,
    /// Of what a rule suggested for a ticket.
    Taken,
    Wrong,
}

impl FeedbackVerdict {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::NotSame => "not_same",
            Self::Opened => "opened",
            Self::Taken => "taken",
            Self::Wrong => "wrong",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    pub hit: Key,
    /// `used` or `not_same`.
    pub verdict: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidOfRule {
    /// The number that takes it back.
    pub event: i64,
    /// `source:id`.
    pub ticket: String,
    pub rule: String,
    pub taken: bool,
}

impl Store {
    /// `question` is a ticket's key or the fingerprint of a pasted text. Answers the number that takes it back.
    pub fn say(&self, question: &str, hit: &Key, verdict: FeedbackVerdict, now: Millis) -> Result<i64> {
        self.write(|transaction| {
            transaction
                .execute(
                    "INSERT INTO suggestion_event (at, question, hit, verdict) VALUES (?1, ?2, ?3, ?4)",
                    (now.0, question, hit.to_string(), verdict.as_str()),
                )
                .doing("note what was said")?;
            Ok(transaction.last_insert_rowid())
        })
    }

    /// Answers whether there was something to take back.
    pub fn unsay(&self, event: i64, now: Millis) -> Result<bool> {
        self.write(|transaction| {
            let undone = transaction
                .execute(
                    "UPDATE suggestion_event SET undone_at = ?2 WHERE id = ?1 AND undone_at IS NULL",
                    (event, now.0),
                )
                .doing("take back what was said")?;
            Ok(undone > 0)
        })
    }

    /// The standing *used* and *not the same* of a question, newest last. *Not the same* holds in both directions: what
    /// B is not for A, A is not for B.
    pub fn said(&self, question: &str) -> Result<Vec<Feedback>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT id, hit, verdict FROM suggestion_event
                     WHERE question = ?1 AND verdict IN ('used', 'not_same') AND undone_at IS NULL
                     UNION ALL
                     SELECT id, question, verdict FROM suggestion_event
                     WHERE hit = ?1 AND verdict = 'not_same' AND undone_at IS NULL AND question NOT LIKE 'text:%'
                     ORDER BY 1",
                )
                .doing("read what was said")?;
            let rows =
                statement.query_map([question], |row| Ok((row.get(1)?, row.get(2)?))).doing("read what was said")?;
            let rows: Vec<(String, String)> = rows.collect::<rusqlite::Result<_>>().doing("read what was said")?;
            rows.into_iter().map(|(hit, verdict)| Ok(Feedback { hit: parse_key(&hit)?, verdict })).collect()
        })
    }

    /// What stands of what people said of suggestions of rules, oldest first: of one ticket, or of all.
    pub fn said_of_rules(&self, ticket: Option<&str>) -> Result<Vec<SaidOfRule>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT id, question, hit, verdict FROM suggestion_event
                     WHERE verdict IN ('taken', 'wrong') AND undone_at IS NULL AND (?1 IS NULL OR question = ?1) ORDER BY id",
                )
                .doing("read what was said of rules")?;
            let rows = statement
                .query_map([ticket], |row| {
                    let verdict: String = row.get(3)?;
                    Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, verdict == "taken"))
                })
                .doing("read what was said of rules")?;
            rows.map(|row| {
                let (event, ticket, rule, taken) = row.doing("read what was said of rules")?;
                Ok(SaidOfRule { event, ticket, rule: parse_key(&rule)?.id, taken })
            })
            .collect()
        })
    }

    /// How often people said *used* of a case, on any question.
    pub fn used_count(&self, hit: &Key) -> Result<u32> {
        self.read(|reader| {
            reader
                .prepare_cached(
                    "SELECT count(*) FROM suggestion_event WHERE hit = ?1 AND verdict = 'used' AND undone_at IS NULL",
                )
                .and_then(|mut statement| statement.query_row([hit.to_string()], |row| row.get(0)))
                .doing("count uses")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_the_same_sticks_in_both_directions_until_it_is_undone() {
        let store = Store::in_memory().unwrap();
        let (a, b): (Key, Key) = ("files:A".parse().unwrap(), "files:B".parse().unwrap());
        let event = store.say("files:A", &b, FeedbackVerdict::NotSame, Millis(1)).unwrap();
        let said =
            |question: &str| store.said(question).unwrap().into_iter().map(|f| (f.hit, f.verdict)).collect::<Vec<_>>();
        assert_eq!(said("files:A"), [(b.clone(), "not_same".to_string())]);
        assert_eq!(said("files:B"), [(a, "not_same".to_string())]);
        assert!(store.unsay(event, Millis(2)).unwrap());
        assert!(!store.unsay(event, Millis(3)).unwrap());
        assert_eq!(said("files:A"), []);
    }

    #[test]
    fn what_is_said_of_a_rule_is_nothing_that_is_said_of_a_case() {
        let store = Store::in_memory().unwrap();
        let rule: Key = "rule:oom".parse().unwrap();
        let taken = store.say("files:A", &rule, FeedbackVerdict::Taken, Millis(1)).unwrap();
        store.say("files:B", &rule, FeedbackVerdict::Wrong, Millis(2)).unwrap();
        assert_eq!((store.said("files:A").unwrap(), store.used_count(&rule).unwrap()), (Vec::new(), 0));
        let of = |ticket: Option<&str>| {
            let said = store.said_of_rules(ticket).unwrap();
            said.into_iter().map(|said| (said.ticket, said.rule, said.taken)).collect::<Vec<_>>()
        };
        let (a, b) = (("files:A".into(), "oom".into(), true), ("files:B".into(), "oom".into(), false));
        assert_eq!((of(None), of(Some("files:B"))), (vec![a, b.clone()], vec![b.clone()]));
        assert!(store.unsay(taken, Millis(3)).unwrap());
        assert_eq!(of(None), [b]);
    }

    #[test]
    fn uses_are_counted_over_all_questions() {
        let store = Store::in_memory().unwrap();
        let hit: Key = "files:B".parse().unwrap();
        store.say("files:A", &hit, FeedbackVerdict::Used, Millis(1)).unwrap();
        store.say("text:abc", &hit, FeedbackVerdict::Used, Millis(1)).unwrap();
        store.say("text:abc", &hit, FeedbackVerdict::Opened, Millis(1)).unwrap();
        assert_eq!(store.used_count(&hit).unwrap(), 2);
    }
}
