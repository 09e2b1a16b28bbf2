//! Errors that never got past engineering: what support was not taught yet.

use crate::{Case, Tiers, raised};
use std::collections::BTreeMap;

/// Each error or known error of which several tickets were solved, and every one of them by engineering; most tickets first.
/// With the rows of its tickets.
pub fn engineer_only(cases: &[&Case], tiers: &Tiers) -> Vec<(i64, Vec<i64>)> {
    let mut of: BTreeMap<i64, (Vec<i64>, bool)> = BTreeMap::new();
    for case in cases.iter().filter(|case| case.done) {
        let escalated = raised(case, tiers).is_some();
        for problem in &case.problems {
            let (rows, alone) = of.entry(*problem).or_default();
            rows.push(case.row);
            *alone |= !escalated;
        }
    }
    let mut only: Vec<(i64, Vec<i64>)> = of
        .into_iter()
        .filter(|(_, (rows, alone))| !alone && rows.len() > 1)
        .map(|(problem, (rows, _))| (problem, rows))
        .collect();
    only.sort_by(|(a, of_a), (b, of_b)| of_b.len().cmp(&of_a.len()).then(a.cmp(b)));
    only
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_support_solved_once_is_none_of_engineerings_own() {
        let case = |row, problem, engineer_at| Case {
            row,
            problems: vec![problem],
            done: true,
            engineer_at,
            ..Case::default()
        };
        let cases =
            [case(1, 7, Some(1)), case(2, 7, Some(1)), case(3, 8, Some(1)), case(4, 8, None), case(5, 9, Some(1))];
        let cases: Vec<&Case> = cases.iter().collect();
        assert_eq!(engineer_only(&cases, &Tiers::default()), [(7, vec![1, 2])]);
    }
}
