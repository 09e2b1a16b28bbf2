//! Halvern: what it sells, when each release came out, and who answers.

use super::random::Random;
use domain::{FixVerdict, Version, fix_verdict};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Product {
    Orders,
    Billing,
    Stock,
    Portal,
    Connect,
    Identity,
    Scan,
    Reports,
}

/// A version and how many days ago it came out.
type Release = (&'static str, i64);

pub(super) const L1: &str = "L1 Service Desk";
pub(super) const L2: &str = "L2 Application Support";
pub(super) const L3_COMMERCE: &str = "L3 Commerce Engineering";
pub(super) const L3_PLATFORM: &str = "L3 Platform Engineering";

pub(super) const L1_AGENTS: [&str; 9] = [
    "Amelie Roux", "Ben Whitlock", "Carla Mendes", "Deniz Aksoy", "Emma Lindgren", "Farid Rahimi", "Grace Oyelaran",
    "Jonas Petersen", "Mia Castellani",
];
pub(super) const L2_AGENTS: [&str; 5] = ["Katrin Vogel", "Liam Doherty", "Nadia Haddad", "Pavel Horak", "Ruth Amsel"];
const COMMERCE: [&str; 5] = ["Ines Albrecht", "Henrik Dahl", "Marek Novotny", "Lena Fischer", "Oskar Lund"];
const PLATFORM: [&str; 5] = ["Sofia Marques", "Priya Raman", "Daniel Okafor", "Yael Brandt", "Aiko Tanabe"];

impl Product {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Orders => "Orders",
            Self::Billing => "Billing",
            Self::Stock => "Stock",
            Self::Portal => "Portal",
            Self::Connect => "Connect",
            Self::Identity => "Identity",
            Self::Scan => "Scan",
            Self::Reports => "Reports",
        }
    }

    /// Oldest first.
    pub(super) fn releases(self) -> &'static [Release] {
        match self {
            Self::Orders => &[
                ("5.2.4", 420),
                ("5.3.0", 262),
                ("5.3.1", 231),
                ("5.3.2", 196),
                ("5.4.0", 168),
                ("5.4.1", 131),
                ("5.4.2", 83),
                ("5.5.0", 47),
                ("5.5.1", 16),
            ],
            Self::Billing => &[
                ("3.6.2", 430),
                ("3.7.0", 268),
                ("3.7.1", 205),
                ("3.8.0", 149),
                ("3.8.1", 102),
                ("3.8.2", 61),
                ("3.9.0", 25),
            ],
            Self::Stock => &[
                ("2.11.3", 410),
                ("2.12.0", 240),
                ("2.12.1", 200),
                ("2.13.0", 150),
                ("2.13.1", 98),
                ("2.13.2", 55),
                ("2.14.0", 20),
            ],
            Self::Portal => &[
                ("11.0.2", 425),
                ("11.1.0", 261),
                ("11.1.1", 222),
                ("11.2.0", 170),
                ("11.2.1", 131),
                ("11.3.0", 98),
                ("11.3.1", 52),
                ("11.4.0", 11),
            ],
            Self::Connect => &[
                ("1.19.0", 415),
                ("1.20.0", 258),
                ("1.20.2", 214),
                ("1.21.0", 165),
                ("1.21.1", 118),
                ("1.22.0", 72),
                ("1.22.1", 30),
            ],
            Self::Identity => {
                &[("4.0.5", 440), ("4.1.0", 246), ("4.1.1", 198), ("4.2.0", 133), ("4.2.1", 90), ("4.3.0", 38)]
            }
            Self::Scan => &[
                ("6.3.0", 405),
                ("6.4.0", 236),
                ("6.4.1", 201),
                ("6.5.0", 150),
                ("6.5.1", 104),
                ("6.6.0", 58),
                ("6.6.1", 19),
            ],
            Self::Reports => {
                &[("7.0.3", 410), ("7.1.0", 239), ("7.1.1", 187), ("7.2.0", 126), ("7.2.1", 77), ("7.3.0", 33)]
            }
        }
    }

    /// Days ago; `None` for a version that has not come out.
    pub(super) fn age_of(self, version: &str) -> Option<i64> {
        self.releases().iter().find(|(name, _)| *name == version).map(|(_, age)| *age)
    }

    /// What runs at a customer who takes a release up `lag` days after it came out.
    pub(super) fn running(self, days_ago: i64, lag: i64) -> &'static str {
        let oldest = self.releases().first().map_or("", |(name, _)| name);
        self.releases().iter().rev().find(|(_, age)| *age >= days_ago + lag).map_or(oldest, |(name, _)| name)
    }

    /// The newest release of that day that shows an issue.
    pub(super) fn newest_with(self, days_ago: i64, since: Option<&str>, fixed_in: &[&str]) -> Option<&'static str> {
        let mut newest_first = self.releases().iter().rev().filter(|(_, age)| *age >= days_ago);
        newest_first.find(|(name, _)| is_affected(name, since, fixed_in)).map(|(name, _)| *name)
    }

    pub(super) fn engineering(self) -> &'static str {
        match self {
            Self::Orders | Self::Billing | Self::Stock => L3_COMMERCE,
            Self::Portal | Self::Connect | Self::Identity | Self::Scan | Self::Reports => L3_PLATFORM,
        }
    }
}

pub(super) fn engineer(team: &str, random: &mut Random) -> &'static str {
    random.word(if team == L3_COMMERCE { &COMMERCE } else { &PLATFORM })
}

/// From `since` on, and without the fix of its own release line or an earlier one.
pub(super) fn is_affected(version: &str, since: Option<&str>, fixed_in: &[&str]) -> bool {
    let Some(running) = Version::parse(version) else { return true };
    let is_old = since.and_then(Version::parse).is_some_and(|since| running < since);
    !is_old && !has_fix(&running, fixed_in)
}

pub(super) fn has_fix(running: &Version, fixed_in: &[&str]) -> bool {
    let fixes: Vec<Version> = fixed_in.iter().filter_map(|version| Version::parse(version)).collect();
    matches!(fix_verdict(Some(running), &fixes), FixVerdict::FixedInYours { .. })
}
