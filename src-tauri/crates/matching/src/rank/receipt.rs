//! The parts of a score: what was measured of a case, weighed, in the words of what counted.

use crate::{
    Weights,
    errors::Errors,
    features::{Features, Place, Words},
};
use domain::{Candidate, CaseFacts, Field, Outcome, Part, PartKind, Question, Receipt};

/// How many words a part of a receipt names at most.
const NAMED: usize = 8;
/// Below this a part says nothing that a person could see.
const LEAST: f64 = 0.005;

/// All that a receipt may name.
pub(super) struct Told<'a> {
    pub question: &'a Question,
    pub errors: &'a Errors<'a>,
    pub candidate: &'a Candidate,
    pub words: &'a Words,
    pub facts: &'a CaseFacts,
}

impl Told<'_> {
    pub(super) fn receipt(&self, features: &Features, weights: &Weights) -> Receipt {
        let [
            words,
            title_words,
            asked_in_text,
            text_words,
            coverage,
            title_coverage,
            its_title,
            brief,
            brief_title,
            component,
            product,
            trace,
            error,
            frames,
            identifiers,
            recency,
            meaning,
            meaning_place,
        ] = weighed(features, weights);
        // Each field brought a share of what all words got together.
        let all = self.words.all();
        let share = |field: f64| if all > 0.0 { words * field / all } else { 0.0 };
        let place = Place::of(self.question, self.facts);
        let named = place.components.into_iter().chain(place.product).take(NAMED).collect();
        let mut parts = vec![
            self.terms(Field::Title, share(self.words.title) + title_words + its_title),
            self.terms(Field::Body, share(self.words.body) + asked_in_text + text_words),
            self.terms(Field::Resolution, share(self.words.resolution)),
            part(PartKind::Covers, Vec::new(), coverage + title_coverage),
            part(PartKind::Brief, Vec::new(), brief + brief_title),
            part(PartKind::Meaning, Vec::new(), meaning + meaning_place),
            part(PartKind::Signature, self.exceptions(), trace + error),
            part(PartKind::Frames, self.candidate.frames.iter().take(NAMED).cloned().collect(), frames),
            part(
                PartKind::Identifiers,
                self.errors.identifiers(self.candidate).take(NAMED).cloned().collect(),
                identifiers,
            ),
            part(PartKind::Component, named, component + product),
            part(PartKind::Recency, Vec::new(), recency),
            part(PartKind::Outcome, Vec::new(), outcome(self.facts, weights)),
        ];
        parts.retain(|part| part.points >= LEAST);
        Receipt { parts }
    }

    fn terms(&self, field: Field, points: f64) -> Part {
        let hits = self.candidate.terms.iter().filter(|hit| hit.field == field);
        let detail = hits.take(NAMED).map(|hit| hit.term.clone()).collect();
        Part { field: field.as_str().into(), ..part(PartKind::Terms, detail, points) }
    }

    fn exceptions(&self) -> Vec<String> {
        let mut named: Vec<String> = Vec::new();
        for signature in self.errors.shared(self.candidate) {
            if named.len() < NAMED && !named.contains(&signature.exception) {
                named.push(signature.exception.clone());
            }
        }
        named
    }
}

fn weighed(features: &Features, weights: &Weights) -> Features {
    let mut points = *features;
    points.iter_mut().zip(&weights.features).for_each(|(value, weight)| *value *= weight);
    points
}

fn part(kind: PartKind, detail: Vec<String>, points: f64) -> Part {
    Part { kind, field: String::new(), detail, points }
}

fn outcome(facts: &CaseFacts, weights: &Weights) -> f64 {
    let ended = match facts.outcome {
        Outcome::Held => weights.held,
        Outcome::Reopened | Outcome::Duplicate => weights.told_elsewhere,
        Outcome::NoFix | Outcome::Unresolved => 0.0,
    };
    ended + weights.used * f64::from(facts.used).ln_1p()
}
