//! Term at a time over one segment into a dense array, and the best of it.

use super::{Scored, go_on, scope::Gate, select::Chosen};
use crate::Error;
use domain::Millis;
use tantivy::SegmentReader;

/// The points of every document of the segment.
pub(super) fn segment(
    chosen: &Chosen,
    at: usize,
    segment: &SegmentReader,
    cancel: &dyn Fn() -> bool,
) -> Result<Vec<f32>, Error> {
    let mut points = vec![0.0; segment.max_doc() as usize];
    for part in chosen.terms.iter().flat_map(|term| &term.parts) {
        go_on(cancel)?;
        let Some(field) = chosen.fields.get(part.field) else { continue };
        let (Some(Some(info)), Some(here)) = (part.found.infos.get(at), field.segments.get(at)) else { continue };
        field.score(here, info, part.weight, |doc, more| {
            if let Some(slot) = points.get_mut(doc as usize) {
                *slot += more;
            }
        })?;
    }
    Ok(points)
}

/// The best documents so far. Equal points are told apart by id, never by where a document happens to lie.
pub(super) struct Best {
    most: usize,
    /// Below this no document can be among the best.
    bar: f32,
    found: Vec<Scored>,
}

impl Best {
    pub(super) fn new(most: usize) -> Self {
        Self { most, bar: 0.0, found: Vec::new() }
    }

    pub(super) fn take_all(&mut self, segment: usize, points: &[f32], gate: &Gate) {
        for (doc, points) in (0u32..).zip(points.iter().copied()) {
            // The gate reads columns: ask it only about documents that could make it.
            if points > 0.0 && points >= self.bar {
                self.take(segment, doc, points, gate);
            }
        }
    }

    /// As [`Best::take_all`], of the documents since a moment.
    pub(super) fn take_since(&mut self, segment: usize, points: &[f32], gate: &Gate, since: Millis) {
        for doc in gate.since(since.0) {
            let points = points.get(doc as usize).copied().unwrap_or_default();
            if points > 0.0 {
                self.take(segment, doc, points, gate);
            }
        }
    }

    pub(super) fn take(&mut self, segment: usize, doc: u32, points: f32, gate: &Gate) {
        if points < self.bar {
            return;
        }
        let Some(id) = gate.admits(doc) else { return };
        self.found.push(Scored { segment, doc, id, points });
        if self.found.len() > 2 * self.most + 64 {
            self.trim();
        }
    }

    fn trim(&mut self) {
        self.found.sort_unstable_by(|a, b| b.points.total_cmp(&a.points).then(a.id.cmp(&b.id)));
        // One that shares two marks comes twice, with the same points and so side by side.
        self.found.dedup_by_key(|scored| scored.id);
        self.found.truncate(self.most);
        if self.found.len() == self.most {
            self.bar = self.found.last().map_or(0.0, |last| last.points);
        }
    }

    pub(super) fn into_vec(mut self) -> Vec<Scored> {
        self.trim();
        self.found
    }
}
