use std::{io, path::PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no git repository in {}: name the folder that holds .git, or a bare repository", .0.display())]
    NoRepository(PathBuf),
    #[error("{} belongs to somebody else, and git does not trust what others own; change its owner or make a clone of your own", .0.display())]
    NotOwned(PathBuf),
    /// A pipe, a device or a socket where git keeps files: reading it might never end.
    #[error("{} is {what} where git keeps a file; the repository was left alone", path.display())]
    Odd { path: PathBuf, what: &'static str },
    #[error("{} has more than {most} files where git keeps a few; the repository was left alone", path.display())]
    Crowded { path: PathBuf, most: usize },
    /// A partial clone, mostly.
    #[error("{} cannot be read without more than git's usual files ({}); make a whole clone, without --filter", path.display(), cause.message())]
    Extension { path: PathBuf, cause: git2::Error },
    #[error("the repository could not {doing}: {}", cause.message())]
    Git { doing: &'static str, cause: git2::Error },
    #[error("git could not be run: {0}")]
    Runner(io::Error),
    #[error("{program} could not be started: {cause}")]
    Program { program: String, cause: io::Error },
    #[error("the files of a version could not be written out: {0}")]
    WriteOut(io::Error),
    #[error("git gave up: {0}")]
    Refused(String),
    #[error("reading the repository took longer than {0} s, and was given up")]
    TooLong(u64),
    #[error("what git answered is longer than {0} MB, and was given up")]
    TooMuch(u64),
    #[error("what git answered could not be read: {0}")]
    Garbled(&'static str),
    #[error("the stored history of the repository cannot be read by this version: {0}")]
    Unreadable(&'static str),
    #[error("that address of a repository cannot be used: {0}")]
    Address(&'static str),
    #[error("the server of the repository could not be reached: {0}")]
    Unreachable(String),
    #[error("the server does not let us read the repository, or has none there: {0}")]
    Denied(String),
    #[error("it was cancelled")]
    Cancelled,
}

impl Error {
    /// Stable; the hosts' words are keyed by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoRepository(_) => "no_repository",
            Self::NotOwned(_) => "repository_not_owned",
            Self::Odd { .. } | Self::Crowded { .. } => "repository_odd",
            Self::Git { .. } | Self::Refused(_) | Self::Garbled(_) => "repository_unreadable",
            Self::Extension { .. } => "repository_extension",
            Self::Runner(_) => "git_failed",
            Self::Program { .. } => "program_missing",
            Self::WriteOut(_) => "write_out_failed",
            Self::TooLong(_) | Self::TooMuch(_) => "repository_too_large",
            Self::Unreadable(_) => "history_unreadable",
            Self::Address(_) => "repository_address",
            Self::Unreachable(_) => "repository_unreachable",
            Self::Denied(_) => "repository_denied",
            Self::Cancelled => "cancelled",
        }
    }

    /// Trying the same again cannot help.
    pub fn is_permanent(&self) -> bool {
        !matches!(self, Self::Runner(_) | Self::WriteOut(_) | Self::TooLong(_) | Self::Unreachable(_) | Self::Cancelled)
    }
}

/// Says what was being read when it failed.
pub(crate) trait Doing<T> {
    fn doing(self, doing: &'static str) -> Result<T, Error>;
}

impl<T> Doing<T> for Result<T, git2::Error> {
    fn doing(self, doing: &'static str) -> Result<T, Error> {
        self.map_err(|cause| Error::Git { doing, cause })
    }
}
