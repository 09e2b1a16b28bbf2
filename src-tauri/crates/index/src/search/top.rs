//! The best hits of a page.

use super::Tier;
use domain::DocId;
use std::cmp::Ordering;

/// Where a hit stands among all: a total order, the same however the index is cut up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub tier: Tier,
    pub points: f32,
    pub created: i64,
    pub doc: DocId,
}

impl Place {
    /// Better first: the tier, the points; of equals the newest, then the lowest id.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        self.tier
            .cmp(&other.tier)
            .then(other.points.total_cmp(&self.points))
            .then(other.created.cmp(&self.created))
            .then(self.doc.cmp(&other.doc))
    }
}

/// The best hits so far of those after where the page before ended.
pub(super) struct Top {
    k: usize,
    after: Option<Place>,
    /// The last of `k` hits: what is worse than this is not among the best.
    bar: Option<Place>,
    hits: Vec<Place>,
    passed_over: bool,
}

impl Top {
    pub(super) fn new(k: usize, after: Option<Place>) -> Self {
        Self { k, after, bar: None, hits: Vec::new(), passed_over: false }
    }

    /// When it was made, where it may be among the best: cheap, so that what is not is read no further.
    pub(super) fn wants(&mut self, tier: Tier, points: f32, created: impl FnOnce() -> i64) -> Option<i64> {
        let (tier_after, points_after) =
            self.after.map_or((Tier::Exact, f32::INFINITY), |last| (last.tier, last.points));
        if tier < tier_after || tier == tier_after && points > points_after {
            return None;
        }
        if let Some(bar) = self.bar.filter(|bar| tier > bar.tier || tier == bar.tier && points <= bar.points) {
            let created = (tier == bar.tier && points == bar.points).then(created);
            let level = created.filter(|created| *created >= bar.created);
            self.passed_over |= level.is_none();
            return level;
        }
        Some(created())
    }

    pub(super) fn take(&mut self, place: Place) {
        if self.after.is_some_and(|last| place.order(&last).is_le()) {
            return;
        }
        if self.bar.is_some_and(|bar| place.order(&bar).is_gt()) {
            self.passed_over = true;
            return;
        }
        self.hits.push(place);
        if self.hits.len() > 2 * self.k + 64 {
            self.trim();
        }
    }

    fn trim(&mut self) {
        self.hits.sort_unstable_by(Place::order);
        self.passed_over |= self.hits.len() > self.k;
        self.hits.truncate(self.k);
        if self.hits.len() == self.k {
            self.bar = self.hits.last().copied();
        }
    }

    /// The hits, best first, and whether there are more after them.
    pub(super) fn into_page(mut self) -> (Vec<Place>, bool) {
        self.trim();
        (self.hits, self.passed_over)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place() -> impl Strategy<Value = Place> {
        let tier = prop::sample::select(Tier::ALL.to_vec());
        (tier, 0u8..4, 0i64..4, 0i64..6).prop_map(|(tier, points, created, row)| Place {
            tier,
            points: f32::from(points),
            created,
            doc: DocId::ticket(row),
        })
    }

    proptest! {
        #[test]
        fn the_order_of_hits_is_total(a in place(), b in place(), c in place()) {
            prop_assert_eq!(a.order(&b), b.order(&a).reverse());
            prop_assert_eq!(a.order(&b).is_eq(), a == b);
            if a.order(&b).is_le() && b.order(&c).is_le() {
                prop_assert!(a.order(&c).is_le());
            }
        }

        #[test]
        fn page_after_page_gives_every_hit_once_and_in_order(all in prop::collection::vec(place(), 0..200), k in 1usize..9) {
            let mut all = all;
            all.sort_by(Place::order);
            all.dedup();
            let (mut paged, mut after) = (Vec::new(), None);
            loop {
                let mut top = Top::new(k, after);
                for place in all.iter().rev() {
                    if top.wants(place.tier, place.points, || place.created).is_some() {
                        top.take(*place);
                    }
                }
                let (hits, more) = top.into_page();
                after = hits.last().copied();
                paged.extend(hits);
                if !more {
                    break;
                }
            }
            prop_assert_eq!(paged, all);
        }
    }
}
