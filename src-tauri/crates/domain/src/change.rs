//! What a source tells us: pages of changes, and the cursor that says how far we are.

use crate::{Article, Attached, Comment, Hop, KnownError, Link, Name, Promise, Release, Ticket};

/// One thing that happened in a source. Applying the same change twice leaves the store as it was after the first.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Ticket(Box<Ticket>),
    Comment(Comment),
    Hop(Hop),
    Promise(Promise),
    /// What is told by this number from now on, and what was told by it before.
    Name(Name),
    KnownError(Box<KnownError>),
    /// Of a help centre. Its text is HTML until the engine has made it plain.
    Article(Box<Article>),
    /// Every article that there is at the source, by its path: what else was there is gone.
    Shelf {
        paths: Vec<String>,
    },
    Release(Box<Release>),
    /// Everything that stands in a list of releases, by the ids: what else stood there is gone.
    Releases {
        list: String,
        ids: Vec<String>,
    },
    /// Everything that is said of the ticket at the source, by the ids of its comments: what else was said is gone.
    Said {
        ticket: String,
        ids: Vec<String>,
    },
    Attached(Attached),
    /// Everything that ties the ticket to others, as its source keeps it apart from the ticket: what else was told so is gone.
    Tied {
        ticket: String,
        links: Vec<Link>,
    },
    /// The ticket went into another one, and its source says so apart from it. It is final: a ticket that comes again without
    /// the other's number stays merged.
    Merge {
        ticket: String,
        into: String,
    },
    /// The ticket is gone at the source: keep a tombstone, drop it from every search.
    Delete {
        ticket: String,
    },
}

/// Opaque to everyone but the connector that made it; stored in the same transaction as the rows it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub String);

/// A batch of changes and the place to go on from. `next` is `None` at the end of the stream.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Page {
    pub changes: Vec<Change>,
    pub next: Option<Cursor>,
}
