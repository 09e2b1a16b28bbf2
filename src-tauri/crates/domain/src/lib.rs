//! The nouns of Precedent and the rules that hold for them everywhere: tickets, known errors, signatures, versions,
//! questions, receipts, ids and time.
//!
//! Deliberately absent: I/O of any kind, async, SQL, search, HTTP, words for the screen. Nothing here reads a clock
//! or a file; time is a [`Millis`] that somebody passes in.
//!
//! Entry point: [`Change`], the one shape in which every source tells us what happened.

mod article;
mod change;
mod cipher_key;
mod crash;
mod id;
mod interval;
mod known_error;
mod link;
mod question;
mod receipt;
mod release;
mod service;
mod signature;
mod ticket;
mod tier;
mod time;
mod version;
mod version_range;

pub use article::{Article, Audience};
pub use change::{Change, Cursor, Page};
pub use cipher_key::CipherKey;
pub use crash::crash_point;
pub use id::{BadKey, DocId, DocKind, Key, SourceName};
pub use interval::wilson;
pub use known_error::{KnownError, KnownErrorState};
pub use link::{Link, LinkKind, LinkOrigin, Polarity};
pub use question::{Candidate, CaseFacts, Field, Outcome, Question, Scope, TermHit};
pub use receipt::{Part, PartKind, Receipt};
pub use release::Release;
pub use service::{Name, Promise, Rating, Service};
pub use signature::{Frame, Language, Mask, Piece, Signature, SignatureKind};
pub use ticket::{Attached, Attachment, AuthorRole, BodyFormat, Comment, Hop, ResolutionClass, Status, Ticket};
pub use tier::Tier;
pub use time::{BadTime, Clock, FixedClock, Millis, SystemClock};
pub use version::{FixVerdict, Version, fix_verdict};
pub use version_range::VersionRange;
