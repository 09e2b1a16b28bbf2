//! Tickets, comments and handoffs as a source describes them.

use crate::{Link, Millis, Service};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    New,
    #[default]
    Open,
    Pending,
    OnHold,
    Solved,
    Closed,
}

impl Status {
    pub const ALL: [Self; 6] = [Self::New, Self::Open, Self::Pending, Self::OnHold, Self::Solved, Self::Closed];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Pending => "pending",
            Self::OnHold => "on_hold",
            Self::Solved => "solved",
            Self::Closed => "closed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    pub fn is_done(self) -> bool {
        matches!(self, Self::Solved | Self::Closed)
    }
}

/// How a body is written. `Jira` is the wiki markup of Jira Server and Data Center.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyFormat {
    #[default]
    Text,
    Html,
    Markdown,
    Jira,
}

impl BodyFormat {
    pub const ALL: [Self; 4] = [Self::Text, Self::Html, Self::Markdown, Self::Jira];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Jira => "jira",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == text)
    }
}

/// Who speaks in a comment, seen from the ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorRole {
    Requester,
    #[default]
    Agent,
    Engineer,
    System,
}

impl AuthorRole {
    pub const ALL: [Self; 4] = [Self::Requester, Self::Agent, Self::Engineer, Self::System];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requester => "requester",
            Self::Agent => "agent",
            Self::Engineer => "engineer",
            Self::System => "system",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// What kind of answer solved a ticket (SPEC §5.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResolutionClass {
    HowTo,
    Configuration,
    DataFix,
    RestartOrCache,
    FeatureFlag,
    KnownErrorWorkaround,
    CodeFix,
    ThirdParty,
    Duplicate,
    NoFaultFound,
    WontFix,
}

impl ResolutionClass {
    pub const ALL: [Self; 11] = [
        Self::HowTo,
        Self::Configuration,
        Self::DataFix,
        Self::RestartOrCache,
        Self::FeatureFlag,
        Self::KnownErrorWorkaround,
        Self::CodeFix,
        Self::ThirdParty,
        Self::Duplicate,
        Self::NoFaultFound,
        Self::WontFix,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::HowTo => "how_to",
            Self::Configuration => "configuration",
            Self::DataFix => "data_fix",
            Self::RestartOrCache => "restart_or_cache",
            Self::FeatureFlag => "feature_flag",
            Self::KnownErrorWorkaround => "known_error_workaround",
            Self::CodeFix => "code_fix",
            Self::ThirdParty => "third_party",
            Self::Duplicate => "duplicate",
            Self::NoFaultFound => "no_fault_found",
            Self::WontFix => "wont_fix",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == text)
    }

    /// The class that a tracker's own label means (`Fixed`, `Won't Fix`, `Cannot Reproduce`, …); `None` when it says
    /// nothing about the answer (`Done`).
    pub fn from_label(label: &str) -> Option<Self> {
        let label: String = label.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        Some(match label.as_str() {
            "fixed" | "implemented" | "resolved" | "codefix" => Self::CodeFix,
            "duplicate" | "duplicated" | "closedbymerge" => Self::Duplicate,
            "wontfix" | "wontdo" | "later" | "notplanned" | "abandoned" => Self::WontFix,
            "cannotreproduce" | "notaproblem" | "notabug" | "invalid" | "worksforme" | "incomplete" => {
                Self::NoFaultFound
            }
            "informationprovided" | "howto" | "usererror" => Self::HowTo,
            "workaround" => Self::KnownErrorWorkaround,
            "configuration" => Self::Configuration,
            other => return Self::ALL.into_iter().find(|class| class.as_str().replace('_', "") == other),
        })
    }
}

/// A ticket as its source describes it. Ids are the source's own; the row ids of the store never appear here.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Ticket {
    pub id: String,
    pub subject: String,
    pub body: String,
    pub body_format: BodyFormat,
    pub status: Status,
    pub priority: Option<String>,
    pub product: Option<String>,
    pub components: Vec<String>,
    /// The versions that the customer runs or the tracker lists as affected, as written.
    pub affected_versions: Vec<String>,
    pub fix_versions: Vec<String>,
    pub environment: Option<String>,
    /// The person who asked, as the source names them. Personal data.
    pub requester: Option<String>,
    pub account: Option<String>,
    pub group: Option<String>,
    pub assignee: Option<String>,
    pub tags: Vec<String>,
    pub created_at: Millis,
    pub updated_at: Millis,
    pub solved_at: Option<Millis>,
    /// What solved it, as the source has it: a label (`Fixed`) or a sentence.
    pub resolution: Option<String>,
    pub resolution_class: Option<ResolutionClass>,
    pub merged_into: Option<String>,
    /// Links to other tickets of the same source, duplicates included.
    pub links: Vec<Link>,
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Service::is_empty")]
    pub service: Service,
    /// Keys of the source that have no column yet: kept, never shown as facts.
    pub extra: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Comment {
    /// The ticket's id in the same source.
    pub ticket: String,
    pub id: String,
    pub author: Option<String>,
    pub author_role: AuthorRole,
    /// `false` is an internal note: it never leaves the team.
    pub public: bool,
    pub body: String,
    pub body_format: BodyFormat,
    pub created_at: Millis,
    /// What it says of other tickets: `Duplicate of #12`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// Files that came with a ticket or with one of its comments, by name and size: what is in them is never fetched unasked.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Attached {
    pub ticket: String,
    /// The id of the comment. `None`: they came with the ticket itself.
    pub comment: Option<String>,
    pub files: Vec<Attachment>,
}

#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attachment {
    pub name: String,
    /// In bytes.
    pub size: Option<i64>,
}

/// One handoff: a ticket moved between groups or people.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Hop {
    pub ticket: String,
    pub at: Millis,
    pub from_group: Option<String>,
    pub to_group: Option<String>,
    pub by: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trackers_labels_mean_one_of_our_classes_or_nothing() {
        assert_eq!(ResolutionClass::from_label("Won't Fix"), Some(ResolutionClass::WontFix));
        assert_eq!(ResolutionClass::from_label("Cannot Reproduce"), Some(ResolutionClass::NoFaultFound));
        assert_eq!(ResolutionClass::from_label("restart_or_cache"), Some(ResolutionClass::RestartOrCache));
        assert_eq!(ResolutionClass::from_label("Done"), None);
    }
}
