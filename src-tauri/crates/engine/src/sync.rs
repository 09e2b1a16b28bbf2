//! Servers into the store: page by page, each with its cursor in one transaction, while the index follows behind.

mod running;

use crate::{
    Engine, Error, Result,
    api::{
        args::SourceArgs,
        view::{ImportError, ImportReport, JobView},
    },
    articles, backups,
    left_out::LeftOut,
    open::Core,
    outbox,
    privacy::lost,
    rounds::battery::Battery,
    sources, watched,
};
use connect::{
    BadRecord,
    http::Failure,
    pull::{Called, Pull},
};
use domain::{Cursor, Millis, SourceName};
use running::Running;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::{Applied, SavedCursor, SourceFailure, StoredSource};

/// Bad records that are shown; all of them are counted.
const SHOWN: usize = 100;
/// The stream in which it is kept when the roll was last called.
const ROLL: &str = "roll";
/// The stream in which it is kept how many records the server holds.
const COUNT: &str = "count";
/// As long as that is near enough.
const HOUR: i64 = 60 * Millis::MINUTE;
/// A run that begins so soon after one that was cut off is the same run.
const MOMENT: i64 = Millis::MINUTE;
/// A server's wait that is longer than this was not meant by it: the clock of this machine jumped.
pub(crate) const SANE_WAIT: i64 = 2 * 60 * Millis::MINUTE;

/// How the run of one source ended.
pub struct SyncRun {
    pub source: String,
    pub report: ImportReport,
    /// `None`: everything that changed is here.
    pub error: Option<Error>,
}

/// In the background, as a job.
pub(crate) fn start(engine: &Arc<Engine>, args: &SourceArgs) -> Result<JobView> {
    engine.must_own()?;
    let source = sources::find(engine, &args.name)?;
    if source.connection.is_none() {
        return Err(Error::NotAsked { name: args.name.clone() });
    }
    engine.start_job("sync", &args.name, move |engine, job| {
        job.goes_on_from(source.tickets);
        let progress = |done, total| job.progress(done, total);
        run_one(engine, &source, &progress, &job.cancel_flag()).map(Some)
    })
}

/// From the beginning once more. What is here stays, and is compared with what comes.
pub(crate) fn start_over(engine: &Arc<Engine>, args: &SourceArgs) -> Result<JobView> {
    begin_anew(engine, &args.name)?;
    start(engine, args)
}

/// The next run of this source reads all of it.
pub fn begin_anew(engine: &Engine, name: &str) -> Result<()> {
    engine.must_own()?;
    let source = sources::find(engine, name)?;
    if source.connection.is_none() {
        return Err(Error::NotAsked { name: name.into() });
    }
    if is_running(&engine.core, &source.name) {
        return Err(Error::Syncing { name: name.into() });
    }
    Ok(engine.core.store.forget_cursors(&source.name)?)
}

/// The same where nobody asked: it was its turn.
pub(crate) fn start_unasked(engine: &Arc<Engine>, source: &StoredSource) -> Result<JobView> {
    let (source, label) = (source.clone(), source.name.to_string());
    engine.start_unasked_job("sync", &label, move |engine, job| {
        job.goes_on_from(source.tickets);
        let progress = |done, total| job.progress(done, total);
        run_one(engine, &source, &progress, &job.cancel_flag()).map(Some)
    })
}

pub(crate) fn is_running(core: &Core, name: &SourceName) -> bool {
    core.syncing.lock().unwrap_or_else(PoisonError::into_inner).contains(name)
}

