//! Zendesk: tickets through the incremental export, comments and handoffs through its ticket events, promises about time
//! through its metric events, articles of its help centre.
//!
//! The export tells by itself what was deleted or scrubbed, and its cursor is the server's own. It is for administrators:
//! where it is refused, tickets are read through the search export with a request of comments for each, and what is deleted
//! is not told. There is no recording of the exports to check against; they follow the vendor's documentation. So do
//! metrics and what customers thought, which come along with each ticket (a rating changes its ticket, so that the lists of
//! metrics and of ratings are not asked for): of both, recorded tickets only show what they look like where there is none.

mod centre;
mod page;
mod place;
mod read;
mod write;

use super::{
    Connector, Found, Lack, RollPage, StreamPage, answer,
    query::{Query, part},
    shelf::{self, ARTICLES},
};
use crate::{
    formats::zendesk as format,
    http::{Failure, Request, Response, Site},
};
use domain::{Change, Cursor, Millis};
use page::{Stamped, Tickets};
use place::{Place, Step};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::value::RawValue;

const LARGEST: usize = 1000;
/// The search export begins a little before the newest change that is known.
const OVERLAP: i64 = Millis::MINUTE;
const SIDE_LOADS: &str = "users,groups,organizations,metric_sets";

pub(super) struct Zendesk {
    site: Site,
}

impl Zendesk {
    /// `https://NAME.zendesk.com`.
    pub(super) fn at(site: &Site) -> Self {
        Self { site: site.with(None, "") }
    }

    fn ask(&self, query: Query, purpose: &'static str) -> Request {
        Request { path: query.write(), purpose, ..Request::default() }
    }

    fn good<'r>(&self, response: &'r Response) -> Result<&'r [u8], Failure> {
        answer::good(&self.site, "the help desk", response)
    }

    fn json<'r, T: Deserialize<'r>>(&self, response: &'r Response) -> Result<T, Failure> {
        answer::json(&self.site, self.good(response)?)
    }

    fn endless(&self) -> Failure {
        Failure::Loop { host: self.site.authority() }
    }
}

impl Connector for Zendesk {
    fn site(&self) -> &Site {
        &self.site
    }

    fn default_name(&self) -> String {
        self.site.host().split('.').next().unwrap_or_default().to_owned()
    }

    /// What OAuth gave, or `ADDRESS/token:TOKEN` where there still is an API token.
    fn authorization(&self, token: &SecretString) -> SecretString {
        let text = token.expose_secret().trim();
        if text.contains("/token:") { answer::basic(text) } else { answer::bearer(token) }
    }

