//! What is measured of a candidate. Each number lies between 0 and 1 and means the same among ten tickets and among a
//! million: words are measured against the best candidate of the same question, never against a score of their own.
//! More of each is a reason for a case, never against it.

use crate::errors::Errors;
use domain::{Candidate, CaseFacts, Field, Millis, Question, SignatureKind};
use std::collections::HashSet;

/// Names of the measures, in their order everywhere.
pub const FEATURES: [&str; 14] = [
    "words", "title_words", "asked_in_text", "text_words", "coverage", "brief", "brief_title", "component", "product",
    "stack_trace", "error", "frames", "identifiers", "recency",
];
pub(crate) const COUNT: usize = FEATURES.len();
pub(crate) type Features = [f64; COUNT];

const DAY: f64 = 86_400_000.0;
/// A case of ten years ago and one of twenty are equally old.
const HORIZON_DAYS: f64 = 3650.0;
/// Below this, age hardly counts.
const FRESH_DAYS: f64 = 7.0;
/// Texts longer than so many average ones are all equally long.
const LONG: f64 = 10.0;
/// And those below this part of an average one are nearly equally short.
const SHORT: f64 = 0.01;
/// More identifiers in common than this say no more.
pub(crate) const IDENTIFIERS: usize = 4;

/// What the words of a candidate got, and where.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Words {
    pub title: f64,
    pub body: f64,
    pub resolution: f64,
    /// Of the text's points, those for words that the question's title has.
    pub asked_in_body: f64,
    /// How many different words of the question it has.
    pub different: usize,
}

impl Words {
    pub(crate) fn of(candidate: &Candidate) -> Self {
        let mut words = Self::default();
        for hit in &candidate.terms {
            let points = f64::from(hit.points);
            match hit.field {
                Field::Title => words.title += points,
                Field::Body => words.body += points,
                Field::Resolution => words.resolution += points,
            }
            if hit.field == Field::Body && hit.asked_in_title {
                words.asked_in_body += points;
            }
        }
        let different: HashSet<&str> = candidate.terms.iter().map(|hit| hit.term.as_str()).collect();
        words.different = different.len();
        words
    }

    pub(crate) fn all(&self) -> f64 {
        self.title + self.body + self.resolution
    }
}

/// What the candidates of a question are measured against.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bests {
    pub all: f64,
    pub title: f64,
    pub body: f64,
    pub asked_in_body: f64,
    /// How many different words of the question any of them has.
    pub different: usize,
}

impl Bests {
    pub(crate) fn of<'a>(candidates: impl Iterator<Item = (&'a Candidate, &'a Words)>) -> Self {
        let mut bests = Self::default();
        let mut different: HashSet<&str> = HashSet::new();
        for (candidate, words) in candidates {
            bests.all = bests.all.max(words.all());
            bests.title = bests.title.max(words.title);
            bests.body = bests.body.max(words.body);
            bests.asked_in_body = bests.asked_in_body.max(words.asked_in_body);
            different.extend(candidate.terms.iter().map(|hit| hit.term.as_str()));
        }
        bests.different = different.len();
        bests
    }
}

pub(crate) fn measure(
    question: &Question,
    errors: &Errors<'_>,
    candidate: &Candidate,
    words: &Words,
    bests: &Bests,
    facts: &CaseFacts,
    now: Millis,
) -> Features {
    let place = Place::of(question, facts);
    let yes = |is: bool| if is { 1.0 } else { 0.0 };
    [
        share(words.all(), bests.all),
        share(words.title, bests.title),
        share(words.asked_in_body, bests.asked_in_body),
        share(words.body, bests.body),
        share(words.different as f64, bests.different as f64),
        brevity(candidate.body_length),
        brevity(candidate.title_length),
        yes(!place.components.is_empty()),
        yes(place.product.is_some()),
        yes(errors.shared(candidate).any(|signature| matches!(signature.kind, SignatureKind::StackTrace(_)))),
        yes(errors.shared(candidate).next().is_some()),
        share(candidate.frames.len() as f64, errors.frames as f64),
        errors.identifiers(candidate).take(IDENTIFIERS).count() as f64 / IDENTIFIERS as f64,
        recency(facts.created_at, now),
    ]
}

fn share(part: f64, of: f64) -> f64 {
    if of > 0.0 { (part / of).clamp(0.0, 1.0) } else { 0.0 }
}

fn brevity(length: f32) -> f64 {
    1.0 - (f64::from(length).clamp(0.0, LONG) / SHORT).ln_1p() / (LONG / SHORT).ln_1p()
}

/// It falls with the logarithm of the age: days matter among weeks, and nothing among years.
fn recency(created_at: Millis, now: Millis) -> f64 {
    let days = (now.0.saturating_sub(created_at.0).max(0) as f64 / DAY).min(HORIZON_DAYS);
    1.0 - (days / FRESH_DAYS).ln_1p() / (HORIZON_DAYS / FRESH_DAYS).ln_1p()
}

/// Components and product that a case has in common with the question.
pub(crate) struct Place {
    pub components: Vec<String>,
    pub product: Option<String>,
}

impl Place {
    pub(crate) fn of(question: &Question, facts: &CaseFacts) -> Self {
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        let product = question.product.as_deref().zip(facts.product.as_deref()).filter(|(a, b)| same(a, b));
        let apart = question.product.is_some() && facts.product.is_some() && product.is_none();
        // "API" of another product is another component.
        let components =
            facts.components.iter().filter(|one| !apart && question.components.iter().any(|asked| same(asked, one)));
        Self { components: components.cloned().collect(), product: product.map(|(_, name)| name.to_owned()) }
    }
}
