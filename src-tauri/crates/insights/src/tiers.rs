//! Which group is which tier, and when a ticket counts as one that engineering had.

use domain::Tier;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// What somebody said of a group goes before what its name says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tiers {
    /// By the group's name, as the source writes it.
    pub said: BTreeMap<String, Tier>,
    #[serde(default)]
    pub rule: Rule,
    #[serde(skip)]
    pub(crate) read: Read,
}

/// What names were read as already. Two maps that say the same are the same, whatever they read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Read(HashMap<String, Tier>);

impl PartialEq for Read {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Read {}

/// Any one of those that are chosen makes a ticket one of engineering's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// It led to an issue of a repository, or was caused or fixed by one.
    pub issue: bool,
    /// A group of the third tier had it.
    pub group: bool,
    /// An engineer wrote in it.
    pub engineer: bool,
}

impl Default for Rule {
    fn default() -> Self {
        Self { issue: true, group: true, engineer: true }
    }
}

impl Rule {
    /// As it is printed under every figure that rests on it.
    pub fn words(self) -> String {
        let parts = [
            (self.issue, "a linked repository issue"),
            (self.group, "a group of the third tier"),
            (self.engineer, "an engineer's comment"),
        ];
        let chosen: Vec<&str> = parts.iter().filter(|(on, _)| *on).map(|(_, words)| *words).collect();
        match chosen.as_slice() {
            [] => "no ticket counts as escalated: no part of the rule is chosen".into(),
            chosen => format!("escalated to engineering: {}", chosen.join(", or ")),
        }
    }
}

impl Tiers {
    pub fn new(said: BTreeMap<String, Tier>, rule: Rule) -> Self {
        Self { said, rule, read: Read::default() }
    }

    /// Reads names once, of which a hundred thousand tickets have a few.
    pub fn reading<'a>(mut self, groups: impl IntoIterator<Item = &'a String>) -> Self {
        self.read.0 = groups.into_iter().map(|group| (group.clone(), self.of(Some(group)))).collect();
        self
    }

    /// A ticket without a group is at the first tier.
    pub fn of(&self, group: Option<&str>) -> Tier {
        let group = group.unwrap_or_default();
        if let Some(tier) = self.read.0.get(group) {
            return *tier;
        }
        self.said.get(group).copied().unwrap_or_else(|| Tier::guess(group))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_of_a_group_goes_before_its_name() {
        let said = BTreeMap::from([("Platform".to_owned(), Tier::L3), ("L2 Support".to_owned(), Tier::L1)]);
        let tiers = Tiers { said, ..Tiers::default() };
        let of = |group| tiers.of(Some(group));
        assert_eq!((of("Platform"), of("L2 Support"), of("Engineering")), (Tier::L3, Tier::L1, Tier::L3));
        assert_eq!(tiers.of(None), Tier::L1);
    }

    #[test]
    fn the_rule_says_itself() {
        let rule = Rule { group: false, ..Rule::default() };
        assert_eq!(rule.words(), "escalated to engineering: a linked repository issue, or an engineer's comment");
        assert!(Rule { issue: false, group: false, engineer: false }.words().starts_with("no ticket"));
    }
}
