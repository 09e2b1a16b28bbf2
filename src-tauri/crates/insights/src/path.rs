//! The way of a ticket through the tiers, and when it reached engineering.

use crate::{Case, Tiers};
use domain::Tier;
use serde::Serialize;

/// From one group to another; within a tier, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub at: i64,
    pub from: Tier,
    pub to: Tier,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RaisedBy {
    Group,
    Engineer,
    Issue,
}

/// When engineering got a ticket, and by which part of the rule it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raised {
    pub at: i64,
    pub by: RaisedBy,
}

/// Where a tag or an agent says another tier than the group that has it, it was handed on within: nobody wrote down when, and
/// not before that group got it.
pub fn steps(case: &Case, tiers: &Tiers) -> Vec<Step> {
    let tier = |group: &Option<String>| tiers.of(group.as_deref());
    let handed = case.handovers.iter().map(|one| Step { at: one.at, from: tier(&one.from), to: tier(&one.to) });
    let mut steps: Vec<Step> = handed.collect();
    if let Some(to) = tiers.own(case.row) {
        let (at, from) = steps.last().map_or((case.created_at, tier(&case.group)), |last| (last.at, last.to));
        steps.extend((from != to).then_some(Step { at, from, to }));
    }
    steps
}

/// What figures ask of the way of a ticket, again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Way {
    /// Each tier that had it: where it began, and wherever it was handed.
    visited: [bool; 3],
    /// The first and the second tier handed it upwards.
    passed: [bool; 2],
    pub(crate) raised: Option<Raised>,
}

impl Way {
    pub(crate) fn of(case: &Case, tiers: &Tiers) -> Self {
        let steps = steps(case, tiers);
        let mut visited = [false; 3];
        let mut visit = |tier: Tier| {
            if let Some(visited) = visited.get_mut(tier as usize) {
                *visited = true;
            }
        };
        steps.iter().for_each(|step| [step.from, step.to].into_iter().for_each(&mut visit));
        if steps.is_empty() {
            visit(tiers.of(case.group.as_deref()));
        }
        let passed = |from: Tier| steps.iter().any(|step| step.from == from && step.to > from);
        let passed = [passed(Tier::L1), passed(Tier::L2)];
        let reached = visited.last() == Some(&true);
        Self { visited, passed, raised: first_raised(case, tiers, &steps, reached) }
    }

    pub(crate) fn visited(&self, tier: Tier) -> bool {
        self.visited.get(tier as usize) == Some(&true)
    }

    pub(crate) fn passed(&self, from: Tier) -> bool {
        self.passed.get(from as usize) == Some(&true)
    }
}

/// Whether a tier ever had it.
pub fn entered(case: &Case, tiers: &Tiers, tier: Tier) -> bool {
    tiers.way(case).visited(tier)
}

pub fn raised(case: &Case, tiers: &Tiers) -> Option<Raised> {
    tiers.way(case).raised
}

/// The surest moment first: handed to a group of the third tier, else an engineer's first word, else, of one that began in
/// such a group or is tied to an issue at an unknown time, when it came in.
fn first_raised(case: &Case, tiers: &Tiers, steps: &[Step], reached: bool) -> Option<Raised> {
    let rule = tiers.rule;
    if rule.group && reached {
        let handed = || steps.iter().find(|step| step.to == Tier::L3 && step.from != Tier::L3);
        let at = match steps.first() {
            Some(first) if first.from == Tier::L3 => case.created_at,
            _ => handed().map_or(case.created_at, |step| step.at),
        };
        return Some(Raised { at, by: RaisedBy::Group });
    }
    match case.engineer_at.filter(|_| rule.engineer) {
        Some(at) => Some(Raised { at, by: RaisedBy::Engineer }),
        None => (rule.issue && case.issue).then_some(Raised { at: case.created_at, by: RaisedBy::Issue }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Handover, Rule};

    fn case(handovers: &[(i64, &str, &str)]) -> Case {
        let one = |(at, from, to): &(i64, &str, &str)| Handover {
            at: *at,
            from: Some((*from).to_owned()),
            to: Some((*to).to_owned()),
        };
        Case { created_at: 10, handovers: handovers.iter().map(one).collect(), ..Case::default() }
    }

    #[test]
    fn three_changes_of_the_group_are_three_steps_with_their_tiers_and_times() {
        let case = case(&[(20, "Desk", "L2 Apps"), (30, "L2 Apps", "Engineering"), (40, "Engineering", "L2 Apps")]);
        let steps = steps(&case, &Tiers::default());
        let told: Vec<_> = steps.iter().map(|step| (step.at, step.from, step.to)).collect();
        assert_eq!(told, [(20, Tier::L1, Tier::L2), (30, Tier::L2, Tier::L3), (40, Tier::L3, Tier::L2)]);
        assert_eq!(raised(&case, &Tiers::default()), Some(Raised { at: 30, by: RaisedBy::Group }));
    }

    #[test]
    fn what_a_tag_or_an_agent_says_is_one_more_step_from_the_group_that_has_it_now() {
        let of = |case: &Case, tier| {
            let tiers = Tiers::default().reading([], [(case.row, tier)].into(), &[]);
            let steps: Vec<_> = steps(case, &tiers).iter().map(|step| (step.at, step.from, step.to)).collect();
            (steps, raised(case, &tiers).map(|raised| raised.at))
        };
        let desk = Case { group: Some("Desk".into()), ..case(&[]) };
        assert_eq!(of(&desk, Tier::L3), (vec![(10, Tier::L1, Tier::L3)], Some(10)));
        assert_eq!(of(&desk, Tier::L1), (vec![], None), "it says what the group says");
        let handed = case(&[(20, "Desk", "L2 Apps")]);
        let first = (20, Tier::L1, Tier::L2);
        assert_eq!(of(&handed, Tier::L3), (vec![first, (20, Tier::L2, Tier::L3)], Some(20)));
        assert_eq!(of(&handed, Tier::L2), (vec![first], None));
    }

    #[test]
    fn each_part_of_the_rule_counts_alone_and_none_that_was_not_chosen() {
        let of = |case: &Case, issue, group, engineer| {
            let tiers = Tiers { rule: Rule { issue, group, engineer }, ..Tiers::default() };
            raised(case, &tiers).map(|raised| (raised.at, raised.by))
        };
        let wrote = Case { engineer_at: Some(25), issue: true, ..case(&[(20, "Desk", "L2 Apps")]) };
        assert_eq!(of(&wrote, true, true, true), Some((25, RaisedBy::Engineer)));
        assert_eq!(of(&wrote, true, true, false), Some((10, RaisedBy::Issue)));
        assert_eq!(of(&wrote, false, true, false), None);
        let began = Case { group: Some("Engineering".into()), ..case(&[]) };
        assert_eq!(of(&began, false, true, false), Some((10, RaisedBy::Group)));
        assert_eq!(of(&began, true, false, true), None);
    }
}
