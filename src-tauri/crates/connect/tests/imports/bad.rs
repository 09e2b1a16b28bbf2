use crate::support::{line, read, try_read};
use connect::Format;
use proptest::prelude::*;

#[test]
fn a_line_that_is_no_record_costs_that_line_and_no_other() {
    let broken = [
        "{not json",
        "{\"kind\":\"ticket\",\"id\":\"cut",
        "{\"kind\":\"ticket\",\"tags\":[",
        "{\"kind\":\"ticket\",",
        "{\"kind\":\"ticket\"",
        "}",
        "]",
        "null",
        "\"text\"",
        "words alone",
        "{\"a\":1} {\"b\":2}",
    ];
    for bad in broken {
        for before in [0, 1, 2] {
            let mut text: Vec<String> = (0..before).map(|n| line(&format!("a{n}"))).collect();
            text.extend([bad.into(), line("b"), String::new(), line("c")]);
            for end in ["\n", "\r\n"] {
                let whole = try_read(Format::Jsonl, text.join(end)).unwrap();
                let after: Vec<_> = whole.ids().into_iter().skip(before).collect();
                assert_eq!(after, ["b", "c"], "{bad:?} after {before}");
                assert!(
                    whole.lines().iter().all(|at| *at == before as u64 + 1),
                    "{bad:?} after {before}: {:?}",
                    whole.bad
                );
                assert!(!whole.bad.is_empty() && whole.bad.iter().all(|bad| !bad.reason.is_empty()));
            }
        }
    }
}

#[test]
fn an_element_of_an_array_that_is_no_record_costs_itself() {
    let text = format!("[\n{},\n{{\"id\":\"x, \"b\":\n{},\n7,\n{}\n]\n", line("1"), line("2"), line("3"));
    let whole = read(text);
    assert_eq!((whole.ids(), whole.lines()), (vec!["1", "2", "3"], vec![3, 5]));
}

#[test]
fn an_array_that_is_cut_off_keeps_what_was_whole() {
    let whole = read(format!("[{},{},{{\"kind\":\"tick", line("1"), line("2")));
    assert_eq!(whole.ids(), ["1", "2"]);
    assert_eq!(whole.bad[0].reason, "the record is cut off");
    let open = try_read(Format::Jsonl, format!("[1, 2\n{}\n", line("b"))).unwrap();
    let reasons: Vec<_> = open.bad.iter().map(|bad| bad.reason.as_str()).collect();
    assert_eq!((open.ids(), reasons), (vec!["b"], vec!["there is no JSON object here", "the list is cut off"]));
}

#[test]
fn text_that_is_not_utf_8_is_named_and_skipped() {
    let latin = b"{\"kind\":\"ticket\",\"id\":\"1\",\"subject\":\"caf\xe9\",\"created_at\":0}\n".to_vec();
    let whole = read([latin, line("2").into_bytes()].concat());
    assert_eq!((whole.ids(), whole.lines()), (vec!["2"], vec![1]));
    assert!(whole.bad[0].reason.contains("not UTF-8"), "{}", whole.bad[0].reason);
}

#[test]
fn byte_order_marks_empty_lines_and_windows_line_ends_are_nothing() {
    let whole = read(format!("\u{feff}\r\n{}\r\n\r\n   \r\n\u{feff}{}\r\n", line("1"), line("2")));
    assert_eq!((whole.ids(), &whole.bad[..]), (vec!["1", "2"], &[][..]));
}

#[test]
fn pretty_printed_objects_follow_each_other_without_commas() {
    let pretty =
        |id| serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(&line(id)).unwrap()).unwrap();
    let whole = read(format!("{}\n{}\n{}", pretty("1"), pretty("2"), pretty("3")));
    assert_eq!((whole.ids(), &whole.bad[..]), (vec!["1", "2", "3"], &[][..]));
}

#[test]
fn a_record_over_64_mb_is_passed_over_and_the_next_one_read() {
    let mut text = format!("{}\n{{\"kind\":\"ticket\",\"id\":\"huge\",\"body\":\"", line("1"));
    text.push_str(&"x".repeat(65 << 20));
    text.push_str(&format!("\"}}\n{}\n", line("2")));
    let by_lines = read(text.clone());
    assert_eq!((by_lines.ids(), by_lines.lines()), (vec!["1", "2"], vec![2]));
    assert_eq!(by_lines.bad[0].reason, "the record is longer than 64 MB");
    let listed = read(format!("[{}]", text.trim_end().replace('\n', ",\n")));
    assert_eq!((listed.ids(), listed.lines()), (vec!["1", "2"], vec![2]));
}

#[test]
fn nesting_without_end_is_a_bad_record() {
    let deep = format!("{{\"kind\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let whole = read(format!("{}\n{deep}\n{}\n", line("1"), line("2")));
    assert_eq!((whole.ids(), whole.lines()), (vec!["1", "2"], vec![2]));
}

/// Pieces that exports are made of, in any order.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"{".to_vec()),
        Just(b"}".to_vec()),
        Just(b"[".to_vec()),
        Just(b"]".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"\\".to_vec()),
        Just(b":".to_vec()),
        Just(b",".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\"kind\":\"ticket\"".to_vec()),
        Just(b"\"issues\":[".to_vec()),
        Just(b"{\"key\":\"A-1\",\"fields\":{}}".to_vec()),
        Just(b"{\"id\":1,\"subject\":\"s\",\"description\":\"d\",\"created_at\":1}".to_vec()),
        Just(b"id,subject,created\n".to_vec()),
        Just(b"1e999".to_vec()),
        Just(line("p").into_bytes()),
        proptest::collection::vec(any::<u8>(), 0..8),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_in_any_format_end_in_a_report_or_an_error_and_never_in_a_panic(bytes in pieces()) {
        for format in Format::ALL {
            if let Ok(whole) = try_read(format, bytes.clone()) {
                prop_assert!(whole.read as usize <= bytes.len());
                prop_assert!(whole.bad.len() as u64 <= whole.read);
            }
        }
    }

    #[test]
    fn good_lines_survive_whatever_lines_stand_between_them(noise in proptest::collection::vec("[^\n\u{feff}]{0,20}", 1..6)) {
        // A first good line says that records stand one to a line.
        let text: String = noise.iter().enumerate().map(|(n, noise)| format!("{}\n{noise}\n", line(&n.to_string()))).collect();
        let whole = try_read(Format::Jsonl, text).unwrap();
        let expected: Vec<String> = (0..noise.len()).map(|n| n.to_string()).collect();
        prop_assert_eq!(whole.ids(), expected);
    }
}
