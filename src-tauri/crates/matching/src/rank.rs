//! Orders what the index found, and says why: every reason is a part of the receipt, and the score is their sum.

mod places;
mod receipt;
mod replaced;

use crate::{
    Weights,
    errors::Errors,
    features::{self, Against, Bests, COUNT, Meant, Words},
};
use domain::{Candidate, CaseFacts, DocId, Millis, Question, Receipt, TermHit};
pub use replaced::{Measured, reorder};
use std::collections::HashMap;

/// A case in its place, with all that put it there.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    pub doc: DocId,
    /// The sum of the receipt's parts, in points of [`Weights`].
    pub score: f64,
    pub receipt: Receipt,
    /// The words that counted, strongest first.
    pub terms: Vec<TermHit>,
    /// Codes of the signatures in common.
    pub signatures: Vec<String>,
    /// Identifiers in common.
    pub identifiers: Vec<String>,
    /// What was measured of it, in the order of [`crate::FEATURES`].
    pub features: [f64; COUNT],
}

/// Best first, but for the places that are kept for cases that only their age holds back. A candidate without facts is
/// gone from the store and is left out. Equal scores: the newer case first, then by id, so that the order never depends
/// on how the candidates came.
pub fn rank(
    question: &Question,
    candidates: Vec<Candidate>,
    facts: &HashMap<DocId, CaseFacts>,
    now: Millis,
    weights: &Weights,
) -> Vec<Ranked> {
    let errors = Errors::of(question);
    let known: Vec<(Candidate, Words, &CaseFacts)> = candidates
        .into_iter()
        .filter_map(|candidate| facts.get(&candidate.doc).map(|facts| (Words::of(&candidate), candidate, facts)))
        .map(|(words, candidate, facts)| (candidate, words, facts))
        .collect();
    let bests = Bests::of(known.iter().map(|(candidate, words, _)| (candidate, words)));
    let meant = Meant::of(known.iter().map(|(candidate, ..)| candidate));
    let against = Against { question, errors: &errors, bests: &bests, now };
    let measured: Vec<_> = known
        .iter()
        .zip(meant)
        .map(|((candidate, words, facts), meant)| features::measure(&against, candidate, words, meant, facts))
        .collect();
    let mut ranked: Vec<(Ranked, Millis)> = Vec::with_capacity(known.len());
    for ((candidate, words, facts), features) in known.into_iter().zip(measured) {
        let told = receipt::Told { question, errors: &errors, candidate: &candidate, words: &words, facts };
        let receipt = told.receipt(&features, weights);
        let score = receipt.score();
        let Candidate { doc, terms, identifiers, signatures, .. } = candidate;
        ranked.push((Ranked { doc, score, receipt, terms, signatures, identifiers, features }, facts.created_at));
    }
    ranked.sort_by(|(a, a_at), (b, b_at)| {
        b.score.total_cmp(&a.score).then(b_at.cmp(a_at)).then_with(|| a.doc.cmp(&b.doc))
    });
    places::keep(ranked.into_iter().map(|(ranked, _)| ranked).collect())
}

#[cfg(test)]
mod tests {
    use super::places::Placed;
    use super::*;
    use crate::{Asked, features::Place, read};
    use domain::{Field, Outcome};
    use proptest::prelude::*;

    fn candidate(row: i64, points: f32) -> Candidate {
        let hit = TermHit { field: Field::Title, term: "broker".into(), asked_in_title: true, points };
        Candidate {
            doc: DocId::ticket(row),
            terms: vec![hit],
            identifiers: Vec::new(),
            signatures: Vec::new(),
            frames: Vec::new(),
            title_words: 1.0,
            title_length: 1.0,
            body_length: 1.0,
            meaning: None,
        }
    }

    fn facts(row: i64, days_ago: i64) -> CaseFacts {
        let at = now().minus_days(days_ago);
        CaseFacts {
            doc: DocId::ticket(row),
            created_at: at,
            updated_at: at,
            product: Some("Broker".into()),
            components: vec!["JDBC".into()],
            outcome: Outcome::Unresolved,
            resolution_class: None,
            used: 0,
        }
    }

    fn now() -> Millis {
        Millis::parse("2026-03-10T12:00:00Z").unwrap()
    }

    fn order(question: &Question, found: Vec<(Candidate, CaseFacts)>) -> Vec<i64> {
        let facts = found.iter().map(|(_, facts)| (facts.doc, facts.clone())).collect();
        let candidates = found.into_iter().map(|(candidate, _)| candidate).collect();
        let ranked = rank(question, candidates, &facts, now(), &Weights::default());
        ranked.iter().map(|ranked| ranked.doc.row).collect()
    }

    fn question(title: &str, body: &str) -> Question {
        let components = ["JDBC".to_owned()];
        read(&Asked { title, body, product: Some("broker"), components: &components, versions: &[] })
    }

    #[test]
    fn of_two_cases_with_the_same_words_the_newer_one_comes_first() {
        let found = vec![(candidate(1, 5.0), facts(1, 400)), (candidate(2, 5.0), facts(2, 3))];
        assert_eq!(order(&question("broker", ""), found), [2, 1]);
    }

