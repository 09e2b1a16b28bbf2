//! What is measured of a candidate. Each number lies between 0 and 1 and means the same among ten tickets and among a
//! million: words are measured against the best candidate of the same question, never against a score of their own.
//! More of each is a reason for a case, never against it.

use crate::errors::Errors;
use domain::{Candidate, CaseFacts, Field, Millis, Question, SignatureKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// Names of the measures, in their order everywhere.
pub const FEATURES: [&str; 18] = [
    "words", "title_words", "asked_in_text", "text_words", "coverage", "title_coverage", "its_title", "brief",
    "brief_title", "component", "product", "stack_trace", "error", "frames", "identifiers", "recency", "meaning",
    "meaning_place",
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
        words
    }

    pub(crate) fn all(&self) -> f64 {
        self.title + self.body + self.resolution
    }
}

/// What the candidates of a question are measured against.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bests<'a> {
    pub all: f64,
    pub title: f64,
    pub body: f64,
    pub asked_in_body: f64,
    /// What each word of the question says: the most that it got in any candidate, in all fields together.
    says: FxHashMap<&'a str, f64>,
    /// What all of them say, and those of the question's title.
    said: f64,
    said_in_title: f64,
}

impl<'a> Bests<'a> {
    pub(crate) fn of(candidates: impl Iterator<Item = (&'a Candidate, &'a Words)>) -> Self {
        let mut bests = Self::default();
        let mut in_title: FxHashSet<&str> = FxHashSet::default();
        for (candidate, words) in candidates {
            bests.all = bests.all.max(words.all());
            bests.title = bests.title.max(words.title);
            bests.body = bests.body.max(words.body);
            bests.asked_in_body = bests.asked_in_body.max(words.asked_in_body);
            let mut got: FxHashMap<&str, f64> = FxHashMap::default();
            got.reserve(candidate.terms.len());
            for hit in &candidate.terms {
                *got.entry(hit.term.as_str()).or_default() += f64::from(hit.points);
                if hit.asked_in_title {
                    in_title.insert(&hit.term);
                }
            }
            for (term, points) in got {
                let most = bests.says.entry(term).or_default();
                *most = most.max(points);
            }
        }
        bests.said = sum(bests.says.values().copied());
        bests.said_in_title = sum(in_title.iter().filter_map(|term| bests.says.get(term)).copied());
        bests
    }

    /// How much of what the question says the candidate says too, once or often, in whatever field; and of what the
    /// question's title says.
    fn coverage(&self, candidate: &Candidate) -> (f64, f64) {
        let mut had: FxHashMap<&str, bool> = FxHashMap::default();
        had.reserve(candidate.terms.len());
        for hit in &candidate.terms {
            *had.entry(hit.term.as_str()).or_default() |= hit.asked_in_title;
        }
        let says = |term: &str| self.says.get(term).copied().unwrap_or_default();
        let all = sum(had.keys().map(|term| says(term)));
        let title = sum(had.iter().filter(|(_, in_title)| **in_title).map(|(term, _)| says(term)));
        (share(all, self.said), share(title, self.said_in_title))
    }
}

/// In an order of its own: what comes out of a map comes in any, and the last digit of a sum depends on it.
fn sum(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.iter().sum()
}

/// What a candidate is held against.
pub(crate) struct Against<'a> {
    pub question: &'a Question,
    pub errors: &'a Errors<'a>,
    pub bests: &'a Bests<'a>,
    pub now: Millis,
}

pub(crate) fn measure(
    against: &Against<'_>,
    candidate: &Candidate,
    words: &Words,
    meant: Meant,
    facts: &CaseFacts,
) -> Features {
    let &Against { question, errors, bests, now } = against;
    let place = Place::of(question, facts);
    let yes = |is: bool| if is { 1.0 } else { 0.0 };
    let (coverage, title_coverage) = bests.coverage(candidate);
    [
        share(words.all(), bests.all),
        share(words.title, bests.title),
        share(words.asked_in_body, bests.asked_in_body),
        share(words.body, bests.body),
        coverage,
        title_coverage,
        its_title(candidate),
        brevity(candidate.body_length),
        brevity(candidate.title_length),
        yes(!place.components.is_empty()),
        yes(place.product.is_some()),
        yes(errors.shared(candidate).any(|signature| matches!(signature.kind, SignatureKind::StackTrace(_)))),
        yes(errors.shared(candidate).next().is_some()),
        share(candidate.frames.len() as f64, errors.frames as f64),
        errors.identifiers(candidate).take(IDENTIFIERS).count() as f64 / IDENTIFIERS as f64,
        recency(facts.created_at, now),
        meant.likeness,
        meant.place,
    ]
}

/// How alike a candidate is to the question in what it means.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Meant {
    pub likeness: f64,
    /// 1 for the most alike, a half for the second, and so on.
    pub place: f64,
}

impl Meant {
    /// Of each candidate. One that nobody has read yet is taken to be as alike as the others are on the whole: that it is
    /// new is no reason against it. Nothing of all where nothing is known of any.
    pub(crate) fn of<'a>(candidates: impl Iterator<Item = &'a Candidate>) -> Vec<Self> {
        let known: Vec<Option<f64>> =
            candidates.map(|candidate| candidate.meaning.map(|meaning| f64::from(meaning.clamp(0.0, 1.0)))).collect();
        let told = || known.iter().flatten().copied();
        let mean = if told().next().is_some() { sum(told()) / told().count() as f64 } else { 0.0 };
        let mut places: Vec<f64> = told().collect();
        places.sort_by(|a, b| b.total_cmp(a));
        let of = |likeness: &Option<f64>| match likeness {
            Some(likeness) => {
                let above = places.partition_point(|other| other > likeness);
                Self { likeness: *likeness, place: 1.0 / (1.0 + above as f64) }
            }
            None => Self { likeness: mean, place: 0.0 },
        };
        known.iter().map(of).collect()
    }
}

/// The other way round: how many words of its title the question has, anywhere.
fn its_title(candidate: &Candidate) -> f64 {
    let hits = candidate.terms.iter().filter(|hit| hit.field == Field::Title);
    share(hits.count() as f64, f64::from(candidate.title_words))
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
