//! Key figures: what each divides by what, and of which tickets. A figure without its base is not shown.

mod handed;
mod judged;
mod list;
mod problems;
mod saved;

use crate::{
    Case, Handed, Opening, Part, Period, Tiers,
    numbers::{Spread, spread},
    path::{Raised, Step, Way, steps},
};
use domain::Tier;
pub use judged::{Asked, Judged};
pub use list::FIGURES;
pub use problems::HandledRule;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap, HashSet};

const DAY: i64 = 86_400_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Of its base.
    Share,
    Hours,
    Count,
}

/// What is counted, and what its rows are rows of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    Tickets,
    /// Packages; its rows are theirs.
    Escalations,
    /// Errors and known errors; its rows are their tickets.
    Problems,
    /// Facts of packages; its rows are the packages.
    Facts,
}

/// What a figure is. The words are printed with it, wherever it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Definition {
    pub name: &'static str,
    pub formula: &'static str,
    /// What it is a share or a spread of.
    pub base: &'static str,
    pub unit: Unit,
    pub of: Of,
    /// Below this, or as few as this where it counts, all is well.
    pub target: Option<f64>,
    /// All is well from the target on, and not below it.
    pub at_least: bool,
    /// It says nothing without these: each is shown beside it.
    pub with: &'static [&'static str],
    /// It rests on the rule that says what engineering had.
    pub by_rule: bool,
}

/// Of one period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    pub name: &'static str,
    /// Share, mean or sum; `None` of no base: never a made-up zero.
    pub value: Option<f64>,
    /// Where the value is the least that it can be: the most.
    pub at_most: Option<f64>,
    pub of: u64,
    pub count: u64,
    pub spread: Option<Spread>,
    /// Of hours: the same in hours at work.
    pub at_work: Option<Spread>,
    /// What was counted, and its base: rows, in the order of time.
    #[serde(skip)]
    pub rows: Vec<i64>,
    #[serde(skip)]
    pub base: Vec<i64>,
}

/// All that figures are made of; what came before the period counts for some.
#[derive(Clone, Copy, Debug)]
pub struct Past<'a> {
    pub cases: &'a [Case],
    pub handed: &'a [Handed],
    /// Known errors by their number among [`Case::problems`], and when each was written down.
    pub written: &'a [(i64, i64)],
    pub judged: &'a Judged,
}

/// Of what a figure is asked.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    pub period: Period,
    /// Only of these.
    pub part: Option<&'a Part>,
    pub tiers: &'a Tiers,
    pub opening: &'a Opening,
    /// From how sure on what the exam found counts as an answer.
    pub seen: f64,
    pub handled: HandledRule,
}

struct Told<'a> {
    case: &'a Case,
    way: Way,
    raised: Option<Raised>,
}

/// In the order of [`FIGURES`].
pub fn figures(past: &Past<'_>, scope: &Scope<'_>) -> Vec<Figure> {
    let base = Base::of(past, scope.tiers);
    FIGURES.iter().map(|definition| base.figure(definition.name, past, scope)).collect()
}

/// One of them alone.
pub fn figure(past: &Past<'_>, scope: &Scope<'_>, of: &Definition) -> Figure {
    Base::of(past, scope.tiers).figure(of.name, past, scope)
}

/// Some of them, by name, of each of several parts.
pub fn cohorts(past: &Past<'_>, scope: &Scope<'_>, names: &[&'static str], parts: &[Part]) -> Vec<Vec<Figure>> {
    let base = Base::of(past, scope.tiers);
    let of = |part| {
        let scope = Scope { part: Some(part), ..*scope };
        names.iter().map(|name| base.figure(name, past, &scope)).collect()
    };
    parts.iter().map(of).collect()
}

/// Errors and known errors that support handles, as the figure counts them.
pub fn handled(past: &Past<'_>, scope: &Scope<'_>) -> BTreeSet<i64> {
    let base = Base::of(past, scope.tiers);
    let within = |one: &&Told<'_>| scope.part.is_none_or(|part| part.has(one.case, scope.tiers));
    problems::types(base.told.iter().filter(within), scope.period, scope.handled).1.into_keys().collect()
}

/// What every figure is worked out from.
struct Base<'a> {
    told: Vec<Told<'a>>,
    answered: HashMap<i64, Vec<(i64, i64)>>,
    again: HashSet<i64>,
}

