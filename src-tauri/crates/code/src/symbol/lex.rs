//! Words and marks of a source text, without its comments; a text in quotes is one mark.

use super::Tongue;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// A word, a mark of one or two characters, or `"` in the place of a text.
    pub(super) text: &'a str,
    pub(super) line: u32,
}

impl Token<'_> {
    pub(super) fn is_word(&self) -> bool {
        self.text.starts_with(is_word)
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// More tokens than any file has that people read.
const MOST: usize = 2_000_000;

pub(super) fn lex(tongue: Tongue, text: &str) -> Vec<Token<'_>> {
    run(tongue, text).tokens
}

/// Every text in quotes, with its quotes and the line that it begins on.
pub(crate) fn texts(tongue: Tongue, text: &str) -> Vec<(u32, &str)> {
    run(tongue, text).texts
}

fn run(tongue: Tongue, text: &str) -> Lexer<'_> {
    let mut lexer = Lexer { tongue, text, at: 0, line: 1, tokens: Vec::new(), texts: Vec::new() };
    if tongue == Tongue::Php {
        lexer.skip_past("<?");
    }
    while lexer.tokens.len() < MOST && lexer.step() {}
    lexer
}

struct Lexer<'a> {
    tongue: Tongue,
    text: &'a str,
    at: usize,
    line: u32,
    tokens: Vec<Token<'a>>,
    texts: Vec<(u32, &'a str)>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Goes on by so many bytes, and counts their lines.
    fn pass(&mut self, bytes: usize) {
        let end = (self.at + bytes).min(self.text.len());
        let passed = self.text.as_bytes().get(self.at..end).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u32;
        self.at = end;
    }

    fn skip_past(&mut self, mark: &str) {
        let rest = self.rest();
        self.pass(rest.find(mark).map_or(rest.len(), |at| at + mark.len()));
    }

    fn skip_to_line_end(&mut self) {
        let rest = self.rest();
        self.pass(rest.find('\n').unwrap_or(rest.len()));
    }

    fn push(&mut self, bytes: usize) {
        let text = self.rest().get(..bytes).unwrap_or_default();
        self.tokens.push(Token { text, line: self.line });
        self.pass(bytes);
    }

    /// `false` at the end.
    fn step(&mut self) -> bool {
        use Tongue::{C, CSharp, Go, JavaScript, Kotlin, Php, Rust, Scala, Swift};
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return false };
        if first.is_whitespace() {
            self.pass(first.len_utf8());
        } else if rest.starts_with("//") {
            self.skip_to_line_end();
        } else if rest.starts_with("/*") {
            self.block_comment(matches!(self.tongue, Rust | Swift | Kotlin | Scala));
        } else if self.tongue == Php && (rest.starts_with("?>") || first == '#' && !rest.starts_with("#[")) {
            if first == '#' { self.skip_to_line_end() } else { self.skip_past("<?") }
        } else if first == '#' && matches!(self.tongue, C | CSharp) && self.opens_line() {
            self.directive();
        } else if first == '"' || first == '\'' || first == '`' {
            self.quoted(first);
        } else if let Some(raw) = self.raw_text(rest) {
            self.text_of(raw);
        } else if first == '/' && self.tongue == JavaScript && self.may_be_pattern() {
            let length = pattern(rest);
            self.text_of(length.unwrap_or(1));
        } else if is_word(first) || first == '@' && self.tongue == Swift {
            let ticks = self.tongue == C && first.is_ascii_digit();
            let goes_on = |c: char| is_word(c) || c == '@' || ticks && c == '\'';
            let end = rest.find(|c: char| !goes_on(c)).unwrap_or(rest.len());
            self.push(end.max(1));
        } else {
            let pair = ["->", "=>", "::", ":="].iter().any(|pair| rest.starts_with(pair));
            self.push(if pair && !(self.tongue == Go && rest.starts_with("=>")) { 2 } else { first.len_utf8() });
        }
        true
    }

    fn text_of(&mut self, bytes: usize) {
        self.tokens.push(Token { text: "\"", line: self.line });
        self.texts.push((self.line, self.rest().get(..bytes).unwrap_or_default()));
        self.pass(bytes);
    }

    fn opens_line(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default();
        before.trim_end_matches([' ', '\t']).ends_with('\n') || before.trim().is_empty()
    }

    /// A line of the preprocessor, with those that it goes on in.
    fn directive(&mut self) {
        loop {
            let rest = self.rest();
            let end = rest.find('\n').unwrap_or(rest.len());
            let goes_on = rest.get(..end).unwrap_or_default().trim_end().ends_with('\\');
            self.pass(end + 1);
            if !goes_on || self.rest().is_empty() {
                return;
            }
        }
    }

    fn block_comment(&mut self, nested: bool) {
        let rest = self.rest();
        let mut depth = 0usize;
        let mut at = 0;
        while let Some(pair) = rest.as_bytes().get(at..at + 2) {
            match pair {
                b"/*" if nested || depth == 0 => depth += 1,
                b"*/" => depth -= 1,
                _ => {
                    at += 1;
                    continue;
                }
            }
            at += 2;
            if depth == 0 {
                return self.pass(at);
            }
        }
        self.pass(rest.len());
    }

    fn quoted(&mut self, quote: char) {
        use Tongue::{CSharp, Java, JavaScript, Kotlin, Php, Rust, Scala, Swift};
        let rest = self.rest();
        let triple = matches!(self.tongue, Java | Kotlin | Scala | Swift | CSharp);
        if triple && rest.starts_with("\"\"\"") {
            let inner = rest.get(3..).unwrap_or_default();
            return self.text_of(inner.find("\"\"\"").map_or(rest.len(), |at| at + 6));
        }
        let is_char = quote == '\'' && !matches!(self.tongue, JavaScript | Php);
        if is_char && matches!(self.tongue, Rust | Scala | Kotlin | Swift) {
            // `'a` of `&'a str` opens no text.
            let inner = rest.get(1..).unwrap_or_default();
            let mut letters = inner.chars();
            let closes = letters.next().is_some_and(|first| first == '\\' || letters.next() == Some('\''));
            if !closes {
                return self.pass(1);
            }
        }
        let raw = quote == '`' && self.tongue != JavaScript;
        let over_lines = quote == '`' || matches!(self.tongue, Rust | Php) && !is_char;
        let mut escaped = false;
        let mut inner = 0usize;
        for (at, c) in rest.char_indices().skip(1) {
            match c {
                _ if escaped => escaped = false,
                '\\' if !raw => escaped = true,
                '\n' if !over_lines => return self.text_of(at),
                // What `${…}` holds within a template.
                '{' if quote == '`' && (inner > 0 || rest.as_bytes().get(at.wrapping_sub(1)) == Some(&b'$')) => {
                    inner += 1
                }
                '}' if inner > 0 => inner -= 1,
                c if c == quote && (inner == 0 || self.tongue != JavaScript) => return self.text_of(at + 1),
                _ => {}
            }
        }
        self.text_of(rest.len());
    }

    /// The length of a text in which nothing is escaped: `r#"…"#`, `@"…"`, `R"x(…)x"`.
    fn raw_text(&self, rest: &str) -> Option<usize> {
        match self.tongue {
            Tongue::Rust => {
                let bare = rest.strip_prefix('b').unwrap_or(rest).strip_prefix('r')?;
                let marks = bare.len() - bare.trim_start_matches('#').len();
                let inner = bare.get(marks..)?.strip_prefix('"')?;
                let close = format!("\"{}", "#".repeat(marks));
                let end = inner.find(&close).map_or(rest.len(), |at| rest.len() - inner.len() + at + close.len());
                Some(end)
            }
            Tongue::CSharp => {
                let opened = ["@\"", "$@\"", "@$\""].into_iter().find(|open| rest.starts_with(open))?;
                let mut at = opened.len();
                while let Some(found) = rest.get(at..).and_then(|rest| rest.find('"')) {
                    at += found + 1;
                    if rest.as_bytes().get(at) != Some(&b'"') {
                        return Some(at);
                    }
                    at += 1;
                }
                Some(rest.len())
            }
            Tongue::C => {
                let inner = rest.strip_prefix("R\"")?;
                let (mark, inner_text) = inner.split_once('(').filter(|(mark, _)| mark.len() <= 16)?;
                let close = format!("){mark}\"");
                let begun = rest.len() - inner_text.len();
                Some(inner_text.find(&close).map_or(rest.len(), |at| begun + at + close.len()))
            }
            _ => None,
        }
    }

    /// Whether a slash opens a pattern here, and is no division.
    fn may_be_pattern(&self) -> bool {
        self.tokens.last().is_none_or(|last| {
            let words =
                ["return", "typeof", "case", "in", "of", "void", "delete", "throw", "new", "do", "else", "yield"];
            if last.is_word() { words.contains(&last.text) } else { ![")", "]", "}", "\""].contains(&last.text) }
        })
    }
}

/// The length of `/…/` on one line.
fn pattern(rest: &str) -> Option<usize> {
    let (mut escaped, mut class) = (false, false);
    for (at, c) in rest.char_indices().skip(1).take(2_000) {
        match c {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '/' if !class => return Some(at + 1),
            _ => {}
        }
    }
    None
}
