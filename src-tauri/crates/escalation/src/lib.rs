//! The escalation package: what support hands to engineering. What is in it, what can be read of it in a ticket's own
//! words, what it lacks, and how it is written down.
//!
//! Deliberately absent: I/O, clocks, search, redaction and the order of work. The engine gathers the facts, takes out
//! what belongs to somebody, and says which facts a package needs; the same package is always written the same way.
//!
//! Entry point: [`Package`]; then [`lint`] says what it lacks and [`markdown`] writes it down.

pub mod bundle;

mod answer;
mod fact;
mod lint;
mod markdown;
mod package;
mod proposal;
mod read;
mod reason;
mod state;

pub use answer::Answer;
pub use domain::Tier;
pub use fact::Fact;
pub use lint::{Known, Lint, Lost, lint};
pub use markdown::markdown;
pub use package::{
    CodeLine, Customer, Environment, ErrorFact, FORMAT, FileFact, FixFact, HopFact, Noted, Owner, Package,
    Reproduction, Similar, Stamp, Suspect, TicketFacts,
};
pub use proposal::{Ended, Proposal, propose};
pub use read::{actions, actual, expected, labelled, since, steps, times, tried};
pub use reason::Reason;
pub use state::State;
