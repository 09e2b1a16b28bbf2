//! A key that something at rest is encrypted with.

use secrecy::{ExposeSecret, SecretBox};
use std::{fmt, sync::Arc};

/// 256 bits that are wiped from memory with the last of their clones, and that no log can show.
#[derive(Clone)]
pub struct CipherKey(Arc<SecretBox<[u8; 32]>>);

impl CipherKey {
    pub fn new(bytes: Box<[u8; 32]>) -> Self {
        Self(Arc::new(SecretBox::new(bytes)))
    }

    /// For the cipher, and for nothing else.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }
}

impl fmt::Debug for CipherKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CipherKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_never_shows_itself() {
        let key = CipherKey::new(Box::new([0xAB; 32]));
        assert_eq!(format!("{key:?}"), "CipherKey(…)");
        assert_eq!(key.clone().expose(), &[0xAB; 32]);
    }
}
