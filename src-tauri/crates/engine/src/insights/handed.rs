//! Packages that were handed over, as figures need them.

use crate::{Engine, Result};
use ::escalation::State;
use insights::{Handed, Turn};
use std::collections::HashMap;

/// `keys`: of tickets by row.
pub(super) fn of(engine: &Engine, keys: &HashMap<i64, String>) -> Result<Vec<Handed>> {
    let reached = engine.core.store.all_reached()?;
    // No package, no reading of a hundred thousand keys.
    if reached.is_empty() {
        return Ok(Vec::new());
    }
    let rows: HashMap<&str, i64> = keys.iter().map(|(row, key)| (key.as_str(), *row)).collect();
    let tickets: HashMap<i64, String> = engine.core.store.escalation_tickets()?.into_iter().collect();
    let mut all: Vec<Handed> = Vec::new();
    for one in reached {
        if all.last().is_none_or(|last| last.id != one.escalation) {
            let case = tickets.get(&one.escalation).and_then(|key| rows.get(key.as_str())).copied();
            all.push(Handed { id: one.escalation, case, ..Handed::default() });
        }
        let (Some(last), Some(state)) = (all.last_mut(), State::parse(&one.state)) else { continue };
        if last.sent_at().is_none() && state == State::Submitted {
            (last.filled, last.needed) = (u64::from(one.filled), u64::from(one.needed));
        }
        if let Some(turn) = turn(state) {
            last.turns.push((one.at, turn));
        }
    }
    Ok(all)
}

fn turn(state: State) -> Option<Turn> {
    Some(match state {
        State::Draft => return None,
        State::Submitted => Turn::Sent,
        State::Acknowledged | State::InProgress => Turn::Taken,
        State::NeedsInfo => Turn::Asked,
        State::Answered => Turn::Answered,
        State::FixReleased => Turn::Released,
        State::Closed | State::Withdrawn => Turn::Over,
    })
}
