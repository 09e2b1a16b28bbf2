//! Orders what the index found, and says why: every reason is a part of the receipt, and the score is their sum.

use crate::Weights;
use domain::{
    Candidate, CaseFacts, DocId, Field, Millis, Outcome, Part, PartKind, Question, Receipt, Signature, SignatureKind,
    TermHit,
};
use std::collections::HashMap;

/// How many words a part of a receipt names at most.
const NAMED: usize = 8;
const DAY: f64 = 86_400_000.0;
/// Below this a part says nothing that a person could see.
const LEAST: f64 = 0.005;

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
}

/// Best first. A candidate without facts is gone from the store and is left out. Equal scores: the newer case first,
/// then by id, so that the order never depends on how the candidates came.
pub fn rank(
    question: &Question,
    candidates: Vec<Candidate>,
    facts: &HashMap<DocId, CaseFacts>,
    now: Millis,
    weights: &Weights,
) -> Vec<Ranked> {
    let asked = Errors::of(question);
    let known: Vec<(Candidate, &CaseFacts)> = candidates
        .into_iter()
        .filter_map(|candidate| facts.get(&candidate.doc).map(|facts| (candidate, facts)))
        .collect();
    let best = known.iter().map(|(candidate, _)| text(candidate)).fold(0.0, f64::max);
    let scale = if best > 0.0 { weights.text / best } else { 0.0 };
    let mut ranked: Vec<(Ranked, Millis)> = known
        .into_iter()
        .map(|(candidate, facts)| {
            let receipt = receipt(question, &asked, &candidate, facts, now, scale, weights);
            let Candidate { doc, terms, identifiers, signatures, .. } = candidate;
            (Ranked { doc, score: receipt.score(), receipt, terms, signatures, identifiers }, facts.created_at)
        })
        .collect();
    ranked.sort_by(|(a, a_at), (b, b_at)| {
        b.score.total_cmp(&a.score).then(b_at.cmp(a_at)).then_with(|| a.doc.cmp(&b.doc))
    });
    ranked.into_iter().map(|(ranked, _)| ranked).collect()
}

fn text(candidate: &Candidate) -> f64 {
    candidate.terms.iter().map(|hit| f64::from(hit.points)).sum()
}

/// The question's signatures with their codes: a hash each, made once for all candidates.
struct Errors<'a>(Vec<(String, &'a Signature)>);

impl<'a> Errors<'a> {
    fn of(question: &'a Question) -> Self {
        Self(question.signatures.iter().map(|signature| (signature.code(), signature)).collect())
    }

    fn shared<'b>(&'b self, candidate: &'b Candidate) -> impl Iterator<Item = &'a Signature> + 'b {
        self.0.iter().filter(|(code, _)| candidate.signatures.contains(code)).map(|(_, signature)| *signature)
    }
}

fn receipt(
    question: &Question,
    asked: &Errors<'_>,
    candidate: &Candidate,
    facts: &CaseFacts,
    now: Millis,
    scale: f64,
    weights: &Weights,
) -> Receipt {
    let mut parts: Vec<Part> =
        [Field::Title, Field::Body, Field::Resolution].map(|field| words(candidate, field, scale)).into();
    parts.push(signature(asked, candidate, weights));
    parts.push(frames(question, candidate, weights));
    parts.push(identifiers(asked, candidate, weights));
    parts.extend(place(question, facts, weights));
    parts.push(part(PartKind::Recency, Vec::new(), recency(facts.created_at, now, weights)));
    parts.push(part(PartKind::Outcome, Vec::new(), outcome(facts, weights)));
    parts.retain(|part| part.points >= LEAST);
    Receipt { parts }
}

fn part(kind: PartKind, detail: Vec<String>, points: f64) -> Part {
    Part { kind, field: String::new(), detail, points }
}

fn words(candidate: &Candidate, field: Field, scale: f64) -> Part {
    let hits = || candidate.terms.iter().filter(|hit| hit.field == field);
    let detail = hits().take(NAMED).map(|hit| hit.term.clone()).collect();
    let points = hits().map(|hit| f64::from(hit.points)).sum::<f64>() * scale;
    Part { field: field.as_str().into(), ..part(PartKind::Terms, detail, points) }
}

