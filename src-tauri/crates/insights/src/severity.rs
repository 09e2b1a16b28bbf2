//! How severe something is: impact × urgency, from numbers that are printed with it. The same numbers give the same class.

use serde::{Deserialize, Serialize};

/// From where on impact and urgency are high.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeverityRule {
    /// Accounts that are hit.
    pub accounts: u32,
    /// As many times what is usual within a day.
    pub times: f64,
}

impl Default for SeverityRule {
    fn default() -> Self {
        Self { accounts: 5, times: 10.0 }
    }
}

/// What it is taken from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hit {
    pub accounts: u64,
    /// Different people within a day …
    pub people: u64,
    /// … and on a usual one.
    pub usual: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    Low,
    Medium,
    High,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Severity {
    /// Impact is high.
    pub wide: bool,
    /// Urgency is high.
    pub fast: bool,
    pub class: Class,
}

/// A usual day has one person in two at the least: of what never came before, five within a day are ten times that.
pub const LEAST_USUAL: f64 = 0.5;

/// High where impact and urgency are, medium where one of them is, and low where none is.
pub fn severity(hit: &Hit, rule: &SeverityRule) -> Severity {
    let wide = hit.accounts >= u64::from(rule.accounts);
    let fast = hit.people > 0 && hit.people as f64 >= rule.times * hit.usual.max(LEAST_USUAL);
    let class = match (wide, fast) {
        (true, true) => Class::High,
        (false, false) => Class::Low,
        _ => Class::Medium,
    };
    Severity { wide, fast, class }
}

impl Class {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// What a helpdesk's word for a priority comes to; `None` of a word that says nothing of three classes.
    pub fn of_priority(word: &str) -> Option<Self> {
        Some(match word.trim().to_lowercase().as_str() {
            "urgent" | "critical" | "blocker" | "highest" | "high" | "major" | "p0" | "p1" | "p2" | "1" | "2" => {
                Self::High
            }
            "normal" | "medium" | "moderate" | "p3" | "3" => Self::Medium,
            "low" | "lowest" | "minor" | "trivial" | "p4" | "p5" | "4" | "5" => Self::Low,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_high_is_high_one_is_medium_and_each_changes_exactly_at_its_bar() {
        let rule = SeverityRule::default();
        let of = |accounts, people, usual| severity(&Hit { accounts, people, usual }, &rule).class;
        assert_eq!(
            [of(5, 10, 1.0), of(4, 10, 1.0), of(5, 9, 1.0), of(4, 9, 1.0)],
            [Class::High, Class::Medium, Class::Medium, Class::Low]
        );
        assert_eq!([of(0, 5, 0.0), of(0, 4, 0.0), of(0, 0, 0.0)], [Class::Medium, Class::Low, Class::Low]);
        let none = SeverityRule { accounts: 0, times: 0.0 };
        assert_eq!(severity(&Hit::default(), &none), Severity { wide: true, fast: false, class: Class::Medium });
    }

    #[test]
    fn words_of_helpdesks_come_to_three_classes_or_to_none() {
        let of = |word| Class::of_priority(word).map(Class::as_str);
        assert_eq!(
            [of(" Urgent"), of("Normal"), of("P4"), of("next week")],
            [Some("high"), Some("medium"), Some("low"), None]
        );
    }
}
