//! Private notes on issues, and the relation to another one. Tried on 5.0.
//!
//! **Redmine makes a note public without a word where the account may not write private ones**: so before any leaves, the
//! roles of the account in the issue's project are asked what they allow, and without that nothing is sent.

use super::{One, Redmine};
use crate::{
    formats::redmine as format,
    http::{Asks, Failure, Request, Response},
    pull::{
        Lack, Probe,
        listed::Listed,
        query::{Query, part},
        sent,
    },
    push::{Look, Piece, WriteKind, Writer, Written},
};
use domain::{Change, Comment, Millis};
use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};

/// What a role has to allow.
const PRIVATE: &str = "set_notes_private";
const NEEDS: &str = "a private note or a relation is written on an issue, by its number";

#[derive(Deserialize)]
struct Said<'a> {
    #[serde(borrow, default)]
    journals: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Relations<'a> {
    #[serde(borrow)]
    relations: Vec<&'a RawValue>,
}

fn number(id: Option<&str>) -> Result<u64, &'static str> {
    id.and_then(|id| id.parse().ok()).ok_or(NEEDS)
}

/// A number, or a text that is one.
fn id_at(value: &Value, at: &str) -> Option<u64> {
    let id = value.pointer(at)?;
    id.as_u64().or_else(|| id.as_str()?.parse().ok())
}

impl Redmine {
    fn issue(&self, piece: &Piece, rest: &str) -> Query {
        Query::of(self.path(&format!("/issues/{}{rest}.json", part(piece.on.as_deref().unwrap_or_default()))))
    }

    fn at_issue(&self, id: &str) -> Written {
        Written { id: id.to_owned(), url: Some(format!("{}/issues/{}", self.base(), part(id))) }
    }

    /// In whichever direction it was made.
    fn is_related(piece: &Piece, relation: &Value) -> bool {
        let ends = [id_at(relation, "/issue_id"), id_at(relation, "/issue_to_id")];
        let wanted = [number(piece.on.as_deref()).ok(), number(piece.title.as_deref()).ok()];
        wanted.iter().all(|end| end.is_some() && ends.contains(end))
    }

    /// What a test says of it, by asking what is asked before anything leaves.
    pub(super) fn may_write(&self, issue: u64, told: &[Response]) -> Probe {
        let on = Some(issue.to_string());
        let note = Piece { kind: WriteKind::Note, on, title: None, body: String::new(), mark: String::new() };
        match self.before(&note, told) {
            Ok(Some(request)) => Probe::Ask(Request { purpose: "test", ..request }),
            Ok(None) => Probe::Done(Vec::new()),
            Err(Failure::AccessDenied { .. }) => Probe::Done(vec![Lack::PrivateNotes]),
            Err(_) => Probe::Done(vec![Lack::Write]),
        }
    }

    fn may_not(&self) -> Failure {
        let said = "this account may not write private notes there, and everybody would have read it".to_owned();
        Failure::AccessDenied { host: self.site.authority(), said }
    }
}

