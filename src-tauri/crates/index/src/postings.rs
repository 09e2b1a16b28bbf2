//! What Tantivy keeps about a term, read in whole: blocks of documents and how often they contain it, and BM25 over it.
//! Statistics come from all documents that live, never from one segment, so that the same content gives the same points
//! however it is cut up and however it came to be.

use crate::{Error, view::View};
use std::sync::Arc;
use tantivy::{
    DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term,
    fieldnorm::FieldNormReader,
    postings::TermInfo,
    schema::{Field, IndexRecordOption},
};

const K1: f32 = 1.2;
const B: f32 = 0.75;

pub(crate) fn failed(error: tantivy::TantivyError) -> Error {
    Error::from_tantivy("look up a word", error)
}

pub(crate) fn unread(error: std::io::Error) -> Error {
    Error::from_io("look up a word", &error)
}

pub(crate) fn idf(documents: u64, df: u64) -> f32 {
    let (documents, df) = (documents as f64, df as f64);
    (1.0 + (documents - df + 0.5).max(0.0) / (df + 0.5)).ln() as f32
}

/// A field in every segment, with what a document's length does to its points.
pub(crate) struct TextField {
    pub segments: Vec<SegmentField>,
    field: Field,
    /// By Tantivy's one-byte length code: `k1 · (1 − b + b · length ÷ average)`.
    lengths: [f32; 256],
    /// Words that a document has on average.
    average: f32,
}

pub(crate) struct SegmentField {
    pub inverted: Arc<InvertedIndexReader>,
    norms: Option<FieldNormReader>,
    /// Its dead documents, in their order.
    pub dead: Arc<[u32]>,
}

/// A term in a field: where its postings lie in each segment, and in how many documents it is.
pub(crate) struct TermIn {
    pub infos: Vec<Option<TermInfo>>,
    pub df: u64,
    /// So many of `df` may be dead: none once they were counted.
    pub doubtful: u64,
}

impl TextField {
    /// `average`: words that a document has in it.
    pub(crate) fn open(view: &View, field: Field, average: f32) -> Result<Self, Error> {
        let readers = view.searcher.segment_readers();
        let mut segments = Vec::with_capacity(readers.len());
        for (segment, dead) in readers.iter().zip(view.dead()) {
            let inverted = segment.inverted_index(field).map_err(failed)?;
            let norms = segment.fieldnorms_readers().get_field(field).map_err(failed)?;
            segments.push(SegmentField { inverted, norms, dead: Arc::clone(dead) });
        }
        let mut lengths = [1.0; 256];
        for (code, slot) in (0..=u8::MAX).zip(lengths.iter_mut()) {
            *slot = K1 * (1.0 - B + B * FieldNormReader::id_to_fieldnorm(code) as f32 / average);
        }
        Ok(Self { segments, field, lengths, average })
    }

    /// In how many living documents the term is.
    pub(crate) fn find(&self, term: &str) -> Result<TermIn, Error> {
        let mut found = self.look_up(term)?;
        self.count(&mut found)?;
        Ok(found)
    }

    /// As [`TextField::find`], but the dead are not told from the living yet.
    pub(crate) fn look_up(&self, term: &str) -> Result<TermIn, Error> {
        let term = Term::from_field_text(self.field, term);
        let mut found = TermIn { infos: Vec::with_capacity(self.segments.len()), df: 0, doubtful: 0 };
        for segment in &self.segments {
            let info = segment.inverted.get_term_info(&term).map_err(unread)?;
            let df = info.as_ref().map_or(0, |info| u64::from(info.doc_freq));
            found.df += df;
            found.doubtful += df.min(segment.dead.len() as u64);
            found.infos.push(info);
        }
        Ok(found)
    }

    /// Takes the dead out of `found.df`.
    pub(crate) fn count(&self, found: &mut TermIn) -> Result<(), Error> {
        if std::mem::take(&mut found.doubtful) > 0 {
            for (segment, info) in self.segments.iter().zip(&found.infos) {
                if let Some(info) = info {
                    found.df -= among(&segment.inverted, info, &segment.dead)?;
                }
            }
        }
        Ok(())
    }

    /// Gives `each` every document of the segment that has the term, with its points.
    pub(crate) fn score(
        &self,
        segment: &SegmentField,
        info: &TermInfo,
        weight: f32,
        mut each: impl FnMut(u32, f32),
    ) -> Result<(), Error> {
        let option = IndexRecordOption::WithFreqs;
        let mut blocks = segment.inverted.read_block_postings_from_terminfo(info, option).map_err(unread)?;
        while !blocks.docs().is_empty() {
            // A field of exact values counts no occurrences: there is one.
            let once = blocks.freqs().is_empty();
            for (&doc, &tf) in blocks.docs().iter().zip(blocks.freqs()) {
                each(doc, self.points(segment, doc, tf, weight));
            }
            for &doc in blocks.docs().iter().filter(|doc| once && **doc != TERMINATED) {
                each(doc, self.points(segment, doc, 1, weight));
            }
            blocks.advance();
        }
        Ok(())
    }

