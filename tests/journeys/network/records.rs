//! Pages that repeat, overlap, come out of order, or change while they are turned.

use super::Asking;
use crate::support::{forge::stamp, web::Answer};
use serde_json::{Value, json};

#[test]
fn a_page_that_comes_for_ever_is_a_loop_and_told() {
    let asking = Asking::forge(250);
    let mut first: Option<Answer> = None;
    // Behind the newest page it gives the first page of history again and again.
    asking.forge.twist(move |asked, answer| match asked.query("since") {
        Some(_) => first.get_or_insert(answer).clone(),
        None => answer,
    });
    let (report, error) = asking.sync();
    assert_eq!((error, report.added), (Some("endless_pages"), 200));
    assert!(asking.web.paths().len() <= 6, "{:?}", asking.web.paths());
    assert_eq!((&asking.source("ledger")["stopped"], asking.tickets()), (&json!(true), 200));
}

#[test]
fn pages_that_overlap_and_come_twice_store_everything_once() {
    let asking = Asking::forge(250);
    // Ten records of the page before, each time.
    asking.forge.twist(|asked, mut answer| {
        if let (Some(since), true) = (asked.query("since"), asked.path.contains("/issues?state=all&sort")) {
            let mut records: Vec<Value> = serde_json::from_slice(&answer.body).unwrap();
            let repeated = records.first().filter(|first| first["updated_at"] == since.as_str()).cloned();
            records.splice(0..0, std::iter::repeat_n(repeated, 10).flatten());
            records.truncate(100);
            answer.body = json!(records).to_string().into();
        }
        answer
    });
    let (report, error) = asking.sync();
    assert_eq!((error, report.added, report.changed, asking.tickets()), (None, 250, 0, 250));
}

#[test]
fn records_out_of_order_end_with_their_newest_state() {
    let asking = Asking::forge(60);
    asking.forge.put(7, &stamp(5_000), "The newer words");
    asking.forge.twist(|asked, mut answer| {
        if asked.path.contains("/issues?state=all&sort") {
            let mut records: Vec<Value> = serde_json::from_slice(&answer.body).unwrap();
            records.reverse();
            // And an older state of one behind its newer one.
            let Some(mut older) = records.iter().find(|record| record["number"] == 7).cloned() else { return answer };
            older["title"] = "The older words".into();
            older["updated_at"] = stamp(4_000).into();
            records.push(older);
            answer.body = json!(records).to_string().into();
        }
        answer
    });
    assert_eq!((asking.sync().1, asking.tickets()), (None, 60));
    assert_eq!((asking.found("\"newer words\""), asking.found("\"older words\"")), (1, 0));
}

#[test]
fn what_changes_while_it_is_paged_is_stored_as_it_is_in_the_end() {
    let asking = Asking::forge(250);
    let forge = asking.forge.clone();
    let mut pages = 0;
    asking.forge.twist(move |asked, answer| {
        if asked.path.contains("/issues?state=all&sort") {
            pages += 1;
            // One that was handed out and one that was not: both move to the end, and everything behind them shifts.
            if pages == 2 {
                forge.put(5, &stamp(9_000), "Changed after it was read");
                forge.put(180, &stamp(9_001), "Changed before it was read");
            }
        }
        answer
    });
    let (_, error) = asking.sync();
    assert_eq!((error, asking.tickets()), (None, 250), "nothing slips between two pages");
    assert_eq!((asking.found("\"Changed after\""), asking.found("\"Changed before\"")), (1, 1));
}

#[test]
fn a_second_full_of_changes_is_read_to_its_end() {
    let asking = Asking::forge(0);
    for number in 1..=350 {
        asking.forge.put(number, &stamp(1), &format!("Bulk label {number}"));
    }
    let (report, error) = asking.sync();
    assert_eq!((error, report.added, asking.tickets()), (None, 350, 350));
}
