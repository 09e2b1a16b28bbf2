//! Issues and journals as Redmine's REST API sends them.

use super::{Reason, fields::Loose, lenient, people::is_program, reason};
use domain::{AuthorRole, Change, Comment, Hop, Link, LinkKind, Millis, ResolutionClass, Status, Ticket};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
struct Issue<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    project: Loose<'a>,
    #[serde(borrow, default)]
    tracker: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    status: Option<State<'a>>,
    #[serde(borrow, default)]
    priority: Loose<'a>,
    #[serde(borrow, default)]
    author: Loose<'a>,
    #[serde(borrow, default)]
    assigned_to: Loose<'a>,
    #[serde(borrow, default)]
    category: Loose<'a>,
    #[serde(borrow, default)]
    fixed_version: Loose<'a>,
    #[serde(borrow, default)]
    parent: Loose<'a>,
    #[serde(borrow, default)]
    subject: Loose<'a>,
    #[serde(borrow, default)]
    description: Loose<'a>,
    #[serde(borrow, default)]
    created_on: Loose<'a>,
    #[serde(borrow, default)]
    updated_on: Loose<'a>,
    #[serde(borrow, default)]
    closed_on: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    relations: Option<Vec<Relation<'a>>>,
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    attachments: Option<Vec<Attachment<'a>>>,
    #[serde(default, deserialize_with = "lenient::some_fitting")]
    custom_fields: Option<Vec<CustomField>>,
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    journals: Option<Vec<Journal<'a>>>,
}

#[derive(Deserialize)]
struct State<'a> {
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(default, deserialize_with = "lenient::flag")]
    is_closed: Option<bool>,
}

#[derive(Deserialize)]
struct Relation<'a> {
    #[serde(borrow, default)]
    issue_id: Loose<'a>,
    #[serde(borrow, default)]
    issue_to_id: Loose<'a>,
    #[serde(borrow, default)]
    relation_type: Loose<'a>,
}

#[derive(Deserialize)]
struct Attachment<'a> {
    #[serde(borrow, default)]
    filename: Loose<'a>,
    #[serde(default, deserialize_with = "lenient::whole")]
    filesize: Option<u64>,
}

#[derive(Deserialize)]
struct CustomField {
    #[serde(default, deserialize_with = "lenient::text")]
    name: Option<String>,
    #[serde(default)]
    value: Value,
}

#[derive(Deserialize)]
struct Journal<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    user: Loose<'a>,
    #[serde(borrow, default)]
    notes: Loose<'a>,
    #[serde(borrow, default)]
    created_on: Loose<'a>,
    #[serde(borrow, default)]
    private_notes: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    details: Option<Vec<Moved<'a>>>,
}

#[derive(Deserialize)]
struct Moved<'a> {
    #[serde(borrow, default)]
    property: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    old_value: Loose<'a>,
    #[serde(borrow, default)]
    new_value: Loose<'a>,
}

/// The issue alone. Its id, and when it changed.
pub(crate) fn read_issue(record: &str, base: &str, changes: &mut Vec<Change>) -> Result<(String, Millis), Reason> {
    let issue: Issue<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let time = |name, value: Loose<'_>| value.time().map_err(|bad| format!("\"{name}\": {bad}"));
    let id = issue.id.text().ok_or("it has no \"id\"")?;
    let (created, updated) = (time("created_on", issue.created_on)?, time("updated_on", issue.updated_on)?);
    let created_at = created.or(updated).ok_or("it has neither \"created_on\" nor \"updated_on\"")?;
    let updated_at = updated.unwrap_or(created_at);
    let label = issue.status.as_ref().and_then(|state| state.name.clone().text());
    let status = issue.status.map(status).unwrap_or_default();

    let related = issue.relations.unwrap_or_default().into_iter().filter_map(|relation| link(&id, relation));
    let parent = issue.parent.id().map(|to| Link { kind: LinkKind::Mentions, to });
    let mut links: Vec<Link> = related.chain(parent).filter(|link| link.to != id).collect();
    links.sort();
    links.dedup();

    let mut extra = Map::new();
    let attached: Vec<Value> = issue
        .attachments
        .unwrap_or_default()
        .into_iter()
        .filter_map(|file| Some(json!({ "name": file.filename.text()?, "size": file.filesize })))
        .collect();
    if !attached.is_empty() {
        extra.insert("attachments".into(), attached.into());
    }
    let mut affected_versions = Vec::new();
    for CustomField { name, value } in issue.custom_fields.unwrap_or_default() {
        let texts = texts(&value);
        let Some(name) = name.filter(|_| !texts.is_empty()) else { continue };
        let lower = name.to_lowercase();
        if lower.contains("version") && ["affect", "found", "reported", "occur"].iter().any(|word| lower.contains(word))
        {
            affected_versions.extend(texts);
        } else {
            extra.insert(name, value);
        }
    }
    let duplicate = links.iter().any(|link| link.kind == LinkKind::DuplicateOf);
    // *Resolved* and *Closed* say that it is over and not how.
    let resolution = label.filter(|_| status.is_done());
    let said = resolution.as_deref().filter(|label| !["Resolved", "Closed"].contains(label));
    let class = said.and_then(class_of);
    changes.push(Change::Ticket(Box::new(Ticket {
        subject: issue.subject.text().unwrap_or_default(),
        body: issue.description.text().unwrap_or_default(),
        status,
        priority: issue.priority.text(),
        product: issue.project.text(),
        components: issue.category.text().into_iter().collect(),
        affected_versions,
        fix_versions: issue.fixed_version.text().into_iter().filter(|_| status.is_done()).collect(),
        requester: issue.author.text(),
        assignee: issue.assigned_to.text(),
        tags: issue.tracker.text().into_iter().collect(),
        created_at,
        updated_at,
        solved_at: issue.closed_on.when().filter(|_| status.is_done()),
        resolution_class: class.or((status.is_done() && duplicate).then_some(ResolutionClass::Duplicate)),
        resolution,
        links,
        url: Some(format!("{base}/issues/{id}")),
        extra,
        id: id.clone(),
        ..Ticket::default()
    })));
    Ok((id, updated_at))
}

