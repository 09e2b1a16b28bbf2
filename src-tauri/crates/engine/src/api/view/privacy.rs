//! What may leave this machine, and what stays how long.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A text that may leave. Copy `text` as it is: it is what was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RedactedView {
    pub text: String,
    /// What was taken out, in order.
    pub spans: Vec<RedactedSpan>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RedactedSpan {
    /// In bytes of the text as it was given.
    pub start: u64,
    pub end: u64,
    /// `email`, `phone`, `iban`, `card`, `jwt`, `token`, `secret`, `credentials`, `private_key`, `ip` or `name`.
    pub kind: String,
    /// What stands in its place: `[e-mail 1]`. The same value has the same number.
    pub placeholder: String,
}

/// A rule covers tickets whose last change is older than `days`, of a group and a product or of any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RetentionRuleView {
    pub days: u32,
    #[serde(default)]
    pub group: Option<String>,
    #[serde(default)]
    pub product: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct RetentionView {
    pub rules: Vec<RetentionRuleView>,
    /// To choose from: those that tickets here have.
    pub groups: Vec<String>,
    pub products: Vec<String>,
}

/// What retention rules cover.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CoveredView {
    pub tickets: u64,
    /// The first 500, longest unchanged first: for `cases_list`.
    pub ids: Vec<String>,
}

/// What a purge takes away.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PurgeView {
    /// The source's name, or the ticket's id.
    pub what: String,
    pub tickets: u64,
    pub comments: u64,
    pub known_errors: u64,
    /// Of its help centre.
    pub articles: u64,
    /// Copies of the whole database, and damaged ones that were moved aside, which go too; a copy is made anew.
    pub copies: u64,
}

/// Where a word was found, with everything decrypted.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ScanView {
    /// Pages, free ones included.
    pub database: u64,
    /// Terms and files.
    pub index: u64,
}

/// Where the data of this workspace lies.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PrivacyView {
    pub home: String,
    pub folders: Vec<FolderView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct FolderView {
    /// `database`, `index`, `keys`, `backups`.
    pub what: String,
    pub path: String,
    pub bytes: u64,
}

/// The configuration without secrets.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ConfigView {
    pub json: String,
}
