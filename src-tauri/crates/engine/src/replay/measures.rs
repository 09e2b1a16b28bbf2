//! The measures of an exam. Pure.

use super::kept::Asked;
use crate::api::view::Measures;

/// A right answer further down than this counts for nothing in nDCG.
const NDCG_AT: u32 = 10;

/// How old the newest right answer was: under a month, under half a year, older.
pub(super) const AGES: [(&str, f64); 3] = [("month", 30.0), ("half_year", 180.0), ("older", f64::INFINITY)];

pub(super) fn age(asked: &Asked) -> Option<&'static str> {
    let days = asked.days?;
    AGES.iter().find(|(_, until)| days < *until).map(|(name, _)| *name)
}

/// Of one way to rank. Places beyond `k` count as not found.
pub(super) fn measures<'a>(asked: impl Iterator<Item = &'a Asked>, configuration: usize, k: u32) -> Measures {
    let asked: Vec<&Asked> = asked.collect();
    let n = asked.len() as f64;
    let share = |count: usize| if asked.is_empty() { 0.0 } else { count as f64 / n };
    let hit = |within: u32| share(asked.iter().filter(|one| one.is_within(configuration, within.min(k))).count());
    let places = asked.iter().filter_map(|one| one.place(configuration).filter(|place| *place <= k));
    let reciprocal: f64 = places.map(|place| 1.0 / f64::from(place)).sum();
    let gain: f64 = asked.iter().map(|one| ndcg(one, configuration, k)).sum();
    let mut ms: Vec<f64> = asked.iter().map(|one| one.ms).collect();
    ms.sort_by(f64::total_cmp);
    let quantile = |part: f64| ms.get((ms.len() as f64 * part) as usize).copied().unwrap_or_default();
    Measures {
        n: asked.len() as u64,
        hit_at_1: hit(1),
        hit_at_5: hit(5),
        hit_at_10: hit(10),
        mrr: if asked.is_empty() { 0.0 } else { reciprocal / n },
        ndcg_at_10: if asked.is_empty() { 0.0 } else { gain / n },
        ceiling: share(asked.iter().filter(|one| one.found).count()),
        p50_ms: quantile(0.5),
        p95_ms: quantile(0.95),
    }
}

fn ndcg(asked: &Asked, configuration: usize, k: u32) -> f64 {
    let discount = |place: u32| 1.0 / f64::from(place + 1).log2();
    let places = asked.places.get(configuration).into_iter().flatten().filter(|place| **place <= NDCG_AT.min(k));
    let ideal: f64 = (1..=asked.right.min(NDCG_AT)).map(discount).sum();
    if ideal > 0.0 { places.map(|place| discount(*place)).sum::<f64>() / ideal } else { 0.0 }
}

/// Whether so many gains and losses differ by more than chance would have it: beyond two standard deviations of a fair coin.
pub(super) fn is_beyond_chance(better: u64, worse: u64) -> bool {
    let (won, all) = (better.abs_diff(worse) as f64, (better + worse) as f64);
    won > 2.0 * all.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(right: u32, places: &[u32], ms: f64) -> Asked {
        Asked {
            ticket: "files:T".into(),
            label: Some("duplicate".into()),
            days: Some(1.0),
            right,
            answer: None,
            found: !places.is_empty(),
            places: vec![places.to_vec()],
            first: vec![None],
            sure: Vec::new(),
            sure_otherwise: Vec::new(),
            ms,
        }
    }

    #[test]
    fn the_measures_are_those_that_were_worked_out_by_hand() {
        let all = [asked(1, &[1], 1.0), asked(2, &[3, 7], 2.0), asked(1, &[12], 3.0), asked(3, &[], 4.0)];
        let of = measures(all.iter(), 0, 20);
        assert_eq!((of.n, of.hit_at_1, of.hit_at_5, of.hit_at_10, of.ceiling), (4, 0.25, 0.5, 0.5, 0.75));
        assert!((of.mrr - (1.0 + 1.0 / 3.0 + 1.0 / 12.0) / 4.0).abs() < 1e-12);
        let second = (1.0 / 4f64.log2() + 1.0 / 8f64.log2()) / (1.0 + 1.0 / 3f64.log2());
        assert!((of.ndcg_at_10 - (1.0 + second) / 4.0).abs() < 1e-12);
        assert_eq!((of.p50_ms, of.p95_ms), (3.0, 4.0));
        assert!(
            (measures(all.iter(), 0, 10).mrr - (1.0 + 1.0 / 3.0) / 4.0).abs() < 1e-12,
            "beyond the tenth is not found"
        );
    }

    #[test]
    fn nothing_asked_is_measured_as_nothing() {
        let of = measures([].iter(), 0, 10);
        assert_eq!((of.n, of.hit_at_10, of.mrr, of.ndcg_at_10, of.p95_ms), (0, 0.0, 0.0, 0.0, 0.0));
    }

    #[test]
    fn a_few_more_gains_than_losses_are_chance_and_many_more_are_not() {
        assert!(
            !is_beyond_chance(7, 4) && is_beyond_chance(20, 4) && is_beyond_chance(4, 20) && !is_beyond_chance(0, 0)
        );
    }
}
