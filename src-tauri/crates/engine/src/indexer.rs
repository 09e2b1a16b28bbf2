//! The one thread that writes the index: it follows the store's change sequence and commits at most once a second
//! unless somebody waits for it.
//!
//! Each round reads one snapshot of the store, so that what is committed is the store at that sequence, exactly: the
//! commit's payload names the sequence and the number of documents, and the next start can check both.

mod budget;

use crate::{
    Error, Result,
    api::view::{Event, IndexState, IndexView},
    open::Core,
    read,
};
use domain::{DocId, Signature};
use index::{Watermark, Writer};
use std::{
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};
use store::Store;

/// Documents read, indexed and noted in one go.
const BATCH: usize = 200;
/// Between commits; rarer while an import runs, because each costs as much as hundreds of documents.
const PAUSE: Duration = Duration::from_secs(1);
const BULK_PAUSE: Duration = Duration::from_secs(4);

pub(crate) struct Indexer {
    signal: mpsc::Sender<Signal>,
    progress: Arc<Progress>,
    thread: Option<JoinHandle<()>>,
}

enum Signal {
    CatchUp,
    Rebuild(String),
    /// Follow, and then leave nothing of what is gone. `whole`: also write the database anew.
    Erase {
        whole: bool,
        done: Option<mpsc::Sender<Result<()>>>,
    },
    Stop,
}

/// How far the committed index is, and what stopped it if something did.
#[derive(Default)]
struct Progress {
    state: Mutex<(i64, Option<Arc<Error>>)>,
    moved: Condvar,
    /// Rebuilds that were asked for and have not begun: until then the old index, which is about to go, looks done.
    due: AtomicUsize,
    /// Who waits to find what is in the store: for them a commit does not wait for its time.
    waiting: AtomicUsize,
}

impl Progress {
    fn set(&self, sequence: i64, failed: Option<Arc<Error>>) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = (sequence, failed);
        self.moved.notify_all();
    }
}

impl Indexer {
    pub(crate) fn start(core: &Arc<Core>, rebuild: Option<String>) -> Result<Self> {
        let (signal, signals) = mpsc::channel();
        let progress = Arc::new(Progress::default());
        progress.set(core.index().watermark().sequence, None);
        if let Some(reason) = &rebuild {
            core.set_index_view(IndexView {
                state: IndexState::Rebuilding,
                done: 0,
                total: 0,
                reason: Some(reason.clone()),
            });
        }
        progress.due.store(usize::from(rebuild.is_some()), Ordering::SeqCst);
        let _ = signal.send(rebuild.map_or(Signal::CatchUp, Signal::Rebuild));
        let (core, mine) = (Arc::clone(core), Arc::clone(&progress));
        let thread = std::thread::Builder::new().name("indexer".into()).spawn(move || run(&core, &signals, &mine));
        let thread = thread.map_err(|cause| crate::Error::Home {
            what: "starting a thread",
            path: "this computer".into(),
            cause,
        })?;
        Ok(Self { signal, progress, thread: Some(thread) })
    }

    /// There is something new in the store.
    pub(crate) fn catch_up(&self) {
        let _ = self.signal.send(Signal::CatchUp);
    }

    pub(crate) fn rebuild(&self, core: &Core, reason: &str) {
        self.progress.set(0, None);
        self.progress.due.fetch_add(1, Ordering::SeqCst);
        core.set_index_view(IndexView {
            state: IndexState::Rebuilding,
            done: 0,
            total: 0,
            reason: Some(reason.into()),
        });
        let _ = self.signal.send(Signal::Rebuild(reason.into()));
    }

    /// Leaves nothing of deleted documents in the index and in the pages of the database; answers when it is done.
    pub(crate) fn erase(&self, whole: bool) -> Result<()> {
        let (done, heard) = mpsc::channel();
        let _ = self.signal.send(Signal::Erase { whole, done: Some(done) });
        heard.recv().unwrap_or(Err(Error::Broken))
    }

    /// The same, at some time soon.
    pub(crate) fn erase_soon(&self) {
        let _ = self.signal.send(Signal::Erase { whole: false, done: None });
    }

