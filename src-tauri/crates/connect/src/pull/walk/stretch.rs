//! History on a server that can be asked for what changed *since* a moment, and not for what changed before one.

use domain::Millis;
use serde::{Deserialize, Serialize};

/// The part of history that is being read, from its oldest change on. The part before it is longer: what matters most is
/// there first, and the beginning of time is soon reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stretch {
    pub(super) from: Millis,
    /// What comes after it was read.
    pub(super) to: Millis,
}

impl Stretch {
    pub(super) fn before(to: Millis) -> Self {
        Self { from: Millis((to.0 - Millis::DAY).max(0)), to }
    }

    /// `None`: there is nothing before the beginning of time.
    pub(super) fn older(self, was_empty: bool) -> Option<Self> {
        let length = (self.to.0 - self.from.0).saturating_mul(if was_empty { 8 } else { 2 });
        (self.from.0 > 0).then(|| Self { from: Millis((self.from.0 - length).max(0)), to: self.from })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_meet_and_reach_the_beginning_of_time_in_a_few_steps() {
        for was_empty in [false, true] {
            let mut stretch = Stretch::before(Millis(1_800_000_000_000));
            let mut steps = 1;
            while let Some(older) = stretch.older(was_empty) {
                assert_eq!(older.to, stretch.from);
                (stretch, steps) = (older, steps + 1);
            }
            assert_eq!((stretch.from, steps <= 16), (Millis(0), true), "{steps}");
        }
    }
}
