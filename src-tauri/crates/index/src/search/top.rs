//! The best hits so far.

use domain::DocId;

#[derive(Clone, Copy, Debug)]
struct Hit {
    points: f32,
    created: i64,
    doc: DocId,
}

/// Best first; of equal points the newest, then the lowest id.
pub(super) struct Top {
    k: usize,
    /// Below this no document can be among the best.
    bar: f32,
    hits: Vec<Hit>,
}

impl Top {
    pub(super) fn new(k: usize) -> Self {
        Self { k, bar: f32::NEG_INFINITY, hits: Vec::new() }
    }

    pub(super) fn wants(&self, points: f32) -> bool {
        points >= self.bar && self.k > 0
    }

    pub(super) fn take(&mut self, doc: DocId, points: f32, created: i64) {
        self.hits.push(Hit { points, created, doc });
        if self.hits.len() > 2 * self.k + 64 {
            self.trim();
        }
    }

    fn trim(&mut self) {
        self.hits.sort_unstable_by(|a, b| {
            b.points.total_cmp(&a.points).then(b.created.cmp(&a.created)).then(a.doc.cmp(&b.doc))
        });
        self.hits.truncate(self.k);
        if self.hits.len() == self.k {
            self.bar = self.hits.last().map_or(f32::NEG_INFINITY, |last| last.points);
        }
    }

    pub(super) fn into_vec(mut self) -> Vec<(DocId, f32)> {
        self.trim();
        self.hits.into_iter().map(|hit| (hit.doc, hit.points)).collect()
    }
}
