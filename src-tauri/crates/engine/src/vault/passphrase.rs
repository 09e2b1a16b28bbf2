//! From a passphrase to a key: Argon2id, so that each guess costs memory and time.

use super::wrap;
use crate::{Error, Result};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::CipherKey;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// Shorter ones fall to a list of guesses in spite of the cost.
const SHORTEST: usize = 12;
/// OWASP asks for 19 MiB and two passes; a workspace is opened a few times a day, so it may cost more.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
/// What a changed `keys.json` may make this machine spend.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 32;

/// What turns one passphrase into one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stretch {
    memory_kib: u32,
    passes: u32,
    salt: String,
}

impl Stretch {
    pub(super) fn fresh() -> Result<Self> {
        let salt = wrap::hex(&wrap::random::<16>()?);
        Ok(Self { memory_kib: MEMORY_KIB, passes: PASSES, salt })
    }

    /// `None` where the numbers are not ones that this program would have written.
    pub(super) fn key(&self, passphrase: &SecretString) -> Option<CipherKey> {
        if self.memory_kib > MOST_MEMORY_KIB || self.passes > MOST_PASSES {
            return None;
        }
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32)).ok()?;
        let mut key = Box::new([0; 32]);
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let salt = wrap::bytes_of(&self.salt)?;
        argon.hash_password_into(passphrase.expose_secret().trim().as_bytes(), &salt, key.as_mut()).ok()?;
        Some(CipherKey::new(key))
    }
}

pub(super) fn refuse_short(passphrase: &SecretString) -> Result<()> {
    let letters = passphrase.expose_secret().trim().chars().count();
    if letters < SHORTEST { Err(Error::PassphraseShort { least: SHORTEST }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_give_the_same_key_and_others_another() {
        let stretch = Stretch { memory_kib: 64, passes: 1, salt: wrap::hex(&[7; 16]) };
        let key = |words: &str| stretch.key(&words.into()).unwrap().expose().to_owned();
        assert_eq!(key("correct horse battery"), key(" correct horse battery\n"));
        assert_ne!(key("correct horse battery"), key("correct horse batterx"));
        let other = Stretch { salt: wrap::hex(&[8; 16]), ..stretch.clone() };
        assert_ne!(key("correct horse battery"), *other.key(&"correct horse battery".into()).unwrap().expose());
    }

    #[test]
    fn a_changed_file_cannot_ask_for_a_machine_full_of_memory() {
        let words = "correct horse battery".into();
        for (memory_kib, passes) in [(u32::MAX, 1), (64, u32::MAX), (0, 1), (64, 0)] {
            assert!(Stretch { memory_kib, passes, salt: wrap::hex(&[7; 16]) }.key(&words).is_none());
        }
    }

    #[test]
    fn a_short_passphrase_is_refused_in_words() {
        assert_eq!(refuse_short(&"  eleven chr ".into()).unwrap_err().code(), "passphrase_short");
        refuse_short(&"twelve chars".into()).unwrap();
    }
}
