//! No cap: page after page to the very end, and nothing that comes meanwhile makes a hit come twice or not at all.

use crate::fixture::{fill, of, ticket};
use domain::DocId;
use index::{Document, Error, Facet, Index, SearchQuery, Tier};
use proptest::prelude::*;
use std::collections::HashSet;

fn page(index: &Index, text: &str, k: usize, after: Option<&str>) -> (Vec<(DocId, Tier)>, Option<String>) {
    let found = index.search(&SearchQuery { text, k, after, ..SearchQuery::default() }, &|| false).unwrap();
    (found.hits.iter().map(|hit| (hit.doc, hit.tier)).collect(), found.next)
}

fn to_the_end(index: &Index, text: &str, k: usize, mut between: impl FnMut()) -> Vec<(DocId, Tier)> {
    let (mut all, mut next) = page(index, text, k, None);
    while let Some(after) = next {
        between();
        let (hits, more) = page(index, text, k, Some(&after));
        assert!(!hits.is_empty(), "a page that was promised has something on it");
        all.extend(hits);
        next = more;
    }
    all
}

#[test]
fn every_match_is_reached_however_many_there_are_and_however_old() {
    let index = of(&(1..=2345).map(|row| ticket(row, "Timeout", "")).collect::<Vec<_>>());
    let all = to_the_end(&index, "timeout", 500, || ());
    assert_eq!(all.iter().map(|hit| hit.0.row).collect::<Vec<_>>(), (1..=2345).rev().collect::<Vec<_>>());
}

#[test]
fn pages_run_through_all_tiers_in_their_order() {
    let mut documents: Vec<_> = (1..=5).map(|row| ticket(row, "Timeot", "")).collect();
    documents.extend((6..=20).map(|row| ticket(row, "Timeout", "")));
    let index = of(&documents);
    let whole = page(&index, "timeot", 100, None);
    assert_eq!((whole.0.len(), whole.1), (20, None));
    assert_eq!(to_the_end(&index, "timeot", 3, || ()), whole.0);
}

#[test]
fn a_cursor_of_another_search_is_refused() {
    let index = of(&(1..=9).map(|row| ticket(row, "Timeout in the broker", "")).collect::<Vec<_>>());
    let next = page(&index, "timeout", 3, None).1.unwrap();
    for (text, after) in [("broker", next.as_str()), ("timeout", "nonsense"), ("timeout", "")] {
        let error = index.search(&SearchQuery { text, k: 3, after: Some(after), ..SearchQuery::default() }, &|| false);
        let error = error.unwrap_err();
        assert!(matches!(error, Error::BadCursor), "{text} {after}: {error}");
        assert_eq!(error.code(), "bad_cursor");
    }
}

/// Words that tickets share in many ways.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["timeout", "broker", "timeouts", "timeot", "brokers", "invoice", "T-5"]);
    prop::collection::vec(word, 1..8).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_was_there_comes_once_and_in_its_order_whatever_is_added_meanwhile(
        texts in prop::collection::vec((text(), text()), 1..40),
        added in prop::collection::vec((text(), text()), 0..20),
        query in prop::sample::select(vec!["timeout", "timeot", "broker timeout", "T-5", "\"timeout broker\"", "time"]),
        k in 1usize..5,
    ) {
        let documents: Vec<Document> = (1..).zip(&texts).map(|(row, (title, body))| ticket(row, title, body)).collect();
        let index = of(&documents);
        let (expected, _) = page(&index, query, 1000, None);
        let mut coming = (1000..).zip(&added).map(|(row, (title, body))| ticket(row, title, body));
        let paged = to_the_end(&index, query, k, || {
            if let Some(new) = coming.next() {
                fill(&index, &[new]);
            }
        });
        let once: HashSet<_> = paged.iter().map(|hit| hit.0).collect();
        prop_assert_eq!(once.len(), paged.len(), "nothing comes twice");
        let old: Vec<_> = paged.into_iter().filter(|hit| hit.0.row < 1000).collect();
        prop_assert_eq!(old, expected);
    }
}

#[test]
fn the_order_is_the_same_however_the_index_is_cut_up_and_whoever_asks() {
    let texts = ["timeout broker", "timeout", "broker timeout timeout", "timeot", "invoice timeout", "brokers"];
    let documents: Vec<_> = (1..=60).map(|row| ticket(row, texts[row as usize % 6], texts[row as usize % 5])).collect();
    let one = of(&documents);
    let many = Index::in_ram().unwrap();
    documents.chunks(7).for_each(|some| fill(&many, some));
    for query in ["timeout", "timeot", "broker timeout", "time"] {
        let expected = page(&one, query, 100, None).0;
        assert_eq!(page(&many, query, 100, None).0, expected, "{query}");
        std::thread::scope(|scope| {
            let asked: Vec<_> = (0..4).map(|_| scope.spawn(|| page(&many, query, 100, None).0)).collect();
            asked.into_iter().for_each(|asked| assert_eq!(asked.join().unwrap(), expected, "{query}"));
        });
    }
}

fn facet<'a>(facets: &'a [Facet], field: &str) -> Vec<(&'a str, u64, bool)> {
    let found = facets.iter().filter(|facet| facet.field == field).flat_map(|facet| &facet.values);
    found.map(|value| (value.value.as_str(), value.count, value.chosen)).collect()
}

#[test]
fn facets_count_all_matches_and_a_chosen_value_leaves_the_others_to_choose() {
    let of_product = |row, product: &str, status: &str| Document {
        product: Some(product.into()),
        status: status.into(),
        components: vec!["Store".into(), product.into()],
        ..ticket(row, "Timeout", "")
    };
    let mut documents = vec![Document { product: Some("Other".into()), ..ticket(99, "Invoice", "") }];
    documents.extend((1..=5).map(|row| of_product(row, "Broker", "open")));
    documents.extend((6..=8).map(|row| of_product(row, "Client", "closed")));
    let index = of(&documents);
    let mut writer = index.writer(0, 1).unwrap();
    writer.remove(DocId::ticket(5)).unwrap();
    writer.commit(index::Watermark { sequence: 2, documents: 8 }).unwrap();
    writer.finish().unwrap();
    let ask = |text| {
        let query = SearchQuery { text, k: 2, facets: true, ..SearchQuery::default() };
        index.search(&query, &|| false).unwrap().facets
    };
    let facets = ask("timeout");
    assert_eq!(facet(&facets, "product"), [("broker", 4, false), ("client", 3, false)], "what is gone does not count");
    assert_eq!(facet(&facets, "status"), [("open", 4, false), ("closed", 3, false)]);
    assert_eq!(facet(&facets, "component"), [("store", 7, false), ("broker", 4, false), ("client", 3, false)]);
    let facets = ask("timeout product:client");
    assert_eq!(facet(&facets, "product"), [("client", 3, true), ("broker", 4, false)]);
    assert_eq!(facet(&facets, "status"), [("closed", 3, false)], "the other fields are narrowed by it");
    let plain = index.search(&SearchQuery { text: "timeout", k: 2, ..SearchQuery::default() }, &|| false).unwrap();
    assert!(plain.facets.is_empty(), "nobody asked");
}
