//! Reads any [`Listed`] server to its end and keeps up with it.
//!
//! Two streams. *History* goes from the newest record back to the oldest, so that what matters most is searchable after
//! the first page; it happens once. *Changes* goes forward from the newest change that was read, a little before it, so
//! that nothing with the same stamp is missed. Windows of time are moved instead of pages turned: a record that changes
//! while it is walked moves to the end of *changes*, and nothing slips between two pages.

mod place;

use super::{
    Connector, Found, RollPage, StreamPage,
    listed::{Fate, Listed, Listing, Order, Seen, Window},
};
use crate::http::{Failure, Request, Response, Site};
use domain::{Change, Cursor, Millis};
use place::Place;
use secrecy::SecretString;

/// Changes may become visible later than their stamp says: a long transaction, a second server.
const OVERLAP: i64 = Millis::MINUTE;
/// A record that was read so long after its last change cannot have changed again under the same stamp.
const SETTLES: i64 = 5_000;
/// Records that are remembered as settled, at most.
const REMEMBERED: usize = 500;
/// Pages in a row that lead nowhere.
const STALE: usize = 200;

pub(super) struct Walk<T>(pub(super) T);

impl<T: Listed> Walk<T> {
    fn window(&self, history: bool, place: &Place) -> Window {
        let size = place.size(self.0.page_size());
        let open = Window { token: place.token.clone(), ..Window::all(Order::Newest, place.skip, size) };
        match (history, place.head) {
            // Where nothing was read yet, one record says where *now* is: the rest of the page belongs to *history*.
            (false, None) => Window { size: 1, ..open },
            (true, _) if !self.0.knows_time() => Window { below: place.below, order: Order::LastCreated, ..open },
            (false, _) if !self.0.knows_time() => open,
            (true, _) => Window { to: place.at, ..open },
            (false, Some(head)) => {
                Window { from: place.at.or(Some(Millis(head.0 - OVERLAP))), order: Order::Oldest, ..open }
            }
        }
    }

    fn detail(&self, mut place: Place, response: &Response) -> Result<StreamPage, Failure> {
        let Some(todo) = place.todo.pop_front() else { return Ok(StreamPage::default()) };
        let mut page = StreamPage::default();
        // Gone or hidden since it was listed: the roll will tell.
        if !matches!(response.status, 403 | 404 | 410) {
            let detail = self.0.detailed(&todo, response)?;
            if detail.next.as_ref() == Some(&todo) {
                return Err(Failure::Loop { host: self.0.site().authority() });
            }
            (page.changes, page.bad) = (detail.changes, detail.bad);
            if let Some(next) = detail.next {
                place.todo.push_front(next);
            }
        }
        Ok(finish(place, page))
    }

    fn listing(&self, history: bool, mut place: Place, response: &Response) -> Result<StreamPage, Failure> {
        let window = self.window(history, &place);
        if response.status == 400 && place.token.is_some() {
            // The server forgot where we were: the window says it as well.
            (place.token, place.print, place.skip) = (None, None, 0);
            return Ok(StreamPage { next: Some(place.write()), more: true, ..StreamPage::default() });
        }
        let Listing { changes, bad, seen, held, more, total, token } = self.0.listed(&window, response)?;
        let newest = seen.iter().map(|seen| seen.at).max();
        if !history && place.head.is_none() {
            place.head = newest;
            return Ok(StreamPage { next: Some(place.write()), ..StreamPage::default() });
        }
        let mut more = more.unwrap_or(held >= window.size) && held > 0;
        let print = print_of(&seen);
        let same = token.is_some() && token == place.token;
        if more && (same || place.print.as_ref() == Some(&print)) {
            return Err(Failure::Loop { host: self.0.site().authority() });
        }
        let oldest = seen.iter().map(|seen| seen.at).min();
        let advanced = if self.0.knows_time() {
            let edge = if history { oldest } else { newest };
            let one_moment = oldest.map(|at| self.grain(at)) == newest.map(|at| self.grain(at));
            // A full page of one moment is turned: its window would bring the same page again.
            let advanced = self.advanced(history, &window, edge) && !(more && one_moment);
            place.at = if advanced { edge } else { place.at };
            advanced
        } else if history {
            let lowest = seen.iter().filter_map(|seen| seen.id.parse().ok()).min();
            let advanced = lowest.is_some_and(|lowest| window.below.is_none_or(|below| lowest < below));
            (place.below, place.at) = (if advanced { lowest } else { place.below }, oldest);
            advanced
        } else {
            // What changes meanwhile pushes the rest down: pages repeat and leave nothing out.
            place.at = place.at.max(newest);
            more &= oldest.zip(place.head).is_none_or(|(oldest, head)| oldest.0 >= head.0 - OVERLAP);
            false
        };
        // Without windows a page may reach back further than anything has changed.
        let since = place.head.filter(|_| !history).map(|head| Millis(head.0 - OVERLAP));
        let recent = |seen: &&Seen| since.is_none_or(|since| seen.at >= since);
        self.take_todo(history, &mut place, &seen.iter().filter(recent).collect::<Vec<_>>(), response);
        if !more {
            place.listed = true;
        } else if token.is_some() {
            // Followed as long as it leads somewhere.
            place.skip = if advanced { 0 } else { place.skip + 1 };
            if self.0.knows_time() && place.skip > STALE {
                return Err(Failure::Loop { host: self.0.site().authority() });
            }
        } else if advanced {
            place.skip = 0;
        } else {
            // What left its place since the last page has moved everything behind it forward: pages overlap.
            let left = place.total.zip(total).map_or(0, |(before, now)| before.saturating_sub(now));
            let step = (held - held / 10).saturating_sub(usize::try_from(left).unwrap_or(0));
            place.skip += step.max(1);
        }
        (place.print, place.token, place.total) = (Some(print), token, total);
        Ok(finish(place, StreamPage { changes, bad, ..StreamPage::default() }))
    }

