//! Lines that are the same but for their numbers, names and times are one group.

use super::{Entry, Id, IdKind, Level, ids};
use crate::mask::clip;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

/// Groups that are told apart; what comes after is counted together.
const MOST: usize = 20_000;
/// Groups that are kept: the worst, then the most.
const KEPT: usize = 400;
/// Of each kind.
const IDS: usize = 500;
const LONGEST: usize = 600;
/// Of a line so much tells its group.
const TELLING: usize = 400;

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    pub lines: u64,
    pub entries: u64,
    /// The worst first, then those with most.
    pub groups: Vec<Group>,
    /// Groups beyond those that are kept.
    pub others: u64,
    pub first_at: Option<i64>,
    pub last_at: Option<i64>,
    /// Times that do not say of which zone they are, and were taken for UTC.
    pub unzoned: u64,
    /// By kind, most often named first.
    pub ids: Vec<Id>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub key: u64,
    pub level: Level,
    /// What all of it has in common; `<*>` stands for what is another each time.
    pub template: String,
    /// The first of it.
    pub sample: String,
    pub count: u64,
    /// The line of the first.
    pub number: u64,
    pub first_at: Option<i64>,
    pub last_at: Option<i64>,
}

/// One line of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub number: u64,
    pub at: Option<i64>,
    pub level: Level,
    pub text: String,
}

impl Row {
    pub(super) fn of(entry: &Entry<'_>) -> Self {
        Self { number: entry.number, at: entry.at, level: entry.level, text: clip(&entry.text, 4 * LONGEST).to_owned() }
    }
}

#[derive(Default)]
pub(super) struct Groups {
    by: HashMap<u64, Group>,
    left: HashSet<u64>,
    ids: HashMap<IdKind, HashMap<String, u64>>,
    found: Found,
    masked: String,
}

impl Groups {
    pub(super) fn add(&mut self, entry: &Entry<'_>) {
        let found = &mut self.found;
        found.entries += 1;
        found.lines = found.lines.max(entry.number);
        found.unzoned += u64::from(entry.at.is_some() && !entry.zoned);
        widen(&mut found.first_at, &mut found.last_at, entry.at);
        let named = &mut self.ids;
        let mut note = |kind: IdKind, value: &str| {
            let of = named.entry(kind).or_default();
            if let Some(count) = of.get_mut(value) {
                *count += 1;
            } else if of.len() < IDS {
                of.insert(value.to_owned(), 1);
            }
        };
        ids(&entry.text, &mut note);
        for (kind, value) in &entry.ids {
            note(*kind, value);
        }
        let key = key(entry, &mut self.masked);
        if let Some(group) = self.by.get_mut(&key) {
            group.count += 1;
            widen(&mut group.first_at, &mut group.last_at, entry.at);
        } else if self.by.len() < MOST {
            let group = Group {
                key,
                level: entry.level,
                template: self.masked.clone(),
                sample: clip(&entry.text, LONGEST).to_owned(),
                count: 1,
                number: entry.number,
                first_at: entry.at,
                last_at: entry.at,
            };
            self.by.insert(key, group);
        } else {
            self.left.insert(key);
        }
    }

    pub(super) fn found(self) -> Found {
        let Self { by, left, ids, mut found, .. } = self;
        let mut groups: Vec<Group> = by.into_values().collect();
        groups.sort_by(|a, b| a.level.cmp(&b.level).then(b.count.cmp(&a.count)).then(a.number.cmp(&b.number)));
        found.others = (groups.len().saturating_sub(KEPT) + left.len()) as u64;
        groups.truncate(KEPT);
        found.groups = groups;
        let by_kind: BTreeMap<IdKind, HashMap<String, u64>> = ids.into_iter().collect();
        for (kind, of) in by_kind {
            let mut of: Vec<Id> = of.into_iter().map(|(value, count)| Id { kind, value, count }).collect();
            of.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
            found.ids.append(&mut of);
        }
        found
    }
}

fn widen(first: &mut Option<i64>, last: &mut Option<i64>, at: Option<i64>) {
    let Some(at) = at else { return };
    *first = Some(first.map_or(at, |first| first.min(at)));
    *last = Some(last.map_or(at, |last| last.max(at)));
}

/// The same for lines of one group; `masked` holds what they have in common afterwards.
pub(super) fn key(entry: &Entry<'_>, masked: &mut String) -> u64 {
    mask(clip(entry.said.unwrap_or(&entry.text), TELLING), masked);
    let mut hasher = DefaultHasher::new();
    (entry.level as u8, masked.as_str()).hash(&mut hasher);
    // A number that JavaScript holds without loss.
    hasher.finish() >> 12
}

const HOLE: &str = "<*>";

/// Words with a digit or an `@`, and what stands in quotes, are another each time. In one walk: logs are long.
fn mask(text: &str, out: &mut String) {
    out.clear();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte == b'@' || *byte >= 0x80;
        if word(byte) {
            let end = at + bytes.iter().skip(at).take_while(|byte| word(byte)).count();
            let run = text.get(at..end).unwrap_or_default();
            if run.bytes().any(|byte| byte.is_ascii_digit() || byte == b'@') {
                hole(out)
            } else {
                out.push_str(run)
            }
            at = end;
            continue;
        }
        if matches!(byte, b'"' | b'\'') && !bytes.get(at.wrapping_sub(1)).is_some_and(u8::is_ascii_alphanumeric) {
            let close = bytes.iter().skip(at + 1).take(120).position(|other| other == byte);
            if let Some(close) = close {
                hole(out);
                at += close + 2;
                continue;
            }
        }
        out.push(char::from(*byte));
        at += 1;
    }
    let head = out.find(|c: char| c.is_alphabetic()).unwrap_or(0);
    // Nobody reads a time that is none.
    if out.starts_with(['<', '[', '(']) {
        out.drain(..head);
    }
}

/// `<*>.<*>-<*>` is one.
fn hole(out: &mut String) {
    let joint = |c: char| matches!(c, '.' | ':' | '-' | '/' | ',' | '+');
    if out.strip_suffix(joint).is_some_and(|rest| rest.ends_with(HOLE)) {
        out.pop();
    } else if !out.ends_with(HOLE) {
        out.push_str(HOLE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_another_each_time_is_a_hole_and_what_is_said_stays() {
        let masked = |text: &str| {
            let mut out = String::new();
            mask(text, &mut out);
            out
        };
        for (text, template) in [
            (
                "2026-05-01 12:00:00,123 ERROR [main] Pool - order 12-7 of 'Bob' failed",
                "ERROR [main] Pool - order <*> of <*> failed",
            ),
            ("2026-05-01T12:00:00Z WARN ann@x.org timed out after 30s", "WARN <*>.org timed out after <*>"),
            ("it isn't so", "it isn't so"),
        ] {
            assert_eq!(masked(text), template, "{text}");
        }
    }
}
