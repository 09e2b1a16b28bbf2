//! What the records of each format mean.

pub(crate) mod centre;
pub(crate) mod datadog;
mod fields;
mod forge;
pub(crate) mod freshdesk;
pub(crate) mod github;
pub(crate) mod github_deploy;
pub(crate) mod github_release;
pub(crate) mod github_timeline;
pub(crate) mod gitlab;
pub(crate) mod gitlab_release;
mod interchange;
pub(crate) mod intercom;
pub(crate) mod jira;
pub(crate) mod lenient;
mod object;
mod people;
pub(crate) mod redmine;
pub(crate) mod rt;
pub(crate) mod sentry;
pub(crate) mod sentry_release;
mod table;
pub(crate) mod zendesk;

pub(crate) use fields::Loose;
pub(crate) use object::Object;
pub(crate) use table::Columns;

use domain::Change;
use std::str::FromStr;

/// How an export is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// Told by the first record that looks like one of the others.
    #[default]
    Auto,
    /// The interchange format of this crate's documentation.
    Jsonl,
    /// Issues of Jira's REST API, version 2 (wiki markup) or 3 (document format), with their comments.
    Jira,
    /// Tickets of Zendesk's API or of its account export, with their comments where they are there.
    Zendesk,
    /// Issues and issue comments of GitHub's REST API.
    Github,
    /// Rows under a header, separated by comma, semicolon, tab or bar.
    Csv,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a format that can be imported: use auto, jsonl, jira, zendesk, github or csv")]
pub struct UnknownFormat(String);

impl Format {
    pub const ALL: [Self; 6] = [Self::Auto, Self::Jsonl, Self::Jira, Self::Zendesk, Self::Github, Self::Csv];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Jsonl => "jsonl",
            Self::Jira => "jira",
            Self::Zendesk => "zendesk",
            Self::Github => "github",
            Self::Csv => "csv",
        }
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;
    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        Self::ALL.into_iter().find(|format| format.as_str() == text).ok_or_else(|| UnknownFormat(text.into()))
    }
}

/// Why a record was skipped, in words that follow "line 7: ".
pub(crate) type Reason = String;

/// Reads one JSON record. `format` is one that was named or detected; `Auto` and `Csv` have no JSON records.
pub(crate) fn read(format: Format, record: &str, changes: &mut Vec<Change>) -> Result<(), Reason> {
    match format {
        Format::Jira => jira::read(record, changes),
        Format::Zendesk => zendesk::read(record, changes),
        Format::Github => github::read(record, changes),
        Format::Jsonl | Format::Auto | Format::Csv => interchange::read(record, changes),
    }
}

/// The format that a JSON record is in; `None` when it is in none of them.
pub(crate) fn detect(record: &Object<'_>) -> Option<Format> {
    let has = |key| record.has(key);
    if has("kind") {
        Some(Format::Jsonl)
    } else if has("fields") && has("key") {
        Some(Format::Jira)
    } else if (has("number") && has("title")) || has("issue_url") {
        Some(Format::Github)
    } else if has("id") && (has("raw_subject") || has("ticket_id") || (has("subject") && has("description"))) {
        Some(Format::Zendesk)
    } else {
        None
    }
}

/// What the JSON reader says, without the line it cannot know and in the order people read.
pub(crate) fn reason(error: &serde_json::Error) -> Reason {
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    match error.classify() {
        serde_json::error::Category::Eof => "the record is cut off".into(),
        serde_json::error::Category::Data => text.into(),
        _ => format!("this is not JSON: {text} (column {})", error.column()),
    }
}
