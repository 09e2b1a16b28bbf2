//! Reads any [`Listed`] server to its end and keeps up with it.
//!
//! Two streams. *History* goes from the newest record back to the oldest, so that what matters most is searchable after
//! the first page; it happens once. *Changes* goes forward from the newest change that was read, a little before it, so
//! that nothing with the same stamp is missed. Windows of time are moved instead of pages turned: a record that changes
//! while it is walked moves to the end of *changes*, and nothing slips between two pages.

mod place;
mod prelude;
mod rest;
mod rolling;
mod stretch;
mod whole;

use super::{
    Connector, Found, Probe, RollPage, StreamPage,
    listed::{Fate, Listed, Listing, Order, Reach, Seen, Todo, Window},
    shelf::{self, ARTICLES, Centre},
};
use crate::http::{Failure, Request, Response, Site};
use domain::{Change, Cursor, Millis};
use place::{Place, is_deaf, print_of};
use secrecy::SecretString;
use stretch::Stretch;

/// Changes may become visible later than their stamp says: a long transaction, a second server.
const OVERLAP: i64 = Millis::MINUTE;
/// A record that was read so long after its last change cannot have changed again under the same stamp.
const SETTLES: i64 = 5_000;
/// Records that are remembered as settled, at most.
const REMEMBERED: usize = 500;
/// Pages in a row that lead nowhere.
const STALE: usize = 200;

pub(super) struct Walk<T>(pub(super) T);

/// A stream: *history* or *changes* of a list.
#[derive(Clone, Copy)]
struct Stream<'a> {
    history: bool,
    list: &'a str,
}

impl<'a> Stream<'a> {
    fn of(name: &'a str) -> Self {
        let (what, list) = name.split_once(' ').unwrap_or((name, ""));
        Self { history: what == "history", list }
    }
}

impl<T: Listed> Walk<T> {
    fn window(&self, stream: Stream<'_>, place: &Place) -> Window {
        let size = place.size(self.0.page_size());
        let (list, token, told) = (stream.list.to_owned(), place.token.clone(), place.told.clone());
        let open = Window { list, token, told, ..Window::all(Order::Newest, place.skip, size) };
        match (stream.history, self.0.reach()) {
            // Where nothing was read yet, one record says where *now* is: the rest of the page belongs to *history*.
            (false, _) if place.head.is_none() => Window { size: 1, ..open },
            (true, Reach::Nothing) => Window { below: place.below, order: Order::LastCreated, ..open },
            (false, Reach::Nothing) => open,
            (true, Reach::Window) => Window { to: place.at, ..open },
            (true, Reach::Since) => match place.stretch {
                None => open,
                // One record says where history begins.
                Some(Stretch { begin: None, .. }) => Window { order: Order::Oldest, size: 1, ..open },
                Some(stretch) => Window { from: place.at.or(Some(stretch.from)), order: Order::Oldest, ..open },
            },
            (false, Reach::Window | Reach::Since) => {
                Window { from: place.at.or(self.since(place)), order: Order::Oldest, ..open }
            }
        }
    }

    /// Where *changes* begins: a little before the newest one that is known.
    fn since(&self, place: &Place) -> Option<Millis> {
        place.head.map(|head| Millis(head.0 - OVERLAP))
    }

