//! Comments, which only those see who work there, and that a ticket refers to another one. Tried on 5.0.
//!
//! What a customer would read is *correspondence*, and is never written. A link that makes a ticket depend on another would keep
//! it from being closed; that it refers to one changes nothing else. Version 4.4 cannot add a link without taking the others
//! away: there it is not made, and said to be nowhere.

use super::Rt;
use crate::{
    formats::rt as format,
    http::{Asks, Failure, Request, Response},
    pull::{listed::Listed, query::part, sent},
    push::{Look, Piece, WriteKind, Writer, Written},
};
use domain::{Change, Comment, Millis, Ticket};
use serde_json::{Value, json, value::RawValue};

const PAGE: usize = 100;
const NEEDS: &str = "a comment or a link is written on a ticket, by its number";

fn number(id: Option<&str>) -> Result<u64, &'static str> {
    id.and_then(|id| id.parse().ok()).ok_or(NEEDS)
}

impl Rt {
    fn ticket(&self, piece: &Piece, rest: &str) -> crate::pull::query::Query {
        self.query(&format!("/ticket/{}{rest}", part(piece.on.as_deref().unwrap_or_default())))
    }

    fn at_ticket(&self, id: &str) -> Written {
        Written { id: id.to_owned(), url: Some(format!("{}/Ticket/Display.html?id={}", self.base(), part(id))) }
    }
}

impl Writer for Rt {
    fn kinds(&self) -> &'static [WriteKind] {
        &[WriteKind::Note, WriteKind::Link]
    }

    fn needs(&self) -> &'static str {
        "the rights CommentOnTicket and ModifyTicket"
    }

    fn longest(&self) -> usize {
        65_000
    }

    fn marked(&self, body: &str, mark: &str) -> String {
        sent::shown(body, mark)
    }

    fn request(&self, piece: &Piece) -> Result<Request, &'static str> {
        number(piece.on.as_deref())?;
        match piece.kind {
            WriteKind::Note => {
                let comment = json!({ "Content": piece.body, "ContentType": "text/plain" });
                Ok(sent::create(self.ask(self.ticket(piece, "/comment"), "write note"), &comment))
            }
            WriteKind::Link => {
                let link = json!({ "AddRefersTo": number(piece.title.as_deref())?.to_string() });
                let request = self.ask(self.ticket(piece, ""), "write link");
                Ok(Request { asks: Asks::Change(link.to_string()), ..request })
            }
            WriteKind::Issue | WriteKind::Comment => Err(NEEDS),
        }
    }

    /// It answers in words.
    fn written(&self, piece: &Piece, response: &Response) -> Result<Written, Failure> {
        let said: Vec<String> = sent::json(&self.site, &self.what(), response)?;
        let (on, to) = (piece.on.as_deref().unwrap_or_default(), piece.title.as_deref().unwrap_or_default());
        if piece.kind != WriteKind::Link {
            return Ok(self.at_ticket(on));
        }
        let names = |said: &String| said.split(|letter: char| !letter.is_ascii_digit()).any(|number| number == to);
        let reason = "it does not say that the ticket was linked".to_owned();
        let linked = said.iter().any(names).then(|| self.at_ticket(to));
        linked.ok_or(Failure::Unreadable { host: self.site.authority(), reason })
    }

    /// The newest come first.
    fn look(&self, piece: &Piece, after: Option<&str>) -> Request {
        if piece.kind == WriteKind::Link {
            return self.ask(self.ticket(piece, ""), "read back");
        }
        let texts = json!([{ "field": "ContentType", "operator": "STARTSWITH", "value": "text/" }]).to_string();
        let query = self.ticket(piece, "/attachments").with("query", &texts);
        let query = query.with("fields", "TransactionId,ContentType,Content,Creator,Created");
        let query = query.with("orderby", "id").with("order", "DESC").with_number("per_page", PAGE);
        self.ask(query.with_number("page", sent::number(after, 1)), "read back")
    }

    fn said(&self, piece: &Piece, response: &Response) -> Vec<Comment> {
        let Ok(page) = self.items(response) else { return Vec::new() };
        let on = piece.on.as_deref().unwrap_or_default();
        sent::comments(&page.items, |record, changes| {
            changes.extend(format::read_message(record, on)?.map(Change::Comment));
            Ok(())
        })
    }

    fn looked(&self, piece: &Piece, since: Millis, after: Option<&str>, response: &Response) -> Result<Look, Failure> {
        if piece.kind == WriteKind::Link {
            let ticket: Value = sent::json(&self.site, &self.what(), response)?;
            let links = ticket.pointer("/_hyperlinks").and_then(Value::as_array);
            let to = piece.title.as_deref().unwrap_or_default();
            let id = |link: &Value| link.get("id").map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
            let is_it = |link: &&Value| {
                link.get("ref").and_then(Value::as_str) == Some("refers-to") && id(link).as_deref() == Some(to)
            };
            let there = links.into_iter().flatten().any(|link| is_it(&link));
            return Ok(if there { Look::There(self.at_ticket(to)) } else { Look::Nowhere });
        }
        let records: Vec<&RawValue> = self.items(response)?.items;
        let (on, page) = (piece.on.as_deref().unwrap_or_default(), sent::number(after, 1));
        let older = sent::is_older(&records, "Created", since, page);
        let next = || (records.len() >= PAGE && !older).then(|| (page + 1).to_string());
        sent::look(&records, &piece.mark, |_| Ok(self.at_ticket(on)), next, &self.site)
    }

    /// Without its text, which is its first message.
    fn record(&self, id: &str, response: &Response) -> Option<Ticket> {
        let text = std::str::from_utf8(self.good(response).ok()?).ok()?;
        let read = format::read_ticket(text, &self.base()).ok()?;
        read.ticket.filter(|_| read.id == id)
    }
}
