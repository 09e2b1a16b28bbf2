//! Tickets and conversations as Freshdesk's REST API sends them, version 2; of version 1, what its records share with it.

mod article;

pub(crate) use article::{Shelf, read_article, read_folder};

use super::{Reason, fields::Loose, lenient, reason};
use domain::{
    Attached, Attachment, AuthorRole, BodyFormat, Change, Comment, Link, LinkKind, Millis, Name, Service, Status,
    Ticket,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    subject: Loose<'a>,
    #[serde(borrow, default)]
    description: Loose<'a>,
    #[serde(borrow, default)]
    description_text: Loose<'a>,
    #[serde(borrow, default)]
    status: Loose<'a>,
    #[serde(borrow, default)]
    priority: Loose<'a>,
    #[serde(borrow, default, rename = "type", alias = "ticket_type")]
    kind: Loose<'a>,
    #[serde(borrow, default)]
    tags: Loose<'a>,
    #[serde(borrow, default)]
    requester: Loose<'a>,
    #[serde(borrow, default)]
    requester_name: Loose<'a>,
    #[serde(borrow, default)]
    requester_id: Loose<'a>,
    #[serde(borrow, default)]
    responder_name: Loose<'a>,
    #[serde(borrow, default)]
    responder_id: Loose<'a>,
    #[serde(borrow, default)]
    group_id: Loose<'a>,
    #[serde(borrow, default)]
    product_id: Loose<'a>,
    #[serde(borrow, default)]
    company: Loose<'a>,
    #[serde(borrow, default)]
    company_id: Loose<'a>,
    #[serde(borrow, default)]
    is_escalated: Loose<'a>,
    #[serde(borrow, default)]
    deleted: Loose<'a>,
    #[serde(borrow, default)]
    spam: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default)]
    updated_at: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    stats: Option<Stats<'a>>,
    #[serde(borrow, default)]
    association_type: Loose<'a>,
    #[serde(borrow, default)]
    associated_tickets_list: Loose<'a>,
    #[serde(default, deserialize_with = "lenient::loosely")]
    custom_fields: Option<Map<String, Value>>,
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    attachments: Option<Vec<File<'a>>>,
}

#[derive(Deserialize)]
struct Stats<'a> {
    #[serde(borrow, default)]
    resolved_at: Loose<'a>,
    #[serde(borrow, default)]
    closed_at: Loose<'a>,
    #[serde(borrow, default)]
    first_responded_at: Loose<'a>,
}

/// Somebody or something that tickets tell by number. Agents are called so in what is said of them as a contact.
#[derive(Deserialize)]
struct Numbered<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    contact: Loose<'a>,
    #[serde(borrow, default)]
    updated_at: Loose<'a>,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(default, alias = "file_size")]
    size: Value,
}

#[derive(Deserialize)]
struct Conversation<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    body: Loose<'a>,
    #[serde(borrow, default)]
    body_text: Loose<'a>,
    #[serde(borrow, default)]
    incoming: Loose<'a>,
    #[serde(borrow, default)]
    private: Loose<'a>,
    #[serde(borrow, default)]
    user_id: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    attachments: Option<Vec<File<'a>>>,
}

/// What a listing says of a ticket.
pub(crate) struct Read {
    pub(crate) id: String,
    pub(crate) at: Millis,
    /// It lies in the trash or among spam.
    pub(crate) gone: bool,
    pub(crate) asked: Asked,
}

/// Who asked, by number and by name: conversations tell the number alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) id: Option<String>,
    pub(crate) name: Option<String>,
}