    fn listing(&self, stream: Stream<'_>, mut place: Place, response: &Response) -> Result<StreamPage, Failure> {
        let history = stream.history;
        if response.status == 304 {
            // Nothing has changed since the answer that the cursor names.
            return Ok(StreamPage { next: Some(place.write()), ..StreamPage::default() });
        }
        let window = self.window(stream, &place);
        if response.status == 400 && place.token.is_some() {
            // The server forgot where we were: the window says it as well.
            (place.token, place.print, place.skip) = (None, None, 0);
            return Ok(StreamPage { next: Some(place.write()), more: true, ..StreamPage::default() });
        }
        let Listing { changes, bad, seen, held, more, total, token } = self.0.listed(&window, response)?;
        let newest = seen.iter().map(|seen| seen.at).max();
        if !history && place.head.is_none() {
            // Where the newest cannot be read, the one before it says where now is.
            let unreadable = held > 0 && newest.is_none();
            (place.head, place.skip) = (newest, if unreadable { place.skip + 1 } else { 0 });
            if unreadable {
                return Ok(page_at(place, StreamPage::default()));
            }
            let total = total.filter(|_| self.lists().len() == 1 && self.0.holds_tickets(stream.list));
            return Ok(StreamPage { next: Some(place.write()), total, ..StreamPage::default() });
        }
        let mut more = more.unwrap_or(held >= window.size) && held > 0;
        let print = print_of(&seen);
        let same = token.is_some() && token == place.token;
        if more && (same || place.print.as_ref() == Some(&print)) {
            return Err(Failure::Loop { host: self.0.site().authority() });
        }
        let oldest = seen.iter().map(|seen| seen.at).min();
        let one_moment = oldest.map(|at| self.grain(at)) == newest.map(|at| self.grain(at));
        let mut wanted = Millis(i64::MIN)..=Millis(i64::MAX);
        let mut further = None;
        let deaf = is_deaf(&window, &seen, self.0.grain());
        if let (Some(stretch @ Stretch { begin: None, .. }), true) = (place.stretch, history) {
            match oldest.filter(|begin| *begin <= stretch.to && !deaf) {
                Some(begin) => place.stretch = Some(stretch.since(begin)),
                None => (place.turns, place.stretch, place.skip) = (true, None, place.size(self.0.page_size())),
            }
            return Ok(page_at(place, StreamPage::default()));
        }
        // It does not hear the moment that is named: its pages are turned.
        let reach = if deaf && !history { Reach::Nothing } else { self.0.reach() };
        let advanced = match (reach, history) {
            // A full page of one moment is turned: its window would bring the same page again.
            (Reach::Window, true) => {
                let later = |edge| window.to.is_none_or(|to| self.grain(edge) < self.grain(to));
                oldest.is_some_and(later) && !(more && one_moment)
            }
            (Reach::Since, true) if deaf || place.turns => {
                (place.turns, place.stretch) = (true, None);
                false
            }
            (Reach::Since, true) => match place.stretch {
                None => {
                    further = oldest.zip(newest).map(|(oldest, newest)| Stretch::before(oldest, newest));
                    more && further.is_some()
                }
                Some(stretch) => {
                    wanted = stretch.from..=Millis(stretch.to.0 + self.0.grain());
                    let past = newest.is_some_and(|newest| self.grain(newest) > self.grain(stretch.to));
                    let empty = oldest.is_none_or(|oldest| oldest >= stretch.to) && place.at.is_none();
                    let over = past || !more;
                    further = over.then(|| stretch.older(empty)).flatten();
                    more = !over || further.is_some();
                    over || self.later(&window, newest) && !one_moment
                }
            },
            (Reach::Window | Reach::Since, false) => self.later(&window, newest) && !(more && one_moment),
            (Reach::Nothing, true) => {
                let lowest = seen.iter().filter_map(|seen| seen.id.parse().ok()).min();
                let advanced = lowest.is_some_and(|lowest| window.below.is_none_or(|below| lowest < below));
                place.below = if advanced { lowest } else { place.below };
                advanced
            }
            (Reach::Nothing, false) => {
                // What changes meanwhile pushes the rest down: pages repeat and leave nothing out. Without windows a page
                // may reach back further than anything has changed.
                let since = self.since(&place).unwrap_or(Millis(i64::MIN));
                wanted = since..=Millis(i64::MAX);
                more &= oldest.is_none_or(|oldest| oldest >= since);
                false
            }
        };
        let wanted = seen.iter().filter(|seen| wanted.contains(&seen.at)).collect::<Vec<_>>();
        self.take_todo(history, &mut place, &wanted, response);
        place.at = match (reach, history) {
            (Reach::Nothing, true) => oldest.or(place.at),
            (Reach::Nothing, false) => place.at.max(newest),
            (Reach::Window, true) if advanced => oldest,
            (Reach::Since, true) if place.stretch.is_none() => oldest.or(place.at),
            (_, false) | (Reach::Since, true) if advanced => newest,
            _ => place.at,
        };
        let shrunk = place.total.zip(total).map_or(0, |(before, now)| before.saturating_sub(now));
        if !more {
            place.listed = true;
            prelude::age(&mut place, response);
        } else if token.is_some() {
            // Followed as long as it leads somewhere.
            place.skip = if advanced { 0 } else { place.skip + 1 };
            if self.0.reach() != Reach::Nothing && place.skip > STALE {
                return Err(Failure::Loop { host: self.0.site().authority() });
            }
        } else if advanced {
            place.skip = 0;
        } else if self.0.counts_pages() {
            // What left its place has moved everything behind it forward, and half a page cannot be turned back.
            place.skip = if shrunk > 0 { 0 } else { place.skip + window.size };
        } else {
            // As above: pages overlap.
            let step = (held - held / 10).saturating_sub(usize::try_from(shrunk).unwrap_or(0));
            place.skip += step.max(1);
        }
        (place.print, place.token, place.total) = (Some(print), token, total);
        if let Some(further) = further.filter(|_| more) {
            (place.stretch, place.at, place.print, place.total) = (Some(further), None, None, None);
        }
        // Where the next run asks the very same, the server may say in a word that nothing is new.
        let again = place.listed && self.window(stream, &place.clone().settle()) == window;
        place.etag = response.header("etag").filter(|_| again).map(str::to_owned);
        Ok(page_at(place, StreamPage { changes, bad, ..StreamPage::default() }))
    }

