//! What a text calls a secret: `password=…`, `api_key: …`, `Authorization: Bearer …`, `<token>…</token>`.

use super::{
    scan::{Scan, looks_random},
    span::{Found, Sensitive},
};
use crate::lines::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// The word, and what stands between it and its value.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let surely = r"pass[_-]?word|passwd|passphrase|passwort|kennwort|mot de passe|contrase(?:ñ|n)a|pwd";
    let drawn = concat!(
        r"api[_-]?key|access[_-]?key(?:[_-]?id)?|account[_-]?key|shared[_-]?access[_-]?key|secret[_-]?(?:access[_-]?)?key|client[_-]?secret",
        r"|secret|access[_-]?token|auth[_-]?token|refresh[_-]?token|id[_-]?token|token|encryption[_-]?key|signing[_-]?key",
        r"|jsessionid|phpsessid|sessid|subscription[_-]?key|x-api-key|instrumentation[_-]?key",
    );
    let between =
        r#"\\?["'’”]?(?: ?(?:=>|:=|=|:) ?|>|,? +(?:value|content) ?= ?| (?:is|was|lautet|ist|est|es):? )\\?["'‘“]?"#;
    pattern(&format!(r"(?i)(?:(?P<surely>{surely})|(?P<drawn>{drawn}))(?P<between>{between})"))
});

static AUTHORIZATION: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:bearer|basic|apikey|token) +"));

const LONGEST: usize = 512;

pub(super) fn find(scan: &Scan<'_>, found: &mut Vec<Found>) {
    for named in NAMED.captures_iter(scan.text) {
        let (Some(whole), Some(between)) = (named.get(0), named.name("between")) else { continue };
        let sure = named.name("surely").is_some();
        let start = whole.end();
        let value = value_at(scan, start, between.as_str());
        if counts(scan, value, start, between.as_str(), whole.start(), sure) {
            found.push(Found::new(Sensitive::Secret, start, start + value.len()));
        }
    }
    for named in AUTHORIZATION.find_iter(scan.text) {
        let start = named.end();
        let end = scan.run(start, usize::MAX, |byte| byte.is_ascii_alphanumeric() || b"._~+/=-".contains(&byte));
        let value = scan.slice(start, end).trim_end_matches(['.', '-']);
        let is_header = scan.back(named.start(), 24).to_ascii_lowercase().contains("authorization");
        let is_scheme = !named.as_str().starts_with(['t', 'T', 'a', 'A']);
        if value.len() >= 8 && ((is_scheme && looks_random(value)) || (is_header && !is_placeholder(value))) {
            found.push(Found::new(Sensitive::Secret, start, start + value.len()));
        }
    }
}

/// Up to the quote mark that closes it, or to the blank or sign that ends it.
fn value_at<'a>(scan: &Scan<'a>, start: usize, between: &str) -> &'a str {
    let ahead = scan.ahead(start, LONGEST);
    let quote = between.chars().next_back().filter(|c| "\"'‘“".contains(*c));
    let ends = |c: char| match quote {
        Some('‘') => c == '’' || c == '\n',
        Some('“') => c == '”' || c == '\n',
        Some(quote) => c == quote || c == '\n',
        None => c.is_whitespace() || "\"'<>;,&|)]}`".contains(c),
    };
    let value = ahead.split(ends).next().unwrap_or_default();
    if quote.is_some() { value.trim_end_matches('\\') } else { value.trim_end_matches(['.', '?', '!', ':', '\\']) }
}

fn counts(scan: &Scan<'_>, value: &str, start: usize, between: &str, word: usize, sure: bool) -> bool {
    if value.is_empty() || is_placeholder(value) {
        return false;
    }
    let quoted = between.ends_with(['"', '\'', '‘', '“']);
    if !sure {
        let is_number = value.starts_with("0x") || value.bytes().all(|byte| byte.is_ascii_digit());
        return looks_random(value) && !is_number && !is_code(value, quoted);
    }
    // `setPassword(password)`, `password = config.get("x")`, and prose: `the password is wrong`.
    if quoted {
        return !value.contains(char::is_whitespace) || value.chars().count() <= 40;
    }
    let own_word = scan.slice(word, start).to_ascii_lowercase();
    if is_code(value, false) || own_word.starts_with(&value.to_ascii_lowercase()) {
        return false;
    }
    let marked = value.chars().any(|c| !c.is_alphabetic() && !"-'’".contains(c)) && value.chars().count() >= 4;
    if between.contains(['=', '>']) {
        // In code a line goes on; in a file of settings it ends.
        return marked || !matches!(scan.at(start + value.len()), b';' | b'(' | b')' | b',');
    }
    marked || (between.contains(':') && alone_on_its_line(scan, word, start + value.len()))
}

/// `password: hunter`, and nothing else.
fn alone_on_its_line(scan: &Scan<'_>, word: usize, end: usize) -> bool {
    let lead = scan.back(word, 40).rsplit('\n').next().unwrap_or_default();
    let rest = scan.ahead(end, 40).split('\n').next().unwrap_or_default();
    rest.trim().is_empty()
        && lead.trim_matches(|c: char| c.is_whitespace() || c == '-' || c == '>' || c == '*').is_empty()
}

/// A call, a member, a variable: what a program computes.
fn is_code(value: &str, quoted: bool) -> bool {
    let identifier = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let member = || value.split('.').count() > 1 && value.split('.').all(identifier);
    let called = value.contains(['(', '[']) || value.contains("::") || value.contains("->") || value.ends_with('-');
    called || value.starts_with(['@', '/', '=', ']', '|']) || value.contains(".{") || (!quoted && member())
}

/// What stands in examples and templates where a secret would stand.
pub(super) fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    let masked = |c: char| matches!(c, '*' | 'x' | 'X' | '.' | '•' | '#' | '?' | '_' | '-' | '…');
    value.chars().all(masked)
        || value.starts_with(['$', '<', '{', '%', '[', '(', '@', ']', ','])
        || value.starts_with("...")
        || value.contains("${")
        || value.contains("{{")
        || matches!(
            lower.as_str(),
            "null"
                | "none"
                | "nil"
                | "true"
                | "false"
                | "undefined"
                | "empty"
                | "yes"
                | "no"
                | "string"
                | "redacted"
                | "hidden"
                | "new"
                | "required"
                | "optional"
                | "changeme"
                | "encrypted"
                | "unset"
                | "missing"
        )
}
