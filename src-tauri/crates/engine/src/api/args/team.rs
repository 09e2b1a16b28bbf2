//! What the knowledge folder is asked for, and sharing it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct KnowledgeCloneArgs {
    /// `https://…`, `ssh://…`, `git@host:path`, or a folder that several machines see.
    pub address: String,
    /// Where the clone goes: a folder that is not there yet, or empty.
    pub path: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct KnowledgeShareArgs {
    /// What to say of the edits that are committed; which files they are, when left out.
    #[ts(optional)]
    pub message: Option<String>,
    /// Where to share a folder that is not shared yet.
    #[ts(optional)]
    pub to: Option<String>,
    /// A branch of the team's to give it to, to be looked at first; the usual one when left out.
    #[ts(optional)]
    pub branch: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct KnowledgeDiffArgs {
    /// An entry or a rule, by its id or path; everything when left out.
    #[ts(optional)]
    pub id: Option<String>,
    /// What this commit changed; when left out, what was done here and the team has not.
    #[ts(optional)]
    pub commit: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct KnowledgeResolveArgs {
    pub path: String,
    /// `ours` or `theirs`, the whole of it.
    #[serde(default)]
    #[ts(optional)]
    pub side: Option<String>,
    /// The file as it is to be.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct KnowledgeListArgs {
    /// `known_error`, `article`, `runbook` or `concept`; every kind when left out.
    pub kind: Option<String>,
    /// Only what an `internal`, `partner`, `customer` or `public` reader may read.
    #[ts(optional)]
    pub audience: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct KnowledgeExportArgs {
    /// Where to: a folder that has nothing of it yet.
    pub path: String,
    /// Only what an `internal`, `partner`, `customer` or `public` reader may read; everything when left out.
    #[serde(default)]
    #[ts(optional)]
    pub audience: Option<String>,
}
