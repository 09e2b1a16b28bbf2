//! Figures, tiers and costs. Nothing in here is of a single person.

use super::{EscalationRow, QueueRow, SeverityView, SinceView, StagesView};
use crate::api::args::PartBy;
use domain::Tier;
use serde::Serialize;
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, TS)]
pub struct InsightsView {
    pub from: i64,
    pub until: i64,
    /// That came in within the period.
    pub tickets: u64,
    /// What makes a ticket one of engineering's.
    pub rule: String,
    /// What hours at work are: days, times and zone.
    pub hours: String,
    pub figures: Vec<FigureView>,
    pub funnel: FunnelView,
    pub months: Vec<MonthView>,
    pub cost: CostView,
    /// Why cases were handed over, most often first.
    pub reasons: Vec<ReasonCount>,
    /// Where the time of escalated tickets went.
    pub stages: StagesView,
    /// Tickets that came in: seven days from Monday on, each of 24 hours, on the clock of the hours at work.
    pub arrivals: Vec<Vec<u64>>,
    pub shift: ShiftView,
    /// Which tier solved what; what is worth moving down a tier most comes first, at most twenty.
    pub capabilities: Vec<CapabilityView>,
    /// From when on support handles one.
    pub handled: HandledRuleView,
    /// What was published or brought somewhere within the period, oldest first; the newest forty.
    pub releases: Vec<ReleaseMark>,
    /// Errors that only engineering ever solved, most tickets first; at most twenty.
    pub engineer_only: Vec<IssueTypeView>,
    /// What many people report today that hardly anybody reported before.
    pub bursts: Vec<BurstView>,
    pub baseline: Option<BaselineView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FigureView {
    pub name: String,
    pub formula: String,
    /// What it is a share or a spread of.
    pub base: String,
    #[ts(type = "'share' | 'hours' | 'count'")]
    pub unit: ::insights::Unit,
    /// What is counted.
    #[ts(type = "'tickets' | 'escalations' | 'problems' | 'facts'")]
    pub counts: ::insights::Of,
    pub target: Option<f64>,
    /// All is well from the target on, and not below it.
    pub at_least: bool,
    /// Figures that it is never shown without.
    pub with: Vec<String>,
    /// It rests on the rule.
    pub by_rule: bool,
    /// Share, or mean; `null` where there is nothing to divide by.
    pub value: Option<f64>,
    pub count: u64,
    pub of: u64,
    pub median: Option<f64>,
    pub p90: Option<f64>,
    /// Where the value is the least that it can be: the most.
    pub at_most: Option<f64>,
    /// Of hours: the same, in hours at work.
    pub at_work: Option<SpreadView>,
    /// Of the frozen baseline.
    pub before: Option<f64>,
    /// Of the time to solve, where times were frozen too: how sure the change is.
    pub since: Option<SinceView>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct SpreadView {
    pub mean: f64,
    pub median: f64,
    pub p90: f64,
}

/// What is behind a number, newest first: tickets, or packages that were handed over.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FigureRows {
    pub total: u64,
    pub rows: Vec<QueueRow>,
    pub escalations: Vec<EscalationRow>,
}

/// The same figures of tickets that have something in common, side by side.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CohortsView {
    pub by: PartBy,
    pub rule: String,
    /// Of the figures, in their order.
    pub names: Vec<String>,
    /// Cohorts that there are; those with most tickets are shown, of months the latest.
    pub of: u64,
    pub rows: Vec<CohortView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct CohortView {
    /// `null` of those that say nothing of it.
    pub value: Option<String>,
    pub tickets: u64,
    pub figures: Vec<FigureView>,
}

/// When support is at work.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HoursView {
    /// From Monday on.
    pub days: [bool; 7],
    pub opens: String,
    pub closes: String,
    pub zone: String,
    pub words: String,
    /// Somebody said so; otherwise from nine to five.
    pub chosen: bool,
}

/// Tickets that each tier had.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct FunnelView {
    pub l1: u64,
    pub l2: u64,
    pub l3: u64,
}

