//! The line that names an error: `Exception in thread "main" java.io.IOException: broken pipe`.

use crate::lines::Line;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Head<'a> {
    pub exception: &'a str,
    pub message: &'a str,
    /// Stands where a runtime puts it (start of the line or behind a logger's mark) and not within a sentence.
    pub firm: bool,
    /// Where the exception starts within its line.
    pub at: usize,
}

/// How far above its first frame an error may be named: messages run over several lines.
const REACH: usize = 12;

/// The error that the frames from `first` on belong to.
pub fn above<'a>(lines: &[Line<'a>], first: usize, floor: usize) -> Option<(usize, Head<'a>)> {
    let mut near = true;
    let mut weak = None;
    for at in (floor.max(first.saturating_sub(REACH))..first).rev() {
        let Some(line) = lines.get(at) else { break };
        if line.text.is_empty() {
            continue;
        }
        match head(line.text) {
            Some(head) if head.firm => return Some((at, head)),
            Some(head) if near => weak = Some((at, head)),
            _ => {}
        }
        near = false;
    }
    weak
}

pub fn head(text: &str) -> Option<Head<'_>> {
    // An error's name is in the first part of its line, whatever a logger put before it.
    let text = crate::mask::clip(text, 4000);
    let mut weak = None;
    let mut from = 0;
    while let Some(start) = text.get(from..)?.find(|c: char| c.is_ascii_alphabetic() || c == '_').map(|at| from + at) {
        let rest = text.get(start..)?;
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "_.$+`".contains(c))).unwrap_or(rest.len());
        let word = rest.get(..end)?.trim_end_matches('.');
        from = start + end.max(1);
        let before = text.get(..start)?;
        let at_start = is_start(before);
        if !(names_error(word) || (at_start && is_class(word))) {
            continue;
        }
        let tail = text.get(start + word.len()..)?;
        let (message, closed) = match after(tail) {
            Some(message) => (message, true),
            None => ("", tail.trim().is_empty() || tail.trim_start().starts_with(['|', '[', ')'])),
        };
        let is_only = names_error(word);
        let head = Head { exception: word, message, firm: closed && at_start, at: start };
        if head.firm {
            return Some(head);
        }
        if is_only
            && weak.is_none()
            && word.contains(|c: char| c.is_ascii_lowercase())
            && word.len() > "Exception".len()
        {
            weak = Some(head);
        }
    }
    weak
}

/// The message behind the name: `: broken pipe`, ` [ERR_X]: broken pipe`, ` (0x80004005): broken pipe`.
fn after(tail: &str) -> Option<&str> {
    if let Some(message) = tail.strip_prefix(": ") {
        return Some(message.trim());
    }
    if tail == ":" {
        return Some("");
    }
    let open = tail.strip_prefix(" [").or_else(|| tail.strip_prefix(" ("))?;
    let close = open.find([']', ')']).filter(|at| *at < 60)?;
    open.get(close + 1..)?.strip_prefix(':').map(str::trim)
}

fn is_start(before: &str) -> bool {
    let before = before.trim_end_matches("/").trim_end_matches("java.base");
    let bare = before.trim_end();
    bare.is_empty()
        || bare.ends_with([':', ']', '|', '>', ')', '"', '\'', '-', '=', '{', '['])
        || [
            "Uncaught", "Unhandled exception.", "Unhandled rejection", "Nested exception is", "nested exception is",
            "Exception", "throws", "threw",
        ]
        .iter()
        .any(|mark| bare.ends_with(mark))
}

/// `java.lang.NullPointerException`, `TypeError`, `java.lang.ThreadDeath`.
pub fn names_error(word: &str) -> bool {
    let class = word.rsplit(['.', '$', '+']).next().unwrap_or(word);
    class.starts_with(|c: char| c.is_ascii_uppercase())
        && ["Exception", "Error", "Throwable", "Failure", "Fault", "ThreadDeath", "Panic"]
            .iter()
            .any(|end| class.ends_with(end))
}

/// A qualified class of any name: `com.acme.OutOfCheese`.
fn is_class(word: &str) -> bool {
    let mut parts = word.rsplit('.');
    let class = parts.next().unwrap_or_default();
    let packages: Vec<&str> = parts.collect();
    class.starts_with(|c: char| c.is_ascii_uppercase())
        && packages.len() >= 2
        && packages.iter().all(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_and_the_message_are_found_behind_any_prefix() {
        for (text, exception, message, firm) in [
            ("java.io.IOException: broken pipe", "java.io.IOException", "broken pipe", true),
            ("Exception in thread \"main\" java.lang.Error", "java.lang.Error", "", true),
            ("2010-01-01 ERROR [x] Foo - Failed: java.io.EOFException: null", "java.io.EOFException", "null", true),
            (
                "WARN | Async error occurred: java.lang.NullPointerException | org.x.Foo",
                "java.lang.NullPointerException",
                "",
                true,
            ),
            ("Uncaught TypeError: x is not a function", "TypeError", "x is not a function", true),
            ("Error [ERR_MODULE]: cannot find", "Error", "cannot find", true),
            (
                "Unhandled exception. System.IO.IOException (0x80070020): in use",
                "System.IO.IOException",
                "in use",
                true,
            ),
            ("com.acme.OutOfCheese: none left", "com.acme.OutOfCheese", "none left", true),
            ("I get a NullPointerException when I start", "NullPointerException", "", false),
        ] {
            let head = head(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((head.exception, head.message, head.firm), (exception, message, firm), "{text}");
        }
        assert_eq!(head("There was an error in the log"), None);
        assert_eq!(head("the Error is bad"), None);
    }
}
