//! SQLite: the truth. Tickets, comments, handoffs, known errors, links, feedback, the outbox, cursors, and the change sequence that
//! the index follows.
//!
//! Deliberately absent: search, ranking, HTTP, parsing of anybody's format, words for the screen, a clock. Times are
//! passed in.
//!
//! Entry point: [`Store::open`] (or [`Store::in_memory`]); then [`Store::apply`] takes a page in, in one transaction.
//!
//! One connection writes, behind a lock; readers have their own and never wait for it (WAL).

mod apply;
mod article;
mod case_file;
mod changes;
mod copy;
mod curation;
mod draft;
mod erase;
mod error;
mod escalation;
mod event_log;
mod evidence;
mod facets;
mod feedback;
mod history;
mod insight;
mod known_error;
mod link;
mod migrate;
mod open;
mod outbox;
mod preference;
mod programme;
mod release;
mod replay;
mod repo;
mod request;
mod retention;
mod signature;
mod source;
mod step_log;
mod ticket;
mod training;
mod vector;
mod write;

pub use apply::Applied;
pub use article::StoredArticle;
pub use case_file::{StoredChain, StoredFile};
pub use copy::Written;
pub use curation::Flag;
pub use draft::StoredDraft;
pub use erase::Holdings;
pub use error::Error;
pub use escalation::{EscalationReason, Reached, StoredAudit, StoredEscalation};
pub use event_log::Deed;
pub use evidence::StoredEvidence;
pub use facets::Facets;
pub use feedback::{Feedback, FeedbackVerdict, SaidOfRule};
pub use history::{PastKnownError, PastTicket, Tie, TieBy};
pub use insight::{Always, Carrying, Counted, Look, LookedAt, Problem, SqlPart, SqlTiers, TicketHistory, figure_sql};
pub use known_error::StoredKnownError;
pub use link::StoredLink;
pub use migrate::SCHEMA_VERSION;
pub use open::{Snapshot, Store};
pub use outbox::{OutboxDraft, OutboxEnd, OutboxItem, OutboxState};
pub use programme::{Interview, SourceFields};
pub use release::StoredRelease;
pub use replay::KeptReplay;
pub use repo::{RepoPieces, RepoUpdate, StoredRepo};
pub use request::{Request, RequestFilter, RequestTotals, StoredRequest};
pub use retention::{GroupsAndProducts, RetentionRule};
pub use source::{Connection, SavedCursor, SourceFailure, StoredSource};
pub use step_log::{Step, StepOutcome, Tried};
pub use ticket::{Counts, QueueFilter, QueuePage, StoredComment, StoredTicket, TicketRow};
pub use training::{Attempt, Practised};
pub use vector::{StoredVector, Unread};

pub type Result<T> = std::result::Result<T, Error>;