impl Writer for Redmine {
    fn kinds(&self) -> &'static [WriteKind] {
        &[WriteKind::Note, WriteKind::Link]
    }

    fn needs(&self) -> &'static str {
        "a role that may add notes, set notes private and manage issue relations"
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
                let note = json!({ "issue": { "notes": piece.body, "private_notes": true } });
                let request = self.ask(self.issue(piece, ""), "write note");
                Ok(Request { asks: Asks::Change(note.to_string()), ..request })
            }
            WriteKind::Link => {
                let to = number(piece.title.as_deref())?;
                let relation = json!({ "relation": { "issue_to_id": to, "relation_type": "relates" } });
                Ok(sent::create(self.ask(self.issue(piece, "/relations"), "write link"), &relation))
            }
            WriteKind::Issue | WriteKind::Comment => Err(NEEDS),
        }
    }

    /// The issue says in which project, the account which roles it has there, and each role what it allows.
    fn before(&self, piece: &Piece, told: &[Response]) -> Result<Option<Request>, Failure> {
        if piece.kind != WriteKind::Note {
            return Ok(None);
        }
        let told: Vec<Value> =
            told.iter().map(|told| sent::json(&self.site, &self.what(), told)).collect::<Result<_, _>>()?;
        let ask = |query| Ok(Some(self.ask(query, "before writing")));
        let Some(issue) = told.first() else { return ask(self.issue(piece, "")) };
        let Some(me) = told.get(1) else {
            return ask(Query::of(self.path("/users/current.json")).with("include", "memberships"));
        };
        if me.pointer("/user/admin") == Some(&Value::Bool(true)) {
            return Ok(None);
        }
        let project = id_at(issue, "/issue/project/id");
        let all = |at: &str, of: &Value| of.pointer(at).and_then(Value::as_array).cloned().unwrap_or_default();
        let here = all("/user/memberships", me).into_iter().find(|one| id_at(one, "/project/id") == project);
        let roles: Vec<u64> =
            here.iter().flat_map(|here| all("/roles", here)).filter_map(|role| id_at(&role, "/id")).collect();
        let asked = told.get(2..).unwrap_or_default();
        let allows = |role: &Value| all("/role/permissions", role).iter().any(|allowed| allowed == PRIVATE);
        match roles.get(asked.len()) {
            _ if project.is_some() && asked.iter().any(allows) => Ok(None),
            Some(role) => ask(Query::of(self.path(&format!("/roles/{role}.json")))),
            None => Err(self.may_not()),
        }
    }

    /// It answers a note with nothing at all.
    fn written(&self, piece: &Piece, response: &Response) -> Result<Written, Failure> {
        sent::text(&self.site, &self.what(), response)?;
        if piece.kind == WriteKind::Link {
            let made: Value = sent::json(&self.site, &self.what(), response)?;
            let related = made.get("relation").is_some_and(|made| Self::is_related(piece, made));
            let reason = "it does not say that the issue was related".to_owned();
            let written = related.then(|| self.at_issue(piece.title.as_deref().unwrap_or_default()));
            return written.ok_or(Failure::Unreadable { host: self.site.authority(), reason });
        }
        Ok(self.at_issue(piece.on.as_deref().unwrap_or_default()))
    }

    /// All of it comes at once.
    fn look(&self, piece: &Piece, _: Option<&str>) -> Request {
        match piece.kind {
            WriteKind::Link => self.ask(self.issue(piece, "/relations"), "read back"),
            _ => self.ask(self.issue(piece, "").with("include", "journals"), "read back"),
        }
    }

    fn said(&self, piece: &Piece, response: &Response) -> Vec<Comment> {
        if piece.kind == WriteKind::Link {
            return Vec::new();
        }
        let Ok(one) = sent::json::<One<'_>>(&self.site, &self.what(), response) else { return Vec::new() };
        let mut changes = Vec::new();
        // Whatever it pushed before it failed is whole.
        let _ = format::read_journals(one.issue.get(), &mut changes);
        let comment = |change| match change {
            Change::Comment(comment) => Some(comment),
            _ => None,
        };
        changes.into_iter().filter_map(comment).collect()
    }

    fn looked(&self, piece: &Piece, _: Millis, _: Option<&str>, response: &Response) -> Result<Look, Failure> {
        let (site, what) = (&self.site, self.what());
        if piece.kind == WriteKind::Link {
            let page: Relations<'_> = sent::json(site, &what, response)?;
            let related = |record: &&&RawValue| {
                serde_json::from_str(record.get()).is_ok_and(|relation| Self::is_related(piece, &relation))
            };
            let there = page.relations.iter().find(related);
            let to = piece.title.as_deref().unwrap_or_default();
            return Ok(there.map_or(Look::Nowhere, |_| Look::There(self.at_issue(to))));
        }
        let one: One<'_> = sent::json(site, &what, response)?;
        let said: Said<'_> = serde_json::from_str(one.issue.get())
            .map_err(|error| Failure::Unreadable { host: site.authority(), reason: crate::formats::reason(&error) })?;
        let on = piece.on.as_deref().unwrap_or_default();
        sent::look(&said.journals, &piece.mark, |_| Ok(self.at_issue(on)), || None, site)
    }
}
