//! Which words of the question count, and how much.

use super::go_on;
use crate::{
    Error,
    analysis::{self, Kind},
    document::cut,
    postings::{TermIn, TextField, idf},
    schema::{Fields, TEXT_FIELDS},
    view::View,
};
use domain::{Field, Question};
use std::{
    cmp::Ordering,
    collections::{BinaryHeap, HashMap},
};

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

/// A word of the question that may be chosen. In which fields it is and which of its documents live is looked up only where
/// that matters: until then it is taken to say as much as it can.
struct Word {
    telling: f32,
    term: String,
    seen: Seen,
    /// By field; only the first that was looked into where it is not `known` better.
    found: Vec<(usize, TermIn)>,
    known: bool,
}

/// Where a word most likely is: so many documents have it at least.
const LOOKED_INTO_FIRST: usize = 1;
const _: () = assert!(matches!(TEXT_FIELDS[LOOKED_INTO_FIRST], Field::Body));

pub(super) fn terms(
    fields: &Fields,
    view: &View,
    question: &Question,
    most: usize,
    cancel: &dyn Fn() -> bool,
) -> Result<Chosen, Error> {
    let open = TEXT_FIELDS.iter().map(|field| TextField::open(view, fields.text(*field), view.average(*field)));
    let text_fields = open.collect::<Result<Vec<_>, _>>()?;
    let documents = view.documents();
    let least_df = if documents < LARGE { 1 } else { 2 };
    let look_up = |term: &str, first: bool| -> Result<Vec<(usize, TermIn)>, Error> {
        let those = (0..).zip(&text_fields).filter(|(at, _)| (*at == LOOKED_INTO_FIRST) == first);
        those.map(|(at, field)| Ok((at, field.look_up(term)?))).collect()
    };
    let mut words = BinaryHeap::new();
    for (term, seen) in words_of(question) {
        go_on(cancel)?;
        let mut found = look_up(&term, true)?;
        let known = found.iter().all(|(_, found)| found.df < least_df);
        if known {
            found.extend(look_up(&term, false)?);
        }
        words.extend(Word { telling: 0.0, term, seen, found, known }.ranked(documents, least_df));
    }
    let mut left = MOST_POSTINGS;
    let mut terms: Vec<ChosenTerm> = Vec::with_capacity(most.min(words.len()));
    while let Some(mut word) = words.pop().filter(|_| terms.len() < most) {
        // A word that half of all tickets have says little; where it is also dear, the others go on without it.
        if terms.len() >= ALWAYS && word.cost() > left {
            continue;
        }
        let doubtful = word.found.iter().any(|(_, found)| found.doubtful > 0);
        if !word.known || doubtful {
            if word.known {
                for (at, found) in &mut word.found {
                    text_fields.get(*at).map_or(Ok(()), |field| field.count(found))?;
                }
            } else {
                word.found.extend(look_up(&word.term, false)?);
                word.known = true;
            }
            words.extend(word.ranked(documents, least_df));
            continue;
        }
        left = left.saturating_sub(word.cost());
        terms.push(word.chosen(documents));
    }
    Ok(Chosen { fields: text_fields, terms })
}

impl Word {
    /// With what it says at most; none where too few documents can have it.
    fn ranked(mut self, documents: u64, least_df: u64) -> Option<Self> {
        self.found.retain(|(_, found)| found.df > 0);
        if self.found.iter().all(|(_, found)| found.df < least_df) {
            return None;
        }
        let df = self.found.iter().map(|(_, found)| found.df - found.doubtful).max().unwrap_or_default();
        self.telling = (self.seen.title() + self.seen.body()) * idf(documents, df);
        Some(self)
    }

    /// Postings to read, at least.
    fn cost(&self) -> u64 {
        self.found.iter().map(|(_, found)| found.df - found.doubtful).sum()
    }

    fn chosen(self, documents: u64) -> ChosenTerm {
        let Self { seen, mut found, .. } = self;
        found.sort_unstable_by_key(|(at, _)| *at);
        let part = |(at, found): (usize, TermIn)| {
            let field = TEXT_FIELDS.get(at)?;
            Some(Part { field: at, weight: weight(*field, &seen) * idf(documents, found.df), found })
        };
        let parts = found.into_iter().filter_map(part).collect();
        ChosenTerm { parts, written: seen.written, in_title: seen.in_title }
    }
}

/// The most telling first, of equals the one that comes first in the question.
impl Ord for Word {
    fn cmp(&self, other: &Self) -> Ordering {
        self.telling.total_cmp(&other.telling).then(other.seen.order.cmp(&self.seen.order))
    }
}

impl PartialOrd for Word {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Word {}

/// The different words of the question, those of the title and the frequent ones first.
fn words_of(question: &Question) -> Vec<(String, Seen)> {
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
