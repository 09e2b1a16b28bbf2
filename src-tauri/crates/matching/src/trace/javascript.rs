//! JavaScript and TypeScript: V8 (`at f (a.js:1:2)`), Firefox and Safari (`f@https://host/a.js:1:2`).

use super::{frame, head, library};
use crate::lines::{Line, pattern};
use domain::{Frame, Language, Signature};
use regex::Regex;
use std::sync::LazyLock;

static V8: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^at (?:async )?(?:new )?(?:(?P<function>[^\s()@][^()@]*?) (?:\[as [^\]]+\] )?",
        r"\((?P<place>eval at .*|[^()]*:\d+:\d+|<anonymous>|native|index \d+|native code|[^()\s]*:\d+)\)|(?P<bare>(?:async )?[^\s()]+:\d+:\d+))$"
    ))
});
static GECKO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?P<function>[^@\s]*)@)?(?P<place>(?:https?|file|webpack|webpack-internal|moz-extension|safari-extension|chrome-extension|resource|app|capacitor|blob|chrome|ionic)://?[^\s]*?:\d+(?::\d+)?|\[native code\])$",
    )
});
/// A build's hash within a file's name: `main.8f3a2b1c.js`, `chunk-ABCD1234.js`.
static HASH: LazyLock<Regex> = LazyLock::new(|| pattern(r"[.~_-](?:[0-9a-f]{6,40}|[A-Za-z0-9_]{8}|[A-Z0-9]{8})$"));

pub fn scan(lines: &[Line<'_>]) -> Vec<Signature> {
    let mut found = Vec::new();
    let (mut at, mut floor) = (0, 0);
    while let Some(line) = lines.get(at) {
        if parse(line.text).is_none() {
            at += 1;
            continue;
        }
        let first = at;
        let mut end = line.end();
        let mut frames = Vec::new();
        for (here, line) in lines.iter().enumerate().skip(first) {
            if let Some(frame) = parse(line.text) {
                if frames.len() < frame::MOST_FRAMES {
                    frames.push(frame);
                }
                end = line.end();
                at = here + 1;
            } else if !(line.text.is_empty() || line.lead && head::head(line.text).is_none()) {
                break;
            }
        }
        let named = head::above(lines, first, floor)
            .map(|(place, head)| (lines.get(place).map_or(0, |line| line.start + head.at), head));
        if named.is_some() || frames.len() > 1 {
            let start = named.map_or(line.start, |(start, _)| start);
            let (exception, message) = named.map_or((frame::UNNAMED, ""), |(_, head)| (head.exception, head.message));
            found.push(frame::signature(Language::JavaScript, exception, message, frames, (start, end)));
        }
        floor = at;
    }
    found
}

fn parse(text: &str) -> Option<Frame> {
    if text.len() > 2000 {
        return None;
    }
    let found = if text.starts_with("at ") {
        V8.captures(text)?
    } else if text.contains('@') || text.contains("://") {
        GECKO.captures(text)?
    } else {
        return None;
    };
    let place = found.name("place").or_else(|| found.name("bare"))?.as_str();
    let place = place.strip_prefix("async ").unwrap_or(place);
    let name = found.name("function").map_or("", |name| name.as_str());
    let (path, line) = locate(place);
    // `Foo.bar (Foo.java:12)` has one number; a script has a line and a column, or a scheme.
    if path.ends_with(".java") || path.ends_with(".cs") || path.ends_with(".kt") {
        return None;
    }
    let file = clean_path(path);
    Some(Frame {
        raw: frame::raw(text),
        function: qualified(name, &file),
        in_project: !library::is_javascript(path),
        file: path.contains(['.', '/']).then(|| file.clone()),
        line,
    })
}

fn locate(place: &str) -> (&str, Option<u32>) {
    let place = place.split(", ").last().unwrap_or(place);
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match place.rsplit_once(':') {
        Some((rest, last)) if number(last) => match rest.rsplit_once(':') {
            Some((path, line)) if number(line) => (path, frame::line_number(line)),
            _ => (rest, frame::line_number(last)),
        },
        _ => (place, None),
    }
}

/// Without query, webpack's marks and hashes: `webpack:///./src/pay.ts?a1b2` is `src/pay.ts`.
fn clean_path(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let is_pack = path.starts_with("webpack");
    let path = if is_pack {
        path.split_once(":///").or_else(|| path.split_once("://")).map_or(path, |(_, rest)| rest)
    } else {
        path
    };
    let path = path.strip_prefix("file://").unwrap_or(path);
    let path = if is_pack { path.trim_start_matches("./") } else { path };
    let name = frame::basename(path);
    let (stem, extension) = name.split_once('.').map_or((name, ""), |_| name.rsplit_once('.').unwrap_or((name, "")));
    let bare =
        HASH.find(stem).filter(|hash| has_digit_or_mixed_case(hash.as_str())).and_then(|hash| stem.get(..hash.start()));
    match bare.filter(|bare| !bare.is_empty()) {
        Some(bare) => format!("{}{bare}.{extension}", path.strip_suffix(name).unwrap_or_default()),
        None => path.to_owned(),
    }
}

fn has_digit_or_mixed_case(text: &str) -> bool {
    let has = |test: fn(&u8) -> bool| text.bytes().any(|b| test(&b));
    has(u8::is_ascii_digit) || (has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase))
}

/// `pay.submitOrder`: the module's name and the function's.
fn qualified(name: &str, file: &str) -> String {
    let name = name.strip_prefix("async ").unwrap_or(name).strip_prefix("new ").unwrap_or(name);
    let name = name.split("/<").next().unwrap_or(name).trim_end_matches(['<', '*', '/']);
    let name = name.strip_prefix("Object.").or_else(|| name.strip_prefix("Module.")).unwrap_or(name);
    let name = if name.is_empty() || name == "<anonymous>" || name == "eval" { "<anonymous>" } else { name };
    let stem = frame::stem(file);
    if stem.is_empty() || stem.starts_with(['<', '[']) || stem == "native" || stem.starts_with("index ") {
        name.to_owned()
    } else {
        format!("{stem}.{name}")
    }
}
