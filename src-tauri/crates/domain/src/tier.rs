//! Support tiers, and which one a group belongs to by its name alone.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    L1,
    L2,
    L3,
}

impl Tier {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::L1 => "l1",
            Self::L2 => "l2",
            Self::L3 => "l3",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::L1, Self::L2, Self::L3].into_iter().find(|tier| tier.as_str() == text)
    }

    /// `L3 Commerce`, `Engineering`, `Backend developers` are L3; `Tier 2`, `Second line` are L2; all others L1.
    pub fn guess(group: &str) -> Self {
        let lower = group.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
        let ranked = |digit: &str, nth: &str| {
            has(&[&format!("l{digit}"), &format!("t{digit}"), &format!("tier{digit}"), &format!("level{digit}"), nth])
                || words.windows(2).any(|pair| matches!(pair, [kind, number] if ["tier", "level", "line"].contains(kind) && *number == digit))
        };
        // A number says more than a word: `L2 Application Development` is L2.
        if ranked("1", "first") {
            Self::L1
        } else if ranked("2", "second") {
            Self::L2
        } else if ranked("3", "third")
            || has(&[
                "engineering", "engineers", "engineer", "development", "developers", "dev", "devs", "sre", "devops",
                "entwicklung",
            ]) && !has(&["support", "sales"])
        {
            Self::L3
        } else {
            Self::L1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_groups_name_says_its_tier_or_it_is_the_first() {
        for group in ["L3 Commerce Engineering", "Engineering", "Tier 3", "Backend developers", "level3", "Third line"]
        {
            assert_eq!(Tier::guess(group), Tier::L3, "{group}");
        }
        for group in ["L2 Application Support", "Tier 2", "Second line", "L2 Development liaison"] {
            assert_eq!(Tier::guess(group), Tier::L2, "{group}");
        }
        for group in ["L1 Service Desk", "Billing", "Developer support", "", "Sales engineering"] {
            assert_eq!(Tier::guess(group), Tier::L1, "{group}");
        }
    }
}
