//! Where secrets lie: in the operating system's keyring, or in a file that somebody named knowingly. Never in the
//! database, a log, an error or an argument.

mod key_file;
mod keyring;

pub use key_file::KeyFile;
pub use keyring::Keyring;

use crate::Error;
use secrecy::SecretString;
use std::path::Path;

/// A place for secrets. Names are made of letters, digits and hyphens; secrets are one line of text.
pub trait SecretStore: Send + Sync {
    /// `keyring` or `key_file`.
    fn kind(&self) -> &'static str;

    /// For people: "the keyring", "the key file /etc/precedent.key".
    fn place(&self) -> String;

    /// Where it is a file.
    fn file(&self) -> Option<&Path> {
        None
    }

    /// `None` where there is none of this name. A locked keyring may say so too: it proves nothing.
    fn read(&self, name: &str) -> Result<Option<SecretString>, Error>;

    /// Replaces an earlier one of the same name.
    fn write(&self, name: &str, secret: &SecretString) -> Result<(), Error>;

    /// Nothing happens where there is none.
    fn erase(&self, name: &str) -> Result<(), Error>;
}
