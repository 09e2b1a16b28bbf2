//! Card numbers: an issuer's range, the right length, and a check digit that fits.

use super::{
    scan::{Scan, is_word},
    span::{Found, Sensitive},
};

/// How issuers group what is printed on a card.
const GROUPS: &[&[usize]] =
    &[&[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4], &[4, 4, 4, 4, 3], &[4, 3, 3, 3], &[4, 4, 4, 1], &[6, 13]];

pub(super) fn find(scan: &Scan<'_>, found: &mut Vec<Found>) {
    let mut done = 0;
    for (start, end) in scan.runs(|byte| byte.is_ascii_digit()) {
        if start < done || is_word(scan.before(start)) || belongs_to_an_id(scan, start) {
            continue;
        }
        let card = if (13..=19).contains(&(end - start)) { Some(end) } else { grouped(scan, start, end) };
        let Some(end) = card.filter(|end| ends_there(scan, *end)) else { continue };
        let digits: Vec<u8> =
            scan.slice(start, end).bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        if is_issued(&digits) && luhn(&digits) {
            found.push(Found::new(Sensitive::Card, start, end));
            done = end;
        }
    }
}

/// Where the last group ends, with the same sign between all of them.
fn grouped(scan: &Scan<'_>, start: usize, end: usize) -> Option<usize> {
    let sign = scan.at(end);
    if !matches!(sign, b' ' | b'-' | b'.') {
        return None;
    }
    let (mut sizes, mut at, mut ends) = (vec![end - start], end, vec![end]);
    while sizes.len() < 5 && scan.at(at) == sign {
        let next = scan.run(at + 1, 20, |byte| byte.is_ascii_digit());
        if next == at + 1 {
            break;
        }
        sizes.push(next - at - 1);
        ends.push(next);
        at = next;
    }
    let longest = GROUPS.iter().filter(|groups| sizes.starts_with(groups)).map(|groups| groups.len()).max()?;
    ends.get(longest - 1).copied()
}

/// `ID:host-4111111111111111-2`, `1.4111…`, a path.
fn belongs_to_an_id(scan: &Scan<'_>, start: usize) -> bool {
    let before = scan.before(start);
    let beyond = start.checked_sub(1).map_or(b' ', |at| scan.before(at));
    match before {
        b'-' | b'.' | b'/' => is_word(beyond),
        b':' => beyond.is_ascii_digit(),
        _ => false,
    }
}

fn ends_there(scan: &Scan<'_>, end: usize) -> bool {
    let after = scan.at(end);
    let goes_on = matches!(after, b'-' | b'.' | b':' | b'/') && is_word(scan.at(end + 1));
    !is_word(after) && !goes_on
}

fn is_issued(digits: &[u8]) -> bool {
    let first = |count: usize| digits.iter().take(count).fold(0u32, |number, digit| number * 10 + u32::from(*digit));
    let long = digits.len();
    match (first(1), first(2), first(3), first(4)) {
        (4, ..) => matches!(long, 13 | 16 | 19),
        (_, 51..=55, ..) | (_, _, _, 2221..=2720) => long == 16,
        (_, 34 | 37, ..) => long == 15,
        (_, 65, ..) | (_, _, 644..=649, _) | (_, _, _, 6011) => (16..=19).contains(&long),
        (_, 36 | 38 | 39, ..) | (_, _, 300..=305, _) => long == 14,
        (_, _, _, 3528..=3589) => (16..=19).contains(&long),
        (_, 62, ..) => (16..=19).contains(&long),
        (_, _, _, 5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763) => (13..=19).contains(&long),
        _ => false,
    }
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, u32::from(*digit) * 2) {
            (0, _) => u32::from(*digit),
            (_, doubled) => doubled / 10 + doubled % 10,
        })
        .sum();
    sum.is_multiple_of(10) && digits.iter().any(|digit| Some(digit) != digits.first())
}
