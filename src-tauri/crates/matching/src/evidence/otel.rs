//! Spans and log records of OpenTelemetry, as its exporters write JSON: one object, or one to a line.

use super::{Entry, IdKind, LARGEST_TREE, Level, Wrong, ids::plain, list, tree, words};
use serde_json::Value;
use std::borrow::Cow;

pub(super) fn walk(bytes: &[u8], each: &mut dyn FnMut(Entry<'_>)) -> Result<(), Wrong> {
    let mut number = 0;
    let mut read = |tree: &Value| {
        for one in both(tree, "resourceSpans", "resource_spans") {
            let resource = resource(one);
            for span in both(one, "scopeSpans", "scope_spans").flat_map(|scope| list(scope, "spans")) {
                number += 1;
                self::span(span, &resource, number, each);
            }
        }
        for one in both(tree, "resourceLogs", "resource_logs") {
            let resource = resource(one);
            for record in
                both(one, "scopeLogs", "scope_logs").flat_map(|scope| both(scope, "logRecords", "log_records"))
            {
                number += 1;
                self::record(record, &resource, number, each);
            }
        }
    };
    if bytes.len() <= LARGEST_TREE
        && let Ok(tree) = tree(bytes)
    {
        read(&tree);
        return Ok(());
    }
    let mut any = false;
    for line in bytes.split(|byte| *byte == b'\n') {
        // A last line that was cut off is left out.
        if let Ok(tree) = serde_json::from_slice(line) {
            any = true;
            read(&tree);
        }
    }
    if any { Ok(()) } else { Err(Wrong::Broken) }
}

fn both<'a>(of: &'a Value, name: &str, other: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    list(of, name).chain(list(of, other))
}

#[derive(Default)]
struct Resource {
    service: String,
    release: Option<String>,
}

fn resource(of: &Value) -> Resource {
    let attributes = of.get("resource").unwrap_or(&Value::Null);
    Resource {
        service: attribute(attributes, "service.name").unwrap_or_default(),
        release: attribute(attributes, "service.version"),
    }
}

fn attribute(of: &Value, name: &str) -> Option<String> {
    let one = list(of, "attributes").find(|one| words(one, "/key") == Some(name))?;
    let value = one.get("value")?;
    words(value, "/stringValue")
        .map(str::to_owned)
        .or_else(|| value.get("intValue").map(|number| number.to_string().trim_matches('"').to_owned()))
}

/// Nanoseconds since 1970, as text or as a number.
fn nanos(of: &Value, name: &str) -> Option<i64> {
    let value = of.get(name)?;
    let nanos = value.as_i64().or_else(|| value.as_str()?.parse().ok())?;
    Some(nanos / 1_000_000).filter(|at| *at > 0)
}

fn ids(of: &Value, resource: &Resource) -> Vec<(IdKind, String)> {
    let mut found = Vec::new();
    let mut note = |kind: IdKind, value: Option<&str>| {
        if let Some(value) = value.and_then(|value| plain(kind, value)).filter(|value| value.len() < 100) {
            found.push((kind, value.to_owned()));
        }
    };
    note(IdKind::Trace, words(of, "/traceId").or_else(|| words(of, "/trace_id")));
    note(IdKind::Release, resource.release.as_deref());
    for name in ["request.id", "http.request_id", "http.request.header.x-request-id"] {
        note(IdKind::Request, attribute(of, name).as_deref());
    }
    for name in ["enduser.id", "user.id"] {
        note(IdKind::User, attribute(of, name).as_deref());
    }
    found
}

fn span(of: &Value, resource: &Resource, number: u64, each: &mut dyn FnMut(Entry<'_>)) {
    let begun = nanos(of, "startTimeUnixNano").or_else(|| nanos(of, "start_time_unix_nano"));
    let ended = nanos(of, "endTimeUnixNano").or_else(|| nanos(of, "end_time_unix_nano"));
    let code = of.pointer("/status/code");
    let failed = code.is_some_and(|code| code.as_i64() == Some(2) || code.as_str() == Some("STATUS_CODE_ERROR"));
    let mut text = format!("{} {}", resource.service, words(of, "/name").unwrap_or("?")).trim_start().to_owned();
    if let Some(took) = begun.zip(ended).map(|(begun, ended)| ended.saturating_sub(begun)) {
        text += &format!(", {took} ms");
    }
    if let Some(said) = words(of, "/status/message").filter(|_| failed) {
        text += &format!(": {said}");
    }
    for event in list(of, "events").filter(|event| words(event, "/name") == Some("exception")) {
        let part = |name: &str| attribute(event, name).unwrap_or_default();
        text += &format!("\n  {}: {}", part("exception.type"), part("exception.message"));
    }
    let level = if failed { Level::Error } else { Level::Info };
    each(Entry { number, at: begun, zoned: true, level, said: None, text: Cow::Owned(text), ids: ids(of, resource) });
}

fn record(of: &Value, resource: &Resource, number: u64, each: &mut dyn FnMut(Entry<'_>)) {
    let at = ["timeUnixNano", "time_unix_nano", "observedTimeUnixNano"].into_iter().find_map(|name| nanos(of, name));
    let level = match of.get("severityNumber").or_else(|| of.get("severity_number")).and_then(Value::as_i64) {
        Some(17..) => Level::Error,
        Some(13..=16) => Level::Warn,
        Some(1..=8) => Level::Debug,
        _ => words(of, "/severityText").and_then(|level| super::log::named(level.as_bytes())).unwrap_or(Level::Info),
    };
    let said = words(of, "/body/stringValue").or_else(|| words(of, "/body/string_value")).unwrap_or_default();
    let text = format!("{} {said}", resource.service).trim_start().to_owned();
    each(Entry { number, at, zoned: true, level, said: None, text: Cow::Owned(text), ids: ids(of, resource) });
}
