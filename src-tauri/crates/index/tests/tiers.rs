//! Exact things exactly and first, then beginnings, then what is spelled nearly so: and each hit says which it is.

use crate::fixture::{of, search, ticket};
use index::{Document, Index, Labels, Tier};

fn tiers(index: &Index, text: &str, prefix: bool) -> Vec<(i64, Tier)> {
    search(index, text, prefix).hits.iter().map(|hit| (hit.doc.row, hit.tier)).collect()
}

#[test]
fn what_was_typed_comes_before_what_begins_so_and_that_before_what_is_spelled_nearly_so() {
    let index = of(&[
        ticket(1, "Brocker brocker brocker", "brocker brocker"),
        ticket(2, "Brokerage", "brokerage"),
        ticket(3, "Slow", "one broker among a great many other words that say nothing of it at all"),
        ticket(4, "Invoice", ""),
    ]);
    let all = [(3, Tier::Exact), (2, Tier::Prefix), (1, Tier::Typo)];
    assert_eq!(tiers(&index, "broker", false), all);
    assert_eq!(tiers(&index, "broker", true), all, "also while it is typed");
    let plural = tiers(&index, "brokers", false);
    assert_eq!(plural, [(3, Tier::Exact), (1, Tier::Typo)], "the stem is what was typed");
}

#[test]
fn a_worse_tier_never_comes_first_however_many_points_it_has() {
    let loud = "timeouts timeoutish ".repeat(20);
    let quiet = format!("time {}", "other words ".repeat(80));
    let index = of(&[ticket(1, &loud, &loud), ticket(2, "Slow", &quiet)]);
    assert_eq!(tiers(&index, "time", true), [(2, Tier::Exact), (1, Tier::Prefix)]);
}

#[test]
fn a_mistyped_word_is_found_and_the_word_that_was_meant_is_marked() {
    let index = of(&[ticket(1, "Timeout in the broker", ""), ticket(2, "Receiving authentication from payments", "")]);
    for (typo, row) in [
        ("timout", 1),
        ("tiemout", 1),
        ("timmeout", 1),
        ("borker", 1),
        ("recieving", 2),
        ("authentcation", 2),
        ("paymnts", 2),
    ] {
        let found = search(&index, typo, false);
        let hits: Vec<_> = found.hits.iter().map(|hit| (hit.doc.row, hit.tier)).collect();
        assert_eq!(hits, [(row, Tier::Typo)], "{typo}");
        let title = ["Timeout in the broker", "Receiving authentication from payments"][row as usize - 1];
        assert_eq!(found.terms.ranges(title).len(), 1, "{typo} is marked in {title}");
    }
    assert_eq!(tiers(&index, "timout brokr", false), [(1, Tier::Typo)], "every word may have one");
    assert_eq!(tiers(&index, "authentc", true), [(2, Tier::Typo)], "also while it is typed");
}

#[test]
fn codes_ids_versions_and_addresses_are_never_taken_for_one_another() {
    let index = of(&[
        ticket(1, "ORA-00942 since 5.4.1", "commit 9f2c41ab77de0c31a2b3, jane.doe@example.com, seen as AMQ-1234"),
        ticket(2, "Something else", ""),
    ]);
    for other in ["ORA-00943", "5.4.2", "5.5.1", "9f2c41ab77de0c31a2b4", "AMQ-1235", "T-3"] {
        assert_eq!(tiers(&index, other, false), [], "{other}");
        assert_eq!(tiers(&index, other, true), [], "{other} while it is typed");
    }
}

#[test]
fn exact_things_come_first_letter_for_letter() {
    let parts = "amq 1234 ".repeat(30);
    let named = |row, title: &str, body: &str, identifiers: &[&str]| Document {
        identifiers: identifiers.iter().map(|one| (*one).into()).collect(),
        ..ticket(row, title, body)
    };
    let index = of(&[
        ticket(1, &parts, &parts),
        named(2, "Slow", &format!("as in AMQ-1234 {}", "and so on ".repeat(100)), &["AMQ-1234"]),
        named(3, "Upgrade", &format!("to 5.4.1 {}", "and so on ".repeat(100)), &["5.4.1"]),
        named(4, "5.4.1-rc2 5.4.1-rc2", "5.4.1-rc2", &["5.4.1-rc2"]),
        named(9, "5.4.10 5.4.1.7", "5.4.10", &["5.4.10", "5.4.1.7"]),
        ticket(5, "The connection was refused", ""),
        ticket(6, "refused connection was the connection refused was", "was was refused connection"),
        ticket(7, "Login", "jane.doe@example.com wrote"),
        ticket(8, "Jane Doe, example com: jane doe example com", "jane doe example com"),
    ]);
    let first = |text| tiers(&index, text, true).first().copied();
    assert_eq!(first("AMQ-1234"), Some((2, Tier::Exact)));
    assert_eq!(tiers(&index, "5.4.1", true), [(3, Tier::Exact), (4, Tier::Exact), (9, Tier::Prefix)]);
    assert_eq!(tiers(&index, "\"connection was refused\"", true), [(5, Tier::Exact)]);
    assert_eq!(first("jane.doe@example.com"), Some((7, Tier::Exact)));
    assert_eq!(first("JANE.DOE@EXAMPLE.COM"), Some((7, Tier::Exact)));
}

