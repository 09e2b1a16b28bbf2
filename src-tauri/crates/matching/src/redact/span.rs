//! Where something was found, and what stands in its place.

use crate::lines::pattern;
use regex::Regex;
use std::{collections::HashMap, sync::LazyLock};

/// What kind of thing was found. Where several are found in one place the first of this list names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sensitive {
    PrivateKey,
    Jwt,
    Token,
    Secret,
    Credentials,
    Email,
    Iban,
    Card,
    Phone,
    Ip,
    Name,
}

impl Sensitive {
    pub const ALL: [Self; 11] = [
        Self::PrivateKey,
        Self::Jwt,
        Self::Token,
        Self::Secret,
        Self::Credentials,
        Self::Email,
        Self::Iban,
        Self::Card,
        Self::Phone,
        Self::Ip,
        Self::Name,
    ];

    /// For programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PrivateKey => "private_key",
            Self::Jwt => "jwt",
            Self::Token => "token",
            Self::Secret => "secret",
            Self::Credentials => "credentials",
            Self::Email => "email",
            Self::Iban => "iban",
            Self::Card => "card",
            Self::Phone => "phone",
            Self::Ip => "ip",
            Self::Name => "name",
        }
    }

    /// As it stands in a redacted text.
    fn label(self) -> &'static str {
        match self {
            Self::PrivateKey => "private key",
            Self::Jwt => "JWT",
            Self::Token => "token",
            Self::Secret => "secret",
            Self::Credentials => "credentials",
            Self::Email => "e-mail",
            Self::Iban => "IBAN",
            Self::Card => "card",
            Self::Phone => "phone",
            Self::Ip => "IP address",
            Self::Name => "name",
        }
    }
}

/// A place in the text as it was given, in bytes. It holds nothing of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redaction {
    pub start: usize,
    pub end: usize,
    pub kind: Sensitive,
    /// Counted for each kind; the same value has the same number.
    pub number: u32,
}

impl Redaction {
    /// `[e-mail 1]`
    pub fn placeholder(&self) -> String {
        format!("[{} {}]", self.kind.label(), self.number)
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub start: usize,
    pub end: usize,
    pub kind: Sensitive,
    /// Whose name it is.
    pub person: Option<usize>,
}

impl Found {
    pub fn new(kind: Sensitive, start: usize, end: usize) -> Self {
        Self { start, end, kind, person: None }
    }
}

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    let labels: Vec<_> = Sensitive::ALL.iter().map(|kind| kind.label()).collect();
    pattern(&format!(r"\[(?P<kind>{}) (?P<number>\d{{1,6}})\]", labels.join("|")))
});

/// Where something stands for something in a text, in bytes, and what kind of thing that was.
pub fn placeholders(text: &str) -> impl Iterator<Item = (usize, usize, Sensitive)> {
    PLACEHOLDER.captures_iter(text).filter_map(|found| {
        let (whole, label) = (found.get(0)?, found.name("kind")?.as_str());
        let kind = Sensitive::ALL.into_iter().find(|kind| kind.label() == label)?;
        Some((whole.start(), whole.end(), kind))
    })
}

/// Sorted and apart: what overlaps becomes one, of the graver kind.
pub(super) fn united(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_unstable_by_key(|one| (one.start, one.kind));
    let mut out: Vec<Found> = Vec::with_capacity(found.len());
    for one in found {
        match out.last_mut() {
            Some(last) if one.start < last.end => {
                last.end = last.end.max(one.end);
                if one.kind < last.kind {
                    (last.kind, last.person) = (one.kind, one.person);
                }
            }
            _ => out.push(one),
        }
    }
    out
}

/// Without what lies inside a placeholder; what reaches into one covers it whole.
pub(super) fn outside_placeholders(text: &str, found: Vec<Found>) -> Vec<Found> {
    let mut walls = PLACEHOLDER.find_iter(text).map(|wall| (wall.start(), wall.end())).peekable();
    let mut out = Vec::with_capacity(found.len());
    for mut one in united(found) {
        while walls.next_if(|(_, end)| *end <= one.start).is_some() {}
        if let Some((start, end)) = walls.peek().copied()
            && start < one.end
        {
            if start <= one.start && one.end <= end {
                continue;
            }
            one.start = one.start.min(start);
        }
        // The last wall that it touches may reach further than it.
        let mut last = 0;
        while let Some((_, end)) = walls.next_if(|(start, _)| *start < one.end) {
            last = end;
        }
        one.end = one.end.max(last);
        out.push(one);
    }
    out
}

/// From places in a redacted text to places in the one that it was made of. A place inside a placeholder is its
/// beginning or its end.
pub(super) fn in_original(spans: &[Redaction], mut found: Vec<Found>) -> Vec<Found> {
    let mut walls = Vec::with_capacity(spans.len());
    let (mut shown, mut original) = (0, 0);
    for span in spans {
        let start = shown + (span.start - original);
        (shown, original) = (start + span.placeholder().len(), span.end);
        walls.push((start, shown, *span));
    }
    let place = |shown: usize, end: bool| {
        let before = walls.partition_point(|(start, ..)| *start < shown).checked_sub(1);
        match before.and_then(|at| walls.get(at)) {
            None => shown,
            Some((_, wall_end, span)) if shown < *wall_end => {
                if end {
                    span.end
                } else {
                    span.start
                }
            }
            Some((_, wall_end, span)) => span.end + (shown - wall_end),
        }
    };
    for one in &mut found {
        (one.start, one.end) = (place(one.start, false), place(one.end, true));
    }
    found
}

/// Hands numbers out.
pub(super) struct Numbers {
    last: HashMap<Sensitive, u32>,
    given: HashMap<(Sensitive, String), u32>,
}

impl Numbers {
    /// Placeholders that a text already has keep theirs.
    pub fn after(text: &str) -> Self {
        let mut last = HashMap::new();
        for found in PLACEHOLDER.captures_iter(text) {
            let part = |name| found.name(name).map(|part| part.as_str()).unwrap_or_default();
            let kind = Sensitive::ALL.into_iter().find(|kind| kind.label() == part("kind"));
            if let (Some(kind), Ok(number)) = (kind, part("number").parse::<u32>()) {
                let before: &mut u32 = last.entry(kind).or_default();
                *before = number.max(*before);
            }
        }
        Self { last, given: HashMap::new() }
    }

    pub fn of(&mut self, found: &Found, value: &str) -> u32 {
        let same = match (found.kind, found.person) {
            (Sensitive::Name, Some(person)) => person.to_string(),
            (Sensitive::Email, _) => value.to_lowercase(),
            (Sensitive::Iban | Sensitive::Card | Sensitive::Phone, _) => {
                value.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
            }
            _ => value.to_owned(),
        };
        let last = self.last.entry(found.kind).or_default();
        *self.given.entry((found.kind, same)).or_insert_with(|| {
            *last = last.saturating_add(1);
            *last
        })
    }
}
