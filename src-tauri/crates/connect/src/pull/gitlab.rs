//! GitLab, its own service and installed ones: issues and merge requests of a project with their notes and handoffs.
//!
//! Checked against bodies that a client's tests keep and against the vendor's documentation, not against a live server.
//! Releases name their commits, and so do tags, which most projects have without a release of them; of deployments the successful
//! ones are read. The notes of a record that has neither a note nor an assignee are not asked for.
//! What issues are linked to costs a request for each: it is asked of those that changed, and of history for those that were
//! closed. An issue that repeats another names it in its listing. Requests that close an issue say so themselves.
//! Where an issue is moved, or GitLab has no links yet, there are none.

mod link;
mod write;

use super::{
    Found, Lack, Probe, answer, found,
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
            // Requests have no links; an issue that nobody spoke in may have some all the same.
            let turn =
                Turn { page: usize::from(read.has_notes), noted: read.noted, links: sign == '#', closed: read.closed };
            let todo = (read.has_notes || turn.links).then(|| turn.todo(&format!("{sign}{}", read.number)));
            Ok(Seen { todo, id: read.id, at: read.at })
        });
        // Neither a total nor a last page comes with long lists. A next page that is named and empty is the end.
        let named = response.header("x-next-page").map(|next| !next.trim().is_empty());
        listing.more = named.or(response.header("link").map(|link| link.contains("rel=\"next\"")));
        Ok(listing)
    }

    /// Links of those that changed, and of those that were closed: whatever became of them is told there.
    fn in_history(&self, todo: &Todo) -> Option<Todo> {
        let turn = Turn::of(todo);
        let turn = Turn { links: turn.links && turn.closed, ..turn };
        (turn.page > 0 || turn.links).then(|| turn.todo(&todo.id))
    }

    fn detail_of(&self, todo: &Todo) -> &'static str {
        if Turn::of(todo).page > 0 { "details" } else { "links" }
    }

    /// What it is linked to, where its notes may not be read.
    fn without(&self, todo: &Todo) -> Option<Todo> {
        let turn = Turn::of(todo);
        (turn.page > 0 && turn.links).then(|| Turn { page: 0, ..turn }.todo(&todo.id))
    }

    fn detail(&self, todo: &Todo) -> Request {
        if Turn::of(todo).page == 0 {
            return self.ask(self.query(&format!("{}/links", Self::path_of(&todo.id))), "links");
        }
        let query = self.query(&format!("{}/notes", Self::path_of(&todo.id)));
        let query = query.with("sort", "asc").with("order_by", "created_at");
        self.ask(query.with_number("per_page", PAGE).with_number("page", Turn::of(todo).page), "notes")
    }

    fn detailed(&self, todo: &Todo, response: &Response) -> Result<Detail, Failure> {
        let records: Vec<&RawValue> = answer::json(&self.site, self.good(response)?)?;
        let turn = Turn::of(todo);
        let ticket = format!("{}{}", self.project, todo.id);
        if turn.page == 0 {
            return Ok(self.tied(&ticket, &records));
        }
        let mut detail = Detail::default();
        for (record, line) in records.iter().zip(1u64..) {
            let read = format::read_note(record.get(), &ticket, &turn.noted, &mut detail.changes);
            detail.bad.extend(read.err().map(|reason| BadRecord::of(&ticket, line, reason)));
        }
        let named = response.header("x-next-page").map(|next| !next.trim().is_empty());
        if named.unwrap_or(records.len() >= PAGE) && !records.is_empty() {
            detail.next = Some(Turn { page: turn.page + 1, ..turn }.todo(&todo.id));
            return Ok(detail);
        }
        if turn.page == 1 {
            detail.close(&ticket);
        }
        detail.next = turn.links.then(|| Turn { page: 0, ..turn }.todo(&todo.id));
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

    /// Tokens that are nobody's own do not tell what they may.
    fn probe(&self, writes: bool, told: &[Response]) -> Probe {
        let may: found::Reads = |response| {
            let token = found::told(response)?;
            let scopes = token.get("scopes")?;
            (!found::has_any(scopes, &["api"])).then_some(Lack::Write)
        };
        let requests: found::Reads = |told| found::refused(told).then_some(Lack::List("merge_requests"));
        let releases: found::Reads = |told| found::refused(told).then_some(Lack::List("releases"));
        let list = |path: &str| self.ask(self.query(path).with_number("per_page", 1), "test");
        let mut all = vec![(list("/merge_requests"), requests), (list("/releases"), releases)];
        if writes {
            let own = Query::of(format!("{}/api/v4/personal_access_tokens/self", self.site.path()));
            all.push((self.ask(own, "test"), may));
        }
        found::each(all, told)
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

/// Which page of a record's notes, and what they have to know of it; 0: its links, once its notes were read.
struct Turn {
    page: usize,
    noted: format::Noted,
    /// They are asked for.
    links: bool,
    closed: bool,
}

impl Turn {
    fn of(todo: &Todo) -> Self {
        let (page, author, confidential, links, closed) =
            serde_json::from_str(&todo.note).unwrap_or((1, None, true, false, false));
        Self { page, noted: format::Noted { author, confidential }, links, closed }
    }

    fn todo(&self, id: &str) -> Todo {
        let format::Noted { author, confidential } = &self.noted;
        let note = serde_json::json!([self.page, author, confidential, self.links, self.closed]).to_string();
        Todo { id: id.to_owned(), note }
    }
}

fn seconds(at: Millis) -> String {
    Millis(at.0.div_euclid(1000) * 1000).to_rfc3339()
}

#[cfg(test)]
mod tests;
