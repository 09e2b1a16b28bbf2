use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct EscalationArgs {
    pub ticket: String,
    /// SPEC §5.4: `missing_context`, `cannot_reproduce`, `no_access`, `needs_code_fix`, `needs_data_fix`,
    /// `policy_or_approval` or `other`.
    #[ts(optional)]
    pub reason: Option<String>,
    /// What to know besides; `other` needs it.
    #[ts(optional)]
    pub reason_text: Option<String>,
    /// A team, a person or a repository.
    #[ts(optional)]
    pub to: Option<String>,
    /// What somebody wrote, in the place of what was read in the ticket.
    #[ts(optional)]
    pub facts: Option<Vec<GivenFact>>,
    /// Facts that do not apply here.
    #[ts(optional)]
    pub waived: Option<Vec<String>>,
    #[ts(optional)]
    pub lane: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GivenFact {
    /// One of those that can be written: `steps`, `expected`, …
    pub fact: String,
    /// Of `steps`, `actions` and `tried`, one a line. Empty: the fact is taken out.
    pub text: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct EscalationSubmitArgs {
    pub package: EscalationArgs,
    /// Why it is handed over although the same was answered before.
    #[ts(optional)]
    pub although: Option<String>,
    /// Of the draft that was looked at: where the package is another one by now, nothing is handed over.
    #[ts(optional)]
    pub seal: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct NumberArgs {
    pub id: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EscalationMoveArgs {
    pub id: i64,
    /// One of `EscalationView.next`.
    pub state: String,
}

/// Five fields, and who says it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct EscalationAnswerArgs {
    pub id: i64,
    pub cause: String,
    /// A pull request, an issue, a commit.
    pub fix: String,
    /// Steps, one a line.
    pub workaround: String,
    /// Fixed in these, with commas between them.
    pub versions: String,
    /// What support has to know the next time.
    pub note: String,
    /// Minutes of engineering.
    #[ts(optional)]
    pub effort: Option<u32>,
    /// Who answers; as in this workspace's bundles when left out.
    #[ts(optional)]
    pub by: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BundleSaveArgs {
    /// Of the escalation.
    pub id: i64,
    /// A file on this machine that is not there yet.
    pub path: String,
    /// Who hands it over, for whoever opens it; as last time when left out.
    #[serde(default)]
    #[ts(optional)]
    pub author: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BundleOpenArgs {
    pub path: String,
    /// The author's code, as the author told it: from now on their bundles are taken.
    #[serde(default)]
    #[ts(optional)]
    pub trust: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct NameArgs {
    pub name: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LimitArgs {
    /// At most 1,000.
    pub limit: u32,
}
