//! Looking around in a text without ever leaving it.

/// A text that detectors look at byte by byte. Past either end there is a blank.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    pub text: &'a str,
    bytes: &'a [u8],
}

impl<'a> Scan<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, bytes: text.as_bytes() }
    }

    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    pub fn at(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    /// The byte before `at`.
    pub fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(b' ', |before| self.at(before))
    }

    pub fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// At most `most` bytes before `at`, cut between characters.
    pub fn back(&self, at: usize, most: usize) -> &'a str {
        let mut start = at.saturating_sub(most);
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        self.slice(start, at)
    }

    /// At most `most` bytes from `at` on, cut between characters.
    pub fn ahead(&self, at: usize, most: usize) -> &'a str {
        let mut end = self.len().min(at.saturating_add(most));
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.slice(at, end)
    }

    /// Where a run of such ASCII bytes that begins at `at` ends, at most `most` further.
    pub fn run(&self, at: usize, most: usize, is: impl Fn(u8) -> bool) -> usize {
        let bytes = self.bytes.get(at..self.len().min(at.saturating_add(most))).unwrap_or_default();
        at + bytes.iter().take_while(|byte| byte.is_ascii() && is(**byte)).count()
    }

    /// Where words of such ASCII bytes lie: runs that no such byte precedes or follows.
    pub fn runs(self, is: impl Fn(u8) -> bool + Copy) -> impl Iterator<Item = (usize, usize)> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let rest = self.bytes.get(at..)?;
            let start = at + rest.iter().position(|byte| is(*byte))?;
            let end = self.run(start, usize::MAX, is);
            at = end;
            Some((start, end))
        })
    }
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

pub(super) fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Drawn at random and not written by hand: digits among letters, or both cases within.
pub(super) fn looks_random(text: &str) -> bool {
    let count = |is: fn(&u8) -> bool| text.bytes().filter(is).count();
    let (digits, upper, lower) =
        (count(u8::is_ascii_digit), count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    text.len() >= 8 && ((digits >= 2 && upper + lower >= 2) || (text.len() >= 20 && upper >= 3 && lower >= 3))
}
