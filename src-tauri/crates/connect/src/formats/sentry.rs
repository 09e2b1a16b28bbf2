//! Issues and events as Sentry's API sends them.

use super::{Reason, fields::Loose, lenient, reason};
use domain::{AuthorRole, Change, Comment, Millis, Status, Ticket};
use serde::Deserialize;
use serde_json::{Map, value::RawValue};
use std::fmt::Write;

/// Of a trace and of the breadcrumbs before it.
const FRAMES: usize = 60;
const CRUMBS: usize = 20;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Issue<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    short_id: Loose<'a>,
    #[serde(borrow, default)]
    title: Loose<'a>,
    #[serde(borrow, default)]
    culprit: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    metadata: Option<Metadata<'a>>,
    #[serde(borrow, default)]
    status: Loose<'a>,
    #[serde(borrow, default)]
    substatus: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    status_details: Option<Details<'a>>,
    #[serde(borrow, default)]
    priority: Loose<'a>,
    #[serde(borrow, default)]
    level: Loose<'a>,
    #[serde(borrow, default)]
    platform: Loose<'a>,
    #[serde(borrow, default)]
    project: Loose<'a>,
    #[serde(borrow, default)]
    assigned_to: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    first_release: Option<Release<'a>>,
    #[serde(borrow, default)]
    first_seen: Loose<'a>,
    #[serde(borrow, default)]
    last_seen: Loose<'a>,
    #[serde(borrow, default)]
    count: Loose<'a>,
    #[serde(borrow, default)]
    user_count: Loose<'a>,
    #[serde(borrow, default)]
    permalink: Loose<'a>,
}

#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Loose<'a>,
    #[serde(borrow, default)]
    value: Loose<'a>,
    #[serde(borrow, default)]
    filename: Loose<'a>,
    #[serde(borrow, default)]
    function: Loose<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Details<'a> {
    #[serde(borrow, default)]
    in_release: Loose<'a>,
}

#[derive(Deserialize)]
struct Release<'a> {
    #[serde(borrow, default)]
    version: Loose<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event<'a> {
    #[serde(borrow, default, rename = "eventID", alias = "id")]
    id: Loose<'a>,
    #[serde(borrow, default)]
    date_created: Loose<'a>,
    #[serde(borrow, default)]
    platform: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    release: Option<Release<'a>>,
    #[serde(borrow, default)]
    /// Of any shape: what is not a list of them says nothing.
    tags: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "lenient::fitting")]
    entries: Vec<Entry<'a>>,
}

#[derive(Deserialize)]
struct Tag<'a> {
    #[serde(borrow, default)]
    key: Loose<'a>,
    #[serde(borrow, default)]
    value: Loose<'a>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    data: Option<Data<'a>>,
}

#[derive(Deserialize)]
struct Data<'a> {
    #[serde(borrow, default)]
    formatted: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    values: Option<Vec<Part<'a>>>,
}

/// An exception or a breadcrumb.
#[derive(Deserialize)]
struct Part<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Loose<'a>,
    #[serde(borrow, default)]
    value: Loose<'a>,
    #[serde(borrow, default)]
    category: Loose<'a>,
    #[serde(borrow, default)]
    message: Loose<'a>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    stacktrace: Option<Trace<'a>>,
}

/// What a breadcrumb of a request says instead of a message.
#[derive(Deserialize)]
struct Asked<'a> {
    #[serde(borrow, default)]
    method: Loose<'a>,
    #[serde(borrow, default)]
    url: Loose<'a>,
    #[serde(borrow, default)]
    status_code: Loose<'a>,
}

#[derive(Deserialize)]
struct Trace<'a> {
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    frames: Option<Vec<Frame<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Frame<'a> {
    #[serde(borrow, default)]
    filename: Loose<'a>,
    #[serde(borrow, default)]
    module: Loose<'a>,
    #[serde(borrow, default)]
    function: Loose<'a>,
    #[serde(borrow, default)]
    line_no: Loose<'a>,
}

/// What a listing says of an issue.
pub(crate) struct Read {
    /// As people call it: `LEDGER-1Z`.
    pub(crate) id: String,
    /// As its events are asked for.
    pub(crate) number: String,
    pub(crate) at: Millis,
}

