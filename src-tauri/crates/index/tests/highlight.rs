use crate::fixture::{of, search, ticket};
use index::Highlighter;
use proptest::prelude::*;

fn marked<'a>(terms: &Highlighter, text: &'a str) -> Vec<&'a str> {
    terms.ranges(text).into_iter().map(|range| &text[range]).collect()
}

#[test]
fn words_are_marked_in_every_form_that_the_index_finds() {
    let terms = Highlighter::of_words(["connection", "café"]);
    assert_eq!(
        marked(&terms, "Connections to the CAFE connected; connect-string"),
        ["Connections", "CAFE", "connected", "connect"]
    );
}

#[test]
fn an_identifier_is_marked_as_a_whole_and_not_by_its_parts() {
    let terms = Highlighter::of_words(["AMQ-1234"]);
    assert_eq!(marked(&terms, "1234 times: amq-1234, AMQ"), ["amq-1234"]);
}

#[test]
fn a_search_marks_beginnings_and_phrases() {
    let index = of(&[ticket(1, "Timeouts", "connection was refused")]);
    assert_eq!(
        marked(&search(&index, "time", true).terms, "Timeouts and timers, on time"),
        ["Timeouts", "timers", "time"]
    );
    let terms = search(&index, "\"connection was refused\"", false).terms;
    assert_eq!(marked(&terms, "connection. The connection was refused."), ["connection was refused"]);
    let terms = search(&index, "Foo$Bar", false).terms;
    assert_eq!(marked(&terms, "in org.apache.Foo$Bar, Foo"), ["Foo$Bar"]);
    assert_eq!(marked(&search(&index, "接続エラー", false).terms, "DBの接続エラーです"), ["接続エラー"]);
}

#[test]
fn a_snippet_shows_where_most_of_the_words_stand() {
    let filler = "nothing to see here ".repeat(40);
    let text = format!("timeout {filler} timeout in the broker journal {filler}");
    let snippet = Highlighter::of_words(["timeout", "broker", "journal"]).snippet(&text);
    assert!(snippet.text.starts_with('…') && snippet.text.ends_with('…'), "{}", snippet.text);
    let marks: Vec<_> = snippet.ranges.iter().map(|range| &snippet.text[range.clone()]).collect();
    assert_eq!(marks, ["timeout", "broker", "journal"]);
    assert!(snippet.text.len() < 300);
}

#[test]
fn a_search_shows_what_stands_far_down_a_log_and_the_place_that_has_all_of_it() {
    let index = of(&[ticket(1, "Broker", "the journal is dying")]);
    let noise = "2026-01-02 INFO all is fine ".repeat(700);
    let shown = |query: &str, text: &str| {
        let snippet = search(&index, query, true).terms.snippet(text);
        let marks: Vec<String> = snippet.ranges.iter().map(|range| snippet.text[range.clone()].to_owned()).collect();
        marks
    };
    let log = format!("{noise} the JOURNAL was dying slowly {noise}");
    assert_eq!(shown("journal dying", &log), ["JOURNAL", "dying"], "a word whose stem is written in another way, too");
    let twice = format!("a journal alone {noise} the journal was dying");
    assert_eq!(shown("journal dying", &twice), ["journal", "dying"]);
    assert_eq!(shown("zebra journ", &format!("Größe {noise} ein Journal")), ["Journal"]);
}

#[test]
fn a_snippet_is_never_cut_inside_a_character_as_people_count_them() {
    // Accents that stand apart from their letter, a family of four, a flag: many code points each, one character.
    for unit in ["e\u{301}\u{323}", "👨\u{200d}👩\u{200d}👧\u{200d}👦", "🇩🇪", "\u{1112}\u{1161}\u{11ab}"]
    {
        for shift in 0..unit.len() {
            let text = format!("{}{}timeout{}", "x".repeat(shift), unit.repeat(60), unit.repeat(90));
            let snippet = Highlighter::of_words(["timeout"]).snippet(&text);
            let inside = snippet.text.trim_matches('…').trim_matches('x').replace("timeout", "");
            assert!(!inside.is_empty());
            assert_eq!(inside.replace(unit, ""), "", "{shift}: {}", snippet.text);
        }
    }
}

#[test]
fn a_letter_under_thousands_of_accents_makes_no_long_snippet() {
    let text = format!("a{}timeout{}", "\u{301}".repeat(2_000), "\u{301}".repeat(2_000));
    let snippet = Highlighter::of_words(["timeout"]).snippet(&text);
    assert!(snippet.text.len() < 400, "{}", snippet.text.len());
}

#[test]
fn a_text_without_the_words_shows_its_beginning() {
    let snippet = Highlighter::of_words(["zebra"]).snippet("A short text");
    assert_eq!((snippet.text.as_str(), snippet.ranges.len()), ("A short text", 0));
    assert_eq!(Highlighter::default().snippet("").text, "");
}

proptest! {
    #[test]
    fn ranges_are_sorted_apart_and_on_character_borders(text in "[a-c é接続.\\-/\\n]{0,400}", word in "[a-c接続é]{1,4}") {
        let terms = Highlighter::of_words([word.as_str()]);
        let snippet = terms.snippet(&text);
        for (text, ranges) in [(&text, terms.ranges(&text)), (&snippet.text, snippet.ranges.clone())] {
            let mut end = 0;
            for range in ranges {
                prop_assert!(range.start >= end && range.start < range.end);
                prop_assert!(text.get(range.clone()).is_some());
                end = range.end;
            }
        }
    }
}
