//! Text as people paste it, cut into the lines that the runtime printed: quoted with `>`, indented, prefixed by a
//! logger or a container, squashed on one line by a helpdesk, or escaped into JSON.
//!
//! A line is always a slice of the text it came from, so that a place in it can be shown.

use regex::Regex;
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Without indentation, quote marks and container prefixes.
    pub text: &'a str,
    /// Where `text` starts in the whole text.
    pub start: usize,
    /// Blanks between the quote marks and the text: Python tells code from error by it.
    pub indent: usize,
    /// What stands before a stack frame on the same line: a logger's prefix, or the error of a squashed trace.
    pub lead: bool,
}

impl Line<'_> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

pub fn lines(text: &str) -> Vec<Line<'_>> {
    let mut out = Vec::new();
    let mut start = 0;
    for raw in text.split('\n') {
        // A lone CR ends a line too (old mailers).
        let mut from = start;
        for part in raw.split('\r') {
            physical(part, from, &mut out);
            from += part.len() + 1;
        }
        start += raw.len() + 1;
    }
    out
}

/// Trace marks that only ever start a line. Found inside one, somebody squashed the text or a logger came first.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    let at = r"at (?:async |new )?[^\s()]+(?: \[as [^\]\s]+\])? ?\([^()\n]*\)|at (?:async )?[^\s()]+:\d+:\d+";
    let others = r#"Caused by: |Suppressed: |\.\.\. \d+ (?:more|common)|File "[^"\n]+", line \d+|#\d+ +(?:0x[0-9a-f]+ in|/[^\s()]+\(\d+\)|\[internal|\{main\})|---> |--- End of "#;
    pattern(&format!(r"(?-u:\b)(?:{at})|(?:{others})"))
});

static CONTAINER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:[A-Za-z0-9][\w.-]*-?\d[\w.-]* *\| ?",
        r"|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) (?:stdout|stderr) [FP] ?)"
    ))
});

/// Only for patterns written in this crate; a test builds every one of them. Digits, letters and word borders are those
/// of ASCII, as runtimes print them: with all of Unicode in them the automata grow past their cache, and every import
/// reads every text.
pub fn pattern(source: &str) -> Regex {
    Regex::new(&ascii(source)).expect("the crate's own patterns are valid")
}

fn ascii(source: &str) -> String {
    let mut out = String::with_capacity(source.len() * 2);
    let mut in_class = false;
    let mut signs = source.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match (signs.next(), in_class) {
                (Some('d'), true) => out.push_str("0-9"),
                (Some('d'), false) => out.push_str("[0-9]"),
                (Some('w'), true) => out.push_str("0-9A-Za-z_"),
                (Some('w'), false) => out.push_str("[0-9A-Za-z_]"),
                (Some('b'), false) => out.push_str(r"(?-u:\b)"),
                (other, _) => out.extend(['\\'].into_iter().chain(other)),
            },
            _ => {
                in_class = match sign {
                    '[' => true,
                    ']' => false,
                    _ => in_class,
                };
                out.push(sign);
            }
        }
    }
    out
}

fn physical<'a>(raw: &'a str, start: usize, out: &mut Vec<Line<'a>>) {
    let mut text = raw.trim_end();
    let mut indent = 0;
    loop {
        let bare = text.trim_start_matches([' ', '\t', '\u{a0}', '\u{feff}']);
        indent += text.len() - bare.len();
        text = bare;
        match text.strip_prefix('>').or_else(|| text.strip_prefix("| ")) {
            Some(rest) => {
                text = rest;
                indent = 0;
            }
            None => break,
        }
    }
    if text.as_bytes().iter().take(64).any(|b| *b == b'|' || *b == b'T')
        && let Some(found) = CONTAINER.find(text)
    {
        let rest = text.get(found.end()..).unwrap_or_default();
        text = rest.trim_start_matches([' ', '\t']);
        indent = rest.len() - text.len();
    }
    let offset = |part: &str| start + (part.as_ptr() as usize).saturating_sub(raw.as_ptr() as usize);
    let line = Line { text, start: offset(text), indent, lead: false };
    if text.contains(r"\n") && [r"\nat ", r"\n\tat ", r"\n  ", r"\n#"].iter().any(|mark| text.contains(mark)) {
        return escaped(line, out);
    }
    squashed(line, out);
}

