//! Sentry, its own service and installed ones: the issues of an organization, and of each the latest event.
//!
//! **Checked against the vendor's documentation alone: there was neither a server nor a recording to try it on.** It names
//! no total and no next page that could be trusted, only whether the next one has results. What was last seen more than
//! ninety days ago is not told. A release is told with its last deploy; where it has more, they are asked for by themselves.

use super::{
    Found, Lack, Probe, answer, found,
    listed::{Detail, Fate, Listed, Listing, Order, Reach, Seen, Todo, Window, each},
    query::{Query, part},
};
use crate::{
    BadRecord,
    formats::{sentry as format, sentry_release as release},
    http::{Failure, Request, Response, Site},
};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::value::RawValue;

/// The list of versions; that of issues has no name.
const RELEASES: &str = "releases";

pub(super) struct Sentry {
    site: Site,
    organization: String,
}

impl Sentry {
    /// `https://NAME.sentry.io`, or `https://sentry.example/organizations/NAME` on a server of one's own.
    pub(super) fn at(site: &Site) -> Result<Self, Failure> {
        let host = site.host();
        let named = site.path().split_once("/organizations/").map(|(base, rest)| (base, rest.split('/').next()));
        let (base, organization) = match named {
            Some((base, Some(name))) => (base, name),
            _ => ("", host.strip_suffix(".sentry.io").unwrap_or_default()),
        };
        let sayable = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        if organization.is_empty() || !organization.bytes().all(sayable) {
            return Err(Failure::BadAddress {
                address: format!("{}{}", site.origin(), site.path()),
                because: "it names no organization; write it like https://NAME.sentry.io or https://sentry.example/organizations/NAME",
            });
        }
        Ok(Self { site: site.with(None, base), organization: organization.to_owned() })
    }

    fn query(&self, rest: &str) -> Query {
        Query::of(format!("{}/api/0/organizations/{}{rest}", self.site.path(), self.organization))
    }

    fn ask(&self, query: Query, purpose: &'static str) -> Request {
        Request { path: query.write(), purpose, ..Request::default() }
    }
}

impl Listed for Sentry {
    fn site(&self) -> &Site {
        &self.site
    }

    fn default_name(&self) -> String {
        self.organization.clone()
    }

    fn authorization(&self, token: &SecretString) -> SecretString {
        answer::bearer(token)
    }

    fn what(&self) -> String {
        format!("the organization {}", self.organization)
    }

    fn reach(&self) -> Reach {
        Reach::Nothing
    }

