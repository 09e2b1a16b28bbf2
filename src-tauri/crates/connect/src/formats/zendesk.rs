//! Tickets of Zendesk: the API's flat ones with ids, and the account export's with people and comments inside.

mod article;
mod event;
mod served;

pub(crate) use article::{read_article, read_brand, read_segment};
pub(crate) use event::{Known, read_event};
pub(crate) use served::read_metric_event;

use super::{Reason, fields::Loose, lenient, people::is_program, reason};
use domain::{
    Attached, AuthorRole, BodyFormat, Change, Comment, Link, LinkKind, Millis, ResolutionClass, Status, Ticket,
};
use serde::Deserialize;
use serde_json::{Map, Value, value::RawValue};

#[derive(Deserialize)]
struct Case<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    /// Only comments have one.
    #[serde(borrow, default)]
    ticket_id: Loose<'a>,
    #[serde(borrow, default)]
    subject: Loose<'a>,
    #[serde(borrow, default)]
    raw_subject: Loose<'a>,
    #[serde(borrow, default)]
    description: Loose<'a>,
    #[serde(borrow, default)]
    status: Loose<'a>,
    #[serde(borrow, default)]
    priority: Loose<'a>,
    #[serde(borrow, default, rename = "type")]
    kind: Loose<'a>,
    #[serde(borrow, default)]
    requester: Loose<'a>,
    #[serde(borrow, default)]
    requester_id: Loose<'a>,
    #[serde(borrow, default)]
    assignee: Loose<'a>,
    #[serde(borrow, default)]
    assignee_id: Loose<'a>,
    #[serde(borrow, default)]
    organization: Loose<'a>,
    #[serde(borrow, default)]
    organization_id: Loose<'a>,
    #[serde(borrow, default)]
    group: Loose<'a>,
    #[serde(borrow, default)]
    group_id: Loose<'a>,
    #[serde(borrow, default)]
    problem_id: Loose<'a>,
    #[serde(borrow, default)]
    tags: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default)]
    updated_at: Loose<'a>,
    #[serde(borrow, default)]
    solved_at: Loose<'a>,
    #[serde(borrow, default)]
    metric_set: Option<&'a RawValue>,
    #[serde(borrow, default)]
    satisfaction_rating: Option<&'a RawValue>,
    #[serde(borrow, default)]
    url: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    via: Option<Via<'a>>,
    #[serde(default, deserialize_with = "lenient::some_fitting")]
    custom_fields: Option<Vec<CustomField>>,
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    comments: Option<Vec<Remark<'a>>>,
}

#[derive(Deserialize)]
struct Via<'a> {
    #[serde(borrow, default)]
    channel: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    source: Option<Origin<'a>>,
}

#[derive(Deserialize)]
struct Origin<'a> {
    #[serde(borrow, default)]
    rel: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    from: Option<OriginTicket<'a>>,
}

#[derive(Deserialize)]
struct OriginTicket<'a> {
    #[serde(borrow, default)]
    ticket_id: Loose<'a>,
    #[serde(borrow, default)]
    ticket_ids: Loose<'a>,
}

#[derive(Deserialize)]
struct Attachment<'a> {
    #[serde(borrow, default, alias = "name")]
    file_name: Loose<'a>,
    #[serde(borrow, default)]
    size: Loose<'a>,
}

#[derive(Deserialize)]
struct CustomField {
    id: Value,
    #[serde(default)]
    value: Value,
}

#[derive(Deserialize)]
struct Remark<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    ticket_id: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    author: Option<Author<'a>>,
    #[serde(borrow, default)]
    author_id: Loose<'a>,
    #[serde(borrow, default)]
    body: Loose<'a>,
    #[serde(borrow, default)]
    html_body: Loose<'a>,
    #[serde(default, deserialize_with = "lenient::flag")]
    public: Option<bool>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    via: Option<Via<'a>>,
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    attachments: Option<Vec<Attachment<'a>>>,
}

#[derive(Deserialize)]
struct Author<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    email: Loose<'a>,
    #[serde(borrow, default)]
    role: Loose<'a>,
}

pub(crate) fn read(record: &str, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let case: Case<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    if !case.ticket_id.is_nothing() {
        let remark: Remark<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
        let ticket = remark.ticket_id.clone().text().ok_or("it has no \"ticket_id\"")?;
        return comment(&ticket, remark, Known::default(), None, changes);
    }
    let id = case.id.id().ok_or("it has no \"id\"")?;
    if case.status.as_str() == "deleted" {
        changes.push(Change::Delete { ticket: id });
        return Ok(());
    }
    ticket(id, case, changes)
}

