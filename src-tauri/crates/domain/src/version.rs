//! Versions as customers and tags write them, their order, and what a fix means for the version a customer runs.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// `2.3.1`, `v2.3.1-rc.1`, `release-3.4.0`, `activemq-parent-5.2`, `5.4-SNAPSHOT`, `2024.11`. Keeps what was written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Version {
    raw: String,
    numbers: Vec<u64>,
    /// `rc1`, `beta.2`, `snapshot`: lower-cased. A pre-release comes before its release.
    pre: Option<String>,
}

impl Version {
    /// `None` where there is no number to order by (`trunk`, `latest`).
    pub fn parse(text: &str) -> Option<Self> {
        let raw = text.trim();
        let bytes = raw.as_bytes();
        // The version starts at the first digit that begins a word part: the 5 of `activemq-parent-5.2`, not the 2 of `log4j2`.
        let start = (0..bytes.len()).find(|&at| {
            let before = at.checked_sub(1).and_then(|at| bytes.get(at)).copied();
            let prefix_v = before.is_some_and(|b| b.eq_ignore_ascii_case(&b'v'))
                && at.checked_sub(2).and_then(|at| bytes.get(at)).is_none_or(|b| !b.is_ascii_alphanumeric());
            bytes.get(at).is_some_and(u8::is_ascii_digit)
                && (before.is_none_or(|b| !b.is_ascii_alphanumeric()) || prefix_v)
        })?;
        let rest = raw.get(start..)?;
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (digits, tail) = rest.split_at(end);
        let numbers: Vec<u64> =
            digits.split('.').filter(|part| !part.is_empty()).map_while(|part| part.parse().ok()).collect();
        if numbers.is_empty() {
            return None;
        }
        let tail = tail.trim_matches(|c: char| "-_+. ".contains(c)).to_lowercase();
        let is_pre = ["rc", "alpha", "beta", "snapshot", "pre", "dev", "m", "cr", "a", "b", "ea", "preview", "nightly"]
            .iter()
            .any(|mark| {
                tail.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
            });
        Some(Self { raw: raw.into(), numbers, pre: is_pre.then_some(tail) })
    }

    pub fn as_str(&self) -> &str {
        &self.raw
    }

    /// Its places: 2, 3 and 1 of `v2.3.1-rc.1`.
    pub fn numbers(&self) -> &[u64] {
        &self.numbers
    }

    pub fn is_prerelease(&self) -> bool {
        self.pre.is_some()
    }

    fn number(&self, place: usize) -> u64 {
        self.numbers.get(place).copied().unwrap_or(0)
    }

    /// The same release line: equal in all but the last place of a three-part version (2.3.1 and 2.3.7).
    fn same_line(&self, other: &Self) -> bool {
        self.number(0) == other.number(0) && self.number(1) == other.number(1)
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let places = self.numbers.len().max(other.numbers.len());
        (0..places)
            .map(|place| self.number(place).cmp(&other.number(place)))
            .find(|order| order.is_ne())
            .unwrap_or_else(|| match (&self.pre, &other.pre) {
                (None, None) => Ordering::Equal,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(a), Some(b)) => compare_pre(a, b),
            })
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Version {}

/// `rc.10` after `rc9`: words by letter, numbers by value.
fn compare_pre(a: &str, b: &str) -> Ordering {
    let split = |text: &str| {
        let word: String = text.chars().take_while(|c| c.is_ascii_alphabetic()).collect();
        let number: String = text.chars().filter(char::is_ascii_digit).collect();
        (word, number.parse::<u64>().unwrap_or(0))
    };
    split(a).cmp(&split(b))
}

/// What a set of fix versions means for the version that a customer runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FixVerdict {
    /// The customer's version has it.
    FixedInYours {
        since: String,
    },
    /// A later version has it.
    FixedLater {
        upgrade_to: String,
    },
    /// It shipped; we do not know what the customer runs.
    Fixed {
        r#in: String,
    },
    Unknown,
}

/// `fixed_in` lists one version per release line that has the fix. *Unknown* rather than a guess.
pub fn fix_verdict(running: Option<&Version>, fixed_in: &[Version]) -> FixVerdict {
    let mut fixes: Vec<&Version> = fixed_in.iter().collect();
    fixes.sort();
    let Some(first) = fixes.first() else { return FixVerdict::Unknown };
    let Some(running) = running else { return FixVerdict::Fixed { r#in: first.raw.clone() } };
    // A line with its own fix is judged by that fix alone: 5.4.1 does not help somebody on 5.3.9 if 5.3 got it in 5.3.10.
    if let Some(own) = fixes.iter().find(|fix| fix.same_line(running)) {
        return if *own <= running {
            FixVerdict::FixedInYours { since: own.raw.clone() }
        } else {
            FixVerdict::FixedLater { upgrade_to: own.raw.clone() }
        };
    }
    if *first < running && fixes.iter().any(|fix| *fix < running) {
        let since = fixes.iter().rev().find(|fix| **fix < running).unwrap_or(first);
        return FixVerdict::FixedInYours { since: since.raw.clone() };
    }
    FixVerdict::FixedLater { upgrade_to: first.raw.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn v(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    #[test]
    fn versions_are_read_from_every_way_of_writing_them() {
        let read = |text| Version::parse(text).map(|v| (v.numbers, v.pre));
        assert_eq!(read("v2.3.1-rc1"), Some((vec![2, 3, 1], Some("rc1".into()))));
        assert_eq!(read("release-3.4.0"), Some((vec![3, 4, 0], None)));
        assert_eq!(read("activemq-parent-5.2"), Some((vec![5, 2], None)));
        assert_eq!(read("5.4-SNAPSHOT"), Some((vec![5, 4], Some("snapshot".into()))));
        assert_eq!(read("ActiveMQ 5.15.0"), Some((vec![5, 15, 0], None)));
        assert_eq!(read("trunk"), None);
        assert_eq!(read("log4j2"), None);
    }

    #[test]
    fn prereleases_come_before_their_release_and_count_by_value() {
        let mut order = [v("2.0.0"), v("2.0.0-rc10"), v("2.0.0-rc2"), v("1.9.9"), v("2.0.0-beta")];
        order.sort();
        let order: Vec<_> = order.iter().map(Version::as_str).collect();
        assert_eq!(order, ["1.9.9", "2.0.0-beta", "2.0.0-rc2", "2.0.0-rc10", "2.0.0"]);
        assert_eq!(v("5.2"), v("5.2.0"));
    }

    #[test]
    fn a_fix_is_judged_on_the_customers_own_release_line_first() {
        let fixes = [v("5.3.10"), v("5.4.1")];
        let say = |running: Option<&str>| fix_verdict(running.map(v).as_ref(), &fixes);
        assert_eq!(say(Some("5.3.9")), FixVerdict::FixedLater { upgrade_to: "5.3.10".into() });
        assert_eq!(say(Some("5.4.2")), FixVerdict::FixedInYours { since: "5.4.1".into() });
        assert_eq!(say(Some("5.2.0")), FixVerdict::FixedLater { upgrade_to: "5.3.10".into() });
        assert_eq!(say(Some("5.5.0")), FixVerdict::FixedInYours { since: "5.4.1".into() });
        assert_eq!(say(None), FixVerdict::Fixed { r#in: "5.3.10".into() });
        assert_eq!(fix_verdict(Some(&v("1.0")), &[]), FixVerdict::Unknown);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic_and_order_is_total(a in ".{0,24}", b in ".{0,24}") {
            if let (Some(a), Some(b)) = (Version::parse(&a), Version::parse(&b)) {
                prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
            }
        }
    }
}
