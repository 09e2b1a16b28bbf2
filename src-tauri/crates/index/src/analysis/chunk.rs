//! Cuts a text into runs that are read as one thing: a word or an identifier, a run of a script without spaces, or a
//! single symbol. Everything between them only separates.

use unicode_normalization::char::is_combining_mark;

/// Of a longer run only this much is read: nobody searches a base64 block by its middle.
const LONGEST_RUN: usize = 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Run,
    Unspaced,
    Symbol,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    pub from: usize,
    pub to: usize,
    pub shape: Shape,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Joiner,
    Unspaced,
    Extender,
    Symbol,
    Other,
}

/// Belongs to the character before it: combining marks, joiners that are not seen, Hangul vowels and finals, and the
/// voicing marks of half-width kana.
pub(super) fn is_extender(c: char) -> bool {
    !c.is_ascii()
        && (is_combining_mark(c)
            || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{1160}'..='\u{11FF}' | '\u{FF9E}' | '\u{FF9F}'))
}

fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF // Thai, Lao
        | 0x1000..=0x109F | 0x1780..=0x17FF // Myanmar, Khmer
        | 0x1100..=0x115F | 0x3130..=0x318F | 0xAC00..=0xD7FB // Hangul
        | 0x3005..=0x3007 | 0x3040..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9D // kana
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF) // Han
}

fn is_symbol(c: char) -> bool {
    matches!(u32::from(c), 0x2600..=0x27BF | 0x1F000..=0x1FAFF)
}

/// Holds two words together when it stands between them.
pub(crate) fn is_joiner(c: char) -> bool {
    class(c) == Class::Joiner
}

fn class(c: char) -> Class {
    if c.is_ascii() {
        return match c {
            '0'..='9' | 'a'..='z' | 'A'..='Z' => Class::Word,
            '.' | '_' | '-' | '/' | '\\' | ':' | '@' | '$' | '#' | '+' | '\'' => Class::Joiner,
            _ => Class::Other,
        };
    }
    match c {
        '’' => Class::Joiner,
        _ if is_extender(c) => Class::Extender,
        _ if is_unspaced(c) => Class::Unspaced,
        _ if is_symbol(c) => Class::Symbol,
        _ if c.is_alphanumeric() => Class::Word,
        _ => Class::Other,
    }
}

/// Whether these characters between two words make one identifier of them. A colon counts before a number
/// (`pay.rs:42`) but not after a label (`Error:timeout`); three dots are an ellipsis.
fn joins(between: &str, next: char) -> bool {
    match between {
        "." | "_" | "-" | "/" | "\\" | "@" | "$" | "#" | "+" | "'" | "’" => true,
        ":" => next.is_ascii_digit(),
        "::" | "://" | ":\\" | "\\\\" | "__" | "$$" => true,
        _ => between.len() == 2 && !between.contains([':', '\'', '+', '#']) && between.contains(['_', '$', '/', '\\']),
    }
}

pub(super) struct Chunks<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Chunks<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self, from: usize) -> &'a str {
        self.text.get(from..).unwrap_or_default()
    }

    /// Past the letters and digits of a word. Nearly all text is ASCII, so bytes are looked at first.
    fn past_word(&self, from: usize) -> usize {
        let rest = self.rest(from).as_bytes();
        let ascii = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        match rest.get(ascii) {
            Some(byte) if !byte.is_ascii() => {
                self.past(from + ascii, |class| matches!(class, Class::Word | Class::Extender))
            }
            _ => from + ascii,
        }
    }

    fn past(&self, from: usize, wanted: impl Fn(Class) -> bool) -> usize {
        let rest = self.rest(from);
        from + rest.find(|c| !wanted(class(c))).unwrap_or(rest.len())
    }

    /// The end of the word or identifier that starts at `from`.
    fn run_end(&self, from: usize) -> usize {
        let mut end = self.past_word(from);
        loop {
            let next = self.past(end, |class| class == Class::Joiner);
            let between = self.text.get(end..next).unwrap_or_default();
            match self.rest(next).chars().next() {
                Some(c) if !between.is_empty() && class(c) == Class::Word && joins(between, c) => {
                    end = self.past_word(next);
                }
                _ => break,
            }
        }
        // C++, C# and F#: one letter, and the sign is half of the name.
        let one_letter = end == from + 1 && self.rest(from).starts_with(|c: char| c.is_ascii_alphabetic());
        match self.rest(end) {
            rest if one_letter && rest.starts_with("++") => end + 2,
            rest if one_letter && rest.starts_with('#') => end + 1,
            _ => end,
        }
    }
}

impl Iterator for Chunks<'_> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        loop {
            let from = self.at;
            let first = self.rest(from).chars().next()?;
            let after = from + first.len_utf8();
            let (shape, to) = match class(first) {
                Class::Word => (Shape::Run, self.run_end(from)),
                Class::Unspaced => {
                    (Shape::Unspaced, self.past(after, |class| matches!(class, Class::Unspaced | Class::Extender)))
                }
                Class::Symbol => (Shape::Symbol, self.past(after, |class| class == Class::Extender)),
                Class::Joiner | Class::Extender | Class::Other => {
                    self.at = after;
                    continue;
                }
            };
            self.at = to;
            let cut = if shape == Shape::Run { self.text.floor_char_boundary(to.min(from + LONGEST_RUN)) } else { to };
            return Some(Chunk { from, to: cut, shape });
        }
    }
}
