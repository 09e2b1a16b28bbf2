//! A message becomes pieces: words that belong to the error, and parts that belong to one customer, day or machine.

use crate::{codes, lines::pattern};
use domain::{Mask, Piece};
use regex::Regex;
use std::sync::LazyLock;

/// Longer messages are data, not messages.
const LONGEST: usize = 400;

/// One group for each kind, in the order in which they win. Codes come first: `ORA-00942` is the error, not a number.
static PART: LazyLock<Regex> = LazyLock::new(|| {
    let parts = [
        codes::PATTERN,
        r#"(?P<url>[A-Za-z][A-Za-z0-9+.-]*://[^\s"'<>|)\]},]+)"#,
        r"(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
        r"(?P<uuid>\b[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\b)",
        concat!(
            r"(?P<time>\b\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[T ]\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?)?\b",
            r"|\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2},? (?:\d{4},? )?\d\d:\d\d(?::\d\d)?(?: [A-Z]{2,4})?(?: \d{4})?\b",
            r"|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b|\b\d{1,2}:\d\d:\d\d(?:[.,]\d+)?\b)",
        ),
        concat!(
            r"(?P<ip>\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|(?i:\b(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}\b|\b[0-9a-f]{4}::(?:[0-9a-f]{1,4}:?)+)",
            r"|\b[A-Za-z0-9][\w-]*(?:\.[\w-]+)*\.(?:com|org|net|io|local|internal|lan|corp|de|uk|eu):\d{2,5}\b)",
        ),
        r#""(?P<q1>[^"\n]*)"|“(?P<q2>[^”\n]*)”|«(?P<q3>[^»\n]*)»|`(?P<q4>[^`'\n]*)['`]|(?:^|[^\w'])'(?P<q5>[^'\n]*)'|‘(?P<q6>[^’\n]*)’"#,
        r"(?P<hex>\b0[xX][0-9A-Fa-f]+\b|@[0-9a-f]{5,8}\b)",
        r"(?P<id>\bID:[\w.-]+(?::[\w-]+)*|#<[^>\n]*>)",
        r#"(?P<path>(?:[A-Za-z]:)?(?:\\[\w\x{A1}-\x{10FFFF}.@%+~$ -]+)+\\[\w\x{A1}-\x{10FFFF}.@%+~$-]+|(?:\b[A-Za-z]:|~)?(?:/[\w\x{A1}-\x{10FFFF}.@%+~=-]+){2,}/?|\b[A-Za-z]:\\[^\s"'<>|]+)"#,
        r"(?P<word>\b(?:[A-Za-z]+\d|\d+[A-Za-z])[A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*)",
        r"(?P<number>[+-]?\d+(?:[.,]\d+)*)",
    ];
    pattern(&parts.join("|"))
});

const GROUPS: [(&str, Mask); 15] = [
    ("url", Mask::Url),
    ("email", Mask::Address),
    ("uuid", Mask::Uuid),
    ("time", Mask::Time),
    ("ip", Mask::Address),
    ("q1", Mask::Quoted),
    ("q2", Mask::Quoted),
    ("q3", Mask::Quoted),
    ("q4", Mask::Quoted),
    ("q5", Mask::Quoted),
    ("q6", Mask::Quoted),
    ("hex", Mask::Hex),
    ("id", Mask::Id),
    ("path", Mask::Path),
    ("number", Mask::Number),
];

/// The first line of `message`, cut into pieces. Joined, the pieces give it back.
pub fn pieces(message: &str) -> Vec<Piece> {
    let message = clip(message.lines().next().unwrap_or_default().trim(), LONGEST);
    let mut cut = Cut { text: message, done: 0, pieces: Vec::new() };
    // The groups' places are looked up once for each match: a message has few of them.
    for found in PART.captures_iter(message) {
        if let Some(word) = found.name("word") {
            cut.word(word.start(), word.as_str());
            continue;
        }
        let part = GROUPS.iter().find_map(|(name, mask)| found.name(name).map(|part| (part, *mask)));
        let Some((part, mask)) = part else { continue };
        if fits(mask, message, part.start()) {
            cut.mask(part.start(), part.end(), mask);
        }
    }
    cut.text_until(message.len());
    cut.pieces
}

/// At most `longest` bytes, cut between characters.
pub fn clip(text: &str, longest: usize) -> &str {
    let mut end = text.len().min(longest);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// `org/apache/Foo` is a class and `either/or` prose: an absolute path has no word before its first slash.
fn fits(mask: Mask, text: &str, start: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    mask != Mask::Path || !before.is_some_and(|c| c.is_alphanumeric() || "_.)".contains(c))
}

struct Cut<'a> {
    text: &'a str,
    done: usize,
    pieces: Vec<Piece>,
}

