//! Private notes on tickets, and nothing that a requester sees. Bodies are HTML there, so what leaves is the text with its
//! signs escaped, and the preview shows it so. Against the vendor's documentation and a note that a client's tests keep.

use super::{Freshdesk, PAGE};
use crate::{
    formats::freshdesk as format,
    http::{Failure, Request, Response},
    pull::{
        query::{Query, part},
        sent,
    },
    push::{Look, Piece, WriteKind, Writer, Written},
};
use domain::{Comment, Millis};
use serde_json::{json, value::RawValue};

const DESK: &str = "the help desk";

impl Writer for Freshdesk {
    fn kinds(&self) -> &'static [WriteKind] {
        &[WriteKind::Note]
    }

    fn needs(&self) -> &'static str {
        "the key of an agent who may add notes"
    }

    fn longest(&self) -> usize {
        60_000
    }

    fn marked(&self, body: &str, mark: &str) -> String {
        let text = sent::shown(body, mark);
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        format!("<div>{}</div>", text.replace('\n', "<br>"))
    }

    fn request(&self, piece: &Piece) -> Result<Request, &'static str> {
        let (WriteKind::Note, Some(on)) = (piece.kind, &piece.on) else {
            return Err("only private notes on a ticket are written to Freshdesk");
        };
        let query = Query::of(format!("/api/v2/tickets/{}/notes", part(on)));
        Ok(sent::create(self.ask(query, "write note"), &json!({ "body": piece.body, "private": true })))
    }

    fn written(&self, _: &Piece, response: &Response) -> Result<Written, Failure> {
        let text = sent::text(&self.site, DESK, response)?;
        sent::named(text, "id", "").map_err(|reason| Failure::Unreadable { host: self.site.authority(), reason })
    }

    /// The oldest come first and nothing else can be asked for.
    fn look(&self, piece: &Piece, after: Option<&str>) -> Request {
        let on = piece.on.as_deref().unwrap_or_default();
        let query = Query::of(format!("/api/v2/tickets/{}/conversations", part(on)));
        self.ask(query.with_number("per_page", PAGE).with_number("page", sent::number(after, 1)), "read back")
    }

    fn said(&self, piece: &Piece, response: &Response) -> Vec<Comment> {
        let Ok(records) = sent::json::<Vec<&RawValue>>(&self.site, DESK, response) else { return Vec::new() };
        let (on, asked) = (piece.on.as_deref().unwrap_or_default(), format::Asked::default());
        sent::comments(&records, |record, changes| format::read_conversation(record, on, &asked, changes))
    }

    fn looked(&self, piece: &Piece, _: Millis, after: Option<&str>, response: &Response) -> Result<Look, Failure> {
        let records: Vec<&RawValue> = sent::json(&self.site, DESK, response)?;
        let next = || (records.len() >= PAGE).then(|| (sent::number(after, 1) + 1).to_string());
        sent::look(&records, &piece.mark, |record| sent::named(record, "id", ""), next, &self.site)
    }
}
