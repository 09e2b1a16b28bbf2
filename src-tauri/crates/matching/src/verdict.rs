//! *Seen before · perhaps · looks new*: how sure we are that a case is the same problem.

use crate::{Ladder, Ranked, bars, words};
use domain::{DocId, Question, SignatureKind, TermHit};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VerdictKind {
    Seen,
    Maybe,
    New,
}

/// What is thought of the ranked cases together.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub kind: VerdictKind,
    /// Best first: cases of the same problem or, where `kind` is [`VerdictKind::Maybe`], those that may be.
    pub cases: Vec<DocId>,
    /// How far the surest of them is above the bar of *seen before*, in log-odds; below it where `kind` is not
    /// [`VerdictKind::Seen`].
    pub above: f64,
}

/// From how sure on a case is the same problem, and from how sure on it may be: log-odds, as of [`sureness`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bars {
    pub seen: f64,
    pub maybe: f64,
}

/// Of all times that *seen before* is said where the truth is known, the first case that is meant shall be right in so many;
/// and of all times that *perhaps* is. Bars are put where this is so: see [`Bars::of`].
pub const RIGHT_WHEN_SEEN: f64 = 0.7;
pub const RIGHT_WHEN_MAYBE: f64 = 0.4;

/// Learned on labelled duplicates of public trackers; used until a team's own history is known well enough.
impl Default for Bars {
    fn default() -> Self {
        Self { seen: bars::SEEN, maybe: bars::MAYBE }
    }
}

/// How much of the question a case has, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Likeness {
    /// What its words got, of what the best document imaginable would get: one that has each word of the question where
    /// it counts most. Independent of how well the others did.
    pub text: f64,
    /// Words of the question's title that it has, of those that mean something.
    pub title: f64,
    /// The same exception from the same frames, or the same line of a log.
    pub error: bool,
}

/// Only the best are looked at: a case further down is never the same problem while a better one is not.
const LOOKED_AT: usize = 50;

/// Which cases are considered at all. Learned with the bars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Considered {
    /// Those that have at least this share of what the best one has of the text: where one case says it all, others that say
    /// most of it are something else.
    pub near_the_best: f64,
    /// Those that have at least this share of the title: where hardly anything was found, a single word in common is all of the
    /// text that any case has.
    pub title: f64,
}

impl Default for Considered {
    fn default() -> Self {
        Self { near_the_best: bars::NEAR_THE_BEST, title: bars::LEAST_TITLE }
    }
}

impl Considered {
    /// In the order of the likenesses, each as it was where its case is considered.
    pub fn of(&self, likenesses: &[Likeness]) -> Vec<Option<Likeness>> {
        let near = self.near_the_best * likenesses.iter().map(|like| like.text).fold(0.0, f64::max);
        let is = |like: &Likeness| like.error || like.text >= near && like.title >= self.title;
        likenesses.iter().map(|like| Some(*like).filter(is)).collect()
    }
}

/// How sure it is of each of the best ranked cases that it is the same problem, in log-odds.
pub fn sureness(question: &Question, ranked: &[Ranked]) -> Vec<Option<f64>> {
    let considered = Considered::default().of(&likenesses(question, ranked));
    considered.into_iter().map(|like| like.map(|like| like.sureness())).collect()
}

/// The cases that are surer than all before them, and whether each is right: what is said, whatever the bars.
pub fn ladder(question: &Question, ranked: &[Ranked], is_right: impl Fn(DocId) -> bool) -> Ladder {
    let mut ladder: Ladder = Vec::new();
    for (case, sure) in ranked.iter().zip(sureness(question, ranked)) {
        if let Some(sure) = sure.filter(|sure| ladder.last().is_none_or(|(before, _)| sure > before)) {
            ladder.push((sure, is_right(case.doc)));
        }
    }
    ladder
}

