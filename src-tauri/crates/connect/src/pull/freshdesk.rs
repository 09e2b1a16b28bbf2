//! Freshdesk: tickets with their conversations, solution articles.
//!
//! It can be asked what changed since a moment, and shows no more than three hundred pages of any answer: so windows move
//! and pages are turned only within a second. Agents, groups and companies are told by number; their names come in lists of
//! their own, once in a run (an account that may not read them sees numbers). It tells no handoffs. Checked against bodies
//! that a client's tests keep and against the vendor's documentation, not against a live desk.

mod centre;
mod write;

use super::{
    Found, Lack, Probe, answer, found,
    listed::{Detail, Fate, Listed, Listing, Order, Reach, Seen, Todo, Window, each},
    query::{Query, part},
    shelf::{ARTICLES, Centre},
};
use crate::{
    BadRecord,
    formats::{freshdesk as format, lenient},
    http::{Failure, Request, Response, Site},
};
use domain::Millis;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{json, value::RawValue};

const PAGE: usize = 100;

pub(super) struct Freshdesk {
    site: Site,
}

impl Freshdesk {
    /// `https://NAME.freshdesk.com`.
    pub(super) fn at(site: &Site) -> Self {
        Self { site: site.with(None, "") }
    }

    fn ask(&self, query: Query, purpose: &'static str) -> Request {
        Request { path: query.write(), purpose, ..Request::default() }
    }

    fn records<'r>(&self, response: &'r Response) -> Result<Vec<&'r RawValue>, Failure> {
        answer::json(&self.site, self.good(response)?)
    }
}

impl Listed for Freshdesk {
    fn site(&self) -> &Site {
        &self.site
    }

    fn default_name(&self) -> String {
        self.site.host().split('.').next().unwrap_or_default().to_owned()
    }

    /// A key stands in the place of a user name.
    fn authorization(&self, token: &SecretString) -> SecretString {
        let token = token.expose_secret().trim();
        if token.contains(':') { answer::basic(token) } else { answer::basic(&format!("{token}:X")) }
    }

    fn what(&self) -> String {
        "the help desk".into()
    }

