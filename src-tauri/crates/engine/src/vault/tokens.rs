//! Tokens of sources, in the same place as the workspace's key: never in the database.

use super::Vault;
use crate::{Error, Result};
use domain::SourceName;
use secrecy::{ExposeSecret, SecretString};

impl Vault {
    pub(crate) fn token(&self, source: &SourceName) -> Result<SecretString> {
        let held = self.secrets.read(&self.token_name(source))?;
        held.ok_or_else(|| Error::TokenMissing { name: source.to_string(), place: self.secrets.place() })
    }

    /// Kept and read back: a locked keyring takes nothing, and says so only now.
    pub(crate) fn keep_token(&self, source: &SourceName, token: &SecretString) -> Result<()> {
        let name = self.token_name(source);
        self.secrets.write(&name, token)?;
        let kept = self.secrets.read(&name)?;
        if kept.is_none_or(|kept| kept.expose_secret() != token.expose_secret()) {
            return Err(Error::KeyNotKept { place: self.secrets.place() });
        }
        Ok(())
    }

    pub(crate) fn erase_token(&self, source: &SourceName) -> Result<()> {
        Ok(self.secrets.erase(&self.token_name(source))?)
    }

    /// Source names may hold dots, which names of secrets may not.
    fn token_name(&self, source: &SourceName) -> String {
        let hash = blake3::hash(source.as_str().as_bytes()).to_hex();
        format!("source-{}-{}", self.slots.workspace(), hash.chars().take(24).collect::<String>())
    }
}
