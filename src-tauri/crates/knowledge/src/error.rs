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
    #[error(
        "git does not know who you are here; set your name and address once: git config --global user.name \"Your Name\", then git config --global user.email you@example.org"
    )]
    NoIdentity,
    #[error("you are a {role} here, and this asks for a {needed}: {paths}")]
    MayNot { role: &'static str, needed: &'static str, paths: String },
    #[error("git signs commits here, and could not sign this one; nothing was committed ({0})")]
    NotSigned(String),
    #[error("calls.yml of the folder cannot be read: {0}")]
    Calls(String),
    #[error("people.yml of the team cannot be read: {0}")]
    People(String),
    #[error("git is not installed, or not to be found; install it to share the folder with the team")]
    NoGit,
    #[error("{} is a repository without files; name the folder of a clone", .0.display())]
    Bare(PathBuf),
    #[error("{} belongs to somebody else, and git does not trust what others own; change its owner or make a clone of your own", .0.display())]
    NotOwned(PathBuf),
    #[error(
        "git does not trust the shared folder, because somebody else owns it; where you trust them, say so once: git config --global --add safe.directory FOLDER ({0})"
    )]
    NotTrusted(String),
    #[error("a merge or a rebase was begun in {} with git and not ended; end it there first", .0.display())]
    HalfDone(PathBuf),
    #[error("{} is on no branch; check one out with git first", .0.display())]
    NoBranch(PathBuf),
    #[error("\"{0}\" cannot be the name of a branch")]
    BadBranch(String),
    #[error(
        "the knowledge folder is no git repository, so it is shared with nobody; say where to: precedent kb push --to ADDRESS"
    )]
    NotShared,
    #[error("the folder is shared already, with {0}; change that with git: git remote set-url origin ADDRESS")]
    SharedElsewhere(String),
    #[error("\"{address}\" cannot be where a folder is shared: {why}")]
    BadAddress { address: String, why: &'static str },
    #[error(
        "the repository's own settings hold {0}, which may run a program or lead elsewhere, and anybody who shared the folder may have written it; take it out (git config --local --unset-all {0}), and where you need it put it into your own settings (git config --global)"
    )]
    Setting(String),
    #[error("{path} is larger than {most} MB, and would be with everybody for ever; keep it elsewhere")]
    LargeFile { path: String, most: u64 },
    #[error("a file in the repository has a name that not every system knows: {0}")]
    OddName(String),
    #[error("these files were edited and stand in the way of the team's changes: {}; commit them with git or move them away, then get the changes again", .0.join(", "))]
    InTheWay(Vec<String>),
    #[error("{0} is not among the files in which two edits meet")]
    NoConflict(String),
    #[error("both sides still stand in {0}, between marks; keep one of each, or both, and take the marks away")]
    StillMarked(String),
    #[error("there is no commit {0} here")]
    NoCommit(String),
    #[error("the server does not let git in: {0}")]
    SignIn(String),
    #[error("the team's place cannot be reached: {0}")]
    Unreachable(String),
    #[error("there is no repository at that place, or not for you: {0}")]
    NoRemote(String),
    #[error("git gave up: {0}")]
    Remote(String),
    #[error("git took longer than {0} minutes, and was given up")]
    TooSlow(u64),
    #[error("the team was faster each time; try again in a moment")]
    Faster,
    #[error("it was cancelled")]
    Cancelled,
    #[error("the repository could not {doing}: {}", cause.message())]
    Git { doing: &'static str, cause: git2::Error },
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
            Self::NoIdentity => "git_identity_missing",
            Self::NoGit => "git_failed",
            Self::MayNot { .. } => "knowledge_may_not",
            Self::NotSigned(_) => "knowledge_not_signed",
            Self::Calls(_) => "knowledge_calls",
            Self::People(_) => "knowledge_people",
            Self::Bare(_) => "no_knowledge",
            Self::NotOwned(_) => "repository_not_owned",
            Self::NotTrusted(_) => "shared_folder_not_trusted",
            Self::HalfDone(_) | Self::NoBranch(_) => "knowledge_half_done",
            Self::BadBranch(_) => "bad_branch",
            Self::NotShared => "knowledge_not_shared",
            Self::SharedElsewhere(_) => "knowledge_shared_elsewhere",
            Self::BadAddress { .. } => "knowledge_address",
            Self::Setting(_) => "knowledge_setting",
            Self::LargeFile { .. } => "entry_too_large",
            Self::OddName(_) | Self::Git { .. } => "repository_unreadable",
            Self::InTheWay(_) => "knowledge_in_the_way",
            Self::NoConflict(_) | Self::NoCommit(_) => "not_found",
            Self::StillMarked(_) => "still_marked",
            Self::SignIn(_) => "knowledge_sign_in",
            Self::Unreachable(_) | Self::TooSlow(_) => "knowledge_unreachable",
            Self::NoRemote(_) => "knowledge_remote_missing",
            Self::Remote(_) => "knowledge_remote",
            Self::Faster => "knowledge_faster",
            Self::Cancelled => "cancelled",
        }
    }

    /// Trying the same again cannot help.
    pub fn is_permanent(&self) -> bool {
        !matches!(self, Self::Unreachable(_) | Self::TooSlow(_) | Self::Faster | Self::Cancelled)
    }

    /// Says what was being done when git's library failed.
    pub(crate) fn git(doing: &'static str) -> impl Fn(git2::Error) -> Self {
        move |cause| Self::Git { doing, cause }
    }

    pub(crate) fn at<'a>(doing: &'static str, path: &'a std::path::Path) -> impl Fn(io::Error) -> Self + 'a {
        move |cause| Self::File { doing, path: path.into(), cause }
    }
}
