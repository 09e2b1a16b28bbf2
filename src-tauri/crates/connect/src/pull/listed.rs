//! What a server has to be able to do for [`super::walk::Walk`] to read it: list its records by when they changed.
//!
//! Most helpdesks and trackers can. What differs between them (paths, names, how a window of time is written) is what an
//! implementation of [`Listed`] says; what is easy to get wrong (where to go on, what repeats, when it ends) it never sees.

use super::{BadRecord, Found, Probe, answer, shelf::Centre};
use crate::http::{Failure, Request, Response, Site};
use domain::{Change, Millis};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

/// One kind of server whose records can be listed by when they changed. Pure: no network, no clock, no state.
pub(crate) trait Listed: Send + Sync {
    fn site(&self) -> &Site;
    /// The name of a source that nobody named.
    fn default_name(&self) -> String;
    /// The value of the `authorization` header.
    fn authorization(&self, token: &SecretString) -> SecretString;
    /// The largest page that is asked for.
    fn page_size(&self) -> usize {
        100
    }
    /// To how many milliseconds a window of time can be told: what is finer is left to the repetition of pages.
    fn grain(&self) -> i64 {
        1000
    }
    fn reach(&self) -> Reach {
        Reach::Window
    }
    /// It turns whole pages: a page cannot begin in the middle of another.
    fn counts_pages(&self) -> bool {
        false
    }
    /// What is read, in this order: `changes` and `history` of each list, with the name of the list behind it where it has
    /// one. *Changes* first says where *now* is, and comes again for what changed while history was read. And `whole` of a
    /// short list beside them, which is read from its newest to what was known of it: releases, deploys.
    fn streams(&self) -> &'static [&'static str] {
        &["changes", "history", "changes"]
    }
    /// Its records are tickets. Where they are something else, nobody calls them by name.
    fn holds_tickets(&self, list: &str) -> bool {
        let _ = list;
        true
    }
    /// A *whole* list begins with what came last. Where it does not, all of it is read whenever its first page is another.
    fn is_newest_first(&self, list: &str) -> bool {
        let _ = list;
        true
    }
    /// The others go on where this account may not read this list.
    fn is_optional(&self, list: &str) -> bool {
        let _ = list;
        false
    }
    /// What it is, for a failure that says that it is not there.
    fn what(&self) -> String {
        self.site().authority()
    }
    /// Asks for what has to be known before a list can be asked for, where something has to.
    fn prelude(&self) -> Option<Request> {
        None
    }
    /// In short: it lies in the cursor, and comes back as [`Window::told`].
    fn preluded(&self, response: &Response) -> Result<String, Failure> {
        let _ = response;
        Ok(String::new())
    }
    /// Asks for a page of records that changed within the window.
    fn list(&self, window: &Window, purpose: &'static str) -> Request;
    /// `window` is the one that was asked for.
    fn listed(&self, window: &Window, response: &Response) -> Result<Listing, Failure>;
    /// Asks how many records there are.
    fn count(&self, window: &Window) -> Request {
        self.list(window, "count")
    }
    /// `None` where the answer does not say.
    fn counted(&self, window: &Window, response: &Response) -> Result<Option<u64>, Failure> {
        Ok(self.listed(window, response)?.total)
    }
    /// As [`super::Connector::dropped`].
    fn dropped(&self, page: usize) -> Option<Request> {
        let _ = page;
        None
    }
    /// As [`super::Connector::dropped_ids`].
    fn dropped_ids(&self, response: &Response) -> Result<Vec<String>, Failure> {
        let _ = response;
        Ok(Vec::new())
    }
    /// Asks for what a listing leaves out of one record: comments, handoffs.
    /// What of it is asked for where the record is met in history, and not because it changed: there are many of those.
    fn in_history(&self, todo: &Todo) -> Option<Todo> {
        Some(todo.clone())
    }
    fn detail(&self, todo: &Todo) -> Request {
        let _ = todo;
        Request::default()
    }
    /// What it is, for whoever is told that it may not be read.
    fn detail_of(&self, todo: &Todo) -> &'static str {
        let _ = todo;
        "details"
    }
    fn detailed(&self, todo: &Todo, response: &Response) -> Result<Detail, Failure> {
        let _ = (todo, response);
        Ok(Detail::default())
    }
    /// What the record needs all the same where this of it is refused or gone.
    fn without(&self, todo: &Todo) -> Option<Todo> {
        let _ = todo;
        None
    }
    /// Its articles, where it keeps some: they are the stream [`super::shelf::ARTICLES`] then.
    fn centre(&self) -> Option<&dyn Centre> {
        None
    }
    fn test(&self) -> Request;
    fn tested(&self, response: &Response) -> Result<Found, Failure>;
    /// As [`super::Connector::probe`].
    fn probe(&self, writes: bool, told: &[Response]) -> Probe {
        let _ = (writes, told);
        Probe::Done(Vec::new())
    }
    /// Asks for one record by itself. `id` is what [`Seen::id`] was.
    fn one(&self, id: &str) -> Request;
    /// What became of it.
    fn found(&self, id: &str, response: &Response) -> Result<Fate, Failure>;
    /// A good answer, else what it means.
    fn good<'r>(&self, response: &'r Response) -> Result<&'r [u8], Failure> {
        answer::good(self.site(), &self.what(), response)
    }
}

