//! What was handed to engineering through a package, as figures need it: when it moved, and how complete it left.

/// How far an escalation came, as far as figures tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Handed over, for the first time or again.
    Sent,
    /// Engineering said that it has it, or began.
    Taken,
    /// Engineering asked back.
    Asked,
    Answered,
    /// What mends it came out.
    Released,
    /// Whatever else comes after an answer, or taken back before one.
    Over,
}

/// Times are UTC milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handed {
    pub id: i64,
    /// Its ticket, where that is here.
    pub case: Option<i64>,
    /// In order.
    pub turns: Vec<(i64, Turn)>,
    /// Facts that its package had when it was first handed over, of those that it needed.
    pub filled: u64,
    pub needed: u64,
}

impl Handed {
    /// `None` of what nobody handed over yet.
    pub fn sent_at(&self) -> Option<i64> {
        self.turns.iter().find(|(_, turn)| *turn == Turn::Sent).map(|(at, _)| *at)
    }

    /// When engineering first did something with it.
    pub fn taken_at(&self) -> Option<i64> {
        let taken = |turn: &Turn| matches!(turn, Turn::Taken | Turn::Asked | Turn::Answered);
        self.turns.iter().find(|(_, turn)| taken(turn)).map(|(at, _)| *at)
    }

    pub fn asked(&self) -> bool {
        self.turns.iter().any(|(_, turn)| *turn == Turn::Asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_answered_at_once_was_taken_when_it_was_answered_and_a_draft_was_never_sent() {
        let handed = |turns: &[(i64, Turn)]| Handed { turns: turns.to_vec(), ..Handed::default() };
        let quick = handed(&[(5, Turn::Sent), (9, Turn::Answered), (12, Turn::Over)]);
        assert_eq!((quick.sent_at(), quick.taken_at(), quick.asked()), (Some(5), Some(9), false));
        let asked = handed(&[(5, Turn::Sent), (7, Turn::Asked), (8, Turn::Sent)]);
        assert_eq!((asked.sent_at(), asked.taken_at(), asked.asked()), (Some(5), Some(7), true));
        assert_eq!(handed(&[]).sent_at(), None);
        assert_eq!(handed(&[(5, Turn::Sent), (6, Turn::Over)]).taken_at(), None);
    }
}
