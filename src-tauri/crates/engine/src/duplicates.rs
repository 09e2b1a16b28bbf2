//! "Three others reported this today": distinct other requesters with the same problem.

use crate::{api::view::Duplicates, verdict::apart};
use domain::Millis;
use jiff::{Timestamp, tz::TimeZone};
use std::collections::{BTreeMap, HashSet};
use store::TicketRow;

const DAYS: usize = 7;

/// `cases` are the tickets of the same problem, the question itself left out. Merged tickets count as the one they
/// went into; somebody who writes twice counts once in each span of time.
pub(crate) fn count(cases: &[TicketRow], requester: Option<&str>, now: Millis, zone: &TimeZone) -> Duplicates {
    let midnights = midnights(now, zone);
    let mut people: BTreeMap<&'static str, HashSet<&str>> = BTreeMap::new();
    let mut by_day = vec![HashSet::new(); DAYS];
    let mut tickets = Vec::new();
    for case in apart(cases).into_iter().filter(|case| case.created_at <= now) {
        let person = case.requester.as_deref().unwrap_or(&case.key.id);
        if requester == Some(person) {
            continue;
        }
        if case.created_at > now.minus_days(7) {
            people.entry("7d").or_default().insert(person);
            tickets.push((case.created_at, case.key.to_string()));
        }
        if case.created_at > now.minus_days(1) {
            people.entry("24h").or_default().insert(person);
        }
        if let Some(day) = midnights.iter().rposition(|midnight| case.created_at >= *midnight) {
            by_day.get_mut(day).map(|day: &mut HashSet<&str>| day.insert(person));
        }
    }
    tickets.sort_by(|a, b| b.cmp(a));
    let count = |span| people.get(span).map_or(0, |people| people.len() as u32);
    let by_day: Vec<u32> = by_day.iter().map(|people| people.len() as u32).collect();
    Duplicates {
        today: by_day.last().copied().unwrap_or(0),
        last_24h: count("24h"),
        last_7d: count("7d"),
        by_day,
        tickets: tickets.into_iter().map(|(_, id)| id).collect(),
    }
}

/// When each of the last seven local days began, today last. Days of 23 and 25 hours are as long as they are.
fn midnights(now: Millis, zone: &TimeZone) -> Vec<Millis> {
    let here = Timestamp::from_millisecond(now.0).unwrap_or_default().to_zoned_datetime(zone.clone());
    (0..DAYS as i64)
        .rev()
        .filter_map(|back| {
            let day = here.date().checked_sub(jiff::Span::new().days(back)).ok()?;
            let start = day.to_zoned_datetime(zone.clone()).ok()?.start_of_day().ok()?;
            Some(Millis(start.timestamp().as_millisecond()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn case(id: &str, requester: &str, hours_ago: i64, merged_into: Option<&str>) -> TicketRow {
        let at = Millis(noon().0 - hours_ago * HOUR);
        TicketRow {
            row: hours_ago,
            key: format!("files:{id}").parse().unwrap(),
            subject: String::new(),
            status: "open".into(),
            priority: None,
            requester: Some(requester.into()),
            account: None,
            product: None,
            versions: Vec::new(),
            assignee: None,
            group: None,
            merged_into: merged_into.map(Into::into),
            known_error: false,
            created_at: at,
            updated_at: at,
        }
    }

    fn noon() -> Millis {
        Millis::parse("2026-03-10T12:00:00Z").unwrap()
    }

    #[test]
    fn merged_tickets_and_one_person_writing_twice_count_once_and_the_asker_not_at_all() {
        let cases = [
            case("1", "ann", 1, None),
            case("2", "ben", 2, None),
            case("3", "ben", 3, None),
            case("4", "cat", 1, Some("1")),
            case("5", "me", 1, None),
            case("6", "dan", 30, None),
        ];
        let counted = count(&cases, Some("me"), noon(), &TimeZone::UTC);
        assert_eq!((counted.today, counted.last_24h, counted.last_7d), (2, 2, 3));
        assert_eq!(counted.by_day, [0, 0, 0, 0, 0, 1, 2]);
        assert_eq!(counted.tickets, ["files:1", "files:2", "files:3", "files:6"]);
    }

    #[test]
    fn today_begins_at_the_readers_midnight() {
        let cases = [case("1", "ann", 13, None)];
        let tokyo = TimeZone::fixed(jiff::tz::offset(9));
        assert_eq!(count(&cases, None, noon(), &TimeZone::UTC).today, 0, "23:00 the day before in London");
        assert_eq!(count(&cases, None, noon(), &tokyo).today, 1, "08:00 this morning in Tokyo");
    }
}
