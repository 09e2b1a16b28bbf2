//! Which groups of digits make a telephone number.

use super::super::scan::{Scan, is_word};

pub(super) struct Written {
    pub start: usize,
    pub groups: Vec<Group>,
}

pub(super) struct Group {
    /// What stands before it.
    pub gap: String,
    pub start: usize,
    pub end: usize,
    pub digits: String,
}

/// Countries with a code of one or two digits; the others have three and begin as these do not.
const COUNTRIES: &[&str] = &[
    "1", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
    "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "7", "81", "82", "84",
    "86", "90", "91", "92", "93", "94", "95", "98",
];

const CALLED: &[&str] = &[
    "tel", "phone", "telephone", "telefon", "tél", "teléfono", "telefono", "call", "mobile", "mobil", "mob", "cell",
    "fax", "handy", "whatsapp", "hotline", "dial", "ring", "sms", "durchwahl", "rückruf", "móvil", "portable",
    "number is", "reach me", "reached at",
];

/// Where the number ends, if there is one.
pub(super) fn end_of_number(scan: &Scan<'_>, written: &Written) -> Option<usize> {
    let groups = without_clock(scan, &written.groups);
    let first = groups.first()?;
    let before = scan.before(written.start);
    if is_word(before) || first.start == written.start && matches!(before, b'.' | b'-' | b'#' | b'$') {
        return None;
    }
    if first.gap.contains('+') {
        return international(groups, written, &digits(groups));
    }
    if let Some(rest) = first.digits.strip_prefix("00").filter(|rest| !rest.starts_with('0')) {
        let whole: String =
            std::iter::once(rest).chain(groups.iter().skip(1).map(|group| group.digits.as_str())).collect();
        // `00400000-00401000` are places in memory.
        let spaced = groups.get(1).is_some_and(|next| !next.digits.starts_with("00")) || is_called(scan, written.start);
        if spaced && !rest.is_empty() {
            return international(groups, written, &whole);
        }
    }
    if is_called(scan, written.start) && !is_version(groups) {
        let fitting = longest(groups, |count, some| (7..=15).contains(&count) && !is_date(some));
        if fitting.is_some() {
            return fitting;
        }
    }
    let apart = before.is_ascii_whitespace() || b"(,;\"'<>[{|:=".contains(&before) || !before.is_ascii();
    if apart { national(groups) } else { None }
}

fn digits(groups: &[Group]) -> String {
    groups.iter().map(|group| group.digits.as_str()).collect()
}

/// The most groups from the first on that `fit`, told how many digits they have.
fn longest(groups: &[Group], fit: impl Fn(usize, &[Group]) -> bool) -> Option<usize> {
    (1..=groups.len()).rev().find_map(|most| {
        let some = groups.get(..most)?;
        let count = some.iter().map(|group| group.digits.len()).sum();
        fit(count, some).then(|| some.last().map(|group| group.end)).flatten()
    })
}

/// A time of day that follows is no part of the number: `0171 123456 12:30`.
fn without_clock<'a>(scan: &Scan<'_>, groups: &'a [Group]) -> &'a [Group] {
    let clock = groups.last().is_some_and(|last| scan.at(last.end) == b':' && scan.at(last.end + 1).is_ascii_digit());
    groups.split_last().filter(|_| clock).map_or(groups, |(_, rest)| rest)
}

fn international(groups: &[Group], written: &Written, whole: &str) -> Option<usize> {
    let code = COUNTRIES.iter().find(|code| whole.starts_with(**code)).map(|code| code.len());
    let code = code.or_else(|| whole.starts_with(['2', '3', '4', '5', '6', '8', '9']).then_some(3))?;
    let least = if code == 1 { 11 } else { 8 };
    let zeros = groups.first().map_or(0, |first| if first.gap.contains('+') || written.start == 0 { 0 } else { 2 });
    let most = if whole.starts_with('1') { 11 } else { 15 };
    longest(groups, |count, _| (least..=most + zeros).contains(&count))
}