    fn advanced(&self, history: bool, window: &Window, edge: Option<Millis>) -> bool {
        match (edge, history) {
            (None, _) => false,
            (Some(edge), true) => window.to.is_none_or(|to| self.grain(edge) < self.grain(to)),
            (Some(edge), false) => window.from.is_none_or(|from| self.grain(edge) > self.grain(from)),
        }
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
            place.todo.extend(todo.clone());
            if there.map_or(history, |there| at.0 < there.0 - SETTLES) {
                place.settled.push(known);
            }
        }
        // Only what the next window repeats can be met again.
        let edge = match history {
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

/// Whether there is more, and the place itself where the walk is at its end.
fn finish(mut place: Place, mut page: StreamPage) -> StreamPage {
    page.more = !place.listed || !place.todo.is_empty();
    if !page.more {
        let size = place.size;
        let head = place.head.max(place.at);
        // A server that is still empty has no history yet.
        let over = place.head.is_none() && place.at.is_some();
        let settled = if place.head.is_none() { Vec::new() } else { place.settled };
        let head = place.head.and(head);
        place = Place { head, over, size, settled, ..Place::default() };
    }
    page.next = Some(place.write());
    page
}

fn print_of(seen: &[Seen]) -> String {
    let mut print = blake3::Hasher::new();
    for seen in seen {
        print.update(seen.id.as_bytes()).update(b" ").update(&seen.at.0.to_le_bytes());
    }
    print.finalize().to_hex().chars().take(16).collect()
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

    /// *Changes* first says where *now* is, and comes again for what changed while history was read.
    fn streams(&self) -> &'static [&'static str] {
        &["changes", "history", "changes"]
    }

    fn is_over(&self, stream: &str, cursor: Option<&Cursor>) -> bool {
        stream == "history" && Place::read(cursor).over
    }

    fn request(&self, stream: &str, cursor: Option<&Cursor>) -> Request {
        let place = Place::read(cursor);
        if let Some(todo) = place.todo.front() {
            return self.0.detail(todo);
        }
        let history = stream == "history";
        let request = self.0.list(&self.window(history, &place), if history { "history" } else { "changes" });
        Request { divisible: true, ..request }
    }

    fn read(&self, stream: &str, cursor: Option<&Cursor>, response: &Response) -> Result<StreamPage, Failure> {
        let place = Place::read(cursor);
        if place.todo.is_empty() {
            self.listing(stream == "history", place, response)
        } else {
            self.detail(place, response)
        }
    }

    fn smaller(&self, _: &str, cursor: Option<&Cursor>) -> Option<Cursor> {
        Place::read(cursor).halved(self.0.page_size()).map(|place| place.write())
    }

    fn test(&self) -> Request {
        self.0.test()
    }

    fn tested(&self, response: &Response) -> Result<Found, Failure> {
        self.0.tested(response)
    }

    fn count(&self) -> Request {
        self.0.list(&Window::all(Order::Newest, 0, 1), "count")
    }

    fn counted(&self, response: &Response) -> Result<Option<u64>, Failure> {
        Ok(self.0.listed(&Window::all(Order::Newest, 0, 1), response)?.total)
    }

    fn roll(&self, after: Option<&str>) -> Request {
        self.0.list(&self.rolling(after), "roll")
    }

    fn rolled(&self, after: Option<&str>, response: &Response) -> Result<RollPage, Failure> {
        let window = self.rolling(after);
        let listing = self.0.listed(&window, response)?;
        let more = listing.more.unwrap_or(listing.held >= window.size) && listing.held > 0;
        let next = match listing.token {
            Some(token) => format!("token {token}"),
            None => (window.skip + listing.held).to_string(),
        };
        let ids = listing.seen.into_iter().map(|seen| seen.id).collect();
        Ok(RollPage { ids, next: more.then_some(next) })
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
}

impl<T: Listed> Walk<T> {
    fn rolling(&self, after: Option<&str>) -> Window {
        let size = self.0.page_size();
        match after.and_then(|after| after.strip_prefix("token ")) {
            Some(token) => Window { token: Some(token.to_owned()), ..Window::all(Order::Created, 0, size) },
            None => Window::all(Order::Created, after.and_then(|after| after.parse().ok()).unwrap_or(0), size),
        }
    }
}

#[cfg(test)]
mod tests;
