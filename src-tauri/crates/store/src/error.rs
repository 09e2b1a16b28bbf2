use std::{io, path::PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the database could not {doing}: {cause}")]
    Sqlite { doing: &'static str, cause: rusqlite::Error },
    #[error(
        "{} was written by a newer version of Precedent (schema {found}, this version knows {known}); it was left untouched",
        path.display()
    )]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error("{} was written before workspaces were encrypted; it was left untouched", path.display())]
    Unencrypted { path: PathBuf },
    #[error("{} is not a database of Precedent, or it is damaged: {cause}", path.display())]
    NotADatabase { path: PathBuf, cause: rusqlite::Error },
    #[error("the database could not {doing} {}: {cause}", path.display())]
    File { doing: &'static str, path: PathBuf, cause: io::Error },
    #[error("a page of the database is not as it was written: the file is damaged")]
    Damaged,
    #[error("{what} holds a value that this version cannot read: {value}")]
    Unreadable { what: &'static str, value: String },
}

impl Error {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Sqlite { cause, .. } if is_full(cause) => "disk_full",
            Self::Sqlite { cause, .. } if is_damaged(cause) => "database_damaged",
            Self::File { cause, .. } if cause.kind() == io::ErrorKind::StorageFull => "disk_full",
            Self::Sqlite { .. } | Self::File { .. } => "database_failed",
            Self::Newer { .. } => "newer_schema",
            Self::Unencrypted { .. } => "not_encrypted",
            Self::NotADatabase { .. } | Self::Damaged => "database_damaged",
            Self::Unreadable { .. } => "unreadable_row",
        }
    }

    /// Whether trying again without doing something first is pointless.
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Sqlite { cause, .. } => {
                !matches!(
                    cause.sqlite_error_code(),
                    Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked)
                ) && !is_full(cause)
            }
            Self::File { .. } => false,
            _ => true,
        }
    }
}

/// Also where the file beside the log could not grow: SQLite says only that, and it is not told why.
fn is_full(cause: &rusqlite::Error) -> bool {
    let grown = cause.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
    grown || cause.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
}

fn is_damaged(cause: &rusqlite::Error) -> bool {
    matches!(cause.sqlite_error_code(), Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase))
}

/// Says what the database was doing when it failed.
pub(crate) trait Doing<T> {
    fn doing(self, doing: &'static str) -> Result<T, Error>;
}

impl<T> Doing<T> for rusqlite::Result<T> {
    fn doing(self, doing: &'static str) -> Result<T, Error> {
        self.map_err(|cause| Error::Sqlite { doing, cause })
    }
}
