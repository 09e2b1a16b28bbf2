//! The sample company: Halvern makes software for companies that sell, store and ship things. Its service desk has kept
//! nine months of tickets, so that every screen has something true to show on the first start.
//!
//! Everything follows from `now` and the tables of words in here: no clock, no file, no chance that does not repeat.

mod abroad;
mod accounts;
mod case;
mod company;
mod facts;
mod issues;
mod known;
mod letter;
mod people;
mod phrases;
mod plan;
mod random;
mod singles;
mod story;
#[cfg(test)]
mod tests;

use case::Case;
use domain::{Change, Millis, Ticket};
use plan::Report;
use random::Random;
use std::collections::HashMap;
use story::Before;

/// An earlier ticket is remembered this long.
const REMEMBERED: i64 = 45;

/// Tickets with what was said and who had them, oldest first, then the known errors.
pub fn sample(now: Millis) -> Vec<Change> {
    let reports = plan::plan(now);
    let ids = ids(&reports);
    let mut cases = Vec::with_capacity(reports.len());
    for (report, id) in reports.iter().zip(&ids) {
        let mut case = Case::open(id.clone(), report, now);
        story::live(&mut case, report, &before(report, &reports, &ids));
        cases.push(case);
    }
    let errors = {
        let tickets: Vec<&Ticket> = cases.iter().map(|case| &case.ticket).collect();
        known::errors(&by_issue(&reports, &tickets), now)
    };
    let tickets = cases.into_iter().flat_map(Case::into_changes);
    tickets.chain(errors.into_iter().map(|error| Change::KnownError(Box::new(error)))).collect()
}

/// Subjects of what came up once: nothing like it was seen before or since.
#[cfg(test)]
pub(crate) fn told_once() -> std::collections::HashSet<String> {
    singles::all().map(|single| single.title.to_owned()).collect()
}

/// Numbers rise with time and leave gaps, as in a helpdesk that others use, too.
fn ids(reports: &[Report]) -> Vec<String> {
    let mut random = Random::new(20);
    let mut number = 18_200;
    reports
        .iter()
        .map(|_| {
            number += random.between(1, 5);
            format!("HV-{number}")
        })
        .collect()
}

fn before(report: &Report, reports: &[Report], ids: &[String]) -> Before {
    let Some(issue) = report.matter.issue() else { return Before::default() };
    let others = reports.iter().zip(ids);
    let first = others.clone().find(|(other, _)| Some(other.serial) == report.follows).map(|(_, id)| id.clone());
    let recent = report.at.minus_days(REMEMBERED);
    let earlier = others
        .take_while(|(other, _)| other.at.0 < report.at.0 - 60 * Millis::MINUTE)
        .filter(|(other, _)| other.at > recent && other.follows.is_none() && other.account != report.account)
        .filter(|(other, _)| other.matter.issue().is_some_and(|other| other.key == issue.key))
        .last();
    Before { first, earlier: earlier.map(|(_, id)| id.clone()) }
}

fn by_issue<'a>(reports: &[Report], tickets: &[&'a Ticket]) -> Vec<(&'static issues::Issue, Vec<&'a Ticket>)> {
    let mut grouped: HashMap<&str, Vec<&Ticket>> = HashMap::new();
    for (report, ticket) in reports.iter().zip(tickets) {
        if let Some(issue) = report.matter.issue() {
            grouped.entry(issue.key).or_default().push(ticket);
        }
    }
    // In the order of the table, so that the map's order does not show.
    issues::all().filter_map(|issue| Some((issue, grouped.remove(issue.key)?))).collect()
}
