//! Ruby: ``app/models/user.rb:12:in `name'``, with the error on the first frame, above it (Rails) or not at all.

use super::{frame, head, library};
use crate::lines::{Line, pattern};
use domain::{Frame, Language, Signature};
use regex::Regex;
use std::sync::LazyLock;

static FRAME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:from |\d+: from )?(\S[^:]*(?::[\\/][^:]*)?):(\d+):in [`']([^'`]+)'(?:: (.*))?$"));
static ERROR: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(.*) \(([A-Z][\w:]*)\)$"));
/// Rails: ``NoMethodError (undefined method `x' for nil):``.
static RAILS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[\s\]])([A-Z]\w*(?:::\w+)*) \((.*)\):?$"));
static SCOPED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|[\s\]])([A-Z]\w*(?:::[A-Z]\w*)*(?:Error|Exception|NotFound|Invalid|Timeout)):? ?(.*)$")
});
static BLOCK: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:block (?:\(\d+ levels\) )?in |rescue in |ensure in )+"));
static GENERATED: LazyLock<Regex> = LazyLock::new(|| pattern(r"__+\d+_\d+$|___?\d+$"));

pub fn scan(lines: &[Line<'_>]) -> Vec<Signature> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let Some((_, inline)) = parse(line.text) else {
            at += 1;
            continue;
        };
        let first = at;
        let mut start = line.start;
        let mut end = line.end();
        let mut frames = Vec::new();
        for (here, line) in lines.iter().enumerate().skip(first) {
            match parse(line.text) {
                Some((frame, _)) => {
                    if frames.len() < frame::MOST_FRAMES {
                        frames.push(frame);
                    }
                    end = line.end();
                    at = here + 1;
                }
                None if line.text.is_empty() => continue,
                None => break,
            }
        }
        at = at.max(first + 1);
        let named = match inline.map(|text| {
            ERROR.captures(text).map_or((text, ""), |error| {
                (error.get(1).map_or("", |message| message.as_str()), error.get(2).map_or("", |name| name.as_str()))
            })
        }) {
            Some((message, name)) if !name.is_empty() => Some((name, message)),
            _ => above(lines, first).map(|(place, name, message)| {
                start = lines.get(place).map_or(start, |line| line.start);
                (name, message)
            }),
        };
        if named.is_some() || frames.len() > 1 {
            let (exception, message) = named.unwrap_or((frame::UNNAMED, ""));
            found.push(frame::signature(Language::Ruby, exception, message, frames, (start, end)));
        }
    }
    found
}

fn parse(text: &str) -> Option<(Frame, Option<&str>)> {
    if !text.contains(":in ") || text.len() > 2000 {
        return None;
    }
    let found = FRAME.captures(text)?;
    let path = found.get(1)?.as_str();
    let name = BLOCK.replace(found.get(3)?.as_str(), "").into_owned();
    let name = GENERATED.replace(&name, "").into_owned();
    // Ruby 3.4 qualifies names itself: `User#name`.
    let function =
        if name.contains(['#', ':']) || name.contains('.') { name } else { format!("{}.{name}", frame::stem(path)) };
    let line = frame::line_number(found.get(2)?.as_str());
    let in_project = !library::is_ruby(path);
    let frame = Frame { raw: frame::raw(text), function, file: Some(path.to_owned()), line, in_project };
    Some((frame, found.get(4).map(|rest| rest.as_str())))
}

fn above<'a>(lines: &[Line<'a>], first: usize) -> Option<(usize, &'a str, &'a str)> {
    (first.saturating_sub(4)..first).rev().find_map(|at| {
        let text = lines.get(at)?.text;
        if let Some(found) = RAILS.captures(text).or_else(|| SCOPED.captures(text)) {
            return Some((at, found.get(1)?.as_str(), found.get(2).map_or("", |message| message.as_str())));
        }
        head::head(text).filter(|head| head.firm).map(|head| (at, head.exception, head.message))
    })
}
