//! Time that suggestions saved: only where somebody said that they used one, and only against tickets of the same error.

use super::{Figure, Told};
use crate::numbers::spread;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Its value is the least: a ticket without escalated peers saved nothing. `at_most` takes all escalated tickets for its peers.
pub(super) fn saved(name: &'static str, told: &[Told<'_>], cohort: &[&Told<'_>]) -> Figure {
    let used: Vec<&&Told<'_>> = cohort.iter().filter(|one| one.case.used).collect();
    let kept: Vec<&&&Told<'_>> = used.iter().filter(|one| one.raised.is_none() && one.case.hours().is_some()).collect();
    // By problem, escalated tickets that were solved: which, and in how many hours.
    let mut peers: HashMap<i64, Vec<(i64, f64)>> = HashMap::new();
    let mut all = Vec::new();
    for one in told.iter().filter(|one| one.raised.is_some()) {
        let Some(hours) = one.case.hours() else { continue };
        all.push(hours);
        for problem in &one.case.problems {
            peers.entry(*problem).or_default().push((one.case.row, hours));
        }
    }
    let overall = spread(all).map_or(0.0, |spread| spread.median);
    let (mut least, mut most) = (0.0, 0.0);
    for one in &kept {
        let own = one.case.hours().unwrap_or_default();
        let of = one.case.problems.iter().filter_map(|problem| peers.get(problem)).flatten();
        let of: BTreeMap<i64, f64> = of.copied().collect();
        let typical = spread(of.into_values().collect()).map(|spread| spread.median);
        least += (typical.unwrap_or(0.0) - own).max(0.0);
        most += (typical.unwrap_or(overall) - own).max(0.0);
    }
    let rows: BTreeSet<i64> = kept.iter().map(|one| one.case.row).collect();
    let has = !used.is_empty();
    Figure {
        value: has.then_some(least),
        at_most: has.then_some(most),
        of: used.len() as u64,
        count: kept.len() as u64,
        rows: used.iter().map(|one| one.case.row).filter(|row| rows.contains(row)).collect(),
        base: used.iter().map(|one| one.case.row).collect(),
        ..Figure::none(name)
    }
}