    fn later(&self, window: &Window, newest: Option<Millis>) -> bool {
        newest.is_some_and(|newest| window.from.is_none_or(|from| self.grain(newest) > self.grain(from)))
    }

    fn grain(&self, at: Millis) -> i64 {
        at.0.div_euclid(self.0.grain())
    }

    /// Notes what the records of this page still need, except for those that were looked at as they are.
    fn take_todo(&self, history: bool, place: &mut Place, seen: &[&Seen], response: &Response) {
        let there = response.header("date").and_then(|date| httpdate::parse_http_date(date).ok());
        let there = there.and_then(|there| there.duration_since(std::time::UNIX_EPOCH).ok());
        let there = there.map(|there| Millis(i64::try_from(there.as_millis()).unwrap_or(i64::MAX)));
        for Seen { id, at, todo } in seen {
            let known = (id.clone(), *at);
            if place.settled.contains(&known) {
                continue;
            }
            let asked = |todo: &Todo| if history { self.0.in_history(todo) } else { Some(todo.clone()) };
            place.todo.extend(todo.as_ref().and_then(asked));
            if there.map_or(history, |there| at.0 < there.0 - SETTLES) {
                place.settled.push(known);
            }
        }
        // Only what the next window repeats can be met again.
        let edge = match history && self.0.reach() != Reach::Since {
            true => seen.iter().map(|seen| seen.at).min().map(|at| (Millis(i64::MIN), Millis(at.0 + self.0.grain()))),
            false => {
                let newest = seen.iter().map(|seen| seen.at).chain(place.head).max();
                newest.map(|at| (Millis(at.0 - OVERLAP - self.0.grain()), Millis(i64::MAX)))
            }
        };
        if let Some((from, to)) = edge {
            place.settled.retain(|(_, at)| (from..=to).contains(at));
        }
        let extra = place.settled.len().saturating_sub(REMEMBERED);
        place.settled.drain(..extra);
    }
}

/// Whether there is more, and from where.
fn page_at(place: Place, page: StreamPage) -> StreamPage {
    let more = !place.listed || !place.todo.is_empty();
    StreamPage { more, next: Some(place.settle().write()), ..page }
}

impl<T: Listed> Connector for Walk<T> {
    fn site(&self) -> &Site {
        self.0.site()
    }

    fn default_name(&self) -> String {
        self.0.default_name()
    }

    fn authorization(&self, token: &SecretString) -> SecretString {
        self.0.authorization(token)
    }

