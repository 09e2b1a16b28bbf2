//! Swift: frames of Apple's crash reports (`3  Shop  0x0001 Cart.total() + 120 (Cart.swift:42)`) and of the runtime's own
//! backtraces (`3 0x0001 total() + 120 in Shop at /src/Cart.swift:42:9`), under `Shop/Cart.swift:42: Fatal error: …`.

use super::frame;
use crate::lines::{Line, pattern};
use domain::{Frame, Language, Signature};
use regex::Regex;
use std::sync::LazyLock;

static CRASH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\d+\s+(?P<module>[^\s\[].*?)\s+0x[0-9a-fA-F]+ (?P<function>.+?)(?: \+ \d+)?(?: \((?P<file>[^()]+?):(?P<line>\d+)\))?$",
    )
});
static RUNTIME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\d+ (?:\[[^\]]*\] )?(?:0x[0-9a-fA-F]+ )?(?P<function>\S.*?)(?: \+ \d+)? in (?P<module>\S+)(?: at (?P<file>\S+?\.swift):(?P<line>\d+)(?::\d+)?)?$",
    )
});
/// A line that has ` at /` in it was cut there, as a trace in one line is.
static PLACE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^at (\S+?\.swift):(\d+)(?::\d+)?$"));
static FATAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<kind>Fatal error|Precondition failed|Assertion failed)(?:: (?P<message>.*?))?(?:: file (?P<file>\S+?), line (?P<line>\d+))?$",
    )
});
/// How far above its first frame an error stands: a crash report's own head is in between.
const REACH: usize = 30;

pub fn scan(lines: &[Line<'_>]) -> Vec<Signature> {
    let mut found: Vec<Signature> = Vec::new();
    let (mut at, mut floor) = (0, 0);
    while let Some(line) = lines.get(at) {
        if parse(line.text).is_none() {
            at += 1;
            continue;
        }
        let first = at;
        let mut end = line.end();
        let mut frames = Vec::new();
        // The code that the runtime prints under a frame is indented, or ruled off.
        for (here, line) in lines.iter().enumerate().skip(first) {
            if let Some(frame) = parse(line.text) {
                if frames.len() < frame::MOST_FRAMES {
                    frames.push(frame);
                }
                end = line.end();
                at = here + 1;
            } else if let (Some(place), Some(frame)) = (PLACE.captures(line.text), frames.last_mut()) {
                frame.file = place.get(1).map(|path| path.as_str().to_owned());
                frame.line = place.get(2).and_then(|line| frame::line_number(line.as_str()));
                frame.in_project = true;
                end = line.end();
                at = here + 1;
            } else if !(line.text.is_empty()
                || line.text.contains(['│', '┌', '└', '^'])
                || line.text.starts_with("..."))
            {
                break;
            }
        }
        let is_swift = frames.iter().any(|frame| frame.file.as_deref().is_some_and(|file| file.ends_with(".swift")));
        let error = (floor.max(first.saturating_sub(REACH))..first).rev().find_map(|at| {
            let line = lines.get(at)?;
            Some((line, FATAL.captures(line.text)?))
        });
        if is_swift && (error.is_some() || frames.len() > 1) {
            let part = |name| error.as_ref().and_then(|(_, error)| error.name(name)).map_or("", |part| part.as_str());
            let exception = if error.is_some() { part("kind") } else { frame::UNNAMED };
            let start = error.as_ref().map_or(line.start, |(line, _)| line.start);
            found.push(frame::signature(Language::Swift, exception, part("message"), frames, (start, end)));
        }
        floor = at;
    }
    found
}

fn parse(text: &str) -> Option<Frame> {
    if text.len() > 2_000 || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let found = CRASH.captures(text).or_else(|| RUNTIME.captures(text))?;
    let part = |name| found.name(name).map(|part| part.as_str());
    let file = part("file").map(str::to_owned);
    let module = part("module").unwrap_or_default();
    let system =
        ["libswift", "libsystem", "libdispatch", "libobjc", "dyld", "UIKit", "SwiftUI", "Foundation", "CoreFoundation"];
    Some(Frame {
        raw: frame::raw(text),
        // With its source, it was built by the team itself.
        in_project: file.is_some() || !system.iter().any(|start| module.starts_with(start)),
        function: clean(part("function").unwrap_or_default()),
        file,
        line: part("line").and_then(frame::line_number),
    })
}

/// Without arguments, types and the numbers of closures: `Cart.total`.
fn clean(function: &str) -> String {
    let named = function.rsplit(" in ").next().unwrap_or(function);
    let named = frame::without_brackets(named, '(', ')');
    let named = frame::without_brackets(&named, '<', '>');
    let named = named.split(" -> ").next().unwrap_or(&named);
    let named = named.trim_start_matches("specialized ").trim_start_matches("static ").trim_start_matches("@objc ");
    named.split(' ').next().unwrap_or(named).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::lines;

    type Frames = Vec<(String, Option<u32>)>;

    fn read(text: &str) -> Vec<(String, String, Frames)> {
        let told = |one: Signature| {
            let frames = one.frames.iter().map(|frame| (frame.function.clone(), frame.line)).collect();
            (one.exception.clone(), one.template(), frames)
        };
        scan(&lines(text)).into_iter().map(told).collect()
    }

    #[test]
    fn a_crash_report_is_read_with_its_sources() {
        let read = read(
            "Exception Type: EXC_BREAKPOINT (SIGTRAP)\nThread 0 Crashed:\n0   libswiftCore.dylib            \t0x00000001a3f0c3a8 _assertionFailure(_:_:file:line:flags:) + 308\n1   Shop                          \t0x0000000104a3c1f0 closure #1 in Cart.total(of:) + 120 (Cart.swift:42)\n2   Shop App                      \t0x0000000104a3c200 specialized Checkout.pay<A>(_:) + 8 (Checkout.swift:7)",
        );
        let frames = [("_assertionFailure", None), ("Cart.total", Some(42)), ("Checkout.pay", Some(7))];
        let frames = frames.map(|(function, line)| (function.to_owned(), line)).to_vec();
        assert_eq!(read, [("stack trace".to_owned(), String::new(), frames)]);
    }

    #[test]
    fn a_backtrace_of_the_runtime_is_read_under_its_error() {
        let read = read(
            "Shop/Cart.swift:42: Fatal error: Index 12 out of range\n\nThread 0 crashed:\n\n0 0x00007f8a total() + 120 in Shop at /src/Shop/Cart.swift:42:9\n\n    40│   func total() {\n    42│     items[12]\n      │          ^\n\n1 [ra] 0x00007f8b static Main.main() + 8 in Shop at /src/Shop/main.swift:3:1",
        );
        let frames = [("total", Some(42)), ("Main.main", Some(3))].map(|(function, line)| (function.to_owned(), line));
        assert_eq!(read, [("Fatal error".to_owned(), "Index <number> out of range".to_owned(), frames.to_vec())]);
    }

    #[test]
    fn a_numbered_list_is_no_trace() {
        assert!(read("1 Open the cart in Shop\n2 See Cart.swift:12\n3 Fatal error: it is gone").is_empty());
    }
}
