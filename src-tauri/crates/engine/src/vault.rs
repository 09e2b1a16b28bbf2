//! What opens a workspace. Everything at rest is encrypted under sub-keys of one random root key, which lies in the home
//! wrapped: once under a key that the keyring (or a key file outside the home) holds, or under a passphrase where
//! somebody chose that, and once under the recovery key where one was made. So changing a key wraps 32 bytes anew and
//! touches no data, and destroying the wraps destroys everything.
//!
//! Deliberately absent: a key in the home that would open it alone, and any way to go on without encryption.

mod age;
mod passphrase;
mod recovery;
mod slots;
mod tokens;
mod wrap;

use crate::{Error, Home, Result};
use connect::{KeyFile, SecretStore};
use domain::{CipherKey, Millis};
use secrecy::{ExposeSecret, SecretString};
use slots::{Slot, SlotKind, Slots};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

pub(crate) struct Vault {
    slots: Slots,
    root: CipherKey,
    secrets: Arc<dyn SecretStore>,
    home: PathBuf,
    /// The one that opened it: without a keyring, tokens lie under it too.
    passphrase: Option<SecretString>,
    held: tokens::Held,
    /// Of each guess at that passphrase.
    cost: u8,
}

impl Vault {
    /// Opens the workspace's keys, or makes them where there is no workspace yet: under `passphrase` where one was
    /// chosen. Nothing is made anew while there is something that only the old key opens.
    pub(crate) fn open(
        home: &Home,
        secrets: Arc<dyn SecretStore>,
        passphrase: Option<&SecretString>,
        now: Millis,
    ) -> Result<Self> {
        refuse_inside(home.dir(), secrets.as_ref())?;
        let Some(slots) = Slots::read(home.dir())? else {
            return Self::make(home, secrets, passphrase, now);
        };
        if let Some(slot) = slots.of_kind(SlotKind::Passphrase) {
            let given = passphrase.ok_or(Error::PassphraseNeeded)?;
            let key = slots.stretched(slot, given).ok_or_else(|| Error::KeysDamaged { path: home.dir().into() })?;
            let root = slots.unwrap(slot, &key).ok_or(Error::PassphraseWrong)?;
            let vault = Self::of(slots, root, secrets, home.dir());
            return Ok(Self { passphrase: Some(given.clone()), ..vault });
        }
        let slot = slots.of_kind(SlotKind::Store).ok_or_else(|| Error::KeysDamaged { path: home.dir().into() })?;
        let held = secrets.read(&slots.secret_name(slot))?;
        let held = held.ok_or_else(|| Error::KeyMissing { place: secrets.place(), made_in: slot.place.clone() })?;
        let key = wrap::key_from_hex(&held).ok_or_else(|| Error::KeyWrong { place: secrets.place() })?;
        let root = slots.unwrap(slot, &key).ok_or_else(|| Error::KeyWrong { place: secrets.place() })?;
        Ok(Self::of(slots, root, secrets, home.dir()))
    }

    fn of(slots: Slots, root: CipherKey, secrets: Arc<dyn SecretStore>, home: &Path) -> Self {
        let (home, held, cost) = (home.to_owned(), tokens::Held::default(), age::COST);
        Self { slots, root, secrets, home, passphrase: None, held, cost }
    }

