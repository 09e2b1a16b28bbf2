//! Which group is which tier, and when a ticket counts as one that engineering had.

use crate::{Case, path::Way};
use domain::Tier;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// What somebody said of a group goes before what its name says, and what they said of a tag or of an agent before the group that a
/// ticket is with now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tiers {
    /// By the group's name, as the source writes it.
    pub said: BTreeMap<String, Tier>,
    /// By who has it, where groups say too little.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub agents: BTreeMap<String, Tier>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, Tier>,
    #[serde(default)]
    pub rule: Rule,
    #[serde(skip)]
    pub(crate) read: Arc<Read>,
}

/// What was read already. Two maps that say the same are the same, whatever they read.
#[derive(Debug, Default)]
pub(crate) struct Read {
    groups: HashMap<String, Tier>,
    /// Of tickets by their row: the tier that their tags or their agent say.
    marked: HashMap<i64, Tier>,
    /// Of tickets by their row, where they were asked about already.
    ways: HashMap<i64, Way>,
}

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
    /// See [`Tiers::words`].
    fn words(self) -> String {
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
        Self { said, rule, ..Self::default() }
    }

    pub fn with_marks(self, agents: BTreeMap<String, Tier>, tags: BTreeMap<String, Tier>) -> Self {
        Self { agents, tags, ..self }
    }

    /// Reads names once, of which a hundred thousand tickets have a few, and goes the way of each ticket once. `marked`: those that
    /// [`Tiers::marked`] says something of, by their row; this crate sees neither tags nor agents.
    pub fn reading<'a>(
        self,
        groups: impl IntoIterator<Item = &'a String>,
        marked: HashMap<i64, Tier>,
        cases: &[Case],
    ) -> Self {
        let groups = groups.into_iter().map(|group| (group.clone(), self.of(Some(group)))).collect();
        let mut named = Self { read: Arc::new(Read { groups, marked, ways: HashMap::new() }), ..self };
        let ways = cases.iter().map(|case| (case.row, Way::of(case, &named))).collect();
        if let Some(read) = Arc::get_mut(&mut named.read) {
            read.ways = ways;
        }
        named
    }

    pub(crate) fn way(&self, case: &Case) -> Way {
        self.read.ways.get(&case.row).copied().unwrap_or_else(|| Way::of(case, self))
    }

    /// What is said of its tags, the highest of them, or else of whoever has it.
    pub fn marked<'a>(&self, agent: Option<&str>, tags: impl IntoIterator<Item = &'a String>) -> Option<Tier> {
        let tag = tags.into_iter().filter_map(|tag| self.tags.get(tag)).max();
        tag.or_else(|| self.agents.get(agent?)).copied()
    }

    /// Whether anything but groups is told apart.
    pub fn marks(&self) -> bool {
        !(self.agents.is_empty() && self.tags.is_empty())
    }

    /// Of a ticket by its row.
    pub(crate) fn own(&self, row: i64) -> Option<Tier> {
        self.read.marked.get(&row).copied()
    }

    /// The rule as it is printed under every figure that rests on it.
    pub fn words(&self) -> String {
        let words = self.rule.words();
        if self.marks() {
            return words.replace("a group of the third tier", "a group, an agent or a tag of the third tier");
        }
        words
    }

    /// A ticket without a group is at the first tier.
    pub fn of(&self, group: Option<&str>) -> Tier {
        let group = group.unwrap_or_default();
        if let Some(tier) = self.read.groups.get(group) {
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
    fn a_tag_goes_before_an_agent_and_the_highest_of_several_counts() {
        let of = |name: &str, tier| BTreeMap::from([(name.to_owned(), tier)]);
        let tags = BTreeMap::from([("vip".to_owned(), Tier::L2), ("dev".to_owned(), Tier::L3)]);
        let tiers = Tiers { agents: of("Ann", Tier::L2), tags, ..Tiers::default() };
        let marked = |agent: Option<&str>, tags: &[&str]| {
            let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
            tiers.marked(agent, &tags)
        };
        assert_eq!(marked(Some("Ann"), &[]), Some(Tier::L2));
        assert_eq!(marked(Some("Ann"), &["vip", "dev", "other"]), Some(Tier::L3));
        assert_eq!((marked(Some("Bob"), &["other"]), marked(None, &[])), (None, None));
        assert!(tiers.words().contains("a group, an agent or a tag of the third tier"));
        assert!(!Tiers::default().words().contains("tag"));
    }

    #[test]
    fn the_rule_says_itself() {
        let rule = Rule { group: false, ..Rule::default() };
        assert_eq!(rule.words(), "escalated to engineering: a linked repository issue, or an engineer's comment");
        assert!(Rule { issue: false, group: false, engineer: false }.words().starts_with("no ticket"));
    }
}