/// `apart` is what people said is not the same: it is none of the cases, and still sets how near the best the others have to
/// be. Otherwise one *not the same* would let in all that were too far from it.
pub fn judge(question: &Question, ranked: &[Ranked], apart: &HashSet<DocId>, bars: &Bars) -> Judged {
    let sure = sureness(question, ranked);
    let from = |bar: f64| -> Vec<DocId> {
        let those = ranked
            .iter()
            .zip(&sure)
            .filter(|(case, sure)| sure.is_some_and(|sure| sure >= bar) && !apart.contains(&case.doc));
        those.map(|(case, _)| case.doc).collect()
    };
    let surest = ranked.iter().zip(&sure).filter(|(case, _)| !apart.contains(&case.doc)).filter_map(|(_, sure)| *sure);
    let above = surest.fold(f64::NEG_INFINITY, f64::max) - bars.seen;
    let same = from(bars.seen);
    if !same.is_empty() {
        return Judged { kind: VerdictKind::Seen, cases: same, above };
    }
    let perhaps = from(bars.maybe);
    let kind = if perhaps.is_empty() { VerdictKind::New } else { VerdictKind::Maybe };
    Judged { kind, cases: perhaps, above }
}

impl Likeness {
    /// In log-odds: what a case has of the text counts as far as it has of the title, for where few cases have anything of the
    /// question, one that shares a single word has all of the text that any has. The same error stands for the whole title:
    /// few public tickets carry the trace of the failure that they repeat, so that it cannot be learned there.
    fn sureness(&self) -> f64 {
        let title = if self.error { 1.0 } else { self.title };
        bars::ALWAYS + bars::BOTH * self.text * title + bars::TITLE * title
    }
}

/// How much of the question each of the best ranked cases has.
pub fn likenesses(question: &Question, ranked: &[Ranked]) -> Vec<Likeness> {
    let ranked = ranked.get(..LOOKED_AT).unwrap_or(ranked);
    let mut most: FxHashMap<&str, f64> = FxHashMap::default();
    for case in ranked {
        for (term, points) in by_term(&case.terms) {
            let best = most.entry(term).or_default();
            *best = best.max(points);
        }
    }
    let ideal: f64 = sum(most.values());
    let errors: HashSet<String> = question
        .signatures
        .iter()
        .filter(|signature| match signature.kind {
            SignatureKind::StackTrace(_) => !signature.frames.is_empty(),
            SignatureKind::LogLine => true,
            SignatureKind::ErrorCode => false,
        })
        .map(|signature| signature.code())
        .collect();
    let title = words::content(if question.title.is_empty() { &question.body } else { &question.title }, 40);
    // A word that the index knows may be several of the title's, `queue.full`: told once for all cases.
    let of_title = |term: &str| -> u64 {
        let inside = words::content(term, 8);
        let here = (0u32..).zip(&title).filter(|(_, word)| inside.contains(word));
        here.fold(0, |bits, (at, _)| bits | 1 << at)
    };
    let of_title: FxHashMap<&str, u64> = most.keys().map(|term| (*term, of_title(term))).collect();
    let one = |case: &Ranked| {
        let terms = by_term(&case.terms);
        let got = sum(terms.values());
        let shared = terms.keys().filter_map(|term| of_title.get(term)).fold(0, |all, bits| all | bits).count_ones();
        Likeness {
            text: if ideal > 0.0 { got / ideal } else { 0.0 },
            title: if title.is_empty() { 0.0 } else { f64::from(shared) / title.len() as f64 },
            error: case.signatures.iter().any(|code| errors.contains(code)),
        }
    };
    ranked.iter().map(one).collect()
}

/// What each word got, in all fields together.
fn by_term(hits: &[TermHit]) -> FxHashMap<&str, f64> {
    let mut terms: FxHashMap<&str, f64> = FxHashMap::default();
    for hit in hits {
        *terms.entry(hit.term.as_str()).or_default() += f64::from(hit.points);
    }
    terms
}

