//! A template → what is always said of it.

/// Of more pieces than this, the first ones are enough.
const MOST: usize = 24;
const LONGEST: usize = 2_000;

/// The fixed parts of a text in quotes, in order: without the quotes, escapes and what stands for something else.
pub(super) fn pieces(quoted: &str) -> Vec<String> {
    let prefix = quoted.find(['"', '\'', '`']).unwrap_or(0);
    let text = quoted.get(prefix..).unwrap_or_default().trim_matches(['"', '\'', '`', '#']);
    let mut found = Vec::new();
    let mut piece = String::new();
    let mut rest = text;
    let mut passed = 0;
    while let Some(first) = rest.chars().next() {
        let hole = hole(rest);
        let step = if hole > 0 {
            end(&mut piece, &mut found);
            hole
        } else if first == '\\' {
            escape(rest, &mut piece, &mut found)
        } else {
            piece.push(first);
            first.len_utf8()
        };
        passed += step;
        rest = rest.get(step..).unwrap_or_default();
        if found.len() >= MOST || passed > LONGEST {
            break;
        }
    }
    end(&mut piece, &mut found);
    found
}

fn end(piece: &mut String, found: &mut Vec<String>) {
    let whole = std::mem::take(piece);
    let whole = whole.trim();
    if whole.chars().any(char::is_alphanumeric) {
        found.push(whole.to_owned());
    }
}

/// `\n` ends a piece: a log has it elsewhere. Of Swift, `\(…)` is a hole.
fn escape(rest: &str, piece: &mut String, found: &mut Vec<String>) -> usize {
    match rest.chars().nth(1) {
        Some(c @ ('n' | 't' | 'r')) => {
            end(piece, found);
            1 + c.len_utf8()
        }
        Some('(') => {
            end(piece, found);
            rest.find(')').map_or(rest.len(), |at| at + 1)
        }
        Some(c) => {
            piece.push(c);
            1 + c.len_utf8()
        }
        None => 1,
    }
}

/// The length of what stands for something else: `{}`, `{0}`, `{name:x}`, `${…}`, `#{…}`, `$name`, `%s`, `%(name)s`, `%-5.2f`.
fn hole(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let braces = |open: usize| {
        let inner = rest.get(open..).unwrap_or_default();
        let close = inner.char_indices().take(80).find(|(_, c)| *c == '}').map(|(at, _)| at);
        close.filter(|close| !inner.get(..*close).unwrap_or_default().contains('{')).map_or(0, |close| open + close + 1)
    };
    match (bytes.first(), bytes.get(1)) {
        (Some(b'{'), _) => braces(1),
        (Some(b'$' | b'#'), Some(b'{')) => braces(2),
        (Some(b'$'), Some(next)) if next.is_ascii_alphabetic() || *next == b'_' => {
            1 + rest.bytes().skip(1).take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count()
        }
        (Some(b'%'), Some(b'(')) => rest.find(')').filter(|at| *at < 60).map_or(0, |at| at + 2),
        (Some(b'%'), Some(_)) => {
            let flags = bytes.iter().skip(1).take_while(|b| b"-+ #0123456789.$*hlzjt".contains(b)).count();
            let kind = bytes.get(1 + flags).is_some_and(|b| b"sdifFeEgGxXobBcCuUpqvwTtnr@".contains(b));
            // `100% sure` holds no template: a flag of a blank alone is a blank.
            let blank = bytes.get(1) == Some(&b' ');
            if kind && !blank { 2 + flags } else { 0 }
        }
        _ => 0,
    }
}

/// Words that say something: of four letters at least.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().nth(3).is_some())
}

pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}
