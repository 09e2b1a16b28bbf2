//! `field:value`: what narrows a search, and what is said of a field that there is none of.

use crate::fixture::{of, rows, search, ticket, typed};
use domain::{DocId, DocKind, Millis};
use index::{Document, Error, Index, Labels, SearchQuery};
use std::collections::HashSet;

fn at(day: &str) -> Millis {
    Millis::parse(day).unwrap()
}

fn versioned(row: i64, version: &str) -> Document {
    let labels = Labels { versions: vec![version.into()], ..Labels::default() };
    Document { labels, ..ticket(row, "Timeout", "") }
}

fn refusal(index: &Index, text: &str) -> Error {
    index.search(&SearchQuery { text, k: 9, ..SearchQuery::default() }, &|| false).unwrap_err()
}

#[test]
fn versions_are_compared_by_number_and_the_ends_of_a_range_hold_together() {
    let index = of(&[
        versioned(1, "5.3.9"),
        versioned(2, "v5.4"),
        versioned(3, "5.4.0-rc1"),
        versioned(4, "5.10.1"),
        versioned(5, "trunk"),
        ticket(6, "Timeout", "5.3.9"),
    ]);
    assert_eq!(rows(&index, "version:<5.4"), [3, 1]);
    assert_eq!(rows(&index, "version:<=5.4.0"), [3, 2, 1]);
    assert_eq!(rows(&index, "version:>5.4"), [4], "by number: 5.10 is after 5.4");
    assert_eq!(rows(&index, "version:≥5.4 timeout"), [4, 2]);
    assert_eq!(rows(&index, "version:>=5.4-rc1 version:<5.10"), [3, 2]);
    assert_eq!(rows(&index, "version:5.4.0"), [2], "5.4 and 5.4.0 are one version");
    assert_eq!(rows(&index, "version:trunk"), [5]);
    assert_eq!(rows(&index, "version:5.3.9 version:trunk"), [5, 1], "values are alternatives");
    assert_eq!(typed(&index, "version:5.1"), [4]);
    assert_eq!(typed(&index, "version:<"), [] as [i64; 0], "on the way to a version");
    assert!(refusal(&index, "version:<new").to_string().contains("write a version with numbers"));
}

#[test]
fn days_months_and_years_bound_when_a_ticket_came() {
    let made = |row, day| Document { created_at: at(day), ..ticket(row, "Timeout", "") };
    let index =
        of(&[made(1, "2023-12-31T23:59:59Z"), made(2, "2024-05-01T00:00:00Z"), made(3, "2024-06-15T12:00:00Z")]);
    assert_eq!(rows(&index, "before:2024"), [1]);
    assert_eq!(rows(&index, "after:2024"), [3, 2]);
    assert_eq!(rows(&index, "after:2024-05-01 before:2024-06"), [2], "the first day is in, the last is out");
    assert_eq!(rows(&index, "timeout before:2024-06-15T12:00:00Z"), [2, 1]);
    assert_eq!(rows(&index, "after:2030"), [] as [i64; 0]);
    for wrong in ["before:2024-13", "before:yesterday", "after:01.05.2024"] {
        let error = refusal(&index, wrong);
        assert_eq!((error.code(), error.to_string().contains("2024-05-01")), ("bad_field_value", true), "{wrong}");
    }
    assert_eq!(typed(&index, "timeout before:202"), [3, 2, 1], "half a year is none yet");
}

