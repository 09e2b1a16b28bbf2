//! Tickets, transactions and messages as Request Tracker's REST 2 sends them.

use super::{Reason, fields::Loose, lenient, people::is_program, reason};
use domain::{Attachment, AuthorRole, BodyFormat, Comment, Link, LinkKind, Millis, ResolutionClass, Status, Ticket};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Case<'a> {
    #[serde(borrow, default, rename = "id")]
    id: Loose<'a>,
    #[serde(borrow, default)]
    subject: Loose<'a>,
    #[serde(borrow, default)]
    status: Loose<'a>,
    #[serde(borrow, default)]
    priority: Loose<'a>,
    #[serde(default, deserialize_with = "lenient::loosely")]
    queue: Option<Queue>,
    #[serde(borrow, default)]
    owner: Loose<'a>,
    #[serde(borrow, default)]
    requestor: Loose<'a>,
    #[serde(borrow, default)]
    creator: Loose<'a>,
    #[serde(borrow, default)]
    created: Loose<'a>,
    #[serde(borrow, default)]
    last_updated: Loose<'a>,
    #[serde(borrow, default)]
    resolved: Loose<'a>,
    #[serde(default)]
    custom_fields: Value,
    #[serde(borrow, default, rename = "_hyperlinks", deserialize_with = "lenient::some_fitting")]
    links: Option<Vec<Hyperlink<'a>>>,
}

#[derive(Deserialize)]
struct Queue {
    #[serde(default)]
    id: Value,
    #[serde(default, rename = "Name", deserialize_with = "lenient::text")]
    name: Option<String>,
}

#[derive(Deserialize)]
struct Hyperlink<'a> {
    #[serde(borrow, default, rename = "ref")]
    kind: Loose<'a>,
    #[serde(borrow, default, rename = "type")]
    to: Loose<'a>,
    #[serde(borrow, default)]
    id: Loose<'a>,
}

/// One thing that happened to a ticket.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Transaction<'a> {
    #[serde(borrow, default, rename = "id")]
    id: Loose<'a>,
    #[serde(borrow, default, rename = "Type")]
    kind: Loose<'a>,
    #[serde(borrow, default)]
    creator: Loose<'a>,
    #[serde(borrow, default)]
    created: Loose<'a>,
    #[serde(borrow, default)]
    field: Loose<'a>,
    #[serde(borrow, default)]
    old_value: Loose<'a>,
    #[serde(borrow, default)]
    new_value: Loose<'a>,
    #[serde(borrow, default, rename = "_hyperlinks", deserialize_with = "lenient::some_fitting")]
    links: Option<Vec<Hyperlink<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct File<'a> {
    #[serde(borrow, default)]
    transaction_id: Loose<'a>,
    #[serde(borrow, default)]
    filename: Loose<'a>,
    #[serde(borrow, default)]
    headers: Loose<'a>,
}

/// What of a transaction matters here.
#[derive(Debug, PartialEq)]
pub(crate) enum Happened {
    Said(Said),
    /// Between queues, by their numbers.
    Moved {
        at: Millis,
        from: Option<String>,
        to: Option<String>,
        by: Option<String>,
    },
    Nothing,
}

/// A message whose text is still to be asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Said {
    pub(crate) transaction: String,
    by: Option<String>,
    at: Millis,
    /// The first one is what the ticket says itself.
    pub(crate) first: bool,
    public: bool,
}

/// A part of a message.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Part<'a> {
    #[serde(borrow, default)]
    transaction_id: Loose<'a>,
    #[serde(borrow, default)]
    content_type: Loose<'a>,
    #[serde(borrow, default)]
    content: Loose<'a>,
    /// Where they were asked for.
    #[serde(borrow, default)]
    creator: Loose<'a>,
    #[serde(borrow, default)]
    created: Loose<'a>,
}

/// A part of a message by itself, which says neither whether it is the first one nor for whom it is.
pub(crate) fn read_message(record: &str, ticket: &str) -> Result<Option<Comment>, Reason> {
    let part: Part<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let (Some(id), Some(body)) = (part.transaction_id.id(), part.content.text()) else { return Ok(None) };
    let Some(created_at) = time("Created", part.created)? else { return Ok(None) };
    let html = part.content_type.as_str() == "text/html";
    let body_format = if html { BodyFormat::Html } else { BodyFormat::Text };
    let (ticket, author) = (ticket.to_owned(), part.creator.id());
    Ok(Some(Comment { ticket, id, author, body, body_format, created_at, public: false, ..Comment::default() }))
}

/// A ticket without its text; `None` where it is deleted. When it changed, and the number of its queue.
pub(crate) struct Read {
    pub(crate) id: String,
    pub(crate) at: Millis,
    pub(crate) ticket: Option<Ticket>,
    pub(crate) queue: Option<(String, String)>,
}

