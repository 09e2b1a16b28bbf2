//! C and C++: gdb (`#0  0x… in f (…) at x.c:12`), the sanitizers (`#0 0x… in f x.c:12:3`), lldb.

use super::{frame, library};
use crate::lines::{Line, pattern};
use domain::{Frame, Language, Signature};
use regex::Regex;
use std::sync::LazyLock;

static FRAME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:\* )?(?:frame )?#\d+:? +(?:(0x[0-9a-fA-F]+) +(?:in +)?)?(\S.*)$"));
static GDB: LazyLock<Regex> = LazyLock::new(|| pattern(r" at ([^\s()]+\.[A-Za-z+]+):(\d+)(?::\d+)?$"));
static ASAN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r" ((?:/|[A-Za-z]:\\|\.\.?/)?[^\s()]*\.[A-Za-z+]+):(\d+)(?::\d+)?$"));
static MODULE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r" (?:from (\S+)|\(([^()\s]+\+0x[0-9a-f]+)\)(?: \(BuildId.*)?)$"));
static SANITIZER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"((?:Address|Thread|Memory|Leak|UndefinedBehavior)Sanitizer): ([a-zA-Z -]+?)(?: on | \(|:|$)(.*)$")
});
static SIGNAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:received signal|terminated with signal) (SIG[A-Z]+|\d+), ([A-Z][\w ()]+)"));
static CLONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r" ?\[clone [^\]]*\]|\.(?:constprop|isra|part|cold|lto_priv)\.?\d*|@plt|@@[\w.]+"));

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
        for (here, line) in lines.iter().enumerate().skip(first) {
            match parse(line.text) {
                // A new `#0` starts another stack: the thread that freed, the next thread.
                Some(_) if here > first && line.text.starts_with("#0 ") => break,
                Some(frame) => {
                    if frames.len() < frame::MOST_FRAMES {
                        frames.push(frame);
                    }
                }
                // gdb wraps long frames; a continuation is indented.
                None if line.indent > 4 && !line.text.is_empty() => {}
                None => break,
            }
            end = line.end();
            at = here + 1;
        }
        at = at.max(first + 1);
        let named = above(lines, first, floor);
        let further = named.is_none() && !found.is_empty();
        if !further && (named.is_some() || frames.len() > 1) {
            let start = named.as_ref().map_or(line.start, |named| named.start);
            let (exception, message) =
                named.map_or((frame::UNNAMED.to_owned(), String::new()), |named| (named.exception, named.message));
            found.push(frame::signature(Language::Cpp, &exception, &message, frames, (start, end)));
        }
        floor = at;
    }
    found
}

fn parse(text: &str) -> Option<Frame> {
    if text.len() > 4000 || !(text.starts_with('#') || text.starts_with("frame #") || text.starts_with("* frame #")) {
        return None;
    }
    let found = FRAME.captures(text)?;
    let rest = found.get(2)?.as_str();
    let address = found.get(1).is_some();
    let place = GDB.captures(rest).or_else(|| if address { ASAN.captures(rest) } else { None });
    let module = MODULE.captures(rest);
    // `#12 (comment)` and `#1 thing we tried` are prose: a frame has an address, arguments and a place.
    if !address && !(rest.contains(" (") && (place.is_some() || module.is_some())) && !is_call(rest) {
        return None;
    }
    let whole = |found: &regex::Captures<'_>| found.get(0).map_or(rest.len(), |part| part.start());
    let cut = place.as_ref().map(whole).or_else(|| module.as_ref().map(whole)).unwrap_or(rest.len());
    let function = clean(rest.get(..cut).unwrap_or(rest));
    let module =
        module.as_ref().and_then(|found| found.get(1).or_else(|| found.get(2))).map_or("", |part| part.as_str());
    let file = place.as_ref().and_then(|found| found.get(1)).map(|path| path.as_str());
    Some(Frame {
        raw: frame::raw(text),
        in_project: !library::is_native(&function, module) && !function.is_empty(),
        function,
        file: file.map(str::to_owned),
        line: place.as_ref().and_then(|found| found.get(2)).and_then(|line| frame::line_number(line.as_str())),
    })
}

/// `main (argc=1, argv=0x7ffc)`: gdb's innermost frame has no address.
fn is_call(rest: &str) -> bool {
    rest.split_once(" (").is_some_and(|(name, tail)| !name.contains(' ') && tail.contains('=') && tail.ends_with(')'))
}

/// Without arguments, template arguments and the compiler's clones.
fn clean(function: &str) -> String {
    let function = function.rsplit_once('`').map_or(function, |(_, name)| name);
    let function = CLONE.replace_all(function, "");
    let without = frame::without_brackets(function.trim(), '(', ')');
    let without = if function.contains("operator") { without } else { frame::without_brackets(&without, '<', '>') };
    let without = without.split(" + ").next().unwrap_or(&without);
    let without = without.trim_end_matches(" const").trim();
    // A return type comes before the name: `void foo::bar<int>`.
    let name = if without.contains("operator") { without } else { without.rsplit(' ').next().unwrap_or(without) };
    name.to_owned()
}

struct Named {
    exception: String,
    message: String,
    start: usize,
}

fn above(lines: &[Line<'_>], first: usize, floor: usize) -> Option<Named> {
    (floor.max(first.saturating_sub(20))..first).rev().find_map(|at| {
        let line = lines.get(at)?;
        let text = crate::mask::clip(line.text, 2000);
        if let Some(found) = SANITIZER.captures(text) {
            let part = |group| found.get(group).map_or("", |part: regex::Match<'_>| part.as_str());
            return Some(Named {
                exception: format!("{}: {}", part(1), part(2).trim()),
                message: String::new(),
                start: line.start,
            });
        }
        if let Some(found) = SIGNAL.captures(text) {
            // An uncaught C++ exception aborts: what was thrown says more than SIGABRT.
            let thrown = (floor..at).rev().take(6).find_map(|at| {
                let line = lines.get(at)?;
                let name = line.text.split_once("instance of '")?.1.trim_end_matches('\'');
                let what = lines.get(at + 1).and_then(|next| next.text.strip_prefix("what():")).unwrap_or_default();
                Some(Named { exception: name.to_owned(), message: what.trim().to_owned(), start: line.start })
            });
            let part = |group| found.get(group).map_or("", |part: regex::Match<'_>| part.as_str());
            return thrown.or_else(|| {
                Some(Named { exception: part(1).to_owned(), message: part(2).trim().to_owned(), start: line.start })
            });
        }
        let name = text.split_once("instance of '").map(|(_, name)| name.trim_end_matches('\''))?;
        let what = lines.get(at + 1).and_then(|next| next.text.strip_prefix("what():")).unwrap_or_default();
        Some(Named { exception: name.to_owned(), message: what.trim().to_owned(), start: line.start })
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_function_is_named_without_arguments_and_clones() {
        for (raw, expected) in [
            ("foo (argc=1, argv=0x7ffc)", "foo"),
            ("shop::Cart::add(int, std::string const&)", "shop::Cart::add"),
            ("void shop::each<int, long>(int)", "shop::each"),
            ("foo.part.3 (x=1)", "foo"),
            ("a.out`main(argc=1) + 12", "main"),
            ("std::vector<int, std::allocator<int>>::at(unsigned long) const", "std::vector::at"),
        ] {
            assert_eq!(super::clean(raw), expected, "{raw}");
        }
    }
}
