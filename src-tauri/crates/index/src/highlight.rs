//! Where the words that counted stand in a text: found by the same analysis that found the document.

use crate::{
    analysis::{self, Analyzer, Kind, Token},
    document::cut,
};
use std::{collections::HashSet, ops::Range};
use unicode_segmentation::GraphemeCursor;

/// Of a longer text only this much is looked at, in bytes.
const LONGEST_TEXT: usize = 1 << 16;
/// Of a search's hits so much is looked at at a time, in bytes, until something has all that was typed; and so many stretches
/// that may have something of it.
const STRETCH: usize = 1024;
const STRETCHES: usize = 4;
/// Length of a snippet, in bytes, and how much of it may stand before the first word that counted.
const SNIPPET: usize = 240;
const LEAD: usize = 60;
/// In bytes: a family of four has 25.
const LONGEST_CHARACTER: usize = 64;

/// The words, beginnings of words and phrases that counted.
#[derive(Clone, Debug, Default)]
pub struct Highlighter {
    pub(crate) terms: HashSet<String>,
    pub(crate) prefixes: Vec<String>,
    pub(crate) phrases: Vec<Phrase>,
    /// A stretch of text with so many different things is worth showing, and what comes after it is not looked at. None: all
    /// is looked at.
    pub(crate) enough: Option<usize>,
}

/// Words at their distances from the first one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub terms: Vec<(usize, String)>,
    /// The last word, folded, may go on.
    pub prefix: bool,
}

/// The part of a text where most of the words stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// With `…` where something was left out.
    pub text: String,
    /// Byte ranges of `text`, sorted, without overlap.
    pub ranges: Vec<Range<usize>>,
}

impl Highlighter {
    /// For words as a question writes them, such as those of a [`domain::TermHit`].
    pub fn of_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut terms = HashSet::new();
        analysis::with(|analyzer| {
            for word in words {
                let tokens = analyzer.analyse(word);
                let whole = |token: &&Token| token.kind != Kind::Glyph && token.range() == (0..word.len());
                let known = terms.len();
                terms.extend(tokens.iter().filter(whole).map(|token| token.term().to_owned()));
                if terms.len() == known {
                    terms
                        .extend(tokens.iter().filter(|token| token.kind.spells()).map(|token| token.term().to_owned()));
                }
            }
        });
        Self { terms, ..Self::default() }
    }

    /// Byte ranges of `text` where a word that counted stands: sorted, without overlap.
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        merge(self.found(text).into_iter().map(|(range, _)| range).collect())
    }

    /// The part of `text` that has most of the words; its beginning if it has none.
    pub fn snippet(&self, text: &str) -> Snippet {
        let found = self.enough.map_or_else(|| self.found(text), |enough| self.found_first(text, enough));
        let from = best_window(&found);
        let start = word_start(text, from.saturating_sub(LEAD));
        let end = word_end(
            text,
            start,
            (start + SNIPPET)
                .max(found.iter().find(|(range, _)| range.start >= from).map_or(0, |(range, _)| range.end)),
        );
        let mut snippet = String::with_capacity(end - start + 6);
        if start > 0 {
            snippet.push('…');
        }
        let shift = snippet.len();
        snippet.push_str(text.get(start..end).unwrap_or_default());
        if end < text.len() {
            snippet.push('…');
        }
        let inside = merge(found.into_iter().map(|(range, _)| range).collect())
            .into_iter()
            .filter(|range| range.start >= start && range.end <= end)
            .map(|range| range.start - start + shift..range.end - start + shift)
            .collect();
        Snippet { text: snippet, ranges: inside }
    }

    /// Each place with the number of the thing that was found there: two places of one word tell less than two words.
    fn found(&self, text: &str) -> Vec<(Range<usize>, u64)> {
        let text = cut(text, LONGEST_TEXT);
        if self.terms.is_empty() && self.prefixes.is_empty() && self.phrases.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(Range<usize>, u64)> = analysis::with(|analyzer: &mut Analyzer| {
            let tokens = analyzer.analyse(text);
            let mut found: Vec<_> =
                tokens.iter().filter_map(|token| Some((token.range(), self.what(token)?))).collect();
            for phrase in &self.phrases {
                found.extend(phrase.find(tokens).into_iter().map(|range| (range, hash(&phrase.spelled()))));
            }
            found
        });
        found.sort_by_key(|(range, _)| (range.start, range.end));
        found
    }

    /// Stretch by stretch, up to the first that has enough. Those that can have nothing are only skimmed: the analysis of
    /// whole logs would cost more than finding them.
    fn found_first(&self, text: &str, enough: usize) -> Vec<(Range<usize>, u64)> {
        let text = cut(text, LONGEST_TEXT);
        let needles: Vec<&str> = self.beginnings().map(needle).collect();
        let (mut found, mut analysed) = (Vec::new(), 0);
        let mut from = 0;
        while from < text.len() && analysed < STRETCHES {
            let near = text.floor_char_boundary(from + STRETCH);
            // Up to the end of the word, where it has one.
            let rest = text.get(near..).unwrap_or_default();
            let to = text.floor_char_boundary(near + rest.find(char::is_whitespace).unwrap_or(rest.len()).min(STRETCH));
            let stretch = text.get(from..to).unwrap_or_default();
            let written = stretch.to_ascii_lowercase();
            if !stretch.is_ascii() || needles.iter().any(|needle| written.contains(needle)) {
                let here = self.found(stretch);
                let different = here.iter().map(|(_, id)| id).collect::<HashSet<_>>().len();
                found.extend(here.into_iter().map(|(range, id)| (range.start + from..range.end + from, id)));
                analysed += usize::from(!found.is_empty());
                if different >= enough {
                    break;
                }
            }
            from = to;
        }
        found
    }

    /// What everything that is looked for begins with.
    fn beginnings(&self) -> impl Iterator<Item = &str> {
        let terms = self.terms.iter().chain(&self.prefixes).map(String::as_str);
        terms.chain(self.phrases.iter().filter_map(|phrase| phrase.terms.first().map(|(_, term)| term.as_str())))
    }

    /// What counted at a token: different words that begin alike are one thing.
    fn what(&self, token: &Token) -> Option<u64> {
        let term = token.term();
        let begun = || self.prefixes.iter().find(|prefix| term.starts_with(prefix.as_str()));
        if self.terms.contains(term) { Some(hash(term)) } else { begun().map(|prefix| hash(prefix)) }
    }
}

