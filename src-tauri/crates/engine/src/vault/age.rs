//! Files of the age format, version 1, under a passphrase: `age --decrypt` opens them too. Only what that takes: one scrypt
//! recipient. (The crate of that name brings forty others, most of them for words in several languages.)

use super::wrap;
use crate::Result;
use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, KeyType, Salt},
    hmac,
};
use secrecy::{
    ExposeSecret, SecretString,
    zeroize::{Zeroize, Zeroizing},
};

const VERSION: &str = "age-encryption.org/v1";
/// 64 MiB of memory for each guess.
pub(super) const COST: u8 = 16;
/// What a changed file may make this machine spend: 1 GiB.
const MOST_COST: u8 = 20;
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;

/// `None` where the passphrase, or any byte, is another.
pub(super) fn open(sealed: &[u8], passphrase: &SecretString) -> Option<SecretString> {
    let mark = b"\n---";
    let end = sealed.windows(mark.len()).position(|window| window == mark)? + mark.len();
    let (header, rest) = sealed.split_at_checked(end)?;
    let (mac, payload) = rest.split_at_checked(rest.iter().position(|byte| *byte == b'\n')?)?;
    let mut lines = std::str::from_utf8(header).ok()?.lines();
    let (version, stanza, body) = (lines.next()?, lines.next()?, lines.next()?);
    if version != VERSION || lines.next() != Some("---") || lines.next().is_some() {
        return None;
    }
    let mut words = stanza.strip_prefix("-> scrypt ")?.split(' ');
    let (salt, cost) = (from_base64(words.next()?)?, words.next()?.parse().ok().filter(|cost| *cost <= MOST_COST)?);
    let key = stretched(passphrase, &salt, cost)?;
    let mut file_key = Zeroizing::new(from_base64(body)?);
    let length = aead(key.as_ref())?.open_in_place(nonce(&[0; 12])?, Aad::empty(), &mut file_key).ok()?.len();
    file_key.truncate(length);
    let told = from_base64(std::str::from_utf8(mac).ok()?.strip_prefix(' ')?)?;
    hmac::verify(&mac_key(&file_key)?, header, &told).ok()?;
    let (salt, mut chunks) = payload.strip_prefix(b"\n")?.split_at_checked(16)?;
    let payload_key = aead(derived(&file_key, salt, b"payload")?.as_ref())?;
    let mut text = Zeroizing::new(Vec::with_capacity(chunks.len()));
    for number in 0u64.. {
        let (chunk, behind) = chunks.split_at(chunks.len().min(CHUNK + TAG));
        let mut chunk = Zeroizing::new(chunk.to_vec());
        let nonce = nonce(&stream_nonce(number, behind.is_empty()))?;
        text.extend_from_slice(payload_key.open_in_place(nonce, Aad::empty(), &mut chunk).ok()?);
        if behind.is_empty() {
            break;
        }
        chunks = behind;
    }
    String::from_utf8(std::mem::take(&mut *text)).ok().map(SecretString::from)
}

pub(super) fn seal(text: &SecretString, passphrase: &SecretString, cost: u8) -> Result<Vec<u8>> {
    let (file_key, salt, payload_salt): (Zeroizing<[u8; 16]>, [u8; 16], [u8; 16]) =
        (Zeroizing::new(wrap::random()?), wrap::random()?, wrap::random()?);
    let sealed = sealed(text, passphrase, cost, file_key.as_ref(), salt, payload_salt);
    Ok(sealed.expect("the lengths are those of the format"))
}

fn sealed(
    text: &SecretString,
    passphrase: &SecretString,
    cost: u8,
    file_key: &[u8],
    salt: [u8; 16],
    payload_salt: [u8; 16],
) -> Option<Vec<u8>> {
    let mut body = file_key.to_vec();
    let key = stretched(passphrase, &salt, cost)?;
    aead(key.as_ref())?.seal_in_place_append_tag(nonce(&[0; 12])?, Aad::empty(), &mut body).ok()?;
    let header = format!("{VERSION}\n-> scrypt {} {cost}\n{}\n---", base64(&salt), base64(&body));
    let mac = base64(hmac::sign(&mac_key(file_key)?, header.as_bytes()).as_ref());
    let mut out = format!("{header} {mac}\n").into_bytes();
    out.extend(payload_salt);
    let payload_key = aead(derived(file_key, &payload_salt, b"payload")?.as_ref())?;
    let text = text.expose_secret().as_bytes();
    let last = text.len().saturating_sub(1) / CHUNK;
    for number in 0..=last {
        let mut chunk = text.iter().skip(number * CHUNK).take(CHUNK).copied().collect::<Vec<u8>>();
        let nonce = nonce(&stream_nonce(number as u64, number == last))?;
        let sealed = payload_key.seal_in_place_append_tag(nonce, Aad::empty(), &mut chunk);
        out.extend(&chunk);
        sealed.ok()?;
    }
    Some(out)
}

