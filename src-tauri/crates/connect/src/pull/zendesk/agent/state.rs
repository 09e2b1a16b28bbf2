//! Where an agent stands, and what it asks for next.

use super::super::{Zendesk, page::Meta};
use crate::http::{Failure, Response};
use domain::Millis;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What the search says of the newest changes takes some minutes to be true.
pub(super) const OVERLAP: i64 = 10 * Millis::MINUTE;
/// What changed so long before it was looked at was looked at as it is.
pub(super) const SETTLES: i64 = Millis::MINUTE;
/// So often the export is asked for once more: an agent may become an administrator.
const AGAIN: i64 = Millis::DAY;
/// Tickets of the overlap that are known to be as they were.
pub(super) const REMEMBERED: usize = 2000;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(in super::super) struct Agent {
    /// The next thing to ask for is the export.
    pub(in super::super) asks_again: bool,
    /// When that was refused, by the server's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<i64>,
    /// The search is refused too.
    pub(super) lists: bool,
    /// Audits are refused: comments alone.
    pub(super) comments: bool,
    /// Milliseconds: what changed since then is asked for, and the newest that was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) since: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) newest: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cursor: Option<String>,
    /// Its last page was read.
    pub(super) listed: bool,
    pub(super) met: Met,
    /// Who works there. `None`: this account may not know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) staff: Option<BTreeSet<String>>,
    /// Tickets that changed and are still to be read, together or by themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) changed: Vec<String>,
    #[serde(skip_serializing_if = "VecDeque::is_empty")]
    pub(super) alone: VecDeque<String>,
    /// Those whose history is still to be read.
    #[serde(skip_serializing_if = "VecDeque::is_empty")]
    pub(super) todo: VecDeque<Todo>,
    /// The next page of the first thing to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) after: Option<String>,
    /// People who said something, and whose names came with none of these tickets; and whose did.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) unnamed: BTreeSet<String>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) named: BTreeSet<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) settled: BTreeMap<String, i64>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Met {
    #[default]
    Nobody,
    Staff,
    All,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Todo {
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) requester: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<i64>,
}

/// What is asked for next.
pub(super) enum Next<'a> {
    Staff,
    Groups,
    Changed,
    Alone(&'a str),
    History(&'a Todo),
    Names,
    Page,
}

impl Agent {
    pub(in super::super) fn refused(before: Option<Self>, response: &Response) -> Self {
        Self { asks_again: false, refused: date(response).map(|date| date.0), ..before.unwrap_or_default() }
    }

    pub(super) fn next(&self) -> Next<'_> {
        let work = !self.changed.is_empty() || !self.alone.is_empty() || !self.todo.is_empty();
        match self.met {
            Met::Nobody if work => return Next::Staff,
            Met::Staff if work => return Next::Groups,
            _ => {}
        }
        if !self.changed.is_empty() {
            Next::Changed
        } else if let Some(id) = self.alone.front() {
            Next::Alone(id)
        } else if let Some(todo) = self.todo.front() {
            Next::History(todo)
        } else if !self.unnamed.is_empty() {
            Next::Names
        } else {
            Next::Page
        }
    }

    pub(super) fn knows(&self) -> Option<&BTreeSet<String>> {
        self.staff.as_ref()
    }

    /// The next page of what is being read; a server that leads round in a circle is told.
    pub(super) fn turn(&mut self, meta: Meta, desk: &Zendesk) -> Result<bool, Failure> {
        let next = meta.next();
        if next.is_some() && next == self.after {
            return Err(desk.endless());
        }
        self.after = next;
        Ok(self.after.is_some())
    }

    pub(super) fn finish(&mut self, response: &Response) -> bool {
        if !self.listed || !matches!(self.next(), Next::Page) {
            return true;
        }
        (self.listed, self.cursor, self.since) = (false, None, self.newest);
        (self.met, self.staff, self.named) = (Met::Nobody, None, BTreeSet::new());
        let due = |(now, refused): (Millis, i64)| !(0..AGAIN).contains(&(now.0 - refused));
        self.asks_again = date(response).zip(self.refused).is_none_or(due);
        false
    }
}

/// What the server's clock says.
pub(super) fn date(response: &Response) -> Option<Millis> {
    let date = httpdate::parse_http_date(response.header("date")?).ok()?;
    let since = date.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok().map(Millis)
}
