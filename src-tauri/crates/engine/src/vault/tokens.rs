//! Tokens of sources, in the same place as the workspace's key, and never in the database. Where there is no keyring and a
//! passphrase opens the workspace, they lie in a file of the age format under that passphrase. One that somebody wants kept
//! for this run only lies nowhere.

use super::{Vault, age};
use crate::{Error, Result};
use domain::{SourceName, crash_point};
use secrecy::{ExposeSecret, SecretString};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

const FILE: &str = "tokens.age";
/// Under the passphrase that is about to be chosen.
const NEXT: &str = "tokens.age.next";
/// Under one that was lost.
const LOST: &str = "tokens.age.lost";

type Tokens = BTreeMap<String, SecretString>;

/// What was read of tokens, and what is kept for this run.
#[derive(Default)]
pub(super) struct Held(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    this_run: Tokens,
    /// The file as it was read, and what it holds.
    read: Option<(Vec<u8>, Tokens)>,
}

impl Vault {
    pub(crate) fn token(&self, source: &SourceName) -> Result<SecretString> {
        let name = self.token_name(source);
        if let Some(token) = self.token_of_this_run(source) {
            return Ok(token);
        }
        if let Some(token) = self.read_file()?.remove(&name) {
            return Ok(token);
        }
        let held = match self.secrets.read(&name) {
            Err(refused) if self.may_use_file(&refused) => None,
            held => held?,
        };
        held.ok_or_else(|| Error::TokenMissing { name: source.to_string(), place: self.token_place() })
    }

    pub(crate) fn token_of_this_run(&self, source: &SourceName) -> Option<SecretString> {
        self.held().this_run.get(&self.token_name(source)).cloned()
    }

    /// It is gone when the program ends.
    pub(crate) fn keep_for_this_run(&self, source: &SourceName, token: &SecretString) {
        self.held().this_run.insert(self.token_name(source), token.clone());
    }

    /// Kept and read back: a locked keyring takes nothing, and says so only now. What is there for this run only stays so
    /// when it is renewed.
    pub(crate) fn keep_token(&self, source: &SourceName, token: &SecretString) -> Result<()> {
        let name = self.token_name(source);
        if let Some(held) = self.held().this_run.get_mut(&name) {
            *held = token.clone();
            return Ok(());
        }
        match self.put(&name, token) {
            Err(Error::Connect(refused)) if self.may_use_file(&refused) => self.put_into_file(name, token),
            Err(Error::KeyNotKept { .. }) if self.passphrase.is_some() => self.put_into_file(name, token),
            // The keyring is there again.
            Ok(()) if self.file().exists() => self.take_out_of_file(&name),
            done => done,
        }
    }

    /// What was kept for this run is kept for good from now on.
    pub(crate) fn keep_for_good(&self, source: &SourceName, token: &SecretString) -> Result<()> {
        self.held().this_run.remove(&self.token_name(source));
        self.keep_token(source, token)
    }

    fn put(&self, name: &str, token: &SecretString) -> Result<()> {
        self.secrets.write(name, token)?;
        let kept = self.secrets.read(name)?;
        if kept.is_none_or(|kept| kept.expose_secret() != token.expose_secret()) {
            return Err(Error::KeyNotKept { place: self.secrets.place() });
        }
        Ok(())
    }

    pub(crate) fn erase_token(&self, source: &SourceName) -> Result<()> {
        let name = self.token_name(source);
        self.held().this_run.remove(&name);
        if self.file().exists() {
            self.take_out_of_file(&name)?;
        }
        match self.secrets.erase(&name) {
            Err(refused) if self.may_use_file(&refused) => Ok(()),
            erased => Ok(erased?),
        }
    }

    /// Where tokens lie, for people.
    pub(crate) fn token_place(&self) -> String {
        match self.file() {
            file if file.exists() => format!("the file {}, encrypted under the workspace's passphrase", file.display()),
            _ if self.passphrase.is_some() && self.secrets.kind() == "keyring" => {
                format!(
                    "{}, or where there is none a file encrypted under the workspace's passphrase",
                    self.secrets.place()
                )
            }
            _ => self.secrets.place(),
        }
    }

    /// Before another passphrase opens the workspace: the file that goes with it, beside the one of today.
    pub(super) fn seal_for(&self, passphrase: &SecretString) -> Result<()> {
        if self.file().exists() && self.passphrase.is_some() {
            self.write_file(NEXT, &self.read_file()?, passphrase)?;
            crash_point("tokens sealed anew");
        }
        Ok(())
    }

    /// Once it does.
    pub(super) fn sealed_for(&mut self, passphrase: &SecretString) -> Result<()> {
        let (next, file) = (self.home.join(NEXT), self.file());
        if self.passphrase.is_some() && next.exists() {
            fs::rename(&next, &file).map_err(unkept(&file))?;
        }
        self.passphrase = Some(passphrase.clone());
        Ok(())
    }

    /// Before a key in the store opens the workspace: nothing of what the file holds is left in it alone.
    pub(super) fn move_into_store(&self) -> Result<()> {
        for (name, token) in self.read_file()? {
            self.put(&name, &token)?;
        }
        Ok(())
    }

