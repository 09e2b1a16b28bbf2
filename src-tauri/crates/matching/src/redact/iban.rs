//! Account numbers of banks: a country, its length, and a remainder of 1.

use super::{
    scan::{Scan, is_word},
    span::{Found, Sensitive},
};

/// How many signs each country's have. Sorted.
const LENGTHS: &[(&str, usize)] = &[
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BI", 27),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DJ", 27),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FK", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("LY", 25),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MN", 20),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NI", 28),
    ("NL", 18),
    ("NO", 15),
    ("OM", 23),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("RU", 33),
    ("SA", 24),
    ("SC", 31),
    ("SD", 18),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("SO", 23),
    ("ST", 25),
    ("SV", 28),
    ("TL", 23),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
    ("XK", 20),
    ("YE", 30),
];

pub(super) fn find(scan: &Scan<'_>, found: &mut Vec<Found>) {
    for (start, _) in scan.runs(|byte| byte.is_ascii_alphanumeric()) {
        if is_word(scan.before(start)) {
            continue;
        }
        if let Some(end) = end_of(scan, start) {
            found.push(Found::new(Sensitive::Iban, start, end));
        }
    }
}

fn end_of(scan: &Scan<'_>, start: usize) -> Option<usize> {
    let country = scan.slice(start, start + 2).to_ascii_uppercase();
    let place = LENGTHS.binary_search_by_key(&country.as_str(), |(country, _)| country).ok()?;
    let length = LENGTHS.get(place)?.1;
    if !scan.at(start + 2).is_ascii_digit() || !is_digit_or_gap(scan.at(start + 3)) {
        return None;
    }
    let (mut signs, mut at) = (Vec::with_capacity(length), start);
    while signs.len() < length {
        match scan.at(at) {
            byte if byte.is_ascii_alphanumeric() => signs.push(byte.to_ascii_uppercase()),
            b' ' | b'-' | b'.' if scan.at(at + 1).is_ascii_alphanumeric() => {}
            _ => return None,
        }
        at += 1;
    }
    (!is_word(scan.at(at)) && remainder(&signs) == 1).then_some(at)
}

fn is_digit_or_gap(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b' '
}

/// Of 97, with the country and its check digits put last and letters written as numbers.
fn remainder(signs: &[u8]) -> u32 {
    signs.iter().skip(4).chain(signs.iter().take(4)).fold(0, |sum, sign| match sign {
        b'0'..=b'9' => (sum * 10 + u32::from(sign - b'0')) % 97,
        letter => (sum * 100 + u32::from(letter - b'A') + 10) % 97,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_countries_are_sorted_so_that_they_can_be_searched() {
        assert!(super::LENGTHS.is_sorted());
    }
}
