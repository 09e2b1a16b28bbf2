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
}

impl Part {
    pub fn has(&self, case: &Case, tiers: &Tiers) -> bool {
        match self {
            Self::Product(product) => case.product == *product,
            Self::Version(version) => case.version == *version,
            Self::Tier(tier) => highest(case, tiers) == *tier,
            Self::Within(period) => period.has(case.created_at),
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
    fn a_ticket_is_in_the_part_of_its_product_its_version_its_highest_tier_and_its_month() {
        let handover = Handover { at: 5, from: Some("L2 Apps".into()), to: Some("Desk".into()) };
        let case = Case {
            created_at: 3,
            product: Some("Shop".into()),
            version: Some("2.2.0".into()),
            group: Some("Desk".into()),
            handovers: vec![handover],
            ..Case::default()
        };
        let has = |part: Part| part.has(&case, &Tiers::default());
        assert!(has(Part::Product(Some("Shop".into()))) && !has(Part::Product(None)));
        assert!(has(Part::Version(Some("2.2.0".into()))) && !has(Part::Version(Some("2.2".into()))));
        assert!(has(Part::Tier(Tier::L2)) && !has(Part::Tier(Tier::L1)), "it was with the second tier once");
        assert!(has(Part::Within(Period { from: 3, until: 4 })) && !has(Part::Within(Period { from: 4, until: 9 })));
    }
}
