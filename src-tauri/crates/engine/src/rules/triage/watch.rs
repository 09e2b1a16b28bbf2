//! Tells whoever stays of tickets that came in and are critical, as soon as they are in the store.

use super::{Open, follow, lock, wrong};
use crate::{
    Engine, Result,
    api::view::{CriticalTicket, Event},
};
use ::knowledge::Lane;
use domain::DocKind;
use std::{
    collections::{BTreeSet, HashSet},
    sync::{Arc, Weak, mpsc},
};

/// Changes that are read at once.
const BATCH: usize = 2_000;

impl Engine {
    /// From now on, for hosts that stay. What is here already is no news.
    pub(crate) fn begin_triage(self: &Arc<Self>) {
        if self.indexer.is_none() {
            return;
        }
        let (changed, heard) = mpsc::channel();
        lock(self).watch = Some(changed.clone());
        self.subscribe(Box::new(move |event| {
            if matches!(event, Event::Changed { .. }) {
                // Nobody hears it once the workspace is let go.
                let _ = changed.send(());
            }
        }));
        let engine = Arc::downgrade(self);
        // Without it suggestions are made when somebody looks.
        let begun = std::thread::Builder::new().name("triage".into()).spawn(move || run(&engine, &heard));
        if let Err(cause) = begun {
            lock(self).watch = None;
            tracing::warn!("nobody is told of critical tickets: {cause}");
        }
    }
}

fn run(engine: &Weak<Engine>, heard: &mpsc::Receiver<()>) {
    let mut watch: Option<Watch> = None;
    loop {
        // Held for a look only: whoever closes the workspace waits for nobody who sleeps.
        let Some(engine) = engine.upgrade() else { return };
        if let Err(error) = look(&engine, &mut watch) {
            tracing::warn!(code = error.code(), "tickets could not be sorted");
        }
        drop(engine);
        if heard.recv().is_err() {
            return;
        }
        while heard.try_recv().is_ok() {}
    }
}

struct Watch {
    /// What changed up to there was told of.
    at: i64,
    /// Those that were critical at the last look: another change of one is no news.
    critical: BTreeSet<i64>,
    /// How many had a suggestion.
    suggested: usize,
}

fn look(engine: &Engine, watch: &mut Option<Watch>) -> Result<()> {
    let store = &engine.core.store;
    let at = store.sequence()?;
    follow(engine)?;
    let said = store.said_of_rules(None)?;
    let wrong = wrong(&said);
    let is_critical = |open: &Open| open.lane(&wrong) == Some(Some(Lane::Critical));
    let triaged = lock(engine);
    let critical: BTreeSet<i64> =
        triaged.open.iter().filter(|(_, open)| is_critical(open)).map(|(row, _)| *row).collect();
    let now = Watch { at, suggested: triaged.open.len(), critical };
    let owner = |row: i64| {
        let suggested = triaged.open.get(&row).into_iter().flat_map(|open| &open.suggested);
        suggested.filter(|one| one.triage.lane == Some(Lane::Critical)).find_map(|one| one.triage.owner.clone())
    };
    let mut news = Vec::new();
    if let Some(before) = watch.as_ref() {
        let fresh: Vec<i64> = now.critical.difference(&before.critical).copied().collect();
        let changed = if fresh.is_empty() { HashSet::new() } else { changed(engine, before.at)? };
        let fresh: Vec<i64> = fresh.into_iter().filter(|row| changed.contains(row)).collect();
        for row in store.ticket_rows(&fresh)? {
            let (id, owner) = (row.key.to_string(), owner(row.row));
            news.push(CriticalTicket { id, display_id: row.key.id, subject: row.subject, owner });
        }
    }
    drop(triaged);
    let same = watch.as_ref().is_none_or(|before| before.suggested == 0) && now.suggested == 0;
    *watch = Some(now);
    if !same {
        engine.core.events.emit(Event::Triage { critical: news });
    }
    Ok(())
}

/// Tickets that changed after this.
fn changed(engine: &Engine, mut after: i64) -> Result<HashSet<i64>> {
    let mut rows = HashSet::new();
    loop {
        let changes = engine.core.store.changes_since(after, BATCH)?;
        let Some(&(last, _)) = changes.last() else { return Ok(rows) };
        rows.extend(changes.iter().filter(|(_, doc)| doc.kind == DocKind::Ticket).map(|(_, doc)| doc.row));
        after = last;
    }
}
