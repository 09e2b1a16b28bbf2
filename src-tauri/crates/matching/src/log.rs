//! Log lines of loggers, servers and daemons. Only what warns or fails is a signature.

use crate::lines::{Line, pattern};
use crate::mask;
use domain::{Signature, SignatureKind};
use regex::Regex;
use std::sync::LazyLock;

/// A log file pasted whole: the first lines that fail say enough.
const READ: usize = 64;
const KEPT: usize = 5;

static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^\W{0,2}(?:<\d{1,3}>\d? ?)?(?:\d{4}[-/.]\d\d[-/.]\d\d[T ,|]{1,2}\d\d:\d\d:\d\d|\d\d:\d\d:\d\d|\d\d[-/.](?:\d\d|[A-Z][a-z]{2})[-/. ](?:\d{2,4}[ :])?\d\d:\d\d:\d\d",
        r"|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} {1,2}\d{1,2}(?: \d\d:\d\d:\d\d|, \d{4}))(?:[.,:]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d)?(?: \d{4})?(?: [AP]M)?(?: [A-Z]{3,4}\b)?"
    ))
});

/// Loud words are levels wherever a logger's line has them, quiet ones only in brackets, fields and after a stamp.
static LEVEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?-u:\b)(?P<loud>ERROR|FATAL|WARN|WARNING|SEVERE|CRITICAL|EMERGENCY|PANIC)(?-u:\b)",
        r"|\[(?:\w+:)?(?P<quiet>error|warn|warning|crit|critical|alert|emerg|fatal|Error|Warning|Warn|Fatal)\]",
        r#"|(?P<field>"?(?:level|severity|levelname|lvl|log\.level|@?l)"?\s*[=:]\s*"?(?i:error|fatal|warn|warning|critical|err|50|60)\b"?)"#,
        r"|(?-u:\b)(?P<daemon>error|fatal|warning|err|crit): "
    ))
});

static FIELD_MESSAGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#""?\b(?:msg|message|@m|@mt|event)"?\s*[=:]\s*(?:"((?:[^"\\]|\\.)*)"|(\S+))"#));
static FIELD_LOGGER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#""?\b(?:logger|logger_name|name|SourceContext)"?\s*[=:]\s*"?([A-Za-z_][\w.$:/-]*)"#));
/// `org.apache.Foo`, `o.a.Foo`, `my_crate::module`, `shop.views`.
static LOGGER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[A-Za-z_$][\w$]*(?:(?:\.|::)[\w$<>-]+)+$|^[A-Z][A-Za-z0-9]*[a-z][A-Z]\w*$|^(?:root|werkzeug|django|celery|uvicorn)$",
    )
});

pub fn signatures(lines: &[Line<'_>], taken: &[(usize, usize)]) -> Vec<Signature> {
    let mut found: Vec<(u8, Signature)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if found.len() >= READ {
            break;
        }
        // The line that opens a trace is that trace.
        let used = taken.iter().any(|(start, end)| line.start >= *start && line.end() <= *end);
        if used || line.text.len() < 8 || line.text.len() > 20_000 {
            continue;
        }
        if let Some(entry) = entry(line.text, lines.get(at + 1).map_or("", |next| next.text)) {
            let message = mask::pieces(entry.message);
            if message.iter().all(|piece| piece.mask.is_some() || piece.text.trim().len() < 3) {
                continue;
            }
            let exception = entry.logger.unwrap_or(entry.level).to_owned();
            let kind = SignatureKind::LogLine;
            let one = Signature { kind, exception, message, frames: Vec::new(), span: (line.start, line.end()) };
            let rank = u8::from(entry.level.starts_with(['W', 'w']));
            if !found.iter().any(|(_, known)| known.exception == one.exception && known.template() == one.template()) {
                found.push((rank, one));
            }
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().take(KEPT).map(|(_, one)| one).collect()
}

struct Entry<'a> {
    level: &'a str,
    logger: Option<&'a str>,
    message: &'a str,
}

fn entry<'a>(text: &'a str, next: &'a str) -> Option<Entry<'a>> {
    if let Some(entry) = php(text).or_else(|| dotnet(text, next)) {
        return Some(entry);
    }
    let head = mask::clip(text, 200);
    let level = LEVEL.captures(head)?;
    let whole = level.get(0)?;
    if level.name("field").is_some() {
        let message = FIELD_MESSAGE.captures(text)?;
        let message = message.get(1).or_else(|| message.get(2))?.as_str();
        let logger = FIELD_LOGGER.captures(text).and_then(|found| found.get(1)).map(|name| name.as_str());
        let level = if whole.as_str().to_ascii_lowercase().contains("warn") { "WARN" } else { "ERROR" };
        return Some(Entry { level, logger, message });
    }
    let stamp = STAMP.find(text).map_or(0, |stamp| stamp.end());
    let before = text.get(..whole.start())?;
    let after = text.get(whole.end()..)?;
    let name = level.name("loud").or_else(|| level.name("quiet")).or_else(|| level.name("daemon"))?.as_str();
    let fits = if level.name("daemon").is_some() {
        stamp > 0 && before.len() > stamp
    } else {
        stamp > 0 && stamp <= whole.end() || opens_line(before, after) || is_python(before)
    };
    if !fits {
        return None;
    }
    let (logger, message) = parts(text.get(stamp.min(whole.start())..whole.start())?, after);
    Some(Entry { level: canonical(name), logger, message })
}

fn canonical(level: &str) -> &'static str {
    match level.as_bytes().first().map(u8::to_ascii_lowercase) {
        Some(b'w') => "WARN",
        Some(b'f') => "FATAL",
        Some(b's') => "SEVERE",
        Some(b'c') => "CRITICAL",
        _ => "ERROR",
    }
}

