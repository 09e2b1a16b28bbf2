//! Where everything lies, and the configuration without secrets.

use crate::{
    Engine, Error, Result,
    api::view::{ConfigView, FolderView, PrivacyView},
    keys,
    privacy::retention,
    queue,
};
use std::path::Path;

pub(crate) fn overview(engine: &Engine) -> Result<PrivacyView> {
    let home = engine.core.home.dir();
    let mut folders = Vec::new();
    for (what, names) in PLACES {
        let mut bytes = 0;
        let mut here = false;
        for name in *names {
            let path = home.join(name);
            here |= path.exists();
            bytes += size_of(&path).map_err(|cause| Error::Home { what: "measuring", path: path.clone(), cause })?;
        }
        let path = names.first().map(|name| home.join(name)).unwrap_or_default();
        if here {
            folders.push(FolderView { what: (*what).into(), path: path.display().to_string(), bytes });
        }
    }
    Ok(PrivacyView { home: home.display().to_string(), folders })
}

/// What each consists of. The last three are there once they were needed.
const PLACES: &[(&str, &[&str])] = &[
    ("database", &["store.db", "store.db-wal", "store.db-shm"]),
    ("index", &["index"]),
    ("keys", &["keys.json"]),
    ("backups", &["backups"]),
    ("damaged", &["damaged"]),
    ("pack", &["meaning.pack"]),
];

/// Of a file, or of everything in a folder. What is gone by now weighs nothing.
fn size_of(path: &Path) -> std::io::Result<u64> {
    let Ok(meta) = std::fs::symlink_metadata(path) else { return Ok(0) };
    if !meta.is_dir() {
        return Ok(meta.len());
    }
    let mut bytes = 0;
    for entry in std::fs::read_dir(path)? {
        bytes += size_of(&entry?.path())?;
    }
    Ok(bytes)
}

/// What somebody needs to set another workspace up the same way: no key, no token, no text of a ticket.
pub(crate) fn config(engine: &Engine) -> Result<ConfigView> {
    let status = queue::status(engine)?;
    let sources: Vec<_> = status
        .sources
        .iter()
        .map(|source| serde_json::json!({ "name": source.name, "kind": source.kind, "tickets": source.tickets }))
        .collect();
    let preferences: serde_json::Map<_, _> =
        engine.core.store.preferences()?.into_iter().map(|(key, value)| (key, value.into())).collect();
    let config = serde_json::json!({
        "version": status.version,
        "sources": sources,
        "retention": retention::get(engine)?.rules,
        "preferences": preferences,
        "key": keys::status(engine)?.kind,
    });
    Ok(ConfigView { json: format!("{config:#}") })
}
