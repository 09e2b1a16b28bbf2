//! What happened to tickets, as the incremental export of ticket events tells it, and as the audits of one ticket do: comments,
//! handoffs, merges and the names of files.
//!
//! Audits and comments are checked against bodies that a client keeps; what an export calls `child_events`, and how a merge
//! is told by where it came from, follow the vendor's documentation.

use super::{
    super::{fields::Loose, lenient},
    Attachment as File, Reason, Via, files, merged_from, numbered, reason,
    served::loosely,
    target_of_merge,
};
use domain::{Attached, AuthorRole, BodyFormat, Change, Comment, Hop, Millis};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeSet;

/// What has to be known of people to tell who speaks, by number.
#[derive(Clone, Copy, Default)]
pub(crate) struct Known<'a> {
    /// Those who work there. `None`: nobody said.
    pub(crate) staff: Option<&'a BTreeSet<String>>,
    /// Who asked.
    pub(crate) requester: Option<&'a str>,
}

impl Known<'_> {
    pub(super) fn role(&self, author: Option<&str>, public: Option<bool>) -> AuthorRole {
        match author {
            // -1 is Zendesk itself.
            Some("-1" | "0") => AuthorRole::System,
            Some(author) if self.requester == Some(author) => AuthorRole::Requester,
            Some(author) if self.is_staff(author) => AuthorRole::Agent,
            // A note is for those who work there, and so by one of them.
            _ if public == Some(false) || self.staff.is_none() => AuthorRole::Agent,
            _ => AuthorRole::Requester,
        }
    }

    fn is_staff(&self, id: &str) -> bool {
        self.staff.is_some_and(|staff| staff.contains(id))
    }
}

#[derive(Deserialize)]
struct Audit<'a> {
    #[serde(borrow, default)]
    ticket_id: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default)]
    timestamp: Loose<'a>,
    #[serde(borrow, default, alias = "author_id")]
    updater_id: Loose<'a>,
    #[serde(borrow, default)]
    via: Option<&'a RawValue>,
    #[serde(borrow, default, alias = "events", deserialize_with = "lenient::some_fitting")]
    child_events: Option<Vec<Event<'a>>>,
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    event_type: Loose<'a>,
    #[serde(borrow, default, rename = "type")]
    kind: Loose<'a>,
    #[serde(borrow, default)]
    author_id: Loose<'a>,
    #[serde(borrow, default)]
    plain_body: Loose<'a>,
    #[serde(borrow, default)]
    body: Loose<'a>,
    #[serde(borrow, default)]
    html_body: Loose<'a>,
    #[serde(default, deserialize_with = "lenient::flag")]
    public: Option<bool>,
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    attachments: Option<Vec<File<'a>>>,
    #[serde(borrow, default)]
    via: Option<&'a RawValue>,
    /// In an export, the field that changed is one of its own.
    #[serde(borrow, default)]
    group_id: Loose<'a>,
    #[serde(borrow, default)]
    assignee_id: Loose<'a>,
    #[serde(borrow, default)]
    status: Loose<'a>,
    /// In an audit it is named.
    #[serde(borrow, default)]
    field_name: Loose<'a>,
    #[serde(borrow, default)]
    value: Loose<'a>,
    #[serde(borrow, default)]
    previous_value: Loose<'a>,
}

impl<'a> Event<'a> {
    fn is(&self, kind: &str) -> bool {
        self.event_type.as_str() == kind || self.kind.as_str() == kind
    }

    /// As an export tells it.
    fn plain(mut self) -> Self {
        match self.field_name.as_str() {
            "group_id" => self.group_id = std::mem::take(&mut self.value),
            "assignee_id" => self.assignee_id = std::mem::take(&mut self.value),
            "status" => self.status = std::mem::take(&mut self.value),
            _ => {}
        }
        self
    }

    /// Also to nobody: then it names the field and says nothing of its value.
    fn changes(&self, field: &str, value: &Loose<'_>) -> bool {
        self.is("Change") && (!value.is_nothing() || self.field_name.as_str() == field)
    }
}

