//! Text to terms: the one analysis that documents, questions, searches and highlights share.
//!
//! A plain word gives its English stem, folded (`Connexión` → `connexion`). An identifier gives itself whole, the
//! pieces people quote (`pay.rs` of `com/acme/pay.rs:42`) and its parts, which are plain words again. Scripts without
//! spaces give pairs of characters and each character alone. Positions run over the parts, so that a phrase finds
//! words inside an identifier too.

mod chunk;
mod fold;
mod pieces;
#[cfg(test)]
mod properties;
mod stop;
#[cfg(test)]
mod tests;
mod tokenizer;

pub(crate) use chunk::is_joiner;
pub(crate) use fold::fold;
pub use fold::folded;
pub(crate) use tokenizer::TextTokenizer;

use chunk::{Chunk, Chunks, Shape};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, TokenStream};

/// Longer terms are cut here, in documents and in questions alike: what agrees so far is found.
const LONGEST_TERM: usize = 96;
/// Words are looked up far more often than read. Cleared when full, so one odd document cannot grow them for ever.
const WORDS_KEPT: usize = 20_000;
/// Longer plain words are rare enough to be read like everything else.
const LONGEST_PLAIN: usize = 32;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A plain word, or a pair of characters in a script without spaces.
    Word,
    /// An identifier as a whole; its parts follow at the same position and after it.
    Whole,
    /// A piece of an identifier that is worth finding by itself and has parts of its own.
    Piece,
    /// A part of an identifier, read as a plain word.
    Part,
    /// One character of a longer run in a script without spaces.
    Glyph,
}

impl Kind {
    /// The words that a phrase consists of: each place of the text exactly once.
    pub(crate) fn spells(self) -> bool {
        matches!(self, Self::Word | Self::Part)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Term, byte offsets in the text as written, and position, in Tantivy's own shape.
    pub token: tantivy::tokenizer::Token,
    pub kind: Kind,
}

impl Token {
    pub(crate) fn term(&self) -> &str {
        &self.token.text
    }

    pub(crate) fn range(&self) -> std::ops::Range<usize> {
        self.token.offset_from..self.token.offset_to
    }
}

/// What a folded word of letters becomes.
#[derive(Clone)]
struct Word {
    stem: Box<str>,
    says_nothing: bool,
}

/// Reuses the tokens of earlier texts: a document has hundreds, and each owns a string.
#[derive(Clone, Default)]
struct Tokens {
    all: Vec<Token>,
    used: usize,
}

impl Tokens {
    fn push(&mut self, term: &str, from: usize, to: usize, position: usize, kind: Kind) {
        if self.used == self.all.len() {
            self.all.push(Token { token: tantivy::tokenizer::Token::default(), kind });
        }
        if let Some(slot) = self.all.get_mut(self.used) {
            slot.kind = kind;
            slot.token.offset_from = from;
            slot.token.offset_to = to;
            slot.token.position = position;
            slot.token.text.clear();
            slot.token.text.push_str(term);
            self.used += 1;
        }
    }
}

/// Holds the stemmer and the buffers; cheap to keep, dear to make for every word.
#[derive(Clone)]
pub(crate) struct Analyzer {
    stemmer: TextAnalyzer,
    words: FxHashMap<Box<str>, Word>,
    tokens: Tokens,
    folded: String,
    pieces: Vec<pieces::Piece>,
}

impl Default for Analyzer {
    fn default() -> Self {
        Self {
            stemmer: TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(Language::English)).build(),
            words: FxHashMap::default(),
            tokens: Tokens::default(),
            folded: String::new(),
            pieces: Vec::new(),
        }
    }
}

/// Runs `work` with this thread's analyzer. `work` must not come back here.
pub(crate) fn with<R>(work: impl FnOnce(&mut Analyzer) -> R) -> R {
    thread_local!(static ANALYZER: RefCell<Analyzer> = RefCell::default());
    ANALYZER.with_borrow_mut(work)
}

impl Analyzer {
    /// The tokens of a text, in order of position.
    pub(crate) fn analyse(&mut self, text: &str) -> &mut [Token] {
        self.tokens.used = 0;
        let mut position = 0;
        for chunk in Chunks::new(text) {
            position = match chunk.shape {
                Shape::Run => self.run(text, chunk, position),
                Shape::Unspaced => self.unspaced(text, chunk, position),
                Shape::Symbol => self.symbol(text, chunk, position),
            };
        }
        self.tokens.all.get_mut(..self.tokens.used).unwrap_or_default()
    }

    /// Reads the word in `self.folded`, once for all the times that it comes.
    fn learn(&mut self) -> Word {
        let stem = self.stemmer.token_stream(&self.folded).next().map(|token| token.text.as_str().into());
        let stem = stem.unwrap_or_else(|| self.folded.as_str().into());
        if self.words.len() >= WORDS_KEPT {
            self.words.clear();
        }
        let word = Word { stem, says_nothing: stop::is_stop_word(&self.folded) };
        self.words.insert(self.folded.as_str().into(), word.clone());
        word
    }

