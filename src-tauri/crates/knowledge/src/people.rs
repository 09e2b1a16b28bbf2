//! Who may do what in the folder (KCS): `people.yml`, which the team keeps beside its entries. Without it everybody may do
//! everything.

use crate::{Confidence, Entry, Kind, calls::CALLS};
use domain::Audience;
use serde::Deserialize;
use std::collections::BTreeMap;

pub(crate) const PEOPLE: &str = "people.yml";
const LONGEST: usize = 1 << 20;

/// Each may what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Writes what others look at first.
    Candidate,
    /// Validates what stays in the house, and archives it.
    Contributor,
    /// Publishes to partners, customers and everybody.
    Publisher,
    /// Says who may do what, and what runbooks may call.
    Coach,
}

impl Role {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Candidate => "candidate",
            Self::Contributor => "contributor",
            Self::Publisher => "publisher",
            Self::Coach => "coach",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    email: String,
    #[serde(default)]
    name: Option<String>,
    role: Role,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    signed: bool,
    #[serde(default)]
    people: Vec<Person>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// Every commit is to be signed.
    pub signed: bool,
    /// By address, in lower case.
    roles: BTreeMap<String, Role>,
}

impl People {
    /// The reason in one line where it cannot be read.
    pub fn read(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST {
            return Err("it is longer than 1 MB".into());
        }
        let file: File = serde_saphyr::from_str(text).map_err(|error| first_line(&error.to_string()))?;
        let roles = file.people.into_iter().map(|one| (one.email.trim().to_lowercase(), one.role)).collect();
        Ok(Self { signed: file.signed, roles })
    }

    /// `None` of somebody who is not named.
    pub fn role_of(&self, email: &str) -> Option<Role> {
        self.roles.get(&email.trim().to_lowercase()).copied()
    }
}

/// Of what a reader says is wrong.
pub(crate) fn first_line(said: &str) -> String {
    let first = said.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    first.trim_start_matches("error:").trim().to_owned()
}

/// What a change asks of whoever makes it, from one text of a file to another; `None` of what anybody may.
pub(crate) fn needs(path: &str, before: Option<&str>, after: Option<&str>) -> Option<Role> {
    if path == PEOPLE || path == CALLS {
        return Some(Role::Coach);
    }
    let kind = path.split('/').next().and_then(Kind::parse)?;
    let read = |text: Option<&str>| text.and_then(|text| Entry::read(kind, path, text).ok());
    let (was, is) = (read(before), read(after));
    let outside = |entry: &Option<Entry>| entry.as_ref().is_some_and(|entry| entry.audience() != Audience::Internal);
    let stands =
        |entry: &Option<Entry>| entry.as_ref().is_some_and(|entry| entry.confidence() == Confidence::Validated);
    // What leaves the house, is changed there, or is taken back from there.
    if outside(&was) || outside(&is) {
        return Some(Role::Publisher);
    }
    // A draft may become anything but validated; what is validated changes by who may validate it.
    (stands(&was) || stands(&is)).then_some(Role::Contributor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_read_by_their_address_and_what_is_misspelt_is_told() {
        let people = People::read("signed: true\npeople:\n  - email: Ines@Example.org\n    name: Ines\n    role: coach\n  - email: jo@example.org\n    role: contributor\n").unwrap();
        assert!(people.signed);
        assert_eq!(people.role_of("ines@example.org"), Some(Role::Coach));
        assert_eq!(people.role_of("mallory@example.org"), None);
        for wrong in ["people:\n  - email: a@b\n    role: king\n", "folks: []\n", "people: [\n"] {
            let said = People::read(wrong).unwrap_err();
            assert!(!said.is_empty() && !said.contains('\n'), "{said}");
        }
    }

    #[test]
    fn a_change_asks_for_the_role_that_it_takes() {
        let text = |confidence: &str, audience: &str| {
            format!("---\nconfidence: {confidence}\naudience: {audience}\n---\n## Issue\nA\n")
        };
        let of = |before: Option<&str>, after: Option<&str>| needs("articles/a.md", before, after);
        let (draft, valid, open) =
            (text("not_validated", "internal"), text("validated", "internal"), text("validated", "public"));
        assert_eq!(of(None, Some(&draft)), None);
        assert_eq!(of(Some(&draft), Some(&valid)), Some(Role::Contributor));
        assert_eq!(of(Some(&valid), Some(&draft)), Some(Role::Contributor), "and back");
        assert_eq!(of(Some(&valid), Some(&open)), Some(Role::Publisher));
        assert_eq!(of(Some(&open), None), Some(Role::Publisher), "taking it away");
        assert_eq!(needs(PEOPLE, None, Some("people: []")), Some(Role::Coach));
        assert_eq!(needs("README.md", None, Some("x")), None);
    }
}