/// A trace inside a JSON string: `\n` and `\t` are written out.
fn escaped<'a>(line: Line<'a>, out: &mut Vec<Line<'a>>) {
    let mut start = line.start;
    for part in line.text.split(r"\n") {
        let text = part.trim_start_matches([' ', '\t']);
        let text = text.strip_prefix(r"\t").unwrap_or(text).trim_start();
        let indent = part.len() - text.len();
        let trimmed = text.trim_end_matches(r"\r").trim_end_matches(['"', '}', ']']).trim_end();
        squashed(Line { text: trimmed, start: start + indent, indent, lead: false }, out);
        start += part.len() + 2;
    }
}

fn squashed<'a>(line: Line<'a>, out: &mut Vec<Line<'a>>) {
    if line.text.len() < 8 {
        out.push(line);
        return;
    }
    let marks: Vec<(usize, usize)> = MARK.find_iter(line.text).map(|mark| (mark.start(), mark.end())).collect();
    // `look at Foo.bar(x) please` is prose: a frame stands with others or ends its line.
    let alone = marks.len() == 1;
    let cuts = marks.iter().filter(|(from, to)| {
        let before = line.text.get(..*from).unwrap_or_default();
        let after = line.text.get(*to..).unwrap_or_default().trim_start();
        let is_frame = line.text.get(*from..).is_some_and(|rest| rest.starts_with("at "));
        let ends = after.is_empty() || after.starts_with(['[', '~']) || after.starts_with("in ");
        *from > 0 && !before.ends_with("eval ") && (!is_frame || !alone || ends)
    });
    let mut from = 0;
    for (cut, _) in cuts {
        push(line, from, *cut, true, out);
        from = *cut;
    }
    push(line, from, line.text.len(), false, out);
}

fn push<'a>(line: Line<'a>, from: usize, to: usize, lead: bool, out: &mut Vec<Line<'a>>) {
    let text = line.text.get(from..to).unwrap_or_default().trim_end();
    let is_mark = from > 0;
    // What is cut off behind a mark is a whole line of its own; only the first part can be a prefix.
    out.push(Line {
        text,
        start: line.start + from,
        indent: if is_mark { 2 } else { line.indent },
        lead: lead && !is_mark,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        lines(text).iter().map(|line| line.text).collect()
    }

    #[test]
    fn quotes_indents_and_container_prefixes_are_not_part_of_a_line() {
        assert_eq!(texts("> >   at a.B.c(B.java:1)\r\n\tat x"), ["at a.B.c(B.java:1)", "", "at x"]);
        assert_eq!(texts("web_1  | Traceback"), ["Traceback"]);
        assert_eq!(texts("2024-05-01T10:00:00.1Z stderr F   File \"x\", line 1"), ["File \"x\", line 1"]);
    }

    #[test]
    fn a_squashed_trace_is_cut_at_its_frames_and_prose_is_not() {
        assert_eq!(
            texts("a.BException: x at a.B.c(B.java:1) at a.D.e(D.java:2) Caused by: f.G"),
            ["a.BException: x", "at a.B.c(B.java:1)", "at a.D.e(D.java:2)", "Caused by: f.G"]
        );
        assert_eq!(texts("look at Foo.bar(x) please"), ["look at Foo.bar(x) please"]);
        assert_eq!(texts(r#"{"stack":"Error: x\n    at f (a.js:1:2)"}"#), [r#"{"stack":"Error: x"#, "at f (a.js:1:2)"]);
    }

    #[test]
    fn every_line_knows_where_it_stands() {
        let text = "ä >x\n> 12:00 [main]   at a.B.c(B.java:1)\n  y: at a.B.c(B.java:1) at b.C.d(C.java:2)";
        for line in lines(text) {
            assert_eq!(&text[line.start..line.end()], line.text);
        }
    }
}
