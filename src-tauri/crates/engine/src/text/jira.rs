//! Jira's wiki markup, as far as support tickets use it. Read by hand, in one pass: every import reads every comment.

use memchr::memchr3;
use std::borrow::Cow;

/// Blocks whose fences go and whose content stays.
const FENCES: [&str; 5] = ["code", "noformat", "quote", "panel", "color"];

/// Fences and link syntax gone; what stands between them stays as it is.
pub(super) fn plain(body: &str) -> Cow<'_, str> {
    let mut out: Option<String> = None;
    // Where what is not yet copied begins, and where reading goes on.
    let (mut kept, mut at) = (0, 0);
    let mut begins_line = true;
    while let Some(rest) = body.get(at..) {
        if let Some((from, to, words)) = markup(rest, begins_line) {
            let out = out.get_or_insert_with(|| String::with_capacity(body.len()));
            out.push_str(body.get(kept..at + from).unwrap_or_default());
            words.write(out);
            begins_line = to > 0 && rest.as_bytes().get(to - 1) == Some(&b'\n');
            at += to;
            kept = at;
            continue;
        }
        // On to the next place where something may begin; what begins here is read over.
        let from = usize::from(rest.starts_with(['{', '[']));
        let found = rest.as_bytes().get(from..).and_then(|bytes| memchr3(b'{', b'[', b'\n', bytes));
        let Some(found) = found.map(|found| from + found) else { break };
        begins_line = rest.as_bytes().get(found) == Some(&b'\n');
        at += found + usize::from(begins_line);
    }
    match out {
        Some(mut out) => {
            out.push_str(body.get(kept..).unwrap_or_default());
            Cow::Owned(out)
        }
        None => Cow::Borrowed(body),
    }
}

/// What stands in the place of markup.
enum Words<'a> {
    Nothing,
    One(&'a str),
    Link { text: &'a str, url: &'a str },
}

impl Words<'_> {
    fn write(&self, out: &mut String) {
        match self {
            Self::Nothing => {}
            Self::One(text) => out.push_str(text),
            Self::Link { text, url } if text == url => out.push_str(url),
            Self::Link { text, url } => out.extend([text, " (", url, ")"]),
        }
    }
}

/// Markup at the very start of `rest`, or of its first line: where it begins and ends, and what to put there.
fn markup(rest: &str, begins_line: bool) -> Option<(usize, usize, Words<'_>)> {
    if begins_line {
        if let Some(end) = heading(rest) {
            return Some((0, end, Words::Nothing));
        }
        let blanks = blanks(rest);
        if let Some(end) = rest.get(blanks..).and_then(fence) {
            // A fence on a line of its own takes the line with it.
            let end = blanks + end;
            let end = end + self::blanks(rest.get(end..).unwrap_or_default());
            let newline = usize::from(rest.as_bytes().get(end) == Some(&b'\n'));
            return Some((0, end + newline, Words::Nothing));
        }
    }
    match rest.as_bytes().first()? {
        b'{' => mono(rest).or_else(|| fence(rest).map(|end| (0, end, Words::Nothing))),
        b'[' => link(rest),
        _ => None,
    }
}

fn blanks(text: &str) -> usize {
    text.bytes().take_while(|b| matches!(b, b' ' | b'\t')).count()
}

/// `h2. `
fn heading(rest: &str) -> Option<usize> {
    let level = rest.as_bytes().get(1)?;
    (rest.starts_with('h') && (b'1'..=b'6').contains(level) && rest.get(2..4) == Some(". ")).then_some(4)
}

/// `{code}`, `{code:java|title=x}`
fn fence(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('{')?;
    let name = FENCES.iter().find(|name| inner.starts_with(**name))?;
    let tail = inner.get(name.len()..)?;
    let end = match tail.as_bytes().first()? {
        b'}' => 0,
        b':' => tail.bytes().take(202).position(|b| b == b'}' || b == b'\n')?,
        _ => return None,
    };
    (tail.as_bytes().get(end) == Some(&b'}')).then_some(1 + name.len() + end + 1)
}

/// `{{max.size}}`
fn mono(rest: &str) -> Option<(usize, usize, Words<'_>)> {
    let inner = rest.strip_prefix("{{")?;
    let end = inner.bytes().take(502).position(|b| b == b'}' || b == b'\n').filter(|end| *end > 0)?;
    let closed = inner.get(end..)?.starts_with("}}");
    closed.then_some((0, end + 4, Words::One(inner.get(..end)?)))
}

/// `[text|https://…]`, `[https://…]`, `[~person]`
fn link(rest: &str) -> Option<(usize, usize, Words<'_>)> {
    let inner = rest.strip_prefix('[')?;
    let end = inner.bytes().take(2302).position(|b| b == b']' || b == b'\n')?;
    if inner.as_bytes().get(end) != Some(&b']') {
        return None;
    }
    let whole = inner.get(..end)?;
    let is_url = |text: &str| {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        host.is_some_and(|host| !host.is_empty()) && !text.contains(char::is_whitespace)
    };
    let words = match whole.split_once('|') {
        Some((text, url)) if !text.is_empty() && text.len() <= 300 && is_url(url) => Words::Link { text, url },
        Some(_) => return None,
        None if is_url(whole) => Words::One(whole),
        None => Words::One(whole.strip_prefix('~').filter(|name| !name.is_empty() && name.len() <= 100)?),
    };
    Some((0, end + 2, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_and_links_become_plain_text_and_code_stays_untouched() {
        let body = "h3. Steps\nSee [the docs|https://example.com/x] and {{max.size}}, [~jane]\n{code:java}\nint[] a = {1, 2};\n{code}\nend";
        assert_eq!(
            plain(body),
            "Steps\nSee the docs (https://example.com/x) and max.size, jane\nint[] a = {1, 2};\nend"
        );
    }

    #[test]
    fn text_without_markup_is_not_copied() {
        for text in ["nothing special here", "a list:\n[1] one {x}\n\n{ \"json\": [1, 2] }\n", "", "\n", "["] {
            assert!(matches!(plain(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn a_fence_takes_its_line_with_it_and_leaves_what_shares_the_line() {
        assert_eq!(plain("a\n  {noformat} \nx\n{noformat}\nb"), "a\nx\nb");
        assert_eq!(plain("see {code}x{code} here"), "see x here");
        assert_eq!(plain("{code}at a.b(C.java:1){code}"), "at a.b(C.java:1)");
        assert_eq!(plain("{quote}\nh2. Title\n{quote}h3. no"), "Title\nh3. no");
    }

    #[test]
    fn what_only_looks_like_markup_stays() {
        for text in ["{codec}", "[a|b]", "[~]", "{{}}", "h7. x", "map[key]", "{code:\n}", "[text|ftp://x]", "ah1. x"] {
            assert_eq!(plain(text), text);
        }
        assert_eq!(plain("[https://a.example/x|https://a.example/x]"), "https://a.example/x");
        assert_eq!(plain("é[~josé]é"), "éjoséé");
    }
}
