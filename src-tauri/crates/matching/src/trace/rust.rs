//! Rust: `thread 'main' panicked at src/pay.rs:4:5:`, and the numbered frames of a backtrace.

use super::{frame, library};
use crate::lines::{Line, pattern};
use domain::{Frame, Language, Signature};
use regex::Regex;
use std::sync::LazyLock;

static FRAME: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{1,4}):\s+(?:0x[0-9a-f]+ - )?(\S.*)$"));
static PLACE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^at (.+?):(\d+)(?::\d+)?$"));
static OLD: LazyLock<Regex> = LazyLock::new(|| pattern(r"^'(.*)', (\S+):(\d+)(?::\d+)?$"));
static HASH: LazyLock<Regex> = LazyLock::new(|| pattern(r"::h[0-9a-f]{16}$"));
static CLOSURE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\{\{?closure\}\}?(?:#\d+)?|\{closure#\d+\}|\{closure_env#\d+\}"));

pub fn scan(lines: &[Line<'_>]) -> Vec<Signature> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let Some(place) = line.text.find("panicked at ") else {
            at += 1;
            continue;
        };
        let rest = line.text.get(place + 12..).unwrap_or_default();
        // Since 1.73 the message stands on the next line; before, it stood in quotes before the place.
        let (message, mut end, body) = match OLD.captures(rest) {
            Some(old) => (old.get(1).map_or("", |message| message.as_str()), line.end(), at + 1),
            None => lines.get(at + 1).map_or((rest, line.end(), at + 1), |next| (next.text, next.end(), at + 2)),
        };
        let (frames, next, last) = backtrace(lines, body);
        end = end.max(last);
        let start = line.text.find("thread ").unwrap_or(place);
        // `called Result::unwrap() on an Err value: X`: the words name the panic, the value is data.
        found.push(frame::signature(Language::Rust, "panic", message, frames, (line.start + start, end)));
        at = next.max(at + 1);
    }
    found
}

fn backtrace(lines: &[Line<'_>], first: usize) -> (Vec<Frame>, usize, usize) {
    let mut frames: Vec<Frame> = Vec::new();
    let (mut next, mut end) = (first, 0);
    let opened =
        lines.iter().enumerate().skip(first).take(6).find(|(_, line)| line.text.starts_with("stack backtrace"));
    let Some((opened, _)) = opened else { return (frames, next, end) };
    for (at, line) in lines.iter().enumerate().skip(opened + 1) {
        if let Some(found) = FRAME.captures(line.text) {
            let name = clean(found.get(2).map_or("", |name| name.as_str()));
            if frames.len() < frame::MOST_FRAMES {
                let in_project = !library::is_rust(&name, None);
                frames.push(Frame { raw: frame::raw(line.text), function: name, file: None, line: None, in_project });
            }
        } else if let Some(place) = PLACE.captures(line.text) {
            if let Some(frame) = frames.last_mut() {
                let path = place.get(1).map_or("", |path| path.as_str());
                frame.file = Some(path.to_owned());
                frame.line = place.get(2).and_then(|line| frame::line_number(line.as_str()));
                frame.in_project = !library::is_rust(&frame.function, Some(path));
            }
        } else if !line.text.is_empty() {
            break;
        }
        next = at + 1;
        end = line.end();
    }
    (frames, next, end)
}

/// Without the compiler's hash and the numbers of closures.
fn clean(name: &str) -> String {
    let name = HASH.replace(name.trim(), "");
    let name = CLOSURE.replace_all(&name, "{closure}");
    match name.strip_prefix('<') {
        // `<shop::Cart as core::ops::Drop>::drop` is a method of `shop::Cart`.
        Some(inner) if inner.contains(" as ") => {
            let (owner, rest) = inner.split_once(" as ").unwrap_or((inner, ""));
            let method = rest.rsplit_once(">::").map_or("", |(_, method)| method);
            format!("{owner}::{method}")
        }
        _ => name.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_symbol_is_named_without_hash_and_numbers() {
        for (raw, expected) in [
            ("shop::pay::charge::h0123456789abcdef", "shop::pay::charge"),
            ("shop::main::{{closure}}", "shop::main::{closure}"),
            ("<shop::Cart as core::ops::drop::Drop>::drop", "shop::Cart::drop"),
        ] {
            assert_eq!(super::clean(raw), expected);
        }
    }
}