/// The ticket alone, or that it is gone. `base` is where people open it.
pub(crate) fn read(record: &str, base: &str, changes: &mut Vec<Change>) -> Result<Read, Reason> {
    let record: Record<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let time = |name, value: Loose<'_>| value.time().map_err(|bad| format!("\"{name}\": {bad}"));
    let id = record.id.text().ok_or("it has no \"id\"")?;
    let (created, updated) = (time("created_at", record.created_at)?, time("updated_at", record.updated_at)?);
    let created_at = created.or(updated).ok_or("it has neither \"created_at\" nor \"updated_at\"")?;
    let at = updated.unwrap_or(created_at);
    let asked_by = record.requester_id.text().or_else(|| record.requester.id());
    let asked = Asked { id: asked_by, name: record.requester_name.text().or_else(|| record.requester.text()) };
    if [&record.deleted, &record.spam].into_iter().any(|flag| flag.flag() == Some(true)) {
        changes.push(Change::Delete { ticket: id.clone() });
        return Ok(Read { id, at, gone: true, asked });
    }
    let status = status(&record.status);
    let mut service = Service::default();
    let solved_at = match record.stats {
        Some(told) => {
            let replied = told.first_responded_at.when();
            service.first_reply = replied.map(|at| at.0.saturating_sub(created_at.0).max(0));
            told.resolved_at.when().or(told.closed_at.when())
        }
        None => None,
    };
    let others = record.associated_tickets_list.list().into_iter();
    // 4: related to a tracker. Parents, children and trackers have others below them.
    let kind = if record.association_type.whole() == Some(4) { LinkKind::SimilarTo } else { LinkKind::Mentions };
    let links = others.filter(|to| *to != id).map(|to| Link { kind, to }).collect();

    let mut extra = record.custom_fields.unwrap_or_default();
    extra.retain(|_, value| !matches!(value, Value::Null) && value.as_str() != Some(""));
    extra.extend(record.kind.text().map(|kind| ("type".into(), kind.into())));
    extra.extend(record.product_id.text().map(|product| ("product_id".into(), product.into())));
    if record.is_escalated.flag() == Some(true) {
        extra.insert("is_escalated".into(), true.into());
    }
    let files = record.attachments.unwrap_or_default().into_iter();
    let files: Vec<Value> =
        files.filter_map(|file| Some(json!({ "name": file.name.text()?, "size": file.size }))).collect();
    if !files.is_empty() {
        extra.insert("attachments".into(), files.into());
    }
    let (body, body_format) = prose(record.description, record.description_text);
    let numbered = |word: &str, number: Loose<'_>| number.text().map(|number| format!("{word} {number}"));
    changes.push(Change::Ticket(Box::new(Ticket {
        subject: record.subject.text().unwrap_or_default(),
        body,
        body_format,
        status,
        priority: priority(record.priority),
        requester: asked.name.clone().or_else(|| asked.id.as_ref().map(|id| format!("contact {id}"))),
        account: record.company.text().or_else(|| numbered("company", record.company_id)),
        group: numbered("group", record.group_id),
        assignee: record.responder_name.text().or_else(|| numbered("agent", record.responder_id)),
        tags: record.tags.list(),
        created_at,
        updated_at: at,
        solved_at: solved_at.filter(|_| status.is_done()),
        links,
        url: Some(format!("{base}/a/tickets/{id}")),
        service,
        extra,
        id: id.clone(),
        ..Ticket::default()
    })));
    Ok(Read { id, at, gone: false, asked })
}

/// One of the list `groups`, `agents` or `companies`, as tickets and conversations tell it.
pub(crate) fn read_name(record: &str, list: &str, changes: &mut Vec<Change>) -> Result<(String, Millis), Reason> {
    let record: Numbered<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let id = record.id.text().ok_or("it has no \"id\"")?;
    let words: &[&str] = match list {
        "groups" => &["group"],
        "agents" => &["agent", "user"],
        _ => &["company"],
    };
    let name = record.name.text().or_else(|| record.contact.text()).ok_or("it has no \"name\"")?;
    let of = |word: &&str| Change::Name(Name { number: format!("{word} {id}"), name: name.clone() });
    changes.extend(words.iter().map(of));
    Ok((id, record.updated_at.time().ok().flatten().unwrap_or(Millis(0))))
}

pub(crate) fn read_conversation(
    record: &str,
    ticket: &str,
    asked: &Asked,
    changes: &mut Vec<Change>,
) -> Result<(), Reason> {
    let said: Conversation<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let at = said.created_at.time().map_err(|bad| format!("a conversation's \"created_at\": {bad}"))?;
    let by = said.user_id.text();
    let from_asker = said.incoming.flag() == Some(true) || (by.is_some() && by == asked.id);
    let (body, body_format) = prose(said.body, said.body_text);
    let named = asked.name.clone().filter(|_| by.is_none() || by == asked.id);
    let id = said.id.text().ok_or("a conversation has no \"id\"")?;
    let files = said.attachments.unwrap_or_default().into_iter();
    let files: Vec<Attachment> =
        files.filter_map(|file| Some(Attachment { name: file.name.text()?, size: file.size.as_i64() })).collect();
    if !files.is_empty() {
        changes.push(Change::Attached(Attached { ticket: ticket.into(), comment: Some(id.clone()), files }));
    }
    changes.push(Change::Comment(Comment {
        links: Vec::new(),
        ticket: ticket.into(),
        id,
        author: named.filter(|_| from_asker).or_else(|| by.map(|id| format!("user {id}"))),
        author_role: if from_asker { AuthorRole::Requester } else { AuthorRole::Agent },
        public: said.private.flag() == Some(false),
        body,
        body_format,
        created_at: at.ok_or("a conversation has no \"created_at\"")?,
    }));
    Ok(())
}

/// With its markup where there is one.
fn prose(markup: Loose<'_>, text: Loose<'_>) -> (String, BodyFormat) {
    match markup.text() {
        Some(markup) if markup.contains('<') => (markup, BodyFormat::Html),
        Some(plain) => (plain, BodyFormat::Text),
        None => (text.text().unwrap_or_default(), BodyFormat::Text),
    }
}

/// Every number past these is a desk's own.
fn status(status: &Loose<'_>) -> Status {
    match status.whole() {
        Some(3 | 6 | 7) => Status::Pending,
        Some(4) => Status::Solved,
        Some(5) => Status::Closed,
        _ => Status::Open,
    }
}

fn priority(priority: Loose<'_>) -> Option<String> {
    let word = match priority.whole() {
        Some(1) => "Low",
        Some(2) => "Medium",
        Some(3) => "High",
        Some(4) => "Urgent",
        _ => return priority.text(),
    };
    Some(word.into())
}
