//! `field:value`: which fields there are, and what may stand after each.

use super::super::filters::Range;
use crate::{Error, document::exact};
use domain::{DocKind, KnownErrorState, Millis, Status, Version};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum Name {
    Status,
    Product,
    Component,
    Version,
    Fixed,
    Priority,
    Group,
    Assignee,
    Account,
    Requester,
    Tag,
    Source,
    Kind,
    Id,
    Is,
    Before,
    After,
}

/// Names of the fields, in the order in which people are told of them.
pub const FIELDS: [&str; 17] = [
    "product", "component", "version", "fixed", "status", "is", "before", "after", "kind", "source", "id", "priority",
    "group", "assignee", "account", "requester", "tag",
];

/// What other tools call them.
const ELSEWHERE: &[(&str, &str)] = &[
    ("type", "kind"),
    ("state", "status"),
    ("label", "tag"),
    ("tags", "tag"),
    ("labels", "tag"),
    ("since", "after"),
    ("until", "before"),
    ("created", "after"),
    ("from", "requester"),
    ("reporter", "requester"),
    ("customer", "account"),
    ("organization", "account"),
    ("organisation", "account"),
    ("owner", "assignee"),
    ("assigned", "assignee"),
    ("team", "group"),
    ("severity", "priority"),
    ("fixversion", "fixed"),
    ("affects", "version"),
];

/// `status:open`.
#[derive(Debug)]
pub(in crate::search) struct Filter {
    pub name: Name,
    pub wanted: Wanted,
    /// As it was understood.
    pub shown: String,
}

#[derive(Debug)]
pub(in crate::search) enum Wanted {
    /// `version` where two ways of writing it are one: `v5.4` and `5.4.0`.
    Value {
        text: String,
        prefix: bool,
        version: Option<Version>,
    },
    Range(Range, Version),
    /// `is:solved`, `is:open`.
    Done(bool),
    Known,
    Since(Millis),
    Until(Millis),
}

impl Name {
    const ALL: [(Self, &'static str); 17] = [
        (Self::Product, "product"),
        (Self::Component, "component"),
        (Self::Version, "version"),
        (Self::Fixed, "fixed"),
        (Self::Status, "status"),
        (Self::Is, "is"),
        (Self::Before, "before"),
        (Self::After, "after"),
        (Self::Kind, "kind"),
        (Self::Source, "source"),
        (Self::Id, "id"),
        (Self::Priority, "priority"),
        (Self::Group, "group"),
        (Self::Assignee, "assignee"),
        (Self::Account, "account"),
        (Self::Requester, "requester"),
        (Self::Tag, "tag"),
    ];

    pub(in crate::search) fn as_str(self) -> &'static str {
        Self::ALL.into_iter().find(|(field, _)| *field == self).map_or("", |(_, name)| name)
    }
}

pub(super) fn name(text: &str) -> Option<Name> {
    Name::ALL.into_iter().find(|(_, name)| name.eq_ignore_ascii_case(text)).map(|(field, _)| field)
}

/// What is written like a field and is none: `name:value`, in small letters. Addresses, ports, paths and names of classes
/// are written otherwise.
pub(super) fn unknown<'a>(before: &'a str, after: &str) -> Option<&'a str> {
    let letters = (2..=20).contains(&before.len()) && before.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let value = after.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '<' | '>' | '“'));
    (letters && value).then_some(before)
}

/// The field that was most likely meant.
pub(in crate::search) fn meant(name: &str) -> Option<&'static str> {
    if let Some((_, field)) = ELSEWHERE.iter().find(|(other, _)| *other == name) {
        return Some(field);
    }
    mistyped(name)
}

/// The field of which this is a beginning or a misspelling: nobody writes that for another reason.
pub(super) fn mistyped(name: &str) -> Option<&'static str> {
    let near = |field: &&&str| {
        let mistakes = super::super::spelling::mistakes(name, field, false);
        name.len() >= 3 && field.starts_with(name) || name.len() >= 4 && mistakes <= if name.len() >= 6 { 2 } else { 1 }
    };
    FIELDS.iter().find(near).copied()
}

