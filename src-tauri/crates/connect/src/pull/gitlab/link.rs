//! That one issue belongs to another, read and written. What is read, against a body that a client keeps and the vendor's
//! documentation; what is written, against that alone; of the ways in which issues can be tied, every
//! edition has only that they relate to each other.

use super::Gitlab;
use crate::{
    BadRecord,
    formats::gitlab as format,
    http::{Failure, Request, Response},
    pull::{
        listed::{Detail, Listed},
        sent,
    },
    push::{Look, Piece, Written},
};
use domain::Change;
use serde_json::{Value, json, value::RawValue};

const NEEDS: &str = "a link needs two issues of this project, like #12: merge requests have none";

/// `#12` → 12.
fn number(id: Option<&str>) -> Option<u64> {
    let id = id.filter(|id| !id.contains('!'))?;
    id.rsplit('#').next()?.parse().ok()
}

impl Gitlab {
    fn links(&self, piece: &Piece, purpose: &'static str) -> Request {
        let number = number(piece.on.as_deref()).unwrap_or_default();
        self.ask(self.query(&format!("/issues/{number}/links")), purpose)
    }

    pub(super) fn link(&self, piece: &Piece) -> Result<Request, &'static str> {
        number(piece.on.as_deref()).ok_or(NEEDS)?;
        let to = number(piece.title.as_deref()).ok_or(NEEDS)?;
        let body =
            json!({ "target_project_id": self.project, "target_issue_iid": to.to_string(), "link_type": "relates_to" });
        Ok(sent::create(self.links(piece, "write link"), &body))
    }

    pub(super) fn linked(&self, piece: &Piece, response: &Response) -> Result<Written, Failure> {
        let answer: Value = sent::json(&self.site, &self.what(), response)?;
        let to = answer.get("target_issue").filter(|issue| self.is_it(piece, issue));
        let reason = "it does not say that the issue was linked".to_owned();
        to.map(|issue| written(piece, issue)).ok_or(Failure::Unreadable { host: self.site.authority(), reason })
    }

    /// What an issue is linked to, all of it at once.
    pub(super) fn tied(&self, ticket: &str, records: &[&RawValue]) -> Detail {
        let (mut detail, mut links) = (Detail::default(), Vec::new());
        for (record, line) in records.iter().zip(1u64..) {
            match format::read_linked(record.get(), &self.project) {
                Ok(link) => links.extend(link),
                Err(reason) => detail.bad.push(BadRecord::of(ticket, line, reason)),
            }
        }
        detail.changes.push(Change::Tied { ticket: ticket.to_owned(), links });
        detail
    }

    /// All of an issue's links come at once.
    pub(super) fn look_for_link(&self, piece: &Piece) -> Request {
        self.links(piece, "read back")
    }

    pub(super) fn link_looked(&self, piece: &Piece, response: &Response) -> Result<Look, Failure> {
        let issues: Vec<Value> = sent::json(&self.site, &self.what(), response)?;
        let there = issues.iter().find(|issue| self.is_it(piece, issue));
        Ok(there.map_or(Look::Nowhere, |issue| Look::There(written(piece, issue))))
    }

    /// An issue of another project may have the same number.
    fn is_it(&self, piece: &Piece, issue: &Value) -> bool {
        let wanted = number(piece.title.as_deref());
        let full = issue.pointer("/references/full").and_then(Value::as_str);
        let here = full.and_then(|full| full.rsplit_once('#')).map(|(project, _)| project == self.project);
        let by_page = || {
            let page = issue.get("web_url").and_then(Value::as_str).unwrap_or_default();
            page.contains(&format!("/{}/-/", self.project))
        };
        wanted.is_some() && issue.get("iid").and_then(Value::as_u64) == wanted && here.unwrap_or_else(by_page)
    }
}

fn written(piece: &Piece, issue: &Value) -> Written {
    let url = issue.get("web_url").and_then(Value::as_str).filter(|url| url.starts_with("https://"));
    Written { id: piece.title.clone().unwrap_or_default(), url: url.map(str::to_owned) }
}
