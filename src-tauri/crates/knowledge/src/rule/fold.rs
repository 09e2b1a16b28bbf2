//! Texts without what differs between two people who write the same: capitals, composed letters, line ends and spaces.

use unicode_normalization::UnicodeNormalization;

/// Words in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub written: String,
    folded: String,
}

impl Phrase {
    /// `None` of one that has no letter and no digit.
    pub fn of(written: &str) -> Option<Self> {
        let folded = fold(written).trim().to_owned();
        folded.contains(char::is_alphanumeric).then(|| Self { written: written.trim().into(), folded })
    }

    /// Whole words only: `row 40` is not in `row 4096`. The text has to be folded.
    pub fn is_in(&self, folded: &str) -> bool {
        let (first, last) = (self.folded.chars().next(), self.folded.chars().next_back());
        folded.match_indices(&self.folded).any(|(at, found)| {
            let before = folded.get(..at).and_then(|text| text.chars().next_back());
            let after = folded.get(at + found.len()..).and_then(|text| text.chars().next());
            !goes_on(before, first) && !goes_on(last, after)
        })
    }
}

/// Whether two neighbours are one word. In scripts without capitals (Han, Kana, Thai) words are not set apart, and a
/// phrase may begin anywhere.
fn goes_on(left: Option<char>, right: Option<char>) -> bool {
    let in_word = |c: char| c.is_lowercase() || c.is_numeric();
    left.is_some_and(in_word) && right.is_some_and(in_word)
}

/// Small letters, composed, with one space between words.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut put = |letter: char| match letter {
        letter if letter.is_whitespace() => {
            if !folded.ends_with(' ') {
                folded.push(' ');
            }
        }
        letter => folded.push(letter),
    };
    if text.is_ascii() {
        text.chars().for_each(|letter| put(letter.to_ascii_lowercase()));
    } else {
        text.nfc().flat_map(char::to_lowercase).for_each(put);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_in(phrase: &str, text: &str) -> bool {
        Phrase::of(phrase).unwrap().is_in(&fold(text))
    }

    #[test]
    fn a_phrase_is_found_in_whole_words_however_it_is_written() {
        assert!(is_in("Import stalls", "The IMPORT\r\n  stalls, always"));
        assert!(is_in("größe überschritten", "Gro\u{308}ße u\u{308}berschritten!"));
        assert!(is_in("row 40", "at row 4096 and row 40"));
        assert!(!is_in("row 40", "at row 4096"));
        assert!(!is_in("port", "import"));
        assert!(is_in("-XX:+Use", "with -xx:+use set"));
        assert!(is_in("接続", "この接続が切れる"));
        assert!(is_in("connection", "このconnectionが切れる"));
    }

    #[test]
    fn what_has_no_letter_and_no_digit_is_no_phrase() {
        for text in ["", " \n", "…", "---"] {
            assert!(Phrase::of(text).is_none(), "{text:?}");
        }
    }
}
