//! Internal notes on tickets and the problem that they are incidents of, and nothing that a requester sees: `public` is said to be false, because without it the
//! account's own default holds. Against the vendor's documentation; comments as recorded traffic has them.

use super::Zendesk;
use crate::{
    formats::{lenient, zendesk as format},
    http::{Asks, Failure, Request, Response},
    pull::{
        query::{Query, part},
        sent,
    },
    push::{Look, Piece, WriteKind, Writer, Written},
};
use domain::{Comment, Millis};
use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};

const DESK: &str = "the help desk";

#[derive(Deserialize)]
struct Comments<'a> {
    #[serde(borrow)]
    comments: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::nullable")]
    meta: Meta,
}

#[derive(Default, Deserialize)]
struct Meta {
    #[serde(default, deserialize_with = "lenient::nullable")]
    has_more: bool,
    #[serde(default)]
    after_cursor: Option<String>,
}

impl Zendesk {
    /// Whether the ticket in an answer is an incident of the problem.
    fn linked(&self, piece: &Piece, answer: &Value) -> Look {
        let named = answer.pointer("/ticket/problem_id").and_then(Value::as_u64).map(|id| id.to_string());
        match named.filter(|named| piece.title.as_deref() == Some(named)) {
            Some(id) => {
                let url = Some(format!("{}/agent/tickets/{id}", self.site.origin()));
                Look::There(Written { id, url })
            }
            None => Look::Nowhere,
        }
    }
}

impl Writer for Zendesk {
    fn kinds(&self) -> &'static [WriteKind] {
        &[WriteKind::Note, WriteKind::Link]
    }

    fn needs(&self) -> &'static str {
        "tickets:write (or write), for an agent who may comment"
    }

    fn longest(&self) -> usize {
        65_000
    }

    fn marked(&self, body: &str, mark: &str) -> String {
        sent::shown(body, mark)
    }

    fn request(&self, piece: &Piece) -> Result<Request, &'static str> {
        let Some(on) = piece.on.as_ref().filter(|_| self.kinds().contains(&piece.kind)) else {
            return Err("only internal notes and the problem of a ticket are written to Zendesk");
        };
        let query = Query::of(format!("/api/v2/tickets/{}.json", part(on)));
        if piece.kind == WriteKind::Link {
            let problem = piece.title.as_deref().and_then(|id| id.parse::<u64>().ok());
            let problem = problem.ok_or("a ticket of Zendesk is linked to a problem by its number")?;
            // Only an incident has a problem.
            let body = json!({ "ticket": { "type": "incident", "problem_id": problem } });
            return Ok(Request { asks: Asks::Change(body.to_string()), ..self.ask(query, "write link") });
        }
        let body = json!({ "ticket": { "comment": { "body": piece.body, "public": false } } });
        Ok(Request { asks: Asks::Change(body.to_string()), ..self.ask(query, "write note") })
    }

    /// The answer is the ticket; what was done to it stands in the audit beside it.
    fn written(&self, piece: &Piece, response: &Response) -> Result<Written, Failure> {
        let answer: Value = sent::json(&self.site, DESK, response)?;
        if piece.kind == WriteKind::Link {
            return match self.linked(piece, &answer) {
                Look::There(written) => Ok(written),
                _ => Err(Failure::Unreadable { host: self.site.authority(), reason: "it names no problem".into() }),
            };
        }
        let mut events = answer.pointer("/audit/events").and_then(Value::as_array).into_iter().flatten();
        let comment = events.rfind(|event| event.get("type").and_then(Value::as_str) == Some("Comment"));
        let id = comment.and_then(|event| event.get("id")).or_else(|| answer.pointer("/ticket/id"));
        let unreadable = || Failure::Unreadable { host: self.site.authority(), reason: "it names no ticket".into() };
        let id = id.filter(|id| id.is_u64() || id.is_string()).ok_or_else(unreadable)?;
        let url = piece.on.as_ref().map(|on| format!("{}/agent/tickets/{}", self.site.origin(), part(on)));
        Ok(Written { id: id.to_string().trim_matches('"').to_owned(), url })
    }

    fn look(&self, piece: &Piece, after: Option<&str>) -> Request {
        let on = piece.on.as_deref().unwrap_or_default();
        if piece.kind == WriteKind::Link {
            return self.ask(Query::of(format!("/api/v2/tickets/{}.json", part(on))), "read back");
        }
        let query = Query::of(format!("/api/v2/tickets/{}/comments.json", part(on)));
        let query = query.with("sort", "-created_at").with("page[size]", "100");
        self.ask(if let Some(after) = after { query.with("page[after]", after) } else { query }, "read back")
    }

    fn said(&self, piece: &Piece, response: &Response) -> Vec<Comment> {
        let Ok(page) = sent::json::<Comments<'_>>(&self.site, DESK, response) else { return Vec::new() };
        let on = piece.on.as_deref().unwrap_or_default();
        sent::comments(&page.comments, |record, changes| {
            format::read_comment(record, on, format::Known::default(), false, changes)
        })
    }

    fn looked(&self, piece: &Piece, _: Millis, _: Option<&str>, response: &Response) -> Result<Look, Failure> {
        if piece.kind == WriteKind::Link {
            return Ok(self.linked(piece, &sent::json(&self.site, DESK, response)?));
        }
        let page: Comments<'_> = sent::json(&self.site, DESK, response)?;
        let next = || page.meta.after_cursor.clone().filter(|_| page.meta.has_more);
        sent::look(&page.comments, &piece.mark, |record| sent::named(record, "id", ""), next, &self.site)
    }
}
