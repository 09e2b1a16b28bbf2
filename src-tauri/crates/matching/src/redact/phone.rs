//! Telephone numbers: with a country, in the shape that a country writes them in, or called one by the text. Numbers of
//! orders, times, versions and ids are none.

mod shapes;

use super::{
    scan::{Scan, is_word},
    span::{Found, Sensitive},
};
use shapes::{Group, Written};

pub(super) fn find(scan: &Scan<'_>, found: &mut Vec<Found>) {
    let mut done = 0;
    for (at, _) in scan.runs(|byte| byte.is_ascii_digit()) {
        if at < done {
            continue;
        }
        let start = with_lead(scan, at);
        let written = read(scan, start);
        let Some(end) = shapes::end_of_number(scan, &written) else { continue };
        found.push(Found::new(Sensitive::Phone, start, end));
        done = end;
    }
}

/// `+` and `(` before the first digit belong to it.
fn with_lead(scan: &Scan<'_>, digits: usize) -> usize {
    let mut start = digits;
    while digits - start < 3 && matches!(scan.before(start), b'+' | b'(') {
        start -= 1;
    }
    start
}

/// Groups of digits and what stands between them, as far as a number could go.
fn read(scan: &Scan<'_>, start: usize) -> Written {
    let mut written = Written { start, groups: Vec::new() };
    let mut at = start;
    loop {
        let from = at;
        at = scan.run(at, 3, |byte| b" -./()+".contains(&byte));
        // A blank that does not break a line, and the dash that does not.
        for sign in ["\u{a0}", "\u{2011}", "\u{2013}", "\u{202f}"] {
            if scan.ahead(at, 4).starts_with(sign) {
                at += sign.len();
            }
        }
        let gap = (from, at);
        let end = scan.run(at, 20, |byte| byte.is_ascii_digit());
        let count = written.groups.len();
        if end == at || (gap.0 == gap.1 && count > 0) || count >= 8 {
            return written;
        }
        written.groups.push(Group {
            gap: scan.slice(gap.0, gap.1).to_owned(),
            start: at,
            end,
            digits: scan.slice(at, end).to_owned(),
        });
        at = end;
        if is_word(scan.at(at)) {
            // `30 cm`: that group is no part of a number.
            written.groups.pop();
            return written;
        }
    }
}
