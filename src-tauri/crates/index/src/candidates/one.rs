//! One document, whether its words bring it among the candidates or not.

use super::{Gate, Limits, Scored, exact, explain, select};
use crate::{
    Error,
    postings::{failed, unread},
    schema::Fields,
    view::View,
};
use domain::{Candidate, DocId, Question, Scope};
use tantivy::{DocSet, Searcher, TERMINATED, Term, schema::IndexRecordOption};

/// `None` where the index does not hold it. What it shares with the question may be nothing.
pub(crate) fn look(
    fields: &Fields,
    view: &View,
    question: &Question,
    id: DocId,
    limits: &Limits,
    cancel: &dyn Fn() -> bool,
) -> Result<Option<Candidate>, Error> {
    let Some(found) = find(fields, &view.searcher, id)? else { return Ok(None) };
    let chosen = select::terms(fields, view, question, limits.terms, cancel)?;
    let marks = exact::Marks::of(fields, view, question)?;
    Ok(explain::candidates(&chosen, &marks, &view.searcher, &[found], cancel)?.pop())
}

/// Of the documents that the scope names besides, those that it lets in.
pub(super) fn those(fields: &Fields, searcher: &Searcher, scope: &Scope) -> Result<Vec<Scored>, Error> {
    if scope.also.is_empty() {
        return Ok(Vec::new());
    }
    let gates: Vec<Gate<'_>> =
        searcher.segment_readers().iter().map(|segment| Gate::open(segment, scope)).collect::<Result<_, _>>()?;
    let mut found = Vec::with_capacity(scope.also.len());
    for id in &scope.also {
        let here = find(fields, searcher, *id)?;
        found.extend(here.filter(|one| gates.get(one.segment).is_some_and(|gate| gate.admits(one.doc).is_some())));
    }
    Ok(found)
}

fn find(fields: &Fields, searcher: &Searcher, id: DocId) -> Result<Option<Scored>, Error> {
    let key = Term::from_field_u64(fields.key, id.pack());
    for (segment, reader) in searcher.segment_readers().iter().enumerate() {
        let inverted = reader.inverted_index(fields.key).map_err(failed)?;
        let Some(mut postings) = inverted.read_postings(&key, IndexRecordOption::Basic).map_err(unread)? else {
            continue;
        };
        // One that was replaced lies there still, deleted.
        while postings.doc() != TERMINATED {
            if !reader.is_deleted(postings.doc()) {
                return Ok(Some(Scored { segment, doc: postings.doc(), id, points: 0.0 }));
            }
            postings.advance();
        }
    }
    Ok(None)
}
