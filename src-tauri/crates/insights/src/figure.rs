//! Key figures: what each divides by what, and of which tickets. A figure without its base is not shown.

use crate::{
    Case, Period, Tiers,
    numbers::{Spread, spread},
    path::{Raised, Step, raised, steps, visited},
};
use domain::Tier;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

const DAY: i64 = 86_400_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Of its base.
    Share,
    Hours,
    Count,
}

/// What a figure is. The words are printed with it, wherever it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Definition {
    pub name: &'static str,
    pub formula: &'static str,
    /// What it is a share or a spread of.
    pub base: &'static str,
    pub unit: Unit,
    /// Below this, or as few as this where it counts, all is well.
    pub target: Option<f64>,
    /// It says nothing without these: each is shown beside it.
    pub with: &'static [&'static str],
    /// It rests on the rule that says what engineering had.
    pub by_rule: bool,
}

/// Of one period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    pub name: &'static str,
    /// Share, or mean; `None` of no base: never a made-up zero.
    pub value: Option<f64>,
    pub of: u64,
    pub count: u64,
    pub spread: Option<Spread>,
    /// The tickets that were counted, and its base: rows, in the order of time.
    #[serde(skip)]
    pub rows: Vec<i64>,
    #[serde(skip)]
    pub base: Vec<i64>,
}

const fn share(name: &'static str, formula: &'static str, base: &'static str) -> Definition {
    Definition { name, formula, base, unit: Unit::Share, target: None, with: &[], by_rule: true }
}

pub const FIGURES: [Definition; 13] = [
    Definition {
        target: Some(0.30),
        by_rule: false,
        ..share(
            "l1_l2",
            "tickets handed from the first tier to the second or third ÷ tickets that entered the first tier",
            "tickets that entered the first tier",
        )
    },
    Definition {
        target: Some(0.15),
        by_rule: false,
        ..share(
            "l2_l3",
            "tickets handed from the second tier to the third ÷ tickets that entered the second tier",
            "tickets that entered the second tier",
        )
    },
    Definition {
        target: Some(0.20),
        ..share(
            "engineering",
            "tickets that engineering had, by the rule ÷ all tickets; those that reached it directly count",
            "all tickets",
        )
    },
    Definition {
        target: Some(0.0),
        ..share(
            "repeat_l3",
            "escalated tickets whose error or known error engineering had solved in another ticket before ÷ escalated tickets",
            "escalated tickets",
        )
    },
    Definition {
        with: &["reopened", "recontact"],
        ..share("independent", "solved tickets that engineering never had ÷ solved tickets", "solved tickets")
    },
    Definition {
        by_rule: false,
        ..share(
            "reopened",
            "tickets that were solved and are open again ÷ tickets that were ever solved",
            "tickets that were ever solved",
        )
    },
    Definition {
        by_rule: false,
        ..share(
            "recontact",
            "solved tickets after which the same requester came with the same error or known error within 7 days ÷ solved tickets",
            "solved tickets",
        )
    },
    Definition {
        by_rule: false,
        ..share(
            "linked",
            "solved tickets tied to another ticket, a known error or an article ÷ solved tickets",
            "solved tickets",
        )
    },
    Definition {
        unit: Unit::Hours,
        by_rule: false,
        ..share("hours_all", "last solution − first word, in calendar hours", "solved tickets")
    },
    Definition {
        unit: Unit::Hours,
        ..share(
            "hours_escalated",
            "last solution − first word, in calendar hours, of tickets that engineering had",
            "solved tickets that engineering had",
        )
    },
    Definition {
        unit: Unit::Hours,
        ..share(
            "hours_alone",
            "last solution − first word, in calendar hours, of tickets that engineering never had",
            "solved tickets that engineering never had",
        )
    },
    Definition {
        unit: Unit::Count,
        target: Some(1.0),
        ..share(
            "bounces",
            "handovers from one group of the third tier to another, of each escalated ticket",
            "escalated tickets",
        )
    },
    Definition {
        unit: Unit::Count,
        ..share(
            "types_handled",
            "errors and known errors that support alone solved in three tickets or more, none of them open again, within the last 90 days of the period",
            "errors and known errors of solved tickets",
        )
    },
];

struct Told<'a> {
    case: &'a Case,
    steps: Vec<Step>,
    raised: Option<Raised>,
}

