//! The analysis as Tantivy wants it.

use super::{Analyzer, Token};
use tantivy::tokenizer::{TokenStream, Tokenizer};

#[derive(Clone, Default)]
pub(crate) struct TextTokenizer(Analyzer);

impl Tokenizer for TextTokenizer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { tokens: self.0.analyse(text), next: 0 }
    }
}

pub(crate) struct Stream<'a> {
    tokens: &'a mut [Token],
    next: usize,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &tantivy::tokenizer::Token {
        let at = self.next.saturating_sub(1);
        &self.tokens.get(at).expect("a token is read after advance() said that there is one").token
    }

    fn token_mut(&mut self) -> &mut tantivy::tokenizer::Token {
        let at = self.next.saturating_sub(1);
        &mut self.tokens.get_mut(at).expect("a token is read after advance() said that there is one").token
    }
}
