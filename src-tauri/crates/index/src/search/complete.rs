//! The index holds stems, and a person halfway through a word has typed more than its stem: `connectio` is no beginning
//! of `connect`.

use crate::analysis::Analyzer;

/// How English words end, after a stem or in the middle of an ending.
const ENDINGS: &[&str] = &[
    "", "s", "es", "d", "ed", "g", "ng", "ing", "n", "on", "ion", "ons", "ions", "ation", "tion", "ations", "e", "er",
    "ers", "or", "t", "nt", "ent", "ment", "ments", "ce", "nce", "ly", "y", "ty", "ity", "lity", "ility", "ble",
    "able", "al", "l", "ve", "ive", "ize", "ized", "izing", "ss", "ness", "ful", "ally", "ized",
];

/// Stems shorter than what was typed, of words that may come of it.
pub(super) fn stems(typed: &str, analyzer: &mut Analyzer) -> Vec<String> {
    if typed.len() < 4 || !typed.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let mut stems = Vec::new();
    for ending in ENDINGS {
        let stem = analyzer.stem(&format!("{typed}{ending}"));
        let goes_back = !stem.starts_with(typed);
        if goes_back && !stems.contains(&stem) {
            stems.push(stem);
        }
    }
    stems
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