/// How well a server can be asked for what changed when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Between two moments.
    Window,
    /// Since a moment. History is read in stretches then, each twice as long as the one after it.
    Since,
    /// Not at all. Changes are read from the newest back, and history by its ids, which have to be numbers.
    Nothing,
}

/// Which records are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// Which of the server's lists, where it has several.
    pub(crate) list: String,
    /// Changed then or later.
    pub(crate) from: Option<Millis>,
    /// Changed then or earlier.
    pub(crate) to: Option<Millis>,
    /// With a smaller number than this.
    pub(crate) below: Option<u64>,
    pub(crate) order: Order,
    /// So many of the first are left out.
    pub(crate) skip: usize,
    pub(crate) size: usize,
    /// The server's own word for where it goes on, where it has one.
    pub(crate) token: Option<String>,
    /// What [`Listed::preluded`] answered.
    pub(crate) told: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// The change that lies furthest back first.
    Oldest,
    Newest,
    /// In an order that no change moves.
    Created,
    /// The other way round.
    LastCreated,
}

impl Window {
    pub(crate) fn all(order: Order, skip: usize, size: usize) -> Self {
        Self { list: String::new(), from: None, to: None, below: None, order, skip, size, token: None, told: None }
    }

    /// In numbers of pages, for servers that count them; the first is 1.
    pub(crate) fn page(&self) -> usize {
        self.skip / self.size.max(1) + 1
    }
}

/// A page of records.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub(crate) changes: Vec<Change>,
    pub(crate) bad: Vec<BadRecord>,
    /// Every record that names itself, in the order in which it came.
    pub(crate) seen: Vec<Seen>,
    /// How many records the page had, readable or not.
    pub(crate) held: usize,
    /// Whether the server says that this was not all; where it says nothing, a full page is not all.
    pub(crate) more: Option<bool>,
    /// How many records lie in the window, where the server says so.
    pub(crate) total: Option<u64>,
    /// To be followed instead of moving the window.
    pub(crate) token: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) id: String,
    /// When it changed, by the server's clock.
    pub(crate) at: Millis,
    /// What the listing left out.
    pub(crate) todo: Option<Todo>,
}

/// One request that a record still needs. It lies in the cursor, so it is short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Todo {
    pub(crate) id: String,
    /// For the connector alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) note: String,
}

impl Todo {
    pub(crate) fn of(id: impl Into<String>) -> Self {
        Self { id: id.into(), note: String::new() }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Detail {
    pub(crate) changes: Vec<Change>,
    pub(crate) bad: Vec<BadRecord>,
    /// The next request that the same record needs.
    pub(crate) next: Option<Todo>,
}

impl Detail {
    /// These are all comments of the ticket: what else was said of it is gone. Not told where one could not be read.
    pub(crate) fn close(&mut self, ticket: &str) {
        if self.bad.is_empty() && self.next.is_none() {
            let ids = self.changes.iter().filter_map(|change| match change {
                Change::Comment(comment) => Some(comment.id.clone()),
                _ => None,
            });
            self.changes.push(Change::Said { ticket: ticket.to_owned(), ids: ids.collect() });
        }
    }
}

/// What became of a record that was missing from the roll.
#[derive(Debug, PartialEq)]
pub(crate) enum Fate {
    Gone,
    /// It is there: this is how it is now.
    There(Vec<Change>),
}

/// Reads the records of a page one by one: a bad one costs itself alone.
pub(crate) fn each<'r>(
    records: &[&'r serde_json::value::RawValue],
    listing: &mut Listing,
    mut read: impl FnMut(&'r str, &mut Vec<Change>) -> Result<Seen, String>,
) {
    listing.held += records.len();
    for (record, line) in records.iter().zip(1u64..) {
        let before = listing.changes.len();
        match read(record.get(), &mut listing.changes) {
            Ok(seen) => listing.seen.push(seen),
            Err(reason) => {
                listing.changes.truncate(before);
                listing.bad.push(BadRecord::named(record.get(), line, reason));
            }
        }
    }
}

impl BadRecord {
    /// By its own name.
    pub(crate) fn named(record: &str, line: u64, reason: String) -> Self {
        Self { file: name_of(record), line, reason }
    }

    /// By the record that it belongs to: nobody knows a comment by its number.
    pub(crate) fn of(id: &str, line: u64, reason: String) -> Self {
        // Without the repository that it is of, as it calls itself.
        let own = id.rsplit(['#', '!']).next().map(str::to_owned);
        Self { file: own, line, reason }
    }
}

/// How a record that cannot be read calls itself, by the word that people call it by.
fn name_of(record: &str) -> Option<String> {
    let said: serde_json::Map<String, serde_json::Value> = serde_json::from_str(record).ok()?;
    let named = ["iid", "number", "key", "shortId", "ticket_id", "id"].iter().find_map(|field| said.get(*field));
    named.and_then(|id| id.as_str().map(str::to_owned).or_else(|| id.as_u64().map(|id| id.to_string())))
}
