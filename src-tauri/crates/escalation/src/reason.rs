//! Why something is escalated (SPEC §5.4). Nothing is handed over without one.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    MissingContext,
    CannotReproduce,
    NoAccess,
    NeedsCodeFix,
    NeedsDataFix,
    PolicyOrApproval,
    Other,
}

impl Reason {
    pub const ALL: [Self; 7] = [
        Self::MissingContext,
        Self::CannotReproduce,
        Self::NoAccess,
        Self::NeedsCodeFix,
        Self::NeedsDataFix,
        Self::PolicyOrApproval,
        Self::Other,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::MissingContext => "missing_context",
            Self::CannotReproduce => "cannot_reproduce",
            Self::NoAccess => "no_access",
            Self::NeedsCodeFix => "needs_code_fix",
            Self::NeedsDataFix => "needs_data_fix",
            Self::PolicyOrApproval => "policy_or_approval",
            Self::Other => "other",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }
}
