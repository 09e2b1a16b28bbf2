//! What all kinds have in common when something is written: bodies as JSON, and finding a text by its mark.

use super::answer;
use crate::{
    http::{Asks, Failure, Request, Response, Site},
    push::{Look, Written},
};
use domain::{Change, Comment, Millis};
use serde::Deserialize;
use serde_json::{Value, value::RawValue};

/// Both clocks may be wrong by this, and a text is still found.
const SKEW: i64 = Millis::DAY;
/// Pages that are looked through whatever the clocks say.
const SURELY: usize = 3;

/// A mark that no reader sees, where comments of HTML are left out of what is shown.
pub(super) fn hidden(body: &str, mark: &str) -> String {
    format!("{}\n\n<!-- {mark} -->", body.trim_end())
}

/// A mark that is read, where nothing can be hidden.
pub(super) fn shown(body: &str, mark: &str) -> String {
    format!("{}\n\n[{mark}]", body.trim_end())
}

pub(super) fn create(request: Request, body: &Value) -> Request {
    Request { asks: Asks::Create(body.to_string()), ..request }
}

/// Of a list with the newest first: whether everything further on was there before. Nothing is taken from a clock on the
/// first pages, because this machine's may be a year ahead.
pub(super) fn is_older(records: &[&RawValue], field: &str, since: Millis, page: usize) -> bool {
    let last = records.last().and_then(|last| made(last, field));
    page >= SURELY && last.is_some_and(|at| at.0 < since.0 - SKEW)
}

/// Looks for a mark in the records of a page. Where none has it, `next` says where it goes on.
pub(super) fn look(
    records: &[&RawValue],
    mark: &str,
    read: impl Fn(&str) -> Result<Written, String>,
    next: impl FnOnce() -> Option<String>,
    host: &Site,
) -> Result<Look, Failure> {
    // A mark is letters, digits and a hyphen: it stands in the raw text of the record as it is, however deep.
    if let Some(record) = records.iter().find(|record| record.get().contains(mark)) {
        let read = read(record.get());
        return read.map(Look::There).map_err(|reason| Failure::Unreadable { host: host.authority(), reason });
    }
    Ok(next().map_or(Look::Nowhere, Look::Further))
}

/// The comments that records are, read by `read`. A bad one is left out: this is a look, not a sync.
pub(super) fn comments(
    records: &[&RawValue],
    read: impl Fn(&str, &mut Vec<Change>) -> Result<(), String>,
) -> Vec<Comment> {
    let mut changes = Vec::new();
    for record in records {
        // Whatever it pushed before it failed is whole.
        let _ = read(record.get(), &mut changes);
    }
    let comment = |change| match change {
        Change::Comment(comment) => Some(comment),
        _ => None,
    };
    changes.into_iter().filter_map(comment).collect()
}

/// `id` and an address of what was made, where a record names them in the common way.
pub(super) fn named(record: &str, id: &str, url: &str) -> Result<Written, String> {
    let record: Value = serde_json::from_str(record).map_err(|error| crate::formats::reason(&error))?;
    let id = match record.get(id) {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => return Err(format!("it has no \"{id}\"")),
    };
    let url = record.get(url).and_then(Value::as_str).filter(|url| url.starts_with("https://"));
    Ok(Written { id, url: url.map(str::to_owned) })
}

/// When a record was made, in the field of that name.
fn made(record: &RawValue, field: &str) -> Option<Millis> {
    let record: Value = serde_json::from_str(record.get()).ok()?;
    let at = record.get(field).or_else(|| record.get("fields")?.get(field))?;
    Millis::parse(at.as_str()?).ok()
}

pub(super) fn number(after: Option<&str>, first: usize) -> usize {
    after.and_then(|after| after.parse().ok()).unwrap_or(first)
}

pub(super) fn json<'r, T: Deserialize<'r>>(site: &Site, what: &str, response: &'r Response) -> Result<T, Failure> {
    answer::json(site, answer::good(site, what, response)?)
}

pub(super) fn text<'r>(site: &Site, what: &str, response: &'r Response) -> Result<&'r str, Failure> {
    let body = answer::good(site, what, response)?;
    std::str::from_utf8(body)
        .map_err(|_| Failure::Unreadable { host: site.authority(), reason: "it is not text".into() })
}