/// A comment in the list of its ticket. Of the first one, which is the ticket's description, only its files are told.
pub(crate) fn read_comment(
    record: &str,
    ticket: &str,
    known: Known<'_>,
    first: bool,
    changes: &mut Vec<Change>,
) -> Result<(), Reason> {
    let remark: Remark<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    if first {
        described(ticket, remark, changes);
        return Ok(());
    }
    comment(ticket, remark, known, None, changes)
}

fn described(ticket: &str, remark: Remark<'_>, changes: &mut Vec<Change>) {
    let files = files(remark.attachments);
    if !files.is_empty() {
        changes.push(Change::Attached(Attached { ticket: ticket.into(), comment: None, files }));
    }
}

fn ticket(id: String, case: Case<'_>, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let time = |name, value: Loose<'_>| value.time().map_err(|bad| format!("\"{name}\": {bad}"));
    let (created, updated) = (time("created_at", case.created_at)?, time("updated_at", case.updated_at)?);
    let created_at = created.or(updated).ok_or("it has neither \"created_at\" nor \"updated_at\"")?;
    let metrics: Option<served::Metrics<'_>> = served::loosely(case.metric_set);
    let measured = || metrics.as_ref().and_then(|metrics| metrics.solved_at.clone().when());
    let solved_at = case.solved_at.when().or_else(measured);
    let mut extra = Map::new();
    let status = match case.status.as_str() {
        "hold" => Status::OnHold,
        "" => Status::Open,
        word => Status::parse(word).unwrap_or_else(|| {
            // One that is not known here is not over yet, as far as anybody can tell.
            extra.insert("status".into(), word.into());
            Status::Open
        }),
    };
    let asked = case.requester_id.id().or_else(|| case.requester.id());
    let subject = case.subject.text().or_else(|| case.raw_subject.text());
    let body = case.description.text();
    if subject.is_none() && body.is_none() {
        return Err("it has neither \"subject\" nor \"description\"".into());
    }
    let body = body.unwrap_or_default();

    let mut said = Vec::new();
    let known = Known { requester: asked.as_deref(), ..Known::default() };
    for (number, remark) in case.comments.unwrap_or_default().into_iter().enumerate() {
        // The description is the text of the first comment: once is enough.
        if number == 0 && remark.body.as_str().trim() == body.trim() && !body.is_empty() {
            described(&id, remark, &mut said);
            continue;
        }
        comment(&id, remark, known, created, &mut said)?;
    }

    let tags = case.tags.list();
    let merged = tags.iter().any(|tag| tag == "closed_by_merge");
    let into = said.iter().rev().filter(|_| merged).find_map(|change| match change {
        Change::Merge { ticket, into } if *ticket == id => Some(into.clone()),
        _ => None,
    });
    // Its own goes with the ticket, where the ticket says that it was.
    said.retain(|change| !matches!(change, Change::Merge { ticket, .. } if *ticket == id));
    let merged_into = into;
    let mut links = Vec::new();
    if let Some(to) = case.problem_id.text() {
        links.push(Link { kind: LinkKind::CausedBy, to });
    }
    // A follow-up is opened where the first case was closed for good.
    let origin = case.via.and_then(|via| via.source).filter(|source| source.rel.as_str() == "follow_up");
    if let Some(to) = origin.and_then(|source| source.from).and_then(|from| from.ticket_id.text()) {
        links.push(Link { kind: LinkKind::SameAs, to });
    }
    if let Some(to) = merged_into.clone() {
        links.push(Link { kind: LinkKind::DuplicateOf, to });
    }
    links.retain(|link| link.to != id);

    if let Some(kind) = case.kind.text() {
        extra.insert("type".into(), Value::String(kind));
    }
    let filled = case.custom_fields.unwrap_or_default().into_iter().filter(|field| !is_blank(&field.value));
    let fields: Map<String, Value> = filled.map(|CustomField { id, value }| (id.to_string(), value)).collect();
    if !fields.is_empty() {
        extra.insert("custom_fields".into(), Value::Object(fields));
    }
    changes.push(Change::Ticket(Box::new(Ticket {
        url: agent_url(case.url.as_str(), &id),
        subject: subject.unwrap_or_default(),
        body,
        body_format: BodyFormat::Text,
        status,
        priority: case.priority.text(),
        requester: shown("user", case.requester, case.requester_id),
        account: shown("organization", case.organization, case.organization_id),
        group: shown("group", case.group, case.group_id),
        assignee: shown("user", case.assignee, case.assignee_id),
        tags,
        created_at,
        updated_at: updated.unwrap_or(created_at),
        solved_at,
        resolution_class: merged.then_some(ResolutionClass::Duplicate),
        merged_into,
        links,
        service: served::service(metrics, served::loosely(case.satisfaction_rating)),
        extra,
        id,
        ..Ticket::default()
    })));
    changes.extend(said);
    Ok(())
}

