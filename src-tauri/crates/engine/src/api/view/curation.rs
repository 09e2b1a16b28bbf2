//! What there is to capture, to curate and to follow up.

use super::{FixDeployView, FixView, KnowledgeChanged};
use serde::Serialize;
use ts_rs::TS;

/// An entry that begins with a solved ticket, without what belongs to somebody.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CaptureDraft {
    pub ticket: String,
    pub title: String,
    pub issue: String,
    pub environment: String,
    pub cause: String,
    pub workaround: String,
    pub resolution: String,
    pub product: Option<String>,
    pub affected_versions: Vec<String>,
    pub fix_versions: Vec<String>,
    /// The functions that ran, as links to code.
    pub code: Vec<String>,
    /// What was ticked on the ticket.
    pub tried: Vec<String>,
    /// What says nearly the same already, nearest first.
    pub near: Vec<CaptureNear>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct CaptureNear {
    /// `known_error` or `article`.
    pub kind: String,
    pub id: String,
    /// Its file; `null` of a known error that the helpdesk has.
    pub path: Option<String>,
    pub title: String,
    /// The first line of what it says to do.
    pub said: String,
    pub confidence: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct AsideView {
    pub item: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct CurateView {
    /// What weighs most comes first.
    pub items: Vec<CurateItem>,
    /// Solved tickets that are tied to nothing known.
    pub to_capture: u64,
    /// A knowledge folder was chosen.
    pub folder: bool,
}

/// Something that somebody has to look at.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CurateItem {
    /// By which it is set aside.
    pub item: String,
    /// `engineers` (nobody but engineering ever solved it), `cluster` (solved tickets of one problem without a known error),
    /// `draft` (nobody validated it), `look` (there is a cause to look at it), `duplicate` (two entries say nearly the same) or
    /// `repeat` (handed over although it was answered before).
    pub kind: String,
    pub title: String,
    /// The file, or the files, that it is about; none of a cluster.
    pub paths: Vec<String>,
    /// Titles of those files; of a repeat, what had the answer.
    pub titles: Vec<String>,
    /// Of `look`: the causes. Of `cluster`: `trace` or `links`.
    pub why: Vec<super::FreshnessCause>,
    /// The tickets that it is about, oldest first.
    pub tickets: Vec<String>,
    /// Of them, how many went to engineering.
    pub escalated: u32,
    /// Tickets, and those that went to engineering three times more.
    pub weight: u32,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct EntriesMerged {
    pub keep: KnowledgeChanged,
    pub archived: KnowledgeChanged,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct FollowUpsView {
    pub groups: Vec<FollowUpGroup>,
}

/// A known error whose fix is out, and who waits for it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FollowUpGroup {
    pub id: String,
    pub display_id: String,
    pub title: String,
    pub state: String,
    pub fix_versions: Vec<String>,
    /// Those of them that are out, and who says so.
    pub out: Vec<FixOutView>,
    /// Environments that run one of them, or a later one of its line.
    pub runs: Vec<FixDeployView>,
    /// It lies in the knowledge folder, so its state can be changed here.
    pub path: Option<String>,
    pub rows: Vec<FollowUpRow>,
    /// Customers who were told.
    pub told: u32,
    /// Days since the last ticket about it came.
    pub quiet_days: Option<u32>,
    /// The newest ticket from somebody who runs the fix.
    pub came_back: Option<String>,
}

/// A version with the fix that is out.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FixOutView {
    pub version: String,
    /// Who tells of it; `null`: a tag of a repository.
    pub source: Option<String>,
    /// When it was published; `null` where nobody says.
    pub at: Option<i64>,
    /// Where people read of it in a browser.
    pub url: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct FollowUpRow {
    /// By which it is noted as done.
    pub item: String,
    pub ticket: String,
    pub display_id: String,
    pub subject: String,
    pub requester: Option<String>,
    pub account: Option<String>,
    pub status: String,
    /// What the customer ran.
    pub version: Option<String>,
    pub fix: Option<FixView>,
}

/// Something that was done.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DeedView {
    pub id: i64,
    pub at: i64,
    /// The command by which it was done.
    pub what: String,
    /// The id, or the file, of what it was done to.
    pub about: String,
    /// It can be taken back.
    pub can_undo: bool,
    /// When it was taken back.
    pub undone_at: Option<i64>,
}