#[test]
fn is_open_solved_and_known_say_what_they_say() {
    let stated = |row, status: &str| Document { status: status.into(), ..ticket(row, "Timeout", "") };
    let known_error = Document {
        doc: DocId { kind: DocKind::KnownError, row: 9 },
        status: "identified".into(),
        ..ticket(9, "Timeout", "")
    };
    let index = of(&[stated(1, "new"), stated(2, "on_hold"), stated(3, "solved"), stated(4, "closed"), known_error]);
    assert_eq!(rows(&index, "is:open"), [2, 1]);
    assert_eq!(rows(&index, "is:solved timeout"), [4, 3]);
    assert_eq!(rows(&index, "is:open status:new"), [1], "both hold");
    let known = HashSet::from([DocId::ticket(2)]);
    let query = SearchQuery { text: "is:known", k: 9, known: Some(&known), ..SearchQuery::default() };
    assert!(query.asks_for_known());
    let found = index.search(&query, &|| false).unwrap();
    assert_eq!(found.hits.iter().map(|hit| hit.doc.row).collect::<Vec<_>>(), [9, 2]);
    let found = index.search(&SearchQuery { text: "is:known is:open", ..query }, &|| false).unwrap();
    assert_eq!(found.hits.iter().map(|hit| hit.doc.row).collect::<Vec<_>>(), [2]);
    assert_eq!(typed(&index, "is:sol"), [4, 3], "while it is typed");
    assert_eq!(
        refusal(&index, "is:lost").to_string(),
        "\"lost\" cannot stand after is: say open, solved, known or article"
    );
}

#[test]
fn people_groups_priorities_and_tags_narrow_too() {
    let labels = Labels {
        fixed: vec!["2.3.1".into()],
        priority: Some("P1".into()),
        group: Some("Tier 2".into()),
        assignee: Some("Mei Tanaka".into()),
        account: Some("Northwind".into()),
        requester: Some("jane@example.com".into()),
        tags: vec!["coupon".into(), "EU".into()],
        ..Labels::default()
    };
    let index = of(&[Document { labels, ..ticket(1, "Timeout", "") }, ticket(2, "Timeout", "")]);
    for text in [
        "fixed:<3",
        "fixed:2.3.1",
        "priority:p1",
        "group:\"tier 2\"",
        "assignee:\"mei tanaka\"",
        "account:northwind",
        "requester:jane@example.com",
        "tag:eu",
        "tag:coupon tag:nothing",
    ] {
        assert_eq!(rows(&index, text), [1], "{text}");
    }
}

#[test]
fn a_field_that_there_is_none_of_is_an_error_that_names_the_one_that_was_meant() {
    let index = of(&[ticket(1, "Timeout", "")]);
    for (text, meant) in [
        ("prodct:broker", Some("product")),
        ("comp:store", Some("component")),
        ("stauts:open timeout", Some("status")),
        ("customer:northwind", Some("account")),
        ("colour:red", None),
    ] {
        let error = refusal(&index, text);
        assert_eq!(error.code(), "unknown_field", "{text}");
        let Error::UnknownField { name, meant: said } = error else { panic!("{text}: {error}") };
        assert_eq!((name.as_str(), said), (text.split(':').next().unwrap(), meant));
    }
    let words = refusal(&index, "stauts:open").to_string();
    assert_eq!(words, "there is no field \"stauts\" to search by; status: may be meant");
}

#[test]
fn what_stands_in_a_text_and_only_looks_like_a_field_is_found_and_said_to_be_none() {
    let index = of(&[ticket(1, "gen_server:call timed out", "error:timeout at http://host:80/a C:\\temp std::vector")]);
    for text in ["gen_server:call", "error:timeout"] {
        let found = search(&index, text, false);
        assert_eq!((found.total, found.not_a_field.is_some()), (1, true), "{text}");
    }
    for text in ["http://host:80/a", "C:\\temp", "std::vector", "host:80", "\"error:timeout\""] {
        let found = search(&index, text, false);
        assert_eq!((found.total, found.not_a_field), (1, None), "{text}");
    }
}

#[test]
fn a_value_that_a_field_can_never_have_is_an_error_that_says_which_it_can() {
    let index = of(&[ticket(1, "Timeout", "")]);
    for text in ["kind:unicorn", "status:lost"] {
        assert_eq!(refusal(&index, text).code(), "bad_field_value", "{text}");
    }
    assert_eq!(typed(&index, "status:op"), [1], "half of a value is none yet");
}