    /// How long a document of a segment is, against the average; of long ones about.
    pub(crate) fn length(&self, segment: usize, doc: u32) -> f32 {
        self.words(segment, doc) / self.average
    }

    /// How many words a document of a segment has; of long ones about.
    pub(crate) fn words(&self, segment: usize, doc: u32) -> f32 {
        let norms = self.segments.get(segment).and_then(|segment| segment.norms.as_ref());
        norms.map_or(0.0, |norms| norms.fieldnorm(doc) as f32)
    }

    pub(crate) fn points(&self, segment: &SegmentField, doc: u32, tf: u32, weight: f32) -> f32 {
        let code = segment.norms.as_ref().map_or(1, |norms| norms.fieldnorm_id(doc));
        let length = self.lengths.get(usize::from(code)).copied().unwrap_or(K1);
        let tf = tf as f32;
        weight * (K1 + 1.0) * tf / (tf + length)
    }
}

/// Gives `each` every document of a segment that has the exact value, deleted ones too.
pub(crate) fn each_exact(
    segment: &SegmentReader,
    field: Field,
    value: &str,
    each: impl FnMut(u32),
) -> Result<(), Error> {
    let inverted = segment.inverted_index(field).map_err(failed)?;
    match inverted.get_term_info(&Term::from_field_text(field, value)).map_err(unread)? {
        Some(info) => each_of(&inverted, &info, each),
        None => Ok(()),
    }
}

pub(crate) fn each_of(inverted: &InvertedIndexReader, info: &TermInfo, mut each: impl FnMut(u32)) -> Result<(), Error> {
    let option = IndexRecordOption::Basic;
    let mut blocks = inverted.read_block_postings_from_terminfo(info, option).map_err(unread)?;
    while !blocks.docs().is_empty() {
        blocks.docs().iter().copied().filter(|doc| *doc != TERMINATED).for_each(&mut each);
        blocks.advance();
    }
    Ok(())
}

/// Gives `each` the place among `docs`, which are in order, of every one that has the exact value.
pub(crate) fn exact_among(
    segment: &SegmentReader,
    field: Field,
    value: &str,
    docs: &[u32],
    each: impl FnMut(usize),
) -> Result<(), Error> {
    let inverted = segment.inverted_index(field).map_err(failed)?;
    match inverted.get_term_info(&Term::from_field_text(field, value)).map_err(unread)? {
        Some(info) => each_among(&inverted, &info, docs, each),
        None => Ok(()),
    }
}

/// In how many living documents an exact value is.
pub(crate) fn exact_df(view: &View, field: Field, value: &str) -> Result<u64, Error> {
    let term = Term::from_field_text(field, value);
    let mut df = 0;
    for (segment, dead) in view.searcher.segment_readers().iter().zip(view.dead()) {
        let inverted = segment.inverted_index(field).map_err(failed)?;
        if let Some(info) = inverted.get_term_info(&term).map_err(unread)? {
            df += u64::from(info.doc_freq) - among(&inverted, &info, dead)?;
        }
    }
    Ok(df)
}

/// How many of these documents have the term.
fn among(inverted: &InvertedIndexReader, info: &TermInfo, docs: &[u32]) -> Result<u64, Error> {
    let mut counted = 0;
    each_among(inverted, info, docs, |_| counted += 1)?;
    Ok(counted)
}

/// Gives `each` the place among `docs`, which are in order, of every one that has the term.
fn each_among(
    inverted: &InvertedIndexReader,
    info: &TermInfo,
    docs: &[u32],
    mut each: impl FnMut(usize),
) -> Result<(), Error> {
    let mut left = docs.iter().copied().enumerate().peekable();
    if docs.is_empty() {
        return Ok(());
    }
    // A place is found in about the time in which so many are read.
    if (docs.len() as u64).saturating_mul(64) > u64::from(info.doc_freq) {
        return each_of(inverted, info, |has| {
            while left.next_if(|(_, doc)| *doc < has).is_some() {}
            if let Some((at, _)) = left.next_if(|(_, doc)| *doc == has) {
                each(at);
            }
        });
    }
    let mut postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic).map_err(unread)?;
    for (at, doc) in left {
        if postings.doc() < doc {
            postings.seek(doc);
        }
        if postings.doc() == doc {
            each(at);
        }
    }
    Ok(())
}
