//! Every clause read in full into dense arrays: which documents have it, and the points they get for it.

use super::{
    parse::{Clause, Filter, Name, Plan, Prefix},
    top::Top,
};
use crate::{
    Error,
    candidates::{Gate, go_on},
    postings::{TermIn, TextField, each_of, failed, idf, population, unread},
    schema::Fields,
};
use domain::{DocId, DocKind, Scope};
use tantivy::{
    Searcher, SegmentReader, TERMINATED, Term,
    query::{EnableScoring, PhrasePrefixQuery, PhraseQuery, Query},
    schema::Field,
};

/// What a document gets for being the one whose id was typed, or for an id or code that begins so.
const NAMED: f32 = 100.0;
const NEARLY_NAMED: f32 = 5.0;
/// So many words are tried at most for one beginning in one field, in all segments together: a keypress may not cost more.
/// Where there are more, the next letter leaves fewer.
const MOST_WORDS: usize = 8_000;
const MOST_LAST_WORDS: u32 = 400;
/// Where the rarest part of an identifier is in more documents than this, reading the places of its parts costs more than
/// a keypress may.
const MOST_PHRASED: u64 = 20_000;

pub(super) struct Outcome {
    pub total: u64,
    pub hits: Vec<(DocId, f32)>,
    /// No document has everything: these have some of it.
    pub any: bool,
}

/// Where a clause is looked for.
struct Place {
    text: TextField,
    field: Field,
    weight: f32,
    /// Holds terms of the analysis, not exact values.
    analysed: bool,
    /// Every word of it stands at its position.
    positions: bool,
    /// Characters that a beginning must have to be looked for here.
    least: usize,
    /// Points instead of BM25 for a whole value, and for a beginning.
    fixed: Option<(f32, f32)>,
}

/// What the documents of one segment have.
struct Sheet {
    points: Vec<f32>,
    clauses: Vec<u32>,
    filters: Vec<u8>,
}

pub(super) fn run(
    fields: &Fields,
    searcher: &Searcher,
    plan: &Plan,
    kind: Option<DocKind>,
    k: usize,
    cancel: &dyn Fn() -> bool,
) -> Result<Outcome, Error> {
    if plan.clauses.is_empty() && plan.filters.is_empty() {
        return Ok(Outcome { total: 0, hits: Vec::new(), any: false });
    }
    let mut sheets: Vec<Sheet> = searcher.segment_readers().iter().map(Sheet::new).collect();
    let places = places(fields, searcher)?;
    for (at, clause) in plan.clauses.iter().enumerate() {
        let bit = 1 << at;
        mark(searcher, &places, clause, bit, &mut sheets, cancel)?;
    }
    let asked = filters(fields, searcher, &plan.filters, &mut sheets, cancel)?;
    let scope = Scope { kinds: kind.into_iter().collect(), ..Scope::default() };
    let required =
        (0..).zip(&plan.clauses).filter(|(_, clause)| !clause.optional).fold(0, |all, (at, _)| all | 1 << at);
    let all = select(searcher, &sheets, asked, &scope, k, cancel, |had, points| {
        (had & required == required).then_some(points)
    })?;
    if all.0 > 0 || required.count_ones() < 2 {
        return Ok(Outcome { total: all.0, hits: all.1, any: false });
    }
    // More of what was asked for comes before more of the same.
    let share = |had: u32| (had & required).count_ones() as f32 / required.count_ones() as f32;
    let some = select(searcher, &sheets, asked, &scope, k, cancel, |had, points| {
        (had & required != 0).then(|| points * share(had))
    })?;
    Ok(Outcome { total: some.0, hits: some.1, any: true })
}

fn places(fields: &Fields, searcher: &Searcher) -> Result<Vec<Place>, Error> {
    let open = |field: Field| TextField::open(searcher, field);
    let text = |field, weight, least| -> Result<Place, Error> {
        Ok(Place { text: open(field)?, field, weight, analysed: true, positions: true, least, fixed: None })
    };
    let exact = |field, weight, fixed| -> Result<Place, Error> {
        Ok(Place { text: open(field)?, field, weight, analysed: false, positions: false, least: 2, fixed })
    };
    Ok(vec![
        text(fields.title, 2.0, 1)?,
        text(fields.body, 1.0, 3)?,
        text(fields.resolution, 0.8, 3)?,
        Place { positions: false, ..text(fields.part, 0.3, 2)? },
        exact(fields.identifier, 0.5, None)?,
        Place { least: 1, ..exact(fields.display, 1.0, Some((NAMED, NEARLY_NAMED)))? },
        exact(fields.signature, 1.0, Some((NAMED, NEARLY_NAMED)))?,
        exact(fields.frame, 0.5, None)?,
    ])
}

