//! The workspace behind the window. It opens on a thread of its own; whoever asks first waits for it.

use crate::options::Options;
use engine::api::view::Event;
use engine::{Door, OpenOptions, SecretStore};
use std::sync::Arc;

/// Returns at once. A workspace that cannot be opened answers every command with the reason.
pub fn open(
    options: Options,
    secrets: Arc<dyn SecretStore>,
    hear: impl Fn(&Event) + Send + Sync + 'static,
) -> Arc<Door> {
    let hear = Arc::new(hear);
    let opening = OpenOptions { secrets, ..OpenOptions::at(options.home) };
    Door::knock(opening, move |engine| {
        let hear = Arc::clone(&hear);
        engine.subscribe(Box::new(move |event| hear(event)));
        if options.sample {
            match engine::api::rpc(engine, "sample_fill", serde_json::json!({})) {
                Err(error) if error.code != "not_empty" => return Err(error),
                _ => {}
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn whoever_asks_waits_for_the_workspace() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("new");
        let key = engine::KeyFile::at(home.with_extension("key"));
        let door = open(Options { home, sample: false }, Arc::new(key), |_| {});
        assert_eq!(door.rpc("workspace_status", json!({})).unwrap()["tickets"], 0);
    }
}
