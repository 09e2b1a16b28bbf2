//! How far an escalation has come (SPEC §5.3), and where it may go from there.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Draft,
    Submitted,
    Acknowledged,
    NeedsInfo,
    InProgress,
    Answered,
    FixReleased,
    Closed,
    Withdrawn,
}

impl State {
    pub const ALL: [Self; 9] = [
        Self::Draft,
        Self::Submitted,
        Self::Acknowledged,
        Self::NeedsInfo,
        Self::InProgress,
        Self::Answered,
        Self::FixReleased,
        Self::Closed,
        Self::Withdrawn,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Acknowledged => "acknowledged",
            Self::NeedsInfo => "needs_info",
            Self::InProgress => "in_progress",
            Self::Answered => "answered",
            Self::FixReleased => "fix_released",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Nothing comes after it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Withdrawn)
    }

    /// Engineering has said what it is.
    pub fn is_answered(self) -> bool {
        matches!(self, Self::Answered | Self::FixReleased | Self::Closed)
    }

    /// Nearest first. An answer is given with its words, never by moving alone.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::Submitted, Self::Withdrawn],
            Self::Submitted => {
                &[Self::Acknowledged, Self::NeedsInfo, Self::InProgress, Self::Answered, Self::Withdrawn]
            }
            Self::Acknowledged => &[Self::InProgress, Self::NeedsInfo, Self::Answered, Self::Withdrawn],
            Self::NeedsInfo => &[Self::InProgress, Self::Submitted, Self::Answered, Self::Withdrawn],
            Self::InProgress => &[Self::NeedsInfo, Self::Answered, Self::Withdrawn],
            Self::Answered => &[Self::FixReleased, Self::Closed],
            Self::FixReleased => &[Self::Closed],
            Self::Closed | Self::Withdrawn => &[],
        }
    }

    pub fn may_become(self, next: Self) -> bool {
        self.next().contains(&next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_can_be_reached_and_left_until_it_is_over() {
        let mut reached = vec![State::Draft];
        for at in 0..State::ALL.len() {
            let Some(state) = reached.get(at).copied() else { break };
            assert_eq!(state.next().is_empty(), state.is_over(), "{state:?}");
            let fresh: Vec<_> = state.next().iter().copied().filter(|next| !reached.contains(next)).collect();
            reached.extend(fresh);
        }
        assert_eq!(reached.len(), State::ALL.len());
        assert!(!State::Answered.may_become(State::InProgress) && !State::Closed.may_become(State::Draft));
        assert!(State::ALL.iter().all(|state| State::parse(state.as_str()) == Some(*state)));
    }
}
