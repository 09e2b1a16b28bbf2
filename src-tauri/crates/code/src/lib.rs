//! Product repositories on this machine: their releases, their history, and what both say about a fix.
//!
//! Deliberately absent: writing into a repository that is not a mirror of ours, hooks, submodules, the work tree, SQL, a
//! clock, and networks but for one: a [`Mirror`] is fetched by the installed git when somebody asks. A repository was made
//! by strangers: names and texts in it are data, links in it are not followed, and everything read has a bound.
//!
//! One program of a stranger's runs: the test that somebody agreed to ([`trial`]), in a folder of its own.
//!
//! Entry points: [`Repository::open`], then [`history::update()`], whose [`History`] answers without the repository.

pub mod bisect;
mod blame;
pub mod changes;
mod compare;
mod error;
mod fit;
pub mod fix;
mod flags;
mod forge;
mod frames;
pub mod history;
#[cfg(test)]
mod hostile;
mod id;
mod links;
mod literals;
mod mirror;
mod notes;
mod owners;
mod people;
mod release;
mod repository;
mod resolve;
mod runner;
mod shown;
pub mod skeleton;
mod source;
mod source_map;
mod survey;
pub mod suspects;
mod symbol;
#[cfg(test)]
mod testing;
pub mod trial;
mod written_out;

pub use blame::{Blamed, Customs, Today};
pub use compare::{Changed, Comparison, Hunk};
pub use error::Error;
pub use fit::{Fit, Trace};
pub use flags::{Flag, FlagLine, How};
pub use forge::Forge;
pub use frames::Files;
pub use history::{Commit, History};
pub use id::CommitId;
pub use links::Links;
pub use literals::{Literals, Statement, codes as error_codes};
pub use mirror::{Address, Mirror, Room, own_surroundings};
pub use notes::{Note, Notes};
pub use owners::Owners;
pub use people::People;
pub use release::{Choice, Release, Releases, ToldRelease, line_of, version_of};
pub use repository::{Refs, Repository, StoredRef};
pub use resolve::{Resolved, Version};
pub use source::Source;
pub use source_map::SourceMap;
pub use symbol::{Outline, Symbol, SymbolKind, agrees};
pub use written_out::WrittenOut;

pub type Result<T> = std::result::Result<T, Error>;