    fn streams(&self) -> &'static [&'static str] {
        self.0.streams()
    }

    fn is_over(&self, stream: &str, cursor: Option<&Cursor>) -> bool {
        Stream::of(stream).history && Place::read(cursor).over
    }

    fn is_optional(&self, stream: &str) -> bool {
        stream == ARTICLES || self.0.is_optional(Stream::of(stream).list)
    }

    fn request(&self, stream: &str, cursor: Option<&Cursor>) -> Request {
        if let Some(centre) = self.centre(stream) {
            return shelf::request(centre, cursor);
        }
        if let Some(list) = whole::list_of(stream) {
            return whole::request(&self.0, list, cursor);
        }
        let place = Place::read(cursor);
        if let Some(todo) = place.todo.front() {
            return self.0.detail(todo);
        }
        if let Some(request) = prelude::request(&self.0, &place) {
            return request;
        }
        let stream = Stream::of(stream);
        let purpose = if stream.history { "history" } else { "changes" };
        let mut request = self.0.list(&self.window(stream, &place), purpose);
        request.headers.extend(place.etag.map(|etag| ("if-none-match", etag)));
        Request { divisible: true, ..request }
    }

    fn read(&self, stream: &str, cursor: Option<&Cursor>, response: &Response) -> Result<StreamPage, Failure> {
        if let Some(centre) = self.centre(stream) {
            return shelf::read(centre, cursor, response);
        }
        if let Some(list) = whole::list_of(stream) {
            return whole::read(&self.0, list, cursor, response);
        }
        let place = Place::read(cursor);
        if prelude::request(&self.0, &place).is_some() {
            prelude::read(&self.0, place, response)
        } else if place.todo.is_empty() {
            self.listing(Stream::of(stream), place, response)
        } else {
            self.detail(place, response)
        }
    }

    fn smaller(&self, stream: &str, cursor: Option<&Cursor>) -> Option<Cursor> {
        if stream == ARTICLES {
            return None;
        }
        if whole::list_of(stream).is_some() {
            return whole::smaller(&self.0, cursor);
        }
        Place::read(cursor).halved(self.0.page_size()).map(|place| place.write())
    }

    fn test(&self) -> Request {
        self.0.test()
    }

    fn tested(&self, response: &Response) -> Result<Found, Failure> {
        self.0.tested(response)
    }

    fn probe(&self, writes: bool, told: &[Response]) -> Probe {
        self.0.probe(writes, told)
    }

    fn count(&self) -> Request {
        self.0.count(&Window::all(Order::Newest, 0, 1))
    }

    fn count_of_other(&self, nth: usize) -> Option<Request> {
        self.other(nth)
    }

    fn counted(&self, response: &Response) -> Result<Option<u64>, Failure> {
        self.sum(response)
    }

    fn roll(&self, after: Option<&str>) -> Request {
        self.0.list(&self.rolling(after), "roll")
    }

    fn rolled(&self, after: Option<&str>, response: &Response) -> Result<RollPage, Failure> {
        self.named(after, response)
    }

    fn one(&self, id: &str) -> Request {
        self.0.one(id)
    }

    fn found(&self, id: &str, response: &Response) -> Result<Vec<Change>, Failure> {
        // Hidden from this account is as good as gone: it may not be shown any more.
        let fate = match response.status {
            403 | 404 | 410 => Fate::Gone,
            _ => self.0.found(id, response)?,
        };
        Ok(match fate {
            Fate::Gone => vec![Change::Delete { ticket: id.to_owned() }],
            Fate::There(changes) => changes,
        })
    }

    fn dropped(&self, page: usize) -> Option<Request> {
        self.0.dropped(page)
    }

    fn dropped_ids(&self, response: &Response) -> Result<Vec<String>, Failure> {
        self.0.dropped_ids(response)
    }
}

impl<T: Listed> Walk<T> {
    fn centre(&self, stream: &str) -> Option<&dyn Centre> {
        self.0.centre().filter(|_| stream == ARTICLES)
    }
}

#[cfg(test)]
mod tests;
