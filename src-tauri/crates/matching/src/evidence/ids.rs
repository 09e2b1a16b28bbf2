//! What lines of different files have in common: the request, the trace, the release, the user.

use crate::lines::pattern;
use regex::Regex;
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdKind {
    Request,
    Trace,
    Release,
    User,
}

impl IdKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Trace => "trace",
            Self::Release => "release",
            Self::User => "user",
        }
    }
}

/// How often a file names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id {
    pub kind: IdKind,
    pub value: String,
    pub count: u64,
}

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r#"(?i-u)\b(?:(?P<request>(?:x[-_.])?(?:request|req|correlation)[-_.]?id)|(?P<trace>(?:dd\.|otel\.)?trace[-_.]?id|traceparent)"#,
        r#"|(?P<release>release|app[-_.]?version|service\.version)|(?P<user>user[-_.]?id|usr\.id|enduser\.id))"#,
        r#"["']?\s{0,2}[=:]\s{0,2}["']?(?P<value>[A-Za-z0-9][A-Za-z0-9@._:+/-]{1,79})"#
    ))
});

/// In the order of the text.
pub fn ids(text: &str, mut each: impl FnMut(IdKind, &str)) {
    // Most lines name none: without a separator after a word there is nothing to look for.
    if !text.contains(['=', ':']) {
        return;
    }
    for found in NAMED.captures_iter(text) {
        let Some(value) = found.name("value") else { continue };
        let kind = if found.name("request").is_some() {
            IdKind::Request
        } else if found.name("trace").is_some() {
            IdKind::Trace
        } else if found.name("release").is_some() {
            IdKind::Release
        } else {
            IdKind::User
        };
        if let Some(value) = plain(kind, value.as_str()) {
            each(kind, value);
        }
    }
}

/// As all files write it: of a `traceparent` the trace alone. `None` of a word that says nothing.
pub(super) fn plain(kind: IdKind, value: &str) -> Option<&str> {
    let value = value.trim_end_matches(['.', ':', '/', '-', ',']);
    let value = match kind {
        IdKind::Trace if value.len() == 55 && value.as_bytes().get(2) == Some(&b'-') => value.get(3..35)?,
        _ => value,
    };
    let nothing = ["null", "none", "undefined", "unknown", "true", "false", "0"];
    let long = if matches!(kind, IdKind::Request | IdKind::Trace) { 6 } else { 2 };
    let says = value.len() >= long && !nothing.contains(&value.to_ascii_lowercase().as_str());
    (says && value.bytes().any(|byte| byte != b'0')).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_in_every_way_that_loggers_name_them_and_words_that_say_nothing_are_none() {
        let found = |text: &str| {
            let mut all = Vec::new();
            ids(text, |kind, value| all.push((kind, value.to_owned())));
            all
        };
        let one = |kind, value: &str| vec![(kind, value.to_owned())];
        for text in [
            "request_id=ab12cd34 x",
            "X-Request-ID: ab12cd34",
            r#"{"requestId":"ab12cd34","x":1}"#,
            "req.id = 'ab12cd34'",
            "correlation-id=ab12cd34.",
        ] {
            assert_eq!(found(text), one(IdKind::Request, "ab12cd34"), "{text}");
        }
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        assert_eq!(found(&format!("traceparent: 00-{trace}-00f067aa0ba902b7-01")), one(IdKind::Trace, trace));
        assert_eq!(found(&format!("dd.trace_id={trace}")), one(IdKind::Trace, trace));
        assert_eq!(
            found("release=2.3.1 user_id=u-77"),
            [(IdKind::Release, "2.3.1".into()), (IdKind::User, "u-77".into())]
        );
        for text in [
            "request_id=null",
            "trace_id=00000000000000000000000000000000",
            "the request id is gone",
            "released: today",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
