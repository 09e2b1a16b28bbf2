//! What is passed in about figures, tiers and costs.

use domain::Tier;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Tickets that came in within so many days, up to now.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PeriodArgs {
    /// 90 when left out; 0 for everything.
    #[ts(optional)]
    pub days: Option<u32>,
    /// Only of these.
    #[ts(optional)]
    pub part: Option<PartArgs>,
}

/// What tells cohorts apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PartBy {
    Product,
    /// The first that a ticket is about.
    Version,
    /// The highest that had it.
    Tier,
    /// In which it came in, in UTC.
    Month,
    /// Whether engineering had it.
    Escalated,
    /// Whether somebody said that a suggestion was used.
    Used,
    /// Whether it was solved and is open again.
    Reopened,
}

/// Tickets that have something in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PartArgs {
    pub by: PartBy,
    /// `null` of those that say nothing of it. A tier is `l1`, `l2` or `l3`, a month `2026-03`; whether something was is `yes` or `no`.
    #[serde(default)]
    pub value: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CohortsArgs {
    #[serde(default)]
    pub period: PeriodArgs,
    pub by: PartBy,
}

/// When support is at work.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct HoursArgs {
    /// From Monday on.
    pub days: [bool; 7],
    /// `09:00`; `closes` is after `opens`, and at most `24:00`.
    pub opens: String,
    pub closes: String,
    /// As the tz database calls it.
    pub zone: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FigureArgs {
    /// As in `insights_get`.
    pub name: String,
    #[serde(default)]
    pub period: PeriodArgs,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FigureRowsArgs {
    pub name: String,
    #[serde(default)]
    pub period: PeriodArgs,
    /// Its base, and not only what was counted of it.
    #[serde(default)]
    pub base: bool,
    #[serde(default)]
    pub offset: u32,
    /// At most 500.
    pub limit: u32,
}

/// A number of a picture: of a tier, of a month, or of an hour of the week.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct BehindArgs {
    pub period: PeriodArgs,
    /// `l1`, `l2` or `l3`.
    #[ts(optional)]
    pub tier: Option<String>,
    /// Its first moment.
    #[ts(optional)]
    pub month: Option<i64>,
    /// Of the month: `tickets`, `escalated`, `solved`, `alone`, `l1`, `l1_handed`, `l2` or `l2_handed`.
    #[ts(optional)]
    pub what: Option<String>,
    /// From Monday on.
    #[ts(optional)]
    pub day: Option<u32>,
    #[ts(optional)]
    pub hour: Option<u32>,
}

/// Which group is which tier, and what makes a ticket one of engineering's.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TiersArgs {
    /// Groups that are not named have the tier that their name says.
    pub groups: Vec<GroupTierArgs>,
    /// Of whoever a ticket is with, where groups say too little: they go before its group.
    pub agents: Vec<GroupTierArgs>,
    /// They go before both; of several the highest.
    pub tags: Vec<GroupTierArgs>,
    /// It led to an issue of a repository, or was caused or fixed by one.
    pub issue: bool,
    /// A group, an agent or a tag of the third tier had it.
    pub group: bool,
    /// An engineer wrote in it.
    pub engineer: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GroupTierArgs {
    pub name: String,
    #[ts(type = "'l1' | 'l2' | 'l3'")]
    pub tier: Tier,
}

/// Whether an error or a known error always needs engineering.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AlwaysArgs {
    /// As `insights_get` and `avoidable_get` name it.
    pub name: String,
    pub always: bool,
}

/// Of which sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LookKind {
    /// What a ticket is tied to.
    Tie,
    /// What the exam found for an escalation as of when it was raised.
    Answer,
}

/// What somebody saw.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LookArgs {
    pub kind: LookKind,
    pub ticket: String,
    /// What it is tied to, or what was found.
    pub other: String,
    /// `null` takes it back.
    pub fits: Option<bool>,
}

/// Why a ticket was escalated that has no package.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReasonArgs {
    pub ticket: String,
    /// As packages call it; `null` takes it back.
    pub reason: Option<String>,
}

/// From when on support handles an error or a known error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HandledRuleArgs {
    /// That support alone solved, one at the least.
    pub tickets: u32,
    /// Within so many days, up to ten years.
    pub days: u32,
}

/// From where on impact and urgency are high.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SeverityRuleArgs {
    /// Accounts that are hit.
    pub accounts: u32,
    /// As many times what is usual within a day.
    pub times: f64,
}

/// What somebody asks of a severity: what it would be.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct SeverityArgs {
    pub accounts: u32,
    /// Different people within a day, and on a usual one.
    pub people: u32,
    pub usual: f64,
    /// As it is kept when left out.
    #[serde(default)]
    #[ts(optional)]
    pub rule: Option<SeverityRuleArgs>,
}

/// What an escalation is assumed to take. Money has the rate's currency.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CostArgs {
    pub hours_low: f64,
    pub hours_high: f64,
    /// Of an engineer's hour.
    pub rate: f64,
    /// To find back into other work; 0 does not count it.
    pub refocus_minutes: f64,
    /// Who says so.
    #[serde(default)]
    #[ts(optional)]
    pub by: Option<String>,
    /// From what they know it.
    #[serde(default)]
    #[ts(optional)]
    pub source: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct BaselineArgs {
    pub period: PeriodArgs,
    /// In the place of one that was frozen before.
    pub replace: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportFormat {
    Markdown,
    Csv,
    Html,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReportArgs {
    pub format: ReportFormat,
    #[serde(default)]
    pub period: PeriodArgs,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReportSaveArgs {
    pub report: ReportArgs,
    /// With its whole path; left out: where downloads go.
    #[serde(default)]
    #[ts(optional)]
    pub folder: Option<String>,
}

/// What changed since when: milliseconds; since it was read last when left out, or else a week.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DigestArgs {
    #[ts(optional)]
    pub since: Option<i64>,
}