impl Phrase {
    pub(crate) fn spelled(&self) -> String {
        self.terms.iter().map(|(_, term)| term.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn find(&self, tokens: &[Token]) -> Vec<Range<usize>> {
        let Some(((_, first), rest)) = self.terms.split_first() else { return Vec::new() };
        let last = self.terms.len() - 1;
        let fits = |at: usize, wanted: &str, term: &str| {
            if self.prefix && at == last { term.starts_with(wanted) } else { term == wanted }
        };
        let mut found = Vec::new();
        for (at, start) in tokens.iter().enumerate().filter(|(_, token)| fits(0, first, token.term())) {
            let mut range = start.range();
            let mut ahead = tokens.iter().skip(at);
            let complete = rest.iter().zip(1..).all(|((distance, wanted), which)| {
                let place = start.token.position + distance;
                let next = ahead.clone().take_while(|token| token.token.position <= place);
                let hit =
                    next.filter(|token| token.token.position == place).find(|token| fits(which, wanted, token.term()));
                if let Some(token) = hit {
                    range.end = range.end.max(token.range().end);
                }
                hit.is_some()
            });
            ahead.next();
            if complete {
                found.push(range);
            }
        }
        found
    }
}

/// What stands in every text that has the word: its end may be written in another way (`happi` is `happy`, `die` is `dying`).
fn needle(term: &str) -> &str {
    cut(term, term.len().saturating_sub(2).clamp(1, 4))
}

fn hash(term: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    term.hash(&mut hasher);
    hasher.finish()
}

fn merge(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Where the stretch starts that has the most different words, then the most words; the first of equals.
fn best_window(found: &[(Range<usize>, u64)]) -> usize {
    let mut best = ((0, 0), 0);
    for (at, (range, _)) in found.iter().enumerate() {
        let inside = found.iter().skip(at).take_while(|(other, _)| other.end <= range.start + SNIPPET - LEAD).take(64);
        let ids: Vec<u64> = inside.map(|(_, id)| *id).collect();
        let different = ids.iter().collect::<HashSet<_>>().len();
        if (different, ids.len()) > best.0 {
            best = ((different, ids.len()), range.start);
        }
    }
    best.1
}

/// The last border at or before `near` between characters as people count them: a letter keeps its accents, a family its
/// members.
fn floor_character(text: &str, near: usize) -> usize {
    let near = text.floor_char_boundary(near.min(text.len()));
    let mut cursor = GraphemeCursor::new(near, text.len(), true);
    if cursor.is_boundary(text, 0) == Ok(true) {
        return near;
    }
    // A letter under a thousand accents is cut all the same.
    cursor.prev_boundary(text, 0).ok().flatten().filter(|border| near - border <= LONGEST_CHARACTER).unwrap_or(near)
}

fn word_start(text: &str, near: usize) -> usize {
    let near = floor_character(text, near);
    if near == 0 {
        return 0;
    }
    let rest = text.get(near..).unwrap_or_default();
    let skipped =
        rest.char_indices().take(LEAD / 2).find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8());
    near + skipped
}

fn word_end(text: &str, start: usize, near: usize) -> usize {
    let near = floor_character(text, near);
    if near == text.len() {
        return near;
    }
    let inside = text.get(start..near).unwrap_or_default();
    inside.rfind(char::is_whitespace).filter(|at| *at + LEAD > inside.len()).map_or(near, |at| start + at)
}
