//! What is passed in about figures, tiers and costs.

use domain::Tier;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Tickets that came in within so many days, up to now.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PeriodArgs {
    /// 90 when left out; 0 for everything.
    #[ts(optional)]
    pub days: Option<u32>,
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

/// Which group is which tier, and what makes a ticket one of engineering's.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TiersArgs {
    /// Groups that are not named have the tier that their name says.
    pub groups: Vec<GroupTierArgs>,
    /// It led to an issue of a repository, or was caused or fixed by one.
    pub issue: bool,
    /// A group of the third tier had it.
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

/// What an escalation is assumed to take. Money has the rate's currency.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct CostArgs {
    pub hours_low: f64,
    pub hours_high: f64,
    /// Of an engineer's hour.
    pub rate: f64,
    /// To find back into other work; 0 does not count it.
    pub refocus_minutes: f64,
}

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
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
