//! Long work that runs beside the window: imports, the sample, a rebuild. Each can be watched and stopped.

use crate::{
    Engine, Error, Result,
    api::view::{Event, ImportReport, JobView},
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

/// How long a host that ends waits for work that was asked to stop.
const PATIENCE: Duration = Duration::from_secs(5);
/// Finished jobs that are remembered for this session.
const KEPT: usize = 50;

#[derive(Default)]
pub(crate) struct Jobs(Mutex<Vec<Entry>>);

struct Entry {
    view: JobView,
    cancel: Arc<AtomicBool>,
}

/// What a job is to be called.
struct Work<'a> {
    kind: &'a str,
    label: &'a str,
    unasked: bool,
}

/// What a running job holds: it reports here and looks here whether it should stop.
pub(crate) struct Job<'a> {
    engine: &'a Engine,
    id: u64,
    cancel: Arc<AtomicBool>,
}

impl Engine {
    pub(crate) fn jobs(&self) -> Vec<JobView> {
        self.jobs.lock().iter().rev().map(|entry| entry.view.clone()).collect()
    }

    pub(crate) fn cancel_job(&self, id: u64) -> Result<()> {
        let jobs = self.jobs.lock();
        let entry = jobs.iter().find(|entry| entry.view.id == id);
        let entry = entry.ok_or_else(|| Error::NotFound { what: "job", id: id.to_string() })?;
        entry.cancel.store(true, Ordering::SeqCst);
        Ok(())
    }

    /// Asks the jobs of a kind to stop, of one label where one is named.
    pub(crate) fn cancel_jobs(&self, kind: &str, label: Option<&str>) {
        let jobs = self.jobs.lock();
        let named = |view: &JobView| label.is_none_or(|label| view.label == label);
        let meant = jobs.iter().filter(|Entry { view, .. }| view.kind == kind && named(view));
        meant.for_each(|entry| entry.cancel.store(true, Ordering::SeqCst));
    }

    /// Lets go of a workspace and waits until nothing of it runs any more: jobs are asked to stop, indexer and keeper
    /// end. A host does this before its process ends: at exit SQLCipher takes itself apart, and a thread that still read
    /// then would crash in it. Work that does not stop is left behind after [`PATIENCE`].
    pub fn close(self: Arc<Self>) {
        self.jobs.lock().iter().for_each(|entry| entry.cancel.store(true, Ordering::SeqCst));
        let until = Instant::now() + PATIENCE;
        let mut engine = self;
        while Instant::now() < until {
            match Arc::try_unwrap(engine) {
                Ok(last) => return drop(last),
                Err(shared) => engine = shared,
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Starts work on a thread of its own and answers at once.
    pub(crate) fn start_job(
        self: &Arc<Self>,
        kind: &str,
        label: &str,
        work: impl FnOnce(&Arc<Engine>, &Job<'_>) -> Result<Option<ImportReport>> + Send + 'static,
    ) -> Result<JobView> {
        self.start(Work { kind, label, unasked: false }, work)
    }

    /// The same, for what nobody asked for: no host makes a fuss about it.
    pub(crate) fn start_unasked_job(
        self: &Arc<Self>,
        kind: &str,
        label: &str,
        work: impl FnOnce(&Arc<Engine>, &Job<'_>) -> Result<Option<ImportReport>> + Send + 'static,
    ) -> Result<JobView> {
        self.start(Work { kind, label, unasked: true }, work)
    }

    fn start(
        self: &Arc<Self>,
        about: Work<'_>,
        work: impl FnOnce(&Arc<Engine>, &Job<'_>) -> Result<Option<ImportReport>> + Send + 'static,
    ) -> Result<JobView> {
        // The sample is one transaction, and half an index answers wrongly: of these two there is nothing to cancel.
        let cancellable = matches!(about.kind, "import" | "sync" | "sign_in" | "replay" | "code" | "trial");
        let (view, cancel) = self.jobs.add(&about, cancellable, self.core.clock.now().0);
        self.core.events.emit(Event::Job { job: Box::new(view.clone()) });
        let (engine, id) = (Arc::clone(self), view.id);
        let spawned = std::thread::Builder::new().name(format!("job-{id}")).spawn(move || {
            let job = Job { engine: &engine, id, cancel };
            // Somebody waits for the end of this, whatever the end is.
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&engine, &job))).unwrap_or(Err(Error::Broken));
            job.change(|view| match outcome {
                Ok(report) => (view.state, view.report) = ("done".into(), report),
                Err(Error::Cancelled) => view.state = "cancelled".into(),
                // Ended as somebody might have, with words for why.
                Err(error @ Error::BatteryLow { .. }) => {
                    (view.state, view.error) = ("cancelled".into(), Some(error.view()));
                }
                Err(error) => (view.state, view.error) = ("failed".into(), Some(error.view())),
            });
        });
        match spawned {
            Ok(_) => Ok(view),
            Err(cause) => Err(Error::Home { what: "starting a thread", path: "this computer".into(), cause }),
        }
    }
}

impl Job<'_> {
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::SeqCst)
    }

    pub(crate) fn cancel_flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancel)
    }

    pub(crate) fn progress(&self, done: u64, total: Option<u64>) {
        self.change(|view| (view.done, view.total) = (done, total));
    }

    /// It goes on where an earlier run had come to.
    pub(crate) fn goes_on_from(&self, before: u64) {
        self.change(|view| view.before = before);
    }

    fn change(&self, change: impl FnOnce(&mut JobView)) {
        let view = {
            let mut jobs = self.engine.jobs.lock();
            let Some(entry) = jobs.iter_mut().find(|entry| entry.view.id == self.id) else { return };
            change(&mut entry.view);
            entry.view.clone()
        };
        self.engine.core.events.emit(Event::Job { job: Box::new(view) });
    }
}

impl Jobs {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, about: &Work<'_>, cancellable: bool, now: i64) -> (JobView, Arc<AtomicBool>) {
        let Work { kind, label, unasked } = *about;
        let mut jobs = self.lock();
        let id = jobs.last().map_or(1, |entry| entry.view.id + 1);
        let view = JobView {
            id,
            kind: kind.into(),
            label: label.into(),
            cancellable,
            unasked,
            state: "running".into(),
            done: 0,
            total: None,
            before: 0,
            started_at: now,
            report: None,
            error: None,
        };
        let cancel = Arc::new(AtomicBool::new(false));
        // Of what comes round every few minutes the last time is enough.
        jobs.retain(|Entry { view: old, .. }| {
            !(unasked && old.unasked && old.label == label && old.state != "running")
        });
        jobs.push(Entry { view: view.clone(), cancel: Arc::clone(&cancel) });
        if jobs.len() > KEPT {
            jobs.remove(0);
        }
        (view, cancel)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Engine, KeyFile, OpenOptions, api::view::Event};
    use std::{
        sync::{Arc, mpsc},
        time::Duration,
    };

    #[test]
    fn a_job_that_breaks_ends_as_failed() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Arc::new(KeyFile::at(dir.path().join("keys")));
        let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.path().join("home")) }).unwrap();
        let (tell, ended) = mpsc::channel();
        engine.subscribe(Box::new(move |event| {
            if let Event::Job { job } = event
                && job.state != "running"
            {
                tell.send(job.clone()).unwrap();
            }
        }));
        engine.start_job("import", "a file", |_, _| panic!("on purpose")).unwrap();
        let ended = ended.recv_timeout(Duration::from_secs(30)).unwrap();
        assert_eq!((ended.state.as_str(), ended.error.unwrap().code.as_str()), ("failed", "unexpected"));
    }
}
