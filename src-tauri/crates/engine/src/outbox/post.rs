//! The thread that takes along what could not leave at once: when there is a network again, or when a server said.

use super::deliver_due;
use crate::open::Core;
use std::{
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError},
    },
    thread::JoinHandle,
};

pub(crate) struct Post {
    /// Dropped to end it.
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Post {
    pub(crate) fn start(core: &Arc<Core>) -> Self {
        let (stop, stopped) = mpsc::channel();
        let core = Arc::clone(core);
        // Without it everything that is due leaves with the next click or the next start.
        let thread = std::thread::Builder::new().name("post".into()).spawn(move || run(&core, &stopped)).ok();
        Self { stop: Some(stop), thread }
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(core: &Arc<Core>, stopped: &mpsc::Receiver<()>) {
    while stopped.recv_timeout(core.network.post_pause) == Err(RecvTimeoutError::Timeout) {
        if let Err(error) = deliver_due(core) {
            tracing::warn!(code = error.code(), "the outbox could not be taken along");
        }
    }
}
