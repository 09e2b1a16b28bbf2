//! What is visible of an index, with what its statistics need: they are over the documents that live. One that was
//! replaced or removed lies in its segment until that is merged, and would count there; the same content would then rank
//! otherwise after a day of syncs than after `reindex`.

use crate::{
    Error,
    postings::failed,
    schema::{Fields, TEXT_FIELDS},
};
use std::sync::Arc;
use tantivy::{Searcher, SegmentReader, index::SegmentId};

#[derive(Clone)]
pub(crate) struct View {
    pub searcher: Searcher,
    /// A segment each, as the searcher has them.
    lives: Arc<[Life]>,
}

#[derive(Clone)]
pub(crate) struct Life {
    segment: SegmentId,
    /// Of all its documents, the dead too, in the order of [`TEXT_FIELDS`]: it never changes, so it is counted once.
    words: [u64; TEXT_FIELDS.len()],
    /// Of the dead ones.
    gone: [u64; TEXT_FIELDS.len()],
    /// In their order.
    dead: Arc<[u32]>,
}

impl View {
    /// `before` is what was visible until now: most of it is still there.
    pub(crate) fn new(searcher: Searcher, fields: &Fields, before: Option<&Self>) -> Result<Self, Error> {
        let known = before.map_or(&[][..], |before| &*before.lives);
        let lives = searcher.segment_readers().iter().map(|segment| {
            match known.iter().find(|life| life.segment == segment.segment_id()) {
                Some(life) if life.dead.len() == segment.num_deleted_docs() as usize => Ok(life.clone()),
                Some(life) => Life::of(segment, fields, Some(life.words)),
                None => Life::of(segment, fields, None),
            }
        });
        let lives = lives.collect::<Result<Vec<_>, _>>()?.into();
        Ok(Self { searcher, lives })
    }

    /// How many documents live.
    pub(crate) fn documents(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// The dead documents of each segment, in their order.
    pub(crate) fn dead(&self) -> impl Iterator<Item = &Arc<[u32]>> {
        self.lives.iter().map(|life| &life.dead)
    }

    /// Words that a living document has on average in a text field, as its length code tells them: a merge keeps no more.
    pub(crate) fn average(&self, field: domain::Field) -> f32 {
        let Some(at) = TEXT_FIELDS.iter().position(|name| *name == field) else { return 1.0 };
        let of = |words: &[u64]| words.get(at).copied().unwrap_or_default();
        let words: u64 = self.lives.iter().map(|life| of(&life.words) - of(&life.gone)).sum();
        (words as f32 / self.documents().max(1) as f32).max(1.0)
    }
}

impl Life {
    fn of(segment: &SegmentReader, fields: &Fields, words: Option<[u64; TEXT_FIELDS.len()]>) -> Result<Self, Error> {
        let dead: Arc<[u32]> = match segment.has_deletes() {
            true => (0..segment.max_doc()).filter(|doc| segment.is_deleted(*doc)).collect(),
            false => Arc::default(),
        };
        let words = match words {
            Some(words) => words,
            None => sums(segment, fields, 0..segment.max_doc())?,
        };
        let gone = sums(segment, fields, dead.iter().copied())?;
        Ok(Self { segment: segment.segment_id(), words, gone, dead })
    }
}

/// Words of these documents in each text field.
fn sums(
    segment: &SegmentReader,
    fields: &Fields,
    docs: impl Iterator<Item = u32> + Clone,
) -> Result<[u64; TEXT_FIELDS.len()], Error> {
    let mut sums = [0; TEXT_FIELDS.len()];
    for (field, sum) in TEXT_FIELDS.iter().zip(&mut sums) {
        let norms = segment.fieldnorms_readers().get_field(fields.text(*field)).map_err(failed)?;
        *sum = norms.map_or(0, |norms| docs.clone().map(|doc| u64::from(norms.fieldnorm(doc))).sum());
    }
    Ok(sums)
}
