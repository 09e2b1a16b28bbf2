//! English words that say nothing about a case.

/// Sorted, folded, without apostrophes.
const WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not", "of",
    "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was", "will", "with",
];

pub(super) fn is_stop_word(word: &str) -> bool {
    WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_sorted_so_that_it_can_be_searched() {
        assert!(super::WORDS.is_sorted());
        assert!(super::is_stop_word("the") && !super::is_stop_word("timeout"));
    }
}
