//! What ties an issue to others, read from its timeline: of issues that were closed, one request for each that changed, and
//! of history only for those that say that they are duplicates, because every issue would cost a request.
//!
//! Against the vendor's documentation: the only timeline that was recorded is empty.

use super::Github;
use crate::{
    BadRecord,
    formats::{Loose, github_timeline as format},
    http::{Failure, Request, Response},
    pull::{
        github::link,
        listed::{Detail, Todo},
        query::part,
    },
};
use domain::{Change, Link};
use serde::{Deserialize, Serialize};

const PAGE: usize = 100;
/// A timeline that is longer than this tells of everything, and of links hardly more.
const PAGES: usize = 3;

/// How far a timeline was read, and what it said.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Timeline {
    page: usize,
    /// It says itself that it is one, and not of which.
    twin: bool,
    links: Vec<Link>,
}

#[derive(Deserialize)]
struct Closed<'a> {
    #[serde(borrow, default)]
    number: Loose<'a>,
    #[serde(borrow, default)]
    state: Loose<'a>,
    #[serde(borrow, default)]
    state_reason: Loose<'a>,
    #[serde(borrow, default)]
    labels: Loose<'a>,
    #[serde(borrow, default)]
    pull_request: Loose<'a>,
}

impl Timeline {
    fn of(todo: &Todo) -> Self {
        serde_json::from_str(&todo.note).unwrap_or_default()
    }

    fn todo(&self, id: &str) -> Todo {
        Todo { id: id.to_owned(), note: serde_json::to_string(self).unwrap_or_default() }
    }
}

/// What asks for a timeline; a deployment is asked for by its number alone.
pub(super) fn is_it(todo: &Todo) -> bool {
    todo.id.contains('#')
}

/// Also where it changed long ago.
pub(super) fn is_worth_it(todo: &Todo) -> bool {
    Timeline::of(todo).twin
}

impl Github {
    /// Of an issue that was closed: what became of it, others may say.
    pub(super) fn ties(&self, record: &str) -> Option<Todo> {
        let issue: Closed<'_> = serde_json::from_str(record).ok()?;
        let closed = issue.state.as_str() == "closed" && issue.pull_request.is_nothing();
        let number = issue.number.text().filter(|_| closed)?;
        let labelled = issue.labels.list().iter().any(|label| label.eq_ignore_ascii_case("duplicate"));
        let twin = labelled || issue.state_reason.as_str() == "duplicate";
        Some(Timeline { page: 1, twin, ..Timeline::default() }.todo(&format!("{}#{number}", self.repository)))
    }

    pub(super) fn ask_timeline(&self, todo: &Todo) -> Request {
        let number = todo.id.rsplit('#').next().unwrap_or_default();
        let page = Timeline::of(todo).page.max(1);
        self.ask(&format!("/issues/{}/timeline?per_page={PAGE}&page={page}", part(number)), "links")
    }

    pub(super) fn tied(&self, todo: &Todo, response: &Response) -> Result<Detail, Failure> {
        let number = todo.id.rsplit('#').next().unwrap_or_default();
        let mut timeline = Timeline::of(todo);
        let mut detail = Detail::default();
        let records = self.records(response)?;
        for (record, line) in records.iter().zip(1u64..) {
            match format::read(record.get(), &self.repository, number) {
                Ok(found) => timeline.links.extend(found.filter(|link| !timeline.links.contains(link))),
                Err(reason) => detail.bad.push(BadRecord::of(&todo.id, line, reason)),
            }
        }
        timeline.page = timeline.page.max(1) + 1;
        let more = response.header("link").map_or(records.len() >= PAGE, link::has_next) && !records.is_empty();
        if more && timeline.page <= PAGES {
            detail.next = Some(timeline.todo(&todo.id));
        } else {
            detail.changes.push(Change::Tied { ticket: todo.id.clone(), links: timeline.links });
        }
        Ok(detail)
    }
}
