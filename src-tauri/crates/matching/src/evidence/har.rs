//! What a browser asked and got: a HAR. Of addresses the query is left out, of headers all but ids.

use super::{Entry, IdKind, Level, Wrong, ids::plain, list, stamp::iso, tree, words};
use serde_json::Value;
use std::borrow::Cow;

pub(super) fn walk(bytes: &[u8], each: &mut dyn FnMut(Entry<'_>)) -> Result<(), Wrong> {
    let tree = tree(bytes)?;
    let log = tree.get("log").unwrap_or(&Value::Null);
    for (number, one) in (1..).zip(list(log, "entries")) {
        let status = one.pointer("/response/status").and_then(Value::as_i64).unwrap_or(0);
        let url = words(one, "/request/url").unwrap_or("?");
        let url = url.split(['?', '#']).next().unwrap_or(url);
        let method = words(one, "/request/method").unwrap_or("GET");
        let took = one.get("time").and_then(Value::as_f64).filter(|took| *took >= 0.0);
        let why = words(one, "/response/_error").or_else(|| words(one, "/response/statusText")).unwrap_or_default();
        // Nothing came back where the status is 0.
        let got = if status == 0 { "no answer".to_owned() } else { status.to_string() };
        let took = took.map_or_else(String::new, |took| format!(", {took:.0} ms"));
        let text = format!("{method} {url} → {got} {why}").trim_end().to_owned() + &took;
        let (at, zoned) = words(one, "/startedDateTime")
            .and_then(|at| iso(at.as_bytes()))
            .map_or((None, true), |(at, zoned)| (Some(at), zoned));
        let level = match status {
            0 | 500.. => Level::Error,
            400..=499 => Level::Warn,
            _ => Level::Info,
        };
        each(Entry { number, at, zoned, level, said: None, text: Cow::Owned(text), ids: named(one) });
    }
    Ok(())
}

fn named(one: &Value) -> Vec<(IdKind, String)> {
    let mut found = Vec::new();
    let headers =
        ["request", "response"].into_iter().filter_map(|side| one.get(side)).flat_map(|side| list(side, "headers"));
    for header in headers {
        let (Some(name), Some(value)) = (words(header, "/name"), words(header, "/value")) else { continue };
        let kind = match name.to_ascii_lowercase().as_str() {
            "x-request-id" | "request-id" | "x-correlation-id" | "x-amzn-requestid" | "cf-ray" => IdKind::Request,
            "traceparent" | "x-datadog-trace-id" | "x-b3-traceid" | "sentry-trace" => IdKind::Trace,
            "x-app-version" | "x-release" => IdKind::Release,
            _ => continue,
        };
        // `trace-span-sampled` of Sentry's own header.
        let value =
            if name.eq_ignore_ascii_case("sentry-trace") { value.split('-').next().unwrap_or(value) } else { value };
        if let Some(value) = plain(kind, value).filter(|value| value.len() < 100) {
            found.push((kind, value.to_owned()));
        }
    }
    found
}