/// Tickets that came in within a calendar month (UTC).
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct MonthView {
    pub from: i64,
    pub tickets: u64,
    pub escalated: u64,
    pub solved: u64,
    /// Solved by support alone.
    pub alone: u64,
    /// That the first tier had, and of these those that it handed on.
    pub l1: u64,
    pub l1_handed: u64,
    /// That the second tier had, and of these those that it handed to the third.
    pub l2: u64,
    pub l2_handed: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct BandView {
    pub low: f64,
    pub high: f64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct CostView {
    pub hours_low: f64,
    pub hours_high: f64,
    pub rate: f64,
    pub refocus_minutes: f64,
    /// Where each of the four comes from.
    pub basis: Vec<CostBasisView>,
    /// Of so many escalations the effort was logged; 0: hours are assumed.
    pub measured: u64,
    /// It takes so many to measure.
    pub needed: u64,
    /// Escalations a month, on average of the period.
    pub escalations: f64,
    pub each: BandView,
    pub monthly: BandView,
    pub yearly: BandView,
    /// The article's example with the same formula: 200 tickets a month, four of ten escalated, 2 to 4 hours at 150.
    pub example_monthly: BandView,
    pub example_yearly: BandView,
}

/// Where a number of the costs comes from.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CostBasisView {
    /// As the field is called: `hours_low`, `hours_high`, `rate` or `refocus_minutes`.
    pub name: String,
    /// `null`: it is as shipped, from the article's example.
    pub at: Option<i64>,
    /// Empty where nobody said.
    pub by: String,
    pub source: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ReasonCount {
    pub reason: String,
    pub count: u64,
    /// Last changed first.
    pub escalations: Vec<i64>,
    /// That have no package, and of which somebody said so; escalated last first.
    pub tickets: Vec<String>,
    /// Of missing context: what was missing, most often first.
    pub missing: Vec<FactCount>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct FactCount {
    pub fact: String,
    pub count: u64,
}

/// Whether the second tier becomes what the third was: the earlier half of the period against the later one, without its last week.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct ShiftView {
    /// Less goes on to engineering, and tickets lie longer with the second tier instead.
    pub alarm: bool,
    /// Tickets that entered the second tier.
    pub entered_before: u64,
    pub entered: u64,
    /// Of them, those that went on to the third.
    pub passed_before: u64,
    pub passed: u64,
    /// Hours with the second tier within a week, on average.
    pub hours_before: f64,
    pub hours: f64,
}

/// From how many tickets on that support alone solved, within how many days.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct HandledRuleView {
    pub tickets: u32,
    pub days: u32,
    /// Somebody said so; otherwise three within 90.
    pub chosen: bool,
}

/// An error or known error, and the tickets that each tier solved of it. Tiers, never persons.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CapabilityView {
    pub title: String,
    pub name: String,
    pub always: bool,
    /// Support alone solved enough of it lately, and nothing of it is open again.
    pub handled: bool,
    #[ts(type = "'l1' | 'l2' | 'l3'")]
    pub lowest: Tier,
    pub l1: Vec<String>,
    pub l2: Vec<String>,
    pub l3: Vec<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ReleaseMark {
    pub at: i64,
    pub version: String,
    /// Where it was brought; `null`: it was published.
    pub environment: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct IssueTypeView {
    pub title: String,
    /// That outlives the signature or the known error.
    pub name: String,
    /// Somebody said that it always needs engineering.
    pub always: bool,
    pub tickets: Vec<String>,
    /// What its escalations cost.
    pub cost: BandView,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct BurstView {
    pub title: String,
    /// Different people within a day.
    pub reporters: u64,
    /// On a usual day.
    pub usual: f64,
    pub first_at: i64,
    pub tickets: Vec<String>,
    pub severity: SeverityView,
    pub products: Vec<String>,
    /// What came out within the week before, newest first.
    pub after: Vec<ReleaseMark>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct BaselineView {
    pub frozen_at: i64,
    pub from: i64,
    pub until: i64,
    pub rule: String,
    /// The rule or the map of tiers is another one by now: what differs is not only how the team does.
    pub rule_changed: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct FigureExplained {
    pub figure: FigureView,
    pub rule: String,
    /// What hours at work are.
    pub hours: String,
    pub from: i64,
    pub until: i64,
    /// `SELECT counted, base, value, median, p90, value at work, median at work, p90 at work`.
    pub sql: String,
    /// What the statement counts, asked of the database anew: counted, base, and the mean of a spread.
    pub sql_count: u64,
    pub sql_of: u64,
    pub sql_mean: Option<f64>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct TiersView {
    /// Most tickets first.
    pub groups: Vec<GroupTierView>,
    /// Of which somebody said a tier, by name; never counted.
    pub agents: Vec<MarkTierView>,
    pub tags: Vec<MarkTierView>,
    pub issue: bool,
    pub group: bool,
    pub engineer: bool,
    pub words: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct GroupTierView {
    pub name: String,
    #[ts(type = "'l1' | 'l2' | 'l3'")]
    pub tier: Tier,
    /// Somebody said so; otherwise its name lets guess.
    pub said: bool,
    pub tickets: u64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct MarkTierView {
    pub name: String,
    #[ts(type = "'l1' | 'l2' | 'l3'")]
    pub tier: Tier,
    /// Some ticket has it.
    pub known: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ReportView {
    pub name: String,
    pub text: String,
}

/// The tickets behind a number of a picture.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BehindView {
    pub total: u64,
    /// Newest first, at most 2,000.
    pub tickets: Vec<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ReportSaved {
    /// Of the new file.
    pub path: String,
    pub bytes: u64,
}

/// What changed since somebody was last here, newest first.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DigestView {
    pub since: i64,
    pub until: i64,
    pub rows: Vec<DigestRow>,
    /// So many more than are shown.
    pub more: u64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct DigestRow {
    /// `new`, `changed`, `shipped` (the fix of a known error came out), `stale` (and it says still that there is none), `repeat`
    /// (handed over although it was answered) or `answered` (by engineering).
    #[ts(type = "'new' | 'changed' | 'shipped' | 'stale' | 'repeat' | 'answered'")]
    pub what: &'static str,
    pub at: i64,
    /// `known_error`, `article` or `escalation`.
    pub kind: String,
    /// Of an escalation its number.
    pub id: String,
    pub display_id: String,
    pub title: String,
    /// The state or the confidence by now, the version, why it was handed over again, or who answered.
    pub said: String,
}
