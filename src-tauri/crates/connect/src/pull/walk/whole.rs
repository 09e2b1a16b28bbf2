//! A list beside the tickets that is short and knows no windows of time: releases, tags, deploys, names of groups.
//!
//! Its first page is asked for with the entity tag of the last time: most often nothing is new, and costs nothing. Else it is
//! read from the newest down to what was there before; whole again where a day has passed by the server's clock, or where
//! its order is not that of time. What is gone from it is told after it was read whole.

use super::{
    super::{
        StreamPage,
        listed::{Listed, Order, Seen, Todo, Window},
    },
    place::print_of,
};
use crate::http::{Failure, Request, Response};
use domain::{Change, Cursor, Millis};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Records that are remembered, of every sort: with more, nothing is told gone.
const REMEMBERED: usize = 2_000;
/// Where a server breaks down under a page, it is halved down to this.
const SMALLEST: usize = 10;

/// The name of the list, where a stream is one of these.
pub(super) fn list_of(stream: &str) -> Option<&str> {
    stream.strip_prefix("whole ")
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Whole {
    /// Records that were read.
    #[serde(skip_serializing_if = "is_zero")]
    skip: usize,
    /// What the last page held: the same again is the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    print: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<usize>,
    /// Of the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    etag: Option<String>,
    /// This reading goes to the end, whatever it meets.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    all: bool,
    /// The list has come to its end; `todo` may be left.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    listed: bool,
    /// The first page as it was when the list was last read to its end.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    known: Vec<String>,
    /// The same of this reading.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fresh: Vec<String>,
    /// What was read of it, as long as nothing was passed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    ids: Option<Vec<String>>,
    /// When it was last read whole, by the server's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Millis>,
    /// It fits on one page: a tag of that says everything.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    single: bool,
    #[serde(skip_serializing_if = "VecDeque::is_empty")]
    todo: VecDeque<Todo>,
    /// Looked at by themselves, as they are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    settled: Vec<String>,
}

impl Whole {
    fn read(cursor: Option<&Cursor>) -> Self {
        cursor.and_then(|cursor| serde_json::from_str(&cursor.0).ok()).unwrap_or_default()
    }

    fn write(&self) -> Cursor {
        Cursor(serde_json::to_string(self).expect("a place has string keys and no failing serialiser"))
    }

    fn window(&self, list: &str, usual: usize) -> Window {
        let size = self.size.unwrap_or(usual).clamp(SMALLEST.min(usual), usual);
        Window { list: list.to_owned(), token: self.token.clone(), ..Window::all(Order::Newest, self.skip, size) }
    }

    fn begins(&self) -> bool {
        self.skip == 0 && self.token.is_none()
    }

    /// The page after this one, or the place from which the next run asks.
    fn page(mut self, changes: StreamPage) -> StreamPage {
        if self.listed && self.todo.is_empty() {
            let known = std::mem::take(&mut self.fresh);
            self = Self { skip: 0, token: None, print: None, all: false, listed: false, ids: None, known, ..self };
            return StreamPage { next: Some(self.write()), more: false, ..changes };
        }
        StreamPage { next: Some(self.write()), more: true, ..changes }
    }
}

pub(super) fn request(of: &impl Listed, list: &str, cursor: Option<&Cursor>) -> Request {
    let place = Whole::read(cursor);
    if let Some(todo) = place.todo.front() {
        return of.detail(todo);
    }
    let mut request = of.list(&place.window(list, of.page_size()), "releases");
    if place.begins() && !place.all {
        request.headers.extend(place.etag.map(|etag| ("if-none-match", etag)));
    }
    Request { divisible: true, ..request }
}

pub(super) fn smaller(of: &impl Listed, cursor: Option<&Cursor>) -> Option<Cursor> {
    let place = Whole::read(cursor);
    let size = place.window("", of.page_size()).size / 2;
    // Half a page cannot be turned back.
    (size >= SMALLEST && place.todo.is_empty()).then(|| {
        Whole { size: Some(size), skip: 0, token: None, print: None, fresh: Vec::new(), ids: None, ..place }.write()
    })
}

pub(super) fn read(
    of: &impl Listed,
    list: &str,
    cursor: Option<&Cursor>,
    response: &Response,
) -> Result<StreamPage, Failure> {
    let mut place = Whole::read(cursor);
    if let Some(todo) = place.todo.pop_front() {
        let mut page = StreamPage::default();
        if !matches!(response.status, 403 | 404 | 410) {
            let detail = of.detailed(&todo, response)?;
            if detail.next.as_ref() == Some(&todo) {
                return Err(Failure::Loop { host: of.site().authority() });
            }
            (page.changes, page.bad) = (detail.changes, detail.bad);
            page.detail = Some(super::super::Detail { what: of.detail_of(&todo), refused: None });
            place.todo.extend(detail.next);
        } else if response.status == 403 {
            // The list goes on without it, and that is told at the source.
            page.detail = Some(super::super::Detail { what: of.detail_of(&todo), refused: of.good(response).err() });
        }
        return Ok(place.page(page));
    }
    let now = response.header("date").and_then(|date| httpdate::parse_http_date(date).ok());
    let now = now.and_then(|now| now.duration_since(std::time::UNIX_EPOCH).ok());
    let now = now.map(|now| Millis(i64::try_from(now.as_millis()).unwrap_or(i64::MAX)));
    let is_old = now.zip(place.at).is_some_and(|(now, at)| now.0 - at.0 >= Millis::DAY);
    if response.status == 304 {
        // The pages behind the first may be others by now.
        let again = is_old && !place.single;
        return Ok(match again {
            true => {
                StreamPage { next: Some(Whole { all: true, ..place }.write()), more: true, ..StreamPage::default() }
            }
            false => StreamPage { next: Some(place.write()), ..StreamPage::default() },
        });
    }
    // The server has no such list.
    if place.begins() && matches!(response.status, 404 | 410) {
        return Ok(StreamPage { next: Some(place.write()), ..StreamPage::default() });
    }
    if response.status == 400 && place.token.is_some() {
        // It forgot where we were.
        let next = Whole { token: None, skip: 0, print: None, fresh: Vec::new(), ids: None, all: true, ..place };
        return Ok(StreamPage { next: Some(next.write()), more: true, ..StreamPage::default() });
    }
    let window = place.window(list, of.page_size());
    let listing = of.listed(&window, response)?;
    let prints: Vec<String> = listing.seen.iter().map(state_of).collect();
    let print = Some(print_of(&listing.seen));
    let leads = listing.token.is_none() || listing.token != place.token;
    let more = listing.more.unwrap_or(listing.held >= window.size) && leads && print != place.print;
    place.print = print;
    if place.begins() {
        place.all |= is_old || place.known.is_empty() || !of.is_newest_first(list);
        place.etag = response.header("etag").map(str::to_owned);
        place.single = !more;
        place.fresh = prints.clone();
        place.ids = Some(Vec::new());
    }
    let known = !place.all && prints.iter().any(|print| place.known.contains(print));
    for (seen, print) in listing.seen.iter().zip(prints) {
        if let Some(todo) = seen.todo.as_ref().filter(|_| !place.settled.contains(&print)) {
            place.todo.push_back(todo.clone());
            place.settled.push(print);
        }
    }
    let extra = place.settled.len().saturating_sub(REMEMBERED);
    place.settled.drain(..extra);
    let mut changes = listing.changes;
    // A bad record is there, and nobody knows which it is.
    let room = place.ids.as_ref().is_some_and(|ids| ids.len() + listing.seen.len() <= REMEMBERED);
    place.ids = place.ids.filter(|_| room && listing.bad.is_empty());
    if let Some(ids) = &mut place.ids {
        ids.extend(changes.iter().filter_map(|change| match change {
            Change::Release(told) if told.id.split(' ').next() == Some(list) => Some(told.id.clone()),
            _ => None,
        }));
    }
    place.listed = !more || known;
    if !more {
        place.at = now.or(place.at);
        // Of names, what is gone is still told by its number.
        let ids = place.ids.take().filter(|_| !changes.iter().any(|change| matches!(change, Change::Name(_))));
        changes.extend(ids.map(|ids| Change::Releases { list: list.to_owned(), ids }));
    }
    place.skip = place.skip.saturating_add(if of.counts_pages() { window.size } else { listing.held });
    place.token = listing.token;
    // Told once, by what nobody counts: these are no tickets.
    Ok(place.page(StreamPage { changes, ..StreamPage::default() }))
}

fn state_of(seen: &Seen) -> String {
    format!("{} {}", seen.id, seen.at.0)
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

#[cfg(test)]
mod tests;
