use super::{Kind, with};

fn tokens(text: &str) -> Vec<(String, usize, Kind)> {
    with(|analyzer| {
        let tokens = analyzer.analyse(text).iter();
        tokens.map(|token| (token.term().to_owned(), token.token.position, token.kind)).collect()
    })
}

fn terms(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|(term, _, _)| term).collect()
}

#[track_caller]
fn gives(text: &str, expected: &[&str]) {
    let found = terms(text);
    for term in expected {
        assert!(found.iter().any(|found| found == term), "{text} gives {found:?}, without {term}");
    }
}

#[test]
fn a_plain_sentence_gives_folded_stems_without_stop_words() {
    assert_eq!(terms("The Connections are failing!"), ["connect", "fail"]);
    assert_eq!(terms("the server's café"), ["server", "cafe"]);
}

#[test]
fn an_identifier_gives_itself_and_its_parts() {
    gives("AMQ-1234", &["amq-1234", "amq", "1234"]);
    gives("ORA-00942:", &["ora-00942", "ora", "00942"]);
    gives("error 0x8007000E", &["0x8007000e"]);
    gives("org.apache.Foo$Bar", &["org.apache.foo$bar", "org", "apach", "foo", "bar"]);
    gives("com/acme/pay.rs:42", &["com/acme/pay.rs:42", "pay.rs", "com", "acm", "pay", "rs", "42"]);
    gives("v2.3.1-rc1", &["v2.3.1-rc1", "2.3.1-rc1", "v2.3.1", "2.3.1", "rc1"]);
    gives("9f2c41ab77de0c31", &["9f2c41ab77de0c31"]);
    gives("jane.doe@example.com", &["jane.doe@example.com", "jane.doe", "example.com", "jane", "exampl"]);
}

#[test]
fn camel_case_gives_its_words_and_names_with_one_small_letter_stay() {
    gives("NullPointerException", &["nullpointerexcept", "null", "pointer", "except"]);
    gives("HTTPServer", &["httpserver", "http", "server"]);
    gives("max_frame_size", &["max_frame_size", "max", "frame", "size"]);
    assert_eq!(terms("iOS"), ["io"]);
    assert_eq!(terms("APIs"), ["api"]);
}

#[test]
fn a_language_with_a_sign_in_its_name_keeps_it() {
    gives("C++ and C#", &["c++", "c#"]);
}

#[test]
fn a_sentence_that_ends_in_an_identifier_does_not_take_its_full_stop() {
    gives("See AMQ-1234.", &["amq-1234"]);
    gives("Error:timeout", &["error", "timeout"]);
    gives("wait...done", &["wait", "done"]);
}

#[test]
fn a_script_without_spaces_gives_pairs_and_single_characters() {
    let found = tokens("接続中");
    let pairs: Vec<_> = found.iter().filter(|token| token.2 == Kind::Word).map(|token| token.0.as_str()).collect();
    let single: Vec<_> = found.iter().filter(|token| token.2 == Kind::Glyph).map(|token| token.0.as_str()).collect();
    assert_eq!(pairs, ["接続", "続中"]);
    assert_eq!(single, ["接", "続", "中"]);
    assert_eq!(terms("障"), ["障"]);
    gives("ServerへのAPI接続", &["server", "への", "api", "接続"]);
}

#[test]
fn accents_width_and_composition_do_not_matter() {
    assert_eq!(terms("déjà"), terms("DEJA"));
    assert_eq!(terms("cafe\u{301}"), terms("Café"));
    assert_eq!(terms("ＡＭＱ－1234").first(), terms("AMQ").first());
}

#[test]
fn positions_run_over_the_parts() {
    let parts: Vec<_> = tokens("open pay.rs now").into_iter().filter(|token| token.2.spells()).collect();
    let places: Vec<_> = parts.iter().map(|token| (token.0.as_str(), token.1)).collect();
    assert_eq!(places, [("open", 0), ("pay", 1), ("rs", 2), ("now", 3)]);
}