fn comment(
    ticket: &str,
    remark: Remark<'_>,
    known: Known<'_>,
    fallback: Option<Millis>,
    changes: &mut Vec<Change>,
) -> Result<(), Reason> {
    let author_id = remark.author_id.id().or_else(|| remark.author.as_ref().and_then(|author| author.id.id()));
    let role = remark.author.as_ref().map(|author| author.role.as_str()).unwrap_or_default();
    let channel = remark.via.as_ref().map(|via| via.channel.as_str()).unwrap_or_default();
    let name = remark.author.as_ref().map(|author| author.name.as_str()).unwrap_or_default();
    let author_role = match known.role(author_id.as_deref(), remark.public) {
        _ if matches!(channel, "rule" | "system") || is_program(name) => AuthorRole::System,
        AuthorRole::Agent if role == "end-user" => AuthorRole::Requester,
        role => role,
    };
    let created = remark.created_at.time().map_err(|bad| format!("a comment's \"created_at\": {bad}"))?;
    let (body, body_format) = match remark.body.text() {
        Some(text) => (text, BodyFormat::Text),
        None => match remark.html_body.text() {
            Some(html) => (html, BodyFormat::Html),
            None => (String::new(), BodyFormat::Text),
        },
    };
    let id = remark.id.id().ok_or("a comment has no \"id\"")?;
    let created_at = created.or(fallback).ok_or("a comment has no \"created_at\"")?;
    let shown = remark.author.and_then(|author| author.name.text().or_else(|| author.email.text()));
    let somebody = author_id.filter(|id| !matches!(id.as_str(), "-1" | "0")).map(|id| numbered("user", &id));
    let went = target_of_merge(&body).is_some();
    merged_from(remark.via.as_ref().filter(|_| !went), ticket, changes);
    event::told(ticket, &id, author_role, &body, files(remark.attachments), changes);
    changes.push(Change::Comment(Comment {
        links: Vec::new(),
        ticket: ticket.into(),
        id,
        author: shown.or(somebody),
        author_role,
        // What is not said to be public stays inside the team.
        public: remark.public.unwrap_or(false),
        body,
        body_format,
        created_at,
    }));
    Ok(())
}

/// Who is told by number is a word and the number, until somebody says what that is called.
fn numbered(word: &str, id: &str) -> String {
    format!("{word} {id}")
}

fn shown(word: &str, named: Loose<'_>, id: Loose<'_>) -> Option<String> {
    named.text().or_else(|| id.text().map(|id| numbered(word, &id)))
}

fn files(told: Option<Vec<Attachment<'_>>>) -> Vec<domain::Attachment> {
    let told = told.unwrap_or_default().into_iter();
    told.filter_map(|file| Some(domain::Attachment { name: file.file_name.text()?, size: file.size.whole() })).collect()
}

/// `This request was closed and merged into request #42 "Title".` → `42`. Whoever quotes it has something before it.
fn target_of_merge(text: &str) -> Option<String> {
    let rest = text.trim_start().strip_prefix("This request was closed and merged into request #")?;
    let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (!number.is_empty()).then_some(number)
}

/// A comment that came of a merge stands on the ticket that others went into, and names them, in whatever language.
fn merged_from(via: Option<&Via<'_>>, ticket: &str, changes: &mut Vec<Change>) {
    let origin = via.and_then(|via| via.source.as_ref()).filter(|source| source.rel.as_str() == "merge");
    let Some(from) = origin.and_then(|source| source.from.as_ref()) else { return };
    let mut ids = from.ticket_ids.clone().list();
    ids.extend(from.ticket_id.clone().text().filter(|id| !ids.contains(id)));
    let others = ids.into_iter().filter(|id| id != ticket);
    changes.extend(others.map(|other| Change::Merge { ticket: other, into: ticket.to_owned() }));
}

/// The page that an agent opens, not the API's.
fn agent_url(api: &str, id: &str) -> Option<String> {
    let (base, _) = api.split_once("/api/v2/")?;
    Some(format!("{base}/agent/tickets/{id}"))
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}