impl Sheet {
    fn new(segment: &SegmentReader) -> Self {
        let documents = segment.max_doc() as usize;
        Self { points: vec![0.0; documents], clauses: vec![0; documents], filters: Vec::new() }
    }

    fn add(&mut self, doc: u32, bit: u32, more: f32) {
        let doc = doc as usize;
        if let (Some(points), Some(clauses)) = (self.points.get_mut(doc), self.clauses.get_mut(doc)) {
            *points += more;
            *clauses |= bit;
        }
    }
}

fn mark(
    searcher: &Searcher,
    places: &[Place],
    clause: &Clause,
    bit: u32,
    sheets: &mut [Sheet],
    cancel: &dyn Fn() -> bool,
) -> Result<(), Error> {
    let documents = population(searcher);
    for place in places {
        let values = if place.analysed { clause.terms.as_slice() } else { clause.exact.as_slice() };
        for value in values {
            go_on(cancel)?;
            let found = place.text.find(value)?;
            place.score(&found, documents, bit, sheets, place.fixed.map(|(whole, _)| whole))?;
        }
        if place.positions && clause.phrase.is_some() {
            go_on(cancel)?;
            phrase(searcher, place, clause, documents, bit, sheets)?;
        }
        if let Some(prefix) = &clause.prefix {
            place.begin(prefix, documents, bit, sheets, cancel)?;
        }
    }
    Ok(())
}

impl Place {
    fn score(
        &self,
        found: &TermIn,
        documents: u64,
        bit: u32,
        sheets: &mut [Sheet],
        fixed: Option<f32>,
    ) -> Result<(), Error> {
        if found.df == 0 {
            return Ok(());
        }
        let weight = self.weight * idf(documents, found.df);
        for ((info, segment), sheet) in found.infos.iter().zip(&self.text.segments).zip(sheets) {
            let Some(info) = info else { continue };
            match fixed {
                Some(points) => each_of(&segment.inverted, info, |doc| sheet.add(doc, bit, points))?,
                None => self.text.score(segment, info, weight, |doc, points| sheet.add(doc, bit, points))?,
            }
        }
        Ok(())
    }

    /// All words that begin so count as one word.
    fn begin(
        &self,
        prefix: &Prefix,
        documents: u64,
        bit: u32,
        sheets: &mut [Sheet],
        cancel: &dyn Fn() -> bool,
    ) -> Result<(), Error> {
        if self.analysed {
            for stem in &prefix.stems {
                go_on(cancel)?;
                self.score(&self.text.find(stem)?, documents, bit, sheets, None)?;
            }
        }
        if prefix.text.chars().count() < self.least {
            return Ok(());
        }
        let most = MOST_WORDS / self.text.segments.len().max(1);
        let mut infos = Vec::with_capacity(self.text.segments.len());
        let mut df = 0;
        for segment in &self.text.segments {
            go_on(cancel)?;
            let mut here = Vec::new();
            let mut words = segment.inverted.terms().range().ge(&prefix.text).into_stream().map_err(unread)?;
            while words.advance() && words.key().starts_with(prefix.text.as_bytes()) && here.len() < most {
                df += u64::from(words.value().doc_freq);
                here.push(words.value().clone());
            }
            infos.push(here);
        }
        let weight = self.weight * idf(documents, df.min(documents));
        for ((infos, segment), sheet) in infos.iter().zip(&self.text.segments).zip(sheets) {
            for info in infos {
                go_on(cancel)?;
                match self.fixed {
                    Some((_, points)) => each_of(&segment.inverted, info, |doc| sheet.add(doc, bit, points))?,
                    None => self.text.score(segment, info, weight, |doc, points| sheet.add(doc, bit, points))?,
                }
            }
        }
        Ok(())
    }
}

