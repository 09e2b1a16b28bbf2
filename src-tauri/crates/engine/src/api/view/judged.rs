//! What rests on the newest exam and on what people said of samples.

use super::{BandView, NamedCase};
use crate::api::args::LookKind;
use serde::Serialize;
use ts_rs::TS;

/// Escalations that had an answer in the base when they were raised.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AvoidableView {
    /// When the exam looked; `null`: none did yet.
    pub at: Option<i64>,
    /// Escalations that it asked, the newest of all, without those that always need engineering.
    pub asked: u64,
    /// Of them, those that had an answer, and nobody said that it was none.
    pub avoidable: u64,
    /// That it asked, and that always need engineering.
    pub always: u64,
    /// What always needs engineering, the latest said first.
    pub kinds: Vec<IssueTypeNamed>,
    pub of: u64,
    /// Answers that somebody looked at, and those that were the answer.
    pub looked_at: u64,
    pub confirmed: u64,
    pub rule: String,
    /// Newest first; with those that somebody denied.
    pub rows: Vec<AvoidableRow>,
    /// Alike, but not as good as certain: counted in neither hours nor money.
    pub perhaps: u64,
    pub hours: BandView,
    pub money: BandView,
    /// Hours are measured; otherwise assumed.
    pub measured: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct AvoidableRow {
    pub ticket: NamedCase,
    pub raised_at: i64,
    /// By which part of the rule it counts: `group`, `engineer` or `issue`.
    pub by: String,
    pub answer: NamedCase,
    /// Whether somebody said that it was the answer.
    pub fits: Option<bool>,
}

/// An error or a known error that always needs engineering.
#[derive(Clone, Debug, Serialize, TS)]
pub struct IssueTypeNamed {
    /// Of the signature or the known error; it outlives both.
    pub name: String,
    /// `null` where nothing of it is here.
    pub title: Option<String>,
    pub tickets: u64,
    pub at: i64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct AlwaysSaid {
    pub name: String,
    pub before: bool,
    pub after: bool,
}

/// What solved tickets are tied to, to look at: twenty at a time, drawn by chance that is always the same.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SampleView {
    /// Solved tickets of the period that are tied to something.
    pub tied: u64,
    /// Of them, those that somebody looked at, and those of which everything fits.
    pub looked_at: u64,
    pub right: u64,
    pub rows: Vec<SampleRow>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct SampleRow {
    pub ticket: NamedCase,
    /// What it is tied to.
    pub other: NamedCase,
    pub fits: Option<bool>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct LookedAtView {
    pub kind: LookKind,
    pub ticket: String,
    pub other: String,
    pub before: Option<bool>,
    pub after: Option<bool>,
}

/// How severe an error is: impact × urgency, with what each was taken from.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SeverityView {
    /// High where both are, medium where one is, low where none is.
    #[ts(type = "'low' | 'medium' | 'high'")]
    pub class: ::insights::Class,
    /// Impact is high, and urgency.
    pub wide: bool,
    pub fast: bool,
    /// Different accounts of four weeks.
    pub accounts: u64,
    /// Different people within a day, and on a usual one of the four weeks before.
    pub people: u64,
    pub usual: f64,
    pub rule: SeverityRuleView,
    /// Tickets of four weeks whose priority says another class, by what they say.
    pub otherwise: Vec<TicketsSaying>,
}

#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct SeverityRuleView {
    /// Impact is high from so many accounts on.
    pub accounts: u32,
    /// Urgency is high from so many times what is usual on …
    pub times: f64,
    /// … which is so much at the least.
    pub least_usual: f64,
    /// Somebody said so; otherwise as shipped.
    pub chosen: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct TicketsSaying {
    pub priority: String,
    pub tickets: Vec<String>,
}

/// Escalated tickets that have no package, to say why: twenty at a time, those escalated last.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReasonsLeft {
    /// Of the period.
    pub of: u64,
    /// Of which nobody said why.
    pub left: u64,
    pub rows: Vec<ReasonLeft>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ReasonLeft {
    pub ticket: NamedCase,
    pub raised_at: i64,
    /// What the text of support and engineering speaks for; `null`: for nothing.
    pub proposed: Option<String>,
    /// What was written for it; empty where its end alone speaks for it.
    pub quotes: Vec<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ReasonSaid {
    pub ticket: String,
    pub before: Option<String>,
    pub after: Option<String>,
}
