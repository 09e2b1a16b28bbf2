//! Zendesk: tickets through the incremental export, comments and handoffs through its ticket events, promises about time
//! through its metric events, articles of its help centre.
//!
//! The export tells by itself what was deleted or scrubbed, and its cursor is the server's own. It is for administrators:
//! where it is refused, tickets are read as an agent may (`agent.rs`), and the roll finds what was deleted. There is no
//! recording of the exports to check against; they follow the vendor's documentation. So do metrics and what customers
//! thought, which come along with each ticket (a rating changes its ticket, so that the lists of metrics and of ratings are
//! not asked for): of both, recorded tickets only show what they look like where there is none.
//!
//! People, groups and organizations are told by number; their names come along with tickets and with the lists of who works
//! there, and the store puts them in.

mod agent;
mod centre;
mod page;
mod place;
mod read;
mod write;

use super::{
    Connector, Found, Lack, Probe, RollPage, StreamPage, answer, found,
    query::Query,
    shelf::{self, ARTICLES},
};
use crate::{
    formats::lenient,
    http::{Failure, Request, Response, Site},
};
use domain::{Change, Cursor, Millis};
use page::{Directory, Dropped, One, Stamped, Tickets, names};
use place::{Place, Step};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::collections::BTreeSet;

const TICKETS: &str = "tickets";
const LARGEST: usize = 1000;
/// An export whose cursor expired begins a little before the newest change that is known.
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

    /// Who works there, and in which groups: page by page.
    fn staff(&self) -> Query {
        Query::of("/api/v2/users.json").with("role[]", "agent").with("role[]", "admin").with("page[size]", "100")
    }

    fn groups(&self) -> Query {
        Query::of("/api/v2/groups.json").with("page[size]", "100")
    }

    /// By number, the first hundred of them.
    fn people(&self, some: &BTreeSet<String>) -> Query {
        Query::of("/api/v2/users/show_many.json").with("ids", &hundred(some).join(","))
    }

    /// What they are called, as far as this account may know.
    fn called(&self, response: &Response) -> Result<Vec<Change>, Failure> {
        if matches!(response.status, 403 | 404 | 422) {
            return Ok(Vec::new());
        }
        let page: Directory = self.json(response)?;
        Ok(names("user", &page.users).collect())
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
        &["newest", TICKETS, "events", "metrics", ARTICLES]
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

    fn keeps_silent(&self, stream: &str, cursor: Option<&Cursor>) -> bool {
        stream == TICKETS && Place::read(cursor).agent.is_some()
    }

    fn request(&self, stream: &str, cursor: Option<&Cursor>) -> Request {
        if stream == ARTICLES {
            return shelf::request(self, cursor);
        }
        let place = Place::read(cursor);
        if let Some(agent) = place.as_agent().filter(|_| stream == TICKETS) {
            return self.ask_as_agent(agent);
        }
        let size = place.size(LARGEST);
        match (stream, place.step) {
            ("newest", _) => {
                let query = Query::of("/api/v2/tickets.json").with("sort", "-updated_at").with("page[size]", "100");
                self.ask(query.with("include", SIDE_LOADS), "newest")
            }
            ("events", Step::Events) if !place.unnamed.is_empty() => self.ask(self.people(&place.unnamed), "names"),
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
            ("events", Step::People) => self.ask(after(self.staff(), place.cursor.as_deref()), "names"),
            ("events", Step::Groups) => self.ask(after(self.groups(), place.cursor.as_deref()), "names"),
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
        if stream == TICKETS && place.as_agent().is_some() {
            return self.read_as_agent(place, response);
        }
        match stream {
            "newest" => {
                let page: Tickets<'_> = self.json(response)?;
                let mut out = StreamPage::default();
                self.tickets(page, &mut place, &mut out);
                out.next = Some(place.write());
                Ok(out)
            }
            "events" => self.happened(place, response),
            "metrics" => self.measured(place, response),
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
            #[serde(default, deserialize_with = "lenient::said")]
            id: Option<Option<String>>,
            #[serde(default, deserialize_with = "lenient::text")]
            role: Option<String>,
            #[serde(default, deserialize_with = "lenient::text")]
            name: Option<String>,
        }
        let Me { user } = self.json(response)?;
        // A wrong token is answered as if nobody had asked: without a number, and with the name of nobody.
        let nobody = |name: &String| name == "Anonymous user";
        if user.id == Some(None) || user.id.is_none() && user.name.as_ref().is_none_or(nobody) {
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
        let who = if role.is_empty() { String::new() } else { format!(" ({role})") };
        Ok(Found { name: self.site.authority() + &who, private: true, requests_left, lacks })
    }

    /// What a token of OAuth may, it says itself; an API token may what its owner may.
    fn probe(&self, writes: bool, told: &[Response]) -> Probe {
        let articles = Query::of("/api/v2/help_center/articles.json").with("page[size]", "1");
        let mut all: Vec<(Request, found::Reads)> =
            vec![(self.ask(articles, "test"), |told| found::refused(told).then_some(Lack::List("articles")))];
        if writes {
            all.push((self.ask(Query::of("/api/v2/oauth/tokens/current.json"), "test"), |response| {
                let token = found::told(response)?;
                let scopes = token.pointer("/token/scopes")?;
                (!found::has_any(scopes, &["write", "tickets:write"])).then_some(Lack::Write)
            }));
        }
        found::each(all, told)
    }

    fn count(&self) -> Request {
        self.ask(Query::of("/api/v2/tickets/count.json"), "count")
    }

    fn counted(&self, _: &Response) -> Result<Option<u64>, Failure> {
        Ok(None)
    }

    /// Of an agent: by the search, which knows what is archived, and where that is refused by the list.
    fn roll(&self, after: Option<&str>) -> Request {
        let (list, cursor) = rolling(after);
        let query = match list {
            true => Query::of("/api/v2/tickets.json").with("page[size]", "100"),
            false => agent::search(None),
        };
        self.ask(self::after(query, cursor), "roll")
    }

    fn rolled(&self, after: Option<&str>, response: &Response) -> Result<RollPage, Failure> {
        let (list, cursor) = rolling(after);
        if !list && cursor.is_none() && matches!(response.status, 400 | 403 | 404 | 410 | 422) {
            return Ok(RollPage { next: Some(LIST.into()), ..RollPage::default() });
        }
        let page: Tickets<'_> = self.json(response)?;
        let ids = page.tickets.iter().filter_map(|record| serde_json::from_str::<Stamped<'_>>(record.get()).ok());
        let ids = ids.map(|stamped| stamped.id).collect();
        let next = page.meta.next().map(|next| if list { format!("{LIST}{next}") } else { next });
        Ok(RollPage { ids, next })
    }

    /// Of those of the last thirty days, whoever may see them.
    fn dropped(&self, page: usize) -> Option<Request> {
        let query = Query::of("/api/v2/deleted_tickets.json").with("sort_by", "deleted_at").with("sort_order", "desc");
        Some(self.ask(query.with_number("per_page", 100).with_number("page", page), "deleted"))
    }

    fn dropped_ids(&self, response: &Response) -> Result<Vec<String>, Failure> {
        if matches!(response.status, 400 | 403 | 404 | 422) {
            return Ok(Vec::new());
        }
        let page: Dropped = self.json(response)?;
        Ok(page.deleted_tickets.into_iter().map(|ticket| ticket.id).collect())
    }

    fn one(&self, id: &str) -> Request {
        self.ask(self.alone(id), "missing")
    }

    fn found(&self, id: &str, response: &Response) -> Result<Vec<Change>, Failure> {
        if matches!(response.status, 403 | 404 | 410) {
            return Ok(vec![Change::Delete { ticket: id.to_owned() }]);
        }
        let one: One<'_> = self.json(response)?;
        let mut out = StreamPage::default();
        self.tickets(one.into(), &mut Place::default(), &mut out);
        match out.bad.pop() {
            Some(bad) => Err(Failure::Unreadable { host: self.site.authority(), reason: bad.reason }),
            None => Ok(out.changes),
        }
    }
}

/// What a place in the roll begins with, where it goes through the list.
const LIST: &str = "list ";

fn rolling(after: Option<&str>) -> (bool, Option<&str>) {
    match after.map(|after| after.strip_prefix(LIST).ok_or(after)) {
        None => (false, None),
        Some(Ok(cursor)) => (true, Some(cursor).filter(|cursor| !cursor.is_empty())),
        Some(Err(cursor)) => (false, Some(cursor)),
    }
}

fn hundred(some: &BTreeSet<String>) -> Vec<String> {
    some.iter().take(100).cloned().collect()
}

fn after(query: Query, cursor: Option<&str>) -> Query {
    match cursor {
        Some(cursor) => query.with("page[after]", cursor),
        None => query,
    }
}

#[cfg(test)]
mod tests;
