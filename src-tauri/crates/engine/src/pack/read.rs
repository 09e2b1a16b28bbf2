//! Reads what has no vector yet: in the background while nothing else goes on, or at once where somebody waits for it.
//! The newest change comes first, and what is done is kept at once: it goes on wherever it was stopped.

use crate::{Engine, Result, open::Core, read};
use meaning::{Model, Text, Vector};
use std::{
    num::NonZero,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread::JoinHandle,
    time::Duration,
};
use store::{StoredVector, Unread};

/// Texts that are computed together: more would not stay in the processor's memory.
const TOGETHER: usize = 8;
/// Between two looks at whether there is something to do. Who only asks one question is gone by then.
const QUIET: Duration = Duration::from_secs(2);
/// After a question, before it goes on.
const AFTER_A_QUESTION: Duration = Duration::from_millis(500);
/// More threads than this gain little: the work is bound by memory.
const MOST_THREADS: usize = 4;

/// The thread that reads in the background.
pub(crate) struct Reader {
    /// Dropped to end it.
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Reader {
    pub(crate) fn start(core: &Arc<Core>) -> Self {
        let (stop, stopped) = mpsc::channel();
        let core = Arc::clone(core);
        // Without it cases are found by their words, as without a pack.
        let thread = std::thread::Builder::new().name("reader".into()).spawn(move || run(&core, &stopped)).ok();
        Self { stop: Some(stop), thread }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(core: &Core, stopped: &mpsc::Receiver<()>) {
    let mut asked = 0;
    // The change up to which a model has read everything.
    let mut all_read: Option<(Arc<Model>, i64)> = None;
    while stopped.recv_timeout(QUIET) == Err(RecvTimeoutError::Timeout) {
        // One that cannot be used was said when it was opened, and `model_status` says it.
        let Ok(Some(model)) = core.pack.model(&core.home) else {
            all_read = None;
            continue;
        };
        let mut go_on = || {
            let questions = core.pack.asked.load(Ordering::SeqCst);
            let wait = if questions == asked { Duration::ZERO } else { AFTER_A_QUESTION };
            asked = questions;
            !core.is_bulk() && stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout)
        };
        let read = core.store.sequence().map_err(Into::into).and_then(|sequence| {
            core.pack.known.follow(core, &model)?;
            let is_new = all_read.as_ref().is_none_or(|(by, at)| !Arc::ptr_eq(by, &model) || *at != sequence);
            if is_new && !core.is_bulk() && one_by_one(core, &model, &mut go_on)? {
                all_read = Some((Arc::clone(&model), sequence));
            }
            Ok::<(), crate::Error>(())
        });
        if let Err(error) = read {
            tracing::warn!(code = error.code(), "what is new could not be read for its meaning");
        }
    }
}

/// Until all is read, which is answered with yes, or `go_on` says no.
fn one_by_one(core: &Core, model: &Model, go_on: &mut dyn FnMut() -> bool) -> Result<bool> {
    // Somebody is at it and waits.
    let Ok(_mine) = core.pack.reading.try_lock() else { return Ok(false) };
    for some in core.store.unread(model.id())?.chunks(TOGETHER) {
        if !go_on() {
            return Ok(false);
        }
        step(core, model, some, &embed)?;
    }
    Ok(true)
}

/// Makes vectors of texts, one of each: [`embed`], or one that remembers what it made.
pub type Embed<'a> = &'a (dyn Fn(&Model, &[&Text]) -> Vec<Vector> + Sync);

pub fn embed(model: &Model, texts: &[&Text]) -> Vec<Vector> {
    let texts: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
    model.embed(&texts)
}

impl Engine {
    /// Reads all that has no vector yet, here and now, on several threads. `progress` hears how much of how much is done, and
    /// ends it by answering no. Answers how many were read; none without a pack.
    pub fn read_meanings(&self, progress: &(dyn Fn(u64, u64) -> bool + Sync), embed: Embed<'_>) -> Result<u64> {
        self.must_own()?;
        let core = &self.core;
        let Some(model) = core.pack.model(&core.home)? else { return Ok(0) };
        core.pack.known.follow(core, &model)?;
        let _mine = core.pack.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let unread = core.store.unread(model.id())?;
        let (next, done) = (AtomicUsize::new(0), AtomicU64::new(0));
        let failed = Mutex::new(None);
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
        let total = unread.len() as u64;
        progress(0, total);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    loop {
                        let from = next.fetch_add(TOGETHER, Ordering::SeqCst);
                        let Some(some) = unread.get(from..).map(|left| left.get(..TOGETHER).unwrap_or(left)) else {
                            return;
                        };
                        if some.is_empty() {
                            return;
                        }
                        let read = step(core, &model, some, embed);
                        let so_far = done.fetch_add(some.len() as u64, Ordering::SeqCst) + some.len() as u64;
                        if read.is_err() || !progress(so_far, total) {
                            next.store(unread.len(), Ordering::SeqCst);
                        }
                        if let Err(error) = read {
                            *failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                        }
                    }
                });
            }
        });
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => Ok(done.into_inner()),
        }
    }
}

/// Reads a few documents and keeps their vectors. What went meanwhile is left out.
fn step(core: &Core, model: &Model, some: &[Unread], embed: Embed<'_>) -> Result<()> {
    let mut texts: Vec<(Unread, domain::Millis, Text)> = Vec::with_capacity(some.len());
    for one in some {
        if let Some((text, created_at)) = read::meaning(&core.store, one.doc)? {
            texts.push((*one, created_at, text));
        }
    }
    // The same text again, in another case or after another change, has the same vector.
    let mut vectors: Vec<Option<Vector>> =
        texts.iter().map(|(_, _, text)| core.pack.known.of_text(&text.id())).collect();
    let missing: Vec<&Text> =
        texts.iter().zip(&vectors).filter(|(_, known)| known.is_none()).map(|((_, _, text), _)| text).collect();
    if !missing.is_empty() {
        let mut made = embed(model, &missing).into_iter();
        vectors.iter_mut().filter(|known| known.is_none()).for_each(|slot| *slot = made.next());
    }
    let read: Vec<(StoredVector, Vector)> = texts
        .into_iter()
        .zip(vectors)
        .filter_map(|((Unread { doc, seq }, created_at, text), vector)| {
            let vector = vector?;
            Some((StoredVector { doc, created_at, text: text.id().0, seq, bytes: vector.to_bytes() }, vector))
        })
        .collect();
    let stored: Vec<StoredVector> = read.iter().map(|(stored, _)| stored.clone()).collect();
    let kept = core.store.set_vectors(model.id(), &stored)?;
    core.pack.known.put(&read, &kept);
    Ok(())
}
