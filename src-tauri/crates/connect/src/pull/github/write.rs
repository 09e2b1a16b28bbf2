//! Issues and comments on them. GitHub has no key against doubles: a text is found again by its mark, in the newest
//! issues of the repository or in what was said on the issue. Requests and answers as recorded traffic has them.

use super::Github;
use crate::{
    formats::github as format,
    http::{Failure, Request, Response},
    pull::{listed::Listed, sent},
    push::{Look, Piece, WriteKind, Writer, Written},
};
use domain::{Comment, Millis};
use serde_json::{json, value::RawValue};

const PAGE: usize = 100;

impl Github {
    /// Its number, and nothing that could lead elsewhere.
    fn number(on: Option<&str>) -> Result<u64, &'static str> {
        let number = on.and_then(|on| on.rsplit_once('#')?.1.parse().ok());
        number.ok_or("a comment needs the issue that it is for")
    }
}

impl Writer for Github {
    fn kinds(&self) -> &'static [WriteKind] {
        &[WriteKind::Issue, WriteKind::Comment]
    }

    fn needs(&self) -> &'static str {
        "Issues: read and write (or the scope repo; public_repo for a public repository)"
    }

    fn longest(&self) -> usize {
        65_000
    }

    fn marked(&self, body: &str, mark: &str) -> String {
        sent::hidden(body, mark)
    }

    fn request(&self, piece: &Piece) -> Result<Request, &'static str> {
        Ok(match piece.kind {
            WriteKind::Issue => {
                sent::create(self.ask("/issues", "write issue"), &json!({ "title": piece.title, "body": piece.body }))
            }
            WriteKind::Comment => {
                let path = format!("/issues/{}/comments", Self::number(piece.on.as_deref())?);
                sent::create(self.ask(&path, "write comment"), &json!({ "body": piece.body }))
            }
            WriteKind::Note => return Err("GitHub has no internal notes"),
            WriteKind::Link => return Err("GitHub links issues in comments alone"),
        })
    }

    fn written(&self, piece: &Piece, response: &Response) -> Result<Written, Failure> {
        let text = sent::text(&self.site, &self.what(), response)?;
        let id = if piece.kind == WriteKind::Issue { "number" } else { "id" };
        sent::named(text, id, "html_url").map_err(|reason| Failure::Unreadable { host: self.site.authority(), reason })
    }

    fn look(&self, piece: &Piece, after: Option<&str>) -> Request {
        let page = sent::number(after, 1);
        let path = match piece.kind {
            WriteKind::Issue => {
                format!("/issues?state=all&sort=created&direction=desc&per_page={PAGE}&page={page}")
            }
            // The oldest come first, and every one is looked at: a moment to begin from would be this machine's own.
            _ => {
                let number = Self::number(piece.on.as_deref()).unwrap_or_default();
                format!("/issues/{number}/comments?per_page={PAGE}&page={page}")
            }
        };
        self.ask(&path, "read back")
    }

    fn said(&self, piece: &Piece, response: &Response) -> Vec<Comment> {
        let Ok(records) = sent::json::<Vec<&RawValue>>(&self.site, &self.what(), response) else { return Vec::new() };
        match piece.kind {
            WriteKind::Issue => Vec::new(),
            _ => sent::comments(&records, |record, changes| {
                format::read_comment(record, Some(&self.repository), changes)
            }),
        }
    }

    fn looked(&self, piece: &Piece, since: Millis, after: Option<&str>, response: &Response) -> Result<Look, Failure> {
        let records: Vec<&RawValue> = sent::json(&self.site, &self.what(), response)?;
        let id = if piece.kind == WriteKind::Issue { "number" } else { "id" };
        let page = sent::number(after, 1);
        let next = || {
            let older = piece.kind == WriteKind::Issue && sent::is_older(&records, "created_at", since, page);
            (records.len() >= PAGE && !older).then(|| (page + 1).to_string())
        };
        sent::look(&records, &piece.mark, |record| sent::named(record, id, "html_url"), next, &self.site)
    }
}
