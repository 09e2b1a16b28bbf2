//! Detection rules: what they say, what they would have said, and how they did.

use serde::Serialize;
use ts_rs::TS;

#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct RuleView {
    /// Empty of a file that is no rule.
    pub id: String,
    pub title: String,
    /// Below the folder.
    pub path: String,
    /// `draft`, `enabled` or `muted`.
    pub state: String,
    /// Enabled, and backtested as it is now.
    pub speaks: bool,
    /// As the file names them.
    pub known_error: Option<String>,
    pub ticket: Option<String>,
    /// Whether it suggests where tickets belong, and in which lane: `critical`, `known_error`, `repetitive`, `low_priority`.
    pub sorts: bool,
    pub lane: Option<String>,
    pub owner: Option<String>,
    pub backtest: Option<RuleBacktested>,
    /// Why the file is no rule, a line for each thing.
    pub wrong: Option<String>,
}

/// What its last backtest measured.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RuleBacktested {
    /// RFC 3339.
    pub at: String,
    pub n: u64,
    pub hits: u64,
    pub right: u64,
    pub gold: u64,
    pub precision: Option<f64>,
    pub recall: Option<f64>,
    /// Of the text as it is now.
    pub present: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct RuleText {
    pub rule: RuleView,
    pub text: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct RuleMistake {
    /// From 1; 0 where it is about the whole file.
    pub line: u32,
    pub column: u32,
    pub what: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct RuleCheck {
    pub rule: Option<RuleView>,
    /// In the order of the file; none where there is a rule.
    pub mistakes: Vec<RuleMistake>,
}

/// A part of a rule that a ticket has.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RuleFound {
    /// `signature`, `phrase`, `regex`, `field`, `known_error`, or `came_before` with a number.
    pub kind: String,
    pub text: String,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct RuleTest {
    pub rule: RuleView,
    pub fits: bool,
    /// It was not done in time.
    pub too_slow: bool,
    pub found: Vec<RuleFound>,
}

/// What a rule would have said of every ticket as it came in.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RuleBacktest {
    pub rule: String,
    /// Of its text without its state.
    pub hash: String,
    /// Tickets that were looked at, without the one that the rule was made from.
    pub n: u64,
    pub hits: u64,
    /// Of the hits, those that are known to be the same problem. Others may be, and nobody said so.
    pub right: u64,
    /// All that are known to be.
    pub gold: u64,
    /// `null` where nothing is known.
    pub precision: Option<f64>,
    pub recall: Option<f64>,
    /// Where that is known from: tickets of this known error, and what is called the same as this ticket.
    pub gold_known_error: Option<String>,
    pub gold_ticket: Option<String>,
    /// What the rule names and this workspace does not have.
    pub missing: Vec<String>,
    /// Of the hits, those that are open now: what it would say once it is enabled.
    pub open: u64,
    /// Tickets on which its time ran out: a rule that has any is not enabled.
    pub too_slow: u64,
    /// Would-be hits, newest first, at most 200.
    pub samples: Vec<RuleSample>,
    /// What is known to be the same problem and was not hit, newest first, at most 200.
    pub missed: Vec<RuleSample>,
    /// Whether the measure is noted in the rule's file.
    pub kept: bool,
    pub ms: f64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct RuleSample {
    pub id: String,
    pub title: String,
    pub created_at: i64,
    /// Known to be the same problem.
    pub right: bool,
    pub found: Vec<RuleFound>,
}

/// A rule that fits the question.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RuleMet {
    pub id: String,
    pub title: String,
    /// The keys of what it stands for, where they are here.
    pub known_error: Option<String>,
    pub ticket: Option<String>,
    /// What of it the question has.
    pub found: Vec<RuleFound>,
}

/// What a rule suggests for a ticket.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TriageView {
    pub rule: String,
    pub title: String,
    /// `critical`, `known_error`, `repetitive` or `low_priority`.
    pub lane: Option<String>,
    pub labels: Vec<String>,
    pub queue: Option<String>,
    /// Who should look at it.
    pub owner: Option<String>,
    /// What of the rule the ticket has.
    pub found: Vec<RuleFound>,
    /// What somebody said: it was taken, or is wrong here.
    pub taken: Option<bool>,
    /// The number that takes that back.
    pub undo: Option<i64>,
}

/// A ticket that came in and is critical.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CriticalTicket {
    pub id: String,
    pub display_id: String,
    pub subject: String,
    pub owner: Option<String>,
}

/// How the rules did that are enabled, or were and are muted.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RuleScores {
    pub scores: Vec<RuleScore>,
}

/// How a rule did since it was tested.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RuleScore {
    pub id: String,
    /// When its present measure was taken.
    pub since: i64,
    /// Tickets that came in since and that it fits.
    pub hits: u64,
    /// Of these, where somebody said *used* or *not the same* of what it stands for.
    pub confirmed: u64,
    pub wrong: u64,
    /// Of those of which somebody said something.
    pub precision: Option<f64>,
    /// Of what came in within the last 30 days.
    pub lately: RuleTally,
    /// What asking for more of its phrases would have been better for.
    pub bar: Option<RuleBar>,
    /// The tickets behind `hits`, newest first.
    pub tickets: Vec<String>,
}

/// What a rule said, and what people said of it.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct RuleTally {
    pub hits: u64,
    pub confirmed: u64,
    pub wrong: u64,
}

impl RuleTally {
    pub fn add(&mut self, other: &Self) {
        self.hits += other.hits;
        self.confirmed += other.confirmed;
        self.wrong += other.wrong;
    }
}

/// So many of its phrases would have left out what is wrong and nothing that was confirmed.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RuleBar {
    pub at_least: u64,
    pub instead_of: u64,
    /// What would have been left.
    pub confirmed: u64,
    pub wrong: u64,
}

/// A rule that a ticket suggests. Nothing is written yet.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RuleDraft {
    pub text: String,
    /// Tickets of the history that it fits, with the one that it is made from.
    pub hits: u64,
}
