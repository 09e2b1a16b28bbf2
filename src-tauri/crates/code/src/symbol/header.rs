//! What stands before an opening brace, and what it makes of the block.

use super::{SymbolKind, Tongue, lex::Token};

/// What the code around a block is: in a body, `name(…) {` is a call or a macro; in a type, it is a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Around {
    Type,
    Body,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Symbol {
        kind: SymbolKind,
        name: String,
        first: u32,
    },
    /// A type without a name, an object: methods may be in it.
    Members,
    /// A closure: it belongs to the function around it.
    Body,
    /// Anything else; what is around it goes on in it.
    Plain,
}

/// A head of more tokens than this is none.
const LONGEST: usize = 600;
/// What stands before a group and a block and is no function, in every language that is read by such groups.
const CONTROL: [&str; 17] = [
    "if", "for", "while", "switch", "catch", "try", "synchronized", "return", "do", "else", "assert", "throw", "await",
    "typeof", "super", "this", "sizeof",
];

/// Words of one language are names in another: `lock()`, `match(…)` and `with(…)` are methods in Java.
fn controls(tongue: Tongue, word: &str) -> bool {
    let own: &[&str] = match tongue {
        Tongue::CSharp => &["using", "lock", "foreach", "fixed", "when", "yield", "checked", "unchecked"],
        Tongue::C => &["foreach", "co_await", "co_return", "alignof", "decltype"],
        Tongue::JavaScript => &["with", "yield"],
        _ => &[],
    };
    CONTROL.contains(&word) || own.contains(&word)
}
/// Words between the arguments of a function and its body.
const TRAILERS: [&str; 11] =
    ["const", "noexcept", "override", "final", "throws", "throw", "volatile", "mutable", "try", "where", "async"];

/// The part of the tokens before a brace that is its head: back to what is still open, or to a comma in it.
fn head<'a, 't>(tokens: &'a [Token<'t>]) -> Option<&'a [Token<'t>]> {
    let mut depth = 0usize;
    let mut comma = None;
    // The commas of `Closure<Integer, IOException>` part nothing.
    let mut angles = 0usize;
    for (back, token) in tokens.iter().rev().enumerate() {
        if back > LONGEST {
            return None;
        }
        let from = tokens.len() - back;
        match token.text {
            ")" | "]" | "}" => depth += 1,
            "(" | "[" | "{" if depth == 0 => return tokens.get(comma.unwrap_or(from)..),
            "(" | "[" | "{" => depth -= 1,
            ">" => angles += 1,
            "<" => angles = angles.saturating_sub(1),
            "," if depth == 0 && angles == 0 && comma.is_none() => comma = Some(from),
            _ => {}
        }
    }
    Some(tokens)
}

/// The tokens outside of every bracket, with their places; a group stands as its opening bracket.
fn outside(tokens: &[Token<'_>]) -> Vec<usize> {
    let mut depth = 0usize;
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.text {
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            opening => {
                if depth == 0 {
                    found.push(at);
                }
                depth += usize::from(matches!(opening, "(" | "[" | "{"));
            }
        }
    }
    found
}

