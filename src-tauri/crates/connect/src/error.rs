//! What can end an import (a bad record never does: it is counted, named and skipped), and what can keep a secret from us.

use std::{io, path::PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no file or folder {}; check the path", .0.display())]
    Missing(PathBuf),
    #[error("{} holds no export; a folder is read for files that end in .json, .jsonl, .ndjson, .csv or .tsv, also with .gz or .zst behind", .0.display())]
    Empty(PathBuf),
    #[error("{} cannot be opened: {cause}", path.display())]
    Open { path: PathBuf, cause: io::Error },
    /// Everything before `line` was handed out.
    #[error(
        "{file} cannot be read on after line {line}: {cause}; everything before it is stored, and the import of a whole file goes on from there"
    )]
    Read { file: String, line: u64, cause: io::Error },
    /// Everything before `line` was handed out.
    #[error(
        "{file} unpacks to more than 400 times its size, which no export does; it was cut off after line {line}, and everything before it is stored"
    )]
    Unpacks { file: String, line: u64 },
    #[error("{file} is {found}, which cannot be imported; {advice}")]
    NotText { file: String, found: &'static str, advice: &'static str },
    #[error(
        "{file} is in none of the formats that can be imported; name the right one with --format jsonl, jira, zendesk, github or csv"
    )]
    Unrecognised { file: String },
    #[error("{file} has no column for \"{field}\" among {columns}; say which one it is, as {field}=COLUMN")]
    NoColumn { file: String, field: &'static str, columns: String },
    #[error("{file} has no column \"{column}\", which the mapping names; it has {columns}")]
    UnknownColumn { file: String, column: String, columns: String },
    #[error("\"{field}\" is not a field that a column can be mapped to; the fields are {fields}")]
    UnknownField { field: String, fields: String },
    #[error("there is no keyring that could keep a secret: {reason}")]
    NoKeyring { reason: String },
    #[error("the keyring is locked or refuses: {reason}")]
    KeyringLocked { reason: String },
    #[error("the key file {} cannot be used: {cause}", path.display())]
    KeyFile { path: PathBuf, cause: io::Error },
    #[error(transparent)]
    Network(#[from] crate::http::Failure),
    #[error("the key file {} can be read by others than its owner; make it private (chmod 600) first", path.display())]
    KeyFileShared { path: PathBuf },
}

impl Error {
    /// Stable; the hosts' words are keyed by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "file_missing",
            Self::Empty(_) => "folder_without_exports",
            Self::Open { .. } => "file_unreadable",
            Self::Read { .. } => "file_cut_off",
            Self::Unpacks { .. } => "file_unpacks_too_far",
            Self::NotText { .. } => "file_not_text",
            Self::Unrecognised { .. } => "format_unknown",
            Self::NoKeyring { .. } => "no_keyring",
            Self::KeyringLocked { .. } => "keyring_locked",
            Self::KeyFile { .. } => "key_file_failed",
            Self::Network(failure) => failure.code(),
            Self::KeyFileShared { .. } => "key_file_shared",
            Self::NoColumn { .. } | Self::UnknownColumn { .. } | Self::UnknownField { .. } => "mapping_wrong",
        }
    }

    /// Trying the same again cannot help: somebody has to change the file or the arguments.
    pub fn is_permanent(&self) -> bool {
        if let Self::Network(failure) = self {
            return failure.is_permanent();
        }
        let file = matches!(self, Self::Open { .. } | Self::Read { .. });
        let secret = matches!(self, Self::NoKeyring { .. } | Self::KeyringLocked { .. } | Self::KeyFile { .. });
        !file && !secret
    }
}
