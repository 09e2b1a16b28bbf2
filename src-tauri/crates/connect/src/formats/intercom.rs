//! Conversations and their parts as Intercom's API sends them, version 2.14.

mod article;
mod served;

pub(crate) use article::read_article;
pub(crate) use served::{read_company, read_company_of, read_name};

use super::{Reason, fields::Loose, lenient, reason};
use domain::{
    Attached, Attachment, AuthorRole, BodyFormat, Change, Comment, Hop, Link, LinkKind, Millis, Name, Status, Ticket,
};
use serde::Deserialize;
use serde_json::{Map, Value, json, value::RawValue};

/// Letters of a subject that is made from what was said first.
const SUBJECT: usize = 120;

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    title: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    source: Option<Message<'a>>,
    #[serde(borrow, default)]
    state: Loose<'a>,
    #[serde(borrow, default)]
    priority: Loose<'a>,
    #[serde(borrow, default)]
    admin_assignee_id: Loose<'a>,
    #[serde(borrow, default)]
    team_assignee_id: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    tags: Option<Tags<'a>>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    statistics: Option<Statistics<'a>>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    linked_objects: Option<Linked<'a>>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    contacts: Option<Contacts<'a>>,
    #[serde(borrow, default)]
    conversation_rating: Option<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::loosely")]
    custom_attributes: Option<Map<String, Value>>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default)]
    updated_at: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    conversation_parts: Option<Parts<'a>>,
}

/// What a conversation began with.
#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Loose<'a>,
    #[serde(borrow, default)]
    subject: Loose<'a>,
    #[serde(borrow, default)]
    body: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    author: Option<Author<'a>>,
    #[serde(borrow, default)]
    redacted: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    attachments: Option<Vec<File<'a>>>,
}

#[derive(Deserialize)]
struct Author<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Loose<'a>,
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    email: Loose<'a>,
}

impl Author<'_> {
    fn role(&self) -> AuthorRole {
        match self.kind.as_str() {
            "admin" | "team" => AuthorRole::Agent,
            "bot" => AuthorRole::System,
            _ => AuthorRole::Requester,
        }
    }

    fn name(self) -> Option<String> {
        self.name.text().or_else(|| self.email.text()).or_else(|| self.id.text())
    }
}

#[derive(Deserialize)]
struct Tags<'a> {
    #[serde(borrow, default)]
    tags: Loose<'a>,
}

#[derive(Deserialize)]
struct Statistics<'a> {
    #[serde(borrow, default)]
    last_close_at: Loose<'a>,
    #[serde(borrow, default)]
    count_reopens: Loose<'a>,
    #[serde(borrow, default)]
    count_assignments: Loose<'a>,
    #[serde(borrow, default)]
    time_to_first_close: Loose<'a>,
    #[serde(borrow, default)]
    time_to_admin_reply: Loose<'a>,
}

#[derive(Deserialize)]
struct Linked<'a> {
    #[serde(borrow, default)]
    data: Loose<'a>,
}

/// Who takes part, the one who began it first.
#[derive(Deserialize)]
struct Contacts<'a> {
    #[serde(borrow, default)]
    contacts: Loose<'a>,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(default)]
    filesize: Value,
}

#[derive(Deserialize)]
struct Parts<'a> {
    #[serde(borrow, default, deserialize_with = "lenient::or_default")]
    conversation_parts: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::whole")]
    total_count: Option<usize>,
}

#[derive(Deserialize)]
struct Part<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    part_type: Loose<'a>,
    #[serde(borrow, default)]
    body: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    author: Option<Author<'a>>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    assigned_to: Option<Author<'a>>,
    #[serde(borrow, default)]
    redacted: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    attachments: Option<Vec<File<'a>>>,
}

/// What a listing says of a conversation.
pub(crate) struct Read {
    pub(crate) id: String,
    pub(crate) at: Millis,
    /// Whose it is, by number.
    pub(crate) contact: Option<String>,
}

