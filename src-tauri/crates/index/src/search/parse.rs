//! From what was typed to what has to match.

mod field;

pub use field::FIELDS;
pub(super) use field::{Filter, Name, Wanted, meant};

use super::{complete, spelling::Neighbour};
use crate::{
    Error, Highlighter,
    analysis::{self, Analyzer, Kind, Token, folded, is_joiner},
    document::exact,
    highlight::Phrase,
};

/// Whoever pastes a page into the search box is answered by the first words of it.
const MOST_CLAUSES: usize = 30;
const LONGEST_QUERY: usize = 4096;

/// The beginning of a word.
#[derive(Debug)]
pub(super) struct Prefix {
    pub text: String,
    /// Stems that are shorter than what was typed.
    pub stems: Vec<String>,
}

/// One thing that was typed; a document has it when it has one of these.
#[derive(Debug, Default)]
pub(super) struct Clause {
    written: String,
    /// As the analysis of texts writes it.
    pub terms: Vec<String>,
    /// As exact values are written.
    pub exact: Option<String>,
    pub phrase: Option<Phrase>,
    pub prefix: Option<Prefix>,
    /// As it was typed, folded: what it is the beginning of is looked for where little has all of it, and what is spelled
    /// nearly so. None of a phrase.
    pub typed: Option<String>,
    /// What is spelled nearly so.
    pub near: Vec<Neighbour>,
    /// A code, a version, a path, an id: letter for letter comes first.
    pub named: bool,
    /// Words that are in every text (`in`, still being typed) only add points.
    pub optional: bool,
}

#[derive(Debug, Default)]
pub(super) struct Plan {
    pub filters: Vec<Filter>,
    pub clauses: Vec<Clause>,
    /// What was written like a field and is none: read as words.
    pub unknown: Option<String>,
}

struct Piece<'a> {
    name: Option<Name>,
    /// Written like a field, and none.
    unknown: Option<&'a str>,
    text: &'a str,
    quoted: bool,
    /// The end of the query is the end of this piece: it may still be typed.
    open: bool,
}

pub(super) fn read(text: &str, prefix: bool) -> Result<Plan, Error> {
    let mut plan = Plan::default();
    let pieces = pieces(crate::document::cut(text, LONGEST_QUERY));
    for piece in &pieces {
        if let Some(name) = piece.name {
            plan.filters.extend(field::filter(name, piece.text, prefix && piece.open)?);
        }
        if let Some(name) = piece.unknown {
            if let Some(field) = field::mistyped(name) {
                return Err(Error::UnknownField { name: name.into(), meant: Some(field) });
            }
            plan.unknown.get_or_insert_with(|| name.into());
        }
    }
    analysis::with(|analyzer| {
        for piece in pieces.iter().filter(|piece| piece.name.is_none()) {
            let goes_on = prefix && piece.open;
            let read = if piece.quoted { phrase } else { words };
            read(analyzer, piece.text, goes_on, &mut plan.clauses);
        }
    });
    plan.clauses.truncate(MOST_CLAUSES);
    if plan.clauses.iter().all(|clause| clause.optional) {
        plan.clauses.iter_mut().for_each(|clause| clause.optional = false);
    }
    Ok(plan)
}

fn closing(quote: char) -> Option<&'static [char]> {
    Some(match quote {
        '"' => &['"'],
        '“' | '„' => &['”', '“'],
        '«' => &['»'],
        '「' => &['」'],
        _ => return None,
    })
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (mut name, mut unknown) = (None, None);
        if let Some((before, after)) = rest.split_once(':') {
            match field::name(before) {
                Some(known) => (name, rest) = (Some(known), after),
                None => unknown = field::unknown(before, after),
            }
        }
        let quote = rest.chars().next().and_then(|first| closing(first).map(|closing| (first.len_utf8(), closing)));
        let (inside, after, quoted, open) = match quote {
            Some((from, closing)) => {
                let body = rest.get(from..).unwrap_or_default();
                match body.find(closing) {
                    Some(end) => {
                        let after = body.get(end..).unwrap_or_default();
                        (body.get(..end).unwrap_or_default(), after.trim_start_matches(closing), true, false)
                    }
                    None => (body, "", true, true),
                }
            }
            None => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                let (inside, after) = rest.split_at(end);
                (inside, after, false, after.is_empty())
            }
        };
        pieces.push(Piece { name, unknown, text: inside, quoted, open });
        rest = after.trim_start();
    }
    pieces
}