pub(crate) fn read(record: &str, changes: &mut Vec<Change>) -> Result<Read, Reason> {
    let issue: Issue<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let time = |name, value: Loose<'_>| value.time().map_err(|bad| format!("\"{name}\": {bad}"));
    let number = issue.id.text().ok_or("it has no \"id\"")?;
    let id = issue.short_id.text().unwrap_or_else(|| number.clone());
    let (first, last) = (time("firstSeen", issue.first_seen)?, time("lastSeen", issue.last_seen)?);
    let created_at = first.or(last).ok_or("it has neither \"firstSeen\" nor \"lastSeen\"")?;
    let at = last.unwrap_or(created_at);
    let status = match issue.status.as_str() {
        "resolved" => Status::Solved,
        "ignored" | "muted" => Status::OnHold,
        _ => Status::Open,
    };
    let mut body = String::new();
    if let Some(Metadata { kind, value, filename, function }) = issue.metadata {
        let said: Vec<String> = [kind.text(), value.text()].into_iter().flatten().collect();
        body = said.join(": ");
        if let Some(function) = function.text() {
            let file = filename.text().map(|file| format!(" ({file})")).unwrap_or_default();
            let _ = write!(body, "\n    at {function}{file}");
        }
    }
    if let Some(culprit) = issue.culprit.text() {
        body = [body, format!("in {culprit}")].join("\n").trim_start().to_owned();
    }
    let level = issue.level.text();
    let mut extra = Map::new();
    let told = [("count", issue.count), ("users", issue.user_count), ("substatus", issue.substatus)];
    extra.extend(told.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value.text()?.into()))));
    changes.push(Change::Ticket(Box::new(Ticket {
        subject: issue.title.text().unwrap_or_default(),
        body,
        status,
        priority: issue.priority.text().or_else(|| level.clone()),
        product: issue.project.text(),
        affected_versions: issue.first_release.and_then(|release| release.version.text()).into_iter().collect(),
        fix_versions: issue.status_details.and_then(|details| details.in_release.text()).into_iter().collect(),
        assignee: issue.assigned_to.text(),
        tags: level.into_iter().chain(issue.platform.text()).collect(),
        created_at,
        updated_at: at,
        url: issue.permalink.text(),
        extra,
        id: id.clone(),
        ..Ticket::default()
    })));
    Ok(Read { id, number, at })
}

/// The latest event, as one remark that each later one replaces: what was thrown, from where, and what came before.
pub(crate) fn read_event(record: &str, ticket: &str, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let event: Event<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let at = event.date_created.time().map_err(|bad| format!("an event's \"dateCreated\": {bad}"))?;
    let mut body = String::new();
    if let Some(release) = event.release.and_then(|release| release.version.text()) {
        let _ = writeln!(body, "Release: {release}");
    }
    let is_environment = |tag: &&Tag<'_>| tag.key.as_str() == "environment";
    let tags: Vec<Tag<'_>> = event.tags.and_then(|tags| serde_json::from_str(tags.get()).ok()).unwrap_or_default();
    if let Some(environment) = tags.iter().find(is_environment).and_then(|tag| tag.value.clone().text()) {
        let _ = writeln!(body, "Environment: {environment}");
    }
    // Its frames name their class, without which nobody finds their file.
    let java = event.platform.as_str() == "java";
    for entry in event.entries {
        let Some(data) = entry.data else { continue };
        let values = data.values.unwrap_or_default();
        match entry.kind.as_str() {
            "exception" => values.into_iter().for_each(|thrown| write_thrown(&mut body, thrown, java)),
            "breadcrumbs" => {
                let skip = values.len().saturating_sub(CRUMBS);
                for crumb in values.into_iter().skip(skip) {
                    let asked = crumb.data.and_then(|data| serde_json::from_str::<Asked<'_>>(data.get()).ok());
                    // What stands behind the path may be somebody's secret.
                    let path = |url: String| url.split(['?', '#']).next().unwrap_or_default().to_owned();
                    let asked =
                        asked.map(|data| [data.method.text(), data.url.text().map(path), data.status_code.text()]);
                    let asked: Vec<String> = asked.into_iter().flatten().flatten().collect();
                    let asked = Some(asked.join(" ")).filter(|asked| !asked.is_empty());
                    let said: Vec<String> =
                        [crumb.category.text(), crumb.message.text().or(asked)].into_iter().flatten().collect();
                    let _ = writeln!(body, "before: {}", said.join(": "));
                }
            }
            "message" => body.extend(data.formatted.text().map(|text| text + "\n")),
            _ => {}
        }
    }
    changes.push(Change::Comment(Comment {
        ticket: ticket.into(),
        id: format!("latest event of {ticket}"),
        author: event.id.text().map(|id| format!("event {id}")),
        author_role: AuthorRole::System,
        public: false,
        body: body.trim_end().to_owned(),
        created_at: at.ok_or("an event has no \"dateCreated\"")?,
        ..Comment::default()
    }));
    Ok(())
}

/// The innermost frame first, as a trace is read.
fn write_thrown(body: &mut String, thrown: Part<'_>, java: bool) {
    let said: Vec<String> = [thrown.kind.text(), thrown.value.text()].into_iter().flatten().collect();
    let _ = writeln!(body, "{}", said.join(": "));
    let frames = thrown.stacktrace.and_then(|trace| trace.frames).unwrap_or_default();
    for frame in frames.into_iter().rev().take(FRAMES) {
        let place: Vec<String> = [frame.filename.text(), frame.line_no.text()].into_iter().flatten().collect();
        let function = frame.function.text().unwrap_or_else(|| "<unknown>".into());
        let _ = match frame.module.text().filter(|_| java) {
            Some(class) => writeln!(body, "    at {class}.{function}({})", place.join(":")),
            None => writeln!(body, "    at {function} ({})", place.join(":")),
        };
    }
}
