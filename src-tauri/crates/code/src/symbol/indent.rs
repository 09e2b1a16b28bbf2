//! Languages whose blocks show in how far their lines are indented: Python by rule, Ruby by custom.

use super::{Symbol, SymbolKind, Tongue};

pub(super) fn outline(tongue: Tongue, text: &str) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = Vec::new();
    // Places in the outline, and how far their heads are indented.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut quote: Option<&str> = None;
    let mut brackets = 0i32;
    let mut last_code = 0;
    for (number, line) in (1u32..).zip(text.lines()) {
        let goes_on = quote.is_some() || brackets > 0;
        let bare = line.trim();
        let indent = line.len() - line.trim_start().len();
        let is_code = !bare.is_empty() && (goes_on || !bare.starts_with('#'));
        if is_code && !goes_on {
            let ends = tongue == Tongue::Ruby && (bare == "end" || bare.starts_with("end "));
            while let Some((place, at)) = open.last().copied() {
                if indent > at {
                    break;
                }
                // `rescue` and `ensure` stand as far out as the `def` that they belong to.
                let inner = tongue == Tongue::Ruby
                    && indent == at
                    && ["rescue", "ensure", "else"].iter().any(|word| bare.starts_with(word));
                if inner {
                    break;
                }
                open.pop();
                if let Some(symbol) = symbols.get_mut(place) {
                    symbol.last = if ends && indent == at { number } else { last_code.max(symbol.first) };
                }
                if ends && indent == at {
                    break;
                }
            }
            if let Some((kind, name)) = head(tongue, bare) {
                let outer = open.last().map(|(place, _)| *place);
                symbols.push(Symbol { kind, name, first: number, last: number, outer });
                // `def total = 1` and `def total; 1; end` are whole.
                let whole = tongue == Tongue::Ruby
                    && (bare.ends_with(" end")
                        || kind == SymbolKind::Function && bare.contains(") =")
                        || bare.contains("; end"));
                if !whole {
                    open.push((symbols.len() - 1, indent));
                }
            }
        }
        if is_code {
            last_code = number;
        }
        if tongue == Tongue::Python {
            follow(line, &mut quote, &mut brackets);
        }
    }
    for (place, _) in open {
        if let Some(symbol) = symbols.get_mut(place) {
            symbol.last = last_code.max(symbol.first);
        }
    }
    symbols
}

fn head(tongue: Tongue, line: &str) -> Option<(SymbolKind, String)> {
    let line = line.strip_prefix("async ").unwrap_or(line);
    let line = if tongue == Tongue::Ruby { line.strip_prefix("private ").unwrap_or(line) } else { line };
    let (word, rest) = line.split_once([' ', '\t'])?;
    let kind = match (tongue, word) {
        (_, "def") | (Tongue::Python, "cdef" | "cpdef") => SymbolKind::Function,
        (_, "class") | (Tongue::Ruby, "module") => SymbolKind::Type,
        _ => return None,
    };
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("self.").unwrap_or(rest);
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || (tongue == Tongue::Ruby && "?!:=[]<>+-*/".contains(c));
    let name = rest.split(|c: char| !is_name(c)).next().unwrap_or_default();
    (!name.is_empty()).then(|| (kind, name.to_owned()))
}

/// Keeps count of what is still open at the end of a line of Python.
fn follow(line: &str, quote: &mut Option<&'static str>, brackets: &mut i32) {
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        if let Some(mark) = *quote {
            if rest.starts_with('\\') {
                rest = rest.get(1..).unwrap_or_default();
                rest = rest.get(rest.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
                continue;
            }
            if let Some(after) = rest.strip_prefix(mark) {
                *quote = None;
                rest = after;
                continue;
            }
        } else {
            let opened = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|mark| rest.starts_with(mark));
            if let Some(mark) = opened {
                *quote = Some(mark);
                rest = rest.get(mark.len()..).unwrap_or_default();
                continue;
            }
            match first {
                '#' => break,
                '(' | '[' | '{' => *brackets += 1,
                ')' | ']' | '}' => *brackets = (*brackets - 1).max(0),
                _ => {}
            }
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    // A text in single quotes ends with its line.
    if quote.is_some_and(|mark| mark.len() == 1) && !line.ends_with('\\') {
        *quote = None;
    }
}
