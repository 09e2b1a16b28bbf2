//! The texts that a version prints: a line of a log, or an error code, leads to the statement that it came from.
//!
//! Every text in quotes of the version's own files is looked at once and kept by its rarest words. What stands in a template
//! for something else (`{}`, `%s`, `${name}`, `" + name + "`) is anything.

mod pieces;
pub(crate) mod read;
#[cfg(test)]
mod tests;

use pieces::{letters, pieces, words};
use std::collections::{BTreeSet, HashMap};

/// Letters of a line that a template has to say, and words: less is said everywhere.
const FEWEST_LETTERS: usize = 12;
const FEWEST_WORDS: usize = 2;
/// Texts of one statement: `"a " + b + " c " + d`.
const MOST_JOINED: usize = 8;
/// Lines that one statement goes over.
const REACH: u32 = 3;
/// Texts under one word that are tried.
const MOST_TRIED: usize = 2_000;
/// Places of one text that are told: what stands at more is no place.
pub(crate) const MOST_PLACES: usize = 3;

/// The texts of one version.
#[derive(Default)]
pub struct Literals {
    paths: Vec<String>,
    all: Vec<Literal>,
    by_word: HashMap<Box<str>, Vec<u32>>,
    /// Not everything was read: it is too much.
    pub cut: bool,
}

struct Literal {
    path: u32,
    line: u32,
    pieces: Box<[Box<str>]>,
}

/// Where a line of a log, or a code, is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub path: String,
    pub line: u32,
    /// Letters of the line that the statement says.
    pub letters: usize,
}

impl Literals {
    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Of one file: for the fuzzer.
    #[cfg(fuzzing)]
    pub fn of(path: &str, text: &str) -> Self {
        let mut found = Self::default();
        found.read(path.to_owned(), text);
        found
    }

    /// `text`: with its quotes. What says too little to be found again is left out.
    fn add(&mut self, path: u32, line: u32, text: &str) {
        let pieces = pieces(text);
        let longest = pieces.iter().flat_map(|piece| words(piece)).max_by_key(|word: &&str| word.len());
        let mut keys: BTreeSet<String> = longest.map(str::to_lowercase).into_iter().collect();
        keys.extend(pieces.iter().flat_map(|piece| codes(piece)).map(|code: &str| code.to_owned()));
        if keys.is_empty() {
            return;
        }
        let place = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        for key in keys {
            self.by_word.entry(key.into()).or_default().push(place);
        }
        self.all.push(Literal { path, line, pieces: pieces.into_iter().map(Into::into).collect() });
    }

    /// The statements that may have printed a line, at most three, all as good; none where there are more, or none. `sure`: it
    /// is a line of a log or an error's message; of anything else, the statement has to say most of it.
    pub fn of_line(&self, line: &str, sure: bool) -> Vec<Statement> {
        let said = words(line).map(str::to_lowercase).collect::<BTreeSet<String>>();
        let mut tried: BTreeSet<u32> = BTreeSet::new();
        for word in &said {
            tried.extend(self.by_word.get(word.as_str()).into_iter().flatten().take(MOST_TRIED).copied());
        }
        let whole = letters(line);
        let found = tried.into_iter().filter_map(|place| {
            let (letters, words) = self.said(place, line)?;
            let enough = letters >= FEWEST_LETTERS && words >= FEWEST_WORDS && (sure || 2 * letters > whole);
            enough.then_some((letters, place))
        });
        self.best(found.collect())
    }

    /// The statements that name an error code, at most three; none where there are more.
    pub fn of_code(&self, code: &str) -> Vec<Statement> {
        let places = self.by_word.get(code).into_iter().flatten();
        self.best(places.map(|place| (code.len(), *place)).collect())
    }

    /// How many letters and words of a line a statement says, where all of it is in the line in order.
    fn said(&self, place: u32, line: &str) -> Option<(usize, usize)> {
        let first = self.all.get(place as usize)?;
        let mut at = 0;
        let mut said = (0usize, 0usize);
        let mut add = |literal: &Literal| -> bool {
            let mut end = at;
            let mut own = (0usize, 0usize);
            for piece in &literal.pieces {
                let Some(found) = line.get(end..).and_then(|rest| rest.find(&**piece)) else { return false };
                end += found + piece.len();
                own = (own.0 + letters(piece), own.1 + words(piece).count());
            }
            at = end;
            said = (said.0 + own.0, said.1 + own.1);
            true
        };
        if !add(first) {
            return None;
        }
        let behind = self.all.get(place as usize + 1..).unwrap_or_default().iter().take(MOST_JOINED);
        for next in behind.take_while(|next| next.path == first.path && next.line <= first.line + REACH) {
            if !add(next) {
                break;
            }
        }
        Some(said)
    }

    fn best(&self, mut found: Vec<(usize, u32)>) -> Vec<Statement> {
        let path = |place: u32| {
            let literal = self.all.get(place as usize)?;
            Some((self.paths.get(literal.path as usize)?, literal.line))
        };
        // What tests say of a message is not what said it.
        let own = |place: u32| path(place).is_some_and(|(path, _)| !read::is_test(path));
        if found.iter().any(|(_, place)| own(*place)) {
            found.retain(|(_, place)| own(*place));
        }
        let most = found.iter().map(|(letters, _)| *letters).max().unwrap_or_default();
        let tops = found.into_iter().filter(|(letters, _)| *letters == most);
        let mut places: Vec<Statement> = tops
            .filter_map(|(letters, place)| {
                let (path, line) = path(place)?;
                Some(Statement { path: path.clone(), line, letters })
            })
            .collect();
        places.dedup_by(|b, a| a.path == b.path && a.line == b.line);
        if places.len() > MOST_PLACES { Vec::new() } else { places }
    }
}

/// What looks like a code and names a standard.
const COMMON: [&str; 9] = ["UTF-", "ISO-", "ISO_", "SHA-", "SHA1", "SHA256", "TLS_", "HTTP-", "CVE-"];

/// `ERR-1042`, `E_CART_FULL`, `ORA-00942`, `CART042`: capitals with a digit or a mark in them.
pub fn codes(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
        .map(|word| word.trim_matches(['-', '_']))
        .filter(|word| {
            let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
            (5..=40).contains(&word.len())
                && !COMMON.iter().any(|common| word.starts_with(common))
                && capitals >= 2
                && !word.bytes().any(|b| b.is_ascii_lowercase())
                && word.bytes().any(|b| b.is_ascii_digit() || b == b'_' || b == b'-')
        })
}
