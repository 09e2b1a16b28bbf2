//! C#, F#, VB.NET and Mono: `at Ns.Class.Method(Type arg) in /src/File.cs:line 12`, inner errors behind `--->`.

use super::{frame, head, library};
use crate::lines::{Line, pattern};
use domain::{Frame, Language, Signature};
use regex::Regex;
use std::sync::LazyLock;

static FRAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:at|bei|à|en|в|w) (?P<function>[A-Za-z_<][\w.<>`+|$,\[\]]*(?:\[[^\]()]*\])*(?:\.\.?[\w.<>`|$]+)?) ?\((?P<arguments>[^()]*)\)",
        r"(?: \[0x[0-9a-f]+\])?(?: in (?P<file>.+?):(?:(?:line|Zeile|ligne|línea|строка) )?(?P<line>\d+)\.?)?$"
    ))
});
static CLOSURE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:\.|\+)?<>c(?:__DisplayClass[\d_]+)?(?:`\d+)?[.+]|\.?<>[fp]__\w+"));
static STATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"[.+]<(\w+)>d(?:__\d+)?(?:`\d+)?\.MoveNext$"));
static LOCAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"<([\w.]+)>(?:b__[\d_]+|g__(\w+)\|[\d_]+)"));

pub fn scan(lines: &[Line<'_>]) -> Vec<Signature> {
    let mut found = Vec::new();
    let (mut at, mut floor) = (0, 0);
    while let Some(line) = lines.get(at) {
        if parse(line.text).is_none() {
            at += 1;
            continue;
        }
        let first = at;
        let mut end = line.end();
        let mut frames: Vec<Frame> = Vec::new();
        // The root cause is printed first; what follows its end mark belongs to the errors around it.
        let mut outer = false;
        for (here, line) in lines.iter().enumerate().skip(first) {
            if let Some(frame) = parse(line.text) {
                if !outer && frames.len() < frame::MOST_FRAMES {
                    frames.push(frame);
                }
            } else if line.text.starts_with("--- End of inner") || line.text.starts_with("--- Ende der inneren") {
                outer = true;
            } else if line.text.is_empty()
                || line.text.starts_with("--- ")
                || line.lead && head::head(line.text).is_none()
            {
                continue;
            } else {
                break;
            }
            end = line.end();
            at = here + 1;
        }
        let named = head::above(lines, first, floor)
            .map(|(place, head)| (lines.get(place).map_or(0, |line| line.start + head.at), head));
        if named.is_some() || frames.len() > 1 && frames.iter().any(|frame| frame.line.is_some()) {
            let start = named.map_or(line.start, |(start, _)| start);
            let (exception, message) = named.map_or((frame::UNNAMED, ""), |(_, head)| (head.exception, head.message));
            found.push(frame::signature(Language::CSharp, exception, message, frames, (start, end)));
        }
        at = at.max(first + 1);
        floor = at;
    }
    found
}

fn parse(text: &str) -> Option<Frame> {
    if text.len() > 2000 || !text.contains('(') {
        return None;
    }
    let found = FRAME.captures(text)?;
    let arguments = found.name("arguments")?.as_str();
    let function = found.name("function")?.as_str();
    let fits = function.contains('.') && is_arguments(arguments);
    if !fits {
        return None;
    }
    let function = clean(function);
    Some(Frame {
        raw: frame::raw(text),
        in_project: !library::is_dotnet(&function),
        function,
        file: found.name("file").map(|file| file.as_str().to_owned()).filter(|file| !file.starts_with('<')),
        line: found.name("line").and_then(|line| frame::line_number(line.as_str())).filter(|line| *line > 0),
    })
}

/// `String s, Int32& n` and nothing at all; not `Foo.java:12`, not `Native Method`, not `a.js:1:2`.
fn is_arguments(arguments: &str) -> bool {
    let file = arguments
        .rsplit_once('.')
        .is_some_and(|(_, end)| !end.contains(' ') && end.starts_with(|c: char| c.is_ascii_lowercase()));
    !file
        && !arguments.contains([':', '"', ';'])
        && !matches!(arguments, "Native Method" | "Unknown Source" | "<generated>" | "<anonymous>" | "native")
}

/// Compilers number state machines, closures and local functions: the method that the person wrote stays.
fn clean(function: &str) -> String {
    let function = frame::without_brackets(function, '[', ']');
    let function = STATE.replace(&function, ".$1");
    let function = CLOSURE.replace_all(&function, ".");
    let function = LOCAL.replace_all(&function, |found: &regex::Captures<'_>| match (found.get(1), found.get(2)) {
        (Some(method), Some(local)) => format!("{}.{}", method.as_str(), local.as_str()),
        (Some(method), None) => method.as_str().to_owned(),
        _ => String::new(),
    });
    function.replace('+', ".").trim_start_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_compiler_numbers_is_the_method_that_a_person_wrote() {
        for (raw, expected) in [
            ("Shop.Orders.<PlaceAsync>d__12.MoveNext", "Shop.Orders.PlaceAsync"),
            ("Shop.Orders.<>c__DisplayClass3_0.<Place>b__1", "Shop.Orders.Place"),
            ("Shop.Orders.<>c.<Place>b__0_0", "Shop.Orders.Place"),
            ("Shop.Orders.<Place>g__Check|1_0", "Shop.Orders.Place.Check"),
            ("System.Collections.Generic.Dictionary`2.get_Item", "System.Collections.Generic.Dictionary`2.get_Item"),
            ("Shop.Box`1[T].Open[TKey]", "Shop.Box`1.Open"),
            ("Shop.Orders..ctor", "Shop.Orders..ctor"),
        ] {
            assert_eq!(clean(raw), expected);
        }
    }
}
