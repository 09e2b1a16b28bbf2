//! Calling the roll: every list of tickets, one after the other.

use super::{
    super::{
        RollPage,
        listed::{Listed, Listing, Order, Window},
    },
    ARTICLES, Stream, Walk,
};
use crate::http::{Failure, Request, Response};
use std::collections::BTreeSet;

impl<T: Listed> Walk<T> {
    /// Those whose records are tickets, in order of their names.
    pub(super) fn lists(&self) -> BTreeSet<&'static str> {
        let streams = self.0.streams().iter().filter(|stream| **stream != ARTICLES);
        let lists = streams.map(|stream| Stream::of(stream).list);
        lists.filter(|list| self.0.holds_tickets(list)).collect()
    }

    /// Asks how many there are in the `nth` list behind the first.
    pub(super) fn other(&self, nth: usize) -> Option<Request> {
        let list = (*self.lists().iter().nth(nth + 1)?).to_owned();
        Some(self.0.count(&Window { list, ..Window::all(Order::Newest, 0, 1) }))
    }

    pub(super) fn sum(&self, response: &Response) -> Result<Option<u64>, Failure> {
        // One of several that this account may not see holds nothing for it; the roll says of which it is so.
        if matches!(response.status, 403 | 404) && self.lists().len() > 1 {
            return Ok(Some(0));
        }
        self.0.counted(&Window::all(Order::Newest, 0, 1), response)
    }

    pub(super) fn named(&self, after: Option<&str>, response: &Response) -> Result<RollPage, Failure> {
        let window = self.rolling(after);
        let hidden = matches!(response.status, 403 | 404) && self.0.is_optional(&window.list);
        let listing = if hidden { Listing::default() } else { self.0.listed(&window, response)? };
        let more = listing.more.unwrap_or(listing.held >= window.size) && listing.held > 0;
        let step = if self.0.counts_pages() { window.size } else { listing.held };
        let next = match listing.token {
            _ if !more => self.lists().into_iter().find(|list| **list > *window.list).map(|list| format!("{list}|0")),
            Some(token) => Some(format!("{}|token {token}", window.list)),
            None => Some(format!("{}|{}", window.list, window.skip + step)),
        };
        Ok(RollPage { ids: listing.seen.into_iter().map(|seen| seen.id).collect(), next })
    }

    pub(super) fn rolling(&self, after: Option<&str>) -> Window {
        let first = self.lists().into_iter().next().unwrap_or_default();
        let (list, rest) = after.and_then(|after| after.split_once('|')).unwrap_or((first, "0"));
        let token = rest.strip_prefix("token ").map(str::to_owned);
        let skip = rest.parse().unwrap_or(0);
        Window { list: list.into(), token, ..Window::all(Order::Created, skip, self.0.page_size()) }
    }
}
