//! Which document a removal means. Tantivy's own removal by a term keeps a kilobyte of scoring tables for each until its
//! segments are merged, though nothing is scored: during a first sync that is more than all else it needs.

use tantivy::{
    DocId, DocSet, Score, SegmentReader, Term,
    query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight},
    schema::IndexRecordOption,
};

/// Matches the documents that hold this term, all alike.
#[derive(Clone, Debug)]
pub(crate) struct Removal(pub Term);

impl Query for Removal {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Removal {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let postings = reader.inverted_index(self.0.field())?.read_postings(&self.0, IndexRecordOption::Basic)?;
        Ok(match postings {
            Some(postings) => Box::new(ConstScorer::new(postings, boost)),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let found = self.scorer(reader, 1.0)?.seek(doc) == doc;
        Ok(Explanation::new("is the one to remove", f32::from(u8::from(found))))
    }
}