impl Cut<'_> {
    fn text_until(&mut self, end: usize) {
        if let Some(text) = self.text.get(self.done..end).filter(|text| !text.is_empty()) {
            self.pieces.push(Piece { text: text.to_owned(), mask: None });
        }
        self.done = self.done.max(end);
    }

    fn mask(&mut self, start: usize, end: usize, mask: Mask) {
        self.text_until(start);
        if let Some(text) = self.text.get(start..end).filter(|text| !text.is_empty()) {
            self.pieces.push(Piece { text: text.to_owned(), mask: Some(mask) });
        }
        self.done = end;
    }

    /// A word with digits in it: an id (`a1b2c3`, `user4711`), a number with a unit (`500ms`), a numbered name
    /// (`worker12`), or simply a name (`log4j`).
    fn word(&mut self, start: usize, word: &str) {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let class = |b: u8| b.is_ascii_digit();
        let turns = word.bytes().zip(word.bytes().skip(1)).filter(|(a, b)| class(*a) != class(*b)).count();
        let end = start + word.len();
        if digits >= 4 || (digits >= 3 && turns >= 3) || (word.len() >= 8 && turns >= 4) {
            return self.mask(start, end, Mask::Id);
        }
        let leading = word.bytes().take_while(u8::is_ascii_digit).count();
        let trailing = word.bytes().rev().take_while(u8::is_ascii_digit).count();
        if leading > 0 {
            self.mask(start, start + leading, Mask::Number);
        } else if trailing >= 2 || (trailing == 1 && word.contains(['-', '_'])) {
            self.mask(end - trailing, end, Mask::Number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Signature, SignatureKind};
    use proptest::prelude::*;

    fn template(message: &str) -> String {
        let kind = SignatureKind::LogLine;
        Signature { kind, exception: String::new(), message: pieces(message), frames: vec![], span: (0, 0) }.template()
    }

    #[test]
    fn volatile_parts_are_masked_and_words_are_kept() {
        for (message, expected) in [
            ("Timeout after 30000 ms", "Timeout after <number> ms"),
            ("Timeout after 500ms", "Timeout after <number>ms"),
            ("No session for user4711", "No session for <id>"),
            ("worker12 died", "worker<number> died"),
            ("could not load log4j from base", "could not load log4j from base"),
            ("connect to tcp://broker1:61616?x=1 failed", "connect to <url> failed"),
            ("Connection refused: /10.1.2.3:5432", "Connection refused: /<address>"),
            ("mail to jane.doe@example.org bounced", "mail to <address> bounced"),
            ("open /home/josé/Übersicht/a.log: denied", "open <path>: denied"),
            ("open /var/lib/app/kahadb/db-12.log: denied", "open <path>: denied"),
            (r"open C:\ProgramData\Acme\x.cfg failed", "open <path> failed"),
            ("org/apache/activemq/Foo", "org/apache/activemq/Foo"),
            ("order 7f0c2a0e-5f3c-4d1e-9f7a-0b1c2d3e4f50 lost", "order <uuid> lost"),
            ("lock com.acme.Foo@1a2b3c4d held", "lock com.acme.Foo<hex> held"),
            ("at 2024-05-01 12:00:00,123 it stopped", "at <time> it stopped"),
            (
                "column \"user_id\" of 'orders' is not what can't be",
                "column \"<quoted>\" of '<quoted>' is not what can't be",
            ),
            ("ORA-00942: table or view does not exist", "ORA-00942: table or view does not exist"),
            ("server said HTTP 503 after 3 tries", "server said HTTP 503 after <number> tries"),
            ("message ID:host-1234-127-0:1:2 expired", "message <id> expired"),
            ("Cannot find a1b2c3d4e5", "Cannot find <id>"),
        ] {
            assert_eq!(template(message), expected, "{message}");
        }
    }

    proptest! {
        #[test]
        fn joined_pieces_give_the_first_line_back(text in "[ -~äß“”\t]{0,80}") {
            let joined: String = pieces(&text).into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(joined, text.trim());
        }

        #[test]
        fn any_other_number_leaves_the_template_as_it_is(a in 10u32..99_999_999, b in 10u32..99_999_999) {
            prop_assert_eq!(template(&format!("took {a} ms for order {b}")), template("took 77 ms for order 88"));
        }
    }
}
