//! Strangers' words in Markdown.

/// As code, whatever it holds. Ends with a line break.
pub(super) fn fenced(text: &str) -> String {
    let text = text.trim_matches('\n');
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{text}\n{fence}\n")
}

/// In one line. A word that a forge would turn into a mention, a reference or a link is code; marks are escaped.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        if calls(word) {
            out.push_str(&code(word));
        } else {
            let first = out.is_empty();
            word.chars().enumerate().for_each(|(at, letter)| escaped(&mut out, letter, first && at == 0));
        }
    }
    out
}

/// `@somebody`, `#12`, `org/repo#3`, an address, `www.`.
fn calls(word: &str) -> bool {
    let number = |at: usize| word.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    word.contains('@')
        || word.match_indices('#').any(|(at, _)| number(at))
        || word.contains("://")
        || word.to_ascii_lowercase().contains("www.")
}

fn code(word: &str) -> String {
    let longest = word.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    if word.starts_with('`') || word.ends_with('`') {
        format!("{fence} {word} {fence}")
    } else {
        format!("{fence}{word}{fence}")
    }
}

fn escaped(out: &mut String, letter: char, begins: bool) {
    // At the beginning these make a list, a quote, a heading or a number of one.
    let marks = matches!(letter, '\\' | '`' | '*' | '_' | '<' | '>' | '!' | '|' | '~' | '&' | '^' | '$')
        || begins && matches!(letter, '#' | '+' | '-' | '=');
    if marks {
        out.push('\\');
    }
    match letter {
        // `[e-mail 1]` stays as it is: what follows a bracket is what would make a link of it.
        '(' | '[' | ':' if out.ends_with(']') => out.extend(['\\', letter]),
        letter if letter.is_control() => out.push('\u{fffd}'),
        letter => out.push(letter),
    }
}
