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
pub(crate) use fold::{fold, folded};
pub(crate) use tokenizer::TextTokenizer;

use chunk::{Chunk, Chunks, Shape};
use std::{cell::RefCell, collections::HashMap};
use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, TokenStream};

/// Longer terms are cut here, in documents and in questions alike: what agrees so far is found.
const LONGEST_TERM: usize = 96;
/// Stems are looked up far more often than computed. Cleared when full, so one odd document cannot grow it for ever.
const STEMS_KEPT: usize = 20_000;

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

/// Holds the stemmer and the buffers; cheap to keep, dear to make for every word.
#[derive(Clone)]
pub(crate) struct Analyzer {
    stemmer: TextAnalyzer,
    stems: HashMap<String, String>,
    tokens: Vec<Token>,
    used: usize,
    folded: String,
    pieces: Vec<pieces::Piece>,
}

impl Default for Analyzer {
    fn default() -> Self {
        Self {
            stemmer: TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(Language::English)).build(),
            stems: HashMap::new(),
            tokens: Vec::new(),
            used: 0,
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
        self.used = 0;
        let mut position = 0;
        for chunk in Chunks::new(text) {
            position = match chunk.shape {
                Shape::Run => self.run(text, chunk, position),
                Shape::Unspaced => self.unspaced(text, chunk, position),
                Shape::Symbol => self.symbol(text, chunk, position),
            };
        }
        self.tokens.get_mut(..self.used).unwrap_or_default()
    }

    /// The stem of one folded word.
    pub(crate) fn stem(&mut self, word: &str) -> String {
        if let Some(stem) = self.stems.get(word) {
            return stem.clone();
        }
        let stem = self.stemmer.token_stream(word).next().map_or_else(|| word.to_owned(), |token| token.text.clone());
        if self.stems.len() >= STEMS_KEPT {
            self.stems.clear();
        }
        self.stems.insert(word.to_owned(), stem.clone());
        stem
    }

    fn run(&mut self, text: &str, chunk: Chunk, position: usize) -> usize {
        let written = text.get(chunk.from..chunk.to).unwrap_or_default();
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
            if kind != Kind::Whole && stop::is_stop_word(&self.folded) {
                return;
            }
            let word = std::mem::take(&mut self.folded);
            self.folded = self.stem(&word);
        } else if kind == Kind::Part && self.folded.len() == 1 {
            // The 2 of 5.2: everywhere, and meaningless without the rest.
            return;
        }
        // `v2.3.1` and `2.3.1` are one version.
        let bare = self.folded.strip_prefix('v').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(bare) = bare.filter(|_| kind != Kind::Part).map(str::to_owned) {
            self.push(Some(&bare), from, to, position, Kind::Piece);
        }
        self.push(None, from, to, position, kind);
    }

    /// Reuses the tokens of earlier texts: a document has hundreds, and each owns a string.
    fn push(&mut self, term: Option<&str>, from: usize, to: usize, position: usize, kind: Kind) {
        if self.used == self.tokens.len() {
            self.tokens.push(Token { token: tantivy::tokenizer::Token::default(), kind });
        }
        if let Some(slot) = self.tokens.get_mut(self.used) {
            slot.kind = kind;
            slot.token.offset_from = from;
            slot.token.offset_to = to;
            slot.token.position = position;
            slot.token.text.clear();
            slot.token.text.push_str(term.unwrap_or(&self.folded));
            self.used += 1;
        }
    }
}
