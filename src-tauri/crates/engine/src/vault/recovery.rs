//! A key that a person can write down: groups of four letters and digits, none of which looks like another.

use crate::{Error, Result};
use domain::CipherKey;
use secrecy::{ExposeSecret, SecretString};

/// Crockford's: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const KEY: usize = 32;
/// What a typing mistake is told by.
const SUM: usize = 3;
const LETTERS: usize = 56;

/// 56 characters in 14 groups.
pub(super) fn words(key: &CipherKey) -> SecretString {
    let mut bytes = key.expose().to_vec();
    bytes.extend(sum(key.expose()));
    let mut words = String::with_capacity(LETTERS + 13);
    for five in bytes.chunks(5) {
        let bits = five.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        for letter in 0..8 {
            if letter % 4 == 0 && !words.is_empty() {
                words.push('-');
            }
            let digit = (bits >> (35 - 5 * letter)) & 31;
            words.push(char::from(ALPHABET.get(digit as usize).copied().unwrap_or(b'0')));
        }
    }
    words.into()
}

/// As somebody typed it: small letters, other gaps and the usual mix-ups are all right.
pub(super) fn read(words: &SecretString) -> Result<CipherKey> {
    let letters = words.expose_secret().chars().filter(|letter| letter.is_alphanumeric());
    let digits: Vec<u64> = letters.map(digit).collect::<Option<_>>().ok_or(Error::RecoveryKeyMistyped)?;
    let mut bytes: Vec<u8> = Vec::with_capacity(KEY + SUM);
    for eight in digits.chunks(8) {
        let bits = eight.iter().fold(0u64, |bits, digit| bits << 5 | digit);
        bytes.extend(bits.to_be_bytes().get(3..).unwrap_or_default());
    }
    let key: Option<[u8; KEY]> = bytes.get(..KEY).and_then(|key| key.try_into().ok());
    let key = key.filter(|key| digits.len() == LETTERS && bytes.get(KEY..) == Some(&sum(key)));
    key.map(|key| CipherKey::new(Box::new(key))).ok_or(Error::RecoveryKeyMistyped)
}

fn digit(letter: char) -> Option<u64> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|known| char::from(*known) == letter).map(|digit| digit as u64)
}

fn sum(key: &[u8; KEY]) -> [u8; SUM] {
    let [a, b, c, ..] = blake3::derive_key("precedent recovery key check", key);
    [a, b, c]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> CipherKey {
        CipherKey::new(Box::new(std::array::from_fn(|n| (n * 37) as u8)))
    }

    #[test]
    fn a_recovery_key_reads_back_as_people_type_it() {
        let words = words(&key());
        let text = words.expose_secret();
        assert_eq!((text.len(), text.split('-').count()), (69, 14));
        let sloppy = text.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        for typed in [text.to_owned(), sloppy] {
            assert_eq!(read(&typed.into()).unwrap().expose(), key().expose());
        }
    }

    #[test]
    fn a_wrong_or_missing_letter_is_told_from_a_wrong_key() {
        let words = words(&key());
        let text = words.expose_secret();
        for at in (0..text.len()).filter(|at| text.as_bytes()[*at] != b'-') {
            let mut bad = text.as_bytes().to_vec();
            bad[at] = if bad[at] == b'7' { b'8' } else { b'7' };
            assert_eq!(read(&String::from_utf8(bad).unwrap().into()).unwrap_err().code(), "recovery_key_mistyped");
        }
        for bad in ["", "7F3K", &text[1..], &format!("{text}7")] {
            assert_eq!(read(&bad.to_owned().into()).unwrap_err().code(), "recovery_key_mistyped", "{bad}");
        }
    }
}