    /// Waits until everything that is in the store now can be found.
    pub(crate) fn wait(&self, core: &Core) -> Result<()> {
        let target = core.store.sequence()?;
        let mut state = self.progress.state.lock().unwrap_or_else(PoisonError::into_inner);
        // What failed before is tried again now.
        state.1 = None;
        let _waiting = Waiting::on(&self.progress);
        self.catch_up();
        loop {
            if let Some(failed) = &state.1 {
                return Err(Error::Following(Arc::clone(failed)));
            }
            // A rebuild that has begun stands at 0 and is not done, also for an empty store.
            let due = self.progress.due.load(Ordering::SeqCst) > 0;
            if !due && state.0 >= target && core.index_view().state != IndexState::Rebuilding {
                return Ok(());
            }
            let waited = self.progress.moved.wait_timeout(state, Duration::from_millis(200));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

struct Waiting<'a>(&'a Progress);

impl<'a> Waiting<'a> {
    fn on(progress: &'a Progress) -> Self {
        progress.waiting.fetch_add(1, Ordering::SeqCst);
        Self(progress)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Drop for Indexer {
    fn drop(&mut self) {
        let _ = self.signal.send(Signal::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(core: &Core, signals: &mpsc::Receiver<Signal>, progress: &Progress) {
    let mut follower = Follower::from_the_last_commit(core, budget::after_last_time(&core.home));
    let mut wait: Option<Duration> = None;
    let mut rebuild: Option<String> = None;
    let mut due = 0;
    loop {
        let signal = match wait {
            None => signals.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(wait) => signals.recv_timeout(wait),
        };
        let mut erase = None;
        match signal {
            Ok(Signal::Erase { whole, done }) => erase = Some((whole, done)),
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => break,
            Ok(Signal::Rebuild(reason)) => (rebuild, due) = (Some(reason), due + 1),
            Ok(Signal::CatchUp) | Err(RecvTimeoutError::Timeout) => {}
        }
        if let Some(reason) = &rebuild
            && let Err(error) = follower.rebuild(core, reason)
        {
            wait = fail(core, progress, error);
            continue;
        }
        rebuild = None;
        progress.due.fetch_sub(std::mem::take(&mut due), Ordering::SeqCst);
        let followed = follower.follow(core, progress, erase.is_some());
        let followed = match &erase {
            Some((whole, _)) => followed.and_then(|wait| follower.erase(core, *whole).map(|()| wait)),
            None => followed,
        };
        if let Some((_, Some(done))) = erase {
            let _ = done.send(followed.as_ref().map(|_| ()).map_err(|error| Error::Erasing(error.to_string())));
        }
        wait = match followed {
            Ok(wait) => wait,
            Err(error) => {
                // What was half written is dropped: it goes on from the last commit, or from nothing where that is gone.
                follower = Follower::from_the_last_commit(core, follower.memory);
                rebuild =
                    error.spoilt_index().or_else(|| core.home.index_is_gone().then(|| "its files were gone".into()));
                let wait = fail(core, progress, error);
                if rebuild.is_some() { Some(PAUSE) } else { wait }
            }
        };
    }
    // What is not committed is read again at the next start.
}

/// Tells everybody who waits or looks. Answers when to try again.
fn fail(core: &Core, progress: &Progress, error: Error) -> Option<Duration> {
    tracing::error!(code = error.code(), "the index could not follow");
    let wait = if error.is_permanent() { None } else { Some(PAUSE) };
    core.set_index_view(IndexView { state: IndexState::Behind, done: 0, total: 0, reason: Some(error.to_string()) });
    progress.set(core.index().watermark().sequence, Some(Arc::new(error)));
    wait
}

struct Follower {
    writer: Option<Writer>,
    /// The sequence up to which documents were handed to the writer.
    at: i64,
    dirty: bool,
    committed: Option<Instant>,
    /// What the writer may use before it writes a segment, in bytes.
    memory: usize,
}

impl Follower {
    fn from_the_last_commit(core: &Core, memory: usize) -> Self {
        Self { writer: None, at: core.index().watermark().sequence, dirty: false, committed: None, memory }
    }

    fn rebuild(&mut self, core: &Core, reason: &str) -> Result<()> {
        self.writer = None;
        core.set_index_view(IndexView {
            state: IndexState::Rebuilding,
            done: 0,
            total: 0,
            reason: Some(reason.into()),
        });
        budget::begin(&core.home, self.memory);
        core.make_index()?;
        (self.at, self.dirty, self.committed) = (0, true, None);
        Ok(())
    }

    /// Rounds until nothing is new. Answers how long to wait for the commit that is still due, if one is.
    fn follow(&mut self, core: &Core, progress: &Progress, at_once: bool) -> Result<Option<Duration>> {
        loop {
            let snapshot = core.store.snapshot()?;
            let store: &Store = snapshot.as_deref().unwrap_or(&core.store);
            let target = store.sequence()?;
            let behind = target > self.at;
            if behind {
                self.round(core, store, target)?;
            } else if !self.dirty {
                self.settle(core, progress);
                return Ok(None);
            }
            let pause = if core.is_bulk() { BULK_PAUSE } else { PAUSE };
            match self.committed.map(|at| at.elapsed()) {
                Some(since) if since < pause && behind => {}
                Some(since) if since < pause && !at_once && progress.waiting.load(Ordering::SeqCst) == 0 => {
                    return Ok(Some(pause - since));
                }
                _ => self.commit(core, progress, Watermark { sequence: target, documents: store.documents()? })?,
            }
        }
    }

    fn round(&mut self, core: &Core, store: &Store, target: i64) -> Result<()> {
        let total = (target - self.at).unsigned_abs();
        let mut done = 0;
        loop {
            let changes = store.changes_since(self.at, BATCH)?;
            let Some(&(last, _)) = changes.last() else { break };
            let mut signatures: Vec<(DocId, Vec<Signature>)> = Vec::with_capacity(changes.len());
            for (_, doc) in &changes {
                match read::document(store, *doc)? {
                    Some((document, found)) => {
                        self.writer(core)?.put(&document)?;
                        signatures.push((*doc, found));
                    }
                    None => {
                        self.writer(core)?.remove(*doc)?;
                        signatures.push((*doc, Vec::new()));
                    }
                }
            }
            core.store.set_signatures(&signatures)?;
            (self.at, self.dirty) = (last, true);
            done += changes.len() as u64;
            let IndexView { state, reason, .. } = core.index_view();
            let state = if state == IndexState::Rebuilding { state } else { IndexState::CatchingUp };
            core.set_index_view(IndexView { state, done, total: total.max(done), reason });
        }
        self.at = target;
        Ok(())
    }

    /// After everything is committed.
    fn erase(&mut self, core: &Core, whole: bool) -> Result<()> {
        // A merge that is under way would bring its old segment back.
        if let Some(writer) = self.writer.take() {
            writer.finish()?;
        }
        core.index().writer(0, 1)?.expunge()?;
        core.store.sweep()?;
        if whole { Ok(core.store.compact()?) } else { Ok(()) }
    }

    fn writer(&mut self, core: &Core) -> Result<&mut Writer> {
        if self.writer.is_none() {
            self.writer = Some(core.index().writer(self.memory, 1)?);
        }
        Ok(self.writer.as_mut().expect("it was made just above"))
    }

    fn commit(&mut self, core: &Core, progress: &Progress, mark: Watermark) -> Result<()> {
        self.writer(core)?.commit(mark)?;
        (self.dirty, self.committed) = (false, Some(Instant::now()));
        let IndexView { reason, .. } = core.index_view();
        core.set_index_view(IndexView { state: IndexState::Ready, done: 0, total: 0, reason });
        progress.set(mark.sequence, None);
        core.events.emit(Event::Changed { seq: mark.sequence });
        Ok(())
    }

    /// Nothing to do: say so, and give the writer's memory back.
    fn settle(&mut self, core: &Core, progress: &Progress) {
        self.writer = None;
        self.memory = budget::end(&core.home);
        core.set_index_view(IndexView { state: IndexState::Ready, done: 0, total: 0, reason: None });
        progress.set(self.at, None);
    }
}
