//! How an index came to be says nothing: what was replaced and removed counts no more, merged away or not.

use crate::fixture::{of, ticket};
use domain::{DocId, Question, Scope};
use index::{Document, Index, Limits, SearchQuery, Watermark};
use proptest::prelude::*;
use std::collections::BTreeMap;

const WORDS: [&str; 12] = [
    "broker", "stalls", "journal", "timeout", "timeouts", "checkout", "locked", "queue", "brokers", "replay", "cursor",
    "lost",
];

#[derive(Clone, Debug)]
enum Step {
    Put(i64, Vec<usize>),
    Remove(i64),
    Commit,
}

fn step() -> impl Strategy<Value = Step> {
    let words = prop::collection::vec(0..WORDS.len(), 1..60);
    prop_oneof![
        6 => (1..40i64, words).prop_map(|(row, words)| Step::Put(row, words)),
        2 => (1..40i64).prop_map(Step::Remove),
        2 => Just(Step::Commit),
    ]
}

fn document(row: i64, words: &[usize]) -> Document {
    let texts: Vec<_> = words.iter().filter_map(|word| WORDS.get(*word).copied()).collect();
    let (title, body) = texts.split_at(texts.len() / 4);
    let identifiers = texts.first().map(|word| format!("{word}_id")).into_iter().collect();
    let resolution = texts.last().map(|word| format!("{word} again")).unwrap_or_default();
    Document { identifiers, resolution, ..ticket(row, &title.join(" "), &body.join(" ")) }
}

/// Ids and points, and why: of a whole ticket, and of what is typed.
fn answers(index: &Index) -> Vec<String> {
    let question = Question {
        title: "Broker stalls at checkout".into(),
        body: "journal locked timeout timeout cursor lost, brokers replay".into(),
        identifiers: vec!["queue_id".into(), "broker_id".into()],
        ..Question::default()
    };
    let found = index.candidates(&question, &Scope::default(), &Limits { terms: 6, ..Limits::default() }, &|| false);
    let mut all: Vec<String> = found.unwrap().iter().map(|candidate| format!("{candidate:?}")).collect();
    for (text, prefix) in [
        ("timeout", false),
        ("broker time", true),
        ("journla", false),
        ("\"queue replay\"", false),
        ("queue_id", false),
    ] {
        let found = index.search(&SearchQuery { text, prefix, k: 50, ..SearchQuery::default() }, &|| false).unwrap();
        all.extend(found.hits.iter().map(|hit| format!("{text}: {} {:?} {}", hit.doc.row, hit.tier, hit.points)));
    }
    all
}

fn commit(index: &Index, writer: &mut index::Writer) {
    let watermark = Watermark { sequence: index.watermark().sequence + 1, documents: writer.documents() };
    writer.commit(watermark).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn after_any_history_the_same_content_ranks_as_if_it_were_indexed_anew(
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let index = Index::in_ram().unwrap();
        let mut writer = index.writer(0, 1).unwrap();
        let mut living = BTreeMap::new();
        for step in steps {
            match step {
                Step::Put(row, words) => {
                    writer.put(&document(row, &words)).unwrap();
                    living.insert(row, words);
                }
                Step::Remove(row) => {
                    writer.remove(DocId::ticket(row)).unwrap();
                    living.remove(&row);
                }
                Step::Commit => commit(&index, &mut writer),
            }
        }
        commit(&index, &mut writer);
        let anew = of(&living.iter().map(|(row, words)| document(*row, words)).collect::<Vec<_>>());
        prop_assert_eq!(answers(&index), answers(&anew));
    }
}
