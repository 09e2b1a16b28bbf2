//! The index holds stems, and a person halfway through a word has typed more than its stem: `connectio` is no beginning
//! of `connect`.

use crate::analysis::Analyzer;
use std::collections::BTreeSet;

/// How English words end. Whoever is still typing may be anywhere inside of one of these.
const ENDINGS: &[&str] = &[
    "ications", "ication", "izations", "ization", "itions", "ments", "ment", "fulness", "iveness", "ousness",
    "lessness", "lessly", "alities", "ality", "ivities", "ivity", "bilities", "bility", "ingly", "ings", "edly",
    "ences", "ence", "ances", "ance", "able", "ible", "ators", "ator", "izers", "izer", "ized", "izing", "ives", "ive",
    "ically", "ied", "ies", "ism", "ency",
];

/// Stems shorter than what was typed, of words that may come of it.
pub(super) fn stems(typed: &str, analyzer: &mut Analyzer) -> Vec<String> {
    if typed.len() < 4 || !typed.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let tails = ENDINGS.iter().flat_map(|ending| (0..ending.len()).filter_map(|at| ending.get(at..)));
    let tails: BTreeSet<&str> = tails.chain([""]).collect();
    let stems = tails.iter().map(|tail| analyzer.stem(&format!("{typed}{tail}")));
    let stems: BTreeSet<String> = stems.filter(|stem| !stem.starts_with(typed)).collect();
    stems.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use crate::analysis;

    #[test]
    fn every_beginning_of_a_word_leads_to_its_stem() {
        for word in
            ["connection", "connections", "running", "happiness", "queries", "authentication", "retried", "failures"]
        {
            analysis::with(|analyzer| {
                let stem = analyzer.stem(word);
                for end in 1..=word.len() {
                    let typed = &word[..end];
                    let found = stem.starts_with(typed) || super::stems(typed, analyzer).contains(&stem);
                    assert!(found, "{typed} of {word}, stem {stem}");
                }
            });
        }
    }
}
