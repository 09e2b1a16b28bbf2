//! Month by month, to draw.

use crate::{Case, Tiers};
use domain::Tier;
use serde::Serialize;

/// A calendar month in UTC, of the tickets that came in then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Month {
    /// Its first moment.
    pub from: i64,
    pub tickets: u64,
    pub escalated: u64,
    /// Solved by support alone.
    pub alone: u64,
    pub solved: u64,
    /// That the first tier had, and of these those that it handed on.
    pub l1: u64,
    pub l1_handed: u64,
    /// That the second tier had, and of these those that it handed to the third.
    pub l2: u64,
    pub l2_handed: u64,
}

/// Without gaps, oldest first; `month_of` gives the first moment of a time's month, and `next` that of the month after.
pub fn months(cases: &[&Case], tiers: &Tiers, month_of: impl Fn(i64) -> i64, next: impl Fn(i64) -> i64) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    let Some((first, last)) = cases.iter().map(|case| case.created_at).fold(None, |ends, at| match ends {
        None => Some((at, at)),
        Some((first, last)) => Some((at.min(first), at.max(last))),
    }) else {
        return months;
    };
    let mut from = month_of(first);
    while from <= last {
        months.push(Month { from, ..Month::default() });
        let after = next(from);
        if after <= from {
            break;
        }
        from = after;
    }
    for case in cases {
        let at = months.partition_point(|month| month.from <= case.created_at);
        let Some(month) = at.checked_sub(1).and_then(|at| months.get_mut(at)) else { continue };
        let way = tiers.way(case);
        let escalated = way.raised.is_some();
        month.tickets += 1;
        month.escalated += u64::from(escalated);
        month.solved += u64::from(case.done);
        month.alone += u64::from(case.done && !escalated);
        for (tier, had, passed) in
            [(Tier::L1, &mut month.l1, &mut month.l1_handed), (Tier::L2, &mut month.l2, &mut month.l2_handed)]
        {
            *had += u64::from(way.visited(tier));
            *passed += u64::from(way.passed(tier));
        }
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ticket_is_in_its_month_and_a_month_without_any_is_there_all_the_same() {
        let case = |created_at, done, engineer_at| Case { created_at, done, engineer_at, ..Case::default() };
        let cases = [case(105, true, None), case(101, true, Some(120)), case(330, false, None)];
        let cases: Vec<&Case> = cases.iter().collect();
        let months = months(&cases, &Tiers::default(), |at| at / 100 * 100, |from| from + 100);
        let told: Vec<_> = months.iter().map(|m| (m.from, m.tickets, m.escalated, m.alone, m.solved)).collect();
        assert_eq!(told, [(100, 2, 1, 1, 2), (200, 0, 0, 0, 0), (300, 1, 0, 0, 0)]);
    }
}