/// The conversation without its parts. `inbox` is where people open it.
pub(crate) fn read(record: &str, inbox: &str, changes: &mut Vec<Change>) -> Result<Read, Reason> {
    let record: Record<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let time = |name, value: Loose<'_>| value.time().map_err(|bad| format!("\"{name}\": {bad}"));
    let id = record.id.text().ok_or("it has no \"id\"")?;
    let (created, updated) = (time("created_at", record.created_at)?, time("updated_at", record.updated_at)?);
    let created_at = created.or(updated).ok_or("it has neither \"created_at\" nor \"updated_at\"")?;
    let at = updated.unwrap_or(created_at);
    let status = match record.state.as_str() {
        "closed" => Status::Closed,
        "snoozed" => Status::Pending,
        _ => Status::Open,
    };
    let mut extra = record.custom_attributes.unwrap_or_default();
    extra.retain(|_, value| !matches!(value, Value::Null | Value::Object(_)) && value.as_str() != Some(""));
    let mut solved_at = None;
    let mut service = domain::Service { rating: served::rating(record.conversation_rating), ..Default::default() };
    if let Some(told) = record.statistics {
        service.first_reply = told.time_to_admin_reply.whole().map(|seconds| seconds.saturating_mul(1000));
        service.reopens = told.count_reopens.whole().and_then(|count| u64::try_from(count).ok());
        solved_at = time("last_close_at", told.last_close_at)?.filter(|_| status.is_done());
        let counted = [
            ("reopens", told.count_reopens),
            ("assignments", told.count_assignments),
            ("seconds_to_first_close", told.time_to_first_close),
            ("seconds_to_first_reply", told.time_to_admin_reply),
        ];
        extra.extend(counted.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value.text()?.into()))));
    }
    let source = record.source;
    let redacted = source.as_ref().is_some_and(|source| source.redacted.flag() == Some(true));
    let (mut body, mut said, mut requester) = (String::new(), None, None);
    if let Some(Message { kind, subject, body: began, author, attachments, .. }) = source {
        extra.extend(kind.text().map(|kind| ("channel".to_owned(), kind.into())));
        said = subject.text().filter(|_| !redacted);
        body = began.text().filter(|_| !redacted).unwrap_or_default();
        // Where a teammate wrote first, who was written to is a contact without a name here.
        let asked = author.filter(|author| author.role() == AuthorRole::Requester);
        requester = asked.and_then(Author::name);
        let files = attachments.unwrap_or_default().into_iter();
        let files: Vec<Value> =
            files.filter_map(|file| Some(json!({ "name": file.name.text()?, "size": file.filesize }))).collect();
        if !files.is_empty() {
            extra.insert("attachments".into(), files.into());
        }
    }
    let title = [record.title.text(), said].into_iter().flatten().map(|text| bare(&text)).find(|text| !text.is_empty());
    let linked = match record.linked_objects.map(|linked| linked.data) {
        Some(Loose::List(objects)) => objects.iter().filter_map(Loose::id).collect(),
        _ => Vec::new(),
    };
    let contact = match record.contacts.map(|contacts| contacts.contacts) {
        Some(Loose::List(contacts)) => contacts.iter().find_map(Loose::id),
        _ => None,
    };
    let numbered =
        |word: &str, number: Loose<'_>| number.text().filter(|id| id != "0").map(|id| format!("{word} {id}"));
    changes.push(Change::Ticket(Box::new(Ticket {
        subject: title.unwrap_or_else(|| bare(&body)),
        body_format: format_of(&body),
        body,
        status,
        priority: (record.priority.as_str() == "priority").then(|| "priority".into()),
        requester,
        account: contact.as_ref().map(|id| Name::account_of(id)),
        group: numbered("team", record.team_assignee_id),
        assignee: numbered("admin", record.admin_assignee_id),
        tags: record.tags.map(|tags| tags.tags.list()).unwrap_or_default(),
        links: linked.into_iter().filter(|to| *to != id).map(|to| Link { kind: LinkKind::Mentions, to }).collect(),
        created_at,
        updated_at: at,
        solved_at,
        url: Some(format!("{inbox}/{id}")),
        service,
        extra,
        id: id.clone(),
        ..Ticket::default()
    })));
    Ok(Read { id, at, contact })
}

