//! Records that are gone: nothing says so in *what changed*, so what is there is counted, and called by name where the
//! number does not fit. Nothing is taken for gone before the server was asked about it by itself. What a server has and
//! never told (it slipped between two pages while others were deleted) is found in the same way.

use super::Pull;
use crate::http::Failure;
use domain::{Change, Millis};
use std::{cmp::Ordering, collections::BTreeSet};

/// A roll is called this often where the server tells no number, or a larger one than what came of it.
const EVERY: i64 = Millis::DAY;
/// Records that are asked about in one run. What is left waits for the next.
const ASKED: usize = 200;
/// Pages of a roll: more than any tracker has.
const PAGES: u32 = 100_000;

impl Pull {
    /// Changes of records that this source had and that are not there any more, or that are there and it never had. `called` is when the roll was last
    /// called. `None`: nothing has to be looked for.
    pub fn gone(
        &mut self,
        have: &BTreeSet<String>,
        called: Option<Millis>,
        now: Millis,
    ) -> Result<Option<Vec<Change>>, Failure> {
        if self.connector.tells_what_is_gone() {
            return Ok(None);
        }
        let there = self.count()?;
        // A clock that went back makes it due again, not never.
        let long_ago = called.is_none_or(|called| !(0..EVERY).contains(&(now.0 - called.0)));
        let due = match there {
            // Everything was read just now: that was as good as a roll.
            None if called.is_none() => return Ok(Some(Vec::new())),
            None => long_ago && !have.is_empty(),
            Some(there) => match there.cmp(&(have.len() as u64)) {
                Ordering::Less => true,
                Ordering::Equal => false,
                // Most often it cannot be read, and will not be readable tomorrow either.
                Ordering::Greater => long_ago,
            },
        };
        if !due {
            return Ok(None);
        }
        let (mut missing, mut unknown) = (have.clone(), Vec::new());
        let mut next: Option<String> = None;
        for _ in 0..PAGES {
            let request = self.connector.roll(next.as_deref());
            let page = self.ask(&request, |connector, response| connector.rolled(next.as_deref(), response))?;
            for id in page.ids.iter().filter(|id| !missing.remove(*id)) {
                if unknown.len() < ASKED && !have.contains(id) {
                    unknown.push(id.clone());
                }
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
            let request = self.connector.one(id);
            changes.extend(self.ask(&request, |connector, response| connector.found(id, response))?);
        }
        for id in &unknown {
            // It was passed over before, most often because it cannot be read: then it is not read now either.
            let request = self.connector.one(id);
            match self.ask(&request, |connector, response| Ok(connector.found(id, response)))? {
                Ok(found) => {
                    changes.extend(found.into_iter().filter(|change| !matches!(change, Change::Delete { .. })))
                }
                Err(Failure::Unreadable { .. }) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(Some(changes))
    }
}
