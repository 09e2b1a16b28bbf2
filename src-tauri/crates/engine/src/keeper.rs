//! The thread that makes copies of the database while nothing else goes on.

use crate::{backups, evidence, open::Core};
use domain::Millis;
use std::{
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError},
    },
    thread::JoinHandle,
    time::Duration,
};

/// Who only asks one question is gone by then.
const QUIET: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_secs(60 * 60);

pub(crate) struct Keeper {
    /// Dropped to end it.
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    pub(crate) fn start(core: &Arc<Core>) -> Self {
        let (stop, stopped) = mpsc::channel();
        let core = Arc::clone(core);
        // Without it everything works; `doctor` says how old the newest copy is.
        let thread = std::thread::Builder::new().name("keeper".into()).spawn(move || run(&core, &stopped)).ok();
        Self { stop: Some(stop), thread }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(core: &Core, stopped: &mpsc::Receiver<()>) {
    let mut wait = QUIET;
    while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        wait = if core.is_bulk() { QUIET } else { PAUSE };
        if !core.is_bulk() {
            core.note_backup(backups::make_due(core));
            let long_ago = Millis(core.clock.now().0 - evidence::BROUGHT_BACK);
            if let Err(error) = core.store.forget_removed_files(long_ago) {
                tracing::warn!(%error, "files that were taken away could not be let go of");
            }
        }
    }
}