    fn streams(&self) -> &'static [&'static str] {
        &["whole groups", "whole agents", "changes", "history", "whole companies", "changes", ARTICLES]
    }

    fn holds_tickets(&self, list: &str) -> bool {
        list.is_empty()
    }

    fn is_optional(&self, list: &str) -> bool {
        !list.is_empty()
    }

    fn centre(&self) -> Option<&dyn Centre> {
        Some(self)
    }

    fn reach(&self) -> Reach {
        Reach::Since
    }

    fn counts_pages(&self) -> bool {
        true
    }

    fn list(&self, window: &Window, purpose: &'static str) -> Request {
        if !window.list.is_empty() {
            let query = Query::of(format!("/api/v2/{}", window.list)).with_number("per_page", window.size);
            return self.ask(query.with_number("page", window.page()), "names");
        }
        let (by, order) = match window.order {
            // The roll goes by changes too: no other walk gets past the last page that is shown.
            Order::Oldest | Order::Created => ("updated_at", "asc"),
            Order::Newest => ("updated_at", "desc"),
            Order::LastCreated => ("created_at", "desc"),
        };
        let turned = Turned::of(window);
        // Without a moment only the last thirty days are told.
        let since = turned.since.or(window.from).unwrap_or(Millis(0));
        let mut query = Query::of("/api/v2/tickets").with("updated_since", &seconds(since));
        query = query.with("order_by", by).with("order_type", order);
        if !matches!(purpose, "roll" | "count") {
            query = query.with("include", "description,requester,stats");
        }
        self.ask(query.with_number("per_page", window.size).with_number("page", turned.page), purpose)
    }

    fn listed(&self, window: &Window, response: &Response) -> Result<Listing, Failure> {
        let mut listing = Listing::default();
        if !window.list.is_empty() {
            let records: Vec<&RawValue> = answer::optional(&self.site, self.good(response)?)?;
            each(&records, &mut listing, |record, changes| {
                let (id, at) = format::read_name(record, &window.list, changes)?;
                Ok(Seen { id, at, todo: None })
            });
            return Ok(listing);
        }
        let (records, base) = (self.records(response)?, self.site.origin());
        each(&records, &mut listing, |record, changes| {
            let read = format::read(record, &base, changes)?;
            let note = json!([1, read.asked.id, read.asked.name]).to_string();
            Ok(Seen { todo: (!read.gone).then(|| Todo { id: read.id.clone(), note }), id: read.id, at: read.at })
        });
        let more =
            listing.held >= window.size || response.header("link").is_some_and(|link| link.contains("rel=\"next\""));
        listing.more = Some(more);
        if window.order == Order::Created && more {
            let newest = listing.seen.iter().map(|seen| seen.at).max();
            listing.token = Some(Turned::of(window).next(newest));
        }
        Ok(listing)
    }

    fn detail(&self, todo: &Todo) -> Request {
        let query = Query::of(format!("/api/v2/tickets/{}/conversations", part(&todo.id)));
        self.ask(query.with_number("per_page", PAGE).with_number("page", page_of(todo).0), "conversations")
    }

    fn detailed(&self, todo: &Todo, response: &Response) -> Result<Detail, Failure> {
        let records = self.records(response)?;
        let (page, asked) = page_of(todo);
        let mut detail = Detail::default();
        for (record, line) in records.iter().zip(1u64..) {
            let read = format::read_conversation(record.get(), &todo.id, &asked, &mut detail.changes);
            detail.bad.extend(read.err().map(|reason| BadRecord::of(&todo.id, line, reason)));
        }
        let linked = response.header("link").is_some_and(|link| link.contains("rel=\"next\""));
        if !records.is_empty() && (linked || records.len() >= PAGE) {
            let note = json!([page + 1, asked.id, asked.name]).to_string();
            detail.next = Some(Todo { id: todo.id.clone(), note });
        }
        if page == 1 {
            detail.close(&todo.id);
        }
        Ok(detail)
    }

    fn test(&self) -> Request {
        self.list(&Window::all(Order::Newest, 0, 1), "test")
    }

    fn tested(&self, response: &Response) -> Result<Found, Failure> {
        self.records(response)?;
        let requests_left = response.header("x-ratelimit-remaining").and_then(|left| left.parse().ok());
        Ok(Found { name: self.site.authority(), private: true, requests_left, lacks: Vec::new() })
    }

    /// Who asks says which tickets are for it; the rest is asked for by itself.
    fn probe(&self, writes: bool, told: &[Response]) -> Probe {
        let ask = |path: &str| self.ask(Query::of(path).with_number("per_page", 1), "test");
        let names: found::Reads = |told| found::refused(told).then_some(Lack::List("names"));
        // 1: all tickets; 2: those of its groups; 3: its own.
        let scope: found::Reads = |response| {
            let scope = found::told(response)?.get("ticket_scope")?.as_i64()?;
            (scope != 1).then_some(Lack::Scope)
        };
        let articles: found::Reads = |told| found::refused(told).then_some(Lack::List("articles"));
        let mut all = vec![
            (self.ask(Query::of("/api/v2/agents/me"), "test"), scope),
            (ask("/api/v2/groups"), names),
            (ask("/api/v2/agents"), names),
            (ask("/api/v2/companies"), names),
            (ask("/api/v2/solutions/categories"), articles),
        ];
        if writes {
            // A customer has a key, too, and is no agent.
            let agent: found::Reads = |told| matches!(told.status, 401 | 403 | 404).then_some(Lack::Write);
            all.push((self.ask(Query::of("/api/v2/agents/me"), "test"), agent));
        }
        found::each(all, told)
    }

    fn dropped(&self, page: usize) -> Option<Request> {
        let query = Query::of("/api/v2/tickets").with("filter", "deleted").with("updated_since", &seconds(Millis(0)));
        let query = query.with("order_by", "updated_at").with("order_type", "desc");
        Some(self.ask(query.with_number("per_page", PAGE).with_number("page", page), "deleted"))
    }

    /// Who may not see them is told of none, and so is whoever asks beyond the last page.
    fn dropped_ids(&self, response: &Response) -> Result<Vec<String>, Failure> {
        #[derive(Deserialize)]
        struct All(#[serde(deserialize_with = "lenient::members")] Vec<Named>);
        #[derive(Deserialize)]
        struct Named {
            #[serde(deserialize_with = "lenient::id")]
            id: String,
        }
        if matches!(response.status, 400 | 403 | 404) {
            return Ok(Vec::new());
        }
        let All(named) = answer::json(&self.site, self.good(response)?)?;
        Ok(named.into_iter().map(|one| one.id).collect())
    }

    fn one(&self, id: &str) -> Request {
        let query = Query::of(format!("/api/v2/tickets/{}", part(id)));
        self.ask(query.with("include", "requester,stats,company"), "missing")
    }

    fn found(&self, id: &str, response: &Response) -> Result<Fate, Failure> {
        let unreadable = |reason| Failure::Unreadable { host: self.site.authority(), reason };
        let text = std::str::from_utf8(self.good(response)?).map_err(|_| unreadable("it is not text".into()))?;
        let mut changes = Vec::new();
        let read = format::read(text, &self.site.origin(), &mut changes).map_err(unreadable)?;
        Ok(if read.id == id && !read.gone { Fate::There(changes) } else { Fate::Gone })
    }
}

/// Where the roll has come to: a moment, and the page of what changed since. Else the window's own page.
struct Turned {
    since: Option<Millis>,
    page: usize,
}

impl Turned {
    fn of(window: &Window) -> Self {
        let token = window.token.as_ref().and_then(|token| token.split_once(' '));
        let token = token.and_then(|(since, page)| Some((since.parse().ok()?, page.parse().ok()?)));
        match token {
            Some((since, page)) => Self { since: Some(Millis(since)), page },
            None => Self { since: None, page: window.page() },
        }
    }

    fn next(&self, newest: Option<Millis>) -> String {
        let since = self.since.unwrap_or(Millis(0));
        match newest.filter(|newest| newest.0 / 1000 > since.0 / 1000) {
            Some(newest) => format!("{} 1", newest.0),
            None => format!("{} {}", since.0, self.page + 1),
        }
    }
}

/// Which page of a ticket's conversations, and who asked.
fn page_of(todo: &Todo) -> (usize, format::Asked) {
    let (page, id, name) = serde_json::from_str(&todo.note).unwrap_or((1, None, None));
    (page, format::Asked { id, name })
}

fn seconds(at: Millis) -> String {
    Millis(at.0.div_euclid(1000) * 1000).to_rfc3339()
}

#[cfg(test)]
mod tests;
