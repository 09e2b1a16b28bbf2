use super::*;
use crate::{Handover, Rule};

fn hour(n: i64) -> i64 {
    n * 3_600_000
}

fn case(row: i64, groups: &[&str]) -> Case {
    let handovers = groups.windows(2).zip(1..).filter_map(|(pair, n)| match pair {
        [from, to] => Some(Handover { at: hour(row + n), from: Some((*from).into()), to: Some((*to).into()) }),
        _ => None,
    });
    Case {
        row,
        created_at: hour(row),
        group: groups.last().map(|group| (*group).to_owned()),
        handovers: handovers.collect(),
        ..Case::default()
    }
}

fn solved(case: Case, after: i64) -> Case {
    Case { solved_at: Some(case.created_at + hour(after)), done: true, ..case }
}

fn all() -> Period {
    Period { from: 0, until: hour(10_000) }
}

fn of(cases: &[Case], name: &str) -> Figure {
    figures(cases, all(), &Tiers::default()).into_iter().find(|figure| figure.name == name).unwrap()
}

#[test]
fn each_rate_has_the_base_that_its_target_was_set_for() {
    let cases = [
        case(1, &["Desk"]),
        case(2, &["Desk", "L2 Apps"]),
        case(3, &["Desk", "L2 Apps", "Engineering"]),
        // Straight to engineering: it counts for the first and the third rate, and never entered the second tier.
        case(4, &["Desk", "Engineering"]),
        case(5, &["L2 Apps"]),
    ];
    let told = |name| {
        let figure = of(&cases, name);
        (figure.count, figure.of, figure.rows)
    };
    assert_eq!(told("l1_l2"), (3, 4, vec![2, 3, 4]));
    assert_eq!(told("l2_l3"), (1, 3, vec![3]));
    assert_eq!(told("engineering"), (2, 5, vec![3, 4]));
}

#[test]
fn only_tickets_of_the_period_count_and_what_has_no_base_has_no_value() {
    let cases = [case(1, &["Desk"]), case(2, &["Desk", "Engineering"])];
    let period = Period { from: hour(2), until: hour(3) };
    let of = |period| figures(&cases, period, &Tiers::default());
    assert_eq!(of(period).iter().find(|figure| figure.name == "engineering").unwrap().value, Some(1.0));
    let nothing = of(Period { from: hour(50), until: hour(60) });
    assert!(nothing.iter().all(|figure| figure.value.is_none() && figure.of == 0), "{nothing:?}");
}

#[test]
fn a_repeat_is_an_escalation_whose_problem_engineering_had_solved_before_it_was_raised() {
    let about = |case: Case, problem| Case { problems: vec![problem], ..case };
    let cases = [
        solved(about(case(1, &["Desk", "Engineering"]), 7), 5),
        about(case(20, &["Desk", "Engineering"]), 7),
        // Raised while the first was still open.
        about(case(3, &["Desk", "Engineering"]), 7),
        about(case(30, &["Desk", "Engineering"]), 8),
        // Support alone had this one.
        about(case(40, &["Desk"]), 7),
    ];
    let figure = of(&cases, "repeat_l3");
    assert_eq!((figure.count, figure.of, figure.rows), (1, 4, vec![20]));
}

#[test]
fn times_are_of_solved_tickets_and_one_that_is_open_again_is_none() {
    let again = Case { done: false, ..solved(case(3, &["Desk"]), 100) };
    let cases = [solved(case(1, &["Desk"]), 2), solved(case(2, &["Desk", "Engineering"]), 10), again];
    let spread = |name| of(&cases, name).spread.unwrap();
    assert_eq!((spread("hours_all").n, spread("hours_all").mean, spread("hours_all").p90), (2, 6.0, 10.0));
    assert_eq!((spread("hours_escalated").median, spread("hours_alone").median), (10.0, 2.0));
    let reopened = of(&cases, "reopened");
    assert_eq!((reopened.count, reopened.of), (1, 3));
    assert_eq!((of(&cases, "independent").count, of(&cases, "independent").of), (1, 2));
}

#[test]
fn coming_again_with_the_same_within_a_week_is_counted_once_for_the_ticket_that_did_not_hold() {
    let of_one = |case: Case, requester| Case { requester: Some(requester), problems: vec![7], ..case };
    let cases = [
        of_one(solved(case(1, &["Desk"]), 1), 1),
        of_one(case(50, &["Desk"]), 1),
        of_one(solved(case(2, &["Desk"]), 1), 2),
        // Eight days later, which is no recontact.
        of_one(case(2 + 1 + 8 * 24, &["Desk"]), 2),
    ];
    let figure = of(&cases, "recontact");
    assert_eq!((figure.count, figure.of, figure.rows), (1, 2, vec![1]));
}

#[test]
fn a_type_is_handled_once_support_alone_solved_three_of_it() {
    let period = Period { from: 0, until: hour(24 * 90) };
    let about = |row, problem, groups: &[&str]| Case { problems: vec![problem], ..solved(case(row, groups), 1) };
    let mut cases: Vec<Case> = (1..4).map(|row| about(row, 7, &["Desk"])).collect();
    cases.extend((4..6).map(|row| about(row, 8, &["Desk"])));
    cases.extend((6..9).map(|row| about(row, 9, &["Desk", "Engineering"])));
    let figures = figures(&cases, period, &Tiers::default());
    let figure = figures.iter().find(|figure| figure.name == "types_handled").unwrap();
    assert_eq!((figure.value, figure.of, figure.rows.clone()), (Some(1.0), 3, vec![1, 2, 3]));
}

#[test]
fn bounces_are_handovers_inside_the_third_tier() {
    let cases = [case(1, &["Desk", "Engineering", "L3 Billing", "Engineering"]), case(2, &["Desk", "Engineering"])];
    let spread = of(&cases, "bounces").spread.unwrap();
    assert_eq!((spread.n, spread.mean, spread.p90), (2, 1.0, 2.0));
}

#[test]
fn with_another_rule_another_number_counts() {
    let cases = [Case { issue: true, ..case(1, &["Desk"]) }, case(2, &["Desk"])];
    let with = |issue| {
        let tiers = Tiers { rule: Rule { issue, ..Rule::default() }, ..Tiers::default() };
        figures(&cases, all(), &tiers).into_iter().find(|figure| figure.name == "engineering").unwrap().count
    };
    assert_eq!((with(true), with(false)), (1, 0));
}

#[test]
fn every_row_that_is_counted_is_one_of_its_base() {
    let groups = ["Desk", "L2 Apps", "Engineering", "L3 Billing"];
    let cases: Vec<Case> = (0..20_000)
        .map(|n| {
            let way = &groups[..1 + (n as usize * 7 % 4)];
            let one = Case { problems: vec![n % 900], requester: Some(n % 3000), ..case(n, way) };
            if n % 5 == 0 { one } else { solved(one, n % 90) }
        })
        .collect();
    for figure in figures(&cases, Period { from: 0, until: i64::MAX / 2 }, &Tiers::default()) {
        let base: std::collections::HashSet<i64> = figure.base.iter().copied().collect();
        assert!(figure.rows.iter().all(|row| base.contains(row)), "{}", figure.name);
        assert!(figure.name == "types_handled" || figure.of == figure.base.len() as u64);
    }
}
