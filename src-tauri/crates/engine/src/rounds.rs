//! Sources are asked by themselves as long as a host stays: each once in a while, seldom where that would cost somebody
//! battery or money, later where something goes wrong, and not at all where a person said so.
//!
//! Times are those of the wall, not of a process that sleeps while the laptop does: after a suspension everything is due at
//! the next look, and each host is still asked one request at a time.

pub(crate) mod battery;
pub(crate) mod surroundings;

use crate::{
    Engine, Error, Result,
    api::{
        args::RhythmArgs,
        view::{Rhythm, Slower},
    },
    insights,
    open::Core,
    replay::by_itself,
    sync,
};
use domain::{Millis, SourceName};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Weak,
        mpsc::{self, RecvTimeoutError},
    },
    time::Duration,
};
use store::StoredSource;
use surroundings::Surroundings;

/// Where the person's choice is kept: minutes, or [`NEVER`].
const KEY: &str = "sync.every";
const NEVER: &str = "never";
/// Minutes between two rounds of a source, where nobody chose.
const USUAL: u32 = 5;
/// What may be chosen, in minutes. Zendesk leaves out its last minute anyway.
const CHOICE: std::ops::RangeInclusive<u32> = 1..=24 * 60;
/// Of a battery's charge, in percent: with less nothing is asked that nobody asked for.
const SPARE: u8 = 20;
const ON_BATTERY: i64 = 3;
const METERED: i64 = 6;
/// After something went wrong: doubled each time, between these.
const FIRST_RETRY: i64 = Millis::MINUTE;
const LAST_RETRY: i64 = 60 * Millis::MINUTE;
/// Without a network nobody is bothered by a try.
const OFFLINE_RETRY: i64 = 5 * Millis::MINUTE;
const OFFLINE: [&str; 4] = ["name_unknown", "unreachable", "proxy_failed", "timed_out"];

/// What the engine holds while its sources are asked by themselves. Dropped to end it.
pub(crate) type Rounds = mpsc::Sender<()>;

impl Engine {
    /// From now on sources are asked by themselves: for hosts that stay. Once is enough.
    pub(crate) fn begin_rounds(self: &Arc<Self>) {
        if self.indexer.is_none() {
            return;
        }
        let (stop, stopped) = mpsc::channel();
        if self.rounds.set(stop).is_err() {
            return;
        }
        let (engine, pause) = (Arc::downgrade(self), self.core.network.round_pause);
        // Without it everything is still asked for by hand.
        let begun = std::thread::Builder::new().name("rounds".into()).spawn(move || run(&engine, pause, &stopped));
        if let Err(cause) = begun {
            tracing::warn!("sources are not asked by themselves: {cause}");
        }
    }
}

fn run(engine: &Weak<Engine>, pause: Duration, stopped: &mpsc::Receiver<()>) {
    let Some(started) = engine.upgrade().map(|engine| engine.core.clock.now()) else { return };
    let (mut rounds, mut exam) = (BTreeMap::new(), by_itself::Next::after_start(started));
    while stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        // Held for a look only: whoever closes the workspace waits for nobody who sleeps.
        let Some(engine) = engine.upgrade() else { return };
        if let Err(error) = look(&engine, &mut rounds) {
            tracing::warn!(code = error.code(), "sources could not be asked by themselves");
        }
        if let Err(error) = insights::read_ahead(&engine) {
            tracing::warn!(code = error.code(), "figures could not be read ahead");
        }
        if let Err(error) = by_itself::look(&engine, &mut exam) {
            tracing::warn!(code = error.code(), "the exam could not be taken by itself");
        }
    }
}

/// What is known of a source between two looks.
#[derive(Debug)]
struct Round {
    /// Not before then.
    due: Millis,
    /// One is under way.
    begun: bool,
    /// Rounds in a row that went wrong.
    failures: u32,
}

fn look(engine: &Arc<Engine>, rounds: &mut BTreeMap<SourceName, Round>) -> Result<()> {
    let core = &engine.core;
    let Some(every) = chosen(core)? else {
        rounds.clear();
        return Ok(());
    };
    let now = core.clock.now();
    let every = i64::from(every) * Millis::MINUTE;
    let sources = core.store.sources()?;
    let asked = sources.iter().filter(|source| source.connection.is_some() && !source.stopped);
    let idle: Vec<&StoredSource> = asked.filter(|source| !sync::is_running(core, &source.name)).collect();
    let due: Vec<_> = idle.into_iter().filter(|source| is_due(source, rounds, every, now, chance(core))).collect();
    if due.is_empty() {
        return Ok(());
    }
    // Asked for only when it matters: it reads files and may ask another program.
    let paced = paced(every, (core.network.surroundings)());
    for source in due {
        let Some(round) = rounds.get_mut(&source.name) else { continue };
        let left = spared(source, paced, now);
        if left > 0 {
            // Somebody may plug it in meanwhile.
            round.due = Millis(now.0 + left.min(every));
            continue;
        }
        round.begun = true;
        match sync::start_unasked(engine, source) {
            // Somebody was faster.
            Ok(_) | Err(Error::Syncing { .. }) => {}
            Err(error) => tracing::warn!(code = error.code(), "a source could not be asked by itself"),
        }
    }
    rounds.retain(|name, _| sources.iter().any(|source| &source.name == name));
    Ok(())
}