#[test]
fn the_beginning_of_a_commit_finds_it_also_when_it_was_typed_in_full() {
    let index = of(&[ticket(1, "Crash", "since 9f2c41ab77de0c31a2b3"), ticket(2, "Other", "")]);
    assert_eq!(tiers(&index, "9f2c41a", false), [(1, Tier::Prefix)]);
    assert_eq!(tiers(&index, "9f2c41ab77de0c31a2b3", false), [(1, Tier::Exact)]);
}

#[test]
fn who_asked_for_whom_and_in_which_version_are_found_too() {
    let labels = Labels {
        versions: vec!["5.4.1".into()],
        requester: Some("jane.doe@example.com".into()),
        account: Some("Northwind Traders".into()),
        ..Labels::default()
    };
    let index = of(&[Document { labels, ..ticket(1, "Login", "") }, ticket(2, "Other", "")]);
    for text in ["jane.doe@example.com", "5.4.1", "\"northwind traders\"", "5.4.", "jane.d"] {
        assert_eq!(tiers(&index, text, true).first().map(|hit| hit.0), Some(1), "{text}");
    }
}

#[test]
fn where_enough_is_found_nothing_is_guessed() {
    let mut documents: Vec<_> = (1..=12).map(|row| ticket(row, "Timeout", "")).collect();
    documents.push(ticket(13, "Timeouts timeot", ""));
    documents.push(ticket(14, "timeot", ""));
    let found = search(&of(&documents), "timeout", false);
    assert_eq!(found.tiers, [13, 0, 0, 0]);
    let found = search(&of(&documents), "timeot", false);
    assert_eq!(found.tiers, [2, 0, 12, 0], "and where little is, everything near it");
}

#[test]
fn some_of_the_words_are_the_last_resort_and_say_so() {
    let index = of(&[ticket(1, "Timeout in the broker", ""), ticket(2, "Zebra", "")]);
    let found = tiers(&index, "timeout zebra", false);
    assert_eq!(found.iter().map(|hit| hit.1).collect::<Vec<_>>(), [Tier::Partly; 2]);
}

#[test]
fn accents_width_and_both_unicode_forms_are_found_in_every_tier() {
    let index = of(&[ticket(1, "Zahlung schla\u{308}gt fehl: Gro\u{308}ße", ""), ticket(2, "Café géant", "")]);
    for (text, row, tier) in [
        ("schlägt", 1, Tier::Exact),
        ("schla\u{308}gt", 1, Tier::Exact),
        ("SCHLAGT", 1, Tier::Exact),
        ("ｓｃｈｌａｇｔ", 1, Tier::Exact),
        ("\"gro\u{308}sse\"", 1, Tier::Exact),
        ("zahl", 1, Tier::Prefix),
        ("zahlumg", 1, Tier::Typo),
        ("cafe\u{301}", 2, Tier::Exact),
        ("geent", 2, Tier::Typo),
    ] {
        assert_eq!(tiers(&index, text, false), [(row, tier)], "{text}");
    }
}

#[test]
fn scripts_without_spaces_are_exact_or_nothing() {
    let index = of(&[ticket(1, "データベースへの接続エラー", ""), ticket(2, "数据库连接失败", "연결 오류")]);
    for (text, row) in [("接続", 1), ("接続エラー", 1), ("连接失败", 2), ("오류", 2), ("\"库连接\"", 2)]
    {
        assert_eq!(tiers(&index, text, true), [(row, Tier::Exact)], "{text}");
    }
    assert_eq!(tiers(&index, "続接", false), []);
}
