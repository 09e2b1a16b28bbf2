//! Which words of the question count, and how much.

use super::go_on;
use crate::{
    Error,
    analysis::{self, Kind},
    document::cut,
    postings::{TermIn, TextField, idf, population},
    schema::{Fields, TEXT_FIELDS},
};
use domain::{Field, Question};
use std::collections::HashMap;
use tantivy::Searcher;

/// Of a longer question only this much is read.
const LONGEST_QUESTION: usize = 1 << 16;
/// So many different words are looked up at most; then the most telling are chosen among them.
const MOST_LOOKED_UP: usize = 400;
/// From this size on, a word that only one document has is noise: an order number, a request id, a name.
const LARGE: u64 = 2000;

/// A word of the question in one field of the index.
pub(super) struct Part {
    pub field: usize,
    pub found: TermIn,
    pub weight: f32,
}

/// A word of the question that counts.
pub(super) struct ChosenTerm {
    /// As the question writes it.
    pub written: String,
    pub in_title: bool,
    pub parts: Vec<Part>,
}

pub(super) struct Chosen {
    /// In the order of [`TEXT_FIELDS`].
    pub fields: Vec<TextField>,
    pub terms: Vec<ChosenTerm>,
}

impl Chosen {
    /// How long a field of a document is, against the average.
    pub(super) fn length(&self, field: Field, segment: usize, doc: u32) -> f32 {
        self.field(field).map_or(0.0, |field| field.length(segment, doc))
    }

    /// How many words a field of a document has; of long ones about.
    pub(super) fn words(&self, field: Field, segment: usize, doc: u32) -> f32 {
        self.field(field).map_or(0.0, |field| field.words(segment, doc))
    }

    fn field(&self, field: Field) -> Option<&TextField> {
        TEXT_FIELDS.iter().zip(&self.fields).find(|(name, _)| **name == field).map(|(_, field)| field)
    }
}

/// So many entries of postings lists are read for a question: what it may cost, however many tickets there are.
const MOST_POSTINGS: u64 = 1_000_000;
/// So many words count whatever they cost.
const ALWAYS: usize = 12;

#[derive(Default)]
struct Seen {
    written: String,
    in_title: bool,
    times: u32,
    order: usize,
}

pub(super) fn terms(
    fields: &Fields,
    searcher: &Searcher,
    question: &Question,
    most: usize,
    cancel: &dyn Fn() -> bool,
) -> Result<Chosen, Error> {
    let open = TEXT_FIELDS.iter().map(|field| TextField::open(searcher, fields.text(*field)));
    let text_fields = open.collect::<Result<Vec<_>, _>>()?;
    let documents = population(searcher);
    let least_df = if documents < LARGE { 1 } else { 2 };
    let mut ranked = Vec::new();
    for (term, seen) in words(question) {
        go_on(cancel)?;
        let mut parts = Vec::with_capacity(text_fields.len());
        for (at, (field, text_field)) in TEXT_FIELDS.iter().zip(&text_fields).enumerate() {
            let found = text_field.find(&term)?;
            if found.df > 0 {
                let weight = weight(*field, &seen) * idf(documents, found.df);
                parts.push(Part { field: at, found, weight });
            }
        }
        let df = parts.iter().map(|part| part.found.df).max().unwrap_or_default();
        if df >= least_df {
            let telling = (seen.title() + seen.body()) * idf(documents, df);
            ranked.push((telling, seen.order, ChosenTerm { written: seen.written, in_title: seen.in_title, parts }));
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut left = MOST_POSTINGS;
    let mut terms: Vec<ChosenTerm> = Vec::with_capacity(most.min(ranked.len()));
    for (_, _, term) in ranked {
        let cost = term.parts.iter().map(|part| part.found.df).sum::<u64>();
        // A word that half of all tickets have says little; where it is also dear, the others go on without it.
        if terms.len() < ALWAYS || cost <= left {
            left = left.saturating_sub(cost);
            terms.push(term);
        }
        if terms.len() == most {
            break;
        }
    }
    Ok(Chosen { fields: text_fields, terms })
}

/// The different words of the question, those of the title and the frequent ones first.
fn words(question: &Question) -> Vec<(String, Seen)> {
    let mut words: HashMap<String, Seen> = HashMap::new();
    analysis::with(|analyzer| {
        for (text, in_title) in [(&question.title, true), (&question.body, false)] {
            let text = cut(text, LONGEST_QUESTION);
            for token in analyzer.analyse(text).iter().filter(|token| token.kind != Kind::Glyph) {
                let order = words.len();
                let seen = words.entry(token.term().to_owned()).or_insert_with(|| Seen {
                    written: text.get(token.range()).unwrap_or_default().to_owned(),
                    order,
                    ..Seen::default()
                });
                seen.times += 1;
                seen.in_title |= in_title;
            }
        }
    });
    let mut words: Vec<_> = words.into_iter().collect();
    words.sort_unstable_by_key(|(_, seen)| (!seen.in_title, std::cmp::Reverse(seen.times), seen.order));
    words.truncate(MOST_LOOKED_UP);
    words
}

impl Seen {
    fn title(&self) -> f32 {
        if self.in_title { 1.0 } else { 0.0 }
    }

    fn body(&self) -> f32 {
        (1.0 + self.times as f32).ln()
    }
}

/// What a word of the question counts in a field, before BM25. Measured on real duplicates.
fn weight(field: Field, seen: &Seen) -> f32 {
    match field {
        Field::Title => 2.0 * seen.title() + 1.0,
        Field::Body => seen.title() + seen.body(),
        Field::Resolution => 0.5 * (seen.title() + seen.body()),
    }
}
