//! What a rule suggests for a ticket that comes in, and what it asks for beside the ticket's own text and fields.

/// Which way a ticket goes, the most urgent first (SPEC S-058, S-059).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    Critical,
    KnownError,
    Repetitive,
    LowPriority,
}

impl Lane {
    pub const ALL: [Self; 4] = [Self::Critical, Self::KnownError, Self::Repetitive, Self::LowPriority];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::KnownError => "known_error",
            Self::Repetitive => "repetitive",
            Self::LowPriority => "low_priority",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.as_str() == text)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Triage {
    pub lane: Option<Lane>,
    pub labels: Vec<String>,
    pub queue: Option<String>,
    /// Who should look at it.
    pub owner: Option<String>,
    /// Only where so many tickets with the same error came in within so many days before it.
    pub came_before: Option<(usize, u32)>,
    /// Only where a rule that speaks raises a known error for it, or somebody linked one.
    pub known_error: bool,
}

impl Triage {
    /// Days that [`Triage::came_before`] looks back where nobody says.
    pub const USUAL_DAYS: u32 = 30;

    /// Whether it asks for more than a ticket's own text and fields.
    pub fn asks(&self) -> bool {
        self.came_before.is_some() || self.known_error
    }
}