/// What was said and who took over, of a conversation in full. Answers whether that is all of it: no more than the newest
/// five hundred parts are ever told.
pub(crate) fn read_parts(record: &str, ticket: &str, changes: &mut Vec<Change>) -> Result<(bool, Vec<Reason>), Reason> {
    let record: Record<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let Some(parts) = record.conversation_parts else { return Ok((false, Vec::new())) };
    let (mut bad, mut held_by) = (Vec::new(), None);
    for part in &parts.conversation_parts {
        let before = changes.len();
        if let Err(reason) = read_part(part.get(), ticket, &mut held_by, changes) {
            changes.truncate(before);
            bad.push(reason);
        }
    }
    let whole = parts.total_count.is_none_or(|total| total <= parts.conversation_parts.len());
    Ok((whole && bad.is_empty(), bad))
}

fn read_part(part: &str, ticket: &str, held_by: &mut Option<String>, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let part: Part<'_> = serde_json::from_str(part).map_err(|error| reason(&error))?;
    let at = part.created_at.time().map_err(|bad| format!("a part's \"created_at\": {bad}"))?;
    let at = at.ok_or("a part has no \"created_at\"")?;
    let role = part.author.as_ref().map_or(AuthorRole::System, Author::role);
    let by = part.author.and_then(Author::name);
    if let Some(to) = part.assigned_to {
        let kind = if to.kind.as_str() == "team" { "team" } else { "admin" };
        if let Some(to) = to.id.text().map(|id| format!("{kind} {id}")) {
            let (ticket, to) = (ticket.to_owned(), Some(to));
            changes.push(Change::Hop(Hop {
                ticket,
                at,
                from_group: held_by.clone(),
                to_group: to.clone(),
                by: by.clone(),
            }));
            *held_by = to;
        }
    }
    // What was redacted is gone.
    if part.redacted.flag() == Some(true) {
        return Ok(());
    }
    let files = part.attachments.unwrap_or_default().into_iter();
    let files: Vec<Attachment> =
        files.filter_map(|file| Some(Attachment { name: file.name.text()?, size: file.filesize.as_i64() })).collect();
    let body = match part.body.text() {
        Some(body) => body,
        // What has neither words nor files says nothing.
        None if files.is_empty() => return Ok(()),
        None => String::new(),
    };
    let id = part.id.text().ok_or("a part has no \"id\"")?;
    if !files.is_empty() {
        changes.push(Change::Attached(Attached { ticket: ticket.into(), comment: Some(id.clone()), files }));
    }
    // Everything but an answer is for the team: what is not known to be public is not.
    let public = part.part_type.as_str() == "comment";
    changes.push(Change::Comment(Comment {
        links: Vec::new(),
        ticket: ticket.into(),
        id,
        author: by,
        author_role: role,
        public,
        body_format: format_of(&body),
        body,
        created_at: at,
    }));
    Ok(())
}

fn format_of(body: &str) -> BodyFormat {
    if body.contains('<') { BodyFormat::Html } else { BodyFormat::Text }
}

/// The beginning of a text without its markup, on one line: subjects are HTML here too, and most chats have none.
fn bare(text: &str) -> String {
    let mut bare = String::new();
    for (number, piece) in text.split('<').enumerate() {
        let said = if number == 0 { Some(("", piece)) } else { piece.split_once('>') };
        let Some((tag, said)) = said else { continue };
        // These end a line, the others stand within a word.
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if ["p", "br", "div", "li", "h1", "h2", "h3", "tr"].contains(&name.to_ascii_lowercase().as_str()) {
            bare.push(' ');
        }
        bare.push_str(said);
        if bare.len() > 8 * SUBJECT {
            break;
        }
    }
    let bare = bare.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let bare = bare.replace("&#39;", "'").replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ");
    bare.chars().take(SUBJECT).collect()
}