impl<'a> Base<'a> {
    fn of(past: &Past<'a>, tiers: &Tiers) -> Self {
        let told = |case: &'a Case| {
            let way = tiers.way(case);
            Told { case, way, raised: way.raised }
        };
        let told: Vec<Told<'a>> = past.cases.iter().map(told).collect();
        let (answered, again) = (first_answered(&told), came_again(&told));
        Self { told, answered, again }
    }

    fn figure(&self, name: &'static str, past: &Past<'_>, scope: &Scope<'_>) -> Figure {
        let tiers = scope.tiers;
        let within = |one: &&Told<'_>| scope.part.is_none_or(|part| part.has(one.case, tiers));
        let cohort = || -> Vec<&Told<'_>> {
            self.told.iter().filter(|one| scope.period.has(one.case.created_at) && within(one)).collect()
        };
        let entered = |tier: Tier| move |one: &Told<'_>| one.way.visited(tier);
        let passed = |from: Tier| move |one: &Told<'_>| one.way.passed(from);
        let escalated = |one: &Told<'_>| one.raised.is_some();
        let solved = |one: &Told<'_>| one.case.hours().is_some();
        let took = |one: &Told<'_>| (one.case.created_at, one.case.solved_at.unwrap_or(one.case.created_at));
        let time = |name, base: &dyn Fn(&Told<'_>) -> bool| {
            let (rows, spans) = cohort().iter().filter(|one| base(one)).map(|one| (one.case.row, took(one))).unzip();
            hours(name, rows, spans, scope.opening)
        };
        match name {
            "l1_l2" => part(name, &cohort(), entered(Tier::L1), passed(Tier::L1)),
            "l2_l3" => part(name, &cohort(), entered(Tier::L2), passed(Tier::L2)),
            "engineering" => part(name, &cohort(), |_| true, escalated),
            "repeat_l3" => part(name, &cohort(), escalated, |one| repeats(one, &self.answered)),
            "independent" => part(name, &cohort(), solved, |one| one.raised.is_none()),
            "reopened" => part(name, &cohort(), |one| one.case.solved_at.is_some(), |one| one.case.reopened()),
            "csat" => part(name, &cohort(), |one| one.case.satisfied.is_some(), |one| one.case.satisfied == Some(true)),
            "recontact" => part(name, &cohort(), solved, |one| self.again.contains(&one.case.row)),
            "link_accuracy" => {
                let looked = |one: &Told<'_>| past.judged.ties.get(&one.case.row).copied();
                part(name, &cohort(), |one| solved(one) && looked(one).is_some(), |one| looked(one) == Some(true))
            }
            "avoidable" => judged::avoidable(name, &cohort(), past.judged, scope.seen),
            "answer_accuracy" => judged::accuracy(name, &cohort(), past.judged, scope.seen),
            "linked" => part(name, &cohort(), solved, |one| one.case.linked),
            "hours_all" => time(name, &solved),
            "hours_escalated" => time(name, &|one| solved(one) && one.raised.is_some()),
            "hours_alone" => time(name, &|one| solved(one) && one.raised.is_none()),
            "bounces" => measure(name, &cohort(), escalated, |one| {
                let within = |step: &Step| step.from == Tier::L3 && step.to == Tier::L3;
                steps(one.case, tiers).iter().filter(|step| within(step)).count() as f64
            }),
            "types_handled" => problems::handled(name, self.told.iter().filter(within), scope.period, scope.handled),
            "deflection" => saved::saved(name, &self.told, &cohort()),
            "known" => part(name, &cohort(), |one| one.case.linked, |one| one.case.known),
            "found_before" => problems::found_before(name, self.told.iter().filter(within), past, scope),
            _ => handed::figure(name, past, scope),
        }
    }
}