    #[test]
    fn age_alone_never_buries_a_case_that_says_it_in_the_same_words() {
        let hits = |words: &[&str]| -> Vec<TermHit> {
            let hit = |word: &&str| TermHit { term: (*word).into(), ..candidate(1, 4.0).terms[0].clone() };
            words.iter().map(hit).collect()
        };
        let old = Candidate { terms: hits(&["broker", "journal", "locked"]), ..candidate(1, 0.0) };
        let new = Candidate { terms: hits(&["broker"]), ..candidate(2, 0.0) };
        let found = vec![(old, facts(1, 4000)), (new, facts(2, 0))];
        assert_eq!(order(&question("broker journal locked", ""), found), [1, 2]);
    }

    #[test]
    fn the_case_that_says_all_of_it_once_comes_before_the_one_that_says_half_of_it_often() {
        let hit = |term: &str, points| TermHit { term: term.into(), points, ..candidate(1, 0.0).terms[0].clone() };
        let often = Candidate { terms: vec![hit("broker", 11.0)], ..candidate(1, 0.0) };
        let once = Candidate { terms: vec![hit("broker", 5.0), hit("journal", 5.0)], ..candidate(2, 0.0) };
        let found = vec![(often, facts(1, 5)), (once, facts(2, 5))];
        assert_eq!(order(&question("broker journal", ""), found), [2, 1]);
    }

    #[test]
    fn a_title_that_the_question_has_whole_comes_before_a_title_that_says_more() {
        let more = Candidate { title_words: 4.0, ..candidate(1, 5.0) };
        let found = vec![(more, facts(1, 5)), (candidate(2, 5.0), facts(2, 5))];
        assert_eq!(order(&question("broker", ""), found), [2, 1]);
    }

    #[test]
    fn one_of_the_best_two_by_all_but_age_is_never_below_the_fifth_place() {
        let mut found: Vec<_> = (1..=30).map(|row| (candidate(row, 8.0), facts(row, 0))).collect();
        found.push((candidate(31, 10.0), facts(31, 4000)));
        found.push((candidate(32, 9.0), facts(32, 3000)));
        let order = order(&question("broker", ""), found);
        assert_eq!(order[3..5], [31, 32]);
        assert!(order[..3].iter().all(|row| *row <= 30), "the newest keep their places: {order:?}");
    }

    #[test]
    fn what_is_measured_of_one_candidate_among_ten_is_between_nothing_and_all() {
        let asked = question("broker", "");
        for found in [
            vec![(candidate(1, 0.0), facts(1, 0))],
            vec![(candidate(1, 1e9), facts(1, -5)), (candidate(2, 0.1), facts(2, 90_000))],
        ] {
            let map = found.iter().map(|(_, facts)| (facts.doc, facts.clone())).collect();
            let candidates = found.into_iter().map(|(candidate, _)| candidate).collect();
            for case in rank(&asked, candidates, &map, now(), &Weights::default()) {
                assert!(case.features.iter().all(|value| (0.0..=1.0).contains(value)), "{:?}", case.features);
            }
        }
    }

    #[test]
    fn of_two_cases_with_the_same_words_the_one_that_means_the_same_comes_first_and_its_receipt_says_so() {
        let meant = |row, meaning| Candidate { meaning, ..candidate(row, 5.0) };
        let found = [meant(1, Some(0.2)), meant(2, Some(0.8))];
        let map: HashMap<_, _> = [facts(1, 5), facts(2, 5)].map(|facts| (facts.doc, facts)).into();
        let weights = Weights::for_these(&found);
        let ranked = rank(&question("broker", ""), found.to_vec(), &map, now(), &weights);
        let parts =
            |case: &Ranked| -> Vec<domain::PartKind> { case.receipt.parts.iter().map(|part| part.kind).collect() };
        assert_eq!(ranked[0].doc, DocId::ticket(2));
        assert!(ranked.iter().all(|case| parts(case).contains(&domain::PartKind::Meaning)));
        assert!(ranked.iter().all(|case| (case.receipt.score() - case.score).abs() < 1e-6));
    }

    #[test]
    fn while_few_of_the_cases_are_read_meaning_moves_none_of_them() {
        let mut found: Vec<Candidate> = (1..=10).map(|row| candidate(row, row as f32)).collect();
        let map: HashMap<_, _> = (1..=10).map(|row| (DocId::ticket(row), facts(row, 5))).collect();
        let order = |found: &[Candidate]| -> Vec<i64> {
            let weights = Weights::for_these(found);
            let ranked = rank(&question("broker", ""), found.to_vec(), &map, now(), &weights);
            ranked.iter().map(|case| case.doc.row).collect()
        };
        let by_words = order(&found);
        found[0].meaning = Some(1.0);
        assert_eq!(order(&found), by_words);
        found.iter_mut().for_each(|one| one.meaning = Some(if one.doc.row == 1 { 1.0 } else { 0.0 }));
        assert_eq!(order(&found)[0], 1, "now that all are read it counts");
    }