/// Adds in the order of size: a hash map has none of its own, and the same question must get the same answer.
fn sum<'a>(points: impl Iterator<Item = &'a f64>) -> f64 {
    let mut points: Vec<f64> = points.copied().collect();
    points.sort_by(f64::total_cmp);
    points.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Asked, read};
    use domain::{Field, Receipt};

    fn case(row: i64, terms: &[(&str, f32)]) -> Ranked {
        let terms = terms.iter().map(|(term, points)| TermHit {
            field: Field::Title,
            term: (*term).into(),
            asked_in_title: true,
            points: *points,
        });
        Ranked {
            doc: DocId::ticket(row),
            score: 0.0,
            receipt: Receipt::default(),
            terms: terms.collect(),
            signatures: Vec::new(),
            identifiers: Vec::new(),
            features: [0.0; crate::FEATURES.len()],
        }
    }

    fn question(title: &str, body: &str) -> Question {
        read(&Asked { title, body, product: None, components: &[], versions: &[] })
    }

    fn none() -> HashSet<DocId> {
        HashSet::new()
    }

    fn told(judged: Judged) -> (VerdictKind, Vec<DocId>) {
        assert_eq!(judged.above >= 0.0, judged.kind == VerdictKind::Seen, "{judged:?}");
        (judged.kind, judged.cases)
    }

    fn these(kind: VerdictKind, cases: &[i64]) -> (VerdictKind, Vec<DocId>) {
        (kind, cases.iter().map(|row| DocId::ticket(*row)).collect())
    }

    #[test]
    fn what_is_not_the_same_is_no_case_and_lets_none_in_that_was_too_far_from_it() {
        let asked = question("Invoice export ends with empty file", "");
        let best = case(1, &[("Invoice", 4.0), ("export", 3.0), ("empty", 5.0), ("file", 2.0)]);
        let far = case(2, &[("Invoice", 4.0), ("empty", 5.0), ("file", 2.0)]);
        let ranked = [best, far];
        let judged = |ranked: &[Ranked], apart: &HashSet<DocId>| told(judge(&asked, ranked, apart, &Bars::default()));
        assert_eq!(judged(&ranked, &none()), these(VerdictKind::Seen, &[1]));
        assert_eq!(judged(&ranked[1..], &none()), these(VerdictKind::Seen, &[2]), "alone it is near enough");
        assert_eq!(judged(&ranked, &HashSet::from([DocId::ticket(1)])), these(VerdictKind::New, &[]));
    }

    #[test]
    fn a_case_with_nearly_all_of_the_words_is_the_same_problem_and_one_with_few_is_new() {
        let asked = question("Invoice export ends with empty file", "");
        let all = case(1, &[("Invoice", 4.0), ("export", 3.0), ("empty", 5.0), ("file", 2.0)]);
        let one = case(2, &[("export", 3.0)]);
        let judged = judge(&asked, &[all, one.clone()], &none(), &Bars::default());
        assert_eq!(told(judged), these(VerdictKind::Seen, &[1]));
        // Alone it is the best there is, and still says little of what was asked.
        assert_eq!(judge(&asked, &[one], &none(), &Bars::default()).kind, VerdictKind::New);
        assert_eq!(told(judge(&asked, &[], &none(), &Bars::default())), these(VerdictKind::New, &[]));
    }

    #[test]
    fn between_the_two_the_verdict_is_perhaps() {
        let asked = question("Invoice export ends with empty file", "");
        let best = case(1, &[("Invoice", 4.0), ("empty", 5.0)]);
        let other = case(2, &[("export", 5.0), ("file", 4.0)]);
        let judged = judge(&asked, &[best, other], &none(), &Bars::default());
        assert_eq!(told(judged), these(VerdictKind::Maybe, &[1, 2]));
    }

    #[test]
    fn the_same_stack_trace_is_the_same_problem_in_other_words_too() {
        let trace = "java.lang.IllegalStateException: no\n\tat com.acme.A.run(A.java:1)\n\tat com.acme.B.go(B.java:2)";
        let asked = question("Everything is broken since Monday", trace);
        let words = [("IllegalStateException", 5.0)];
        let same = Ranked { signatures: vec![asked.signatures[0].code()], ..case(1, &words) };
        assert_eq!(judge(&asked, &[same], &none(), &Bars::default()).kind, VerdictKind::Seen);
        assert_eq!(judge(&asked, &[case(1, &words)], &none(), &Bars::default()).kind, VerdictKind::New);
    }
}
