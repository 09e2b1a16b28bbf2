//! Which documents of a segment may answer.

use crate::{
    Error,
    postings::failed,
    schema::{CREATED_AT, KEY},
};
use domain::{DocId, DocKind, Scope};
use std::{collections::HashSet, sync::Arc};
use tantivy::{
    SegmentReader,
    columnar::{Column, ColumnValues},
};

pub(crate) struct Gate<'a> {
    segment: &'a SegmentReader,
    keys: Arc<dyn ColumnValues<u64>>,
    created: Column<i64>,
    before: Option<i64>,
    exclude: HashSet<DocId>,
    kinds: &'a [DocKind],
}

impl<'a> Gate<'a> {
    pub(crate) fn open(segment: &'a SegmentReader, scope: &'a Scope) -> Result<Self, Error> {
        Ok(Self {
            segment,
            keys: segment.fast_fields().u64(KEY).map_err(failed)?.first_or_default_col(0),
            created: segment.fast_fields().i64(CREATED_AT).map_err(failed)?,
            before: scope.as_of.map(|moment| moment.0),
            exclude: scope.exclude.iter().copied().collect(),
            kinds: &scope.kinds,
        })
    }

    /// The document's id, if it is alive and in the scope.
    pub(crate) fn admits(&self, doc: u32) -> Option<DocId> {
        if self.segment.is_deleted(doc) || self.before.is_some_and(|before| self.created(doc) >= before) {
            return None;
        }
        let id = DocId::unpack(self.keys.get_val(doc))?;
        let wanted = self.kinds.is_empty() || self.kinds.contains(&id.kind);
        (wanted && !self.exclude.contains(&id)).then_some(id)
    }

    /// Whatever is alive may answer.
    pub(crate) fn is_open(&self) -> bool {
        self.before.is_none() && self.exclude.is_empty() && self.kinds.is_empty()
    }

    pub(crate) fn created(&self, doc: u32) -> i64 {
        self.created.first(doc).unwrap_or(i64::MAX)
    }

    /// The documents since a moment, in their order, the dead too: many times quicker than to ask of each.
    pub(crate) fn since(&self, moment: i64) -> Vec<u32> {
        let mut docs = Vec::new();
        self.created.get_docids_for_value_range(moment..=i64::MAX, 0..self.segment.max_doc(), &mut docs);
        docs
    }
}
