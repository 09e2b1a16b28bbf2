//! Which of what was recorded a connector asks for, and by which of its own readers each is read.

use super::{desks, tape::Exchange};
use crate::{
    BadRecord,
    http::{Failure, Request, Response, Site},
    pull::{
        answer,
        github::Github,
        gitlab::Gitlab,
        jira::Jira,
        listed::{Detail, Fate, Listed, Order, Todo, Window},
    },
    push::{Piece, WriteKind, Writer},
};
use domain::Change;
use serde::Deserialize;
use serde_json::value::RawValue;

/// An answer of an endpoint that a connector reads.
pub(super) struct Served {
    pub(super) endpoint: &'static str,
    /// How the connector asks for it.
    pub(super) asked: Option<Request>,
    /// Where its records stand, as a JSON pointer. `None`: it is one.
    pub(super) list: Option<&'static str>,
    /// Without one of each of these nothing can be done with a record.
    pub(super) needs: Needs,
    pub(super) read: Reader,
}

type Reader = Box<dyn Fn(&Response) -> Result<Told, Failure>>;

pub(super) type Needs = &'static [&'static [&'static str]];

/// What was read of it.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) read: usize,
    pub(super) bad: Vec<BadRecord>,
}

pub(super) const STAMPED: Needs = &[&["id"], &["created_at", "updated_at"]];

pub(super) fn by(exchange: &Exchange) -> Option<Served> {
    match exchange.service.as_str() {
        "github" => github(exchange),
        "gitlab" => gitlab(exchange),
        "jira" => jira(exchange),
        "zendesk" => desks::zendesk(exchange),
        "freshdesk" => desks::freshdesk(exchange),
        "datadog" => desks::datadog(exchange),
        _ => None,
    }
}

pub(super) fn site(address: &str) -> Site {
    Site::parse(address, false).unwrap()
}

/// The window that was asked for, by its page.
pub(super) fn window(exchange: &Exchange, list: &str, usual: usize) -> Window {
    let pairs = exchange.pairs();
    let number = |name: &str| pairs.iter().find(|(own, _)| own == name)?.1.parse::<usize>().ok();
    let size = number("per_page").unwrap_or(usual);
    let skip = number("page").map_or(0, |page| (page - 1) * size);
    Window { list: list.to_owned(), ..Window::all(Order::Newest, skip, size) }
}

pub(super) fn listed<T: Listed + 'static>(of: T, window: Window, endpoint: &'static str, needs: Needs) -> Served {
    let asked = Some(of.list(&window, "changes"));
    let read = move |response: &Response| {
        let listing = of.listed(&window, response)?;
        let is_ticket = |change: &&Change| matches!(change, Change::Ticket(_) | Change::Delete { .. });
        let tickets = listing.changes.iter().filter(is_ticket).count();
        assert!(tickets == 0 || tickets == listing.seen.len(), "each record is one ticket");
        assert_eq!(listing.held, listing.seen.len() + listing.bad.len(), "each record is read, or said to be bad");
        Ok(Told { read: listing.seen.len(), bad: listing.bad })
    };
    Served { endpoint, asked, list: Some(""), needs, read: Box::new(read) }
}

/// What a listing leaves out of one record. `told` counts what came of it.
pub(super) fn detailed<T: Listed + 'static>(
    of: T,
    todo: Todo,
    endpoint: &'static str,
    needs: Needs,
    told: fn(&Detail) -> usize,
) -> Served {
    let asked = Some(of.detail(&todo));
    let read = move |response: &Response| {
        let detail = of.detailed(&todo, response)?;
        Ok(Told { read: told(&detail), bad: detail.bad })
    };
    Served { endpoint, asked, list: Some(""), needs, read: Box::new(read) }
}

pub(super) fn comments(detail: &Detail) -> usize {
    detail.changes.iter().filter(|change| matches!(change, Change::Comment(_))).count()
}

pub(super) fn one<T: Listed + 'static>(of: T, id: String, endpoint: &'static str, needs: Needs) -> Served {
    let asked = Some(of.one(&id));
    let read = move |response: &Response| {
        let read = usize::from(matches!(of.found(&id, response)?, Fate::There(_) | Fate::Gone));
        Ok(Told { read, bad: Vec::new() })
    };
    Served { endpoint, asked, list: None, needs, read: Box::new(read) }
}

pub(super) fn tested<T: Listed + 'static>(of: T, endpoint: &'static str) -> Served {
    let asked = Some(of.test());
    let read = move |response: &Response| of.tested(response).map(|_| Told { read: 1, bad: Vec::new() });
    Served { endpoint, asked, list: None, needs: &[], read: Box::new(read) }
}

/// What was said on a record, as a look before writing reads it.
pub(super) fn looked<W: Writer + 'static>(of: W, on: String, endpoint: &'static str) -> Served {
    let piece =
        Piece { kind: WriteKind::Comment, on: Some(on), title: None, body: String::new(), mark: "no-mark".into() };
    let asked = Some(of.look(&piece, None));
    let read = move |response: &Response| {
        answer::good(&site("https://forge.example"), "it", response)?;
        of.looked(&piece, domain::Millis(0), None, response)?;
        Ok(Told { read: of.said(&piece, response).len(), bad: Vec::new() })
    };
    Served { endpoint, asked, list: Some(""), needs: STAMPED, read: Box::new(read) }
}