    fn word(&mut self) -> Word {
        match self.words.get(self.folded.as_str()) {
            Some(word) => word.clone(),
            None => self.learn(),
        }
    }

    /// The stem of one folded word.
    pub(crate) fn stem(&mut self, word: &str) -> String {
        self.folded.clear();
        self.folded.push_str(word);
        self.word().stem.to_string()
    }

    /// The short way for what nearly every run is: a word of small ASCII letters, perhaps with a capital.
    fn plain(&mut self, written: &str, chunk: Chunk, position: usize) -> bool {
        let bytes = written.as_bytes();
        let (Some(first), Some(rest)) = (bytes.first(), bytes.get(1..)) else { return false };
        if bytes.len() > LONGEST_PLAIN || !first.is_ascii_alphabetic() || !rest.iter().all(u8::is_ascii_lowercase) {
            return false;
        }
        self.folded.clear();
        self.folded.push(char::from(first.to_ascii_lowercase()));
        self.folded.push_str(written.get(1..).unwrap_or_default());
        if !self.words.contains_key(self.folded.as_str()) {
            self.learn();
        }
        if let Some(word) = self.words.get(self.folded.as_str()).filter(|word| !word.says_nothing) {
            self.tokens.push(&word.stem, chunk.from, chunk.to, position, Kind::Word);
        }
        true
    }

    fn run(&mut self, text: &str, chunk: Chunk, position: usize) -> usize {
        let written = text.get(chunk.from..chunk.to).unwrap_or_default();
        if self.plain(written, chunk, position) {
            return position + 1;
        }
        let mut found = std::mem::take(&mut self.pieces);
        let places = pieces::split(written, &mut found);
        for piece in &found {
            let (from, to) = (chunk.from + piece.from, chunk.from + piece.to);
            self.emit(text, from, to, position + piece.place, piece.kind);
        }
        self.pieces = found;
        position + places
    }

    /// Pairs of neighbours, and each character alone so that a single one can be found.
    fn unspaced(&mut self, text: &str, chunk: Chunk, mut position: usize) -> usize {
        let written = text.get(chunk.from..chunk.to).unwrap_or_default();
        let mut borders =
            written.char_indices().filter(|(_, c)| !chunk::is_extender(*c)).map(|(at, _)| chunk.from + at);
        let mut from = borders.next().unwrap_or(chunk.from);
        let mut middle = borders.next();
        if middle.is_none() {
            self.emit(text, chunk.from, chunk.to, position, Kind::Word);
            return position + 1;
        }
        while let Some(between) = middle {
            let next = borders.next();
            self.emit(text, from, between, position, Kind::Glyph);
            self.emit(text, from, next.unwrap_or(chunk.to), position, Kind::Word);
            position += 1;
            (from, middle) = (between, next);
        }
        self.emit(text, from, chunk.to, position, Kind::Glyph);
        position + 1
    }

    fn symbol(&mut self, text: &str, chunk: Chunk, position: usize) -> usize {
        self.emit(text, chunk.from, chunk.to, position, Kind::Word);
        position + 1
    }

    fn emit(&mut self, text: &str, from: usize, to: usize, position: usize, kind: Kind) {
        self.folded.clear();
        fold(text.get(from..to).unwrap_or_default(), &mut self.folded);
        if self.folded.contains(['\'', '’']) {
            let possessive = self.folded.strip_suffix("'s").or_else(|| self.folded.strip_suffix("’s"));
            self.folded = possessive.unwrap_or(&self.folded).replace(['\'', '’'], "");
        }
        if self.folded.is_empty() {
            return;
        }
        if self.folded.len() > LONGEST_TERM {
            self.folded.truncate(self.folded.floor_char_boundary(LONGEST_TERM));
        } else if self.folded.chars().all(char::is_alphabetic) {
            // Letters only: a word, however it is capitalised. `NullPointer` has to meet `nullpointer`.
            let word = self.word();
            if word.says_nothing && kind != Kind::Whole {
                return;
            }
            self.folded.clear();
            self.folded.push_str(&word.stem);
        } else if kind == Kind::Part && self.folded.len() == 1 {
            // The 2 of 5.2: everywhere, and meaningless without the rest.
            return;
        }
        // `v2.3.1` and `2.3.1` are one version.
        let bare = self.folded.strip_prefix('v').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(bare) = bare.filter(|_| kind != Kind::Part).map(str::to_owned) {
            self.tokens.push(&bare, from, to, position, Kind::Piece);
        }
        self.tokens.push(&self.folded, from, to, position, kind);
    }
}
