//! "Seen before", as pure functions: read what is asked, rank what the index found, explain every point, say which
//! answer worked.
//!
//! Deliberately absent: I/O, clocks, async, search itself and words for the screen. The index finds candidates, the
//! store knows their facts, the engine joins them; the same question over the same candidates is ranked the same way,
//! always. Every function takes any text: work is bounded and linear in its length, and nothing here panics.
//!
//! Entry point: [`read`], which turns a ticket or pasted text into a [`domain::Question`]; [`rank`] and [`judge`]
//! answer it.

mod answer;
mod bars;
mod calibrate;
mod codes;
mod errors;
pub mod evidence;
mod features;
mod fit;
mod identifiers;
mod learned;
mod learned_with_pack;
mod lines;
mod log;
mod mask;
mod mentions;
mod pasted;
mod rank;
mod read;
mod redact;
mod splits;
mod trace;
mod traced;
mod verdict;
mod weights;
mod words;

pub use answer::{AnswerFrom, Answered, Said, answer};
pub use calibrate::{ENOUGH, Ladder, said};
pub use features::FEATURES;
pub use fit::{Example, Points, fit, tells};
pub use identifiers::identifiers;
pub use pasted::split_pasted;
pub use rank::{Measured, Ranked, rank, reorder};
pub use read::{Asked, and_thrown, read};
pub use redact::{Names, Redacted, Redaction, Sensitive, placeholders, redact};
pub use splits::{Candidate as Splitting, Facet, Split, split};
pub use trace::signatures;
pub use traced::{Traced, traced};
pub use verdict::{
    Bars, Considered, Judged, Likeness, RIGHT_WHEN_MAYBE, RIGHT_WHEN_SEEN, VerdictKind, judge, ladder, likenesses,
    sureness,
};
pub use weights::Weights;
pub use words::is_stop;
