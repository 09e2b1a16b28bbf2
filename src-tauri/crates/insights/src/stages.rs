//! Where the time of an escalated ticket went, from its report until it was solved. A moment that nobody wrote down takes no time
//! of its own: what it lasted stands with the next one that is known, so that the stages are always the whole time.

use crate::{
    Case, Handed, Past, Scope, Turn,
    numbers::{Spread, spread},
    raised,
};
use serde::Serialize;
use std::collections::HashMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// Engineering did something with it: with its package, or with a word in the ticket.
    Acknowledged,
    /// Engineering said what it is.
    Diagnosed,
    /// Of a change in the code no figure reads when it was made: told as what is missing.
    Fixed,
    Released,
    /// The customer has it, at the latest.
    Told,
}

impl Moment {
    pub const ALL: [Self; 5] = [Self::Acknowledged, Self::Diagnosed, Self::Fixed, Self::Released, Self::Told];
}

/// Up to a moment, from the last one before it that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    pub until: Moment,
    /// Tickets of which the moment is known, those where it took longest first.
    pub rows: Vec<i64>,
    /// Milliseconds, of all of them together.
    pub took: i64,
    /// In hours.
    pub spread: Option<Spread>,
}

/// Of tickets of the period that engineering had and that are solved.
#[derive(Clone, Debug, PartialEq)]
pub struct Stages {
    pub tickets: u64,
    /// Milliseconds from report to solution, of all of them together.
    pub took: i64,
    /// One of each moment, in order.
    pub stages: Vec<Stage>,
}

impl Stages {
    /// The one that took most of the time; `None` where there was none.
    pub fn longest(&self) -> Option<Moment> {
        let most = self.stages.iter().map(|stage| stage.took).max().filter(|took| *took > 0)?;
        self.stages.iter().find(|stage| stage.took == most).map(|stage| stage.until)
    }
}

pub fn stages(past: &Past<'_>, scope: &Scope<'_>) -> Stages {
    let mut packages: HashMap<i64, Vec<&Handed>> = HashMap::new();
    for one in past.handed {
        packages.entry(one.case.unwrap_or(-1)).or_default().push(one);
    }
    let within = |case: &&Case| {
        scope.period.has(case.created_at)
            && scope.part.is_none_or(|part| part.has(case, scope.tiers))
            && case.hours().is_some()
            && raised(case, scope.tiers).is_some()
    };
    let (mut tickets, mut took) = (0, 0);
    let mut each: [Vec<(i64, i64)>; 5] = Default::default();
    for case in past.cases.iter().filter(within) {
        let handed = packages.get(&case.row).map(Vec::as_slice).unwrap_or_default();
        let until = case.solved_at.unwrap_or(case.created_at).max(case.created_at);
        tickets += 1;
        took += until - case.created_at;
        let mut from = case.created_at;
        for (at, stage) in moments(case, handed, until).into_iter().zip(&mut each) {
            // What was said before something else had been is said by then.
            let Some(at) = at.map(|at| at.max(from)) else { continue };
            stage.push((at - from, case.row));
            from = at;
        }
    }
    let stage = |(until, mut all): (Moment, Vec<(i64, i64)>)| {
        all.sort_by(|a, b| b.cmp(a));
        let hours = all.iter().map(|(took, _)| *took as f64 / 3_600_000.0).collect();
        let took = all.iter().map(|(took, _)| took).sum();
        Stage { until, took, spread: spread(hours), rows: all.into_iter().map(|(_, row)| row).collect() }
    };
    Stages { tickets, took, stages: Moment::ALL.into_iter().zip(each).map(stage).collect() }
}

/// In the order of [`Moment::ALL`]; what came after it was solved is none of its time.
fn moments(case: &Case, handed: &[&Handed], until: i64) -> [Option<i64>; 5] {
    let within = |at: &i64| (case.created_at..=until).contains(at);
    let first = |turn: Turn| {
        let turns = handed.iter().flat_map(|one| &one.turns);
        turns.filter(|(_, had)| *had == turn).map(|(at, _)| *at).filter(within).min()
    };
    let taken = handed.iter().filter_map(|one| one.taken_at()).chain(case.engineer_at).filter(within).min();
    [taken, first(Turn::Answered), None, first(Turn::Released), Some(until)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{HandledRule, Judged, Opening, Period, Tiers, Week};

    const HOUR: i64 = 3_600_000;

    fn told(cases: &[Case], handed: &[Handed]) -> Stages {
        let (tiers, opening) = (Tiers::default(), Opening::new(&Week::default(), Vec::new()));
        let period = Period { from: 0, until: 1000 * HOUR };
        let scope =
            Scope { period, part: None, tiers: &tiers, opening: &opening, seen: 0.0, handled: HandledRule::default() };
        stages(&Past { cases, handed, written: &[], judged: &Judged::default() }, &scope)
    }

    fn case(row: i64, solved: i64) -> Case {
        let group = Some("Engineering".to_owned());
        Case { row, created_at: HOUR, solved_at: Some(solved * HOUR), done: true, group, ..Case::default() }
    }

    fn package(case: i64, turns: &[(i64, Turn)]) -> Handed {
        let turns = turns.iter().map(|(at, turn)| (at * HOUR, *turn)).collect();
        Handed { id: case, case: Some(case), turns, ..Handed::default() }
    }

    #[test]
    fn the_stages_are_the_whole_time_and_the_longest_is_named() {
        let all = [(2, Turn::Sent), (4, Turn::Taken), (9, Turn::Answered), (40, Turn::Released), (60, Turn::Over)];
        // Of the second nothing is known but an engineer's word, and of the third what came too late.
        let cases = [case(1, 41), Case { engineer_at: Some(3 * HOUR), ..case(2, 11) }, case(3, 5)];
        let told = told(&cases, &[package(1, &all), package(3, &[(2, Turn::Sent), (8, Turn::Taken)])]);
        let hours: Vec<_> =
            told.stages.iter().map(|stage| (stage.until, stage.took / HOUR, stage.rows.clone())).collect();
        assert_eq!(
            hours,
            [
                (Moment::Acknowledged, 3 + 2, vec![1, 2]),
                (Moment::Diagnosed, 5, vec![1]),
                (Moment::Fixed, 0, vec![]),
                (Moment::Released, 31, vec![1]),
                (Moment::Told, 1 + 8 + 4, vec![2, 3, 1]),
            ]
        );
        assert_eq!((told.tickets, told.took / HOUR, told.longest()), (3, 40 + 10 + 4, Some(Moment::Released)));
        assert_eq!(told.stages.iter().map(|stage| stage.took).sum::<i64>(), told.took);
    }

    #[test]
    fn moments_out_of_order_take_no_time_twice_and_what_is_open_or_supports_own_is_left_out() {
        let turns = [(2, Turn::Sent), (3, Turn::Answered), (6, Turn::Taken), (7, Turn::Released)];
        let open = Case { done: false, ..case(2, 9) };
        let own = Case { group: Some("Desk".into()), ..case(3, 9) };
        let told = told(&[case(1, 8), open, own], &[package(1, &turns)]);
        let hours: Vec<i64> = told.stages.iter().map(|stage| stage.took / HOUR).collect();
        assert_eq!((told.tickets, hours), (1, vec![2, 0, 0, 4, 1]), "it was taken when it was answered");
        assert_eq!(super::tests::told(&[], &[]).longest(), None);
    }
}
