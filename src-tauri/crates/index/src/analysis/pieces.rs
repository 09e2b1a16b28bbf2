//! What is inside a run: the whole, the pieces that people quote, and the parts.

use super::{Kind, chunk::is_extender};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub from: usize,
    pub to: usize,
    /// How many parts lie before it.
    pub place: usize,
    pub kind: Kind,
}

/// Fills `found` in order of place and returns how many places the run takes up.
pub(super) fn split(run: &str, found: &mut Vec<Piece>) -> usize {
    found.clear();
    let whole = Piece { from: 0, to: run.len(), place: 0, kind: Kind::Word };
    let is_joiner = |c: char| !c.is_alphanumeric() && !is_extender(c) && c != '\'' && c != '’';
    if !run.contains(is_joiner) {
        parts_of_word(run, 0, found);
        let parts = found.len();
        if parts <= 1 {
            found.clear();
            found.push(whole);
            return 1;
        }
        found.insert(0, Piece { kind: Kind::Whole, ..whole });
        return parts;
    }
    // `and/or`, `iOS/Android`: two words, nobody's name.
    let alternatives =
        run.matches('/').count() == 1 && run.chars().all(|c| c == '/' || c.is_alphabetic() || is_extender(c));
    if !alternatives {
        found.push(Piece { kind: Kind::Whole, ..whole });
    }
    let mut places = 0;
    for (from, to) in spans(run, |c| matches!(c, '/' | '\\' | ':' | '@' | '#' | '-')) {
        let piece = run.get(from..to).unwrap_or_default();
        let at = found.len();
        let first = places;
        for (part_from, part_to) in spans(piece, is_joiner) {
            let part = piece.get(part_from..part_to).unwrap_or_default();
            let known = found.len();
            parts_of_word(part, from + part_from, found);
            for inner in found.iter_mut().skip(known) {
                inner.place = places;
                places += 1;
            }
        }
        if found.len() > at + 1 && (from, to) != (0, run.len()) {
            found.insert(at, Piece { from, to, place: first, kind: Kind::Piece });
        }
    }
    places.max(1)
}

/// The stretches between separators, empty ones left out.
fn spans(text: &str, separates: impl Fn(char) -> bool) -> impl Iterator<Item = (usize, usize)> {
    let mut from = 0;
    let ends: Vec<_> = text.match_indices(separates).map(|(at, sign)| (at, at + sign.len())).collect();
    ends.into_iter().chain([(text.len(), text.len())]).filter_map(move |(end, next)| {
        let span = (from, end);
        from = next;
        (span.0 < span.1).then_some(span)
    })
}

/// `tableViewRow` → table, View, Row; `HTTPServer` → HTTP, Server; but `iOS`, `APIs` and `0x8007000E` stay as they are.
fn parts_of_word(word: &str, offset: usize, found: &mut Vec<Piece>) {
    let mut from = 0;
    let mut push = |from: usize, to: usize, place: usize| {
        found.push(Piece { from: offset + from, to: offset + to, place, kind: Kind::Part });
    };
    let mut place = 0;
    let mut letters = word.char_indices().filter(|(_, c)| !is_extender(*c));
    let mut previous: Option<char> = None;
    let mut current = letters.next();
    while let Some((at, c)) = current {
        let mut rest = letters.clone();
        let next = rest.next().map(|(_, c)| c);
        let border = c.is_uppercase()
            && previous.is_some_and(|before| {
                let plural = next == Some('s') && rest.next().is_none();
                let starts_word = next.is_some_and(char::is_lowercase) && !plural;
                before.is_lowercase() || (starts_word && (before.is_uppercase() || before.is_numeric()))
            });
        // A single leading letter is half of a name (`iPhone`, `eBay`), not a word.
        if border && at > from + 1 {
            push(from, at, place);
            place += 1;
            from = at;
        }
        previous = Some(c);
        current = letters.next();
    }
    push(from, word.len(), place);
}
