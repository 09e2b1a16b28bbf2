//! The workspace behind the window. It opens on a thread of its own; whoever asks first waits for it.

use crate::options::Options;
use engine::api::view::{ApiErrorView, Event};
use engine::{Engine, OpenOptions, SecretStore};
use std::sync::{Arc, OnceLock};

type Opened = Result<Arc<Engine>, ApiErrorView>;

#[derive(Clone)]
pub struct Workspace(Arc<OnceLock<Opened>>);

impl Workspace {
    /// Returns at once. A workspace that cannot be opened answers every command with the reason.
    pub fn open(
        options: Options,
        secrets: Arc<dyn SecretStore>,
        hear: impl Fn(&Event) + Send + Sync + 'static,
    ) -> Workspace {
        let slot = Arc::new(OnceLock::new());
        let workspace = Workspace(Arc::clone(&slot));
        std::thread::spawn(move || {
            let opening = std::thread::spawn(move || open(options, secrets, hear));
            // A panic in there must not leave the window waiting for ever.
            let opened = opening.join().unwrap_or_else(|_| Err(broken()));
            if let Err(error) = &opened {
                tracing::error!(code = error.code, "the workspace did not open: {}", error.message);
            }
            _ = slot.set(opened);
        });
        workspace
    }

    /// Waits until the workspace is open, or cannot be.
    pub fn engine(&self) -> Result<&Arc<Engine>, ApiErrorView> {
        self.0.wait().as_ref().map_err(Clone::clone)
    }
}

fn open(options: Options, secrets: Arc<dyn SecretStore>, hear: impl Fn(&Event) + Send + Sync + 'static) -> Opened {
    let engine =
        Engine::open(OpenOptions { secrets, ..OpenOptions::at(options.home) }).map_err(|error| error.view())?;
    engine.subscribe(Box::new(hear));
    if options.sample {
        match engine::api::rpc(&engine, "sample_fill", serde_json::json!({})) {
            Err(error) if error.code != "not_empty" => return Err(error),
            _ => {}
        }
    }
    Ok(engine)
}

fn broken() -> ApiErrorView {
    ApiErrorView {
        code: "open_failed".into(),
        message: "The workspace could not be opened.".into(),
        hint: Some("Start again; if it stays so, run `precedent doctor`.".into()),
        retryable: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open_at(home: &std::path::Path, sample: bool) -> Workspace {
        let key = engine::KeyFile::at(home.with_extension("key"));
        Workspace::open(Options { home: home.into(), sample }, Arc::new(key), |_| {})
    }

    #[test]
    fn whoever_asks_waits_for_the_workspace() {
        let home = tempfile::tempdir().unwrap();
        let workspace = open_at(&home.path().join("new"), false);
        let status = engine::api::rpc(workspace.engine().unwrap(), "workspace_status", serde_json::json!({})).unwrap();
        assert_eq!(status["tickets"], 0);
    }

    #[test]
    fn a_workspace_that_cannot_open_says_why_each_time() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("a file, not a folder");
        std::fs::write(&file, "x").unwrap();
        let workspace = open_at(&file, false);
        let first = workspace.engine().err().unwrap();
        assert_eq!(first.code, "home_unusable");
        assert_eq!(workspace.engine().err().unwrap(), first);
    }
}