/// What was said of an issue and how it was handed on.
pub(crate) fn read_journals(record: &str, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let issue: Issue<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let ticket = issue.id.clone().text().ok_or("it has no \"id\"")?;
    let journals = issue.journals.unwrap_or_default();
    // Handoffs name people by number; the names of those who took part stand in the issue.
    let mut people = vec![
        (issue.author.id(), issue.author.clone().text()),
        (issue.assigned_to.id(), issue.assigned_to.clone().text()),
    ];
    people.extend(journals.iter().map(|journal| (journal.user.id(), journal.user.clone().text())));
    let name = |id: Option<String>| {
        let id = id?;
        let known = people.iter().find(|(known, _)| known.as_deref() == Some(id.as_str()));
        Some(known.and_then(|(_, name)| name.clone()).unwrap_or_else(|| format!("user {id}")))
    };
    let asked = issue.author.id();
    for journal in journals {
        let at = journal.created_on.time().map_err(|bad| format!("a journal's \"created_on\": {bad}"))?;
        let at = at.ok_or("a journal has no \"created_on\"")?;
        let by = journal.user.clone().text();
        for moved in journal.details.unwrap_or_default() {
            if moved.property.as_str() == "attr" && moved.name.as_str() == "assigned_to_id" {
                let (from_group, to_group) = (name(moved.old_value.text()), name(moved.new_value.text()));
                changes.push(Change::Hop(Hop { ticket: ticket.clone(), at, from_group, to_group, by: by.clone() }));
            }
        }
        let Some(body) = journal.notes.text() else { continue };
        let author_role = match &by {
            Some(name) if is_program(name) => AuthorRole::System,
            _ if journal.user.id().is_some() && journal.user.id() == asked => AuthorRole::Requester,
            _ => AuthorRole::Agent,
        };
        changes.push(Change::Comment(Comment {
            ticket: ticket.clone(),
            id: journal.id.text().ok_or("a journal has no \"id\"")?,
            author: by,
            author_role,
            public: !journal.private_notes.may_be_set(),
            body,
            created_at: at,
            ..Comment::default()
        }));
    }
    Ok(())
}

/// By what the name says; whether it is over, the server says itself, except before version 5.
fn status(state: State<'_>) -> Status {
    let name = state.name.as_str().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match state.is_closed {
        Some(true) => Status::Closed,
        None if has(&["closed", "rejected"]) => Status::Closed,
        _ if has(&["resolved", "solved", "done"]) => Status::Solved,
        _ if has(&["feedback", "waiting", "pending"]) => Status::Pending,
        _ if has(&["hold", "blocked"]) => Status::OnHold,
        _ if name == "new" => Status::New,
        _ => Status::Open,
    }
}

fn class_of(label: &str) -> Option<ResolutionClass> {
    match label.to_lowercase().as_str() {
        "rejected" => Some(ResolutionClass::WontFix),
        _ => ResolutionClass::from_label(label),
    }
}

fn link(own: &str, relation: Relation<'_>) -> Option<Link> {
    let (from, to) = (relation.issue_id.text()?, relation.issue_to_id.text()?);
    let outward = from == own;
    let kind = match (relation.relation_type.as_str(), outward) {
        ("duplicates", true) | ("duplicated", false) => LinkKind::DuplicateOf,
        ("duplicates", false) | ("duplicated", true) => LinkKind::SameAs,
        ("relates" | "copied_to" | "copied_from", _) => LinkKind::SimilarTo,
        _ => LinkKind::Mentions,
    };
    Some(Link { kind, to: if outward { to } else { from } })
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Number(number) => vec![number.to_string()],
        _ => Vec::new(),
    }
}