/// `None` where there is nothing to hold anything against yet: it is still being typed, or nothing stands there.
pub(super) fn filter(name: Name, text: &str, goes_on: bool) -> Result<Option<Filter>, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let bad = |say: &'static str| -> Result<Option<Filter>, Error> {
        if goes_on { Ok(None) } else { Err(Error::BadValue { field: name.as_str(), value: text.into(), say }) }
    };
    let found = |wanted, shown: &str| Ok(Some(Filter { name, wanted, shown: shown.into() }));
    match name {
        Name::Before | Name::After => {
            let Some(day) = day(text) else { return bad("write a day as 2024-05-01, a month as 2024-05, or a year") };
            // The year 20 is on the way to 2024.
            if goes_on && text.len() < 4 {
                return Ok(None);
            }
            found(if name == Name::Before { Wanted::Until(day) } else { Wanted::Since(day) }, text)
        }
        Name::Is => {
            let value = word(text);
            let known = [("open", Wanted::Done(false)), ("solved", Wanted::Done(true)), ("known", Wanted::Known)];
            let is_article = value == "article" || goes_on && value.len() > 1 && "article".starts_with(&value);
            if is_article {
                let wanted = Wanted::Value { text: "article".into(), prefix: false, version: None };
                return Ok(Some(Filter { name: Name::Kind, wanted, shown: "article".into() }));
            }
            match known.into_iter().find(|(is, _)| *is == value || goes_on && is.starts_with(&value)) {
                Some((is, wanted)) => found(wanted, is),
                None => {
                    Err(Error::BadValue { field: "is", value: text.into(), say: "say open, solved, known or article" })
                }
            }
        }
        Name::Version | Name::Fixed => {
            let sign =
                Range::SIGNS.into_iter().find_map(|(sign, range)| text.strip_prefix(sign).map(|end| (range, end)));
            if let Some((range, end)) = sign {
                let Some(version) = Version::parse(end) else { return bad("write a version with numbers, as in <5.4") };
                return found(Wanted::Range(range, version), text);
            }
            let text = exact(text.trim_start_matches('='));
            let version = Version::parse(&text).filter(|_| !goes_on);
            found(Wanted::Value { text: text.clone(), prefix: goes_on, version }, &text)
        }
        Name::Kind | Name::Status => {
            let value = word(text);
            let kinds: Vec<&str> = DocKind::ALL.iter().map(|kind| kind.as_str()).collect();
            let statuses = Status::ALL.iter().map(|status| status.as_str());
            let states = KnownErrorState::ALL.iter().map(|state| state.as_str());
            let known: Vec<&str> = if name == Name::Kind { kinds } else { statuses.chain(states).collect() };
            if !known.iter().any(|known| *known == value || goes_on && known.starts_with(&value)) {
                let say = if name == Name::Kind {
                    "say ticket, known_error or article"
                } else {
                    "say new, open, pending, on_hold, solved or closed, or the state of a known error"
                };
                return Err(Error::BadValue { field: name.as_str(), value: text.into(), say });
            }
            found(Wanted::Value { text: value.clone(), prefix: goes_on, version: None }, &value)
        }
        _ => {
            let text = exact(text);
            found(Wanted::Value { text: text.clone(), prefix: goes_on, version: None }, &text)
        }
    }
}

fn word(text: &str) -> String {
    exact(text).replace([' ', '-'], "_")
}

/// The first moment of a day, a month or a year, in UTC.
fn day(text: &str) -> Option<Millis> {
    let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    let whole = match parts.as_slice() {
        [year] if digits(year, 4) => format!("{year}-01-01"),
        [year, month] if digits(year, 4) && digits(month, 2) => format!("{text}-01"),
        [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => text.to_owned(),
        _ if text.contains(['T', 't']) => text.to_uppercase(),
        _ => return None,
    };
    Millis::parse(&whole).ok()
}