pub(super) fn read(tongue: Tongue, tokens: &[Token<'_>], around: Around, outer: Option<&str>) -> Block {
    let Some(head) = head(tokens) else { return Block::Plain };
    let flat = outside(head);
    let flat: Vec<Token<'_>> = flat.into_iter().filter_map(|at| head.get(at).copied()).collect();
    let symbol = |kind, name: String, at: usize| {
        let first = flat.get(at).map_or(0, |token| token.line);
        Block::Symbol { kind, name, first }
    };
    let Some(last) = flat.last() else {
        // `{ … }` in a Java class runs with each constructor.
        return if tongue == Tongue::Java && around == Around::Type && outer.is_some() {
            Block::Body
        } else {
            Block::Plain
        };
    };
    if let Some((name, at)) = declared(tongue, &flat) {
        return if name.is_empty() { Block::Body } else { symbol(SymbolKind::Function, name, at) };
    }
    if let Some((name, at)) = typed(tongue, &flat) {
        return if name.is_empty() { Block::Members } else { symbol(SymbolKind::Type, name, at) };
    }
    match tongue {
        Tongue::JavaScript => script(tongue, &flat, around, &symbol),
        Tongue::Java | Tongue::CSharp | Tongue::C => {
            if ["->", "=>"].contains(&last.text) {
                return Block::Body;
            }
            if let Some(found) = called(tongue, &flat, around, outer) {
                return match found {
                    Some((name, at)) => symbol(SymbolKind::Function, name, at),
                    None => Block::Members,
                };
            }
            if around == Around::Type && tongue == Tongue::Java && last.text == "static" {
                return symbol(SymbolKind::Function, "<clinit>".into(), flat.len() - 1);
            }
            let is_property = tongue == Tongue::CSharp && around == Around::Type && outer.is_some();
            if is_property && flat.len() > 1 && last.is_word() && !has(&flat, "=") {
                return symbol(SymbolKind::Function, last.text.to_owned(), 0);
            }
            let record = tongue == Tongue::Java && around == Around::Type && outer == Some(last.text);
            if record { symbol(SymbolKind::Function, last.text.to_owned(), 0) } else { Block::Plain }
        }
        Tongue::Swift if around == Around::Type && last.is_word() => {
            match flat.iter().rposition(|token| token.text == "var") {
                Some(at) => match flat.get(at + 1) {
                    Some(name) => symbol(SymbolKind::Function, name.text.to_owned(), at),
                    None => Block::Plain,
                },
                None => Block::Plain,
            }
        }
        Tongue::Kotlin if ["get", "set", "init"].contains(&before_group(&flat)) && around == Around::Type => {
            let name = before_group(&flat);
            let name = if name == "init" { "<init>" } else { name };
            symbol(SymbolKind::Function, name.to_owned(), flat.len() - 1)
        }
        _ => Block::Plain,
    }
}

fn has(flat: &[Token<'_>], text: &str) -> bool {
    flat.iter().any(|token| token.text == text)
}

/// The last word, also where a group follows it.
fn before_group<'t>(flat: &[Token<'t>]) -> &'t str {
    flat.iter().rev().find(|token| token.is_word()).map_or("", |token| token.text)
}

