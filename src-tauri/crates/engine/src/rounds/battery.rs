//! A long read spares the last of a battery.

use crate::{Error, Result, open::Core};
use domain::{Millis, SourceName};

/// Between two looks, in milliseconds, while pages are read.
const LOOK: i64 = 30_000;

/// What a long read may take of a battery: whoever began it while there was enough did not mean the last of it.
pub(crate) struct Battery {
    /// Somebody began it knowing that little is left.
    known: bool,
    looked: Millis,
}

impl Battery {
    pub(crate) fn at_start(core: &Core) -> Self {
        Self { known: super::low((core.network.surroundings)()).is_some(), looked: core.clock.now() }
    }

    /// Asked between pages, each of which is stored by then: the next run goes on from there.
    pub(crate) fn lasts(&mut self, core: &Core, name: &SourceName) -> Result<()> {
        let now = core.clock.now();
        if self.known || (0..LOOK).contains(&(now.0 - self.looked.0)) {
            return Ok(());
        }
        self.looked = now;
        match super::low((core.network.surroundings)()) {
            Some(left) => Err(Error::BatteryLow { name: name.to_string(), left }),
            None => Ok(()),
        }
    }
}
