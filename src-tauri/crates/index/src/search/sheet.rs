//! What the documents of one segment have of what was typed, one entry a document, one bit a clause.

use super::Tier;
use tantivy::SegmentReader;

/// More than any points: a document that has an identifier whole comes before those in whose texts it is a piece of a
/// longer one (`5.4.1` of `5.4.1-rc2`), and they before those that have only its parts side by side.
const WHOLE: f32 = 1000.0;
const PIECE: f32 = 100.0;

/// How a document has a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// An identifier, letter for letter.
    Whole,
    /// An identifier in a text, perhaps of a longer one.
    Piece,
    Exact,
    Begun,
    Near,
}

pub(super) struct Sheet {
    rows: Vec<Row>,
    /// Documents that have each clause, the mistyped left out.
    pub counts: [u32; 32],
    pub filters: Vec<u32>,
    /// Filled only where there is anything of the kind.
    whole: Vec<u32>,
    near: Vec<u32>,
}

/// Together, because they are read and written together.
#[derive(Clone, Copy, Default)]
struct Row {
    points: f32,
    exact: u32,
    begun: u32,
}

impl Sheet {
    pub(super) fn new(segment: &SegmentReader) -> Self {
        Self {
            rows: vec![Row::default(); segment.max_doc() as usize],
            counts: [0; 32],
            filters: Vec::new(),
            whole: Vec::new(),
            near: Vec::new(),
        }
    }

    pub(super) fn documents(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn add(&mut self, doc: u32, bit: u32, how: How, more: f32) {
        let doc = doc as usize;
        let documents = self.rows.len();
        let Some(row) = self.rows.get_mut(doc) else { return };
        row.points += if how == How::Piece { more + PIECE } else { more };
        if how != How::Near
            && (row.exact | row.begun) & bit == 0
            && let Some(count) = self.counts.get_mut(bit.trailing_zeros() as usize)
        {
            *count += 1;
        }
        match how {
            How::Whole => {
                row.exact |= bit;
                set(&mut self.whole, documents, doc, bit);
            }
            How::Piece | How::Exact => row.exact |= bit,
            How::Begun => row.begun |= bit,
            How::Near => set(&mut self.near, documents, doc, bit),
        }
    }

    /// The tier and the points of a document that has all that is `required`.
    pub(super) fn all(&self, doc: usize, required: u32) -> Option<(Tier, f32)> {
        let row = self.rows.get(doc)?;
        let begun = row.exact | row.begun;
        let tier = if row.exact & required == required {
            Tier::Exact
        } else if begun & required == required {
            Tier::Prefix
        } else if (begun | self.near.get(doc).copied().unwrap_or_default()) & required == required {
            Tier::Typo
        } else {
            return None;
        };
        Some((tier, row.points + self.whole(doc, required)))
    }

    /// The points of a document that has some of it: more of what was asked for comes before more of the same.
    pub(super) fn some(&self, doc: usize, required: u32) -> Option<(Tier, f32)> {
        let row = self.rows.get(doc)?;
        let had = row.exact | row.begun | self.near.get(doc).copied().unwrap_or_default();
        let share = (had & required).count_ones() as f32 / required.count_ones() as f32;
        let points = row.points + self.whole(doc, required);
        (had & required != 0).then_some((Tier::Partly, points * share))
    }

    fn whole(&self, doc: usize, required: u32) -> f32 {
        WHOLE * (self.whole.get(doc).copied().unwrap_or_default() & required).count_ones() as f32
    }
}

fn set(bits: &mut Vec<u32>, documents: usize, doc: usize, bit: u32) {
    if bits.is_empty() {
        bits.resize(documents, 0);
    }
    if let Some(slot) = bits.get_mut(doc) {
        *slot |= bit;
    }
}