pub(super) fn written<W: Writer + 'static>(
    of: W,
    kind: WriteKind,
    on: Option<String>,
    endpoint: &'static str,
) -> Served {
    let piece = Piece { kind, on, title: Some("x".into()), body: String::new(), mark: "no-mark".into() };
    let asked = of.request(&piece).ok();
    let read = move |response: &Response| of.written(&piece, response).map(|_| Told { read: 1, bad: Vec::new() });
    Served { endpoint, asked, list: None, needs: &[&["id", "number", "ticket"]], read: Box::new(read) }
}

fn github(exchange: &Exchange) -> Option<Served> {
    // What stands for a name that was taken out is written in signs that no name has.
    let route = exchange.route().replace(['<', '>'], "");
    let parts: Vec<&str> = route.trim_matches('/').split('/').collect();
    let (home, rest) = match parts.as_slice() {
        ["repos", owner, name, rest @ ..] => (format!("{owner}/{name}"), rest),
        ["repositories", _, rest @ ..] => ("somebody/something".to_owned(), rest),
        _ => return None,
    };
    let of = Github::at(&site(&format!("https://github.com/{home}"))).ok()?;
    let id = |number: &str| format!("{home}#{number}");
    let numbered: Needs = &[&["number"], &["created_at", "updated_at"]];
    Some(match (exchange.method.as_str(), rest) {
        ("GET", []) => tested(of, "a repository"),
        ("GET", ["issues"]) => listed(of, window(exchange, "", 30), "issues", numbered),
        ("GET", ["issues", "comments"]) => listed(of, window(exchange, "comments", 30), "comments", STAMPED),
        ("GET", ["releases"]) => listed(of, window(exchange, "releases", 30), "releases", &[&["id"]]),
        ("GET", ["tags"]) => listed(of, window(exchange, "tags", 30), "tags", &[&["name"]]),
        ("GET", ["deployments"]) => listed(of, window(exchange, "deployments", 30), "deployments", &[&["id"]]),
        ("GET", ["issues", number]) if number.parse::<u64>().is_ok() => one(of, id(number), "an issue", numbered),
        ("GET", ["issues", number, "timeline"]) => {
            let todo = Todo { id: id(number), note: String::new() };
            detailed(of, todo, "a timeline", &[], |_| 0)
        }
        ("GET", ["issues", number, "comments"]) => looked(of, id(number), "comments of an issue"),
        ("POST", ["issues"]) => written(of, WriteKind::Issue, None, "a new issue"),
        ("POST", ["issues", number, "comments"]) => written(of, WriteKind::Comment, Some(id(number)), "a new comment"),
        _ => return None,
    })
}

/// Bodies alone, each by the name of the endpoint that it came from.
fn gitlab(exchange: &Exchange) -> Option<Served> {
    let of = || Gitlab::at(&site("https://gitlab.com/acme/ledger")).unwrap();
    let issue = || Todo { id: "acme/ledger#1".into(), note: "[1,null,false]".into() };
    let numbered: Needs = &[&["iid", "id"], &["created_at", "updated_at"]];
    let list = |list: &str, endpoint, needs| listed(of(), window(exchange, list, 20), endpoint, needs);
    Some(match exchange.stem() {
        "issues" | "project_issues" | "group_issues" | "milestone_issues" | "search_issues_results" => {
            list("", "issues", numbered)
        }
        "merge_requests" | "group_merge_requests" | "milestone_merge_requests" | "search_merge_requests_results" => {
            list("merge_requests", "merge requests", numbered)
        }
        "notes" | "merge_request_comments" | "search_notes_results" => {
            detailed(of(), issue(), "notes", &[&["id"], &["created_at"]], comments)
        }
        "project_issue_links" => {
            let of = Gitlab::at(&site("https://gitlab.com/example/example")).unwrap();
            let todo = Todo { id: "#1".into(), note: "[0,null,false,true,true]".into() };
            detailed(of, todo, "links of an issue", &[&["iid"]], |detail| match detail.changes.as_slice() {
                [Change::Tied { links, .. }] => links.len(),
                _ => 0,
            })
        }
        "project_releases" => list("releases", "releases", &[&["tag_name"]]),
        "tags" | "project_tags" => list("tags", "tags", &[&["name"]]),
        "deployments" => list("deployments", "deployments", &[&["id"]]),
        "issue" => one(of(), "acme/ledger#33".into(), "an issue", numbered),
        "merge_request" => one(of(), "acme/ledger!1".into(), "a merge request", numbered),
        "project" | "project_for_user" | "project_edit" => tested(of(), "a project"),
        "note" | "merge_request_comment" => written(of(), WriteKind::Note, Some("acme/ledger#1".into()), "a new note"),
        _ => return None,
    })
}

/// Bodies alone, of Data Center and of the boards that it has.
fn jira(exchange: &Exchange) -> Option<Served> {
    let of = || Jira::at(&site("https://jira.example")).unwrap();
    Some(match exchange.stem() {
        "issues_in_sprint" => {
            let needs: Needs = &[&["key"], &["fields"]];
            Served { list: Some("/issues"), ..listed(of(), window(exchange, "", 50), "issues", needs) }
        }
        "all_fields" => {
            let read = move |response: &Response| {
                of().preluded(response)?;
                Ok(Told { read: count(response), bad: Vec::new() })
            };
            Served { endpoint: "fields", asked: of().prelude(), list: Some(""), needs: &[], read: Box::new(read) }
        }
        _ => return None,
    })
}

fn count(response: &Response) -> usize {
    #[derive(Deserialize)]
    struct All<'a>(#[serde(borrow)] Vec<&'a RawValue>);
    serde_json::from_slice::<All<'_>>(&response.body).map_or(0, |all| all.0.len())
}
