//! The exam on a workspace's own history.

use super::{NamedCase, VerdictKind};
use serde::Serialize;
use ts_rs::TS;

/// How well past tickets were answered with what existed on their day. Shares are between 0 and 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct Measures {
    /// Tickets that were asked.
    pub n: u64,
    /// How many had a right answer in the first place …
    pub hit_at_1: f64,
    /// … among the first five …
    pub hit_at_5: f64,
    /// … and among the first ten.
    pub hit_at_10: f64,
    /// The mean of one over the place of the first right answer.
    pub mrr: f64,
    pub ndcg_at_10: f64,
    /// How many had a right answer among the candidates at all: no ranking can do better.
    pub ceiling: f64,
    pub p50_ms: f64,
    pub p95_ms: f64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ExamView {
    /// The newest exam; `null` where none was ever taken.
    pub run: Option<ExamRun>,
    /// Tickets whose answer is known: what an exam could ask, where none was taken; what it could ask then, where one was.
    pub labelled: u64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ExamRun {
    pub id: i64,
    pub at: i64,
    /// Places that count.
    pub k: u32,
    /// Tickets and known errors that could have answered the newest question.
    pub documents: u64,
    /// Tickets whose answer is known; the newest of them were asked.
    pub labelled: u64,
    /// The way to rank that is in use first.
    pub configurations: Vec<ConfigurationView>,
    /// What was said of the tickets, and how often it was right; `null` where an older exam did not ask.
    pub verdicts: Option<VerdictsView>,
    /// What the team's own links taught; `null` in an exam of an earlier version.
    pub adaptation: Option<AdaptationView>,
    /// The way in use against the exam before, where there is one, and against every other way to rank.
    pub against: Vec<AgainstView>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AdaptationState {
    /// Fewer answers are known than it takes.
    TooFew,
    /// The newer half finds no more with it, or by no more than chance.
    NoGain,
    Gain,
    /// Other weights are shipped than it was learned on: the next exam learns again.
    Outdated,
}

/// The shipped weights, moved a little towards what the older half of the tickets says, and judged on the newer half.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct AdaptationView {
    pub state: AdaptationState,
    /// The switch.
    pub on: bool,
    /// Questions are ranked with it now.
    pub in_use: bool,
    /// It was switched since the exam was taken: the exam's figures of the way in use are those of before.
    pub switched_since: bool,
    /// It takes so many tickets whose answer is known.
    pub needed: u64,
    /// Tickets of the older half that say something: a right and a wrong case were both found.
    pub learned_from: u64,
    /// Tickets of the newer half.
    pub judged_on: u64,
    pub shipped: Measures,
    pub adapted: Measures,
    /// Of the newer half, how many tickets find their answer higher up with it, and how many further down.
    pub up: u64,
    pub down: u64,
    /// Learned on the older half of all other products, judged on the newer half of each.
    pub by_product: Vec<HeldOutView>,
    /// Points of each measure.
    pub weights: Vec<WeightView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct HeldOutView {
    pub name: String,
    pub shipped: Measures,
    pub adapted: Measures,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct WeightView {
    pub name: String,
    pub shipped: f64,
    pub adapted: f64,
}

/// *Seen before*, *perhaps* and *looks new*, of past tickets.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct VerdictsView {
    /// From how sure on each is said was taken from this exam; otherwise, for want of a hundred labels, it is as shipped.
    pub own: bool,
    pub lines: Vec<SaidView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct SaidView {
    pub kind: VerdictKind,
    /// Tickets of which it was said: for `seen` and `maybe` those whose earlier case is known, for `new` all.
    pub n: u64,
    /// How many of them it was right of: the first case that is meant is the earlier one; for `new`, none is known (the
    /// tickets that nothing ties to another counted as often as there are).
    pub right: f64,
    /// Of how many of the tickets that nothing ties to another it was said.
    pub of_untied: f64,
    pub untied: u64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ConfigurationView {
    /// `in_use`, `without_age` or, with a semantic pack, `without_pack`.
    pub name: String,
    pub measures: Measures,
    /// By the age that the newest right answer had: `month`, `half_year`, `older`.
    pub by_age: Vec<SliceView>,
    /// Most asked first, at most twenty.
    pub by_product: Vec<SliceView>,
    /// By why the answer is known: `human`, `used`, `duplicate`, `merge`, `known_error`, `article`, `issue`, `mention`.
    pub by_label: Vec<SliceView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct SliceView {
    pub name: String,
    pub measures: Measures,
}

/// Who won, ticket by ticket, by whether a right answer is among the first `k`; of the tickets that both sides asked.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct AgainstView {
    /// `before` for the exam before this one; otherwise the name of a way to rank.
    pub name: String,
    /// When the exam before was taken.
    pub at: Option<i64>,
    /// Both sides weigh alike: what differs is the history.
    pub same_weights: bool,
    pub both: u64,
    /// Found here alone: by the way in use, now.
    pub here_alone: u64,
    pub there_alone: u64,
    pub neither: u64,
    /// They differ by more than chance would have it.
    pub beyond_chance: bool,
    pub here: Measures,
    pub there: Measures,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ExamRows {
    pub total: u64,
    /// Newest first, at most 500.
    pub rows: Vec<ExamRow>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ExamRow {
    pub ticket: String,
    pub display_id: String,
    pub subject: String,
    pub created_at: i64,
    pub label: String,
    /// How old the newest right answer was.
    pub days: f64,
    /// Where the first right answer stood; `null` where it is not among the first hundred.
    pub place: Option<u32>,
    /// The same of what it is held against.
    pub other_place: Option<u32>,
    /// The newest right answer; `null` where it went since.
    pub answer: Option<NamedCase>,
    /// What stood first.
    pub first: Option<NamedCase>,
    /// Whether a right answer was among the candidates at all.
    pub found: bool,
}

/// What `precedent replay` prints.
#[derive(Clone, Debug, Serialize)]
pub struct ReplayReply {
    #[serde(flatten)]
    pub measures: Measures,
    #[serde(flatten)]
    pub run: ExamRun,
}
