//! The team's knowledge folder and what lies in it.

use serde::Serialize;
use ts_rs::TS;

/// The folder, as it was when it was last read.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KnowledgeView {
    pub folder: String,
    pub known_errors: u64,
    pub articles: u64,
    pub runbooks: u64,
    pub concepts: u64,
    pub rules: u64,
    /// Files that could not be read as an entry or a rule.
    pub unread: u64,
    /// What a check would say.
    pub findings: u64,
    /// The same on two machines where every file is the same.
    pub hash: String,
    /// Known errors and articles that are new or changed here since it was read before, and those that are gone.
    pub changed: u64,
    pub gone: u64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct KnowledgeEntry {
    /// `known_error`, `article`, `runbook` or `concept`.
    pub kind: String,
    pub id: String,
    pub title: String,
    /// Below the folder.
    pub path: String,
    /// A known error's state; empty of others.
    pub state: String,
    /// `work_in_progress`, `not_validated`, `validated` or `archived`.
    pub confidence: String,
    /// `internal`, `partner`, `customer` or `public`.
    pub audience: String,
}

/// An entry in full.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KnowledgeText {
    pub entry: KnowledgeEntry,
    /// The file, as it is.
    pub text: String,
    /// Its text without the fields, safe to show.
    pub html: String,
    /// Numbered steps that help without a fix.
    pub workaround: Vec<String>,
    pub findings: Vec<String>,
}

/// Something to mend in a file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KnowledgeFinding {
    pub path: String,
    pub what: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct KnowledgeCopied {
    pub files: u64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct KnowledgeTakenIn {
    /// Paths of what is new.
    pub added: Vec<String>,
    pub unchanged: u64,
    /// What was left, and why.
    pub left: Vec<KnowledgeFinding>,
}
