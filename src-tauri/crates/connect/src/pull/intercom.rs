//! Intercom: conversations with their parts, and articles.
//!
//! **Checked against the vendor's documentation alone (its OpenAPI of version 2.14): there was neither a workspace nor a
//! recording to try it on.** A search compares times by the day, in the workspace's own zone, so none is used to bound one:
//! what changed is read from the newest back, in the order that the search is asked for. (Other clients ask for that order;
//! the OpenAPI leaves it out.) Of a conversation the newest five hundred parts are told. Teams and teammates are told by
//! number; their names come in lists of their own, once in a run, and so do companies'. Of the contacts of a page one search for
//! each fifteen says which company they are of (a search joins no more): nothing else of a contact is read, and none that
//! wrote nothing. Where a token may not read contacts, conversations have no account. Tickets of the other kind are not read.

mod centre;
mod contact;

use super::{
    Found, Lack, Probe, answer, found,
    listed::{Detail, Fate, Listed, Listing, Order, Reach, Seen, Todo, Window, each},
    query::part,
    shelf::{ARTICLES, Centre},
};
use crate::{
    BadRecord,
    formats::{intercom as format, lenient},
    http::{Asks, Failure, Request, Response, Site},
};
use domain::Millis;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{json, value::RawValue};

/// What is asked in, so that a newer one changes nothing here.
const VERSION: &str = "2.14";

pub(super) struct Intercom {
    site: Site,
    /// Where people open a conversation.
    inbox: String,
}

#[derive(Default, Deserialize)]
struct Page<'a> {
    #[serde(borrow, default)]
    conversations: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    teams: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    admins: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    data: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::whole")]
    total_count: Option<u64>,
    #[serde(default)]
    pages: Option<Pages>,
}

#[derive(Deserialize)]
struct Pages {
    #[serde(default, deserialize_with = "contact::next")]
    next: Option<String>,
    #[serde(default, deserialize_with = "lenient::whole")]
    page: Option<u64>,
    #[serde(default, deserialize_with = "lenient::whole")]
    total_pages: Option<u64>,
}

#[derive(Deserialize)]
struct Me {
    #[serde(default, deserialize_with = "lenient::loosely")]
    app: Option<App>,
}

#[derive(Deserialize)]
struct App {
    #[serde(default, deserialize_with = "lenient::text")]
    name: Option<String>,
}

impl Intercom {
    /// `https://app.intercom.com`, `https://app.eu.intercom.com`, `https://app.au.intercom.com`, or the interface itself.
    pub(super) fn at(site: &Site) -> Result<Self, Failure> {
        let host = site.host();
        let region = ["", "eu.", "au."]
            .into_iter()
            .find(|region| host == format!("app.{region}intercom.com") || host == format!("api.{region}intercom.io"));
        let ours = matches!(site.reach(), crate::http::Reach::ThisMachine);
        match region {
            Some(region) => Ok(Self {
                site: site.with(Some(&format!("api.{region}intercom.io")), ""),
                inbox: format!("https://app.{region}intercom.com/a/inbox/_/inbox/conversation"),
            }),
            None if ours => Ok(Self { site: site.with(None, ""), inbox: format!("{}/conversations", site.origin()) }),
            None => Err(Failure::BadAddress {
                address: format!("{}{}", site.origin(), site.path()),
                because: "Intercom answers in three places; write https://app.intercom.com, https://app.eu.intercom.com or https://app.au.intercom.com",
            }),
        }
    }

    fn ask(&self, path: impl Into<String>, asks: Asks, purpose: &'static str) -> Request {
        let headers = vec![("intercom-version", VERSION.to_owned())];
        Request { path: path.into(), asks, headers, purpose, ..Request::default() }
    }

    fn text<'r>(&self, response: &'r Response) -> Result<&'r str, Failure> {
        let unreadable = |_| Failure::Unreadable { host: self.site.authority(), reason: "it is not text".into() };
        std::str::from_utf8(self.good(response)?).map_err(unreadable)
    }
}

impl Listed for Intercom {
    fn site(&self) -> &Site {
        &self.site
    }

    fn default_name(&self) -> String {
        "intercom".into()
    }

    fn authorization(&self, token: &SecretString) -> SecretString {
        answer::bearer(token)
    }

    fn what(&self) -> String {
        "the workspace".into()
    }

    fn page_size(&self) -> usize {
        150
    }