/// The strongest kind in common counts, once: a second trace of the same failure is no second reason.
fn signature(asked: &Errors<'_>, candidate: &Candidate, weights: &Weights) -> Part {
    let worth = |kind: SignatureKind| match kind {
        SignatureKind::StackTrace(_) => weights.stack_trace,
        SignatureKind::LogLine => weights.log_line,
        SignatureKind::ErrorCode => weights.error_code,
    };
    let mut detail = Vec::new();
    let mut points: f64 = 0.0;
    for signature in asked.shared(candidate) {
        points = points.max(worth(signature.kind));
        if detail.len() < NAMED && !detail.contains(&signature.exception) {
            detail.push(signature.exception.clone());
        }
    }
    part(PartKind::Signature, detail, points)
}

fn frames(question: &Question, candidate: &Candidate, weights: &Weights) -> Part {
    let asked: usize = question.signatures.iter().map(|signature| signature.top_frames().count()).sum();
    let shared = candidate.frames.len().min(asked);
    let points = if asked == 0 { 0.0 } else { weights.frames * shared as f64 / asked as f64 };
    part(PartKind::Frames, candidate.frames.iter().take(NAMED).cloned().collect(), points)
}

fn identifiers(asked: &Errors<'_>, candidate: &Candidate, weights: &Weights) -> Part {
    // What counted as a frame or as the error's name is told there.
    let errors: Vec<&str> = asked.shared(candidate).map(|signature| signature.exception.as_str()).collect();
    let told = |name: &String| candidate.frames.contains(name) || errors.contains(&name.as_str());
    let own: Vec<String> = candidate.identifiers.iter().filter(|name| !told(name)).cloned().collect();
    let counted = own.len().min(weights.identifiers_most);
    part(PartKind::Identifiers, own.into_iter().take(NAMED).collect(), weights.identifier * counted as f64)
}

/// The same component, or at least the same product.
fn place(question: &Question, facts: &CaseFacts, weights: &Weights) -> Option<Part> {
    let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    let product = question.product.as_deref().zip(facts.product.as_deref()).filter(|(a, b)| same(a, b));
    let apart = question.product.is_some() && facts.product.is_some() && product.is_none();
    // "API" of another product is another component.
    let shared: Vec<String> = facts
        .components
        .iter()
        .filter(|component| !apart && question.components.iter().any(|asked| same(asked, component)))
        .cloned()
        .collect();
    let component = if shared.is_empty() { 0.0 } else { weights.component };
    let (name, points) = match product {
        Some((_, name)) => (Some(name.to_owned()), component + weights.product),
        None => (None, component),
    };
    let detail: Vec<String> = shared.into_iter().chain(name).take(NAMED).collect();
    (!detail.is_empty()).then(|| part(PartKind::Component, detail, points))
}

fn recency(created_at: Millis, now: Millis, weights: &Weights) -> f64 {
    let days = (now.0.saturating_sub(created_at.0).max(0) as f64 / DAY).min(weights.horizon_days);
    weights.recency * (1.0 - (1.0 + days).ln() / (1.0 + weights.horizon_days).ln())
}

fn outcome(facts: &CaseFacts, weights: &Weights) -> f64 {
    let ended = match facts.outcome {
        Outcome::Held => weights.held,
        Outcome::Reopened | Outcome::Duplicate => weights.told_elsewhere,
        Outcome::NoFix | Outcome::Unresolved => 0.0,
    };
    ended + weights.used * f64::from(facts.used).ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Asked, read};
    use proptest::prelude::*;

    fn candidate(row: i64, points: f32) -> Candidate {
        let hit = TermHit { field: Field::Title, term: "broker".into(), points };
        Candidate {
            doc: DocId::ticket(row),
            terms: vec![hit],
            identifiers: Vec::new(),
            signatures: Vec::new(),
            frames: Vec::new(),
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
        let found = vec![(candidate(1, 10.0), facts(1, 4000)), (candidate(2, 3.0), facts(2, 0))];
        assert_eq!(order(&question("broker", ""), found), [1, 2]);
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
        assert_eq!(place(&asked, &other, &Weights::default()), None);
        let same = place(&asked, &facts(1, 1), &Weights::default()).unwrap();
        assert_eq!((same.detail, same.points), (vec!["JDBC".into(), "Broker".into()], 14.0));
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
            prop_assert!(ranked.is_sorted_by(|a, b| a.score >= b.score));
            let first: Vec<i64> = ranked.iter().map(|ranked| ranked.doc.row).collect();
            prop_assert_eq!(first, order(&asked, reversed));
        }
    }
}
