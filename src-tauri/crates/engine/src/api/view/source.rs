//! Servers that are asked, and what left this machine for them.

use super::JobView;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One source and how it is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SourceDetail {
    pub name: String,
    /// `files`, `sample`, `github`, …
    pub kind: String,
    pub tickets: u64,
    pub last_ok_at: Option<i64>,
    /// Where it is asked; `null` where nobody is.
    pub url: Option<String>,
    pub options: Vec<SourceOption>,
    /// How far it may reach: `public`, `private` (the person allowed their own network) or `this_machine`.
    pub reach: Option<String>,
    pub has_token: bool,
    /// Its token was given for one run of this program, which is over: it is to be given again.
    pub asks_token: bool,
    /// Somebody signs in to it in their browser.
    pub signs_in: bool,
    /// What can be written there by its kind: `issue`, `comment`, `note`.
    pub writes: Vec<String>,
    /// The person allowed it. Nothing is written where nobody did.
    pub may_write: bool,
    /// It is left alone until somebody looks: see `failure`.
    pub stopped: bool,
    /// Somebody wants it to be left alone.
    pub paused: bool,
    /// The server asked to be left alone until then.
    pub not_before: Option<i64>,
    /// It is being asked right now.
    pub syncing: bool,
    /// Why the last run ended early.
    pub failure: Option<SourceFailureView>,
    /// What is not here of it, though it is there.
    pub left_out: LeftOutView,
}

/// What a source leaves out, until a run reads it again.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct LeftOutView {
    /// What its account may not read.
    pub refused: Vec<RefusedView>,
    /// Records that could not be read.
    pub skipped: u64,
    /// The first of them, with why.
    pub skips: Vec<SkipView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct RefusedView {
    /// `events`, `metrics`, `articles`, `releases`, …; empty for the tickets themselves.
    pub what: String,
    pub code: String,
    /// In the server's words.
    pub message: String,
    /// Since when.
    pub at: i64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct SkipView {
    /// The id of the record, or the name of a file; `null` where it says none.
    pub record: Option<String>,
    pub reason: String,
    pub count: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceOption {
    pub key: String,
    pub value: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct SourceFailureView {
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    pub at: i64,
}

/// What a source turned out to be.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SourceTest {
    /// As the server calls it.
    pub name: String,
    /// Not everybody may see it.
    pub private: bool,
    /// Requests that are left before the server's limit; `null` where it does not say.
    pub requests_left: Option<u64>,
    /// With a token.
    pub signed_in: bool,
    /// What it goes without: `export`, `requests`, `tickets`, `membership`, `scope`, `write`, `private_notes`, or the name of a
    /// list that this account may not read.
    pub lacks: Vec<String>,
}

/// Where somebody signs in.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SignIn {
    /// To be opened in the person's own browser.
    pub page: String,
    /// To be typed in there; `null` where the browser comes back by itself.
    pub code: Option<String>,
    /// Runs until somebody said yes there, or time is over.
    pub job: JobView,
}

/// How often sources are asked by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Rhythm {
    /// As chosen; `null`: only when somebody asks.
    pub minutes: Option<u32>,
    /// As things stand right now; `null`: not at all for now.
    pub now: Option<u32>,
    /// Why that is less often than was chosen.
    pub slower: Option<Slower>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Slower {
    Battery,
    /// Nothing is asked by itself with the last of a battery.
    LowBattery,
    Metered,
}

/// Requests that left this machine.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Ledger {
    /// Of all that were asked for, whatever the page.
    pub total: u64,
    pub bytes_out: u64,
    pub bytes_in: u64,
    pub rows: Vec<LedgerRow>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct LedgerRow {
    pub at: i64,
    pub source: String,
    /// With its port where that is not the usual one.
    pub host: String,
    pub method: String,
    /// Without the query.
    pub path: String,
    /// `issues`, `comments`, `test`, …
    pub purpose: String,
    /// `null`: there was no answer.
    pub status: Option<u16>,
    /// The code of the error that ended it.
    pub failed: Option<String>,
    /// What passed the socket for it, with TLS and the proxy's greeting where there are any.
    pub bytes_out: u64,
    pub bytes_in: u64,
}
