//! Joins the leaves: the one place that decides the order in which things happen, and the command contract that every
//! host carries.
//!
//! Deliberately absent: SQL, search, parsing, HTML rules of its own, windows, terminals, async. Calls block; hosts put
//! them on threads.
//!
//! Entry points: [`Engine::open`], then [`api::rpc`]; or [`Door::knock`], for hosts that outlive a shut workspace.

pub mod api;

mod articles;
mod backups;
mod code;
mod deeds;
mod digest;
mod doctor;
mod door;
mod duplicates;
mod error;
mod escalation;
mod events;
mod evidence;
mod home;
mod import;
mod indexer;
mod insights;
mod jobs;
mod keeper;
mod keys;
mod knowledge;
mod known;
mod lanes;
mod ledger;
mod left_out;
mod mend;
mod network;
mod open;
mod outbox;
mod pack;
mod people;
mod privacy;
mod queue;
mod read;
mod replay;
mod rounds;
mod rules;
mod runbooks;
pub mod sample;
mod search;
mod seen;
mod sign_in;
mod sources;
mod sync;
mod text;
mod ticket;
mod vault;
mod verdict;
mod watched;

pub use ::knowledge::{Merged, merge as merge_knowledge};
pub use code::{
    exam as code_exam, fetch_now as code_fetch_now, is_address as is_repository_address, speed as code_speed,
    update_now as code_update_now,
};
pub use connect::{KeyFile, SecretStore, http};
pub use domain::{Clock, Millis, SystemClock};
pub use door::Door;
pub use error::Error;
pub use escalation::{bisect_now, test_now};
pub use events::Subscriber;
pub use home::Home;
pub use import::run as import_now;
pub use matching::{Bars, Considered, Example, FEATURES, Ladder, Likeness, Points, VerdictKind, fit, said, tells};
pub use meaning::{Model, Text, TextId, Vector};
pub use mend::mend;
pub use network::Network;
pub use open::{Engine, OpenOptions};
pub use pack::{Embed, embed};
pub use privacy::redact::redact_text;
pub use replay::{adapt::PULL as ADAPTATION_PULL, run as replay_now};
pub use rounds::surroundings::Surroundings;
pub use rules::exam as rule_exam;
pub use secrecy::SecretString;
pub use seen::batch::{BatchAnswer, BatchHit, BatchQuestion, Measured, MeasuredCase};
pub use sources::token_for_this_run;
pub use sync::{SyncRun, begin_anew as sync_anew, run as sync_now};
pub use text::unseen::marked as shown_text;

pub use vault::{choose_passphrase, default_passphrase, default_secrets, restore};

/// What the fuzz targets call by name. People reach the same through commands.
#[cfg(fuzzing)]
pub mod fuzz {
    pub use crate::{
        text::fuzz::{body, clean},
        vault::fuzz::keys,
    };
}

pub type Result<T> = std::result::Result<T, Error>;
