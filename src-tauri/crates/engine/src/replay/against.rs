//! Who won, ticket by ticket: one way to rank against another, and against itself in the exam before.

use super::{
    kept::{Asked, Report},
    measures,
};
use crate::api::view::AgainstView;
use domain::Millis;
use std::collections::HashMap;
use store::KeptReplay;

/// The name of the exam before among the names of ways to rank.
pub(super) const BEFORE: &str = "before";

/// One way to rank, here, and what it is held against, there.
pub(super) struct Against<'a> {
    pub name: &'a str,
    /// When the exam before was taken.
    at: Option<Millis>,
    same_weights: bool,
    here: usize,
    there: usize,
    /// What both asked.
    pairs: Vec<(&'a Asked, &'a Asked)>,
}

/// The exam before first, then every other way to rank.
pub(super) fn all<'a>(report: &'a Report, here: usize, before: Option<&'a (KeptReplay, Report)>) -> Vec<Against<'a>> {
    let weights = |report: &'a Report, at: usize| report.weights.get(at);
    let earlier = before.and_then(|(kept, earlier)| {
        let there = earlier.configurations.iter().position(|name| Some(name) == report.configurations.get(here))?;
        let then: HashMap<&str, &Asked> = earlier.cases.iter().map(|asked| (asked.ticket.as_str(), asked)).collect();
        let pair = |asked: &'a Asked| then.get(asked.ticket.as_str()).map(|then| (asked, *then));
        let same_weights = weights(report, here).is_some() && weights(report, here) == weights(earlier, there);
        let pairs = report.cases.iter().filter_map(pair).collect();
        Some(Against { name: BEFORE, at: Some(kept.at), same_weights, here, there, pairs })
    });
    let others = report.configurations.iter().enumerate().filter(|(there, _)| *there != here);
    let others = others.map(|(there, name)| Against {
        name,
        at: None,
        same_weights: weights(report, here) == weights(report, there),
        here,
        there,
        pairs: report.cases.iter().map(|asked| (asked, asked)).collect(),
    });
    earlier.into_iter().chain(others).collect()
}

impl Against<'_> {
    pub(super) fn view(&self, k: u32) -> AgainstView {
        let (mut both, mut here_alone, mut there_alone, mut neither) = (0, 0, 0, 0);
        for (here, there) in &self.pairs {
            match (here.is_within(self.here, k), there.is_within(self.there, k)) {
                (true, true) => both += 1,
                (true, false) => here_alone += 1,
                (false, true) => there_alone += 1,
                (false, false) => neither += 1,
            }
        }
        AgainstView {
            name: self.name.into(),
            at: self.at.map(|at| at.0),
            same_weights: self.same_weights,
            both,
            here_alone,
            there_alone,
            neither,
            beyond_chance: measures::is_beyond_chance(here_alone, there_alone),
            here: measures::measures(self.pairs.iter().map(|(here, _)| *here), self.here, k),
            there: measures::measures(self.pairs.iter().map(|(_, there)| *there), self.there, k),
        }
    }

    /// Of each ticket that both asked, where its first right answer stands there.
    pub(super) fn places(&self) -> HashMap<&str, Option<u32>> {
        self.pairs.iter().map(|(here, there)| (here.ticket.as_str(), there.place(self.there))).collect()
    }
}
