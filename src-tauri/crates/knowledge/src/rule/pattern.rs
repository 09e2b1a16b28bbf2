//! People's own regular expressions: checked, bounded in size, and walked so that they can be left at any moment.
//!
//! The `regex` crate's own search takes linear time but cannot be stopped, and linear in a large pattern times a large text
//! may be seconds. So its lazy automaton is walked here, byte by byte.

use regex_automata::{
    Input,
    hybrid::dfa,
    nfa::thompson::{self, WhichCaptures},
};
use regex_syntax::hir::{Capture, Hir, HirKind, Look, Repetition};
use std::sync::{Mutex, PoisonError};

/// Bytes of a pattern, as written.
const LONGEST: usize = 4096;
/// Brackets in brackets.
const DEEPEST: u32 = 64;
/// Bytes of all patterns of a rule together, unfolded.
pub(super) const LARGEST: usize = 1 << 20;
/// Bytes of what is remembered of the states that were met, while a text is walked and between two texts.
const REMEMBERED: usize = 2 << 20;
const KEPT: usize = 256 << 10;
/// Bytes between two looks at the clock.
const STRIDE: usize = 128;

pub struct Pattern {
    pub written: String,
    dfa: dfa::DFA,
    /// Made at the first use: most rules are asked nothing.
    met: Mutex<Option<Box<dfa::Cache>>>,
}

impl Pattern {
    /// Within `room` bytes. The reason in words where it cannot be one.
    pub(super) fn of(written: &str, room: usize) -> Result<Self, String> {
        if written.trim().is_empty() {
            return Err("an empty pattern is in every ticket; write what to look for, or take it away".into());
        }
        if written.len() > LONGEST {
            return Err(format!("the pattern is longer than {LONGEST} bytes; look for less"));
        }
        let mut parser = regex_syntax::ParserBuilder::new().nest_limit(DEEPEST).build();
        let read = parser.parse(written).map_err(|error| unreadable(&error))?;
        if read.properties().minimum_len().is_none_or(|least| least == 0) {
            return Err("the pattern is in every ticket, for it takes nothing at all as well; ask for one letter at \
                        least, as in a+ instead of a*"
                .into());
        }
        let too_large = || {
            let of = if room < LARGEST { "and those before it unfold" } else { "unfolds" };
            format!("the pattern {of} to more than {} MB; repeat less, as in {{1,100}}", LARGEST >> 20)
        };
        let nfa = thompson::Compiler::new()
            .configure(thompson::Config::new().nfa_size_limit(Some(room)).which_captures(WhichCaptures::None))
            .build_from_hir(&plain(&read))
            .map_err(|_| too_large())?;
        let config = dfa::Config::new().cache_capacity(REMEMBERED).skip_cache_capacity_check(true);
        let dfa = dfa::Builder::new().configure(config).build_from_nfa(nfa).map_err(|_| too_large())?;
        Ok(Self { written: written.into(), dfa, met: Mutex::new(None) })
    }

    /// Bytes of it, unfolded.
    pub(super) fn size(&self) -> usize {
        self.dfa.get_nfa().memory_usage()
    }

    /// Bytes that it may hold for good.
    pub(super) fn weight(&self) -> usize {
        self.size() + KEPT
    }

    /// `None` where time ran out.
    pub(super) fn is_in(&self, text: &str, out_of_time: &dyn Fn() -> bool) -> Option<bool> {
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let cache = met.get_or_insert_with(|| Box::new(self.dfa.create_cache()));
        let found = self.walk(cache, text, out_of_time);
        if cache.memory_usage() > KEPT {
            *met = None;
        }
        found
    }

    fn walk(&self, cache: &mut dfa::Cache, text: &str, out_of_time: &dyn Fn() -> bool) -> Option<bool> {
        // Neither can fail: nothing was configured that gives up, and no byte ends the walk.
        let mut state = self.dfa.start_state_forward(cache, &Input::new(text)).ok()?;
        for piece in text.as_bytes().chunks(STRIDE) {
            if out_of_time() {
                return None;
            }
            for byte in piece {
                state = self.dfa.next_state(cache, state, *byte).ok()?;
                if state.is_tagged() {
                    if state.is_match() {
                        return Some(true);
                    }
                    if state.is_dead() {
                        return Some(false);
                    }
                    if state.is_quit() {
                        return None;
                    }
                }
            }
        }
        // A match is known one byte late.
        self.dfa.next_eoi_state(cache, state).ok().map(|state| state.is_match())
    }
}

/// With word boundaries that know the letters A to Z alone, as in JavaScript: others would end the walk at the first
/// letter that is none of them. And without groups, which nobody asks for.
fn plain(read: &Hir) -> Hir {
    let each = |subs: &[Hir]| subs.iter().map(plain).collect();
    match read.kind() {
        HirKind::Look(look) => Hir::look(match look {
            Look::WordUnicode => Look::WordAscii,
            Look::WordUnicodeNegate => Look::WordAsciiNegate,
            Look::WordStartUnicode => Look::WordStartAscii,
            Look::WordEndUnicode => Look::WordEndAscii,
            Look::WordStartHalfUnicode => Look::WordStartHalfAscii,
            Look::WordEndHalfUnicode => Look::WordEndHalfAscii,
            other => *other,
        }),
        HirKind::Repetition(repetition) => {
            Hir::repetition(Repetition { sub: Box::new(plain(&repetition.sub)), ..repetition.clone() })
        }
        HirKind::Capture(Capture { sub, .. }) => plain(sub),
        HirKind::Concat(subs) => Hir::concat(each(subs)),
        HirKind::Alternation(subs) => Hir::alternation(each(subs)),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) => read.clone(),
    }
}

fn unreadable(error: &regex_syntax::Error) -> String {
    let (what, at) = match error {
        regex_syntax::Error::Parse(error) => (error.kind().to_string(), error.span().start),
        regex_syntax::Error::Translate(error) => (error.kind().to_string(), error.span().start),
        other => return format!("the pattern cannot be read: {}", other.to_string().lines().next_back().unwrap_or("")),
    };
    format!("the pattern cannot be read at its character {}: {what}", at.column)
}

impl Clone for Pattern {
    fn clone(&self) -> Self {
        Self { written: self.written.clone(), dfa: self.dfa.clone(), met: Mutex::new(None) }
    }
}

impl std::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Pattern").field(&self.written).finish()
    }
}