/// The tokens of one run of text: an identifier with its parts, a word, a run without spaces.
fn runs(tokens: &[Token]) -> Vec<&[Token]> {
    let mut runs = Vec::new();
    let mut from = 0;
    let mut end = 0;
    for (at, token) in tokens.iter().enumerate() {
        if at > from && token.range().start >= end {
            runs.extend(tokens.get(from..at));
            from = at;
        }
        end = end.max(token.range().end);
    }
    runs.extend(tokens.get(from..).filter(|last| !last.is_empty()));
    runs
}

fn span(run: &[Token]) -> std::ops::Range<usize> {
    let start = run.iter().map(|token| token.range().start).min().unwrap_or_default();
    start..run.iter().map(|token| token.range().end).max().unwrap_or_default()
}

fn phrase_of<'a>(tokens: impl Iterator<Item = &'a Token>, prefix: Option<String>) -> Option<Phrase> {
    let spelled: Vec<&Token> = tokens.filter(|token| token.kind.spells()).collect();
    let first = spelled.first()?.token.position;
    let mut terms: Vec<_> =
        spelled.iter().map(|token| (token.token.position - first, token.term().to_owned())).collect();
    terms.dedup_by_key(|(place, _)| *place);
    if let (Some(prefix), Some(last)) = (&prefix, terms.last_mut()) {
        last.1.clone_from(prefix);
    }
    (terms.len() > 1).then_some(Phrase { terms, prefix: prefix.is_some() })
}

/// The parts of an identifier stand for it only if nothing that tells it from others is left out (the 5 of 5.10.12).
fn spells_it_all(text: &str, run: &[Token]) -> bool {
    let mut left: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| c.is_numeric()).collect();
    for token in run.iter().filter(|token| token.kind.spells()) {
        left.retain(|(at, _)| !token.range().contains(at));
    }
    let whole = span(run);
    !left.iter().any(|(at, _)| whole.contains(at))
}

fn words(analyzer: &mut Analyzer, text: &str, prefix: bool, clauses: &mut Vec<Clause>) {
    let tokens = analyzer.analyse(text).to_vec();
    let runs = runs(&tokens);
    let known = clauses.len();
    for (at, run) in runs.iter().enumerate() {
        let range = span(run);
        let after = text.get(range.end..).unwrap_or_default();
        let last = prefix && at + 1 == runs.len() && after.chars().all(is_joiner);
        let mut clause = of_run(text, run);
        if last && !run.iter().any(|token| token.kind == Kind::Glyph) {
            let typed = folded(text.get(range.start..).unwrap_or_default());
            let stems = complete::stems(&typed, analyzer);
            let tail = run.iter().rev().find(|token| token.kind.spells());
            if after.is_empty() && clause.phrase.is_some() {
                let begun = tail.and_then(|token| text.get(token.range())).map(folded);
                clause.phrase = phrase_of(run.iter(), begun);
            }
            clause.prefix = Some(Prefix { text: typed, stems });
        }
        clauses.push(clause);
    }
    // `no`, `the`, `in`: said by every text, but perhaps the beginning of something.
    if prefix && clauses.len() == known {
        let typed = folded(text.trim_matches(|c: char| !c.is_alphanumeric()));
        if !typed.is_empty() {
            let prefix = Some(Prefix { text: typed, stems: Vec::new() });
            clauses.push(Clause { written: text.to_owned(), prefix, optional: true, ..Clause::default() });
        }
    }
}

