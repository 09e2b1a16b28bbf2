//! The search index: a disposable shadow of the store. It finds which documents may answer a whole ticket
//! ([`Index::candidates`]) or what a person types ([`Index::search`]), and says which words made it think so.
//!
//! Deliberately absent: the texts (the caller has them in the store; the index keeps keys and terms only), ranking by
//! anything but words, signatures and identifiers (that is `matching`), any decision to rebuild (that is `engine`;
//! deleting the directory is always safe), clocks, and threads of its own other than Tantivy's.
//!
//! Entry point: [`Index`].

mod analysis;
mod candidates;
mod directory;
mod document;
mod error;
mod highlight;
mod index;
mod postings;
mod removal;
mod schema;
mod search;
mod view;
mod writer;

pub use analysis::folded;
pub use candidates::Limits;
#[cfg(fuzzing)]
pub use directory::unseal;
pub use document::{Document, Labels};
pub use domain::{Candidate, DocId, DocKind, Question, Scope};
pub use error::Error;
pub use highlight::{Highlighter, Snippet};
pub use index::{Index, Watermark};
pub use search::{FIELDS, Facet, FacetValue, Found, FoundDoc, SearchQuery, Tier};
pub use writer::Writer;
