//! Records that are gone: nothing says so in *what changed*, so what is there is counted, and called by name where the
//! number does not fit. Nothing is taken for gone before the server was asked about it by itself.

use super::Pull;
use crate::http::Failure;
use domain::{Change, Millis};
use std::collections::BTreeSet;

/// A roll is called this often where the server tells no number.
const EVERY: i64 = Millis::DAY;
/// Records that are asked about in one run. What is left waits for the next.
const ASKED: usize = 200;
/// Pages of a roll: more than any tracker has.
const PAGES: u32 = 100_000;

impl Pull {
    /// Changes of records that this source had and that are not there any more. `called` is when the roll was last
    /// called. `None`: nothing has to be looked for.
    pub fn gone(
        &mut self,
        have: &BTreeSet<String>,
        called: Option<Millis>,
        now: Millis,
    ) -> Result<Option<Vec<Change>>, Failure> {
        let connector = &self.connector;
        if connector.tells_what_is_gone() {
            return Ok(None);
        }
        let there = self.client.ask(&connector.count(), |response| connector.counted(response))?;
        let due = match there {
            Some(there) => there < have.len() as u64,
            // Everything was read just now: that was as good as a roll.
            None if called.is_none() => return Ok(Some(Vec::new())),
            // A clock that went back makes it due again, not never.
            None => called.is_none_or(|called| !(0..EVERY).contains(&(now.0 - called.0))),
        };
        if !due || have.is_empty() {
            return Ok(None);
        }
        let mut missing = have.clone();
        let mut next: Option<String> = None;
        for _ in 0..PAGES {
            let page = self
                .client
                .ask(&connector.roll(next.as_deref()), |response| connector.rolled(next.as_deref(), response))?;
            for id in &page.ids {
                missing.remove(id);
            }
            if page.next.is_some() && page.next == next {
                return Err(Failure::Loop { host: self.client.site().authority() });
            }
            next = page.next;
            if next.is_none() {
                break;
            }
        }
        let mut changes = Vec::new();
        for id in missing.iter().take(ASKED) {
            changes.extend(self.client.ask(&connector.one(id), |response| connector.found(id, response))?);
        }
        Ok(Some(changes))
    }
}
