//! How the knowledge folder stands towards the team's.

use serde::Serialize;
use ts_rs::TS;

/// Asks no server: what the team did since it was last got is not known.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct KnowledgeStanding {
    pub branch: String,
    /// Where it is shared; empty where it is not yet.
    pub remote: String,
    /// Files that were edited and not committed yet.
    pub edited: u64,
    /// Commits that the team has not.
    pub ahead: u64,
    /// Commits of the team that were got and are not in the folder yet.
    pub behind: u64,
    /// Files in which somebody has to choose first.
    pub conflicts: u64,
    /// Who commits here; empty where git does not know.
    pub author: String,
    /// When the team's changes were last got; `null` where never from here.
    pub got_at: Option<i64>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct KnowledgeShared {
    /// `same`, `taken`, or `waits`: nothing was taken, because somebody has to choose first.
    pub outcome: String,
    /// Files of the team's that changed here.
    pub taken: u64,
    /// Whether edits were committed here.
    pub kept: bool,
    /// Commits that the team has now and had not before.
    pub given: u64,
    /// Where somebody has to choose.
    pub waits: Vec<String>,
    /// Commits that came and deserve a second look, newest first.
    pub marked: Vec<KnowledgeMarked>,
    pub standing: KnowledgeStanding,
}

/// A commit of somebody whom the team does not know, or without the signature that it asks for.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KnowledgeMarked {
    pub commit: String,
    pub author: String,
    pub at: i64,
    pub summary: String,
    /// `unknown`, `unsigned` or `unverified`.
    pub why: String,
}

/// A commit that changed a file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KnowledgePast {
    pub commit: String,
    pub author: String,
    pub at: i64,
    pub summary: String,
    /// `added`, `changed` or `removed`.
    pub edit: String,
}

/// A line of a file and who wrote it; commit and author are empty of what is not committed yet.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KnowledgeLine {
    pub text: String,
    pub commit: String,
    pub author: String,
    pub at: Option<i64>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct KnowledgeDiff {
    pub path: String,
    /// Empty of what is no text.
    pub patch: String,
}

/// A file in which two edits of the same meet.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KnowledgeConflict {
    pub path: String,
    /// Of the entry, where it can be read.
    pub title: String,
    /// The names of fields, `body`, or `file`.
    pub places: Vec<String>,
    pub pieces: Vec<KnowledgePiece>,
    /// The whole file on each side; `null` where it is gone.
    pub ours: Option<String>,
    pub theirs: Option<String>,
    /// Chosen already; it waits for the others.
    pub settled: bool,
}

/// A stretch of it: either agreed, or one side of each.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KnowledgePiece {
    pub agreed: Option<String>,
    /// What is to choose, where nothing is agreed.
    pub place: String,
    pub ours: Option<String>,
    pub theirs: Option<String>,
}
