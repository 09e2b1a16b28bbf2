//! *Seen before · perhaps · looks new*: how sure we are that a case is the same problem.

use crate::{Ranked, words};
use domain::{DocId, Question, SignatureKind};
use std::collections::{HashMap, HashSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerdictKind {
    Seen,
    Maybe,
    New,
}

/// What is thought of the ranked cases together.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub kind: VerdictKind,
    /// Cases of the same problem, best first. Empty unless `kind` is [`VerdictKind::Seen`].
    pub same: Vec<DocId>,
}

/// How much of the question a case has, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Likeness {
    /// What its words got, of what the best document imaginable would get: one that has each word of the question where
    /// it counts most. Independent of how well the others did.
    pub text: f64,
    /// Words of the question's title that it has, of those that mean something.
    pub title: f64,
    /// The same exception from the same frames.
    pub trace: bool,
}

/// Only the best are looked at: a case further down is never the same problem while a better one is not.
const LOOKED_AT: usize = 50;

/// From here on a case is the same problem, from there on perhaps. Chosen on labelled duplicates against tickets that
/// have none (CHANGELOG.md has the figures).
const SAME: f64 = 0.55;
const PERHAPS: f64 = 0.38;

pub fn judge(question: &Question, ranked: &[Ranked]) -> Judged {
    let likeness = likeness(question, ranked);
    let same: Vec<DocId> =
        ranked.iter().zip(&likeness).filter(|(_, like)| like.is_same()).map(|(ranked, _)| ranked.doc).collect();
    let kind = if !same.is_empty() {
        VerdictKind::Seen
    } else if likeness.iter().any(Likeness::is_perhaps_the_same) {
        VerdictKind::Maybe
    } else {
        VerdictKind::New
    };
    Judged { kind, same }
}

impl Likeness {
    /// The one number that the thresholds are for.
    pub fn degree(&self) -> f64 {
        (self.text + self.title) / 2.0
    }

    fn is_same(&self) -> bool {
        self.trace || self.degree() >= SAME
    }

    fn is_perhaps_the_same(&self) -> bool {
        self.degree() >= PERHAPS
    }
}

/// Of each of the best ranked cases.
pub fn likeness(question: &Question, ranked: &[Ranked]) -> Vec<Likeness> {
    let ranked = ranked.get(..LOOKED_AT).unwrap_or(ranked);
    let mut most: HashMap<&str, f64> = HashMap::new();
    for case in ranked {
        for (term, points) in by_term(case) {
            let best = most.entry(term).or_default();
            *best = best.max(points);
        }
    }
    let ideal: f64 = sum(most.values());
    let traces: HashSet<String> = question
        .signatures
        .iter()
        .filter(|signature| matches!(signature.kind, SignatureKind::StackTrace(_)) && !signature.frames.is_empty())
        .map(|signature| signature.code())
        .collect();
    let title = words::content(if question.title.is_empty() { &question.body } else { &question.title }, 40);
    let one = |case: &Ranked| {
        let terms = by_term(case);
        let got = sum(terms.values());
        let has: HashSet<String> = terms.keys().flat_map(|term| words::content(term, 8)).collect();
        let shared = title.iter().filter(|word| has.contains(*word)).count();
        Likeness {
            text: if ideal > 0.0 { got / ideal } else { 0.0 },
            title: if title.is_empty() { 0.0 } else { shared as f64 / title.len() as f64 },
            trace: case.signatures.iter().any(|code| traces.contains(code)),
        }
    };
    ranked.iter().map(one).collect()
}

/// What each word got, in all fields together.
fn by_term(case: &Ranked) -> HashMap<&str, f64> {
    let mut terms: HashMap<&str, f64> = HashMap::new();
    for hit in &case.terms {
        *terms.entry(hit.term.as_str()).or_default() += f64::from(hit.points);
    }
    terms
}

/// Adds in the order of size: a hash map has none of its own, and the same question must get the same verdict.
fn sum<'a>(points: impl Iterator<Item = &'a f64>) -> f64 {
    let mut points: Vec<f64> = points.copied().collect();
    points.sort_by(f64::total_cmp);
    points.iter().sum()
}