    fn streams(&self) -> &'static [&'static str] {
        &["changes", "history", "changes", "whole releases"]
    }

    fn holds_tickets(&self, list: &str) -> bool {
        list.is_empty()
    }

    /// A token for issues may not see them.
    fn is_optional(&self, list: &str) -> bool {
        list == RELEASES
    }

    fn list(&self, window: &Window, purpose: &'static str) -> Request {
        if window.list == RELEASES {
            let mut query = self.query("/releases/").with_number("per_page", window.size);
            if let Some(token) = &window.token {
                query = query.with("cursor", token);
            }
            return self.ask(query, purpose);
        }
        // An empty query, because without one only what is unresolved is told.
        let mut query = self.query("/issues/").with("query", "").with("statsPeriod", "90d");
        query = query.with("sort", if matches!(window.order, Order::Oldest | Order::Newest) { "date" } else { "new" });
        query = query.with_number("limit", window.size);
        if let Some(token) = &window.token {
            query = query.with("cursor", token);
        }
        self.ask(query, purpose)
    }

    fn listed(&self, window: &Window, response: &Response) -> Result<Listing, Failure> {
        let records: Vec<&RawValue> = answer::json(&self.site, self.good(response)?)?;
        let mut listing = Listing::default();
        each(&records, &mut listing, |record, changes| {
            if window.list == RELEASES {
                let read = release::read(record, changes)?;
                let note = serde_json::json!([read.version, read.projects]).to_string();
                let todo = (read.deploys > 1).then(|| Todo { id: DEPLOYS.into(), note });
                return Ok(Seen { id: read.id, at: read.at, todo });
            }
            let before = changes.len();
            let read = format::read(record, changes)?;
            if window.order == Order::Created {
                changes.truncate(before);
            }
            let todo = Todo { id: read.id.clone(), note: read.number };
            Ok(Seen { id: read.id, at: read.at, todo: Some(todo) })
        });
        listing.token = response.header("link").and_then(next_cursor);
        listing.more = Some(listing.token.is_some());
        Ok(listing)
    }

    fn detail(&self, todo: &Todo) -> Request {
        if todo.id == DEPLOYS {
            let path = format!("/releases/{}/deploys/", part(&deployed(todo).0));
            return self.ask(self.query(&path), "releases");
        }
        self.ask(self.query(&format!("/issues/{}/events/latest/", part(&todo.note))), "event")
    }

    fn detail_of(&self, todo: &Todo) -> &'static str {
        if todo.id == DEPLOYS { "deploys" } else { "details" }
    }

    fn detailed(&self, todo: &Todo, response: &Response) -> Result<Detail, Failure> {
        if todo.id == DEPLOYS {
            let (version, projects) = deployed(todo);
            let records: Vec<&RawValue> = answer::json(&self.site, self.good(response)?)?;
            let mut detail = Detail::default();
            for record in records {
                // One that cannot be read costs itself alone.
                let _ = release::read_deploy(record.get(), &version, &projects, &mut detail.changes);
            }
            return Ok(detail);
        }
        let record: &RawValue = answer::json(&self.site, self.good(response)?)?;
        let mut detail = Detail::default();
        let read = format::read_event(record.get(), &todo.id, &mut detail.changes);
        detail.bad.extend(read.err().map(|reason| BadRecord::of(&todo.id, 1, reason)));
        Ok(detail)
    }

    fn test(&self) -> Request {
        self.list(&Window::all(Order::Newest, 0, 1), "test")
    }

    fn tested(&self, response: &Response) -> Result<Found, Failure> {
        let _: Vec<&RawValue> = answer::json(&self.site, self.good(response)?)?;
        let left = response.header("x-sentry-rate-limit-remaining").and_then(|left| left.parse().ok());
        Ok(Found { name: self.organization.clone(), private: true, requests_left: left, lacks: Vec::new() })
    }

    /// The newest issue's event is asked for, because a token may see the one and not the other.
    fn probe(&self, _: bool, told: &[Response]) -> Probe {
        let ask = |query| Probe::Ask(self.ask(query, "test"));
        let releases = told.get(1).is_some_and(found::refused).then_some(Lack::List("releases"));
        let event = told.get(2).is_some_and(found::refused).then_some(Lack::List("events"));
        let newest = told.first().and_then(found::told);
        let id = newest.as_ref().and_then(|told| told.get(0)?.get("id")?.as_str());
        match (told.len(), id) {
            (0, _) => Probe::Ask(self.test()),
            (1, _) => ask(self.query("/releases/").with_number("per_page", 1)),
            (2, Some(id)) => ask(self.query(&format!("/issues/{}/events/latest/", part(id)))),
            _ => Probe::Done(releases.into_iter().chain(event).collect()),
        }
    }

    fn one(&self, id: &str) -> Request {
        self.ask(self.query(&format!("/shortids/{}/", part(id))), "missing")
    }

    /// A merged issue answers as the one that it was merged into.
    fn found(&self, id: &str, response: &Response) -> Result<Fate, Failure> {
        #[derive(Deserialize)]
        struct Named<'a> {
            #[serde(borrow)]
            group: &'a RawValue,
        }
        let named: Named<'_> = answer::json(&self.site, self.good(response)?)?;
        let mut changes = Vec::new();
        let read = format::read(named.group.get(), &mut changes);
        let read = read.map_err(|reason| Failure::Unreadable { host: self.site.authority(), reason })?;
        Ok(if read.id == id { Fate::There(changes) } else { Fate::Gone })
    }
}

/// What asks for the deploys of a release, in the place of an issue's id.
const DEPLOYS: &str = "deploys of a release";

/// Of which version, and of which projects.
fn deployed(todo: &Todo) -> (String, Vec<String>) {
    serde_json::from_str(&todo.note).unwrap_or_default()
}

/// There is always a next page; only its `results` say whether it has any.
fn next_cursor(link: &str) -> Option<String> {
    let next = link.split(',').find(|part| part.contains("rel=\"next\"") && part.contains("results=\"true\""))?;
    let (_, rest) = next.split_once("cursor=\"")?;
    rest.split('"').next().filter(|cursor| !cursor.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests;
