//! GitHub and GitHub Enterprise: issues and pull requests, and what was said about them.
//!
//! The newest come first; then history in stretches and from then on what changed, always by the server's own `updated_at`
//! and from a stamp on, so that what moves while it is paged is seen twice and never missed. What is gone is told by the
//! roll. Releases, tags and deployments are short lists of their own; the tags name the commits, and each deployment that is
//! there to stay is asked once for its statuses, because only they say whether it arrived. What links issues is read out of
//! texts that come anyway, and out of the timeline of each issue that is closed and changed (`github/timeline.rs`): which
//! requests and issues refer to it, and which of those fixed it. *Of which* issue another is a duplicate the service tells
//! in a remark alone: its events `marked_as_duplicate` and `connected` do not name the other one. A commit that closed an issue
//! is in the clone's history. Checked against recorded traffic of the service (of tags, deployments and links there is none);
//! Enterprise against its documentation.

mod link;
mod timeline;
mod write;

use super::{
    Found, Lack, Probe, answer, found,
    listed::{Detail, Fate, Listed, Listing, Order, Reach, Seen, Todo, Window, each},
    query::part,
};
use crate::{
    BadRecord,
    formats::{Loose, github as format, github_deploy as deploy, github_release as release, lenient},
    http::{Failure, Request, Response, Site},
};
use domain::Millis;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::value::RawValue;

/// The list of comments; that of issues has no name.
const COMMENTS: &str = "comments";
/// Those that tell of versions.
const RELEASES: &str = "releases";
const TAGS: &str = "tags";
const DEPLOYMENTS: &str = "deployments";

/// Requests an hour that everybody has, signed in or not.
const FEW: u64 = 60;

pub(super) struct Github {
    site: Site,
    /// `owner/name`, as the person wrote it: ids are made of it and stay when it is renamed.
    repository: String,
}

#[derive(Deserialize)]
struct Stamped<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    number: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default)]
    updated_at: Loose<'a>,
}

impl Github {
    pub(super) fn at(site: &Site) -> Result<Self, Failure> {
        let wrong = || Failure::BadAddress {
            address: format!("{}{}", site.origin(), site.path()),
            because: "it names no repository; write it like https://github.com/OWNER/REPOSITORY",
        };
        let path = site.path().trim_start_matches('/').trim_end_matches(".git");
        let parts: Vec<&str> = path.split('/').collect();
        let fits = |part: &&str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        };
        if parts.len() != 2 || !parts.iter().all(fits) {
            return Err(wrong());
        }
        let interface = match site.host().as_str() {
            "github.com" | "www.github.com" => site.with(Some("api.github.com"), ""),
            _ => site.with(None, "/api/v3"),
        };
        Ok(Self { site: interface, repository: path.to_owned() })
    }

    fn ask(&self, path: &str, purpose: &'static str) -> Request {
        let headers = vec![
            ("accept", "application/vnd.github+json".to_owned()),
            ("x-github-api-version", "2022-11-28".to_owned()),
        ];
        let path = format!("{}/repos/{}{path}", self.site.path(), self.repository);
        Request { path, headers, purpose, ..Request::default() }
    }

    fn records<'a>(&self, response: &'a Response) -> Result<Vec<&'a RawValue>, Failure> {
        serde_json::from_slice(self.good(response)?).map_err(|error| answer::unreadable(&self.site, &error))
    }
}

impl Listed for Github {
    fn site(&self) -> &Site {
        &self.site
    }

    fn default_name(&self) -> String {
        self.repository.rsplit('/').next().unwrap_or_default().to_owned()
    }

    fn authorization(&self, token: &SecretString) -> SecretString {
        answer::bearer(token)
    }

    fn what(&self) -> String {
        self.repository.clone()
    }

    fn reach(&self) -> Reach {
        Reach::Since
    }

    fn counts_pages(&self) -> bool {
        true
    }

