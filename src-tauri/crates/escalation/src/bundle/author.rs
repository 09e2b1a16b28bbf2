//! Who made a bundle: an Ed25519 key, and the name that they gave themselves.

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

/// The name is what the author says; the key is what proves it, once somebody compared its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    pub key: [u8; 32],
    pub name: String,
}

impl Author {
    /// Twenty characters to compare on the phone: `7F3K-9Q2M-…`. Crockford's alphabet over 100 bits of the key's BLAKE3.
    pub fn code(&self) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let hash = blake3::hash(&self.key);
        let mut bits = hash.as_bytes().iter().take(16).fold(0u128, |bits, byte| (bits << 8) | u128::from(*byte));
        let mut code = String::with_capacity(24);
        for place in 0..20 {
            if place > 0 && place % 4 == 0 {
                code.push('-');
            }
            code.push(char::from(ALPHABET.get((bits >> 123) as usize).copied().unwrap_or(b'0')));
            bits <<= 5;
        }
        code
    }
}

/// Signs bundles. It never shows what it signs with.
pub struct Signer(Ed25519KeyPair);

impl Signer {
    /// `None` where no key can be made of the seed, which does not happen with 32 bytes.
    pub fn from_seed(seed: &[u8; 32]) -> Option<Self> {
        Ed25519KeyPair::from_seed_unchecked(seed).ok().map(Self)
    }

    pub fn key(&self) -> [u8; 32] {
        self.0.public_key().as_ref().try_into().unwrap_or_default()
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message).as_ref().to_vec()
    }
}

pub(super) fn is_signed(key: &[u8; 32], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ED25519, key).verify(message, signature).is_ok()
}
