//! What the documents of one segment have of what was typed, one entry a document, one bit a clause.

use super::Tier;
use std::sync::{Mutex, PoisonError};
use tantivy::Searcher;

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

pub(super) struct Sheet<'a> {
    rows: &'a mut [Row],
    /// Documents that have each clause, the mistyped left out and the dead not.
    counts: [u32; 32],
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

/// Empty rows for every document there is.
pub(super) struct Rows(Vec<Row>);

/// Of the keypress before: to clear megabytes costs much less than to get them from the system anew.
static SPARE: Mutex<Vec<Row>> = Mutex::new(Vec::new());

impl Rows {
    pub(super) fn of(searcher: &Searcher) -> Self {
        let documents: usize = searcher.segment_readers().iter().map(|segment| segment.max_doc() as usize).sum();
        let mut rows = std::mem::take(&mut *SPARE.lock().unwrap_or_else(PoisonError::into_inner));
        rows.clear();
        rows.resize(documents, Row::default());
        Self(rows)
    }

    /// One for each segment.
    pub(super) fn sheets<'a>(&'a mut self, searcher: &Searcher) -> Vec<Sheet<'a>> {
        let mut left = self.0.as_mut_slice();
        let sheet = |documents: u32| {
            let (rows, rest) = std::mem::take(&mut left).split_at_mut(documents as usize);
            left = rest;
            Sheet { rows, counts: [0; 32], filters: Vec::new(), whole: Vec::new(), near: Vec::new() }
        };
        searcher.segment_readers().iter().map(|segment| segment.max_doc()).map(sheet).collect()
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        *SPARE.lock().unwrap_or_else(PoisonError::into_inner) = std::mem::take(&mut self.0);
    }
}

impl Sheet<'_> {
    pub(super) fn documents(&self) -> usize {
        self.rows.len()
    }

    /// How many documents have a clause, the mistyped and these dead ones left out.
    pub(super) fn living(&self, bit: u32, dead: &[u32]) -> u64 {
        let counted = self.counts.get(bit.trailing_zeros() as usize).copied().unwrap_or_default();
        let has = |doc: &&u32| self.rows.get(**doc as usize).is_some_and(|row| (row.exact | row.begun) & bit != 0);
        u64::from(counted) - dead.iter().filter(has).count() as u64
    }

    /// Inlined, so that nothing is asked of each document that is the same for all of them.
    #[inline(always)]
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

    /// Gives `found` every document that has all that is `required`, with its tier and its points; the last comes first.
    #[inline(always)]
    pub(super) fn all(&self, required: u32, mut found: impl FnMut(u32, Tier, f32)) {
        let more = !self.near.is_empty() || !self.whole.is_empty();
        for (doc, row) in (0..self.rows.len() as u32).zip(&*self.rows).rev() {
            let begun = row.exact | row.begun;
            let has = |bits: u32| bits & required == required;
            if !more {
                if has(begun) {
                    found(doc, if has(row.exact) { Tier::Exact } else { Tier::Prefix }, row.points);
                }
                continue;
            }
            let tier = if has(row.exact) {
                Tier::Exact
            } else if has(begun) {
                Tier::Prefix
            } else if has(begun | self.near(doc)) {
                Tier::Typo
            } else {
                continue;
            };
            found(doc, tier, row.points + self.whole(doc, required));
        }
    }

    /// The same of those that have some of it: more of what was asked for comes before more of the same.
    #[inline(always)]
    pub(super) fn some(&self, required: u32, mut found: impl FnMut(u32, Tier, f32)) {
        for (doc, row) in (0..self.rows.len() as u32).zip(&*self.rows).rev() {
            let had = (row.exact | row.begun | self.near(doc)) & required;
            if had != 0 {
                let share = had.count_ones() as f32 / required.count_ones() as f32;
                found(doc, Tier::Partly, (row.points + self.whole(doc, required)) * share);
            }
        }
    }

    fn near(&self, doc: u32) -> u32 {
        self.near.get(doc as usize).copied().unwrap_or_default()
    }

    fn whole(&self, doc: u32, required: u32) -> f32 {
        WHOLE * (self.whole.get(doc as usize).copied().unwrap_or_default() & required).count_ones() as f32
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
