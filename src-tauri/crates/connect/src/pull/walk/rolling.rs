//! Calling the roll: every list of tickets, one after the other.

use super::{
    super::listed::{Listed, Order, Window},
    ARTICLES, Stream, Walk,
};
use std::collections::BTreeSet;

impl<T: Listed> Walk<T> {
    /// Those whose records are tickets, in order of their names.
    pub(super) fn lists(&self) -> BTreeSet<&'static str> {
        let streams = self.0.streams().iter().filter(|stream| **stream != ARTICLES);
        let lists = streams.map(|stream| Stream::of(stream).list);
        lists.filter(|list| self.0.holds_tickets(list)).collect()
    }

    pub(super) fn rolling(&self, after: Option<&str>) -> Window {
        let first = self.lists().into_iter().next().unwrap_or_default();
        let (list, rest) = after.and_then(|after| after.split_once('|')).unwrap_or((first, "0"));
        let token = rest.strip_prefix("token ").map(str::to_owned);
        let skip = rest.parse().unwrap_or(0);
        Window { list: list.into(), token, ..Window::all(Order::Created, skip, self.0.page_size()) }
    }
}