    fn streams(&self) -> &'static [&'static str] {
        &["whole teams", "whole admins", "changes", "history", "whole companies", "changes", ARTICLES]
    }

    fn holds_tickets(&self, list: &str) -> bool {
        list.is_empty()
    }

    fn is_optional(&self, list: &str) -> bool {
        !list.is_empty()
    }

    /// Companies by when they last did something; the others come in no order, and all at once.
    fn is_newest_first(&self, list: &str) -> bool {
        list == contact::COMPANIES
    }

    fn centre(&self) -> Option<&dyn Centre> {
        Some(self)
    }

    fn reach(&self) -> Reach {
        Reach::Nothing
    }

    fn list(&self, window: &Window, purpose: &'static str) -> Request {
        if window.list == contact::COMPANIES {
            return self.companies(window);
        }
        if !window.list.is_empty() {
            return self.ask(format!("/{}", window.list), Asks::Get, "names");
        }
        let (by, order) = match window.order {
            Order::Oldest => ("updated_at", "ascending"),
            Order::Newest => ("updated_at", "descending"),
            Order::Created => ("created_at", "ascending"),
            Order::LastCreated => ("created_at", "descending"),
        };
        let pagination = match &window.token {
            Some(token) => json!({ "per_page": window.size, "starting_after": token }),
            None => json!({ "per_page": window.size }),
        };
        let search = json!({
            // A search has to look for something; this is everything.
            "query": { "field": "created_at", "operator": ">", "value": "0" },
            "sort": { "field": by, "order": order },
            "pagination": pagination,
        });
        self.ask("/conversations/search", Asks::Search(search.to_string()), purpose)
    }

    fn listed(&self, window: &Window, response: &Response) -> Result<Listing, Failure> {
        let page: Page<'_> = answer::json(&self.site, self.good(response)?)?;
        if window.list == contact::COMPANIES {
            return Ok(contact::companies_listed(&page.data, page.pages.as_ref()));
        }
        if !window.list.is_empty() {
            let mut listing = Listing { more: Some(false), ..Listing::default() };
            let (word, records) = if window.list == "teams" { ("team", page.teams) } else { ("admin", page.admins) };
            each(&records, &mut listing, |record, changes| {
                let id = format::read_name(record, word, changes)?;
                Ok(Seen { id, at: Millis(0), todo: None })
            });
            return Ok(listing);
        }
        let mut listing = Listing { total: page.total_count, ..Listing::default() };
        let mut who = Vec::new();
        each(&page.conversations, &mut listing, |record, changes| {
            let before = changes.len();
            let read = format::read(record, &self.inbox, changes)?;
            if window.order == Order::Created {
                changes.truncate(before);
            }
            who.push(read.contact);
            Ok(Seen { todo: Some(Todo::of(&read.id)), id: read.id, at: read.at })
        });
        contact::ask_first(&mut listing.seen, who);
        listing.token = page.pages.and_then(|pages| pages.next);
        listing.more = Some(listing.token.is_some());
        Ok(listing)
    }

    fn detail(&self, todo: &Todo) -> Request {
        if !todo.note.is_empty() {
            return self.contacts(&todo.note);
        }
        self.ask(format!("/conversations/{}", part(&todo.id)), Asks::Get, "parts")
    }

    /// The conversation once more, as it is by now: it may have moved since it was listed.
    fn detailed(&self, todo: &Todo, response: &Response) -> Result<Detail, Failure> {
        if !todo.note.is_empty() {
            // A question that it does not take costs the accounts alone.
            let refused = matches!(response.status, 400 | 422);
            let page = if refused { Page::default() } else { answer::json(&self.site, self.good(response)?)? };
            return Ok(contact::contacts_told(&page.data, todo));
        }
        // What is no JSON at all is no record that cannot be read, but a page of something in between: it is asked for again.
        let text = answer::json::<&RawValue>(&self.site, self.good(response)?)?.get();
        let mut detail = Detail::default();
        let bad = |reason| BadRecord::of(&todo.id, 1, reason);
        match format::read(text, &self.inbox, &mut detail.changes) {
            Ok(read) if read.id == todo.id => {}
            Ok(_) => return Ok(Detail::default()),
            Err(reason) => return Ok(Detail { bad: vec![bad(reason)], ..Detail::default() }),
        }
        match format::read_parts(text, &todo.id, &mut detail.changes) {
            Ok((whole, reasons)) => {
                detail.bad.extend(reasons.into_iter().map(bad));
                if whole {
                    detail.close(&todo.id);
                }
            }
            Err(reason) => detail.bad.push(bad(reason)),
        }
        Ok(detail)
    }

    /// The conversation itself, where contacts may not be read.
    fn without(&self, todo: &Todo) -> Option<Todo> {
        (!todo.note.is_empty()).then(|| Todo::of(&todo.id))
    }

    fn test(&self) -> Request {
        self.ask("/me", Asks::Get, "test")
    }

    fn tested(&self, response: &Response) -> Result<Found, Failure> {
        let me: Me = answer::json(&self.site, self.good(response)?)?;
        let left = response.header("x-ratelimit-remaining").and_then(|left| left.parse().ok());
        let name = me.app.and_then(|app| app.name).unwrap_or_else(|| self.site.authority());
        Ok(Found { name, private: true, requests_left: left, lacks: Vec::new() })
    }

    fn probe(&self, _: bool, told: &[Response]) -> Probe {
        let search = self.list(&Window::all(Order::Newest, 0, 1), "test");
        let companies = Window { list: contact::COMPANIES.into(), ..Window::all(Order::Newest, 0, 1) };
        let all: Vec<(Request, found::Reads)> = vec![
            (search, |told| found::refused(told).then_some(Lack::List("conversations"))),
            (self.ask("/admins", Asks::Get, "test"), |told| found::refused(told).then_some(Lack::List("names"))),
            (self.contacts("1"), |told| found::refused(told).then_some(Lack::List("companies"))),
            (self.companies(&companies), |told| found::refused(told).then_some(Lack::List("companies"))),
            (self.ask("/articles?per_page=1", Asks::Get, "test"), |told| {
                found::refused(told).then_some(Lack::List("articles"))
            }),
        ];
        found::each(all, told)
    }

    fn one(&self, id: &str) -> Request {
        self.ask(format!("/conversations/{}", part(id)), Asks::Get, "missing")
    }

    fn found(&self, id: &str, response: &Response) -> Result<Fate, Failure> {
        let text = self.text(response)?;
        let mut changes = Vec::new();
        let read = format::read(text, &self.inbox, &mut changes);
        let read = read.map_err(|reason| Failure::Unreadable { host: self.site.authority(), reason })?;
        // One that was merged into another answers as that.
        Ok(if read.id == id { Fate::There(changes) } else { Fate::Gone })
    }
}

#[cfg(test)]
mod tests;
