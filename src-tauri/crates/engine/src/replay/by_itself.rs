//! The exam is taken without anybody asking: what *seen before* is worth here is known by it alone, and the bars come from it.
//! Once a week at most, while nothing else goes on and the machine is on mains.

use super::{gold, start};
use crate::{Engine, Result, api::args::ReplayArgs, rounds::is_spared};
use domain::Millis;
use std::sync::Arc;

/// Whoever has just opened the workspace wants to work in it.
const AFTER_START: i64 = 10 * Millis::MINUTE;
const BETWEEN_LOOKS: i64 = 60 * Millis::MINUTE;
const BETWEEN_EXAMS: i64 = 7 * 24 * 60 * Millis::MINUTE;

/// When a look is worth it again, and what was there at the last one.
pub(crate) struct Next {
    at: Millis,
    stamp: Option<u64>,
}

impl Next {
    pub(crate) fn after_start(now: Millis) -> Self {
        Self { at: Millis(now.0 + AFTER_START), stamp: None }
    }
}

pub(crate) fn look(engine: &Arc<Engine>, next: &mut Next) -> Result<()> {
    let core = &engine.core;
    let now = core.clock.now();
    if now < next.at || !core.is_quiet() {
        return Ok(());
    }
    next.at = Millis(now.0 + BETWEEN_LOOKS);
    if is_spared(core) {
        return Ok(());
    }
    let taken = core.store.last_replays(1)?.first().map(|last| last.at);
    // An exam of tomorrow was taken by a clock that was wrong.
    if taken.is_some_and(|at| (0..BETWEEN_EXAMS).contains(&(now.0 - at.0))) {
        return Ok(());
    }
    let stamp = core.store.stamp();
    if next.stamp.replace(stamp) == Some(stamp) {
        return Ok(());
    }
    let (tickets, known) = (core.store.past_tickets()?, core.store.past_known_errors()?);
    if gold::gold(&core.store, &tickets, &known)?.labelled.len() >= matching::ENOUGH {
        // Whoever cancels it is not asked again soon.
        next.at = Millis(now.0 + BETWEEN_EXAMS);
        start(engine, &ReplayArgs::default())?;
    }
    Ok(())
}