/// Here and now: one source, or every source that is asked and was not stopped. They run side by side, and what
/// happens to one is nothing to the others. `progress` is told how many records are done and, where every source says so,
/// of how many.
pub fn run(
    engine: &Arc<Engine>,
    only: Option<&str>,
    progress: &(dyn Fn(u64, Option<u64>) + Sync),
) -> Result<Vec<SyncRun>> {
    engine.must_own()?;
    // There may be a network again. What still cannot leave says so in its own row.
    outbox::deliver_due(&engine.core)?;
    let asked: Vec<StoredSource> = match only {
        Some(name) => vec![sources::find(engine, name)?],
        None => {
            let all = engine.core.store.sources()?.into_iter();
            all.filter(|source| source.connection.is_some() && !source.stopped).collect()
        }
    };
    let far: Mutex<Vec<(u64, Option<u64>)>> = Mutex::new(vec![(0, None); asked.len()]);
    let never = Arc::new(AtomicBool::new(false));
    std::thread::scope(|scope| {
        let runs: Vec<_> = asked
            .iter()
            .enumerate()
            .map(|(number, source)| {
                let (never, far) = (&never, &far);
                scope.spawn(move || {
                    let tell = |done, total| {
                        let mut far = far.lock().unwrap_or_else(PoisonError::into_inner);
                        if let Some(mine) = far.get_mut(number) {
                            *mine = (done, total);
                        }
                        progress(far.iter().map(|one| one.0).sum(), far.iter().map(|one| one.1).sum());
                    };
                    let mut report = ImportReport::default();
                    let ended = run_into(engine, source, &tell, never, &mut report);
                    SyncRun { source: source.name.to_string(), report, error: ended.err() }
                })
            })
            .collect();
        let ended = runs.into_iter().zip(&asked).map(|(run, source)| {
            run.join().unwrap_or_else(|_| SyncRun {
                source: source.name.to_string(),
                report: ImportReport::default(),
                error: Some(Error::Broken),
            })
        });
        Ok(ended.collect())
    })
}

impl Engine {
    /// How long until every one of these sources may be asked again.
    pub fn longest_wait(&self, names: &[&str]) -> Option<Duration> {
        let now = self.core.clock.now();
        let sources = self.core.store.sources().ok()?;
        let asked = sources.iter().filter(|source| names.contains(&source.name.as_str()));
        let until = asked.filter_map(|source| source.not_before).max()?;
        u64::try_from(until.0 - now.0).ok().filter(|wait| *wait > 0).map(Duration::from_millis)
    }
}

fn run_one(
    engine: &Engine,
    source: &StoredSource,
    progress: &(dyn Fn(u64, Option<u64>) + Sync),
    cancel: &Arc<AtomicBool>,
) -> Result<ImportReport> {
    let mut report = ImportReport::default();
    run_into(engine, source, progress, cancel, &mut report)?;
    Ok(report)
}

/// What was stored stands in the report, however it ends.
fn run_into(
    engine: &Engine,
    source: &StoredSource,
    progress: &(dyn Fn(u64, Option<u64>) + Sync),
    cancel: &Arc<AtomicBool>,
    report: &mut ImportReport,
) -> Result<()> {
    let core = &engine.core;
    let _running = Running::begin(&core.syncing, &source.name)?;
    let now = core.clock.now();
    if let Some(until) = source.not_before.filter(|until| (1..SANE_WAIT).contains(&(until.0 - now.0))) {
        return Err(Error::AskedToWait { name: source.name.to_string(), until });
    }
    if source.kind == watched::FILES {
        let ended = watched::run(engine, source, progress, &|| cancel.load(Ordering::SeqCst), report);
        note(engine, source, &ended)?;
        return ended;
    }
    let mut applied = Applied::default();
    let ended = walk(engine, source, progress, cancel, report, &mut applied);
    let Applied { added, changed, unchanged, deleted, comments, hops, known_errors, releases, expired, .. } = applied;
    let (articles, articles_gone) = (applied.articles, applied.articles_gone);
    let read = added + changed + unchanged + deleted + expired + report.skipped;
    let (errors, skipped) = (std::mem::take(&mut report.errors), report.skipped);
    *report = ImportReport {
        read,
        added,
        changed,
        unchanged,
        deleted,
        expired,
        skipped,
        comments,
        hops,
        known_errors,
        articles,
        articles_gone,
        releases,
        errors,
        resumed_after: 0,
    };
    note(engine, source, &ended)?;
    ended
}

