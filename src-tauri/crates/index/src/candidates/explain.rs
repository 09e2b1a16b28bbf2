//! Every point of every candidate: the word, the field, how much.

use super::{Scored, exact::Marks, go_on, select::Chosen};
use crate::{Error, postings::unread, schema::TEXT_FIELDS};
use domain::{Candidate, Field, TermHit};
use tantivy::{DocSet, Searcher, postings::Postings, schema::IndexRecordOption};

/// `found` is sorted by segment and place.
pub(super) fn candidates(
    chosen: &Chosen,
    marks: &Marks,
    searcher: &Searcher,
    found: &[Scored],
    cancel: &dyn Fn() -> bool,
) -> Result<Vec<Candidate>, Error> {
    let mut all = Vec::with_capacity(found.len());
    for (at, segment) in searcher.segment_readers().iter().enumerate() {
        let here: Vec<&Scored> = found.iter().filter(|scored| scored.segment == at).collect();
        if here.is_empty() {
            continue;
        }
        let docs: Vec<u32> = here.iter().map(|scored| scored.doc).collect();
        let mut candidates: Vec<Candidate> = here.iter().map(|scored| blank(scored)).collect();
        for term in &chosen.terms {
            go_on(cancel)?;
            for part in &term.parts {
                let (Some(field), Some(domain_field)) = (chosen.fields.get(part.field), TEXT_FIELDS.get(part.field))
                else {
                    continue;
                };
                let (Some(Some(info)), Some(inside)) = (part.found.infos.get(at), field.segments.get(at)) else {
                    continue;
                };
                let option = IndexRecordOption::WithFreqs;
                let mut postings = inside.inverted.read_postings_from_terminfo(info, option).map_err(unread)?;
                for (&doc, candidate) in docs.iter().zip(&mut candidates) {
                    if postings.doc() < doc {
                        postings.seek(doc);
                    }
                    if postings.doc() == doc {
                        let points = field.points(inside, doc, postings.term_freq(), part.weight);
                        candidate.terms.push(TermHit {
                            field: *domain_field,
                            term: term.written.clone(),
                            asked_in_title: term.in_title,
                            points,
                        });
                    }
                }
            }
        }
        let length = |field, doc| chosen.length(field, at, doc);
        let words = |field, doc| chosen.words(field, at, doc);
        for (&doc, candidate) in docs.iter().zip(&mut candidates) {
            (candidate.title_length, candidate.body_length) = (length(Field::Title, doc), length(Field::Body, doc));
            candidate.title_words = words(Field::Title, doc);
        }
        marks.note(segment, &docs, &mut candidates)?;
        all.append(&mut candidates);
    }
    for candidate in &mut all {
        // A stable order of equal points keeps the sum the same on every machine.
        candidate.terms.sort_by(|a, b| b.points.total_cmp(&a.points));
    }
    Ok(all)
}

fn blank(scored: &Scored) -> Candidate {
    let (terms, identifiers, signatures, frames) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (title_words, title_length, body_length) = (0.0, 0.0, 0.0);
    let meaning = None;
    Candidate {
        doc: scored.id,
        terms,
        identifiers,
        signatures,
        frames,
        title_words,
        title_length,
        body_length,
        meaning,
    }
}