/// Functions that a keyword opens; an empty name of one without.
pub(super) fn declared(tongue: Tongue, flat: &[Token<'_>]) -> Option<(String, usize)> {
    let keywords: &[&str] = match tongue {
        Tongue::Rust => &["fn"],
        Tongue::Go => &["func"],
        Tongue::Swift => &["func", "init", "deinit", "subscript"],
        Tongue::Kotlin => &["fun", "constructor"],
        Tongue::Scala => &["def"],
        Tongue::Php => &["function"],
        Tongue::JavaScript => &["function"],
        _ => return None,
    };
    let at = flat.iter().rposition(|token| keywords.contains(&token.text))?;
    let keyword = flat.get(at)?.text;
    if matches!(keyword, "init" | "deinit" | "subscript" | "constructor") {
        // `init(…)`; not `.init(…)`.
        let called = at.checked_sub(1).and_then(|before| flat.get(before)).is_some_and(|before| before.text == ".");
        let opens =
            keyword == "deinit" || flat.get(at + 1).is_some_and(|next| ["(", "?", "!", "<"].contains(&next.text));
        let name = if keyword == "constructor" { "<init>" } else { keyword };
        // `class A constructor(…) {` is the class.
        let is_class = keyword == "constructor" && has(flat.get(..at)?, "class");
        return (!called && opens && !is_class).then(|| (name.to_owned(), at));
    }
    let mut next = at + 1;
    if tongue == Tongue::Kotlin && flat.get(next).is_some_and(|token| token.text == "interface") {
        return None;
    }
    if tongue == Tongue::Go && flat.get(next).is_some_and(|token| token.text == "(") {
        // A receiver, or the arguments of a function without a name.
        next += 1;
        if !flat.get(next).is_some_and(Token::is_word) || flat.get(next + 1).is_none_or(|token| token.text != "(") {
            return Some((String::new(), at));
        }
    }
    if flat.get(next).is_some_and(|token| ["*", "&"].contains(&token.text)) {
        next += 1;
    }
    // `fun <T> Type<T>.name(…)`: the name stands before its arguments.
    if tongue == Tongue::Kotlin {
        let open = flat.iter().skip(next).position(|token| token.text == "(").map(|open| open + next);
        let name = open.and_then(|open| flat.get(open.checked_sub(1)?)).filter(|name| name.is_word());
        return Some((name.map_or_else(String::new, |name| name.text.to_owned()), at));
    }
    match flat.get(next).filter(|name| name.is_word() && name.text != "use") {
        Some(name) => Some((name.text.to_owned(), at)),
        None if tongue != Tongue::JavaScript => Some((String::new(), at)),
        // `name = function (…)`, `name: function (…)`.
        None => Some((assigned(flat.get(..at).unwrap_or_default()), at)),
    }
}

/// `total` of `Cart.prototype.total =` and of `total:`.
fn assigned(before: &[Token<'_>]) -> String {
    let before = match before {
        [rest @ .., last] if last.text == "async" => rest,
        all => all,
    };
    match before {
        [.., name, mark] if ["=", ":"].contains(&mark.text) && name.is_word() => name.text.to_owned(),
        _ => String::new(),
    }
}

/// Types; an empty name of one without.
fn typed(tongue: Tongue, flat: &[Token<'_>]) -> Option<(String, usize)> {
    let keywords: &[&str] = match tongue {
        Tongue::Java => &["class", "interface", "enum", "record", "trait"],
        Tongue::Kotlin => &["class", "interface", "object"],
        Tongue::Scala => &["class", "trait", "object", "enum"],
        Tongue::CSharp => &["class", "interface", "enum", "struct", "record"],
        Tongue::JavaScript => &["class", "interface", "enum", "namespace", "module"],
        Tongue::Go => &["struct", "interface"],
        Tongue::Rust => &["struct", "enum", "trait", "impl", "union", "mod"],
        Tongue::Swift => &["class", "struct", "enum", "extension", "protocol", "actor"],
        Tongue::Php => &["class", "interface", "trait", "enum"],
        Tongue::C => &["class", "struct", "union", "enum"],
        Tongue::Python | Tongue::Ruby => &[],
    };
    let at = flat.iter().rposition(|token| keywords.contains(&token.text))?;
    let dotted = at.checked_sub(1).and_then(|before| flat.get(before)).is_some_and(|before| before.text == ".");
    if dotted || (tongue == Tongue::C && has(flat, "(") && !flat.iter().take(at).any(|token| token.text == ">")) {
        return None;
    }
    if tongue == Tongue::Go {
        // `type Ring struct {`
        let name = at.checked_sub(1).and_then(|before| flat.get(before)).filter(|_| has(flat, "type"));
        return Some((name.map_or_else(String::new, |name| name.text.to_owned()), at));
    }
    if flat.get(at).is_some_and(|token| token.text == "impl") {
        return Some((implemented(flat.get(at + 1..)?), at));
    }
    let words = flat.iter().skip(at + 1).take_while(|token| token.is_word());
    // `class EXPORT Cart final`, `enum class State`
    let mut names = words.filter(|word| !["final", "extends", "implements", "sealed"].contains(&word.text));
    let name = if tongue == Tongue::C { names.last() } else { names.next() };
    let companion = tongue == Tongue::Kotlin && has(flat, "companion");
    let name = name.map_or(if companion { "Companion" } else { "" }, |name| name.text);
    Some((name.to_owned(), 0))
}

/// `Cart` of `<T> Drop for shop::Cart<T> where …`.
fn implemented(after: &[Token<'_>]) -> String {
    let from = after.iter().position(|token| token.text == "for").map_or(0, |at| at + 1);
    let mut depth = 0usize;
    let mut name = "";
    for token in after.iter().skip(from) {
        match token.text {
            "<" => depth += 1,
            ">" => depth = depth.saturating_sub(1),
            "where" => break,
            _ if depth == 0 && token.is_word() && token.text != "dyn" => name = token.text,
            _ => {}
        }
    }
    name.to_owned()
}

type Make<'a> = dyn Fn(SymbolKind, String, usize) -> Block + 'a;

/// Arrows, and methods of classes and objects.
fn script(tongue: Tongue, flat: &[Token<'_>], around: Around, symbol: &Make<'_>) -> Block {
    if flat.last().is_some_and(|last| last.text == "=>") {
        let open = flat.iter().rposition(|token| token.text == "(").unwrap_or(flat.len().saturating_sub(2));
        let name = assigned(flat.get(..open).unwrap_or_default());
        return if name.is_empty() { Block::Body } else { symbol(SymbolKind::Function, name, 0) };
    }
    if around == Around::Type
        && let Some(open) = flat.iter().rposition(|token| token.text == "(")
        && let Some(name) = open.checked_sub(1).and_then(|at| flat.get(at))
        && name.is_word()
        && !controls(tongue, name.text)
    {
        return symbol(SymbolKind::Function, name.text.to_owned(), open - 1);
    }
    match flat.last() {
        Some(last) if ["=", "(", "[", ",", ":", "return", "=>", "?"].contains(&last.text) => Block::Members,
        _ => Block::Plain,
    }
}

/// `Type name(…) throws X {`: the name and where its head begins. `Some(None)`: a type without a name, or a list of values.
fn called(tongue: Tongue, flat: &[Token<'_>], around: Around, outer: Option<&str>) -> Option<Option<(String, usize)>> {
    if has(flat, "new") && tongue != Tongue::C {
        return Some(None);
    }
    let group = |at: usize| flat.get(at).is_some_and(|token| token.text == "(");
    let at = (1..flat.len()).find(|at| {
        let (before, token) = (flat.get(at - 1), flat.get(at + 1));
        let named = before.is_some_and(|name| name.is_word() && !controls(tongue, name.text));
        let operator = flat.get(at.saturating_sub(3)..*at).is_some_and(|near| has(near, "operator"));
        let annotated = at.checked_sub(2).and_then(|mark| flat.get(mark)).is_some_and(|mark| mark.text == "@");
        let ends = token.is_none_or(|token| !token.is_word() || TRAILERS.contains(&token.text));
        group(*at) && (named || operator) && !annotated && ends
    })?;
    let before = flat.get(..at)?;
    let name = before.last()?;
    if has(before, "=") && !has(before, "operator") {
        return Some(None);
    }
    // `synchronized void stop() {` is a method.
    if before.iter().any(|token| token.text != "synchronized" && controls(tongue, token.text)) {
        return None;
    }
    // What stands before the name, and belongs to it.
    let mut start = before.len() - 1;
    while start >= 2 && before.get(start - 1).is_some_and(|mark| mark.text == "::") {
        start -= 2;
    }
    let typed = before.get(..start).is_some_and(|rest| rest.iter().any(|token| token.is_word()) || has(rest, "~"));
    let is_method = match tongue {
        // Without the type of an answer it is a constructor, or a constant with a body.
        Tongue::Java | Tongue::CSharp => {
            if !typed && outer.is_some_and(|outer| outer != name.text) {
                return Some(None);
            }
            around == Around::Type || (tongue == Tongue::CSharp && typed)
        }
        _ => around == Around::Type,
    };
    if !is_method {
        return None;
    }
    // `Cart::Cart(int a) : x(a), y{b} {`: the brace after `y` is a value's.
    if tongue == Tongue::C && has(flat.get(at..)?, ":") && flat.last().is_some_and(Token::is_word) {
        return None;
    }
    let mark = |back: usize| before.len().checked_sub(back).and_then(|at| before.get(at)).map_or("", |mark| mark.text);
    let destructor = mark(2) == "~";
    let operator = before.iter().rposition(|token| token.text == "operator");
    let name = match operator {
        Some(from) => before.get(from..)?.iter().map(|token| token.text).collect::<String>(),
        None if destructor => format!("~{}", name.text),
        None => name.text.to_owned(),
    };
    Some(Some((name, 0)))
}
