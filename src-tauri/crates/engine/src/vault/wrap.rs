//! The few things done with keys: drawing, deriving, wrapping. HKDF-SHA256 and AES-256-GCM.

use crate::{Error, Result};
use domain::CipherKey;
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, KeyType, Salt},
    rand::{SecureRandom, SystemRandom},
};
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroize};

pub(super) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| Error::NoRandomness)?;
    Ok(bytes)
}

pub(super) fn random_key() -> Result<CipherKey> {
    Ok(boxed(random()?))
}

/// A key of its own for each use: one never meets the other's data.
pub(super) fn sub_key(root: &CipherKey, purpose: &str) -> CipherKey {
    let prk = Salt::new(HKDF_SHA256, b"precedent workspace").extract(root.expose());
    let (info, mut key) = ([purpose.as_bytes()], [0; 32]);
    let filled = prk.expand(&info, Bytes32).and_then(|okm| okm.fill(&mut key));
    filled.expect("HKDF-SHA256 gives up to 255 blocks, and one is asked for");
    boxed(key)
}

/// `salt` is random and used once, and so is the key that comes of it: the nonce may be fixed.
pub(super) fn wrap(key: &CipherKey, salt: &[u8], context: &str, inner: &CipherKey) -> Option<Vec<u8>> {
    let mut bytes = inner.expose().to_vec();
    wrapping(key, salt)?.seal_in_place_append_tag(zero(), Aad::from(context), &mut bytes).ok()?;
    Some(bytes)
}

/// `None` where the key, the context or a byte is another.
pub(super) fn unwrap(key: &CipherKey, salt: &[u8], context: &str, wrapped: &[u8]) -> Option<CipherKey> {
    let mut bytes = wrapped.to_vec();
    let plain = wrapping(key, salt)?.open_in_place(zero(), Aad::from(context), &mut bytes).ok();
    let inner = plain.and_then(|plain| <[u8; 32]>::try_from(&*plain).ok()).map(boxed);
    bytes.zeroize();
    inner
}

fn wrapping(key: &CipherKey, salt: &[u8]) -> Option<LessSafeKey> {
    let prk = Salt::new(HKDF_SHA256, salt).extract(key.expose());
    let key = prk.expand(&[b"precedent wrapped key"], &AES_256_GCM).ok()?;
    Some(LessSafeKey::new(UnboundKey::from(key)))
}

fn zero() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

struct Bytes32;

impl KeyType for Bytes32 {
    fn len(&self) -> usize {
        32
    }
}

fn boxed(mut bytes: [u8; 32]) -> CipherKey {
    let key = CipherKey::new(Box::new(bytes));
    bytes.zeroize();
    key
}

pub(super) fn hex_of(key: &CipherKey) -> SecretString {
    hex(key.expose()).into()
}

pub(super) fn key_from_hex(hex: &SecretString) -> Option<CipherKey> {
    let mut bytes = bytes_of(hex.expose_secret())?;
    let key = <[u8; 32]>::try_from(bytes.as_slice()).ok().map(boxed);
    bytes.zeroize();
    key
}

pub(super) fn hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(2 * bytes.len());
    bytes.iter().for_each(|byte| hex.push_str(&format!("{byte:02x}")));
    hex
}

pub(super) fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = hex.chars().map(|digit| digit.to_digit(16).map(|digit| digit as u8)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
}
