//! What was once read of an identifier: a stack trace says the same names again and again, and a tracker the same traces.

use super::{Kind, Token, Tokens};
use rustc_hash::FxHashMap;

/// Cleared when full, so that a document of random names cannot grow it for ever.
const KEPT: usize = 20_000;
/// Longer ones are rarely seen twice.
const LONGEST: usize = 96;

/// The tokens of an identifier, from its own start.
#[derive(Clone)]
struct Run {
    /// All terms, one behind the other.
    terms: Box<str>,
    tokens: Box<[Place]>,
    /// How many places it takes up.
    places: usize,
}

#[derive(Clone, Copy)]
struct Place {
    from: u8,
    to: u8,
    place: u8,
    /// Where its term ends among all of them.
    end: u16,
    kind: Kind,
}

#[derive(Clone, Default)]
pub(super) struct Runs(FxHashMap<Box<str>, Run>);

impl Runs {
    /// Writes the tokens of a known identifier that stands at `from`, and answers how many places it takes up.
    pub(super) fn again(&self, written: &str, from: usize, position: usize, tokens: &mut Tokens) -> Option<usize> {
        let run = self.0.get(written)?;
        let mut start = 0;
        for token in &run.tokens {
            let end = usize::from(token.end);
            let term = run.terms.get(start..end).unwrap_or_default();
            let place = position + usize::from(token.place);
            tokens.push(term, from + usize::from(token.from), from + usize::from(token.to), place, token.kind);
            start = end;
        }
        Some(run.places)
    }

    /// Keeps what was read of an identifier at `from`, where it is short enough to come again.
    pub(super) fn keep(
        &mut self,
        written: &str,
        from: usize,
        position: usize,
        places: usize,
        tokens: Option<&[Token]>,
    ) {
        if written.len() > LONGEST {
            return;
        }
        let mut terms = String::new();
        let kept = tokens.unwrap_or_default().iter().map(|token| {
            terms.push_str(token.term());
            let range = token.range();
            Some(Place {
                from: range.start.checked_sub(from)?.try_into().ok()?,
                to: range.end.checked_sub(from)?.try_into().ok()?,
                place: token.token.position.checked_sub(position)?.try_into().ok()?,
                end: terms.len().try_into().ok()?,
                kind: token.kind,
            })
        });
        let Some(kept) = kept.collect::<Option<Box<[Place]>>>() else { return };
        if self.0.len() >= KEPT {
            self.0.clear();
        }
        let run = Run { terms: terms.into(), tokens: kept, places };
        self.0.insert(written.into(), run);
    }
}