pub(crate) fn read_ticket(record: &str, base: &str) -> Result<Read, Reason> {
    let case: Case<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let id = case.id.text().ok_or("it has no \"id\"")?;
    let (created, updated) = (time("Created", case.created)?, time("LastUpdated", case.last_updated)?);
    let created_at = created.or(updated).ok_or("it has neither \"Created\" nor \"LastUpdated\"")?;
    let at = updated.unwrap_or(created_at);
    let label = case.status.as_str().to_owned();
    let status = match label.as_str() {
        "deleted" => return Ok(Read { id, at, ticket: None, queue: None }),
        "new" => Status::New,
        "stalled" => Status::Pending,
        "resolved" => Status::Solved,
        "rejected" => Status::Closed,
        _ => Status::Open,
    };
    let queue = case.queue.and_then(|queue| {
        let number = match queue.id {
            Value::String(text) => text,
            other => other.to_string(),
        };
        Some((number, queue.name?))
    });
    let mut links: Vec<Link> = case
        .links
        .unwrap_or_default()
        .into_iter()
        .filter(|link| link.to.as_str() == "ticket" && link.kind.as_str() != "self")
        .filter_map(|link| Some(Link { kind: LinkKind::Mentions, to: link.id.text()? }))
        .filter(|link| link.to != id)
        .collect();
    links.sort();
    links.dedup();
    let (affected_versions, extra) = custom(&case.custom_fields);
    let person = |value: Loose<'_>| value.id().filter(|name| name != "Nobody");
    let requester = match case.requestor {
        Loose::List(people) => people.into_iter().find_map(person),
        one => person(one),
    };
    let ticket = Ticket {
        subject: case.subject.text().unwrap_or_default(),
        status,
        priority: case.priority.text().filter(|priority| priority != "0"),
        group: queue.as_ref().map(|(_, name)| name.clone()),
        requester: requester.or_else(|| person(case.creator)),
        assignee: person(case.owner),
        affected_versions,
        created_at,
        updated_at: at,
        solved_at: time("Resolved", case.resolved).ok().flatten().filter(|_| status.is_done()),
        resolution_class: (label == "rejected").then_some(ResolutionClass::WontFix),
        resolution: status.is_done().then_some(label),
        links,
        url: Some(format!("{base}/Ticket/Display.html?id={id}")),
        extra,
        id: id.clone(),
        ..Ticket::default()
    };
    Ok(Read { id, at, ticket: Some(ticket), queue })
}

/// The name of a file and what its head says of its size, with the message that brought it.
pub(crate) fn read_file(record: &str) -> Option<(String, Attachment)> {
    let file: File<'_> = serde_json::from_str(record).ok()?;
    let length = |line: &str| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    };
    let size = file.headers.as_str().lines().find_map(length);
    Some((file.transaction_id.id()?, Attachment { name: file.filename.text()?, size }))
}

impl Transaction<'_> {
    /// How many parts its message has, where that is told.
    pub(crate) fn parts(&self) -> usize {
        self.links.iter().flatten().filter(|link| link.kind.as_str() == "attachment").count()
    }

    pub(crate) fn read(self) -> Result<Happened, Reason> {
        let at = time("Created", self.created)?.ok_or("a transaction has no \"Created\"")?;
        let by = self.creator.id();
        let said = |first, public, by: Option<String>| {
            let transaction = self.id.clone().text().ok_or("a transaction has no \"id\"")?;
            Ok::<_, Reason>(Happened::Said(Said { transaction, by, at, first, public }))
        };
        match self.kind.as_str() {
            "Create" => said(true, true, by),
            "Correspond" => said(false, true, by),
            // Only those who work there may read it.
            "Comment" => said(false, false, by),
            "Set" if self.field.as_str() == "Queue" => {
                Ok(Happened::Moved { at, from: self.old_value.text(), to: self.new_value.text(), by })
            }
            _ => Ok(Happened::Nothing),
        }
    }
}

/// The text of a message: plain where there is some.
pub(crate) fn text_of(said: &Said, parts: &[Part<'_>]) -> Option<(String, BodyFormat)> {
    let mut html = None;
    for part in parts.iter().filter(|part| part.transaction_id.clone().text().as_ref() == Some(&said.transaction)) {
        let Some(text) = part.content.clone().text() else { continue };
        match part.content_type.as_str() {
            "text/html" => html = html.or(Some((text, BodyFormat::Html))),
            _ => return Some((text, BodyFormat::Text)),
        }
    }
    html
}

pub(crate) fn comment(ticket: &str, asked: Option<&str>, said: Said, body: String, body_format: BodyFormat) -> Comment {
    let author_role = match said.by.as_deref() {
        Some("RT_System") => AuthorRole::System,
        Some(name) if is_program(name) => AuthorRole::System,
        Some(name) if asked == Some(name) => AuthorRole::Requester,
        _ => AuthorRole::Agent,
    };
    Comment {
        links: Vec::new(),
        ticket: ticket.to_owned(),
        id: said.transaction,
        author: said.by,
        author_role,
        public: said.public,
        body,
        body_format,
        created_at: said.at,
    }
}

/// A time that was never set is told as the beginning of 1970.
fn time(name: &str, value: Loose<'_>) -> Result<Option<Millis>, Reason> {
    let at = value.time().map_err(|bad| format!("\"{name}\": {bad}"))?;
    Ok(at.filter(|at| at.0 > 0))
}

fn custom(fields: &Value) -> (Vec<String>, Map<String, Value>) {
    let (mut versions, mut extra) = (Vec::new(), Map::new());
    for field in fields.as_array().into_iter().flatten() {
        let (Some(name), Some(values)) = (field["name"].as_str(), field["values"].as_array()) else { continue };
        let values: Vec<String> = values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect();
        if values.is_empty() {
            continue;
        }
        if name.to_lowercase().contains("version") {
            versions.extend(values);
        } else {
            extra.insert(name.to_owned(), values.into());
        }
    }
    (versions, extra)
}
