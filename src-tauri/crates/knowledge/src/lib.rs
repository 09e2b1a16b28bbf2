//! The team's knowledge as plain files: known errors, articles, runbooks and concepts in Markdown, and the rules that
//! detect them in YAML, which any editor opens and any forge shows without us. [`Team`] shares them through git.
//!
//! Deliberately absent: a database, an index, a clock, and networks but for what [`Team`] lets the person's own git do when
//! it is told to. A file is kept byte for byte: reading one and writing it
//! back changes nothing, and an edit changes the lines that it is about. Files come from strangers: no link is followed,
//! nothing outside of the folder is touched, and everything read has a bound.
//!
//! Entry point: [`Shelf::open`], whose [`Shelf::read`] answers with every [`Entry`] and [`Rule`], and with what is wrong
//! with the rest.

mod calls;
mod check;
mod code_link;
mod document;
mod entry;
mod error;
mod meet;
mod merge;
mod people;
mod rule;
mod runbook;
mod sections;
mod shelf;
mod take_in;
mod team;

pub use check::{Finding, check};
pub use code_link::CodeLink;
pub use document::Document;
pub use domain::Audience;
pub use entry::{Confidence, Entry, Kind};
pub use error::Error;
pub use meet::{Asked, Met, WHOLE, meet};
pub use merge::{Merged, Piece, merge};
pub use people::{People, Role};
pub use rule::{
    About, Backtested, Fit, Found, Incoming, Lane, Look, Mistake, Pattern, Phrase, Rule, RuleField, RuleState, Triage,
    fold,
};
pub use runbook::{Call, RUNBOOK_KINDS, Runbook, TIERS};
pub use sections::Section;
pub use shelf::{Shelf, State, Unread};
pub use take_in::{TakenIn, take_in};
pub use team::{Address, Choice, Conflict, Edit, FileDiff, LineBy, Mark, Outcome, Past, Standing, Team};

pub type Result<T> = std::result::Result<T, Error>;
