//! Keychain on macOS, Credential Manager on Windows, Secret Service elsewhere.

use super::SecretStore;
use crate::Error;
use keyring::{Entry, Error as Refusal};
use secrecy::{ExposeSecret, SecretString};

const SERVICE: &str = "Precedent";

/// The keyring of the person who is signed in.
pub struct Keyring;

impl SecretStore for Keyring {
    fn kind(&self) -> &'static str {
        "keyring"
    }

    fn place(&self) -> String {
        "the keyring of this system".into()
    }

    fn read(&self, name: &str) -> Result<Option<SecretString>, Error> {
        match entry(name)?.get_password() {
            Ok(secret) => Ok(Some(secret.into())),
            Err(Refusal::NoEntry) => Ok(None),
            Err(refusal) => Err(refused(&refusal)),
        }
    }

    fn write(&self, name: &str, secret: &SecretString) -> Result<(), Error> {
        entry(name)?.set_password(secret.expose_secret()).map_err(|refusal| refused(&refusal))
    }

    fn erase(&self, name: &str) -> Result<(), Error> {
        match entry(name)?.delete_credential() {
            Ok(()) | Err(Refusal::NoEntry) => Ok(()),
            Err(refusal) => Err(refused(&refusal)),
        }
    }
}

fn entry(name: &str) -> Result<Entry, Error> {
    if let Err(refusal) = Entry::store_status() {
        return Err(refused(refusal));
    }
    Entry::new(SERVICE, name).map_err(|refusal| refused(&refusal))
}

/// Some refusals carry the secret's own bytes: only what is known to hold none is repeated.
fn refused(refusal: &Refusal) -> Error {
    match refusal {
        Refusal::NoStorageAccess(cause) => Error::KeyringLocked { reason: cause.to_string() },
        Refusal::PlatformFailure(cause) => Error::NoKeyring { reason: cause.to_string() },
        Refusal::NoDefaultStore | Refusal::NotSupportedByStore(_) => {
            Error::NoKeyring { reason: "this system offers none".into() }
        }
        _ => Error::NoKeyring { reason: "it holds something that is not a key of Precedent".into() },
    }
}
