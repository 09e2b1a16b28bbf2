use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TestDraftArgs {
    /// Of the escalation.
    pub id: i64,
    /// Which of the package's lines it is about, from 0; the first when left out.
    #[ts(optional)]
    pub line: Option<u32>,
}

/// A test, and how it is run. Nothing runs unless somebody agreed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TestRunArgs {
    /// Of the escalation.
    pub id: i64,
    pub repo: String,
    /// The version that has the problem.
    pub bad: String,
    /// The version that has its fix; where nobody knows it, it runs at the other one alone.
    #[ts(optional)]
    pub good: Option<String>,
    /// Where the test goes, from the top of the repository.
    pub path: String,
    pub text: String,
    /// A program and its arguments; no shell reads them.
    pub command: Vec<String>,
    /// Where it runs, from the top of the repository.
    pub folder: String,
    /// After which each run ends, at most 3,600; 600 when left out.
    #[ts(optional)]
    pub seconds: Option<u32>,
    /// The command is the repository's own code, and runs with the rights of the person: somebody agreed to that.
    pub agreed: bool,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct BisectStartArgs {
    /// Of the escalation.
    pub id: i64,
    /// As the package has it when left out.
    #[ts(optional)]
    pub repo: Option<String>,
    /// A release that did not have the problem; the one before `bad` when left out.
    #[ts(optional)]
    pub good: Option<String>,
    /// What the customer runs, as the package has it, when left out.
    #[ts(optional)]
    pub bad: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct BisectSayArgs {
    /// Of the escalation.
    pub id: i64,
    /// The beginning of its name.
    pub commit: String,
    /// `good`, `bad`, `skip`, or `unsay` to take it back.
    pub said: String,
}
