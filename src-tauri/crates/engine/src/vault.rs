//! What opens a workspace. Everything at rest is encrypted under sub-keys of one random root key, which lies in the home
//! wrapped: once under a key that the keyring (or a key file outside the home) holds, and once under the recovery key
//! where one was made. So changing a key wraps 32 bytes anew and touches no data, and destroying the wraps destroys
//! everything.
//!
//! Deliberately absent: a key in the home that would open it alone, and any way to go on without encryption.

mod recovery;
mod slots;
mod wrap;

use crate::{Error, Home, Result};
use connect::{KeyFile, SecretStore};
use domain::{CipherKey, Millis};
use secrecy::{ExposeSecret, SecretString};
use slots::{Slot, SlotKind, Slots};
use std::{path::Path, sync::Arc};

pub(crate) struct Vault {
    slots: Slots,
    root: CipherKey,
    secrets: Arc<dyn SecretStore>,
}

impl Vault {
    /// Opens the workspace's keys, or makes them where there is no workspace yet. Nothing is made anew while there is
    /// something that only the old key opens.
    pub(crate) fn open(home: &Home, secrets: Arc<dyn SecretStore>, now: Millis) -> Result<Self> {
        refuse_inside(home.dir(), secrets.as_ref())?;
        let Some(slots) = Slots::read(home.dir())? else {
            return Self::make(home, secrets, now);
        };
        let slot = slots.of_kind(SlotKind::Store).ok_or_else(|| Error::KeysDamaged { path: home.dir().into() })?;
        let held = secrets.read(&slots.secret_name(slot))?;
        let held = held.ok_or_else(|| Error::KeyMissing { place: secrets.place(), made_in: slot.place.clone() })?;
        let key = wrap::key_from_hex(&held).ok_or_else(|| Error::KeyWrong { place: secrets.place() })?;
        let root = slots.unwrap(slot, &key).ok_or_else(|| Error::KeyWrong { place: secrets.place() })?;
        Ok(Self { slots, root, secrets })
    }

    fn make(home: &Home, secrets: Arc<dyn SecretStore>, now: Millis) -> Result<Self> {
        if !home.is_owned() {
            // Another process is making this very workspace.
            return Err(Error::InUse);
        }
        let database = home.database();
        if database.exists() {
            store::Store::refuse_unencrypted(&database)?;
            return Err(Error::KeysDamaged { path: home.dir().into() });
        }
        let mut vault = Self { slots: Slots::new()?, root: wrap::random_key()?, secrets };
        let slot = vault.put_into_store(now)?;
        vault.slots.put(slot);
        vault.slots.write(home.dir())?;
        Ok(vault)
    }

    /// For the database.
    pub(crate) fn database(&self) -> CipherKey {
        wrap::sub_key(&self.root, "database")
    }

    pub(crate) fn index(&self) -> CipherKey {
        wrap::sub_key(&self.root, "index")
    }

    /// Where the key is, for people.
    pub(crate) fn place(&self) -> (&'static str, String) {
        (self.secrets.kind(), self.secrets.place())
    }

    /// When the key was last changed, and when a recovery key was made.
    pub(crate) fn made_at(&self) -> (Option<Millis>, Option<Millis>) {
        let at = |kind| self.slots.of_kind(kind).map(|slot| Millis(slot.made_at));
        (at(SlotKind::Store), at(SlotKind::Recovery))
    }

    /// A new recovery key; an earlier one opens nothing any more. Shown once, kept nowhere.
    pub(crate) fn make_recovery_key(&mut self, home: &Path, now: Millis) -> Result<SecretString> {
        let key = wrap::random_key()?;
        let slot = self.slots.wrap(SlotKind::Recovery, &key, &self.root, "a recovery key", now)?;
        self.slots.put(slot);
        self.slots.write(home)?;
        Ok(recovery::words(&key))
    }

    /// A new key in the keyring's place. The old one opens nothing any more.
    pub(crate) fn rotate(&mut self, home: &Path, now: Millis) -> Result<()> {
        let old = self.slots.of_kind(SlotKind::Store).map(|slot| self.slots.secret_name(slot));
        let slot = self.put_into_store(now)?;
        self.slots.put(slot);
        // From here on the new key opens the workspace; until here the old one does.
        self.slots.write(home)?;
        if let Some(old) = old {
            self.secrets.erase(&old)?;
        }
        Ok(())
    }

    /// Destroys the keys: what is encrypted under them can never be read again, by anybody.
    pub(crate) fn destroy(&self, home: &Path) -> Result<()> {
        Slots::destroy(home)?;
        if let Some(slot) = self.slots.of_kind(SlotKind::Store) {
            self.secrets.erase(&self.slots.secret_name(slot))?;
        }
        Ok(())
    }

    /// Puts a fresh key into the secret store and reads it back: a locked keyring takes nothing, and says so only now.
    fn put_into_store(&self, now: Millis) -> Result<Slot> {
        let key = wrap::random_key()?;
        let slot = self.slots.wrap(SlotKind::Store, &key, &self.root, &self.secrets.place(), now)?;
        let name = self.slots.secret_name(&slot);
        let hex = wrap::hex_of(&key);
        self.secrets.write(&name, &hex)?;
        let kept = self.secrets.read(&name)?;
        if kept.is_none_or(|kept| kept.expose_secret() != hex.expose_secret()) {
            return Err(Error::KeyNotKept { place: self.secrets.place() });
        }
        Ok(slot)
    }
}

/// Opens the workspace with its recovery key and puts a fresh key into the secret store, for a keyring that was lost,
/// replaced or moved.
pub fn restore(home: &Path, secrets: Arc<dyn SecretStore>, recovery: &SecretString, now: i64) -> Result<()> {
    let home = Home::open(home)?;
    if !home.is_owned() {
        return Err(Error::InUse);
    }
    refuse_inside(home.dir(), secrets.as_ref())?;
    let slots = Slots::read(home.dir())?.ok_or_else(|| Error::KeysDamaged { path: home.dir().into() })?;
    let slot = slots.of_kind(SlotKind::Recovery).ok_or(Error::NoRecoveryKey)?;
    let key = recovery::read(recovery)?;
    let root = slots.unwrap(slot, &key).ok_or(Error::RecoveryKeyWrong)?;
    let mut vault = Vault { slots, root, secrets };
    vault.rotate(home.dir(), Millis(now))
}

/// `PRECEDENT_KEY_FILE` where it is set, else the keyring of this system.
pub fn default_secrets() -> Arc<dyn SecretStore> {
    match std::env::var_os("PRECEDENT_KEY_FILE").filter(|path| !path.is_empty()) {
        Some(path) => Arc::new(KeyFile::at(path)),
        None => Arc::new(connect::Keyring),
    }
}

/// A key beside what it opens is no key.
fn refuse_inside(home: &Path, secrets: &dyn SecretStore) -> Result<()> {
    let Some(file) = secrets.file() else { return Ok(()) };
    let absolute =
        |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.into());
    let folder = file.parent().map(absolute).unwrap_or_default();
    if folder.starts_with(absolute(home)) { Err(Error::KeyInside { path: file.into() }) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
