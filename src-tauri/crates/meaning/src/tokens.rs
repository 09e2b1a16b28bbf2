//! Text into the numbers of a model's vocabulary, as BERT's uncased WordPiece does it: lower case without accents, words
//! and punctuation apart, each word in the longest pieces that the vocabulary has.

use regex::Regex;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Of a text, so many tokens count, the two that frame it among them.
pub const MOST_TOKENS: usize = 128;
/// Longer words are no words.
const LONGEST: usize = 100;

pub(crate) struct Tokens {
    starts: HashMap<Box<str>, u32>,
    /// Pieces that go on with a word.
    rest: HashMap<Box<str>, u32>,
    unknown: u32,
    begin: u32,
    end: u32,
    punctuation: Regex,
    accent: Regex,
}

impl Tokens {
    /// `None` where a token that every text needs is not in the vocabulary.
    pub(crate) fn new(vocabulary: &str) -> Option<Self> {
        let (mut starts, mut rest) = (HashMap::new(), HashMap::new());
        for (number, word) in (0u32..).zip(vocabulary.lines()) {
            match word.strip_prefix("##") {
                Some(piece) if !piece.is_empty() => rest.insert(piece.into(), number),
                _ => starts.insert(word.into(), number),
            };
        }
        let of = |word: &str| starts.get(word).copied();
        let (unknown, begin, end) = (of("[UNK]")?, of("[CLS]")?, of("[SEP]")?);
        let class = |class: &str| Regex::new(class).ok();
        Some(Self { unknown, begin, end, punctuation: class(r"\p{P}")?, accent: class(r"\p{Mn}")?, starts, rest })
    }

    /// Framed, at most [`MOST_TOKENS`]; no more of the text is read than that takes.
    pub(crate) fn read(&self, text: &str) -> Vec<u32> {
        let mut tokens = vec![self.begin];
        let mut word = String::new();
        let room = |tokens: &Vec<u32>| tokens.len() < MOST_TOKENS - 1;
        let folded = text.chars().filter(|c| !is_noise(*c)).flat_map(char::to_lowercase).nfd();
        for c in folded {
            if c.is_whitespace() {
                self.word(&mut word, &mut tokens);
            } else if self.stands_alone(c) {
                self.word(&mut word, &mut tokens);
                word.push(c);
                self.word(&mut word, &mut tokens);
            } else if c.is_ascii() || !self.is(&self.accent, c) {
                word.push(c);
            }
            if !room(&tokens) {
                break;
            }
        }
        self.word(&mut word, &mut tokens);
        tokens.truncate(MOST_TOKENS - 1);
        tokens.push(self.end);
        tokens
    }

    /// All of its pieces, or that it is not known.
    fn word(&self, word: &mut String, tokens: &mut Vec<u32>) {
        if word.is_empty() {
            return;
        }
        let before = tokens.len();
        let mut left = word.as_str();
        let mut known = &self.starts;
        if left.chars().count() > LONGEST {
            tokens.push(self.unknown);
            left = "";
        }
        while !left.is_empty() {
            let ends = left.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
            let longest = ends.filter_map(|end| Some((end, *known.get(left.get(..end)?)?))).next();
            let Some((end, number)) = longest else {
                tokens.truncate(before);
                tokens.push(self.unknown);
                break;
            };
            tokens.push(number);
            left = left.get(end..).unwrap_or_default();
            known = &self.rest;
        }
        word.clear();
    }

    /// A word of its own: punctuation, and each character of scripts that write no spaces.
    fn stands_alone(&self, c: char) -> bool {
        match c {
            '!'..='/' | ':'..='@' | '['..='`' | '{'..='~' => true,
            _ if c.is_ascii() => false,
            _ => is_ideograph(c) || self.is(&self.punctuation, c),
        }
    }

    fn is(&self, class: &Regex, c: char) -> bool {
        class.is_match(c.encode_utf8(&mut [0; 4]))
    }
}

/// Control characters other than white space, and what stands for a character that was lost.
fn is_noise(c: char) -> bool {
    let blank = matches!(c, '\t' | '\n' | '\r');
    let format = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    c == '\u{fffd}' || format || (c.is_control() && !blank)
}

fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2a6df}'
        | '\u{2a700}'..='\u{2ceaf}' | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: &str =
        "[PAD]\n[UNK]\n[CLS]\n[SEP]\nin\n##voice\n##s\ninvoice\n,\ncafe\n故\n障\ne\n##x\n##port\nexport\n";

    fn words(text: &str) -> Vec<String> {
        let tokens = Tokens::new(VOCABULARY).unwrap();
        let all: Vec<&str> = VOCABULARY.lines().collect();
        tokens.read(text).iter().map(|number| all[*number as usize].to_owned()).collect()
    }

    #[test]
    fn a_word_is_read_in_the_longest_pieces_that_there_are() {
        assert_eq!(words("Invoices, EXPORT"), ["[CLS]", "invoice", "##s", ",", "export", "[SEP]"]);
        assert_eq!(words("exx"), ["[CLS]", "e", "##x", "##x", "[SEP]"]);
    }

    #[test]
    fn a_word_with_one_piece_that_is_not_known_is_not_known() {
        assert_eq!(words("invoicez in"), ["[CLS]", "[UNK]", "in", "[SEP]"]);
        assert_eq!(words(&"in".repeat(60)), ["[CLS]", "[UNK]", "[SEP]"]);
    }

    #[test]
    fn accents_fall_and_each_ideograph_stands_alone() {
        assert_eq!(words("Café cafe\u{301}"), ["[CLS]", "cafe", "cafe", "[SEP]"]);
        assert_eq!(words("故障\u{0}\u{feff}"), ["[CLS]", "故", "障", "[SEP]"]);
    }

    #[test]
    fn a_text_of_any_length_has_no_more_tokens_than_the_most() {
        let long = words(&"invoices ".repeat(100_000));
        assert_eq!((long.len(), long.last().map(String::as_str)), (MOST_TOKENS, Some("[SEP]")));
        assert_eq!(words(""), ["[CLS]", "[SEP]"]);
    }

    #[test]
    fn a_vocabulary_without_the_frame_is_none() {
        assert!(Tokens::new("in\nvoice\n").is_none());
    }
}