fn walk(
    engine: &Engine,
    source: &StoredSource,
    progress: &(dyn Fn(u64, Option<u64>) + Sync),
    cancel: &Arc<AtomicBool>,
    report: &mut ImportReport,
    applied: &mut Applied,
) -> Result<()> {
    let (core, name) = (&engine.core, &source.name);
    let indexer = engine.must_own()?;
    let flag = Arc::clone(cancel);
    let (mut pull, ledger) = sources::open(engine, source, Box::new(move || flag.load(Ordering::SeqCst)))?;
    let told = |failure: Failure| sources::failed(failure, &ledger);
    // Said by the first page of a first run, asked for where an earlier run was cut off.
    let mut total: Option<u64> = None;
    let cut_off = cut_off_lately(core, name, pull.streams())?;
    // How many pages had been turned when a stream was last read to its end: while one page is asked for, nothing happens
    // that would be worth another look.
    let mut ended: BTreeMap<&str, u64> = BTreeMap::new();
    let mut asked = 0;
    let mut left_out = LeftOut::of(core, name)?;
    let mut battery = Battery::at_start(core);
    for (number, stream) in pull.streams().iter().enumerate() {
        if cut_off.contains(&number) {
            continue;
        }
        let mut cursor = core.store.cursor(name, stream)?.map(|saved| Cursor(saved.cursor));
        if ended.get(stream) == Some(&asked) || pull.is_over(stream, cursor.as_ref()) {
            continue;
        }
        if total.is_none() && cursor.is_some() && stream.starts_with("history") {
            total = match read_lately(core, name, COUNT, HOUR)?.and_then(|saved| saved.cursor.parse().ok()) {
                Some(known) => Some(known),
                None => pull.count().map_err(told)?,
            };
            keep_count(core, name, total)?;
        }
        loop {
            let page = pull.page(stream, cursor.as_ref()).map_err(told)?;
            if total.is_none() {
                keep_count(core, name, page.total)?;
            }
            total = page.total.or(total);
            asked += u64::from(page.more);
            let saved = page.next.as_ref().map(|next| SavedCursor { cursor: next.0.clone(), done: !page.more });
            let mark = saved.as_ref().map(|saved| (*stream, saved));
            left_out.hear(stream, &page, core.clock.now());
            left_out.keep(core, name)?;
            let changes = articles::as_read(page.changes);
            *applied += core.store.apply(name, &changes, mark, core.clock.now())?;
            skip(report, page.bad);
            if let Some(closed) = page.closed {
                report.errors.push(ImportError { file: Some((*stream).into()), line: 0, reason: closed.to_string() });
            }
            indexer.catch_up();
            match total {
                // Pages overlap: what was there before and what came is what is done.
                Some(total) => progress((source.tickets + applied.added).min(total), Some(total)),
                None => progress(applied.added + applied.changed + applied.unchanged + applied.comments, None),
            }
            cursor = page.next;
            if !page.more {
                break;
            }
            battery.lasts(core, name)?;
        }
        ended.insert(stream, asked);
    }
    left_out.end();
    left_out.keep(core, name)?;
    remove_gone(engine, name, &mut pull, &told, applied)?;
    indexer.catch_up();
    // Deleted there, moved, or hidden from this token: not a trace of it stays.
    if applied.deleted
        + applied.expired
        + applied.unsaid
        + applied.articles_gone
        + core.store.expire(core.clock.now())?
        > 0
    {
        indexer.erase_soon();
    }
    Ok(())
}

/// So that the next run does not ask for it again, if this one is cut off.
fn keep_count(core: &Core, name: &SourceName, total: Option<u64>) -> Result<()> {
    let Some(total) = total else { return Ok(()) };
    let saved = SavedCursor { cursor: total.to_string(), done: true };
    core.store.apply(name, &[], Some((COUNT, &saved)), core.clock.now())?;
    Ok(())
}