fn part(
    name: &'static str,
    cohort: &[&Told<'_>],
    base: impl Fn(&Told<'_>) -> bool,
    counts: impl Fn(&Told<'_>) -> bool,
) -> Figure {
    let base: Vec<&&Told<'_>> = cohort.iter().filter(|one| base(one)).collect();
    let rows: Vec<i64> = base.iter().filter(|one| counts(one)).map(|one| one.case.row).collect();
    let value = (!base.is_empty()).then(|| rows.len() as f64 / base.len() as f64);
    let (of, count) = (base.len() as u64, rows.len() as u64);
    let base = base.iter().map(|one| one.case.row).collect();
    Figure { value, of, count, rows, base, ..Figure::none(name) }
}

/// How long each took, on the calendar and at work; from when until when, of each row.
fn hours(name: &'static str, rows: Vec<i64>, spans: Vec<(i64, i64)>, opening: &Opening) -> Figure {
    let calendar = |(from, until): &(i64, i64)| (until - from).max(0) as f64 / 3_600_000.0;
    let spread_of = |hours: &dyn Fn(&(i64, i64)) -> f64| spread(spans.iter().map(hours).collect());
    let at_work = spread_of(&|(from, until)| opening.hours(*from, *until));
    Figure { at_work, ..Figure::of_spread(name, rows, spread_of(&calendar)) }
}

fn measure(
    name: &'static str,
    cohort: &[&Told<'_>],
    base: impl Fn(&Told<'_>) -> bool,
    value: impl Fn(&Told<'_>) -> f64,
) -> Figure {
    let base: Vec<&&Told<'_>> = cohort.iter().filter(|one| base(one)).collect();
    let spread = spread(base.iter().map(|one| value(one)).collect());
    Figure::of_spread(name, base.iter().map(|one| one.case.row).collect(), spread)
}

impl Figure {
    fn none(name: &'static str) -> Self {
        Self {
            name,
            value: None,
            at_most: None,
            of: 0,
            count: 0,
            spread: None,
            at_work: None,
            rows: Vec::new(),
            base: Vec::new(),
        }
    }

    fn of_spread(name: &'static str, rows: Vec<i64>, spread: Option<Spread>) -> Self {
        let n = rows.len() as u64;
        let value = spread.map(|spread| spread.mean);
        Self { value, of: n, count: n, spread, base: rows.clone(), rows, ..Self::none(name) }
    }
}

/// Of each problem, when engineering first solved a ticket of it, and which; and when it did in any other.
fn first_answered(told: &[Told<'_>]) -> HashMap<i64, Vec<(i64, i64)>> {
    let mut answered: HashMap<i64, Vec<(i64, i64)>> = HashMap::new();
    for one in told.iter().filter(|one| one.raised.is_some() && one.case.done) {
        if let Some(solved) = one.case.solved_at {
            for problem in &one.case.problems {
                answered.entry(*problem).or_default().push((solved, one.case.row));
            }
        }
    }
    for solved in answered.values_mut() {
        solved.sort_unstable();
        // The ticket itself may be one of them: the second is enough to know.
        solved.truncate(2);
    }
    answered
}

fn repeats(one: &Told<'_>, answered: &HashMap<i64, Vec<(i64, i64)>>) -> bool {
    let Some(raised) = one.raised else { return false };
    let before = |(solved, row): &(i64, i64)| *row != one.case.row && *solved < raised.at;
    one.case.problems.iter().any(|problem| answered.get(problem).is_some_and(|solved| solved.iter().any(before)))
}

/// Rows of solved tickets after which the same person came with the same problem within a week.
fn came_again(told: &[Told<'_>]) -> HashSet<i64> {
    // In order, not in a map of lists: of a hundred thousand pairs nearly all stand alone.
    let mut pairs: Vec<(i64, i64, i64, &Case)> = Vec::with_capacity(told.len());
    for one in told {
        if let Some(requester) = one.case.requester {
            let problems = one.case.problems.iter();
            pairs.extend(problems.map(|problem| (requester, *problem, one.case.created_at, one.case)));
        }
    }
    pairs.sort_unstable_by_key(|(requester, problem, at, case)| (*requester, *problem, *at, case.row));
    let mut again = HashSet::new();
    for same in pairs.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|same| same.len() > 1) {
        for (.., case) in same {
            let Some(solved) = case.solved_at.filter(|_| case.done) else { continue };
            let later = same.get(same.partition_point(|(_, _, at, _)| *at < solved)..).unwrap_or_default();
            let within = later.iter().take_while(|(_, _, at, _)| *at <= solved + 7 * DAY);
            if within.into_iter().any(|(.., other)| other.row != case.row) {
                again.insert(case.row);
            }
        }
    }
    again
}

#[cfg(test)]
mod tests;
