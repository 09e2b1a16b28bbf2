//! Errors that never got past engineering: what support was not taught yet.

use crate::{Case, Tiers, highest, raised};
use domain::Tier;
use std::collections::BTreeMap;

/// Which tiers solved an error or a known error: groups and tiers, never a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capability {
    pub problem: i64,
    /// Rows of its solved tickets, by the highest tier that each of them needed.
    pub by: [Vec<i64>; 3],
    /// The lowest that ever solved it.
    pub lowest: Tier,
}

impl Capability {
    /// What could be moved down by a tier: tickets that needed more than the lowest that solves it, or the tier below it.
    pub fn weight(&self) -> usize {
        let [_, second, third] = &self.by;
        second.len() + 3 * third.len()
    }
}

/// Each of which several tickets were solved and held; what is worth moving down most comes first.
pub fn capabilities(cases: &[&Case], tiers: &Tiers) -> Vec<Capability> {
    let mut of: BTreeMap<i64, [Vec<i64>; 3]> = BTreeMap::new();
    for case in cases.iter().filter(|case| case.done) {
        // An engineer's word is the third tier's, in whichever group.
        let tier = if raised(case, tiers).is_some() { Tier::L3 } else { highest(case, tiers) };
        for problem in &case.problems {
            if let Some(rows) = of.entry(*problem).or_default().get_mut(tier as usize) {
                rows.push(case.row);
            }
        }
    }
    let several = |by: &[Vec<i64>; 3]| by.iter().map(Vec::len).sum::<usize>() > 1;
    let mut all: Vec<Capability> = of
        .into_iter()
        .filter(|(_, by)| several(by))
        .map(|(problem, by)| {
            let tiers = [Tier::L1, Tier::L2, Tier::L3].into_iter().zip(&by);
            let lowest = tiers.filter(|(_, rows)| !rows.is_empty()).map(|(tier, _)| tier).next().unwrap_or(Tier::L3);
            Capability { problem, by, lowest }
        })
        .collect();
    all.sort_by(|a, b| b.weight().cmp(&a.weight()).then(a.problem.cmp(&b.problem)));
    all
}

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

    #[test]
    fn a_capability_is_of_the_lowest_tier_that_solved_it_and_what_engineering_had_most_comes_first() {
        let case = |row, problem, group: &str, engineer_at| Case {
            row,
            problems: vec![problem],
            done: true,
            group: Some(group.into()),
            engineer_at,
            ..Case::default()
        };
        let cases = [
            case(1, 7, "Desk", None),
            case(2, 7, "L2 Apps", None),
            case(3, 8, "Engineering", None),
            case(4, 8, "Desk", Some(1)),
            case(5, 9, "Desk", None),
        ];
        let cases: Vec<&Case> = cases.iter().collect();
        let told = capabilities(&cases, &Tiers::default());
        let told: Vec<_> = told.iter().map(|one| (one.problem, one.lowest, one.by.clone())).collect();
        assert_eq!(told, [(8, Tier::L3, [vec![], vec![], vec![3, 4]]), (7, Tier::L1, [vec![1], vec![2], vec![]]),]);
    }
}
