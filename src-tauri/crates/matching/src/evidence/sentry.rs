//! One event of an error tracker: what the user did before it, in order, and then what failed.

use super::{Entry, IdKind, Level, Wrong, ids::plain, list, log::named, stamp::iso, tree, words};
use serde_json::Value;
use std::borrow::Cow;

pub(super) fn walk(bytes: &[u8], each: &mut dyn FnMut(Entry<'_>)) -> Result<(), Wrong> {
    let tree = tree(bytes)?;
    let mut ids = ids(&tree);
    let mut number = 0;
    let mut tell = |at: Option<i64>, level: Level, text: String, ids: Vec<(IdKind, String)>| {
        number += 1;
        each(Entry { number, at, zoned: true, level, said: None, text: Cow::Owned(text), ids });
    };
    let crumbs = tree.get("breadcrumbs").unwrap_or(&Value::Null);
    // A list alone, or in an object, as the versions of the tracker have it.
    let crumbs: Vec<&Value> =
        crumbs.as_array().map_or_else(|| list(crumbs, "values").collect(), |all| all.iter().collect());
    for one in crumbs {
        let what = words(one, "/message").map(str::to_owned).or_else(|| request(one.get("data")?)).unwrap_or_default();
        let category = words(one, "/category").or_else(|| words(one, "/type")).unwrap_or("action");
        let level = words(one, "/level").and_then(|level| named(level.as_bytes())).unwrap_or(Level::Info);
        tell(time(one), level, format!("{category}: {what}").trim_end_matches([':', ' ']).to_owned(), Vec::new());
    }
    let at = time(&tree);
    let level = words(&tree, "/level").and_then(|level| named(level.as_bytes())).unwrap_or(Level::Error);
    let exceptions = tree.get("exception").unwrap_or(&Value::Null);
    let before = exceptions
        .as_array()
        .map_or_else(|| list(exceptions, "values").collect(), |all| all.iter().collect::<Vec<_>>());
    let failed = before.len();
    for one in before {
        let (class, said) = (words(one, "/type").unwrap_or("Error"), words(one, "/value").unwrap_or_default());
        let mut text = format!("{class}: {said}");
        // The innermost frame comes last.
        if let Some(frame) = one.get("stacktrace").into_iter().flat_map(|trace| list(trace, "frames")).last() {
            let file = words(frame, "/filename").or_else(|| words(frame, "/module")).unwrap_or("?");
            let line = frame.get("lineno").and_then(Value::as_u64).map_or_else(String::new, |line| format!(":{line}"));
            text += &format!("\n  at {} ({file}{line})", words(frame, "/function").unwrap_or("?"));
        }
        tell(at, level, text, std::mem::take(&mut ids));
    }
    if failed == 0 {
        let said = ["/message", "/logentry/formatted", "/logentry/message", "/title"]
            .into_iter()
            .find_map(|path| words(&tree, path));
        if let Some(said) = said {
            tell(at, level, said.to_owned(), ids);
        }
    }
    Ok(())
}

fn request(data: &Value) -> Option<String> {
    let url = words(data, "/url")?;
    let status =
        data.get("status_code").and_then(Value::as_i64).map_or_else(String::new, |status| format!(" → {status}"));
    let url = url.split(['?', '#']).next().unwrap_or(url);
    Some(format!("{} {url}{status}", words(data, "/method").unwrap_or("GET")))
}

/// Seconds since 1970, or words.
fn time(of: &Value) -> Option<i64> {
    let at = of.get("timestamp").or_else(|| of.get("dateCreated")).or_else(|| of.get("datetime"))?;
    match at {
        Value::String(text) => iso(text.as_bytes()).map(|(at, _)| at),
        Value::Number(seconds) => {
            seconds.as_f64().filter(|at| (6e8..4.1e9).contains(at)).map(|at| (at * 1000.0) as i64)
        }
        _ => None,
    }
}

fn ids(tree: &Value) -> Vec<(IdKind, String)> {
    let mut found = Vec::new();
    let mut note = |kind: IdKind, value: Option<&str>| {
        if let Some(value) = value.and_then(|value| plain(kind, value)).filter(|value| value.len() < 100) {
            found.push((kind, value.to_owned()));
        }
    };
    note(IdKind::Trace, words(tree, "/contexts/trace/trace_id"));
    note(IdKind::Release, words(tree, "/release"));
    note(IdKind::User, words(tree, "/user/id"));
    // `[["request_id", "ab12"]]`, or an object.
    let tags = tree.get("tags").unwrap_or(&Value::Null);
    for pair in tags.as_array().into_iter().flatten() {
        let key = words(pair, "/0").or_else(|| words(pair, "/key"));
        if matches!(key, Some("request_id" | "requestId" | "correlation_id")) {
            note(IdKind::Request, words(pair, "/1").or_else(|| words(pair, "/value")));
        }
    }
    for name in ["/request_id", "/requestId", "/correlation_id"] {
        note(IdKind::Request, words(tags, name));
    }
    found
}
