//! History on a server that can be asked for what changed *since* a moment, and not for what changed before one.

use domain::Millis;
use serde::{Deserialize, Serialize};

/// The part of history that is being read, from its oldest change on. The part before it is longer: what matters most is
/// there first, and the beginning is soon reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stretch {
    pub(super) from: Millis,
    /// What comes after it was read.
    pub(super) to: Millis,
    /// Where history begins. It is asked for once, and can only move forward.
    pub(super) begin: Option<Millis>,
}

impl Stretch {
    /// The one before the newest page, which reaches from `oldest` to `newest`: about so long that it has some pages.
    pub(super) fn before(oldest: Millis, newest: Millis) -> Self {
        let length = (newest.0 - oldest.0).saturating_mul(8).max(Millis::DAY);
        Self { from: Millis(oldest.0 - length), to: oldest, begin: None }
    }

    pub(super) fn since(self, begin: Millis) -> Self {
        Self { from: self.from.max(begin), begin: Some(begin), ..self }
    }

    /// `None`: there is nothing before the beginning.
    pub(super) fn older(self, was_empty: bool) -> Option<Self> {
        let begin = self.begin.unwrap_or(Millis(0));
        let length = (self.to.0 - self.from.0).saturating_mul(if was_empty { 256 } else { 4 });
        let from = Millis(self.from.0.saturating_sub(length)).max(begin);
        (self.from > begin).then_some(Self { from, to: self.from, begin: self.begin })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_meet_and_reach_the_beginning_in_a_few_steps() {
        let (begin, now) = (Millis(1_400_000_000_000), Millis(1_800_000_000_000));
        for (was_empty, most) in [(false, 8), (true, 3)] {
            let mut stretch = Stretch::before(now, now).since(begin);
            let mut steps = 1;
            while let Some(older) = stretch.older(was_empty) {
                assert_eq!(older.to, stretch.from);
                (stretch, steps) = (older, steps + 1);
            }
            assert_eq!((stretch.from, steps <= most), (begin, true), "{steps}");
        }
        let short = Stretch::before(now, now).since(Millis(now.0 - 1000));
        assert_eq!((short.from, short.older(false)), (Millis(now.0 - 1000), None));
    }
}
