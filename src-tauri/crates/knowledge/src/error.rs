use std::{io, path::PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no knowledge folder in {}: make one with `precedent kb init`, or name the folder that holds known-errors, articles or runbooks", .0.display())]
    NoFolder(PathBuf),
    #[error("{} holds something else already; name an empty folder, or a repository without folders that are called like ours", .0.display())]
    Taken(PathBuf),
    #[error("{} could not be {doing}: {cause}", path.display())]
    File { doing: &'static str, path: PathBuf, cause: io::Error },
    #[error("\"{0}\" cannot be an id: use letters, digits, dots, dashes and underscores, at most 80 of them")]
    BadId(String),
    #[error("there is {} already", .0.display())]
    Exists(PathBuf),
    #[error("{} was changed or taken away by somebody else meanwhile; read the folder again, then do it once more", .0.display())]
    Changed(PathBuf),
    #[error("the folder holds more than {most} files; it is not read, so that nothing of it goes missing unsaid")]
    Crowded { most: usize },
}

impl Error {
    /// Stable; the hosts' words are keyed by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoFolder(_) => "no_knowledge",
            Self::Taken(_) => "knowledge_folder_taken",
            Self::File { .. } => "knowledge_file",
            Self::BadId(_) => "bad_entry_id",
            Self::Exists(_) => "entry_exists",
            Self::Changed(_) => "entry_changed",
            Self::Crowded { .. } => "knowledge_too_large",
        }
    }

    pub(crate) fn at<'a>(doing: &'static str, path: &'a std::path::Path) -> impl Fn(io::Error) -> Self + 'a {
        move |cause| Self::File { doing, path: path.into(), cause }
    }
}
