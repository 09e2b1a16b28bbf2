//! Records that are gone: nothing says so in *what changed*, so what is there is counted, and called by name where the
//! number does not fit. Nothing is taken for gone before the server was asked about it by itself. What a server has and
//! never told (it slipped between two pages while others were deleted) is found in the same way.

use super::Pull;
use crate::http::Failure;
use domain::{Change, Millis};
use std::collections::BTreeSet;

/// A roll is called this often where the server tells no number, or one that says nothing is missing: a record that cannot be
/// read is counted there and is not here, and hides one that is gone.
const EVERY: i64 = Millis::DAY;
/// Records that were asked about in one run and turned out to be there. Where so many slipped through the roll, the rest is
/// asked about in the next run, from where this one ended.
const THERE: usize = 200;
/// Records that a server has and never told, asked for in one run.
const UNKNOWN: usize = 200;
/// Pages of a roll: more than any tracker has.
const PAGES: u32 = 100_000;

/// How far the roll has come, between two runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Called {
    /// When it was called last. `None`: never.
    pub at: Option<Millis>,
    /// Up to which of the records that were missing it was asked; the others wait for the next run.
    pub up_to: Option<String>,
}

impl Called {
    /// As [`Self::read`] reads it.
    pub fn write(&self) -> String {
        let at = self.at.unwrap_or_default().0;
        self.up_to.as_ref().map_or_else(|| at.to_string(), |up_to| format!("{at} {up_to}"))
    }

    pub fn read(text: &str) -> Self {
        let (at, up_to) = text.split_once(' ').map_or((text, None), |(at, up_to)| (at, Some(up_to.to_owned())));
        Self { at: at.parse().ok().map(Millis), up_to }
    }
}

impl Pull {
    /// Changes of records that this source had and that are not there any more, or that are there and it never had; with how far
    /// the roll came. `None`: nothing has to be looked for.
    pub fn gone(
        &mut self,
        have: &BTreeSet<String>,
        called: &Called,
        now: Millis,
    ) -> Result<Option<(Vec<Change>, Called)>, Failure> {
        if self.connector.tells_what_is_gone() && !self.silent {
            return Ok(None);
        }
        let there = self.count()?;
        let done = |up_to| Called { at: Some(now), up_to };
        // A clock that went back makes it due again, not never.
        let long_ago = called.at.is_none_or(|at| !(0..EVERY).contains(&(now.0 - at.0)));
        let due = called.up_to.is_some()
            || match there {
                // Everything was read just now: that was as good as a roll.
                None if called.at.is_none() => return Ok(Some((Vec::new(), done(None)))),
                None => long_ago && !have.is_empty(),
                Some(there) if there < have.len() as u64 => true,
                // The first time it was as good as a roll, too; of more there than here, some most often cannot be read.
                Some(there) if there == have.len() as u64 && called.at.is_none() => {
                    return Ok(Some((Vec::new(), done(None))));
                }
                Some(_) => long_ago,
            };
        if !due {
            let changes = self.dropped(have)?;
            return Ok((!changes.is_empty()).then(|| (changes, called.clone())));
        }
        let (missing, unknown) = self.roll(have)?;
        let mut changes = Vec::new();
        let (mut there, mut up_to) = (0, None);
        // From where the last run ended: those before it were asked about then.
        let asked = |id: &&String| called.up_to.as_ref().is_none_or(|up_to| *id > up_to);
        let mut waiting = missing.iter().filter(asked).peekable();
        while let Some(id) = waiting.next() {
            let request = self.connector.one(id);
            let found = self.ask(&request, |connector, response| connector.found(id, response))?;
            there += usize::from(!found.iter().any(|change| matches!(change, Change::Delete { .. })));
            changes.extend(found);
            if there >= THERE && waiting.peek().is_some() {
                up_to = Some(id.clone());
                break;
            }
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
        Ok(Some((changes, done(up_to))))
    }

    /// What of `have` lies on the list of what was deleted, where the server keeps one: read from its newest to the first page with
    /// nothing of ours. A server that does not know such a list may name anything: each is asked about by itself.
    fn dropped(&mut self, have: &BTreeSet<String>) -> Result<Vec<Change>, Failure> {
        let mut changes = Vec::new();
        for page in 1.. {
            let Some(request) = self.connector.dropped(page) else { break };
            let ids = self.ask(&request, |connector, response| connector.dropped_ids(response))?;
            let ours: Vec<String> = ids.into_iter().filter(|id| have.contains(id)).collect();
            if ours.is_empty() {
                break;
            }
            for id in ours {
                let request = self.connector.one(&id);
                let found = self.ask(&request, |connector, response| connector.found(&id, response))?;
                if !found.iter().any(|change| matches!(change, Change::Delete { .. })) {
                    return Ok(changes);
                }
                changes.extend(found);
            }
        }
        Ok(changes)
    }

    /// What of `have` the server does not name, and some of what it names and is not among it.
    fn roll(&mut self, have: &BTreeSet<String>) -> Result<(BTreeSet<String>, Vec<String>), Failure> {
        let (mut missing, mut unknown) = (have.clone(), Vec::new());
        let mut next: Option<String> = None;
        for _ in 0..PAGES {
            let request = self.connector.roll(next.as_deref());
            let page = self.ask(&request, |connector, response| connector.rolled(next.as_deref(), response))?;
            for id in page.ids.iter().filter(|id| !missing.remove(*id)) {
                if unknown.len() < UNKNOWN && !have.contains(id) {
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
        Ok((missing, unknown))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_a_roll_came_is_written_and_read_also_as_it_was_written_before() {
        for called in [
            Called { at: Some(Millis(5)), up_to: None },
            Called { at: Some(Millis(5)), up_to: Some("acme/ledger#6 0".into()) },
        ] {
            assert_eq!(Called::read(&called.write()), called);
        }
        assert_eq!(Called::read("1714564800000").at, Some(Millis(1_714_564_800_000)));
        assert_eq!(Called::read(""), Called::default());
    }
}
