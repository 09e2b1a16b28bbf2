//! Which documents may answer a whole ticket.
//!
//! The ticket is the question. Its most telling words are chosen by tf·idf, each counts by BM25 in every text field, and
//! all their postings are read: for questions this long that is quicker than skipping (block-max WAND pays below eight
//! words). Documents that share an error signature or a rare identifier join however their words score. For what is
//! left, every point is told: which word, which field. So do the best of the recent ones and of the same components.

mod accumulate;
mod exact;
mod explain;
mod one;
mod scope;
mod select;

use crate::{Error, document, postings::each_exact, schema::Fields, view::View};
use domain::{Candidate, DocId, Question, Scope};
pub(crate) use one::look;
pub(crate) use scope::Gate;

/// How much of the index takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many documents come by their words. As many again may come by a signature or an identifier that they share.
    pub pool: usize,
    /// So many of the recent ones, and of those of the question's components, are looked at besides: they are right more
    /// often than their words say.
    pub besides: usize,
    /// How many words of the question count.
    pub terms: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { pool: 100, besides: 60, terms: 80 }
    }
}

/// A document under consideration: where it lies, and what it got so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scored {
    pub segment: usize,
    pub doc: u32,
    pub id: DocId,
    pub points: f32,
}

pub(crate) fn find(
    fields: &Fields,
    view: &View,
    question: &Question,
    scope: &Scope,
    limits: &Limits,
    cancel: &dyn Fn() -> bool,
) -> Result<Vec<Candidate>, Error> {
    let searcher = &view.searcher;
    let chosen = select::terms(fields, view, question, limits.terms, cancel)?;
    let marks = exact::Marks::of(fields, view, question)?;
    let mut pool = accumulate::Best::new(limits.pool);
    let mut exact = accumulate::Best::new(limits.pool);
    let mut recent = accumulate::Best::new(limits.besides);
    let mut near = accumulate::Best::new(limits.besides);
    for (at, segment) in searcher.segment_readers().iter().enumerate() {
        let gate = Gate::open(segment, scope)?;
        let points = accumulate::segment(&chosen, at, segment, cancel)?;
        pool.take_all(at, &points, &gate);
        if let Some(since) = scope.recent {
            recent.take_since(at, &points, &gate, since);
        }
        for component in &question.components {
            each_exact(segment, fields.component, &document::exact(component), |doc| {
                let points = points.get(doc as usize).copied().unwrap_or_default();
                if points > 0.0 {
                    near.take(at, doc, points, &gate);
                }
            })?;
        }
        marks.each_hit(segment, |doc| {
            let points = points.get(doc as usize).copied().unwrap_or_default();
            exact.take(at, doc, points, &gate);
        })?;
    }
    let mut found = pool.into_vec();
    found.extend([exact, recent, near].into_iter().flat_map(accumulate::Best::into_vec));
    found.extend(one::those(fields, searcher, scope)?);
    found.sort_unstable_by_key(|scored| (scored.segment, scored.doc));
    found.dedup_by_key(|scored| (scored.segment, scored.doc));
    let mut candidates = explain::candidates(&chosen, &marks, searcher, &found, cancel)?;
    let mut ranked: Vec<(f32, Candidate)> =
        candidates.drain(..).map(|candidate| (candidate.bm25(), candidate)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.doc.cmp(&b.1.doc)));
    Ok(ranked.into_iter().map(|(_, candidate)| candidate).collect())
}

pub(crate) fn go_on(cancel: &dyn Fn() -> bool) -> Result<(), Error> {
    if cancel() { Err(Error::Superseded) } else { Ok(()) }
}