    fn make(
        home: &Home,
        secrets: Arc<dyn SecretStore>,
        passphrase: Option<&SecretString>,
        now: Millis,
    ) -> Result<Self> {
        if !home.is_owned() {
            // Another process is making this very workspace.
            return Err(Error::InUse);
        }
        let database = home.database();
        if database.exists() {
            store::Store::refuse_unencrypted(&database)?;
            return Err(Error::KeysDamaged { path: home.dir().into() });
        }
        let mut vault = Self::of(Slots::new()?, wrap::random_key()?, secrets, home.dir());
        vault.passphrase = passphrase.cloned();
        let slot = match passphrase {
            Some(passphrase) => vault.slots.wrap_under(passphrase, &vault.root, now)?,
            None => vault.put_into_store(now).map_err(no_place)?,
        };
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

    /// What bundles of this workspace are signed with. It stays the same when the key is changed.
    pub(crate) fn bundle_author(&self) -> CipherKey {
        wrap::sub_key(&self.root, "case bundle author")
    }

    /// Where the key is, for people.
    pub(crate) fn place(&self) -> (&'static str, String) {
        match self.slots.opener() {
            Some(slot) if slot.kind == SlotKind::Passphrase => ("passphrase", slot.place.clone()),
            _ => (self.secrets.kind(), self.secrets.place()),
        }
    }

    /// When the key was last changed, and when a recovery key was made.
    pub(crate) fn made_at(&self) -> (Option<Millis>, Option<Millis>) {
        let at = |slot: Option<&Slot>| slot.map(|slot| Millis(slot.made_at));
        (at(self.slots.opener()), at(self.slots.of_kind(SlotKind::Recovery)))
    }

    /// A new recovery key; an earlier one opens nothing any more. Shown once, kept nowhere.
    pub(crate) fn make_recovery_key(&mut self, home: &Path, now: Millis) -> Result<SecretString> {
        let key = wrap::random_key()?;
        let slot = self.slots.wrap(SlotKind::Recovery, &key, &self.root, "a recovery key", now)?;
        self.slots.put(slot);
        self.slots.write(home)?;
        Ok(recovery::words(&key))
    }

    /// A fresh key in the keyring (or key file). What opened the workspace before, key or passphrase, opens nothing any
    /// more.
    pub(crate) fn rotate(&mut self, home: &Path, now: Millis) -> Result<()> {
        let slot = self.put_into_store(now)?;
        self.move_into_store()?;
        self.replace_opener(home, slot)?;
        self.passphrase = None;
        Self::remove_file(home)
    }

    /// From now on this passphrase opens the workspace, and neither an earlier one nor a key in the keyring does.
    pub(crate) fn set_passphrase(&mut self, home: &Path, passphrase: &SecretString, now: Millis) -> Result<()> {
        let slot = self.slots.wrap_under(passphrase, &self.root, now)?;
        self.seal_for(passphrase)?;
        self.replace_opener(home, slot)?;
        self.sealed_for(passphrase)
    }

    fn replace_opener(&mut self, home: &Path, slot: Slot) -> Result<()> {
        let old = self.slots.of_kind(SlotKind::Store).map(|slot| self.slots.secret_name(slot));
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
        Self::destroy_files(home)?;
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

/// Opens the workspace with its recovery key, for a keyring or a passphrase that was lost, and lets a fresh key in the
/// secret store open it from now on, or `passphrase` where one is given.
pub fn restore(
    home: &Path,
    secrets: Arc<dyn SecretStore>,
    recovery: &SecretString,
    passphrase: Option<&SecretString>,
    now: i64,
) -> Result<()> {
    let home = Home::open(home)?;
    if !home.is_owned() {
        return Err(Error::InUse);
    }
    refuse_inside(home.dir(), secrets.as_ref())?;
    let slots = Slots::read(home.dir())?.ok_or_else(|| Error::KeysDamaged { path: home.dir().into() })?;
    let slot = slots.of_kind(SlotKind::Recovery).ok_or(Error::NoRecoveryKey)?;
    let key = recovery::read(recovery)?;
    let root = slots.unwrap(slot, &key).ok_or(Error::RecoveryKeyWrong)?;
    Vault::set_file_aside(home.dir())?;
    let mut vault = Vault::of(slots, root, secrets, home.dir());
    let restored = match passphrase {
        Some(passphrase) => vault.set_passphrase(home.dir(), passphrase, Millis(now)),
        None => vault.rotate(home.dir(), Millis(now)),
    };
    if restored.is_err() {
        Vault::put_file_back(home.dir())?;
    }
    restored
}

/// Lets a passphrase open the workspace from now on; makes the workspace under it where there is none yet.
pub fn choose_passphrase(
    home: &Path,
    secrets: Arc<dyn SecretStore>,
    present: Option<&SecretString>,
    passphrase: &SecretString,
    now: i64,
) -> Result<()> {
    let home = Home::open(home)?;
    if !home.is_owned() {
        return Err(Error::InUse);
    }
    if Slots::read(home.dir())?.is_none() {
        return Vault::make(&home, secrets, Some(passphrase), Millis(now)).map(drop);
    }
    Vault::open(&home, secrets, present, Millis(now))?.set_passphrase(home.dir(), passphrase, Millis(now))
}

/// `PRECEDENT_KEY_FILE` where it is set, else the keyring of this system.
pub fn default_secrets() -> Arc<dyn SecretStore> {
    match std::env::var_os("PRECEDENT_KEY_FILE").filter(|path| !path.is_empty()) {
        Some(path) => Arc::new(KeyFile::at(path)),
        None => Arc::new(connect::Keyring),
    }
}

/// The passphrase in the file that `PRECEDENT_PASSPHRASE_FILE` names, for servers that are handed secrets as files.
pub fn default_passphrase(home: &Path) -> Result<Option<SecretString>> {
    let Some(path) = std::env::var_os("PRECEDENT_PASSPHRASE_FILE").filter(|path| !path.is_empty()) else {
        return Ok(None);
    };
    refuse_file_inside(home, Path::new(&path))?;
    Ok(Some(KeyFile::at(path).line()?))
}

/// Nothing could be made, because there was nowhere to put its key: there is a choice to make.
fn no_place(error: Error) -> Error {
    match error {
        Error::Connect(cause) if matches!(cause.code(), "no_keyring" | "keyring_locked") => Error::NoPlaceForKey(cause),
        error => error,
    }
}

/// A word that nobody guesses and that never comes twice.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    wrap::random()
}

pub(crate) fn random_word() -> Result<String> {
    Ok(wrap::hex(&wrap::random::<12>()?))
}

/// A key beside what it opens is no key.
fn refuse_inside(home: &Path, secrets: &dyn SecretStore) -> Result<()> {
    secrets.file().map_or(Ok(()), |file| refuse_file_inside(home, file))
}

fn refuse_file_inside(home: &Path, file: &Path) -> Result<()> {
    let absolute =
        |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.into());
    let folder = file.parent().map(absolute).unwrap_or_default();
    if folder.starts_with(absolute(home)) { Err(Error::KeyInside { path: file.into() }) } else { Ok(()) }
}

#[cfg(fuzzing)]
pub mod fuzz {
    /// Reads text as `keys.json` and as a recovery key.
    pub fn keys(text: &str) {
        super::slots::read_text(text);
        drop(super::recovery::read(&text.into()));
    }
}

#[cfg(test)]
mod tests;
