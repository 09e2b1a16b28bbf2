//! Words that carry no meaning of their own, for judging how much of a question a case covers.

/// English words and a helpdesk's own. Sorted, for a binary search.
const STOP: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "being", "but", "by", "can", "cannot", "could", "did", "do", "does", "doing", "don", "for",
    "from", "get", "gets", "getting", "had", "has", "have", "having", "he", "hello", "help", "her", "here", "hi",
    "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "like", "me", "more", "my", "no", "not",
    "now", "of", "off", "on", "once", "only", "or", "other", "our", "out", "over", "please", "same", "see", "she",
    "should", "so", "some", "such", "than", "thanks", "that", "the", "their", "them", "then", "there", "these", "they",
    "this", "those", "through", "to", "too", "under", "until", "up", "use", "using", "very", "was", "we", "were",
    "what", "when", "where", "which", "while", "who", "why", "will", "with", "would", "you", "your",
];

/// The distinct words of a text that may carry meaning, lower-cased, in order, at most `most`.
pub fn content(text: &str, most: usize) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let words =
        text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| word.len() > 1 && word.len() <= 64);
    words.map(str::to_lowercase).filter(|word| !is_stop(word) && seen.insert(word.clone())).take(most).collect()
}

pub fn is_stop(word: &str) -> bool {
    STOP.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_so_that_it_can_be_searched() {
        assert!(STOP.is_sorted());
        assert_eq!(content("The Broker does not start, the broker!", 9), ["broker", "start"]);
    }
}
