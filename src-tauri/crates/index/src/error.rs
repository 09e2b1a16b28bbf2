//! What can go wrong, and whether building the index anew would help.

use std::{
    any::Any,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};
use tantivy::{
    TantivyError,
    directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError},
};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no search index in {0}")]
    Missing(PathBuf),
    #[error("the search index is damaged: {reason}")]
    Corrupt { reason: String },
    #[error("the search index was written by another version of Precedent ({found}; this one writes {expected})")]
    Outdated { found: String, expected: String },
    #[error("another process is writing to the search index")]
    Locked,
    /// The writer is as it was: the caller has to find out which documents the index missed.
    #[error("the search index holds {counted} documents where {promised} were expected")]
    Miscounted { promised: u64, counted: u64 },
    #[error("the question was replaced by a newer one")]
    Superseded,
    #[error("there is no field \"{name}\" to search by{}", meant.map(|field| format!("; {field}: may be meant")).unwrap_or_default())]
    UnknownField { name: String, meant: Option<&'static str> },
    #[error("\"{value}\" cannot stand after {field}: {say}")]
    BadValue { field: &'static str, value: String, say: &'static str },
    #[error("this is no continuation of this search")]
    BadCursor,
    #[error("the search index could not {what}: {source}")]
    Io { what: &'static str, source: io::Error },
    #[error("the search index could not {what}: {reason}")]
    Refused { what: &'static str, reason: String },
}

impl Error {
    /// Stable; the window's words are keyed by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "index_missing",
            Self::Corrupt { .. } => "index_corrupt",
            Self::Outdated { .. } => "index_outdated",
            Self::Locked => "index_locked",
            Self::Miscounted { .. } => "index_miscounted",
            Self::Superseded => "superseded",
            Self::UnknownField { .. } => "unknown_field",
            Self::BadValue { .. } => "bad_field_value",
            Self::BadCursor => "bad_cursor",
            Self::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull => "disk_full",
            Self::Io { .. } => "index_io",
            Self::Refused { .. } => "index_refused",
        }
    }

    /// Trying the same again cannot help.
    pub fn is_permanent(&self) -> bool {
        !matches!(self, Self::Locked | Self::Superseded | Self::Io { .. })
    }

    /// The index has to be built anew from the store.
    pub fn needs_rebuild(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::Corrupt { .. } | Self::Outdated { .. } | Self::Miscounted { .. })
    }

    pub(crate) fn corrupt(reason: impl Into<String>) -> Self {
        Self::Corrupt { reason: reason.into() }
    }

    /// What Tantivy said while we tried to `what`.
    pub(crate) fn from_tantivy(what: &'static str, error: TantivyError) -> Self {
        match error {
            TantivyError::OpenReadError(error) => Self::from_read(what, error),
            TantivyError::IoError(error) => Self::from_io(what, &error),
            TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => Self::from_io(what, &io_error),
            TantivyError::OpenDirectoryError(OpenDirectoryError::DoesNotExist(path)) => Self::Missing(path),
            TantivyError::LockFailure(LockError::LockBusy, _) => Self::Locked,
            TantivyError::LockFailure(LockError::IoError(error), _) => Self::from_io(what, &error),
            TantivyError::IncompatibleIndex(why) => {
                Self::Outdated { found: format!("{why:?}"), expected: tantivy::version_string().into() }
            }
            TantivyError::DataCorruption(why) => Self::corrupt(format!("{why:?}")),
            TantivyError::ErrorInThread(reason) | TantivyError::SystemError(reason) => {
                Self::Io { what, source: io::Error::other(reason) }
            }
            // Some of its threads hand on only the words of what stopped them.
            other if is_full(&other.to_string()) => Self::Io { what, source: io::ErrorKind::StorageFull.into() },
            other => Self::Refused { what, reason: other.to_string() },
        }
    }

    pub(crate) fn from_read(what: &'static str, error: OpenReadError) -> Self {
        match error {
            OpenReadError::FileDoesNotExist(path) => Self::corrupt(format!("{} is missing", path.display())),
            OpenReadError::IoError { io_error, .. } => Self::from_io(what, &io_error),
            OpenReadError::IncompatibleIndex(why) => {
                Self::Outdated { found: format!("{why:?}"), expected: tantivy::version_string().into() }
            }
        }
    }

    /// Bytes that cannot be what was written are damage; everything else is the disk's or the system's refusal.
    pub(crate) fn from_io(what: &'static str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Self::corrupt(error.to_string()),
            kind => Self::Io { what, source: io::Error::new(kind, error.to_string()) },
        }
    }

    pub(crate) fn at(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |error| Self::Io { what, source: io::Error::new(error.kind(), format!("{}: {error}", path.display())) }
    }
}

fn is_full(words: &str) -> bool {
    let code = if cfg!(windows) { "(os error 112)" } else { "(os error 28)" };
    words.contains(code)
}

/// Runs `work` on the index. Tantivy trusts the bytes it reads and panics deep inside on damaged ones: a panic here
/// means that the index has to be rebuilt, not that the product is at an end.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(Error::corrupt(panic_message(panic.as_ref()))))
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("reading it failed ({})", text.unwrap_or("no reason given"))
}