    fn streams(&self) -> &'static [&'static str] {
        &[
            "changes", "changes comments", "history", "history comments", "changes", "changes comments",
            "whole releases", "whole tags", "whole deployments",
        ]
    }

    fn holds_tickets(&self, list: &str) -> bool {
        list.is_empty()
    }

    /// They are a matter of the code, which a token for issues alone may not see.
    fn is_optional(&self, list: &str) -> bool {
        matches!(list, RELEASES | TAGS | DEPLOYMENTS)
    }

    /// Tags come by their names.
    fn is_newest_first(&self, list: &str) -> bool {
        list != TAGS
    }

    fn list(&self, window: &Window, purpose: &'static str) -> Request {
        if matches!(&*window.list, RELEASES | TAGS | DEPLOYMENTS) {
            let page = format!("/{}?per_page={}&page={}", window.list, window.size, window.page());
            return self.ask(&page, purpose);
        }
        let (by, direction) = match window.order {
            Order::Oldest => ("updated", "asc"),
            Order::Newest => ("updated", "desc"),
            Order::Created => ("created", "asc"),
            Order::LastCreated => ("created", "desc"),
        };
        let path = if window.list.is_empty() { "/issues?state=all&" } else { "/issues/comments?" };
        let mut path = format!("{path}sort={by}&direction={direction}&per_page={}", window.size);
        // The beginning of time may not be named: GitHub answers `since=1970` with an empty list.
        if let Some(from) = window.from.filter(|from| from.0 > 0) {
            path += &format!("&since={}", Millis(from.0.div_euclid(1000) * 1000).to_rfc3339());
        }
        if window.page() > 1 {
            path += &format!("&page={}", window.page());
        }
        self.ask(&path, purpose)
    }

    fn listed(&self, window: &Window, response: &Response) -> Result<Listing, Failure> {
        let records = self.records(response)?;
        let mut listing = Listing::default();
        if matches!(&*window.list, RELEASES | TAGS | DEPLOYMENTS) {
            each(&records, &mut listing, |record, changes| {
                if window.list == DEPLOYMENTS {
                    let (id, at, deployment) = deploy::read(record)?;
                    let note = |of: &deploy::Deployment| serde_json::to_string(of).unwrap_or_default();
                    let todo = deployment.map(|of| Todo { note: note(&of), id: of.id });
                    return Ok(Seen { id, at, todo });
                }
                let (id, at) = release::read(record, &window.list, &self.repository, changes)?;
                Ok(Seen { id, at, todo: None })
            });
            listing.more = response.header("link").map(link::has_next);
            return Ok(listing);
        }
        let comments = window.list == COMMENTS;
        each(&records, &mut listing, |record, changes| {
            let stamped: Stamped<'_> = serde_json::from_str(record).map_err(|error| crate::formats::reason(&error))?;
            let named = if comments { stamped.id.text() } else { stamped.number.text() };
            let named = named.ok_or(if comments { "it has no \"id\"" } else { "it has no \"number\"" })?;
            let at = stamped.updated_at.time().map_err(|bad| format!("\"updated_at\": {bad}"))?;
            let at = at.or(stamped.created_at.time().ok().flatten()).ok_or("it has no \"updated_at\"")?;
            match window.order {
                Order::Created => {}
                _ if comments => format::read_comment(record, Some(&self.repository), changes)?,
                _ => format::read_issue(record, &self.repository, changes)?,
            }
            let id = if comments { named } else { format!("{}#{named}", self.repository) };
            let ties = || self.ties(record).filter(|_| window.order != Order::Created);
            Ok(Seen { id, at, todo: if comments { None } else { ties() } })
        });
        let link = response.header("link");
        listing.more = link.map(|link| link::has_next(link) || listing.held >= window.size);
        if window.size == 1 {
            // Everything stands on this page, or the last one says how many there are.
            listing.total = link.map_or(Some(listing.held as u64), link::last_page);
        }
        Ok(listing)
    }

    fn in_history(&self, todo: &Todo) -> Option<Todo> {
        timeline::is_worth_it(todo).then(|| todo.clone())
    }

    fn detail(&self, todo: &Todo) -> Request {
        if timeline::is_it(todo) {
            return self.ask_timeline(todo);
        }
        self.ask(&format!("/deployments/{}/statuses?per_page=100", part(&todo.id)), "deploys")
    }

    fn detail_of(&self, todo: &Todo) -> &'static str {
        if timeline::is_it(todo) { "links" } else { "deploys" }
    }

    fn detailed(&self, todo: &Todo, response: &Response) -> Result<Detail, Failure> {
        if timeline::is_it(todo) {
            return self.tied(todo, response);
        }
        let records = self.records(response)?;
        let records: Vec<&str> = records.into_iter().map(RawValue::get).collect();
        let mut detail = Detail::default();
        let of = serde_json::from_str(&todo.note).unwrap_or_default();
        let read = deploy::read_statuses(&records, of, &self.repository, &mut detail.changes);
        detail.bad.extend(read.err().map(|reason| BadRecord::of(&todo.id, 1, reason)));
        Ok(detail)
    }

    fn test(&self) -> Request {
        self.ask("", "test")
    }

    fn tested(&self, response: &Response) -> Result<Found, Failure> {
        #[derive(Deserialize)]
        struct Repository {
            #[serde(deserialize_with = "lenient::id")]
            full_name: String,
            #[serde(default, deserialize_with = "lenient::flag")]
            private: Option<bool>,
            #[serde(default, deserialize_with = "lenient::flag")]
            has_issues: Option<bool>,
        }
        let repository: Repository =
            serde_json::from_slice(self.good(response)?).map_err(|error| answer::unreadable(&self.site, &error))?;
        let requests_left = response.header("x-ratelimit-remaining").and_then(|left| left.parse().ok());
        let limit = response.header("x-ratelimit-limit").and_then(|limit| limit.parse::<u64>().ok());
        let few = limit.is_some_and(|limit| limit <= FEW).then_some(Lack::Requests);
        let none = (repository.has_issues == Some(false)).then_some(Lack::Tickets);
        let lacks = few.into_iter().chain(none).collect();
        Ok(Found { name: repository.full_name, private: repository.private != Some(false), requests_left, lacks })
    }

    /// A fine-grained token tells nothing of what it may; a classic one names its scopes.
    fn probe(&self, writes: bool, told: &[Response]) -> Probe {
        let may: found::Reads = |response| {
            let scopes = response.header("x-oauth-scopes")?;
            let public = found::told(response)
                .is_some_and(|told| told.get("private").and_then(serde_json::Value::as_bool) == Some(false));
            let words: &[&str] = if public { &["repo", "public_repo"] } else { &["repo"] };
            let may = scopes.split(',').any(|scope| words.contains(&scope.trim()));
            (!may).then_some(Lack::Write)
        };
        let list: [(&str, found::Reads); 3] = [
            ("/issues?state=all&per_page=1", |told| found::refused(told).then_some(Lack::List("issues"))),
            ("/releases?per_page=1", |told| found::refused(told).then_some(Lack::List("releases"))),
            ("/deployments?per_page=1", |told| found::refused(told).then_some(Lack::List("deployments"))),
        ];
        let mut all: Vec<_> = list.into_iter().map(|(path, reads)| (self.ask(path, "test"), reads)).collect();
        if writes {
            all.push((self.test(), may));
        }
        found::each(all, told)
    }

    fn one(&self, id: &str) -> Request {
        let number = id.rsplit('#').next().unwrap_or_default();
        self.ask(&format!("/issues/{number}"), "missing")
    }

    fn found(&self, id: &str, response: &Response) -> Result<Fate, Failure> {
        #[derive(Deserialize)]
        struct Lies<'a> {
            #[serde(borrow, default)]
            repository_url: Loose<'a>,
            #[serde(borrow, default)]
            number: Loose<'a>,
        }
        let text = std::str::from_utf8(self.good(response)?)
            .map_err(|_| Failure::Unreadable { host: self.site.authority(), reason: "it is not text".into() })?;
        let lies: Lies<'_> = serde_json::from_str(text).map_err(|error| answer::unreadable(&self.site, &error))?;
        // A transferred issue answers from where it lies now, under another number or another repository.
        let here =
            lies.repository_url.as_str().to_lowercase().ends_with(&format!("/{}", self.repository.to_lowercase()));
        let number = lies.number.text().unwrap_or_default();
        if !here || !id.ends_with(&format!("#{number}")) {
            return Ok(Fate::Gone);
        }
        let mut changes = Vec::new();
        format::read_issue(text, &self.repository, &mut changes)
            .map_err(|reason| Failure::Unreadable { host: self.site.authority(), reason })?;
        Ok(Fate::There(changes))
    }
}

#[cfg(test)]
mod tests;
