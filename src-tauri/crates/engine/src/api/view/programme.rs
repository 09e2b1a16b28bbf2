//! The programme by which a team comes to escalate less.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, TS)]
pub struct ProgrammeView {
    pub phases: Vec<PhaseView>,
    /// The file of the team's folder that holds the ticks; `null` where this workspace holds them.
    pub file: Option<String>,
    /// The latest first.
    pub interviews: Vec<InterviewView>,
    /// What most people named first.
    pub pains: Vec<PainView>,
    pub tools: Vec<ToolView>,
    /// All of it written down for people elsewhere.
    pub markdown: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct PhaseView {
    /// As the team's file has it.
    pub title: String,
    pub steps: Vec<StepView>,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct StepView {
    pub name: String,
    /// As the team's file has it.
    pub title: String,
    /// Counted here; `null` where only people can tell.
    pub measured: Option<MeasuredView>,
    /// Somebody ticked it.
    pub ticked: bool,
    /// It was measured so, or somebody ticked it.
    pub done: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct MeasuredView {
    pub have: u64,
    /// From so many on it is done.
    pub need: u64,
    /// What was counted.
    pub of: String,
}

/// What somebody told of their work. No name: it is about the work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InterviewNote {
    /// The day of it; today when left out.
    #[serde(default)]
    #[ts(optional)]
    pub at: Option<i64>,
    /// `l1`, `l2`, `l3_engineer`, `lead` or `other`.
    pub role: String,
    /// What slows them, in a line.
    pub pain: String,
    /// `daily`, `weekly`, `monthly` or `rarely`.
    pub often: String,
    /// What they open for it, with a comma between two.
    #[serde(default)]
    pub tools: String,
    /// In their words.
    #[serde(default)]
    pub quote: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct InterviewView {
    pub id: i64,
    pub at: i64,
    pub role: String,
    pub pain: String,
    pub often: String,
    pub tools: Vec<String>,
    pub quote: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct InterviewKept {
    pub id: i64,
    /// As it was; `null` of a new one.
    pub before: Option<InterviewNote>,
    /// As it is; `null` of one that is gone.
    pub after: Option<InterviewNote>,
}

#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct ProgrammeTicked {
    pub before: bool,
    pub after: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct PainView {
    pub pain: String,
    pub people: u64,
    /// About how often a month, all of them together.
    pub monthly: u32,
}

/// A tool, what it answers, and what a package still lacks of it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ToolView {
    /// Of a source, a repository or a folder; what people call it where it is not connected; empty where there is none.
    pub name: String,
    /// `helpdesk`, `telemetry`, `repository`, `knowledge` or `named`: people open it, and it is not connected.
    pub kind: String,
    pub connected: bool,
    /// Why it is not asked any more: a code.
    pub failure: Option<String>,
    /// What came from it; `null` where that is not counted.
    pub rows: Option<u64>,
    pub last_ok_at: Option<i64>,
    /// Which of the three questions it helps to answer: `ran`, `changed`, `worked`.
    pub answers: Vec<String>,
    /// How many of its newest tickets say what a package asks for.
    pub fields: Vec<ToolFieldView>,
    /// Facts of a package that stay empty for want of it.
    pub lacks: Vec<String>,
    /// So many people named it.
    pub named_by: u64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct ToolFieldView {
    /// A fact of a package.
    pub fact: String,
    pub filled: u64,
    pub of: u64,
}
