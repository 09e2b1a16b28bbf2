//! Private keys in their armour, also when it was squashed on one line, escaped, quoted or cut off before its end.

use super::{
    scan::Scan,
    span::{Found, Sensitive},
};

/// Words between the first line and the key: `Proc-Type: 4,ENCRYPTED` and the like.
const HEADER_WORDS: usize = 16;
/// Shorter ones end a key.
const FULL_LINE: usize = 32;

pub(super) fn find(scan: &Scan<'_>, found: &mut Vec<Found>) {
    let mut done = 0;
    for (start, mark) in scan.text.match_indices("-----BEGIN ") {
        if start < done {
            continue;
        }
        let title = scan.ahead(start + mark.len(), 48);
        let Some((title, _)) = title.split_once("-----") else { continue };
        if !title.contains("PRIVATE KEY") {
            continue;
        }
        let body = start + mark.len() + title.len() + 5;
        done = end_of(scan, body).unwrap_or(body);
        if done > body {
            found.push(Found::new(Sensitive::PrivateKey, start, done));
        }
    }
}

/// Behind the last word of the key, or `None` where no key follows.
fn end_of(scan: &Scan<'_>, body: usize) -> Option<usize> {
    let (mut at, mut end, mut before_key) = (body, None, HEADER_WORDS);
    loop {
        at = skip_between(scan, at);
        if at >= scan.len() {
            return end;
        }
        if let Some(closed) = end_line(scan, at) {
            return Some(closed);
        }
        let stop = scan.run(at, usize::MAX, |byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
        let length = stop - at;
        let whole = is_between(scan, stop);
        if length >= FULL_LINE && whole {
            (end, before_key) = (Some(stop), 0);
        } else if let Some(end) = end {
            // The rest of it, or the first word of what comes after.
            let rest = whole
                && length > 0
                && (scan.slice(at, stop).ends_with('=') || super::scan::looks_random(scan.slice(at, stop)));
            return Some(if rest { end_line(scan, skip_between(scan, stop)).unwrap_or(stop) } else { end });
        } else {
            before_key = before_key.checked_sub(1)?;
            at = scan.run(at, 128, |byte| !byte.is_ascii_whitespace() && byte != b'\\').max(stop);
            // Something that is neither a word of a header nor a blank.
            if !is_between(scan, at) {
                return None;
            }
            continue;
        }
        at = stop;
    }
}

/// Behind `-----END … -----`, where that is what stands here.
fn end_line(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let title = scan.ahead(at, 56).strip_prefix("-----END")?;
    Some(at + 8 + title.find("-----").map_or(0, |close| close + 5))
}

fn is_between(scan: &Scan<'_>, at: usize) -> bool {
    at >= scan.len() || skip_between(scan, at) > at || scan.at(at) == b'-'
}

/// Over blanks, quote marks, and line breaks that were written out.
fn skip_between(scan: &Scan<'_>, at: usize) -> usize {
    let mut at = at;
    loop {
        at = scan.run(at, usize::MAX, |byte| byte.is_ascii_whitespace() || b">|\"',".contains(&byte));
        match (scan.at(at), scan.at(at + 1)) {
            (b'\\', b'n' | b'r' | b't') => at += 2,
            (b'\\', b'\\') => at += 1,
            _ => return at,
        }
    }
}