/// Where a stream stands, if it was moved so lately.
fn read_lately(core: &Core, name: &SourceName, stream: &str, within: i64) -> Result<Option<SavedCursor>> {
    let now = core.clock.now();
    let saved = core.store.cursor_with_time(name, stream)?;
    Ok(saved.filter(|(_, at)| (0..within).contains(&(now.0 - at.0))).map(|(saved, _)| saved))
}

/// The streams, by their places in the order, that a run which was cut off a moment ago had read to their ends before it came
/// to the one in which it stopped: it goes on there, and asks nothing twice. Most of them come again behind that one.
fn cut_off_lately(core: &Core, name: &SourceName, streams: &[&str]) -> Result<BTreeSet<usize>> {
    let mut states = Vec::new();
    for stream in streams {
        states.push(read_lately(core, name, stream, MOMENT)?.map(|saved| saved.done));
    }
    let Some(stopped) = states.iter().rposition(|done| *done == Some(false)) else { return Ok(BTreeSet::new()) };
    let before = states.iter().enumerate().take(stopped);
    Ok(before.filter(|(_, done)| **done == Some(true)).map(|(number, _)| number).collect())
}

/// What is no longer there leaves the store and the index.
fn remove_gone(
    engine: &Engine,
    name: &SourceName,
    pull: &mut Pull,
    told: &dyn Fn(Failure) -> Error,
    applied: &mut Applied,
) -> Result<()> {
    let store = &engine.core.store;
    let now = engine.core.clock.now();
    let called = store.cursor(name, ROLL)?.map(|saved| Called::read(&saved.cursor)).unwrap_or_default();
    let have: BTreeSet<String> = store.ticket_ids(name)?;
    if let Some((changes, called)) = pull.gone(&have, &called, now).map_err(told)? {
        let saved = SavedCursor { cursor: called.write(), done: true };
        *applied += store.apply(name, &changes, Some((ROLL, &saved)), now)?;
    }
    Ok(())
}

fn skip(report: &mut ImportReport, bad: Vec<BadRecord>) {
    report.skipped += bad.len() as u64;
    let room = SHOWN.saturating_sub(report.errors.len());
    let shown = bad.into_iter().take(room);
    report.errors.extend(shown.map(|bad| ImportError { file: bad.file, line: bad.line, reason: bad.reason }));
}

/// Notes how a run ended: what stopped it, and until when the server wants to be left alone.
fn note(engine: &Engine, source: &StoredSource, ended: &Result<()>) -> Result<()> {
    let core = &engine.core;
    let now = core.clock.now();
    let error = match ended {
        Ok(()) => {
            // Asked for once by hand, or paused meanwhile: that stays.
            let paused = sources::is_paused(&sources::find(engine, source.name.as_str())?);
            return Ok(core.store.source_ended(&source.name, None, paused, None)?);
        }
        // Somebody wanted it so: nothing is wrong with the source.
        Err(Error::Cancelled) => return Ok(()),
        Err(error) => error,
    };
    let network = match error {
        Error::Connect(connect::Error::Network(failure)) => Some(failure),
        _ => None,
    };
    let not_before = match network {
        Some(Failure::Limited { wait, .. }) => {
            Some(Millis(now.0 + i64::try_from(wait.0.as_millis()).unwrap_or(Millis::MINUTE)))
        }
        _ => None,
    };
    let view = error.view();
    let at = lost::since(source.failure.as_ref(), &view.code, now);
    let failure = SourceFailure { code: view.code, words: view.message, at };
    let stopped = network.is_some_and(Failure::is_permanent);
    core.store.source_ended(&source.name, Some(&failure), stopped, not_before)?;
    if lost::purge(&core.store, now)? > 0 {
        engine.must_own()?.erase(true)?;
        backups::renew(core)?;
    }
    Ok(())
}
