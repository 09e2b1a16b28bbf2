//! Error signatures of a text: stack traces, log lines, codes.

mod dotnet;
mod frame;
mod go;
mod head;
mod java;
mod javascript;
mod library;
mod native;
mod php;
mod python;
mod ruby;
mod rust;
mod swift;

use crate::{codes, lines, log, mask};
use domain::{Signature, SignatureKind};
use regex::bytes::RegexSet;
use std::sync::LazyLock;

/// Text beyond this is not read for errors: the error of a ticket stands in its first half megabyte.
const LONGEST: usize = 512 * 1024;
const MOST_TRACES: usize = 8;

type Scan = fn(&[lines::Line<'_>]) -> Vec<Signature>;

/// What a text must contain before a language's parser looks at it. One pass over the text answers for all.
const HINTS: [(&str, Scan); 10] = [
    (
        r"[A-Za-z]:\d+(?:\)|\(Comp)|\.(?:java|kt|scala|groovy)\)|Native Method|Unknown Source\)|<generated>\)|Compiled Code\)",
        java::scan,
    ),
    (r#"Traceback \(most|", line \d"#, python::scan),
    (r"[a-zA-Z>/]:\d+:\d+|\[native code\]|\(<anonymous>\)", javascript::scan),
    (r":(?:line|Zeile|ligne) \d|(?:at|bei) [\w.<>`+]+\.\S*\s?\(", dotnet::scan),
    (r"goroutine \d|panic: |\.go:\d", go::scan),
    (r"panicked at|stack backtrace", rust::scan),
    (r"\.(?:rb|erb|rake|ru):\d+:in ", ruby::scan),
    (r"#\d+ (?:[^\s(]+\(\d+\): |\[internal function\]|\{main\})", php::scan),
    (r"#\d+ +(?:0x|\S+ \()|Sanitizer: ", native::scan),
    (r"\.swift:\d|Fatal error: ", swift::scan),
];
const LOGS: &str = r#"(?:ERROR|FATAL|WARN|SEVERE|CRITICAL)\b|\[(?:\w+:)?(?:error|warn|crit|alert|emerg|fatal|Error|Warn|Fatal)|"?(?:level|severity|levelname|lvl|l)"?[=:]|(?:error|fatal|warning|crit|err): |(?:fail|crit): |PHP "#;

static SET: LazyLock<RegexSet> = LazyLock::new(|| {
    let hints = HINTS.iter().map(|(hint, _)| *hint).chain([LOGS, codes::PATTERN]);
    let ascii = hints.map(|hint| format!("(?-u:{hint})"));
    RegexSet::new(ascii).expect("the crate's own patterns are valid")
});

/// Strongest first: stack traces with frames of their own, other traces, log lines, then bare codes. Also used at
/// ingest on every ticket, so a text without errors costs one pass.
pub fn signatures(text: &str) -> Vec<Signature> {
    let text = mask::clip(text, LONGEST);
    let hints = SET.matches(text.as_bytes());
    if !hints.matched_any() {
        return Vec::new();
    }
    let mut found: Vec<Signature> = Vec::new();
    if (0..=HINTS.len()).any(|hint| hints.matched(hint)) {
        let lines = lines::lines(text);
        let scans = HINTS.iter().enumerate().filter(|(at, _)| hints.matched(*at));
        found = scans.flat_map(|(_, (_, scan))| scan(&lines)).collect();
        if hints.matched(HINTS.len()) {
            let taken: Vec<(usize, usize)> = found.iter().map(|one| one.span).collect();
            found.extend(log::signatures(&lines, &taken));
        }
    }
    found.sort_by_key(|one| (strength(one), one.span.0));
    let mut kept: Vec<Signature> = Vec::new();
    let mut known: Vec<String> = Vec::new();
    for one in found {
        let canonical = one.canonical();
        let is_trace = matches!(one.kind, SignatureKind::StackTrace(_));
        if !known.contains(&canonical) && (!is_trace || kept.len() < MOST_TRACES) {
            known.push(canonical);
            kept.push(one);
        }
    }
    if hints.matched(HINTS.len() + 1) {
        kept.extend(codes::signatures(text));
    }
    kept
}

/// Smaller is stronger.
pub fn strength(signature: &Signature) -> u8 {
    let named = signature.exception != frame::UNNAMED && !signature.exception.starts_with(frame::THREAD);
    match signature.kind {
        SignatureKind::StackTrace(_) if named && signature.frames.iter().any(|frame| frame.in_project) => 0,
        SignatureKind::StackTrace(_) if named && !signature.frames.is_empty() => 1,
        SignatureKind::StackTrace(_) if named => 2,
        SignatureKind::StackTrace(_) => 3,
        SignatureKind::LogLine => 4,
        SignatureKind::ErrorCode => 5,
    }
}

#[cfg(test)]
mod tests;
