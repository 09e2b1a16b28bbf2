//! What happened to tickets, as the incremental export of ticket events tells it: comments and handoffs.

use super::{super::fields::Loose, Reason, reason};
use domain::{AuthorRole, BodyFormat, Change, Comment, Hop, Millis};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Names of those who work there and of their groups, by number.
#[derive(Default)]
pub(crate) struct Names<'a> {
    pub(crate) people: Option<&'a BTreeMap<String, String>>,
    pub(crate) groups: Option<&'a BTreeMap<String, String>>,
}

#[derive(Deserialize)]
struct Audit<'a> {
    #[serde(borrow, default)]
    ticket_id: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default)]
    timestamp: Loose<'a>,
    #[serde(borrow, default)]
    updater_id: Loose<'a>,
    #[serde(borrow, default)]
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
    #[serde(default)]
    public: Option<bool>,
    #[serde(borrow, default)]
    group_id: Loose<'a>,
    #[serde(borrow, default)]
    assignee_id: Loose<'a>,
    #[serde(borrow, default)]
    previous_value: Loose<'a>,
}

pub(crate) fn read_event(record: &str, names: &Names<'_>, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let audit: Audit<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let ticket = audit.ticket_id.text().ok_or("it has no \"ticket_id\"")?;
    let at = match audit.created_at.time().map_err(|bad| format!("\"created_at\": {bad}"))? {
        None => audit.timestamp.time().map_err(|bad| format!("\"timestamp\": {bad}"))?,
        some => some,
    };
    let at = at.ok_or("it has neither \"created_at\" nor \"timestamp\"")?;
    let events = audit.child_events.unwrap_or_default();
    let is = |event: &Event<'_>, kind: &str| event.event_type.as_str() == kind || event.kind.as_str() == kind;
    // The first comment is the ticket's own description: once is enough.
    let created = events.iter().any(|event| is(event, "Create"));
    let regrouped = events.iter().any(|event| is(event, "Change") && !event.group_id.is_nothing());
    let updater = audit.updater_id.text();
    for event in events {
        if is(&event, "Comment") && !created {
            changes.extend(comment(&ticket, event, updater.as_deref(), at, names)?.map(Change::Comment));
        } else if is(&event, "Change") {
            let by = updater.as_deref().and_then(|id| name(names.people, id));
            changes.extend(hop(&ticket, event, by, at, regrouped, names).map(Change::Hop));
        }
    }
    Ok(())
}

fn comment(
    ticket: &str,
    event: Event<'_>,
    updater: Option<&str>,
    at: Millis,
    names: &Names<'_>,
) -> Result<Option<Comment>, Reason> {
    let plain = event.body.text().or_else(|| event.plain_body.text());
    let (body, body_format) = match (plain, event.html_body.text()) {
        (Some(text), _) => (text, BodyFormat::Text),
        (None, Some(html)) => (html, BodyFormat::Html),
        // Without the side-load it says only that there was one.
        (None, None) => return Ok(None),
    };
    let author = event.author_id.text().or_else(|| updater.map(str::to_owned));
    let staff = author.as_deref().and_then(|id| name(names.people, id));
    let author_role = match (author.as_deref(), &staff) {
        // -1 is Zendesk itself.
        (Some("-1" | "0"), _) => AuthorRole::System,
        (_, Some(_)) => AuthorRole::Agent,
        _ if event.public == Some(false) => AuthorRole::Agent,
        _ => AuthorRole::Requester,
    };
    Ok(Some(Comment {
        links: Vec::new(),
        ticket: ticket.to_owned(),
        id: event.id.text().ok_or("a comment has no \"id\"")?,
        author: staff.or(author),
        author_role,
        // What is not said to be public stays inside the team.
        public: event.public.unwrap_or(false),
        body,
        body_format,
        created_at: at,
    }))
}

fn hop(
    ticket: &str,
    event: Event<'_>,
    by: Option<String>,
    at: Millis,
    regrouped: bool,
    names: &Names<'_>,
) -> Option<Hop> {
    let before = event.previous_value.text();
    let shown = |list, id: Option<String>| id.map(|id| name(list, &id).unwrap_or(id));
    let (from_group, to_group) = if !event.group_id.is_nothing() {
        (shown(names.groups, before), shown(names.groups, event.group_id.text()))
    } else if !event.assignee_id.is_nothing() && before.is_some() && !regrouped {
        // The first one who takes it is no handoff.
        (shown(names.people, before), shown(names.people, event.assignee_id.text()))
    } else {
        return None;
    };
    Some(Hop { ticket: ticket.to_owned(), at, from_group, to_group, by })
}

fn name(list: Option<&BTreeMap<String, String>>, id: &str) -> Option<String> {
    list?.get(id).cloned()
}