pub(crate) fn read_event(record: &str, known: Known<'_>, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let audit: Audit<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let ticket = audit.ticket_id.text().ok_or("it has no \"ticket_id\"")?;
    let at = match audit.created_at.time().map_err(|bad| format!("\"created_at\": {bad}"))? {
        None => audit.timestamp.time().map_err(|bad| format!("\"timestamp\": {bad}"))?,
        some => some,
    };
    let at = at.ok_or("it has neither \"created_at\" nor \"timestamp\"")?;
    let events: Vec<Event<'_>> = audit.child_events.unwrap_or_default().into_iter().map(Event::plain).collect();
    // The first comment is the ticket's own description: once is enough.
    let created = events.iter().any(|event| event.is("Create"));
    let regrouped = events.iter().any(|event| event.changes("group_id", &event.group_id));
    let updater = audit.updater_id.text();
    let by = updater.as_deref().filter(|id| known.is_staff(id)).map(|id| numbered("user", id));
    // What is closed in the same breath went into another ticket; nothing went into it.
    let closed = events.iter().any(|event| event.is("Change") && event.status.as_str() == "closed");
    let via: Option<Via<'_>> = loosely(audit.via).filter(|_| !closed);
    for event in events {
        if event.is("Comment") {
            let own: Option<Via<'_>> = loosely(event.via).filter(|_| !closed);
            merged_from(own.as_ref().or(via.as_ref()), &ticket, changes);
            comment(&ticket, event, updater.as_deref(), at, known, created, changes)?;
        } else if event.is("Change") {
            changes.extend(hop(&ticket, event, by.clone(), at, regrouped).map(Change::Hop));
        }
    }
    Ok(())
}

fn comment(
    ticket: &str,
    event: Event<'_>,
    updater: Option<&str>,
    at: Millis,
    known: Known<'_>,
    first: bool,
    changes: &mut Vec<Change>,
) -> Result<(), Reason> {
    let files = files(event.attachments);
    if first {
        if !files.is_empty() {
            changes.push(Change::Attached(Attached { ticket: ticket.into(), comment: None, files }));
        }
        return Ok(());
    }
    let plain = event.body.text().or_else(|| event.plain_body.text());
    let (body, body_format) = match (plain, event.html_body.text()) {
        (Some(text), _) => (text, BodyFormat::Text),
        (None, Some(html)) => (html, BodyFormat::Html),
        (None, None) if !files.is_empty() => (String::new(), BodyFormat::Text),
        // Without the side-load it says only that there was one.
        (None, None) => return Ok(()),
    };
    let author = event.author_id.text().or_else(|| updater.map(str::to_owned));
    let author_role = known.role(author.as_deref(), event.public);
    let id = event.id.text().ok_or("a comment has no \"id\"")?;
    told(ticket, &id, author_role, &body, files, changes);
    changes.push(Change::Comment(Comment {
        links: Vec::new(),
        ticket: ticket.to_owned(),
        id,
        author: author.filter(|_| author_role != AuthorRole::System).map(|id| numbered("user", &id)),
        author_role,
        // What is not said to be public stays inside the team.
        public: event.public.unwrap_or(false),
        body,
        body_format,
        created_at: at,
    }));
    Ok(())
}

/// What a comment brings beside itself. That its ticket was closed for another is said by who works there, or by the desk.
pub(super) fn told(
    ticket: &str,
    id: &str,
    author: AuthorRole,
    body: &str,
    files: Vec<domain::Attachment>,
    changes: &mut Vec<Change>,
) {
    if let Some(into) = target_of_merge(body).filter(|into| author != AuthorRole::Requester && into != ticket) {
        changes.push(Change::Merge { ticket: ticket.into(), into });
    }
    if !files.is_empty() {
        changes.push(Change::Attached(Attached { ticket: ticket.into(), comment: Some(id.into()), files }));
    }
}

fn hop(ticket: &str, event: Event<'_>, by: Option<String>, at: Millis, regrouped: bool) -> Option<Hop> {
    let shown = |word: &str, id: Loose<'_>| id.text().map(|id| numbered(word, &id));
    let (from_group, to_group) = if event.changes("group_id", &event.group_id) {
        (shown("group", event.previous_value), shown("group", event.group_id))
    } else if event.changes("assignee_id", &event.assignee_id) && !regrouped {
        // The first one who takes it is no handoff.
        (Some(shown("user", event.previous_value)?), shown("user", event.assignee_id))
    } else {
        return None;
    };
    Some(Hop { ticket: ticket.to_owned(), at, from_group, to_group, by })
}