/// In the order of [`FIGURES`]. All of the history is given, for what came before the period.
pub fn figures(all: &[Case], period: Period, tiers: &Tiers) -> Vec<Figure> {
    let told: Vec<Told<'_>> =
        all.iter().map(|case| Told { case, steps: steps(case, tiers), raised: raised(case, tiers) }).collect();
    let cohort: Vec<&Told<'_>> = told.iter().filter(|one| period.has(one.case.created_at)).collect();
    let answered = first_answered(&told);
    let again = came_again(&told);
    let entered = |tier: Tier| move |one: &Told<'_>| visited(one.case, &one.steps, tiers, tier);
    let handed = |from: Tier, to: &'static [Tier]| {
        move |one: &Told<'_>| one.steps.iter().any(|step| step.from == from && to.contains(&step.to))
    };
    let escalated = |one: &Told<'_>| one.raised.is_some();
    let solved = |one: &Told<'_>| one.case.hours().is_some();
    let hours = |one: &Told<'_>| one.case.hours().unwrap_or_default();
    let of = |name: &'static str| -> Figure {
        match name {
            "l1_l2" => part(name, &cohort, entered(Tier::L1), handed(Tier::L1, &[Tier::L2, Tier::L3])),
            "l2_l3" => part(name, &cohort, entered(Tier::L2), handed(Tier::L2, &[Tier::L3])),
            "engineering" => part(name, &cohort, |_| true, escalated),
            "repeat_l3" => part(name, &cohort, escalated, |one| repeats(one, &answered)),
            "independent" => part(name, &cohort, solved, |one| one.raised.is_none()),
            "reopened" => part(name, &cohort, |one| one.case.solved_at.is_some(), |one| one.case.reopened()),
            "recontact" => part(name, &cohort, solved, |one| again.contains(&one.case.row)),
            "linked" => part(name, &cohort, solved, |one| one.case.linked),
            "hours_all" => measure(name, &cohort, solved, hours),
            "hours_escalated" => measure(name, &cohort, |one| solved(one) && one.raised.is_some(), hours),
            "hours_alone" => measure(name, &cohort, |one| solved(one) && one.raised.is_none(), hours),
            "bounces" => measure(name, &cohort, escalated, |one| {
                one.steps.iter().filter(|step| step.from == Tier::L3 && step.to == Tier::L3).count() as f64
            }),
            _ => handled(name, &told, period),
        }
    };
    FIGURES.iter().map(|definition| of(definition.name)).collect()
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
    Figure { name, value, of, count, spread: None, rows, base: base.iter().map(|one| one.case.row).collect() }
}

fn measure(
    name: &'static str,
    cohort: &[&Told<'_>],
    base: impl Fn(&Told<'_>) -> bool,
    value: impl Fn(&Told<'_>) -> f64,
) -> Figure {
    let base: Vec<&&Told<'_>> = cohort.iter().filter(|one| base(one)).collect();
    let spread = spread(base.iter().map(|one| value(one)).collect());
    let rows: Vec<i64> = base.iter().map(|one| one.case.row).collect();
    let n = rows.len() as u64;
    Figure { name, value: spread.map(|spread| spread.mean), of: n, count: n, spread, base: rows.clone(), rows }
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
fn came_again(told: &[Told<'_>]) -> std::collections::HashSet<i64> {
    let mut by: HashMap<(i64, i64), Vec<&Case>> = HashMap::new();
    for one in told {
        if let Some(requester) = one.case.requester {
            for problem in &one.case.problems {
                by.entry((requester, *problem)).or_default().push(one.case);
            }
        }
    }
    let mut again = std::collections::HashSet::new();
    for cases in by.into_values().filter(|cases| cases.len() > 1) {
        for case in &cases {
            let Some(solved) = case.solved_at.filter(|_| case.done) else { continue };
            let within = solved..=solved + 7 * DAY;
            if cases.iter().any(|other| other.row != case.row && within.contains(&other.created_at)) {
                again.insert(case.row);
            }
        }
    }
    again
}

/// Counted in problems, not in tickets: its rows are the tickets that support alone solved.
fn handled(name: &'static str, told: &[Told<'_>], period: Period) -> Figure {
    let since = period.until - 90 * DAY;
    let mut of: BTreeMap<i64, Vec<&Told<'_>>> = BTreeMap::new();
    let solved = told.iter().filter(|one| one.case.solved_at.is_some_and(|at| (since..period.until).contains(&at)));
    for one in solved {
        for problem in &one.case.problems {
            of.entry(*problem).or_default().push(one);
        }
    }
    let base = of.len() as u64;
    let mut rows = Vec::new();
    let mut count = 0;
    for cases in of.into_values() {
        let alone: Vec<i64> =
            cases.iter().filter(|one| one.case.done && one.raised.is_none()).map(|one| one.case.row).collect();
        if alone.len() >= 3 && cases.iter().all(|one| one.case.done) {
            count += 1;
            rows.extend(alone);
        }
    }
    rows.sort_unstable();
    rows.dedup();
    Figure { name, value: (base > 0).then_some(count as f64), of: base, count, spread: None, base: rows.clone(), rows }
}

#[cfg(test)]
mod tests;
