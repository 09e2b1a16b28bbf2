//! What an engineer asks for first. Each is one fact: it is there or it is not.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Two numbered steps at least.
    Steps,
    Expected,
    Actual,
    ErrorText,
    ErrorTime,
    Account,
    Plan,
    Role,
    Permissions,
    Actions,
    Product,
    Version,
    /// What the version is called in the repository.
    Release,
    Tried,
    /// Cases that look alike, each with why it is not the same.
    Similar,
    CodeLane,
    Suspects,
    Owner,
}

impl Fact {
    pub const ALL: [Self; 18] = [
        Self::Steps,
        Self::Expected,
        Self::Actual,
        Self::ErrorText,
        Self::ErrorTime,
        Self::Account,
        Self::Plan,
        Self::Role,
        Self::Permissions,
        Self::Actions,
        Self::Product,
        Self::Version,
        Self::Release,
        Self::Tried,
        Self::Similar,
        Self::CodeLane,
        Self::Suspects,
        Self::Owner,
    ];

    /// Those that a person can write down; the others come from cases and repositories alone.
    pub const WRITTEN: [Self; 13] = [
        Self::Steps,
        Self::Expected,
        Self::Actual,
        Self::ErrorText,
        Self::ErrorTime,
        Self::Account,
        Self::Plan,
        Self::Role,
        Self::Permissions,
        Self::Actions,
        Self::Product,
        Self::Version,
        Self::Tried,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Expected => "expected",
            Self::Actual => "actual",
            Self::ErrorText => "error_text",
            Self::ErrorTime => "error_time",
            Self::Account => "account",
            Self::Plan => "plan",
            Self::Role => "role",
            Self::Permissions => "permissions",
            Self::Actions => "actions",
            Self::Product => "product",
            Self::Version => "version",
            Self::Release => "release",
            Self::Tried => "tried",
            Self::Similar => "similar",
            Self::CodeLane => "code_lane",
            Self::Suspects => "suspects",
            Self::Owner => "owner",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fact| fact.as_str() == text)
    }
}
