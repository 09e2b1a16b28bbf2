//! Traces, log lines and errors in Datadog that a ticket names, with where they are opened. Nobody is asked.

use crate::{Engine, Result, api::view::TelemetryView, sources};
use connect::telemetry::{Kind, app, named};

/// The texts as they came: an address may stand in their markup alone.
pub(super) fn of<'a>(engine: &Engine, texts: impl Iterator<Item = &'a str>) -> Result<Vec<TelemetryView>> {
    let store = &engine.core.store;
    let monitors: Vec<_> = store.sources()?.into_iter().filter(|source| source.kind == "datadog").collect();
    let mut apps: Vec<String> = monitors.iter().filter_map(|source| app(&sources::setup(source).ok()?)).collect();
    apps.dedup();
    let mut found = Vec::new();
    for text in texts {
        named(text, &apps, &mut found);
    }
    let shown = found.into_iter().map(|named| {
        // An issue that was read stands here as a ticket of its own.
        let mut ticket = None;
        for monitor in monitors.iter().filter(|_| named.kind == Kind::Issue) {
            let key = format!("{}:{}", monitor.name, named.id);
            if !store.find_ticket(&key)?.is_empty() {
                ticket = Some(key);
            }
        }
        let at = named.at.map(|at| at.0);
        Ok(TelemetryView {
            kind: named.kind.as_str().into(),
            id: named.id,
            url: named.url,
            logs: named.logs,
            at,
            ticket,
        })
    });
    shown.collect()
}