/// A level that opens its line is a log line's when a logger's punctuation follows: `ERROR: …`, `[ERROR] …`,
/// `WARN  Foo - …`, `ERROR | …`, `ERROR:root:…`. `ERROR in the report` is a sentence.
fn opens_line(before: &str, after: &str) -> bool {
    if !before.trim_matches(['[', '<', '*', ' ', '#']).is_empty() {
        return false;
    }
    let after = after.trim_start_matches([']', '>']);
    let rest = after.trim_start();
    let has_gap = after.len() - rest.len() >= 2 && rest.contains(" - ");
    let logger = rest.split([' ', ':']).next().is_some_and(|word| LOGGER.is_match(word.trim_matches(['[', ']'])));
    let time = STAMP.is_match(rest);
    !rest.is_empty()
        && (after.starts_with([':', '|'])
            || before.contains('[')
            || rest.starts_with('|')
            || has_gap
            || time
            || (logger && after.starts_with(' ')))
}

/// `shop.db - ERROR - …` without a stamp.
fn is_python(before: &str) -> bool {
    before.strip_suffix(" - ").is_some_and(|name| LOGGER.is_match(name.rsplit(" - ").next().unwrap_or_default()))
}

/// Takes stamp, thread and logger away. Separators differ; what is a logger's name and what a thread does not.
fn parts<'a>(before: &'a str, after: &'a str) -> (Option<&'a str>, &'a str) {
    let mut logger = before.split([' ', '|', '[', ']']).rev().find(|word| LOGGER.is_match(word));
    let mut rest = after;
    for _ in 0..6 {
        let bare = rest.trim_start_matches([' ', '\t', '-', '|', ':', ']', '/', ',', '>']);
        let next = bare.strip_prefix(['[', '(']).and_then(|inner| {
            let end = inner.find([']', ')'])?;
            let name = inner.get(..end)?.trim();
            let name = name.split(':').next().unwrap_or(name);
            let after = inner.get(end + 1..)?;
            // `[client 1.2.3.4]`, `(main)`, `[o.a.Foo]`: short and closed before the message.
            (end <= 60 && after.len() > 2).then_some((name, after))
        });
        if let Some((name, after)) = next {
            logger = logger.or_else(|| LOGGER.is_match(name).then_some(name));
            rest = after;
            continue;
        }
        if let Some(stamp) = STAMP.find(bare) {
            rest = bare.get(stamp.end()..).unwrap_or_default();
            continue;
        }
        let word_end = bare.find([' ', ':', '\t', '|']).unwrap_or(bare.len());
        let double = bare.get(word_end..).is_some_and(|tail| tail.starts_with("::"));
        let word_end = if double { bare.find([' ', '\t', '|']).unwrap_or(bare.len()) } else { word_end };
        let word = bare.get(..word_end).unwrap_or_default().trim_end_matches(':');
        let after_word = bare.get(word.len()..).unwrap_or_default();
        let separated = after_word.trim_start().starts_with(['-', ':', '|', '[']) || rest.starts_with(':');
        if separated && LOGGER.is_match(word) && !word.ends_with("Exception") && !word.ends_with("Error") {
            logger = logger.or(Some(word));
            rest = after_word;
            continue;
        }
        // nginx: `1234#0: *5 `; glog and syslog: `1234 file.go:12] `; Celery: `/MainProcess] `.
        let is_process = |word: &str| word.bytes().all(|b| b.is_ascii_digit() || b"#*".contains(&b));
        if !word.is_empty() && (is_process(word) || (rest.starts_with('/') && word.ends_with(']'))) {
            rest = after_word;
            continue;
        }
        rest = bare;
        break;
    }
    // ActiveMQ's own layout: `message | logger | thread`.
    if let Some((message, tail)) = rest.split_once(" | ") {
        let name = tail.split(" | ").map(str::trim).find(|part| LOGGER.is_match(part));
        if name.is_some() {
            return (logger.or(name), message.trim());
        }
    }
    (logger, rest.trim())
}

