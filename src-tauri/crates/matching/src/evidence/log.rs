//! Lines of a log. One that goes on from the line before, as a stack trace does, is no entry of its own.

use super::{Entry, Level, stamp::stamp};

/// Of a line so much is read: more is data.
const LONGEST: usize = 32_768;
/// Where a level stands.
const HEAD: usize = 200;

pub(super) fn walk(bytes: &[u8], each: &mut dyn FnMut(Entry<'_>)) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // A line without a time of its own was written when the last one was.
    let mut last = None;
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = line.get(..line.len().min(LONGEST)).unwrap_or_default();
        if goes_on(line) {
            continue;
        }
        let text = String::from_utf8_lossy(line);
        let told = stamp(line);
        let (at, zoned) = told.or(last).map_or((None, true), |(at, zoned)| (Some(at), zoned));
        last = told.or(last);
        let said = if line.first() == Some(&b'{') { message(&text) } else { None };
        each(Entry {
            number,
            at,
            zoned: zoned || told.is_none(),
            level: level(line),
            said,
            text: text.clone(),
            ids: Vec::new(),
        });
    }
}

pub(super) fn goes_on(line: &[u8]) -> bool {
    let is = |word: &[u8]| line.starts_with(word);
    line.first().is_none_or(u8::is_ascii_whitespace)
        || is(b"at ")
        || is(b"Caused by")
        || is(b"}")
        || is(b"]") && line.len() < 3
}

/// Of an object, without reading all of it.
fn message(line: &str) -> Option<&str> {
    let field = |name: &str| {
        let rest = line.get(line.find(name)? + name.len()..)?.trim_start().strip_prefix(':')?.trim_start();
        let rest = rest.strip_prefix('"')?;
        let mut escaped = false;
        let end = rest.find(|c: char| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?;
        rest.get(..end).filter(|said| !said.is_empty())
    };
    ["\"msg\"", "\"message\"", "\"@m\"", "\"@mt\"", "\"event\"", "\"body\""].into_iter().find_map(field)
}

pub(super) fn level(line: &[u8]) -> Level {
    let head = line.get(..line.len().min(HEAD)).unwrap_or_default();
    let mut at = 0;
    while let Some(from) =
        head.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_alphabetic)).map(|next| at + next)
    {
        let length = head.iter().skip(from).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = head.get(from..from + length).unwrap_or_default();
        let before = from.checked_sub(1).and_then(|at| head.get(at));
        let field = before.is_some_and(|byte| b"[\"'=:<".contains(byte));
        let may = (3..=11).contains(&length) && (field || word.iter().all(u8::is_ascii_uppercase));
        if let Some(level) = named(word).filter(|_| may) {
            return level;
        }
        at = from + length;
    }
    // pino and bunyan number theirs.
    let numbered = |number: &str| String::from_utf8_lossy(head).contains(&format!("\"level\":{number}"));
    if line.first() == Some(&b'{') && head.windows(8).any(|window| window == b"\"level\":") {
        if numbered("50") || numbered("60") {
            return Level::Error;
        }
        if numbered("40") {
            return Level::Warn;
        }
    }
    let opens = head.split(|byte| *byte == b':').next().unwrap_or_default();
    let failed = (opens.ends_with(b"Exception") || opens.ends_with(b"Error")) && opens.len() < head.len();
    if failed || line.starts_with(b"Traceback ") || line.starts_with(b"Exception in ") {
        Level::Error
    } else {
        Level::Info
    }
}

pub(super) fn named(word: &[u8]) -> Option<Level> {
    let is = |words: &[&str]| words.iter().any(|one| one.as_bytes().eq_ignore_ascii_case(word));
    if is(&["error", "err", "fatal", "severe", "critical", "crit", "panic", "emerg", "emergency", "alert"]) {
        Some(Level::Error)
    } else if is(&["warn", "warning"]) {
        Some(Level::Warn)
    } else if is(&["info", "notice", "information"]) {
        Some(Level::Info)
    } else if is(&["debug", "trace", "fine", "finer", "verbose"]) {
        Some(Level::Debug)
    } else {
        None
    }
}