    #[test]
    fn a_case_that_nobody_has_read_yet_is_taken_to_be_like_the_others() {
        let of = |meanings: &[Option<f32>]| -> Vec<Meant> {
            let all: Vec<Candidate> = (0i64..)
                .zip(meanings)
                .map(|(row, meaning)| Candidate { meaning: *meaning, ..candidate(row, 1.0) })
                .collect();
            Meant::of(all.iter())
        };
        let [first, unread, second] = of(&[Some(0.75), None, Some(0.25)])[..] else { panic!("three were asked of") };
        assert_eq!((first.likeness, first.place, second.place), (0.75, 1.0, 0.5));
        assert_eq!((unread.likeness, unread.place), (0.5, 0.0));
        assert_eq!(of(&[None, None]), [Meant::default(); 2], "without a pack it is nothing");
    }

    #[test]
    fn the_same_stack_trace_outweighs_a_few_more_words() {
        let trace = "java.lang.IllegalStateException: no\n\tat com.acme.A.run(A.java:1)\n\tat com.acme.B.go(B.java:2)";
        let question = question("It breaks", trace);
        let same = Candidate { signatures: vec![question.signatures[0].code()], ..candidate(1, 8.0) };
        let found = vec![(same, facts(1, 10)), (candidate(2, 10.0), facts(2, 10))];
        assert_eq!(order(&question, found), [1, 2]);
    }

    #[test]
    fn a_component_counts_only_inside_the_same_product() {
        let asked = question("broker", "");
        let other = CaseFacts { product: Some("Console".into()), ..facts(1, 1) };
        assert!(Place::of(&asked, &other).components.is_empty());
        let same = Place::of(&asked, &facts(1, 1));
        assert_eq!((same.components, same.product), (vec!["JDBC".into()], Some("Broker".into())));
    }

    #[test]
    fn what_people_used_before_moves_up_and_what_is_gone_from_the_store_moves_out() {
        let used = CaseFacts { used: 4, ..facts(1, 5) };
        let found = vec![(candidate(1, 5.0), used), (candidate(2, 5.0), facts(2, 5))];
        assert_eq!(order(&question("broker", ""), found), [1, 2]);
        let left = rank(&question("broker", ""), vec![candidate(3, 1.0)], &HashMap::new(), now(), &Weights::default());
        assert!(left.is_empty());
    }

    proptest! {
        #[test]
        fn every_receipt_sums_to_its_score_and_the_order_does_not_depend_on_the_input(
            points in prop::collection::vec((0.0f32..60.0, 0i64..3000), 1..30),
        ) {
            let asked = question("broker", "ORA-00942");
            let all: Vec<_> = (0i64..).zip(&points).map(|(row, (p, days))| (candidate(row, *p), facts(row, *days))).collect();
            let reversed: Vec<_> = all.iter().rev().cloned().collect();
            let map: HashMap<_, _> = all.iter().map(|(_, facts)| (facts.doc, facts.clone())).collect();
            let candidates = all.iter().map(|(candidate, _)| candidate.clone()).collect();
            let ranked = rank(&asked, candidates, &map, now(), &Weights::default());
            for one in &ranked {
                let sum: f64 = one.receipt.parts.iter().map(|part| part.points).sum();
                prop_assert!((sum - one.score).abs() < 1e-6);
            }
            let weights = Weights::default();
            let since = |case: &Ranked| map.get(&case.doc).unwrap().created_at;
            let kept: Vec<Measured> = ranked.iter().rev().map(|case| Measured::of(case, since(case), &weights)).collect();
            let again: HashMap<_, _> = (0..).zip(reorder(&kept, &weights)).map(|(place, doc)| (doc, place)).collect::<HashMap<DocId, usize>>();
            // A receipt leaves out what nobody could see.
            let near = |a: &Ranked, b: &Ranked| (a.score - b.score).abs() < 0.1 || (a.without_age() - b.without_age()).abs() < 0.1;
            for (at, case) in ranked.iter().enumerate() {
                let moved = ranked.get(again[&case.doc]).unwrap();
                prop_assert!(again[&case.doc] == at || near(case, moved) || (3..6).contains(&at) || (3..6).contains(&again[&case.doc]), "{at} is now {}", again[&case.doc]);
            }
            let timeless = |case: &Ranked| case.without_age();
            let mut best: Vec<f64> = ranked.iter().map(timeless).collect();
            best.sort_by(|a, b| b.total_cmp(a));
            let bar = best.get(1).copied().unwrap_or(0.0);
            prop_assert!(ranked.iter().skip(5).all(|case| timeless(case) <= bar), "an old case is buried");
            let moved = ranked.iter().enumerate().filter(|(at, case)| ranked[at + 1..].iter().any(|later| later.score > case.score));
            prop_assert!(moved.clone().count() <= 2 && moved.into_iter().all(|(at, _)| at == 3 || at == 4));
            let first: Vec<i64> = ranked.iter().map(|ranked| ranked.doc.row).collect();
            prop_assert_eq!(first, order(&asked, reversed));
        }
    }
}
