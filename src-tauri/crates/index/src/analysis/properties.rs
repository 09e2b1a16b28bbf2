use super::{fold, with};
use proptest::prelude::*;

proptest! {
    #[test]
    fn every_token_lies_on_character_borders_and_positions_never_go_back(text in "\\PC{0,80}") {
        with(|analyzer| {
            let mut place = 0;
            for token in analyzer.analyse(&text).iter() {
                assert!(text.get(token.range()).is_some_and(|written| !written.is_empty()), "{token:?}");
                assert!(!token.term().is_empty() && token.term().len() <= super::LONGEST_TERM);
                assert!(token.token.position >= place, "{token:?}");
                place = token.token.position;
            }
        });
    }

    #[test]
    fn the_same_text_gives_the_same_terms_after_any_other(text in "[a-zA-Z0-9é接続 ._:/$@-]{0,60}", other in "\\PC{0,40}") {
        let terms = |text: &str| with(|analyzer| {
            analyzer.analyse(text).iter().map(|token| token.term().to_owned()).collect::<Vec<_>>()
        });
        let before = terms(&text);
        terms(&other);
        prop_assert_eq!(terms(&text), before);
    }

    #[test]
    fn folding_twice_changes_nothing_more(text in "\\PC{0,60}") {
        let once = |text: &str| { let mut out = String::new(); fold(text, &mut out); out };
        prop_assert_eq!(once(&once(&text)), once(&text));
    }
}
