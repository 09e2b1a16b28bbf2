//! What a package lacks: facts that are missing, and facts that were known once and got lost on the way.

use crate::{Fact, Package};

#[cfg(test)]
pub(crate) mod generated;

/// A fact that somebody had told by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    pub fact: Fact,
    /// UTC milliseconds.
    pub at: i64,
    /// How many handoffs the ticket had behind it.
    pub handoffs: usize,
}

/// It was known, and is not in the package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost {
    pub fact: Fact,
    /// When it was known first.
    pub at: i64,
    pub handoffs: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lint {
    pub filled: usize,
    /// What does not apply is in neither number.
    pub needed: usize,
    pub missing: Vec<Fact>,
    /// Whether they are needed or not.
    pub lost: Vec<Lost>,
    /// Nothing is handed over without one.
    pub reason_missing: bool,
}

impl Lint {
    /// Between 0 and 1; a package that needs nothing is complete.
    pub fn completeness(&self) -> f64 {
        if self.needed == 0 { 1.0 } else { self.filled as f64 / self.needed as f64 }
    }
}

/// `known`: what was told in the ticket's conversation, in any order.
pub fn lint(package: &Package, known: &[Known]) -> Lint {
    let applies = |fact: &Fact| !package.waived.contains(fact);
    let needed: Vec<Fact> =
        Fact::ALL.into_iter().filter(|fact| package.needed.contains(fact) && applies(fact)).collect();
    let missing: Vec<Fact> = needed.iter().copied().filter(|fact| !package.has(*fact)).collect();
    let absent = Fact::ALL.into_iter().filter(|fact| applies(fact) && !package.has(*fact));
    let lost = absent.filter_map(|fact| {
        let first = known.iter().filter(|known| known.fact == fact).min_by_key(|known| known.at)?;
        Some(Lost { fact, at: first.at, handoffs: first.handoffs })
    });
    Lint {
        filled: needed.len() - missing.len(),
        needed: needed.len(),
        lost: lost.collect(),
        missing,
        reason_missing: package.reason.is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reason;
    use std::collections::BTreeSet;

    #[test]
    fn of_200_packages_with_facts_removed_every_removal_is_found_and_nothing_else() {
        let mut removals = 0;
        for seed in 0..200 {
            let (mut package, mut random) = (generated::full(seed), generated::Random(seed));
            let known: Vec<Known> = Fact::ALL.iter().map(|&fact| Known { fact, at: 5, handoffs: 1 }).collect();
            assert_eq!(lint(&package, &known).missing, [], "seed {seed}: nothing was removed yet");
            let removed: BTreeSet<Fact> = Fact::ALL.into_iter().filter(|_| random.below(3) == 0).collect();
            for fact in &removed {
                generated::remove(&mut package, *fact, &mut random);
            }
            removals += removed.len();
            let found = lint(&package, &known);
            assert_eq!(found.missing.iter().copied().collect::<BTreeSet<_>>(), removed, "seed {seed}");
            assert_eq!(found.lost.iter().map(|lost| lost.fact).collect::<BTreeSet<_>>(), removed, "seed {seed}");
            assert_eq!(found.filled, Fact::ALL.len() - removed.len());
        }
        assert!(removals > 1000, "{removals} removals are too few to say anything");
    }

    #[test]
    fn what_does_not_apply_is_neither_missing_nor_counted() {
        let mut package = generated::full(1);
        package.customer.role.clear();
        package.waived = vec![Fact::Role];
        let found = lint(&package, &[Known { fact: Fact::Role, at: 1, handoffs: 0 }]);
        assert_eq!((found.missing, found.lost, found.needed), (vec![], vec![], Fact::ALL.len() - 1));
    }

    #[test]
    fn a_fact_that_is_not_needed_and_got_lost_is_told_with_when_it_was_known_first() {
        let mut package = generated::full(1);
        package.customer.plan.clear();
        package.needed.retain(|fact| *fact != Fact::Plan);
        let known = [3, 2].map(|at| Known { fact: Fact::Plan, at, handoffs: at as usize });
        let found = lint(&package, &known);
        assert_eq!(found.lost, [Lost { fact: Fact::Plan, at: 2, handoffs: 2 }]);
        assert!(found.missing.is_empty() && found.completeness() >= 1.0);
    }

    #[test]
    fn a_package_without_a_reason_says_so() {
        let mut package = generated::full(1);
        assert!(!lint(&package, &[]).reason_missing);
        package.reason = None;
        assert!(lint(&package, &[]).reason_missing);
        package.reason = Some(Reason::NoAccess);
        assert!(!lint(&package, &[]).reason_missing);
    }

    #[test]
    fn one_step_is_no_way_to_reproduce_anything() {
        let mut package = generated::full(1);
        package.reproduction.steps = vec!["Open it".into(), " ".into()];
        assert_eq!(lint(&package, &[]).missing, [Fact::Steps]);
    }
}