fn chance(core: &Core) -> f64 {
    core.network.pace.chance()
}

/// Whether a source that nobody asks right now is to be asked. `every` in milliseconds; `chance` between 0 and 1.
fn is_due(
    source: &StoredSource,
    rounds: &mut BTreeMap<SourceName, Round>,
    every: i64,
    now: Millis,
    chance: f64,
) -> bool {
    let round = rounds.entry(source.name.clone()).or_insert_with(|| {
        // As if it had been watched all along; what was never read was added just now, and whoever adds it asks it.
        let last = source.last_ok_at.max(source.failure.as_ref().map(|failure| failure.at)).unwrap_or(now);
        Round { due: Millis(last.0 + every), begun: false, failures: 0 }
    });
    if round.begun {
        round.begun = false;
        round.failures = if source.failure.is_some() { round.failures + 1 } else { 0 };
        let code = source.failure.as_ref().map(|failure| failure.code.as_str());
        round.due = Millis(now.0 + wait(code, round.failures, every, chance));
    } else if let Some(read) = source.last_ok_at.filter(|_| source.failure.is_none()) {
        // Somebody asked it by hand.
        round.due = round.due.max(Millis(read.0 + every));
    }
    // A clock that was set back is no reason to wait for a time that has been.
    round.due = round.due.min(Millis(now.0 + every.max(LAST_RETRY)));
    let left_alone = source.not_before.is_some_and(|until| (1..=sync::SANE_WAIT).contains(&(until.0 - now.0)));
    round.due <= now && !left_alone
}

/// Until the next round, in milliseconds, after one that ended with `code`, or well.
fn wait(code: Option<&str>, failures: u32, every: i64, chance: f64) -> i64 {
    let whole = match code {
        None => every,
        Some(code) => {
            let most = if OFFLINE.contains(&code) { OFFLINE_RETRY } else { LAST_RETRY };
            FIRST_RETRY.saturating_mul(1i64 << failures.saturating_sub(1).min(10)).min(most)
        }
    };
    // Not everybody at the same second.
    (whole as f64 * (0.9 + 0.2 * chance)) as i64
}

/// Milliseconds between two rounds as things stand; `None` while nothing is asked by itself.
fn paced(every: i64, around: Surroundings) -> Option<i64> {
    match slower(around) {
        Some(Slower::LowBattery) => None,
        Some(Slower::Metered) => Some(every * METERED),
        Some(Slower::Battery) => Some(every * ON_BATTERY),
        None => Some(every),
    }
}

/// How much longer a source that is due is left alone, in milliseconds, where that is spared.
fn spared(source: &StoredSource, paced: Option<i64>, now: Millis) -> i64 {
    match (paced, source.last_ok_at) {
        (None, _) => i64::MAX,
        (Some(paced), Some(read)) if source.failure.is_none() && read <= now => read.0 + paced - now.0,
        _ => 0,
    }
}

/// Whether what nobody asked for has to wait: the machine runs on its battery.
pub(crate) fn is_spared(core: &Core) -> bool {
    (core.network.surroundings)().battery.is_some()
}

/// How much is left, in percent, where that is so little that nothing goes on by itself.
fn low(around: Surroundings) -> Option<u8> {
    around.battery.filter(|left| *left < SPARE)
}

fn slower(around: Surroundings) -> Option<Slower> {
    match around {
        around if low(around).is_some() => Some(Slower::LowBattery),
        Surroundings { metered: true, .. } => Some(Slower::Metered),
        Surroundings { battery: Some(_), .. } => Some(Slower::Battery),
        Surroundings { .. } => None,
    }
}

/// Minutes; `None` where the person wants nothing to be asked by itself.
fn chosen(core: &Core) -> Result<Option<u32>> {
    let kept = core.store.preferences()?.into_iter().find(|(key, _)| key == KEY).map(|(_, value)| value);
    Ok(match kept.as_deref() {
        Some(NEVER) => None,
        // What cannot be read was not written by us.
        kept => Some(kept.and_then(|kept| kept.parse().ok()).filter(|every| CHOICE.contains(every)).unwrap_or(USUAL)),
    })
}

pub(crate) fn get(engine: &Engine) -> Result<Rhythm> {
    let core = &engine.core;
    let minutes = chosen(core)?;
    let around = (core.network.surroundings)();
    let now = minutes.and_then(|minutes| paced(i64::from(minutes) * Millis::MINUTE, around));
    let now = now.and_then(|paced| u32::try_from(paced / Millis::MINUTE).ok());
    Ok(Rhythm { minutes, now, slower: minutes.and_then(|_| slower(around)) })
}

pub(crate) fn set(engine: &Engine, args: &RhythmArgs) -> Result<Rhythm> {
    engine.must_own()?;
    let kept = match args.minutes {
        None => NEVER.to_owned(),
        Some(minutes) if CHOICE.contains(&minutes) => minutes.to_string(),
        Some(minutes) => {
            let (least, most) = (CHOICE.start(), CHOICE.end());
            return Err(Error::BadInput(format!(
                "sources can be asked every {least} to {most} minutes; {minutes} is outside of that"
            )));
        }
    };
    engine.core.store.set_preference(KEY, &kept)?;
    get(engine)
}

#[cfg(test)]
mod tests;
