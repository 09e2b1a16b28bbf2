//! Issues of Datadog's error tracking, as version 2 of its API sends them.

use super::{Reason, fields::Loose, reason};
use domain::{Change, Millis, Status, Ticket};
use serde::Deserialize;
use serde_json::Map;

#[derive(Deserialize)]
struct Issue<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow)]
    attributes: Attributes<'a>,
}

#[derive(Deserialize)]
struct Attributes<'a> {
    #[serde(borrow, default)]
    error_type: Loose<'a>,
    #[serde(borrow, default)]
    error_message: Loose<'a>,
    #[serde(borrow, default)]
    function_name: Loose<'a>,
    #[serde(borrow, default)]
    file_path: Loose<'a>,
    #[serde(borrow, default)]
    service: Loose<'a>,
    #[serde(borrow, default)]
    state: Loose<'a>,
    #[serde(borrow, default)]
    platform: Loose<'a>,
    #[serde(borrow, default)]
    languages: Loose<'a>,
    #[serde(borrow, default)]
    is_crash: Loose<'a>,
    #[serde(borrow, default)]
    first_seen: Loose<'a>,
    #[serde(borrow, default)]
    last_seen: Loose<'a>,
    #[serde(borrow, default)]
    first_seen_version: Loose<'a>,
    #[serde(borrow, default)]
    last_seen_version: Loose<'a>,
}

/// `app` is where people open it. Answers its id.
pub(crate) fn read(record: &str, app: &str, changes: &mut Vec<Change>) -> Result<String, Reason> {
    let Issue { id, attributes } = serde_json::from_str::<Issue<'_>>(record).map_err(|error| reason(&error))?;
    let id = id.text().ok_or("it has no \"id\"")?;
    // Milliseconds, and never a date.
    let time = |value: Loose<'_>| match value {
        Loose::Whole(millis) if millis > 0 => Some(Millis(millis)),
        _ => None,
    };
    let (first, last) = (time(attributes.first_seen), time(attributes.last_seen));
    let created_at = first.or(last).ok_or("it has neither \"first_seen\" nor \"last_seen\"")?;
    let status = match attributes.state.as_str() {
        "RESOLVED" => Status::Solved,
        "IGNORED" => Status::OnHold,
        "EXCLUDED" => Status::Closed,
        _ => Status::Open,
    };
    let thrown: Vec<String> =
        [attributes.error_type.text(), attributes.error_message.text()].into_iter().flatten().collect();
    let thrown = thrown.join(": ");
    let place = match (attributes.function_name.text(), attributes.file_path.text()) {
        (None, None) => String::new(),
        (Some(function), None) => format!("\n    at {function}"),
        (None, Some(file)) => format!("\n    at {file}"),
        (Some(function), Some(file)) => format!("\n    at {function} ({file})"),
    };
    let versions = [attributes.first_seen_version.text(), attributes.last_seen_version.text()].into_iter().flatten();
    let mut affected_versions: Vec<String> = versions.collect();
    affected_versions.dedup();
    let mut extra = Map::new();
    if attributes.is_crash.flag() == Some(true) {
        extra.insert("is_crash".into(), true.into());
    }
    let tags = attributes.languages.list().into_iter().chain(attributes.platform.text());
    let mut tags: Vec<String> = tags.map(|tag| tag.to_lowercase()).collect();
    tags.dedup();
    changes.push(Change::Ticket(Box::new(Ticket {
        subject: thrown.lines().next().unwrap_or_default().chars().take(300).collect(),
        body: format!("{thrown}{place}"),
        status,
        product: attributes.service.text(),
        affected_versions,
        tags,
        created_at,
        updated_at: last.unwrap_or(created_at),
        url: Some(format!("{app}/error-tracking?issueId={id}")),
        extra,
        id: id.clone(),
        ..Ticket::default()
    })));
    Ok(id)
}
