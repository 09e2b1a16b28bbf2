//! PHP: `#0 /srv/app/x.php(34): Foo->bar('x')`, with the error above `Stack trace:`.

use super::{frame, library};
use crate::lines::{Line, pattern};
use domain::{Frame, Language, Signature};
use regex::Regex;
use std::sync::LazyLock;

static FRAME: LazyLock<Regex> = LazyLock::new(|| pattern(r"^#\d+ +(?:(\S.*?)\((\d+)\)|\[internal function\]): (.+)$"));
/// `PHP Fatal error:  Uncaught App\PayException: No card in /srv/x.php:12`, Laravel's `(App\PayException(code: 0): No card at /srv/x.php:12)`.
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:Uncaught (?:exception ')?|object\] \(|Next |^|[\s\]>]PHP |: )([A-Z]\w*(?:\\\w+)*(?:\\?[A-Z]\w*)?)(?:' with message '|\(code: -?\w+\): |: )(.*?)(?:'? (?:in|at) (/\S+|[A-Z]:\\\S+?)(?::| on line |\()(\d+)\)?)?$",
    )
});
static CLOSURE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\{closure(?::[^}]*)?\}"));

pub fn scan(lines: &[Line<'_>]) -> Vec<Signature> {
    let mut found: Vec<Signature> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if FRAME.captures(line.text).is_none() {
            at += 1;
            continue;
        }
        let first = at;
        let mut end = line.end();
        let mut frames = Vec::new();
        for (here, line) in lines.iter().enumerate().skip(first) {
            if let Some(frame) = parse(line.text) {
                if frames.len() < frame::MOST_FRAMES {
                    frames.push(frame);
                }
            } else if !line.text.ends_with("{main}") && !line.text.is_empty() {
                break;
            }
            end = line.end();
            at = here + 1;
        }
        let named = above(lines, first);
        // PHP prints the root cause first and what it caused behind `Next`.
        let follows = lines
            .get(named.as_ref().map_or(first, |(place, _, _)| *place))
            .is_some_and(|line| line.text.starts_with("Next "));
        if (named.is_some() || frames.len() > 1) && (found.is_empty() || !follows) {
            let start =
                named.as_ref().and_then(|(place, _, _)| lines.get(*place)).map_or(line.start, |line| line.start);
            let (exception, message) = named.map_or((frame::UNNAMED, ""), |(_, name, message)| (name, message));
            found.push(frame::signature(Language::Php, exception, message, frames, (start, end)));
        }
        at = at.max(first + 1);
    }
    found
}

fn parse(text: &str) -> Option<Frame> {
    let found = FRAME.captures(text)?;
    let path = found.get(1).map(|path| path.as_str());
    let call = found.get(3)?.as_str();
    let call = CLOSURE.replace(call, "{closure}");
    let function = call.split('(').next().unwrap_or(&call).trim().to_owned();
    Some(Frame {
        raw: frame::raw(text),
        in_project: path.is_some_and(|path| !library::is_php(path)),
        function,
        file: path.map(str::to_owned),
        line: found.get(2).and_then(|line| frame::line_number(line.as_str())),
    })
}

fn above<'a>(lines: &[Line<'a>], first: usize) -> Option<(usize, &'a str, &'a str)> {
    (first.saturating_sub(5)..first).rev().find_map(|at| {
        let text = lines.get(at)?.text;
        if text.starts_with("Stack trace") || text.starts_with("[stacktrace]") || text.len() > 4000 {
            return None;
        }
        let found = HEAD.captures(text)?;
        Some((at, found.get(1)?.as_str(), found.get(2).map_or("", |message| message.as_str())))
    })
}
