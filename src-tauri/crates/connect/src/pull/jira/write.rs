//! Issues, links to what an issue duplicates, comments, and notes that a service desk's customers do not see. Written through the second version of the
//! interface, which takes plain text on Cloud and on Data Center. Against the vendor's documentation alone.
//!
//! A search may lag behind what was written by a few seconds, so a text is looked for only after a while.

use super::{Issues, Jira};
use crate::{
    formats::jira as format,
    http::{Failure, Request, Response},
    pull::{
        listed::Listed,
        query::{Query, part},
        sent,
    },
    push::{Look, Piece, WriteKind, Writer, Written},
};
use domain::{Comment, Millis};
use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};

const PAGE: usize = 100;
/// Every project of a company has it, or an administrator took it away.
const KIND: &str = "Bug";
/// The kind of link that every Jira comes with: the first duplicates the second.
const SAME: &str = "Duplicate";

#[derive(Deserialize)]
struct Comments<'a> {
    #[serde(borrow, default)]
    comments: Vec<&'a RawValue>,
}

impl Jira {
    fn second(&self, rest: &str) -> Query {
        Query::of(format!("{}/rest/api/2{rest}", self.site.path()))
    }

    fn browse(&self, mut written: Written) -> Written {
        written.url = Some(format!("{}{}/browse/{}", self.site.origin(), self.site.path(), written.id));
        written
    }
}

impl Writer for Jira {
    fn kinds(&self) -> &'static [WriteKind] {
        &WriteKind::ALL
    }

    fn needs(&self) -> &'static str {
        "write:jira-work (the account must be allowed to create issues and add comments)"
    }

    fn longest(&self) -> usize {
        32_000
    }

    fn marked(&self, body: &str, mark: &str) -> String {
        sent::shown(body, mark)
    }

    fn request(&self, piece: &Piece) -> Result<Request, &'static str> {
        if piece.kind == WriteKind::Issue {
            let project = self.project.as_ref().ok_or(
                "this source reads every project, so none is known that an issue could go to; add one for the project",
            )?;
            let fields = json!({ "fields": { "project": { "key": project }, "issuetype": { "name": KIND },
                                             "summary": piece.title, "description": piece.body } });
            return Ok(sent::create(self.ask(self.second("/issue"), "write issue"), &fields));
        }
        let on = piece.on.as_deref().ok_or("a comment needs the issue that it is for")?;
        if piece.kind == WriteKind::Link {
            let problem = piece.title.as_deref().ok_or("a link needs the issue that it leads to")?;
            let body =
                json!({ "type": { "name": SAME }, "inwardIssue": { "key": on }, "outwardIssue": { "key": problem } });
            return Ok(sent::create(self.ask(self.second("/issueLink"), "write link"), &body));
        }
        let query = self.second(&format!("/issue/{}/comment", part(on)));
        if piece.kind == WriteKind::Comment {
            return Ok(sent::create(self.ask(query, "write comment"), &json!({ "body": piece.body })));
        }
        // Without it a comment in a service desk is a reply to the customer.
        let internal = json!([{ "key": "sd.public.comment", "value": { "internal": true } }]);
        let body = json!({ "body": piece.body, "properties": internal });
        Ok(sent::create(self.ask(query, "write note"), &body))
    }

    fn written(&self, piece: &Piece, response: &Response) -> Result<Written, Failure> {
        if piece.kind == WriteKind::Link {
            // The answer is empty: that it came is all that it says.
            return Ok(self.browse(Written { id: piece.title.clone().unwrap_or_default(), url: None }));
        }
        let text = sent::text(&self.site, &self.what(), response)?;
        let issue = piece.kind == WriteKind::Issue;
        let written = sent::named(text, if issue { "key" } else { "id" }, "")
            .map_err(|reason| Failure::Unreadable { host: self.site.authority(), reason })?;
        Ok(if issue { self.browse(written) } else { written })
    }

    fn look(&self, piece: &Piece, after: Option<&str>) -> Request {
        let query = match &piece.on {
            Some(on) if piece.kind == WriteKind::Link => {
                self.second(&format!("/issue/{}", part(on))).with("fields", "issuelinks")
            }
            Some(on) => {
                let query = self.second(&format!("/issue/{}/comment", part(on))).with("orderBy", "-created");
                query.with_number("maxResults", PAGE).with_number("startAt", sent::number(after, 0))
            }
            None => {
                let project = self.project.as_deref().unwrap_or_default();
                let jql = format!("project = \"{project}\" ORDER BY created DESC");
                let search = if self.cloud { "/search/jql" } else { "/search" };
                let query = self.path(search).with("jql", &jql).with("fields", "description,created");
                let query = query.with_number("maxResults", PAGE);
                match after.and_then(|after| after.split_once(' ')) {
                    Some((_, token)) => query.with("nextPageToken", token),
                    None if self.cloud => query,
                    None => query.with_number("startAt", sent::number(after, 0)),
                }
            }
        };
        self.ask(query, "read back")
    }

    fn said(&self, piece: &Piece, response: &Response) -> Vec<Comment> {
        let Ok(page) = sent::json::<Comments<'_>>(&self.site, &self.what(), response) else { return Vec::new() };
        let on = piece.on.as_deref().unwrap_or_default();
        sent::comments(&page.comments, |record, changes| {
            format::read_comment(record, on, &format::Involved::default(), changes)
        })
    }

    fn looked(&self, piece: &Piece, since: Millis, after: Option<&str>, response: &Response) -> Result<Look, Failure> {
        let further = |records: &[&RawValue]| {
            let start = sent::number(after, 0);
            let older = sent::is_older(records, "created", since, start / PAGE + 1);
            (records.len() >= PAGE && !older).then(|| (start + PAGE).to_string())
        };
        if piece.kind == WriteKind::Link {
            let issue: Value = sent::json(&self.site, &self.what(), response)?;
            let mut links = issue.pointer("/fields/issuelinks").and_then(Value::as_array).into_iter().flatten();
            let problem = piece.title.as_deref();
            let is_it = |link: &Value| link.pointer("/outwardIssue/key").and_then(Value::as_str) == problem;
            let there = links.any(is_it).then(|| problem.unwrap_or_default().to_owned());
            return Ok(there.map_or(Look::Nowhere, |id| Look::There(self.browse(Written { id, url: None }))));
        }
        if piece.on.is_some() {
            let page: Comments<'_> = sent::json(&self.site, &self.what(), response)?;
            let read = |record: &str| sent::named(record, "id", "");
            return sent::look(&page.comments, &piece.mark, read, || further(&page.comments), &self.site);
        }
        let page: Issues<'_> = sent::json(&self.site, &self.what(), response)?;
        // A token says nothing of how many pages were turned.
        let turned = after.and_then(|after| after.split_once(' ')?.0.parse().ok()).unwrap_or(1);
        let by_token = || {
            let older = sent::is_older(&page.issues, "created", since, turned);
            page.next_page_token.as_ref().filter(|_| !older).map(|token| format!("{} {token}", turned + 1))
        };
        let next = || if self.cloud { by_token() } else { further(&page.issues) };
        let read = |record: &str| sent::named(record, "key", "").map(|written| self.browse(written));
        sent::look(&page.issues, &piece.mark, read, next, &self.site)
    }
}