fn stretched(passphrase: &SecretString, salt: &[u8], cost: u8) -> Option<Zeroizing<[u8; 32]>> {
    let mut salted = b"age-encryption.org/v1/scrypt".to_vec();
    salted.extend(salt);
    let mut key = Zeroizing::new([0; 32]);
    let params = scrypt::Params::new(cost, 8, 1, 32).ok()?;
    scrypt::scrypt(passphrase.expose_secret().trim().as_bytes(), &salted, &params, key.as_mut()).ok()?;
    Some(key)
}

fn mac_key(file_key: &[u8]) -> Option<hmac::Key> {
    Some(hmac::Key::new(hmac::HMAC_SHA256, derived(file_key, &[], b"header")?.as_ref()))
}

struct Bytes32;

impl KeyType for Bytes32 {
    fn len(&self) -> usize {
        32
    }
}

fn derived(file_key: &[u8], salt: &[u8], purpose: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0; 32]);
    let prk = Salt::new(HKDF_SHA256, salt).extract(file_key);
    prk.expand(&[purpose], Bytes32).and_then(|okm| okm.fill(key.as_mut())).ok()?;
    Some(key)
}

fn aead(key: &[u8]) -> Option<LessSafeKey> {
    UnboundKey::new(&CHACHA20_POLY1305, key).ok().map(LessSafeKey::new)
}

fn nonce(bytes: &[u8; 12]) -> Option<Nonce> {
    Nonce::try_assume_unique_for_key(bytes).ok()
}

/// Eleven bytes of a number, and whether it is the last.
fn stream_nonce(number: u64, last: bool) -> [u8; 12] {
    let mut bytes = [0; 12];
    let (front, flag) = bytes.split_at_mut(11);
    front.iter_mut().rev().zip(number.to_le_bytes()).for_each(|(to, byte)| *to = byte);
    flag.fill(u8::from(last));
    bytes
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Without the signs that fill it up.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().enumerate().fold(0u32, |bits, (at, byte)| bits | u32::from(*byte) << (16 - 8 * at));
        let letter = |at: usize| LETTERS.get((bits >> (18 - 6 * at)) as usize & 63).copied().map_or('A', char::from);
        text.extend((0..=three.len()).map(letter));
    }
    text
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for four in text.as_bytes().chunks(4) {
        let digit = |letter: &u8| LETTERS.iter().position(|known| known == letter).map(|digit| digit as u32);
        let digits: Vec<u32> = four.iter().map(digit).collect::<Option<_>>()?;
        let bits = digits.iter().enumerate().fold(0u32, |bits, (at, digit)| bits | digit << (18 - 6 * at));
        bytes.extend(
            bits.to_be_bytes().into_iter().skip(1).take(digits.len().checked_sub(1).filter(|whole| *whole > 0)?),
        );
    }
    // Only as it would have been written: one text for one value.
    let same = base64(&bytes) == text;
    if !same {
        bytes.zeroize();
    }
    same.then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSPHRASE: &str = "four words of no sense";
    /// Of the low cost that tests can pay.
    const CHEAP: u8 = 4;

    fn words() -> SecretString {
        PASSPHRASE.into()
    }

    fn opened(sealed: &[u8], passphrase: &str) -> Option<String> {
        open(sealed, &passphrase.into()).map(|text| text.expose_secret().to_owned())
    }

    #[test]
    fn what_another_program_of_the_format_wrote_is_read() {
        let sealed = include_bytes!("age/written-elsewhere.age");
        assert_eq!(opened(sealed, PASSPHRASE).as_deref(), Some("source-one ghp_first\nsource-two second\n"));
        assert_eq!(opened(sealed, "four words of no sensf"), None);
    }

    #[test]
    fn what_was_sealed_opens_with_its_passphrase_and_no_other_whatever_its_length() {
        for length in [0, 1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK] {
            let text = "x".repeat(length);
            let sealed = seal(&text.clone().into(), &words(), CHEAP).unwrap();
            assert_eq!(opened(&sealed, PASSPHRASE), Some(text), "{length}");
            assert_eq!(opened(&sealed, "four words of no sensf"), None);
        }
        assert_ne!(seal(&"a".into(), &words(), CHEAP).unwrap(), seal(&"a".into(), &words(), CHEAP).unwrap());
    }

    #[test]
    fn a_file_with_any_byte_changed_or_cut_off_is_refused_and_never_read_in_part() {
        let sealed = seal(&"source-one first\n".into(), &words(), CHEAP).unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(opened(&changed, PASSPHRASE), None, "byte {at}");
            assert_eq!(opened(&sealed[..at], PASSPHRASE), None, "cut at {at}");
        }
        let dear = String::from_utf8_lossy(&sealed).replacen(" 4\n", " 40\n", 1);
        assert_eq!(opened(dear.as_bytes(), PASSPHRASE), None, "it may not make this machine work for a day");
    }

    #[test]
    fn only_one_text_stands_for_a_value() {
        for (bytes, text) in [(&b"f"[..], "Zg"), (b"fo", "Zm8"), (b"foo", "Zm9v"), (b"foob", "Zm9vYg"), (b"", "")] {
            assert_eq!((base64(bytes).as_str(), from_base64(text).as_deref()), (text, Some(bytes)));
        }
        for text in ["Zh", "Zg=", "Z", "Zm9", "Zm9vY", "ö"] {
            assert_eq!(from_base64(text), None, "{text}");
        }
    }
}
