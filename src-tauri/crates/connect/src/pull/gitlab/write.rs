//! Issues, comments, links between issues, and internal notes, which only members see. Against the vendor's documentation and bodies that a
//! client's tests keep.

use super::Gitlab;
use crate::{
    formats::gitlab as format,
    http::{Failure, Request, Response},
    pull::{listed::Listed, sent},
    push::{Look, Piece, WriteKind, Writer, Written},
};
use domain::{Comment, Millis};
use serde_json::{json, value::RawValue};

const PAGE: usize = 100;

impl Writer for Gitlab {
    fn kinds(&self) -> &'static [WriteKind] {
        &WriteKind::ALL
    }

    fn needs(&self) -> &'static str {
        "the scope api, for somebody with the role Reporter or higher"
    }

    fn longest(&self) -> usize {
        1_000_000
    }

    fn marked(&self, body: &str, mark: &str) -> String {
        sent::hidden(body, mark)
    }

    fn request(&self, piece: &Piece) -> Result<Request, &'static str> {
        if piece.kind == WriteKind::Issue {
            let body = json!({ "title": piece.title, "description": piece.body });
            return Ok(sent::create(self.ask(self.query("/issues"), "write issue"), &body));
        }
        if piece.kind == WriteKind::Link {
            return self.link(piece);
        }
        let on = piece.on.as_deref().ok_or("a note needs the record that it is for")?;
        let internal = piece.kind == WriteKind::Note;
        if internal && on.contains('!') {
            return Err("GitLab has no internal notes on merge requests");
        }
        let query = self.query(&format!("{}/notes", Self::path_of(on)));
        Ok(match internal {
            true => sent::create(self.ask(query, "write note"), &json!({ "body": piece.body, "internal": true })),
            false => sent::create(self.ask(query, "write comment"), &json!({ "body": piece.body })),
        })
    }

    fn written(&self, piece: &Piece, response: &Response) -> Result<Written, Failure> {
        if piece.kind == WriteKind::Link {
            return self.linked(piece, response);
        }
        let text = sent::text(&self.site, &self.what(), response)?;
        let id = if piece.kind == WriteKind::Issue { "iid" } else { "id" };
        sent::named(text, id, "web_url").map_err(|reason| Failure::Unreadable { host: self.site.authority(), reason })
    }

    fn look(&self, piece: &Piece, after: Option<&str>) -> Request {
        if piece.kind == WriteKind::Link {
            return self.look_for_link(piece);
        }
        let query = match &piece.on {
            Some(on) => self.query(&format!("{}/notes", Self::path_of(on))),
            None => self.query("/issues").with("scope", "all"),
        };
        let query = query.with("order_by", "created_at").with("sort", "desc").with_number("per_page", PAGE);
        self.ask(query.with_number("page", sent::number(after, 1)), "read back")
    }

    fn said(&self, piece: &Piece, response: &Response) -> Vec<Comment> {
        let Ok(records) = sent::json::<Vec<&RawValue>>(&self.site, &self.what(), response) else { return Vec::new() };
        let Some(on) = &piece.on else { return Vec::new() };
        let noted = format::Noted::default();
        sent::comments(&records, |record, changes| format::read_note(record, on, &noted, changes))
    }

    fn looked(&self, piece: &Piece, since: Millis, after: Option<&str>, response: &Response) -> Result<Look, Failure> {
        if piece.kind == WriteKind::Link {
            return self.link_looked(piece, response);
        }
        let records: Vec<&RawValue> = sent::json(&self.site, &self.what(), response)?;
        let id = if piece.kind == WriteKind::Issue { "iid" } else { "id" };
        let page = sent::number(after, 1);
        let next = || {
            let older = sent::is_older(&records, "created_at", since, page);
            (records.len() >= PAGE && !older).then(|| (page + 1).to_string())
        };
        sent::look(&records, &piece.mark, |record| sent::named(record, id, "web_url"), next, &self.site)
    }
}
