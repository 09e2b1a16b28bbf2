//! Every way in which a command can fail, with a code for the hosts and words for people.

use crate::api::view::ApiErrorView;
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Index(#[from] index::Error),
    #[error(transparent)]
    Connect(#[from] connect::Error),
    #[error("{what} could not be done in {}: {cause}", path.display())]
    Home { what: &'static str, path: PathBuf, cause: std::io::Error },
    #[error("another Precedent has this workspace open")]
    InUse,
    /// Nothing can be found until it has.
    #[error("another Precedent has this workspace open and is making its search index anew: {0}")]
    NoIndex(String),
    /// What the index could not do while it followed the store.
    #[error("{0}")]
    Following(std::sync::Arc<Error>),
    #[error("there is no {what} \"{id}\" here")]
    NotFound { what: &'static str, id: String },
    #[error("\"{id}\" is in several sources: {}", keys.join(", "))]
    Ambiguous { id: String, keys: Vec<String> },
    #[error("{0}")]
    BadInput(String),
    #[error("there is no command \"{0}\"")]
    UnknownCommand(String),
    #[error("a newer question took this one's place")]
    Superseded,
    #[error("it was cancelled")]
    Cancelled,
    #[error("this workspace already holds tickets")]
    NotEmpty,
}

impl Error {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Index(error) => error.code(),
            Self::Connect(error) => error.code(),
            Self::Home { .. } => "home_unusable",
            Self::InUse => "in_use",
            Self::NoIndex(_) => "index_elsewhere",
            Self::Following(error) => error.code(),
            Self::NotFound { .. } => "not_found",
            Self::Ambiguous { .. } => "ambiguous",
            Self::BadInput(_) => "bad_input",
            Self::UnknownCommand(_) => "unknown_command",
            Self::Superseded => "superseded",
            Self::Cancelled => "cancelled",
            Self::NotEmpty => "not_empty",
        }
    }

    /// Why the index has to be made anew from the store, where that would help.
    pub(crate) fn spoilt_index(&self) -> Option<String> {
        match self {
            Self::Index(error) if error.needs_rebuild() => Some(error.to_string()),
            Self::Following(error) => error.spoilt_index(),
            _ => None,
        }
    }

    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Store(error) => error.is_permanent(),
            Self::Index(error) => error.is_permanent(),
            Self::Connect(error) => error.is_permanent(),
            Self::Following(error) => error.is_permanent(),
            Self::InUse | Self::NoIndex(_) | Self::Superseded | Self::Home { .. } => false,
            _ => true,
        }
    }

    /// What to do next, where the message alone does not say it.
    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::InUse => "Close the other window, or do this in it.",
            Self::NoIndex(_) => "Ask again in a moment, or ask in the other window.",
            Self::Following(error) => return error.hint(),
            Self::NotFound { .. } => "Check the id, or search for it.",
            Self::Ambiguous { .. } => "Write the source in front of it, as in the list.",
            Self::Home { .. } => "Check that the folder exists, is yours and has room.",
            Self::NotEmpty => "The sample fills empty workspaces only; choose another home folder for it.",
            _ => match self.code() {
                _ if self.spoilt_index().is_some() => "It is made anew from the database; ask again in a moment.",
                "disk_full" => "Free some space; nothing was lost, and it goes on from the last commit.",
                "newer_schema" => "Install the newer version of Precedent; this one leaves the workspace as it is.",
                "mapping_wrong" => {
                    "Write a field, an equals sign and one of the file's columns, as in created_at=Opened."
                }
                "database_damaged" => "Run `precedent doctor`; the file was left as it is.",
                _ => return None,
            },
        };
        Some(hint.into())
    }

    pub fn view(&self) -> ApiErrorView {
        ApiErrorView {
            code: self.code().into(),
            message: sentence(&self.to_string()),
            hint: self.hint(),
            retryable: !self.is_permanent() || self.spoilt_index().is_some(),
        }
    }
}

/// Capital first, full stop last: errors are read by people.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let stop = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
