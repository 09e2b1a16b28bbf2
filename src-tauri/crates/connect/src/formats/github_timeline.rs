//! What happened to an issue, as GitHub's REST API tells it event by event: of it, which other issues name it.
//!
//! Where an issue was marked as a duplicate, or connected with a request by hand, the event names no other one; a commit that
//! closed it stands in the clone's history as well. So of all events those are of use here that say who refers to it.

use super::{Reason, fields::Loose, forge::closes, lenient, reason};
use domain::{Link, LinkKind};
use serde::Deserialize;

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow, default)]
    event: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    source: Option<Source<'a>>,
}

#[derive(Deserialize)]
struct Source<'a> {
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    issue: Option<Other<'a>>,
}

#[derive(Deserialize)]
struct Other<'a> {
    #[serde(borrow, default)]
    number: Loose<'a>,
    #[serde(borrow, default)]
    repository_url: Loose<'a>,
    #[serde(borrow, default)]
    body: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    pull_request: Option<Request<'a>>,
}

#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow, default)]
    merged_at: Loose<'a>,
}

/// How an event ties issue `number` to another one of the same repository; most do not.
pub(crate) fn read(record: &str, repository: &str, number: &str) -> Result<Option<Link>, Reason> {
    let event: Event<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let source = event.source.filter(|_| event.event.as_str() == "cross-referenced");
    let Some(other) = source.and_then(|source| source.issue) else { return Ok(None) };
    let home = format!("/{}", repository.to_lowercase());
    let Some(to) = other.number.text().filter(|to| to != number) else { return Ok(None) };
    if !other.repository_url.as_str().to_lowercase().ends_with(&home) {
        return Ok(None);
    }
    let merged = other.pull_request.is_some_and(|request| !request.merged_at.is_nothing());
    let fixes = merged && closes(other.body.as_str()).any(|closed| closed == number);
    let kind = if fixes { LinkKind::FixedBy } else { LinkKind::Mentions };
    Ok(Some(Link { kind, to: format!("{repository}#{to}") }))
}
