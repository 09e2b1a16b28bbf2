//! Where time went, and how it changed. Nothing in here is of a single person.

use super::SpreadView;
use serde::Serialize;
use ts_rs::TS;

/// How times changed since the frozen baseline.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct SinceView {
    /// Tickets then and now.
    pub n_before: u64,
    pub n: u64,
    pub before: SpreadView,
    /// `null` where it was nothing then.
    pub mean: Option<LessView>,
    pub median: Option<LessView>,
    pub p90: Option<LessView>,
    /// So many times both sides were drawn again …
    pub redraws: u32,
    /// … where each has so many at the least.
    pub least: u32,
    /// Some tickets may be on both sides: the periods overlap.
    pub overlaps: bool,
}

/// A quarter less is 0.25; below 0 it is more.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct LessView {
    pub less: f64,
    /// Where nineteen of twenty redraws lie; `null` of too few.
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// Of tickets that engineering had and that are solved: the stages are the whole time.
#[derive(Clone, Debug, Serialize, TS)]
pub struct StagesView {
    pub tickets: u64,
    /// From report to solution, of all of them together.
    pub hours: f64,
    /// The stage that took most of it.
    #[ts(type = "StageView['until'] | null")]
    pub longest: Option<::insights::Moment>,
    /// One of each moment, in order; of a moment that is known of no ticket the count is 0.
    pub stages: Vec<StageView>,
}

/// Up to a moment, from the last one before it that is known.
#[derive(Clone, Debug, Serialize, TS)]
pub struct StageView {
    #[ts(type = "'acknowledged' | 'diagnosed' | 'fixed' | 'released' | 'told'")]
    pub until: ::insights::Moment,
    /// Tickets of which the moment is known.
    pub count: u64,
    pub hours: f64,
    pub median: Option<f64>,
    pub p90: Option<f64>,
    /// Those where it took longest first, at most 200.
    pub tickets: Vec<String>,
}