/// `PHP Warning:  message in /var/www/x.php on line 12`.
fn php(text: &str) -> Option<Entry<'_>> {
    let at = text.find("PHP ").filter(|at| *at < 80)?;
    let rest = text.get(at + 4..)?;
    let (level, message) = rest.split_once(':')?;
    let level = match level {
        "Fatal error" | "Parse error" | "Recoverable fatal error" => "PHP Fatal error",
        "Warning" => "PHP Warning",
        _ => return None,
    };
    let message = message.split(" in /").next().unwrap_or(message);
    Some(Entry { level, logger: None, message })
}

/// `fail: Shop.Orders.Service[12]`, and the message on the next line.
fn dotnet<'a>(text: &'a str, next: &'a str) -> Option<Entry<'a>> {
    let rest = text.strip_prefix("fail: ").or_else(|| text.strip_prefix("crit: "))?;
    let logger = rest.strip_suffix(']')?.split('[').next()?;
    (!next.is_empty() && LOGGER.is_match(logger)).then_some(Entry {
        level: "ERROR",
        logger: Some(logger),
        message: next,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::lines;

    fn read(text: &str) -> Vec<(String, String)> {
        signatures(&lines(text), &[]).into_iter().map(|one| (one.exception.clone(), one.template())).collect()
    }

    #[test]
    fn every_common_layout_gives_the_logger_and_the_message() {
        for (text, logger, message) in [
            (
                "2024-05-01 12:00:00,123 ERROR [main] o.a.activemq.Broker - Failed to start 12",
                "o.a.activemq.Broker",
                "Failed to start <number>",
            ),
            ("12:00:00.123 [main] WARN  com.acme.Pool - Pool is full", "com.acme.Pool", "Pool is full"),
            (
                "2010-06-15 10:00:00,000 | WARN  | Transport failed: /10.0.0.1:61616 | org.apache.activemq.Transport | tcp-1",
                "org.apache.activemq.Transport",
                "Transport failed: /<address>",
            ),
            ("2024-05-01 12:00:00,123 - shop.db - ERROR - could not connect", "shop.db", "could not connect"),
            ("ERROR:root:could not connect", "root", "could not connect"),
            (
                "[2024-05-01 12:00:00,123: ERROR/MainProcess] consumer: Cannot connect",
                "ERROR",
                "consumer: Cannot connect",
            ),
            (
                "2024/05/01 12:00:00 [error] 1234#0: *5 connect() failed (111: Connection refused)",
                "ERROR",
                "connect() failed (<number>: Connection refused)",
            ),
            ("May  1 12:00:00 web1 app[123]: error: disk quota exceeded", "ERROR", "disk quota exceeded"),
            (
                "[Wed Oct 11 14:32:52 2000] [error] [client 127.0.0.1] client denied by server",
                "ERROR",
                "client denied by server",
            ),
            (
                r#"{"ts":"2024-05-01T12:00:00Z","level":"error","logger":"shop.api","msg":"payment 12 declined"}"#,
                "shop.api",
                "payment <number> declined",
            ),
            (r#"time=2024-05-01T12:00:00Z level=error msg="payment declined""#, "ERROR", "payment declined"),
            ("2024-05-01T12:00:00.000Z ERROR shop::pay: payment declined", "shop::pay", "payment declined"),
            ("SEVERE: Servlet.service() threw", "SEVERE", "Servlet.service() threw"),
            ("[ERROR] Failed to execute goal", "ERROR", "Failed to execute goal"),
            ("fail: Shop.Orders.Service[12]\n      Order 12 is gone", "Shop.Orders.Service", "Order <number> is gone"),
            ("PHP Warning:  foo() expects 1 in /var/www/x.php on line 12", "PHP Warning", "foo() expects <number>"),
        ] {
            assert_eq!(read(text), [(logger.to_string(), message.to_string())], "{text}");
        }
    }

    #[test]
    fn prose_and_quiet_lines_are_no_log_lines() {
        for text in [
            "2024-05-01 12:00:00,123 INFO [main] com.acme.Foo - started",
            "There is an ERROR in the report that we got on Monday",
            "ERROR in the report",
            "We get a fatal error: the app closes",
            "* WARN is the level I would expect",
            "error: cannot do this",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
