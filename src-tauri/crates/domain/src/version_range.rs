//! Spans of versions as people write them, and whether a version lies in one.

use crate::Version;
use std::cmp::Ordering;

/// `2.1`, `>=2.1 <2.3.1`, `2.x`. Every part of it has to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRange {
    raw: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Compared(Sign, Version),
    /// `2.x`: the places before the x are these.
    Line(Vec<u64>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Below,
    UpTo,
    Is,
    From,
    Above,
}

/// The longer signs first.
const SIGNS: [(&str, Sign); 7] = [
    ("<=", Sign::UpTo),
    ("≤", Sign::UpTo),
    (">=", Sign::From),
    ("≥", Sign::From),
    ("<", Sign::Below),
    (">", Sign::Above),
    ("=", Sign::Is),
];

impl VersionRange {
    /// `None` where a part of it names no version.
    pub fn parse(text: &str) -> Option<Self> {
        // A sign may stand apart from its version.
        let mut joined = text.replace(',', " ");
        for (sign, _) in SIGNS {
            joined = joined.replace(&format!("{sign} "), sign);
        }
        let parts: Vec<Part> = joined.split_whitespace().map(part).collect::<Option<_>>()?;
        (!parts.is_empty()).then(|| Self { raw: text.trim().into(), parts })
    }

    pub fn as_str(&self) -> &str {
        &self.raw
    }

    pub fn holds(&self, version: &Version) -> bool {
        self.parts.iter().all(|part| match part {
            Part::Compared(sign, end) => sign.holds(version.cmp(end)),
            Part::Line(places) => {
                places.iter().enumerate().all(|(at, place)| version.numbers().get(at).copied().unwrap_or(0) == *place)
            }
        })
    }
}

fn part(text: &str) -> Option<Part> {
    let signed = SIGNS.iter().find_map(|(sign, means)| Some((*means, text.strip_prefix(sign)?)));
    if let Some((sign, rest)) = signed {
        let begins = rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        return Some(Part::Compared(sign, Version::parse(rest).filter(|_| begins)?));
    }
    let line = text.strip_suffix(".x").or_else(|| text.strip_suffix(".X")).or_else(|| text.strip_suffix(".*"));
    match line {
        Some(line) => Some(Part::Line(Version::parse(line)?.numbers().to_vec())),
        None => Some(Part::Compared(Sign::Is, Version::parse(text)?)),
    }
}

impl Sign {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Below => order.is_lt(),
            Self::UpTo => order.is_le(),
            Self::Is => order.is_eq(),
            Self::From => order.is_ge(),
            Self::Above => order.is_gt(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_what_all_of_its_parts_hold() {
        let holds =
            |range: &str, version: &str| VersionRange::parse(range).unwrap().holds(&Version::parse(version).unwrap());
        for (range, inside, outside) in [
            (">=5.2 <5.4", "5.3.1", "5.4"),
            (">= 5.2, < 5.4", "5.2", "5.1.9"),
            ("2.x", "2.9", "3.0"),
            ("5.4.x", "5.4.7", "5.5"),
            ("2.1", "2.1.0", "2.1.1"),
            ("≤3", "3.0", "3.0.1"),
            (">5.3", "5.3.1", "5.3"),
            ("<2.0.0", "2.0.0-rc1", "2.0.0"),
        ] {
            assert!(holds(range, inside) && !holds(range, outside), "{range}");
        }
    }

    #[test]
    fn what_names_no_version_is_no_range() {
        for text in ["", " ", "trunk", ">=", "5.2 - latest", "x", "<>5"] {
            assert!(VersionRange::parse(text).is_none(), "{text:?}");
        }
    }
}