    /// Nobody knows the passphrase: its tokens are missing from now on, and the file is there for whoever finds it again.
    pub(super) fn set_file_aside(home: &Path) -> Result<()> {
        renamed(&home.join(FILE), &home.join(LOST))
    }

    pub(super) fn put_file_back(home: &Path) -> Result<()> {
        renamed(&home.join(LOST), &home.join(FILE))
    }

    pub(super) fn remove_file(home: &Path) -> Result<()> {
        [FILE, NEXT].iter().try_for_each(|name| remove(&home.join(name)))
    }

    pub(super) fn destroy_files(home: &Path) -> Result<()> {
        Self::remove_file(home)?;
        remove(&home.join(LOST))
    }

    /// There is no keyring here, or it takes nothing; and the person chose a passphrase.
    fn may_use_file(&self, refused: &connect::Error) -> bool {
        self.passphrase.is_some() && matches!(refused.code(), "no_keyring" | "keyring_locked")
    }

    fn file(&self) -> PathBuf {
        self.home.join(FILE)
    }

    fn held(&self) -> MutexGuard<'_, Kept> {
        self.held.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put_into_file(&self, name: String, token: &SecretString) -> Result<()> {
        let mut tokens = self.read_file()?;
        tokens.insert(name, token.clone());
        self.replace_file(&tokens)
    }

    fn take_out_of_file(&self, name: &str) -> Result<()> {
        let mut tokens = self.read_file()?;
        if tokens.remove(name).is_none() {
            return Ok(());
        }
        if tokens.is_empty() {
            self.held().read = None;
            return remove(&self.file());
        }
        self.replace_file(&tokens)
    }

    fn replace_file(&self, tokens: &Tokens) -> Result<()> {
        // One that was half chosen once holds what is old by now.
        remove(&self.home.join(NEXT))?;
        let passphrase = self.passphrase.as_ref().ok_or(Error::PassphraseNeeded)?;
        self.write_file(FILE, tokens, passphrase)
    }

    /// Whole or not at all.
    fn write_file(&self, name: &str, tokens: &Tokens, passphrase: &SecretString) -> Result<()> {
        let mut text = String::new();
        for (name, token) in tokens {
            text.push_str(name);
            text.push(' ');
            text.push_str(token.expose_secret());
            text.push('\n');
        }
        let sealed = age::seal(&SecretString::from(text), passphrase, self.cost)?;
        let path = self.home.join(name);
        let written = tempfile::NamedTempFile::new_in(&self.home).and_then(|mut file| {
            io::Write::write_all(&mut file, &sealed)?;
            file.as_file().sync_all()?;
            file.persist(&path).map_err(|failed| failed.error)?;
            Ok(())
        });
        written.map_err(unkept(&path))
    }

    /// Nothing where there is no file. What was read once is not worked out again.
    fn read_file(&self) -> Result<Tokens> {
        let path = self.file();
        let sealed = match fs::read(&path) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Tokens::new()),
            sealed => sealed.map_err(unkept(&path))?,
        };
        let known = self.held().read.as_ref().filter(|(of, _)| *of == sealed).map(|(_, tokens)| tokens.clone());
        if let Some(known) = known {
            return Ok(known);
        }
        let passphrase = self.passphrase.as_ref().ok_or(Error::PassphraseNeeded)?;
        let (sealed, text) = match age::open(&sealed, passphrase) {
            Some(text) => (sealed, text),
            None => self.half_chosen(passphrase).ok_or_else(|| Error::TokensSealed { path: path.clone() })?,
        };
        let pairs = text.expose_secret().lines().filter_map(|line| line.split_once(' '));
        let tokens: Tokens = pairs.map(|(name, token)| (name.to_owned(), token.into())).collect();
        self.held().read = Some((sealed, tokens.clone()));
        Ok(tokens)
    }

    /// A crash came between choosing a passphrase and the file that goes with it.
    fn half_chosen(&self, passphrase: &SecretString) -> Option<(Vec<u8>, SecretString)> {
        let next = self.home.join(NEXT);
        let sealed = fs::read(&next).ok()?;
        let text = age::open(&sealed, passphrase)?;
        fs::rename(&next, self.file()).ok()?;
        Some((sealed, text))
    }

    /// Source names may hold dots, which names of secrets may not.
    fn token_name(&self, source: &SourceName) -> String {
        let hash = blake3::hash(source.as_str().as_bytes()).to_hex();
        format!("source-{}-{}", self.slots.workspace(), hash.chars().take(24).collect::<String>())
    }
}

/// Nothing happens where there is none.
fn renamed(from: &Path, to: &Path) -> Result<()> {
    match fs::rename(from, to) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(unkept(from)(cause)),
        _ => Ok(()),
    }
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(unkept(path)(cause)),
        _ => Ok(()),
    }
}

fn unkept(path: &Path) -> impl Fn(io::Error) -> Error + '_ {
    |cause| Error::TokenFile { path: path.into(), cause }
}

#[cfg(test)]
mod tests;
