//! Pages without end, and without a page number: the next one begins after the last hit of the one before.
//!
//! Points depend on how many documents have a word, and that changes with every ticket that comes. A cursor therefore
//! carries the numbers by which the first page was weighed. The pages after it weigh by the same ones, so that what was
//! there keeps its place: nothing comes twice, and nothing that was there is passed over.

use super::{Tier, top::Place};
use crate::Error;
use domain::DocId;
use std::fmt::Write;

/// More numbers than any query of ours notes.
const MOST_SCALES: usize = 4096;

/// Numbers that say how much a word counts, and choices that depend on them, in the order in which they are met.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scales {
    noted: Vec<f32>,
    /// Numbers of an earlier page that were not met yet.
    at: Option<usize>,
}

impl Scales {
    fn of_earlier_page(noted: Vec<f32>) -> Self {
        Self { noted, at: Some(0) }
    }

    /// What counts: `now` on a first page, what was noted then on a later one.
    pub(super) fn weigh(&mut self, now: f32) -> f32 {
        match &mut self.at {
            None => {
                self.noted.push(now);
                now
            }
            Some(at) => {
                let then = self.noted.get(*at).copied();
                *at += 1;
                then.unwrap_or(now)
            }
        }
    }

    pub(super) fn choose(&mut self, now: bool) -> bool {
        self.weigh(if now { 1.0 } else { 0.0 }) > 0.5
    }
}

/// Where a page ended.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cursor {
    /// Of the query: the next page answers the same one.
    query: u32,
    pub last: Place,
    pub scales: Scales,
}

impl Cursor {
    pub(super) fn new(query: u32, last: Place, scales: Scales) -> Self {
        Self { query, last, scales: Scales { at: None, ..scales } }
    }

    pub(super) fn write(&self) -> String {
        let Place { tier, points, created, doc } = self.last;
        let mut out = format!("1.{:x}.{}.{:x}.{created}.{:x}.", self.query, tier as u8, points.to_bits(), doc.pack());
        for scale in &self.scales.noted {
            let _ = write!(out, "{:08x}", scale.to_bits());
        }
        out
    }

    /// Refuses what this version did not write for this query.
    pub(super) fn read(text: &str, query: u32) -> Result<Self, Error> {
        parse(text).filter(|cursor| cursor.query == query).ok_or(Error::BadCursor)
    }
}

fn parse(text: &str) -> Option<Cursor> {
    let mut parts = text.split('.');
    if parts.next()? != "1" {
        return None;
    }
    let query = u32::from_str_radix(parts.next()?, 16).ok()?;
    let tier: u8 = parts.next()?.parse().ok()?;
    let tier = Tier::ALL.into_iter().find(|known| *known as u8 == tier)?;
    let points = float(parts.next()?)?;
    let created = parts.next()?.parse().ok()?;
    let doc = DocId::unpack(u64::from_str_radix(parts.next()?, 16).ok()?)?;
    let numbers = parts.next()?;
    if !numbers.is_ascii() || numbers.len() % 8 != 0 || numbers.len() / 8 > MOST_SCALES || parts.next().is_some() {
        return None;
    }
    let noted =
        (0..numbers.len()).step_by(8).map(|at| numbers.get(at..at + 8).and_then(float)).collect::<Option<_>>()?;
    Some(Cursor { query, last: Place { tier, points, created, doc }, scales: Scales::of_earlier_page(noted) })
}

/// No number of ours is infinite or none at all.
fn float(hex: &str) -> Option<f32> {
    let float = f32::from_bits(u32::from_str_radix(hex, 16).ok()?);
    float.is_finite().then_some(float)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last() -> Place {
        Place { tier: Tier::Typo, points: 3.25, created: -7, doc: DocId::ticket(41) }
    }

    #[test]
    fn a_cursor_reads_back_what_it_wrote_and_weighs_as_then() {
        let mut scales = Scales::default();
        assert_eq!((scales.weigh(0.5), scales.choose(true), scales.weigh(-2.0)), (0.5, true, -2.0));
        let written = Cursor::new(77, last(), scales).write();
        let mut read = Cursor::read(&written, 77).unwrap();
        assert_eq!(read.last, last());
        assert_eq!((read.scales.weigh(9.0), read.scales.choose(false), read.scales.weigh(9.0)), (0.5, true, -2.0));
        assert_eq!(Cursor::new(77, last(), read.scales).write(), written, "the page after it weighs so too");
    }

    #[test]
    fn what_was_not_written_for_this_query_is_refused() {
        let written = Cursor::new(77, last(), Scales::default()).write();
        assert!(matches!(Cursor::read(&written, 78), Err(Error::BadCursor)));
        for text in ["", "1", "2.4d.2.0.0.1.", "1.4d.9.0.0.1.", "1.4d.2.7f800000.0.1.", "1.4d.2.0.0.1.0", "é.é"] {
            assert!(matches!(Cursor::read(text, 77), Err(Error::BadCursor)), "{text}");
        }
    }
}
