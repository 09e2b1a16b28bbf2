//! What a document can share with the question whole: signatures, identifiers, frames.

use crate::{
    Error,
    document::exact,
    postings::{each_exact, exact_among, exact_df},
    schema::Fields,
    view::View,
};
use domain::{Candidate, Question};
use std::collections::HashSet;
use tantivy::{SegmentReader, schema::Field};

/// A pasted log can hold any number of each.
const MOST_MARKS: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Signature,
    Identifier,
    Frame,
}

struct Mark {
    kind: Kind,
    field: Field,
    value: String,
    written: String,
    /// Rare enough that sharing it is reason by itself to look at a document.
    calls: bool,
}

pub(super) struct Marks(Vec<Mark>);

impl Marks {
    pub(super) fn of(fields: &Fields, view: &View, question: &Question) -> Result<Self, Error> {
        let documents = view.documents();
        let mut seen = HashSet::new();
        let mut marks = Vec::new();
        let codes = question.signatures.iter().map(|signature| signature.code());
        let frames =
            question.signatures.iter().flat_map(|signature| &signature.frames).map(|frame| frame.function.clone());
        let identifiers = question.identifiers.iter().cloned();
        let all = [
            (Kind::Signature, vec![fields.signature], codes.take(MOST_MARKS).collect::<Vec<_>>()),
            // A ticket's own id is an identifier too when another ticket names it.
            (Kind::Identifier, vec![fields.identifier, fields.display], identifiers.take(MOST_MARKS).collect()),
            (Kind::Frame, vec![fields.frame], frames.take(MOST_MARKS).collect()),
        ];
        for (kind, fields, values) in all {
            for written in values {
                let value = exact(&written);
                if value.is_empty() || !seen.insert((kind, value.clone())) {
                    continue;
                }
                for &field in &fields {
                    let df = exact_df(view, field, &value)?;
                    if df > 0 {
                        let calls = kind.calls(df, documents);
                        marks.push(Mark { kind, field, value: value.clone(), written: written.clone(), calls });
                    }
                }
            }
        }
        Ok(Self(marks))
    }

    /// Gives `each` the documents that a mark calls, deleted ones too; one may come more than once.
    pub(super) fn each_hit(&self, segment: &SegmentReader, mut each: impl FnMut(u32)) -> Result<(), Error> {
        self.0
            .iter()
            .filter(|mark| mark.calls)
            .try_for_each(|mark| each_exact(segment, mark.field, &mark.value, &mut each))
    }

    /// Notes on each candidate what it shares. `docs` are its places in the segment, in order.
    pub(super) fn note(
        &self,
        segment: &SegmentReader,
        docs: &[u32],
        candidates: &mut [Candidate],
    ) -> Result<(), Error> {
        for mark in &self.0 {
            exact_among(segment, mark.field, &mark.value, docs, |at| {
                let Some(candidate) = candidates.get_mut(at) else { return };
                let list = match mark.kind {
                    Kind::Signature => &mut candidate.signatures,
                    Kind::Identifier => &mut candidate.identifiers,
                    Kind::Frame => &mut candidate.frames,
                };
                if list.last() != Some(&mark.written) {
                    list.push(mark.written.clone());
                }
            })?;
        }
        Ok(())
    }
}

impl Kind {
    fn calls(self, df: u64, documents: u64) -> bool {
        match self {
            Self::Signature => true,
            Self::Identifier => df <= (documents / 500).clamp(20, 500),
            Self::Frame => false,
        }
    }
}
