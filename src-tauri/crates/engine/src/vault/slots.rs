//! `keys.json` in the home: who the workspace is, and its root key, wrapped. It holds nothing that opens anything alone.
//! A second copy lies beside it, because without it everything would be lost.

use super::{
    passphrase::{self, Stretch},
    wrap,
};
use crate::{Error, Result};
use domain::{CipherKey, Millis};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

const FILES: [&str; 2] = ["keys.json", "keys.copy.json"];
const FORMAT: u32 = 1;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SlotKind {
    /// Under a key that a keyring or a key file holds.
    Store,
    /// Under one that somebody knows.
    Passphrase,
    Recovery,
}

/// The root key, wrapped once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Slot {
    pub(super) kind: SlotKind,
    /// Tells this wrap from those before it.
    id: String,
    salt: String,
    wrapped: String,
    pub(super) made_at: i64,
    /// Where the key was put when this was made, for people.
    pub(super) place: String,
    /// How a passphrase becomes a key. Absent where the key is random.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stretch: Option<Stretch>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Slots {
    format: u32,
    workspace: String,
    slots: Vec<Slot>,
}

/// The file: what it says, and a sum that tells a damaged copy from a sound one. It is no protection; the wraps are.
#[derive(Serialize, Deserialize)]
struct Summed {
    keys: Slots,
    sum: String,
}

impl Slots {
    /// Tells this workspace's secrets from another's.
    pub(super) fn workspace(&self) -> &str {
        &self.workspace
    }

    pub(super) fn new() -> Result<Self> {
        Ok(Self { format: FORMAT, workspace: wrap::hex(&wrap::random::<16>()?), slots: Vec::new() })
    }

    /// `None` where there are none yet. A damaged copy is replaced by the sound one.
    pub(super) fn read(home: &Path) -> Result<Option<Self>> {
        let paths = FILES.map(|name| home.join(name));
        if !paths.iter().any(|path| path.exists()) {
            return Ok(None);
        }
        let [first, second] = paths.map(|path| fs::read_to_string(path).ok().and_then(|text| sound(&text)));
        // A crash between the two writes leaves two sound ones that differ: the first was written first.
        let alike = first.as_ref().zip(second.as_ref()).is_some_and(|(first, second)| first.sum() == second.sum());
        let slots = first.or(second).ok_or_else(|| Error::KeysDamaged { path: home.into() })?;
        if slots.format > FORMAT {
            return Err(Error::KeysNewer { path: home.into() });
        }
        if !alike {
            tracing::warn!("one of the two copies of the workspace's keys was not sound; it was put right");
            slots.write(home)?;
        }
        Ok(Some(slots))
    }

    /// One after the other, so that a crash leaves a sound one.
    pub(super) fn write(&self, home: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(&Summed { keys: self.clone(), sum: self.sum() });
        let text = text.expect("a struct of texts and numbers has no failing serialiser");
        for name in FILES {
            replace(home, name, text.as_bytes()).map_err(|cause| failed(home, cause))?;
        }
        Ok(())
    }

    /// Overwrites and deletes both copies.
    pub(super) fn destroy(home: &Path) -> Result<()> {
        for path in FILES.map(|name| home.join(name)) {
            let Ok(length) = fs::metadata(&path).map(|meta| meta.len()) else { continue };
            let erase = || {
                let mut file = File::options().write(true).open(&path)?;
                file.write_all(&vec![0; usize::try_from(length).unwrap_or_default()])?;
                file.sync_all()?;
                fs::remove_file(&path)
            };
            erase().map_err(|cause| failed(home, cause))?;
        }
        Ok(())
    }

    pub(super) fn of_kind(&self, kind: SlotKind) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.kind == kind)
    }

    /// What opens the workspace day by day: a kept key or a passphrase, never both.
    pub(super) fn opener(&self) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.kind != SlotKind::Recovery)
    }

    /// In the place of what did the same before.
    pub(super) fn put(&mut self, slot: Slot) {
        let recovers = |slot: &Slot| slot.kind == SlotKind::Recovery;
        self.slots.retain(|other| recovers(other) != recovers(&slot));
        self.slots.push(slot);
    }

    /// Under which the secret store knows the slot's key.
    pub(super) fn secret_name(&self, slot: &Slot) -> String {
        format!("workspace-{}-{}", self.workspace, slot.id)
    }

    pub(super) fn wrap(
        &self,
        kind: SlotKind,
        key: &CipherKey,
        root: &CipherKey,
        place: &str,
        now: Millis,
    ) -> Result<Slot> {
        let (id, salt) = (wrap::hex(&wrap::random::<4>()?), wrap::random::<16>()?);
        let wrapped = wrap::wrap(key, &salt, &self.context(kind, &id), root).ok_or(Error::NoRandomness)?;
        let (salt, wrapped) = (wrap::hex(&salt), wrap::hex(&wrapped));
        Ok(Slot { kind, id, salt, wrapped, made_at: now.0, place: place.into(), stretch: None })
    }

    pub(super) fn wrap_under(&self, passphrase: &SecretString, root: &CipherKey, now: Millis) -> Result<Slot> {
        passphrase::refuse_short(passphrase)?;
        let stretch = Stretch::fresh()?;
        let key = stretch.key(passphrase).ok_or(Error::NoRandomness)?;
        let slot = self.wrap(SlotKind::Passphrase, &key, root, "a passphrase", now)?;
        Ok(Slot { stretch: Some(stretch), ..slot })
    }

    /// `None` where the slot does not say how, or asks for more than any honest one does.
    pub(super) fn stretched(&self, slot: &Slot, passphrase: &SecretString) -> Option<CipherKey> {
        slot.stretch.as_ref()?.key(passphrase)
    }

    pub(super) fn unwrap(&self, slot: &Slot, key: &CipherKey) -> Option<CipherKey> {
        let (salt, wrapped) = (wrap::bytes_of(&slot.salt)?, wrap::bytes_of(&slot.wrapped)?);
        wrap::unwrap(key, &salt, &self.context(slot.kind, &slot.id), &wrapped)
    }

    /// Bound into a wrap: it opens in its own place alone.
    fn context(&self, kind: SlotKind, id: &str) -> String {
        format!("{FORMAT} {} {kind:?} {id}", self.workspace)
    }

    fn sum(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        blake3::hash(text.as_bytes()).to_hex().get(..16).unwrap_or_default().to_owned()
    }
}

/// Whether it is one, and how its wraps answer a key that is not theirs.
#[cfg(fuzzing)]
pub(super) fn read_text(text: &str) {
    let Ok(Summed { keys, .. }) = serde_json::from_str::<Summed>(text) else { return };
    let wrong = CipherKey::new(Box::new([7; 32]));
    assert!(keys.slots.iter().all(|slot| keys.unwrap(slot, &wrong).is_none()), "made without the key");
}

fn sound(text: &str) -> Option<Slots> {
    let Summed { keys, sum } = serde_json::from_str(text).ok()?;
    (keys.sum() == sum).then_some(keys)
}

fn replace(home: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let fresh = home.join(format!("{name}.new"));
    let write = || {
        let mut file = File::create(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, home.join(name))
    };
    write().inspect_err(|_| drop(fs::remove_file(&fresh)))?;
    #[cfg(unix)]
    File::open(home)?.sync_all()?;
    Ok(())
}

fn failed(home: &Path, cause: io::Error) -> Error {
    Error::Home { what: "keeping the workspace's keys", path: home.into(), cause }
}