fn is_called(scan: &Scan<'_>, start: usize) -> bool {
    // `mobile/90997746-D7DD` is a path.
    if scan.before(start) == b'/' {
        return false;
    }
    let lead = scan.back(start, 28);
    let line = lead.rsplit('\n').next().unwrap_or_default();
    // Another number in between was the one that was called so.
    let near = line.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or_default().to_lowercase();
    CALLED.iter().any(|word| {
        near.match_indices(word).any(|(at, _)| {
            let before = near.get(..at).and_then(|text| text.chars().next_back());
            let after = near.get(at + word.len()..).and_then(|text| text.chars().next());
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
    })
}

/// `Mobile Emulator 10.0.14393.0`, but not `01.23.45.67.89`.
fn is_version(groups: &[Group]) -> bool {
    let dotted = groups.len() > 2 && groups.iter().skip(1).all(|group| group.gap == ".");
    dotted && groups.first().is_some_and(|first| first.digits.len() < 3 && !first.digits.starts_with('0'))
}

/// `01-02-2012`, `2012-02-01`, `01.02.12`.
fn is_date(groups: &[Group]) -> bool {
    let sizes: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    let year = |group: Option<&Group>| {
        group.is_some_and(|group| group.digits.starts_with("19") || group.digits.starts_with("20"))
    };
    match sizes.as_slice() {
        [1 | 2, 1 | 2, 4, ..] => year(groups.get(2)),
        [4, 1 | 2, 1 | 2, ..] => year(groups.first()),
        [1 | 2, 1 | 2, 2] => true,
        _ => false,
    }
}

/// The shapes in which countries write their own numbers.
fn national(groups: &[Group]) -> Option<usize> {
    if is_date(groups) {
        return None;
    }
    let sizes: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    let end = |count: usize| groups.get(count - 1).map(|group| group.end);
    let same_gaps = |from: usize, count: usize| {
        let gaps: Vec<&str> = groups.iter().take(count).skip(from).map(|group| group.gap.as_str()).collect();
        gaps.windows(2).all(|pair| pair.first() == pair.last())
    };
    // North America: `(415) 555-2671`, `1-800-555-0199`.
    let lead = usize::from(sizes.first() == Some(&1) && groups.first().is_some_and(|group| group.digits == "1"));
    if sizes.get(lead..lead + 3) == Some(&[3, 3, 4]) {
        let starts_well = |at: usize| groups.get(lead + at).is_some_and(|group| !group.digits.starts_with(['0', '1']));
        let in_brackets = groups.get(lead).is_some_and(|group| group.gap.contains('('));
        let alike = same_gaps(lead + 1, lead + 3)
            && groups.get(lead + 1).is_some_and(|group| matches!(group.gap.as_str(), "-" | "." | " "));
        if starts_well(0) && starts_well(1) && (in_brackets || alike) {
            return end(lead + 3);
        }
    }
    let first = groups.first()?;
    let trunk =
        first.digits.starts_with('0') && !first.digits.starts_with("00") && (2..=5).contains(&first.digits.len());
    if !trunk || sizes.len() < 2 {
        return None;
    }
    // France, Belgium: `01 23 45 67 89`.
    if sizes.get(..5) == Some(&[2, 2, 2, 2, 2]) && same_gaps(1, 5) {
        return end(5);
    }
    // Germany, Britain, Italy and others: an area behind a nought, then the rest: `0171/1234567`, `020 7946 0958`.
    let plain = |some: &[Group]| {
        some.iter()
            .skip(1)
            .all(|group| matches!(group.gap.as_str(), " " | "-" | "/" | ") " | ")" | " / " | "/ " | " - " | "\u{a0}"))
            && some.iter().skip(1).all(|group| group.digits.len() >= 2)
            && some.iter().skip(1).any(|group| group.digits.len() >= 3)
            && some.get(1).is_some_and(|group| group.digits.len() >= 3 || some.len() > 3)
    };
    longest(groups, |count, some| some.len() >= 2 && (9..=12).contains(&count) && plain(some))
}
