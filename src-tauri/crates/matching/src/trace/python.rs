//! Python: `Traceback (most recent call last):`, pairs of `File …` and code, then the error.

use super::{frame, head, library};
use crate::lines::{Line, pattern};
use domain::{Frame, Language, Signature};
use regex::Regex;
use std::sync::LazyLock;

static FILE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"^File "([^"]+)", line (\d+)(?:, in (<?[\w.]+>?(?:\.<\w+>)*)(?:\(.*?\))?)?"#));

const CHAINED: [&str; 2] = ["During handling of the above exception", "The above exception was the direct cause"];

pub fn scan(lines: &[Line<'_>]) -> Vec<Signature> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut chained = false;
    while let Some(line) = lines.get(at) {
        if CHAINED.iter().any(|mark| line.text.starts_with(mark)) {
            chained = true;
        }
        let opens = line.text.contains("Traceback (most recent call last)");
        if !opens && !FILE.is_match(line.text) {
            at += 1;
            continue;
        }
        let first = if opens { at + 1 } else { at };
        let (signature, next) = traceback(lines, at, first, line.indent);
        at = next.max(at + 1);
        // Python prints the root cause first; what follows in its chain is the same error.
        if let Some(signature) = signature
            && !std::mem::take(&mut chained)
        {
            found.push(signature);
        }
    }
    found
}

fn traceback(lines: &[Line<'_>], opened: usize, first: usize, base: usize) -> (Option<Signature>, usize) {
    let start = lines.get(opened).map_or(0, |line| line.start);
    let mut end = start;
    let mut frames: Vec<Frame> = Vec::new();
    let mut error: Option<(&str, &str)> = None;
    let mut next = first;
    let mut after_file = false;
    for (at, line) in lines.iter().enumerate().skip(first) {
        let text = line.text;
        next = at + 1;
        if text.is_empty() || text.starts_with(['^', '~']) || text.starts_with("[Previous line repeated") {
            continue;
        }
        if text.contains("Traceback (most recent") || CHAINED.iter().any(|mark| text.starts_with(mark)) {
            next = at;
            break;
        }
        if let Some(found) = FILE.captures(text) {
            frames.push(build(text, &found));
            after_file = true;
            end = line.end();
            // On a squashed line the code and even the error follow the last frame.
            let tail = found.get(0).and_then(|whole| text.get(whole.end()..)).unwrap_or_default();
            if let Some(head) =
                head::head(tail).filter(|head| head.exception.ends_with("Error") || head.exception.contains('.'))
            {
                error = error.or(Some((head.exception, tail_message(tail, head))));
                after_file = false;
            }
            continue;
        }
        let named = name(text);
        let is_code = after_file && (line.indent > base || named.is_none());
        after_file = false;
        if is_code {
            continue;
        }
        if !frames.is_empty() || opened != first {
            error = named.or(error).or((line.indent <= base).then(|| text.split_once(": ").unwrap_or((text, ""))));
            if named.is_some() || line.indent <= base {
                end = line.end();
                break;
            }
        }
        if line.indent <= base {
            break;
        }
    }
    frames.reverse();
    frames.truncate(frame::MOST_FRAMES);
    let named = error.filter(|(name, _)| !name.contains(' ') && name.len() < 120);
    if frames.is_empty() && named.is_none() || opened == first && named.is_none() && frames.len() < 2 {
        return (None, next);
    }
    let (exception, message) = named.unwrap_or((frame::UNNAMED, ""));
    (Some(frame::signature(Language::Python, exception, message, frames, (start, end))), next)
}

fn tail_message<'a>(tail: &'a str, head: head::Head<'a>) -> &'a str {
    tail.get(head.at + head.exception.len()..).map_or("", |rest| rest.trim_start_matches(':').trim())
}

/// `KeyError: 'x'`, `shop.errors.OutOfStock`, `django.db.utils.OperationalError: …`, `KeyboardInterrupt`.
fn name(text: &str) -> Option<(&str, &str)> {
    let (name, message) = text.split_once(": ").unwrap_or((text.trim_end_matches(':'), ""));
    let word = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.<>".contains(&b)) && !name.is_empty();
    let class = name.rsplit('.').next().unwrap_or(name);
    let classy =
        class.starts_with(|c: char| c.is_ascii_uppercase()) && class.contains(|c: char| c.is_ascii_lowercase());
    let known =
        head::names_error(name) || ["Warning", "Exit", "Interrupt", "Iteration"].iter().any(|end| class.ends_with(end));
    (word && classy && (known || name.contains('.') || text.contains(": "))).then_some((name, message))
}

fn build(text: &str, found: &regex::Captures<'_>) -> Frame {
    let path = found.get(1).map_or("", |path| path.as_str());
    let function = found.get(3).map_or("<module>", |name| name.as_str());
    Frame {
        raw: frame::raw(text),
        function: format!("{}.{function}", module(path)),
        file: Some(path.to_owned()),
        line: found.get(2).and_then(|line| frame::line_number(line.as_str())),
        in_project: !library::is_python(path),
    }
}

/// `django.core.handlers.base` for an installed package, `views` for a file of the project.
fn module(path: &str) -> String {
    let path = path.replace('\\', "/");
    let inside =
        ["site-packages/", "dist-packages/"].iter().find_map(|mark| path.split_once(mark).map(|(_, rest)| rest));
    let standard =
        || path.find("/lib/python").and_then(|at| path.get(at + 11..)?.split_once('/')).map(|(_, rest)| rest);
    match inside.or_else(standard) {
        Some(rest) => rest.trim_end_matches(".py").trim_end_matches("/__init__").replace('/', "."),
        None => frame::stem(&path).to_owned(),
    }
}
