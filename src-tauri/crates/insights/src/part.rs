//! Tickets that have something in common, to tell cohorts apart.

use crate::{Case, Period, Tiers, entered};
use domain::Tier;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// `None`: of no product.
    Product(Option<String>),
    /// The first that a ticket is about.
    Version(Option<String>),
    /// The highest that had it.
    Tier(Tier),
    /// That came in then.
    Within(Period),
    /// That engineering had, or had not.
    Escalated(bool),
    /// For which somebody said that a suggestion was used, or for which nobody did.
    Used(bool),
    /// That were opened again after they were solved, or were not.
    Reopened(bool),
}

impl Part {
    pub fn has(&self, case: &Case, tiers: &Tiers) -> bool {
        match self {
            Self::Product(product) => case.product == *product,
            Self::Version(version) => case.version == *version,
            Self::Tier(tier) => highest(case, tiers) == *tier,
            Self::Within(period) => period.has(case.created_at),
            Self::Escalated(was) => tiers.way(case).raised.is_some() == *was,
            Self::Used(was) => case.used == *was,
            Self::Reopened(was) => case.reopened() == *was,
        }
    }
}

/// The highest tier that ever had it.
pub fn highest(case: &Case, tiers: &Tiers) -> Tier {
    let had = |tier: &Tier| entered(case, tiers, *tier);
    [Tier::L3, Tier::L2].into_iter().find(had).unwrap_or(Tier::L1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Handover;

    #[test]
    fn a_ticket_is_in_the_part_of_what_it_is_about_who_had_it_and_what_became_of_it() {
        let handover = Handover { at: 5, from: Some("L2 Apps".into()), to: Some("Desk".into()) };
        let case = Case {
            created_at: 3,
            product: Some("Shop".into()),
            version: Some("2.2.0".into()),
            group: Some("Desk".into()),
            solved_at: Some(7),
            engineer_at: Some(6),
            handovers: vec![handover],
            ..Case::default()
        };
        let has = |part: Part| part.has(&case, &Tiers::default());
        assert!(has(Part::Product(Some("Shop".into()))) && !has(Part::Product(None)));
        assert!(has(Part::Version(Some("2.2.0".into()))) && !has(Part::Version(Some("2.2".into()))));
        assert!(has(Part::Tier(Tier::L2)) && !has(Part::Tier(Tier::L1)), "it was with the second tier once");
        assert!(has(Part::Escalated(true)) && !has(Part::Escalated(false)), "an engineer wrote in it");
        assert!(has(Part::Reopened(true)) && !has(Part::Reopened(false)), "it was solved and is not any more");
        assert!(has(Part::Used(false)) && !has(Part::Used(true)));
        assert!(has(Part::Within(Period { from: 3, until: 4 })) && !has(Part::Within(Period { from: 4, until: 9 })));
    }
}