    /// The newest page is there at once; the export begins with the oldest.
    fn streams(&self) -> &'static [&'static str] {
        &["newest", "tickets", "events", "metrics", ARTICLES]
    }

    fn is_over(&self, stream: &str, cursor: Option<&Cursor>) -> bool {
        stream == "newest" && cursor.is_some()
    }

    fn is_optional(&self, stream: &str) -> bool {
        matches!(stream, "events" | "metrics" | ARTICLES)
    }

    fn tells_what_is_gone(&self) -> bool {
        true
    }

    fn request(&self, stream: &str, cursor: Option<&Cursor>) -> Request {
        if stream == ARTICLES {
            return shelf::request(self, cursor);
        }
        let place = Place::read(cursor);
        let size = place.size(LARGEST);
        match (stream, place.step) {
            ("newest", _) => {
                let query = Query::of("/api/v2/tickets.json").with("sort", "-updated_at").with("page[size]", "100");
                self.ask(query.with("include", SIDE_LOADS), "newest")
            }
            ("events", Step::Events) => {
                let query = Query::of("/api/v2/incremental/ticket_events.json");
                let query = query.with("start_time", &place.start.to_string()).with("include", "comment_events");
                let request = self.ask(query.with_number("per_page", size), "events");
                Request { divisible: true, ..request }
            }
            ("metrics", _) => {
                let query = Query::of("/api/v2/incremental/ticket_metric_events.json");
                let query = query.with("start_time", &place.start.to_string()).with_number("per_page", size);
                Request { divisible: true, ..self.ask(query, "metrics") }
            }
            ("events", step) => {
                let query = match step {
                    Step::Groups => Query::of("/api/v2/groups.json"),
                    _ => Query::of("/api/v2/users.json").with("role[]", "agent").with("role[]", "admin"),
                };
                let query = query.with("page[size]", "100");
                self.ask(after(query, place.cursor.as_deref()), "names")
            }
            (_, Step::Search) => match place.todo.front() {
                Some(ticket) => {
                    let query = Query::of(format!("/api/v2/tickets/{}/comments.json", part(ticket)));
                    self.ask(after(query.with("page[size]", "100"), place.after.as_deref()), "comments")
                }
                None => {
                    let since = Millis(place.since.map_or(0, |at| (at - OVERLAP).max(0)) / 1000 * 1000).to_rfc3339();
                    let query = Query::of("/api/v2/search/export.json").with("filter[type]", "ticket");
                    let query = query.with("query", &format!("updated>={since}")).with("page[size]", "100");
                    self.ask(after(query, place.cursor.as_deref()), "tickets")
                }
            },
            _ => {
                let query = Query::of("/api/v2/incremental/tickets/cursor.json");
                let query = match &place.cursor {
                    Some(cursor) => query.with("cursor", cursor),
                    None => query.with("start_time", &place.start.to_string()),
                };
                let request = self.ask(query.with_number("per_page", size).with("include", SIDE_LOADS), "tickets");
                Request { divisible: true, ..request }
            }
        }
    }

    fn read(&self, stream: &str, cursor: Option<&Cursor>, response: &Response) -> Result<StreamPage, Failure> {
        if stream == ARTICLES {
            return shelf::read(self, cursor, response);
        }
        let mut place = Place::read(cursor);
        match (stream, place.step) {
            ("newest", _) => {
                let page: Tickets<'_> = self.json(response)?;
                let mut out = StreamPage::default();
                self.tickets(page, &mut place, &mut out);
                out.next = Some(place.write());
                Ok(out)
            }
            ("events", _) => self.happened(place, response),
            ("metrics", _) => self.measured(place, response),
            (_, Step::Search) if !place.todo.is_empty() => self.commented(place, response),
            (_, Step::Search) => self.searched(place, response),
            _ => self.exported(place, response),
        }
    }

    fn smaller(&self, stream: &str, cursor: Option<&Cursor>) -> Option<Cursor> {
        Place::read(cursor).halved(LARGEST).filter(|_| stream != ARTICLES).map(|place| place.write())
    }

    fn test(&self) -> Request {
        self.ask(Query::of("/api/v2/users/me.json"), "test")
    }

    fn tested(&self, response: &Response) -> Result<Found, Failure> {
        #[derive(Deserialize)]
        struct Me {
            user: Myself,
        }
        #[derive(Deserialize)]
        struct Myself {
            #[serde(default)]
            id: Option<u64>,
            #[serde(default)]
            role: Option<String>,
        }
        let Me { user } = self.json(response)?;
        // A wrong token is answered as if nobody had asked.
        if user.id.is_none() {
            return Err(Failure::TokenRefused { host: self.site.authority() });
        }
        let role = user.role.filter(|role| role.bytes().all(|byte| byte.is_ascii_graphic())).unwrap_or_default();
        if role == "end-user" {
            return Err(Failure::AccessDenied {
                host: self.site.authority(),
                said: "this account is a customer's".into(),
            });
        }
        let left = response.header("x-rate-limit-remaining").or_else(|| response.header("ratelimit-remaining"));
        let requests_left = left.and_then(|left| left.parse().ok());
        let lacks = if role == "admin" { Vec::new() } else { vec![Lack::Export] };
        Ok(Found { name: format!("{} ({role})", self.site.authority()), private: true, requests_left, lacks })
    }

    fn count(&self) -> Request {
        self.ask(Query::of("/api/v2/tickets/count.json"), "count")
    }

    fn counted(&self, _: &Response) -> Result<Option<u64>, Failure> {
        Ok(None)
    }

    fn roll(&self, after: Option<&str>) -> Request {
        let query = Query::of("/api/v2/tickets.json").with("page[size]", "100");
        self.ask(self::after(query, after), "roll")
    }

    fn rolled(&self, _: Option<&str>, response: &Response) -> Result<RollPage, Failure> {
        let page: Tickets<'_> = self.json(response)?;
        let next = page.meta.after_cursor.filter(|_| page.meta.has_more);
        let ids = page.tickets.iter().filter_map(|record| serde_json::from_str::<Stamped>(record.get()).ok());
        Ok(RollPage { ids: ids.map(|stamped| stamped.id.to_string()).collect(), next })
    }

    fn one(&self, id: &str) -> Request {
        self.ask(Query::of(format!("/api/v2/tickets/{}.json", part(id))), "missing")
    }

    fn found(&self, id: &str, response: &Response) -> Result<Vec<Change>, Failure> {
        if matches!(response.status, 403 | 404 | 410) {
            return Ok(vec![Change::Delete { ticket: id.to_owned() }]);
        }
        #[derive(Deserialize)]
        struct One<'a> {
            #[serde(borrow)]
            ticket: &'a RawValue,
        }
        let one: One<'_> = self.json(response)?;
        let mut changes = Vec::new();
        format::read(one.ticket.get(), &mut changes)
            .map_err(|reason| Failure::Unreadable { host: self.site.authority(), reason })?;
        Ok(changes)
    }
}

fn after(query: Query, cursor: Option<&str>) -> Query {
    match cursor {
        Some(cursor) => query.with("page[after]", cursor),
        None => query,
    }
}

#[cfg(test)]
mod tests;
