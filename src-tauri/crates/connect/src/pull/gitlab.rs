//! GitLab, its own service and installed ones: issues and merge requests of a project with their notes and handoffs.
//!
//! Checked against bodies that a client's tests keep and against the vendor's documentation, not against a live server.
//! Releases name their commits, and so do tags, which most projects have without a release of them; of deployments the successful
//! ones are read. A record that has neither a note nor an assignee is not
//! looked at by itself.

mod link;
mod write;

use super::{
    Found, Lack, answer,
    listed::{Detail, Fate, Listed, Listing, Order, Seen, Todo, Window, each},
    query::{Query, part},
};
use crate::{
    BadRecord,
    formats::{gitlab as format, gitlab_release as release, lenient},
    http::{Failure, Request, Response, Site},
};
use domain::Millis;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::value::RawValue;

const PAGE: usize = 100;
/// The list of merge requests; that of issues has no name.
const MERGE_REQUESTS: &str = "merge_requests";
/// Those that tell of versions.
const RELEASES: &str = "releases";
const TAGS: &str = "tags";
const DEPLOYMENTS: &str = "deployments";

/// The least role that sees confidential issues and internal notes.
const PLANNER: u32 = 15;

pub(super) struct Gitlab {
    site: Site,
    /// With the groups that it lies in.
    project: String,
}

impl Gitlab {
    /// `https://gitlab.com/GROUP/PROJECT`, or `https://HOST/PATH/api/v4/projects/GROUP/PROJECT` where GitLab lies under a path.
    pub(super) fn at(site: &Site) -> Result<Self, Failure> {
        let (base, project) = site.path().split_once("/api/v4/projects/").unwrap_or(("", site.path()));
        let project = project.split("/-/").next().unwrap_or_default().replace("%2F", "/").replace("%2f", "/");
        let project = project.trim_matches('/').trim_end_matches(".git").to_owned();
        let fits = |part: &str| {
            part.starts_with(|first: char| first.is_alphanumeric() || first == '_')
                && part.chars().all(|letter| letter.is_alphanumeric() || "._-".contains(letter))
        };
        if !project.contains('/') || !project.split('/').all(fits) {
            return Err(Failure::BadAddress {
                address: format!("{}{}", site.origin(), site.path()),
                because: "it names no project; write it like https://gitlab.com/GROUP/PROJECT",
            });
        }
        Ok(Self { site: site.with(None, base), project })
    }

    fn query(&self, rest: &str) -> Query {
        Query::of(format!("{}/api/v4/projects/{}{rest}", self.site.path(), part(&self.project)))
    }

    fn ask(&self, query: Query, purpose: &'static str) -> Request {
        Request { path: query.write(), purpose, ..Request::default() }
    }

    /// `#12` → the path of the issue.
    fn path_of(id: &str) -> String {
        let (list, number) = match id.rsplit_once('!') {
            Some((_, number)) => (MERGE_REQUESTS, number),
            None => ("issues", id.rsplit('#').next().unwrap_or_default()),
        };
        format!("/{list}/{}", part(number))
    }
}

impl Listed for Gitlab {
    fn site(&self) -> &Site {
        &self.site
    }

    fn default_name(&self) -> String {
        self.project.rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// Tokens of every kind are taken so.
    fn authorization(&self, token: &SecretString) -> SecretString {
        answer::bearer(token)
    }

    fn what(&self) -> String {
        format!("the project {}", self.project)
    }

    fn counts_pages(&self) -> bool {
        true
    }

    fn streams(&self) -> &'static [&'static str] {
        &[
            "changes", "changes merge_requests", "history", "history merge_requests", "changes",
            "changes merge_requests", "whole releases", "whole tags", "whole deployments",
        ]
    }

    fn holds_tickets(&self, list: &str) -> bool {
        !matches!(list, RELEASES | TAGS | DEPLOYMENTS)
    }

    /// Tags come by when their commits were made.
    fn is_newest_first(&self, list: &str) -> bool {
        list != TAGS
    }

    /// A project may have none.
    fn is_optional(&self, list: &str) -> bool {
        !list.is_empty()
    }

    fn list(&self, window: &Window, purpose: &'static str) -> Request {
        let told = match &*window.list {
            TAGS => Some(self.query("/repository/tags").with("order_by", "updated")),
            RELEASES => Some(self.query("/releases").with("order_by", "released_at")),
            DEPLOYMENTS => Some(self.query("/deployments").with("order_by", "updated_at").with("status", "success")),
            _ => None,
        };
        if let Some(query) = told {
            let query = query.with("sort", "desc").with_number("per_page", window.size);
            return self.ask(query.with_number("page", window.page()), purpose);
        }
        let (by, sort) = match window.order {
            Order::Oldest => ("updated_at", "asc"),
            Order::Newest => ("updated_at", "desc"),
            Order::Created => ("created_at", "asc"),
            Order::LastCreated => ("created_at", "desc"),
        };
        let list = if window.list.is_empty() { "/issues" } else { "/merge_requests" };
        let mut query = self.query(list).with("scope", "all").with("state", "all");
        query = query.with("order_by", by).with("sort", sort);
        if let Some(from) = window.from {
            query = query.with("updated_after", &seconds(from));
        }
        if let Some(to) = window.to {
            // It keeps smaller parts of a second than it tells.
            query = query.with("updated_before", &seconds(Millis(to.0 + 1000)));
        }
        self.ask(query.with_number("per_page", window.size).with_number("page", window.page()), purpose)
    }

