//! Figures that rest on the newest exam, and on what people said of samples.

use super::{Figure, Told, part};
use std::collections::{HashMap, HashSet};

/// What the newest exam found, and what people said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// Errors and known errors that always need engineering, by their number among [`Case::problems`](crate::Case).
    pub always: HashSet<i64>,
    /// Escalated tickets that the exam asked, by row.
    pub asked: HashMap<i64, Asked>,
    /// Tickets of which somebody looked at what they are tied to: whether all of it fits.
    pub ties: HashMap<i64, bool>,
}

/// What the exam found for an escalation, as of when it was raised.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Asked {
    /// How sure the surest answer is; `None` without one.
    pub sure: Option<f64>,
    /// Whether somebody said that it was the answer.
    pub fits: Option<bool>,
}

impl Asked {
    fn found(&self, seen: f64) -> bool {
        self.sure.is_some_and(|sure| sure >= seen)
    }
}

impl Judged {
    /// One of these is none that support could be taught.
    fn always(&self, one: &Told<'_>) -> bool {
        one.case.problems.iter().any(|problem| self.always.contains(problem))
    }

    fn asked(&self, one: &Told<'_>) -> Option<&Asked> {
        one.raised.and_then(|_| self.asked.get(&one.case.row)).filter(|_| !self.always(one))
    }
}

/// Found, and nobody said that it was none.
pub(super) fn avoidable(name: &'static str, cohort: &[&Told<'_>], judged: &Judged, seen: f64) -> Figure {
    let had = |asked: &Asked| asked.found(seen) && asked.fits != Some(false);
    part(name, cohort, |one| judged.asked(one).is_some(), |one| judged.asked(one).is_some_and(had))
}

/// Of what was found and somebody looked at.
pub(super) fn accuracy(name: &'static str, cohort: &[&Told<'_>], judged: &Judged, seen: f64) -> Figure {
    let looked = |asked: &&Asked| asked.found(seen) && asked.fits.is_some();
    let fits = |one: &Told<'_>| judged.asked(one).is_some_and(|asked| asked.fits == Some(true));
    part(name, cohort, |one| judged.asked(one).filter(looked).is_some(), fits)
}
