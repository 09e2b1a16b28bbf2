//! Go: `panic: …`, `goroutine 1 [running]:`, pairs of function and `\t/path/file.go:12 +0x1d`.

use super::{frame, library};
use crate::lines::{Line, pattern};
use domain::{Frame, Language, Signature};
use regex::Regex;
use std::sync::LazyLock;

static PLACE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\S.*?\.(?:go|s|c)):(\d+)(?: \+0x[0-9a-f]+)?$"));
static CLOSURE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\.func\d+(?:\.\d+)*|\.gowrap\d+|\[\.\.\.\]"));

pub fn scan(lines: &[Line<'_>]) -> Vec<Signature> {
    let mut found = Vec::new();
    let (mut at, mut floor) = (0, 0);
    while let Some(line) = lines.get(at) {
        let opens = line.text.starts_with("goroutine ") && line.text.ends_with("]:");
        if !opens {
            at += 1;
            continue;
        }
        let (frames, next, end) = frames(lines, at + 1);
        let (exception, message, start) = panic(lines, at, floor).unwrap_or((frame::UNNAMED, "", line.start));
        // Of a dump of all goroutines, the first one failed.
        if (exception != frame::UNNAMED || found.is_empty()) && !frames.is_empty() {
            found.push(frame::signature(Language::Go, exception, message, frames, (start, end.max(line.end()))));
        }
        at = next.max(at + 1);
        floor = at;
    }
    if found.is_empty() {
        found.extend(
            lines
                .iter()
                .enumerate()
                .filter_map(|(at, line)| {
                    let (exception, message, start) = panic(lines, at + 1, at)?;
                    Some(frame::signature(Language::Go, exception, message, Vec::new(), (start, line.end())))
                })
                .take(1),
        );
    }
    found
}

/// The panic above a goroutine: `panic: runtime error: index out of range [5] with length 3`.
fn panic<'a>(lines: &[Line<'a>], goroutine: usize, floor: usize) -> Option<(&'a str, &'a str, usize)> {
    (floor.max(goroutine.saturating_sub(12))..goroutine).rev().find_map(|at| {
        let line = lines.get(at)?;
        let (mark, place) = ["fatal error: ", "panic: ", "http: panic serving "].iter().find_map(|mark| {
            let place = line.text.find(mark)?;
            (place == 0 || *mark != "panic: " || place < 60).then_some((*mark, place))
        })?;
        let text = line.text.get(place + mark.len()..)?;
        let text = if mark.starts_with("http") { text.split_once(": ")?.1 } else { text };
        // What a recovered panic repeats: `panic: x [recovered]`.
        let text = text.trim_end_matches(" [recovered]");
        let (exception, message) = match text.strip_prefix("runtime error: ") {
            Some(message) => ("runtime error", message),
            None if mark.starts_with("fatal") => ("fatal error", text),
            None => ("panic", text),
        };
        Some((exception, message, line.start + place))
    })
}

fn frames(lines: &[Line<'_>], first: usize) -> (Vec<Frame>, usize, usize) {
    let mut frames = Vec::new();
    let (mut next, mut end) = (first, 0);
    let mut pending: Option<&str> = None;
    for (at, line) in lines.iter().enumerate().skip(first) {
        if let Some(place) = PLACE.captures(line.text).filter(|_| pending.is_some()) {
            if let Some(function) = pending.take()
                && frames.len() < frame::MOST_FRAMES
                && !function.starts_with("created by ")
            {
                frames.push(build(function, line.text, &place));
            }
            end = line.end();
        } else if line.text.starts_with("created by ")
            || line.text.ends_with(')') && line.text.contains('.')
            || line.text.starts_with("panic(")
        {
            pending = Some(line.text);
        } else if !(line.text.starts_with("...") || line.text.is_empty() && pending.is_none() && at == first) {
            break;
        }
        next = at + 1;
    }
    (frames, next, end)
}

fn build(function: &str, place_text: &str, place: &regex::Captures<'_>) -> Frame {
    let path = place.get(1).map(|path| path.as_str());
    let name = clean(function);
    Frame {
        raw: frame::raw(&format!("{function} {place_text}")),
        in_project: !library::is_go(&name, path),
        function: name,
        file: path.map(str::to_owned),
        line: place.get(2).and_then(|line| frame::line_number(line.as_str())),
    }
}

/// `github.com/acme/shop/pay.(*Service).Charge(0xc000…, 0x1)` without arguments and the numbers of closures.
fn clean(function: &str) -> String {
    let method = function.find(").").map_or(0, |at| at + 1);
    let end = function.get(method..).and_then(|rest| rest.find('(')).map_or(function.len(), |at| method + at);
    CLOSURE
        .replace_all(function.get(..end).unwrap_or(function), |found: &regex::Captures<'_>| {
            if found.get(0).is_some_and(|part| part.as_str().starts_with(".func")) { ".func" } else { "" }
        })
        .into_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_function_is_named_without_arguments_and_closure_numbers() {
        for (raw, expected) in [
            ("github.com/acme/pay.(*Service).Charge(0xc000, 0x1)", "github.com/acme/pay.(*Service).Charge"),
            ("main.main()", "main.main"),
            ("main.run.func1.2(0x1)", "main.run.func"),
            ("net/http.HandlerFunc.ServeHTTP(0x1, {0x2, 0x3}, 0x4)", "net/http.HandlerFunc.ServeHTTP"),
            ("main.Map[...](0x1)", "main.Map"),
        ] {
            assert_eq!(super::clean(raw), expected);
        }
    }
}