    fn listed(&self, window: &Window, response: &Response) -> Result<Listing, Failure> {
        let records: Vec<&RawValue> = answer::json(&self.site, self.good(response)?)?;
        let number = |name| response.header(name).and_then(|text| text.trim().parse().ok());
        let mut listing = Listing { total: number("x-total"), ..Listing::default() };
        let sign = if window.list.is_empty() { '#' } else { '!' };
        each(&records, &mut listing, |record, changes| {
            if matches!(&*window.list, RELEASES | TAGS | DEPLOYMENTS) {
                let (id, at) = release::read(record, &window.list, &self.project, changes)?;
                return Ok(Seen { id, at, todo: None });
            }
            let read = format::read(record, &self.project, sign, changes)?;
            let note = serde_json::json!([1, read.noted.author, read.noted.confidential]).to_string();
            let todo = read.has_notes.then(|| Todo { id: format!("{sign}{}", read.number), note });
            Ok(Seen { todo, id: read.id, at: read.at })
        });
        // Neither a total nor a last page comes with long lists. A next page that is named and empty is the end.
        let named = response.header("x-next-page").map(|next| !next.trim().is_empty());
        listing.more = named.or(response.header("link").map(|link| link.contains("rel=\"next\"")));
        Ok(listing)
    }

    fn detail(&self, todo: &Todo) -> Request {
        let query = self.query(&format!("{}/notes", Self::path_of(&todo.id)));
        let query = query.with("sort", "asc").with("order_by", "created_at");
        self.ask(query.with_number("per_page", PAGE).with_number("page", Turn::of(todo).0), "notes")
    }

    fn detailed(&self, todo: &Todo, response: &Response) -> Result<Detail, Failure> {
        let records: Vec<&RawValue> = answer::json(&self.site, self.good(response)?)?;
        let Turn(page, noted) = Turn::of(todo);
        let ticket = format!("{}{}", self.project, todo.id);
        let mut detail = Detail::default();
        for (record, line) in records.iter().zip(1u64..) {
            let read = format::read_note(record.get(), &ticket, &noted, &mut detail.changes);
            detail.bad.extend(read.err().map(|reason| BadRecord::of(&ticket, line, reason)));
        }
        let named = response.header("x-next-page").map(|next| !next.trim().is_empty());
        if named.unwrap_or(records.len() >= PAGE) && !records.is_empty() {
            let note = serde_json::json!([page + 1, noted.author, noted.confidential]).to_string();
            detail.next = Some(Todo { id: todo.id.clone(), note });
        }
        if page == 1 {
            detail.close(&ticket);
        }
        Ok(detail)
    }

    fn test(&self) -> Request {
        self.ask(self.query(""), "test")
    }

    fn tested(&self, response: &Response) -> Result<Found, Failure> {
        #[derive(Deserialize)]
        struct Project {
            #[serde(default, deserialize_with = "lenient::text")]
            path_with_namespace: Option<String>,
            #[serde(default, deserialize_with = "lenient::text")]
            visibility: Option<String>,
            #[serde(default, deserialize_with = "lenient::flag")]
            issues_enabled: Option<bool>,
            /// Of whoever asks; left out where nobody is signed in.
            #[serde(default, deserialize_with = "lenient::loosely")]
            permissions: Option<Permissions>,
        }
        #[derive(Deserialize)]
        struct Permissions {
            #[serde(default)]
            project_access: Option<Access>,
            #[serde(default)]
            group_access: Option<Access>,
        }
        #[derive(Deserialize)]
        struct Access {
            #[serde(default)]
            access_level: u32,
        }
        let project: Project = answer::json(&self.site, self.good(response)?)?;
        let left = response.header("ratelimit-remaining").and_then(|left| left.parse().ok());
        let private = project.visibility.as_deref() != Some("public");
        let name = project.path_with_namespace.unwrap_or_else(|| self.project.clone());
        let held = project.permissions.map(|held| [held.project_access, held.group_access]);
        let level = held.into_iter().flatten().flatten().map(|access| access.access_level).max().unwrap_or(0);
        let stranger = (level < PLANNER).then_some(Lack::Membership);
        let none = (project.issues_enabled == Some(false)).then_some(Lack::Tickets);
        Ok(Found { name, private, requests_left: left, lacks: stranger.into_iter().chain(none).collect() })
    }

    fn one(&self, id: &str) -> Request {
        self.ask(self.query(&Self::path_of(id)), "missing")
    }

    fn found(&self, id: &str, response: &Response) -> Result<Fate, Failure> {
        let unreadable = |reason| Failure::Unreadable { host: self.site.authority(), reason };
        let text = std::str::from_utf8(self.good(response)?).map_err(|_| unreadable("it is not text".into()))?;
        let mut changes = Vec::new();
        let sign = if id.contains('!') { '!' } else { '#' };
        let read = format::read(text, &self.project, sign, &mut changes).map_err(unreadable)?;
        Ok(if read.id == id { Fate::There(changes) } else { Fate::Gone })
    }
}

/// Which page of a record's notes, and what they have to know of it.
struct Turn(usize, format::Noted);

impl Turn {
    fn of(todo: &Todo) -> Self {
        let (page, author, confidential) = serde_json::from_str(&todo.note).unwrap_or((1, None, true));
        Self(page, format::Noted { author, confidential })
    }
}

fn seconds(at: Millis) -> String {
    Millis(at.0.div_euclid(1000) * 1000).to_rfc3339()
}

#[cfg(test)]
mod tests;
