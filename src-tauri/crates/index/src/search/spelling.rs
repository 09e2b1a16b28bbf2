//! Words that were mistyped: what the index holds that is spelled nearly so.
//!
//! Only words of letters are looked at. A code, a version or an id with another digit is another thing and not a mistake.

use super::place::Place;
use crate::{
    Error,
    postings::{failed, unread},
};
use std::collections::BTreeMap;
use tantivy::{Term, query::FuzzyTermQuery, schema::Field};

/// Shorter words have too many neighbours.
const SHORTEST: usize = 5;
/// From this length on two mistakes are forgiven.
const LONG: usize = 9;
/// Of a word that is still being typed so many letters must stand there.
const SHORTEST_BEGINNING: usize = 5;
/// Words that are looked at in one field of one segment: a keypress may not cost more.
const MOST_LOOKED_AT: usize = 2_000;
/// Neighbours that are looked for, the nearest and then the most frequent first.
const MOST: usize = 24;

/// A word that is spelled nearly as the one that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Neighbour {
    pub term: String,
    pub mistakes: u8,
}

/// Whether somebody may have mistyped this.
pub(super) fn may_be_mistyped(typed: &str) -> bool {
    typed.chars().count() >= SHORTEST && typed.chars().all(char::is_alphabetic)
}

/// `goes_on`: more letters may follow, and of those that stand there one may be wrong.
pub(super) fn neighbours(places: &[Place], typed: &str, goes_on: bool) -> Result<Vec<Neighbour>, Error> {
    if goes_on && typed.chars().count() < SHORTEST_BEGINNING {
        return Ok(Vec::new());
    }
    let forgiven = if typed.chars().count() >= LONG && !goes_on { 2 } else { 1 };
    // Nobody mistypes the first letter, and the search is many times shorter without it.
    let Some(first) = typed.chars().next() else { return Ok(Vec::new()) };
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for place in places.iter().filter(|place| place.has_words()) {
        for segment in &place.text.segments {
            let query = automaton_of(place.field, typed, forgiven, goes_on);
            let mut terms = segment
                .inverted
                .terms()
                .search(query.automaton().map_err(failed)?)
                .ge(first.to_string())
                .into_stream()
                .map_err(unread)?;
            let mut looked_at = 0;
            while looked_at < MOST_LOOKED_AT && terms.advance() {
                looked_at += 1;
                let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                if !term.starts_with(first) {
                    break;
                }
                if term.chars().all(char::is_alphabetic) {
                    *found.entry(term.to_owned()).or_default() += u64::from(terms.value().doc_freq);
                }
            }
        }
    }
    let mut near: Vec<(u8, u64, String)> = found
        .into_iter()
        .map(|(term, df)| (mistakes(typed, &term, goes_on), df, term))
        .filter(|(mistakes, ..)| (1..=forgiven).contains(mistakes))
        .collect();
    near.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
    near.truncate(MOST);
    Ok(near.into_iter().map(|(mistakes, _, term)| Neighbour { term, mistakes }).collect())
}

fn automaton_of(field: Field, typed: &str, forgiven: u8, goes_on: bool) -> FuzzyTermQuery {
    let term = Term::from_field_text(field, typed);
    if goes_on { FuzzyTermQuery::new_prefix(term, forgiven, true) } else { FuzzyTermQuery::new(term, forgiven, true) }
}

/// Letters left out, put in or taken for others, and neighbours that changed places. Where the word `goes_on`, what comes
/// after the best beginning of `term` is none.
pub(super) fn mistakes(typed: &str, term: &str, goes_on: bool) -> u8 {
    let (typed, term): (Vec<char>, Vec<char>) = (typed.chars().collect(), term.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=term.len()).collect()];
    for (at, letter) in typed.iter().enumerate() {
        let mut row = vec![at + 1];
        for (other, wanted) in term.iter().enumerate() {
            let of = |back: usize, column: usize| {
                rows.len().checked_sub(back).and_then(|at| rows.get(at)).and_then(|row| row.get(column)).copied()
            };
            let changed = of(1, other).unwrap_or(usize::MAX - 1) + usize::from(letter != wanted);
            let left_out = of(1, other + 1).unwrap_or(usize::MAX - 1) + 1;
            let put_in = row.last().copied().unwrap_or_default() + 1;
            let mut best = changed.min(left_out).min(put_in);
            let swapped =
                at > 0 && other > 0 && typed.get(at - 1) == Some(wanted) && term.get(other - 1) == Some(letter);
            if let Some(before) = of(2, other.wrapping_sub(1)).filter(|_| swapped) {
                best = best.min(before + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    let last = rows.last().map_or(&[][..], Vec::as_slice);
    let best = if goes_on { last.iter().min() } else { last.last() };
    best.map_or(u8::MAX, |best| u8::try_from(*best).unwrap_or(u8::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_counted_as_people_make_them() {
        let count = |typed, term| mistakes(typed, term, false);
        assert_eq!(count("timeout", "timeout"), 0);
        assert_eq!(count("timout", "timeout"), 1);
        assert_eq!(count("timeoutt", "timeout"), 1);
        assert_eq!(count("tineout", "timeout"), 1);
        assert_eq!(count("tiemout", "timeout"), 1, "two letters that changed places are one mistake");
        assert_eq!(count("tmeot", "timeout"), 2);
        assert_eq!(mistakes("tiemo", "timeout", true), 1, "what is not typed yet is no mistake");
        assert_eq!(mistakes("timeo", "timeout", true), 0);
    }

    #[test]
    fn what_has_a_digit_in_it_is_never_taken_for_a_mistake() {
        assert!(may_be_mistyped("timout") && may_be_mistyped("größe"));
        for code in ["T-48", "5.4.1", "9f2c41ab", "ab1", "abc", "jane.doe@example.com"] {
            assert!(!may_be_mistyped(code), "{code}");
        }
    }
}