fn of_run(text: &str, run: &[Token]) -> Clause {
    let range = span(run);
    let written = text.get(range.clone()).unwrap_or_default();
    let whole = |token: &&Token| token.kind != Kind::Glyph && token.range() == range;
    let mut terms: Vec<String> = run.iter().filter(whole).map(|token| token.term().to_owned()).collect();
    terms.dedup();
    let phrase = spells_it_all(text, run).then(|| phrase_of(run.iter(), None)).flatten();
    let spaced = !run.iter().any(|token| token.kind == Kind::Glyph);
    let named = spaced && (run.len() > 1 || written.contains(|c: char| c.is_numeric()));
    let typed = spaced.then(|| folded(written));
    Clause {
        written: written.to_owned(),
        terms,
        exact: Some(exact(written)),
        phrase,
        typed,
        named,
        ..Clause::default()
    }
}

fn phrase(analyzer: &mut Analyzer, text: &str, prefix: bool, clauses: &mut Vec<Clause>) {
    let tokens = analyzer.analyse(text).to_vec();
    let prefix = prefix && !text.ends_with(char::is_whitespace);
    let begun = tokens.iter().rev().find(|token| token.kind.spells() && prefix && token.range().end == text.len());
    let begun = begun.and_then(|token| text.get(token.range())).map(folded);
    let Some(phrase) = phrase_of(tokens.iter(), begun.clone()) else { return words(analyzer, text, prefix, clauses) };
    // A name of several words, such as an account's, is held whole too.
    let exact = begun.is_none().then(|| exact(text));
    clauses.push(Clause { written: text.trim().to_owned(), exact, phrase: Some(phrase), ..Clause::default() });
    // Numbers of one digit are no words of a phrase: what has them must be there as a whole.
    for run in runs(&tokens).into_iter().filter(|run| !spells_it_all(text, run)) {
        clauses.push(Clause { phrase: None, ..of_run(text, run) });
    }
}

impl Clause {
    fn understood(&self) -> String {
        let quoted = self.terms.is_empty() && self.phrase.is_some() && self.written.contains(char::is_whitespace);
        let goes_on = self.prefix.is_some() || self.phrase.as_ref().is_some_and(|phrase| phrase.prefix);
        let star = if goes_on { "*" } else { "" };
        if quoted { format!("\"{}{star}\"", self.written) } else { format!("{}{star}", self.written) }
    }
}

impl Clause {
    /// Its parts side by side, the last one still being typed: dear, and looked for where little begins so as a whole.
    pub(super) fn has_parts_begun(&self) -> bool {
        self.prefix.is_some() && self.phrase.as_ref().is_some_and(|phrase| phrase.prefix)
    }

    /// All that begins as it was typed.
    pub(super) fn beginning(&self) -> Option<Prefix> {
        let text = self.typed.clone()?;
        let stems = analysis::with(|analyzer| complete::stems(&text, analyzer));
        Some(Prefix { text, stems })
    }
}

impl Plan {
    /// There is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.clauses.is_empty() && self.filters.is_empty()
    }

    pub(super) fn understood(&self, any: bool) -> String {
        let between = if any { " OR " } else { " " };
        let words = self.clauses.iter().map(Clause::understood).collect::<Vec<_>>().join(between);
        let filters = self.filters.iter().map(|filter| {
            let star = if matches!(filter.wanted, Wanted::Value { prefix: true, .. }) { "*" } else { "" };
            let quote = if filter.shown.contains(char::is_whitespace) { "\"" } else { "" };
            format!("{}:{quote}{}{star}{quote}", filter.name.as_str(), filter.shown)
        });
        let words = (!words.is_empty()).then_some(words);
        words.into_iter().chain(filters).collect::<Vec<_>>().join(" ")
    }

    /// `more` was taken for what was typed.
    pub(super) fn highlighter(&self, more: &[Clause]) -> Highlighter {
        let required = self.clauses.iter().filter(|clause| !clause.optional).count();
        let mut marks = Highlighter { enough: Some(required.max(1)), ..Highlighter::default() };
        for clause in self.clauses.iter().chain(more) {
            marks.terms.extend(clause.near.iter().map(|neighbour| neighbour.term.clone()));
            marks.terms.extend(clause.terms.iter().cloned());
            marks.phrases.extend(clause.phrase.clone());
            if let Some(prefix) = &clause.prefix {
                marks.prefixes.push(prefix.text.clone());
                marks.terms.extend(prefix.stems.iter().cloned());
            }
        }
        marks
    }
}