fn phrase(
    searcher: &Searcher,
    place: &Place,
    clause: &Clause,
    documents: u64,
    bit: u32,
    sheets: &mut [Sheet],
) -> Result<(), Error> {
    let Some(phrase) = &clause.phrase else { return Ok(()) };
    let whole_words = phrase.terms.len() - usize::from(phrase.prefix);
    let mut points = 0.0;
    let mut rarest = u64::MAX;
    for (_, term) in phrase.terms.iter().take(whole_words) {
        let df = place.text.find(term)?.df;
        if df == 0 {
            return Ok(());
        }
        rarest = rarest.min(df);
        points += place.weight * idf(documents, df);
    }
    // An identifier is found as a whole too: its parts side by side are worth looking for only where that is cheap.
    if rarest > MOST_PHRASED && !(clause.terms.is_empty() && clause.prefix.is_none()) {
        return Ok(());
    }
    let terms = phrase.terms.iter().map(|(at, term)| (*at, Term::from_field_text(place.field, term))).collect();
    let query: Box<dyn Query> = if phrase.prefix {
        let mut query = PhrasePrefixQuery::new_with_offset(terms);
        query.set_max_expansions(MOST_LAST_WORDS);
        Box::new(query)
    } else {
        Box::new(PhraseQuery::new_with_offset(terms))
    };
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher)).map_err(failed)?;
    for (segment, sheet) in searcher.segment_readers().iter().zip(sheets) {
        let mut scorer = weight.scorer(segment, 1.0).map_err(failed)?;
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            sheet.add(doc, bit, points);
            doc = scorer.advance();
        }
    }
    Ok(())
}

/// Marks what fits each filter and returns the marks that a document must have.
fn filters(
    fields: &Fields,
    searcher: &Searcher,
    filters: &[Filter],
    sheets: &mut [Sheet],
    cancel: &dyn Fn() -> bool,
) -> Result<u8, Error> {
    let mut asked = 0;
    for filter in filters {
        let (field, bit) = match filter.name {
            Name::Status => (fields.status, 1),
            Name::Product => (fields.product, 2),
            Name::Component => (fields.component, 4),
            Name::Source => (fields.source, 8),
            Name::Kind => (fields.kind, 16),
            Name::Id => (fields.display, 32),
        };
        asked |= bit;
        for (segment, sheet) in searcher.segment_readers().iter().zip(sheets.iter_mut()) {
            go_on(cancel)?;
            sheet.filters.resize(sheet.points.len(), 0);
            let inverted = segment.inverted_index(field).map_err(failed)?;
            let mut values = inverted.terms().range().ge(&filter.value).into_stream().map_err(unread)?;
            while values.advance() {
                let fits = if filter.prefix {
                    values.key().starts_with(filter.value.as_bytes())
                } else {
                    values.key() == filter.value.as_bytes()
                };
                if !fits {
                    break;
                }
                each_of(&inverted, values.value(), |doc| {
                    if let Some(slot) = sheet.filters.get_mut(doc as usize) {
                        *slot |= bit;
                    }
                })?;
            }
        }
    }
    Ok(asked)
}

/// Counts what `judge` gives points, and keeps the best.
fn select(
    searcher: &Searcher,
    sheets: &[Sheet],
    asked: u8,
    scope: &Scope,
    k: usize,
    cancel: &dyn Fn() -> bool,
    judge: impl Fn(u32, f32) -> Option<f32>,
) -> Result<(u64, Vec<(DocId, f32)>), Error> {
    let mut total = 0;
    let mut top = Top::new(k);
    for (segment, sheet) in searcher.segment_readers().iter().zip(sheets) {
        go_on(cancel)?;
        let gate = Gate::open(segment, scope)?;
        for (doc, (&had, &points)) in (0u32..).zip(sheet.clauses.iter().zip(&sheet.points)) {
            let Some(points) = judge(had, points) else { continue };
            if asked != 0 && sheet.filters.get(doc as usize).is_none_or(|fits| fits & asked != asked) {
                continue;
            }
            let Some(id) = gate.admits(doc) else { continue };
            total += 1;
            if top.wants(points) {
                top.take(id, points, gate.created(doc));
            }
        }
    }
    Ok((total, top.into_vec()))
}
