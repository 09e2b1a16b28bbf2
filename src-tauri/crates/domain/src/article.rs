//! Articles (KCS) and concepts: what the team wrote down for everybody, in its folder or in its help centre.

use crate::Millis;
use serde::{Deserialize, Serialize};

/// Who may read something, narrowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    #[default]
    Internal,
    Partner,
    Customer,
    Public,
}

impl Audience {
    pub const ALL: [Self; 4] = [Self::Internal, Self::Partner, Self::Customer, Self::Public];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Partner => "partner",
            Self::Customer => "customer",
            Self::Public => "public",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.as_str() == text)
    }

    /// Whether somebody of that audience may read what is for this one.
    pub fn reaches(self, reader: Self) -> bool {
        self >= reader
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Of its file, below the folder: what it is called may be called so twice. Of a help centre's, `articles/` and its id.
    pub path: String,
    pub id: String,
    pub title: String,
    /// Plain text.
    pub body: String,
    /// What to do, of the body.
    pub resolution: String,
    pub product: Option<String>,
    pub components: Vec<String>,
    /// `work_in_progress`, `not_validated` or `validated`.
    pub confidence: String,
    pub audience: Audience,
    /// Where people read it in a browser; `None` of a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where the file says so.
    pub created_at: Option<Millis>,
    pub updated_at: Option<Millis>,
}
