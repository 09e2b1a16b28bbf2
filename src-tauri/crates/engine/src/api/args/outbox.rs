//! Writing to other machines.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OutboxWriteArgs {
    /// `issue`, `comment`, `note` or `link`.
    pub kind: String,
    /// The source of a new issue, or the ticket that a comment, a note or a link is for.
    pub to: String,
    /// The ticket that it is about: its people are taken out by name.
    #[serde(default)]
    #[ts(optional)]
    pub about: Option<String>,
    /// Of an issue.
    #[serde(default)]
    #[ts(optional)]
    pub title: Option<String>,
    /// Of a link: the ticket of the problem, in the same source.
    #[serde(default)]
    #[ts(optional)]
    pub problem: Option<String>,
    /// Markdown; nothing of a link.
    pub text: String,
    /// Somebody looked and wants it whole: nothing is taken out.
    #[serde(default)]
    #[ts(optional)]
    pub as_is: Option<bool>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OutboxArgs {
    #[ts(type = "number")]
    pub id: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OutboxSendArgs {
    #[ts(type = "number")]
    pub id: i64,
    /// Of what was shown.
    pub seal: String,
    /// Somebody looked there, and it did not arrive: it is sent without asking.
    #[serde(default)]
    #[ts(optional)]
    pub not_there: Option<bool>,
    /// The seal of the conflict that somebody saw, who wants it sent all the same.
    #[serde(default)]
    #[ts(optional)]
    pub seen: Option<String>,
}
