//! What can be wrong with a pack.

use std::{io, path::PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the semantic pack {path} could not be read: {cause}")]
    Io { path: PathBuf, cause: io::Error },
    #[error("{0} is not a semantic pack: it does not begin like one")]
    NotAPack(PathBuf),
    #[error("the semantic pack {path} is damaged: {reason}")]
    Damaged { path: PathBuf, reason: String },
    #[error("the semantic pack {0} was made for a newer version of Precedent")]
    Newer(PathBuf),
}

impl Error {
    /// Stable; the window's words are keyed by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { cause, .. } if cause.kind() == io::ErrorKind::NotFound => "pack_missing",
            Self::Io { cause, .. } if cause.kind() == io::ErrorKind::StorageFull => "disk_full",
            Self::Io { .. } => "pack_io",
            Self::NotAPack(_) => "pack_foreign",
            Self::Damaged { .. } => "pack_damaged",
            Self::Newer(_) => "pack_newer",
        }
    }

    /// Trying the same again cannot help.
    pub fn is_permanent(&self) -> bool {
        !matches!(self, Self::Io { .. })
    }
}
