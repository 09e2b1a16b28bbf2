//! Redmine: issues with their journals. The interface of versions 3 to 6, tried on 5.0.
//!
//! Its listing has everything but journals, which are asked for issue by issue. What is deleted there leaves no trace in
//! any listing: the roll tells.

mod write;

use super::{
    Found, Probe, answer, found,
    listed::{Detail, Fate, Listed, Listing, Order, Seen, Todo, Window, each},
    query::{Query, part},
};
use crate::{
    BadRecord,
    formats::{lenient, redmine as format},
    http::{Failure, Request, Response, Site},
};
use domain::Millis;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::value::RawValue;

pub(super) struct Redmine {
    site: Site,
    /// The identifier of the only project that is read, with those below it.
    project: Option<String>,
}

#[derive(Deserialize)]
struct Issues<'a> {
    #[serde(borrow)]
    issues: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::whole")]
    total_count: Option<u64>,
}

#[derive(Deserialize)]
struct One<'a> {
    #[serde(borrow)]
    issue: &'a RawValue,
}

impl Redmine {
    /// `https://tracker.example` or `https://tracker.example/projects/NAME`.
    pub(super) fn at(site: &Site) -> Result<Self, Failure> {
        let (base, project) = match site.path().split_once("/projects/") {
            Some((base, project)) => (base, Some(project.trim_end_matches("/issues"))),
            None => (site.path().trim_end_matches("/projects").trim_end_matches("/issues"), None),
        };
        if project.is_some_and(|project| project.is_empty() || project.contains('/')) {
            return Err(Failure::BadAddress {
                address: format!("{}{}", site.origin(), site.path()),
                because: "it names no project; write it like https://tracker.example/projects/NAME, or without a project for all",
            });
        }
        Ok(Self { site: site.with(None, base), project: project.map(str::to_owned) })
    }

    fn ask(&self, query: Query, purpose: &'static str) -> Request {
        Request { path: query.write(), purpose, ..Request::default() }
    }

    fn path(&self, rest: &str) -> String {
        format!("{}{rest}", self.site.path())
    }
}

impl Listed for Redmine {
    fn site(&self) -> &Site {
        &self.site
    }

    fn default_name(&self) -> String {
        self.project.clone().unwrap_or_else(|| self.site.host())
    }

    /// A key stands in the place of a user name; `name:password` works too.
    fn authorization(&self, token: &SecretString) -> SecretString {
        let token = token.expose_secret().trim();
        if token.contains(':') { answer::basic(token) } else { answer::basic(&format!("{token}:x")) }
    }

    fn what(&self) -> String {
        match &self.project {
            Some(project) => format!("the project {project}"),
            None => "its interface (an administrator turns it on under Settings, API)".into(),
        }
    }

    fn list(&self, window: &Window, purpose: &'static str) -> Request {
        let path = match &self.project {
            Some(project) => self.path(&format!("/projects/{}/issues.json", part(project))),
            None => self.path("/issues.json"),
        };
        let sort = match window.order {
            Order::Oldest => "updated_on:asc,id:asc",
            Order::Newest => "updated_on:desc,id:desc",
            Order::Created => "id:asc",
            Order::LastCreated => "id:desc",
        };
        // Closed ones are left out unless they are asked for.
        let mut query = Query::of(path).with("status_id", "*").with("sort", sort);
        if let Some(from) = window.from {
            query = query.with("updated_on", &format!(">={}", seconds(from)));
        } else if let Some(to) = window.to {
            // It keeps parts of seconds that it does not tell.
            query = query.with("updated_on", &format!("<={}", seconds(Millis(to.0 + 1000))));
        }
        if !matches!(purpose, "roll" | "count") {
            query = query.with("include", "relations,attachments");
        }
        self.ask(query.with_number("limit", window.size).with_number("offset", window.skip), purpose)
    }

    fn listed(&self, window: &Window, response: &Response) -> Result<Listing, Failure> {
        let page: Issues<'_> = answer::json(&self.site, self.good(response)?)?;
        let mut listing = Listing { total: page.total_count, ..Listing::default() };
        each(&page.issues, &mut listing, |record, changes| {
            let (id, at) = format::read_issue(record, &self.base(), changes)?;
            Ok(Seen { todo: Some(Todo::of(id.clone())), id, at })
        });
        listing.more = page.total_count.map(|total| (window.skip + listing.held) < total as usize);
        Ok(listing)
    }

    fn detail(&self, todo: &Todo) -> Request {
        let path = self.path(&format!("/issues/{}.json", part(&todo.id)));
        self.ask(Query::of(path).with("include", "journals"), "journals")
    }

    fn detailed(&self, todo: &Todo, response: &Response) -> Result<Detail, Failure> {
        let one: One<'_> = answer::json(&self.site, self.good(response)?)?;
        let mut detail = Detail::default();
        if let Err(reason) = format::read_journals(one.issue.get(), &mut detail.changes) {
            detail.changes.clear();
            detail.bad.push(BadRecord::of(&todo.id, 1, reason));
        }
        detail.close(&todo.id);
        Ok(detail)
    }

    fn test(&self) -> Request {
        self.list(&Window::all(Order::Newest, 0, 1), "test")
    }

    fn tested(&self, response: &Response) -> Result<Found, Failure> {
        let _: Issues<'_> = answer::json(&self.site, self.good(response)?)?;
        let name = self.project.clone().unwrap_or_else(|| self.site.authority());
        Ok(Found { name, private: true, requests_left: None, lacks: Vec::new() })
    }

    /// By the newest issue: whether what is written there stays among those it is for.
    fn probe(&self, writes: bool, told: &[Response]) -> Probe {
        if !writes {
            return Probe::Done(Vec::new());
        }
        let Some((newest, told)) = told.split_first() else { return Probe::Ask(self.test()) };
        let newest = found::told(newest);
        let id = newest.as_ref().and_then(|told| told.pointer("/issues/0/id")?.as_u64());
        // An empty tracker has nothing to write on yet.
        let Some(id) = id else { return Probe::Done(Vec::new()) };
        self.may_write(id, told)
    }

    fn one(&self, id: &str) -> Request {
        let path = self.path(&format!("/issues/{}.json", part(id)));
        self.ask(Query::of(path).with("include", "relations,attachments"), "missing")
    }

    fn found(&self, id: &str, response: &Response) -> Result<Fate, Failure> {
        let one: One<'_> = answer::json(&self.site, self.good(response)?)?;
        let mut changes = Vec::new();
        let read = format::read_issue(one.issue.get(), &self.base(), &mut changes);
        let (found, _) = read.map_err(|reason| Failure::Unreadable { host: self.site.authority(), reason })?;
        Ok(if found == id { Fate::There(changes) } else { Fate::Gone })
    }
}

impl Redmine {
    fn base(&self) -> String {
        format!("{}{}", self.site.origin(), self.site.path())
    }
}

/// Whole seconds: it takes no others.
fn seconds(at: Millis) -> String {
    Millis(at.0.div_euclid(1000) * 1000).to_rfc3339()
}

#[cfg(test)]
mod tests;
