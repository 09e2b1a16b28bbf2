//! Is the workspace sound? Looks at every stored byte, compares the index with the store, and mends what can be mended.

use crate::{
    Engine, Result,
    api::{
        args::DoctorArgs,
        view::{DoctorCheck, DoctorReport},
    },
};
use domain::DocId;
use std::collections::HashSet;

pub(crate) fn doctor(engine: &Engine, args: &DoctorArgs) -> Result<DoctorReport> {
    let mut checks = vec![database(engine)?];
    if let Some(reason) = engine.rebuilt_because() {
        checks.push(DoctorCheck {
            name: "start".into(),
            ok: true,
            detail: format!("The index was rebuilt when the workspace was opened, because {reason}."),
            repaired: true,
        });
    }
    let mut index = index(engine)?;
    if !index.ok && args.repair {
        let indexer = engine.must_own()?;
        indexer.rebuild(&engine.core, "doctor asked for it");
        indexer.wait(&engine.core)?;
        let found = std::mem::take(&mut index.detail);
        index = self::index(engine)?;
        index.detail = format!("{found} Rebuilt: {}", index.detail);
        index.repaired = index.ok;
    }
    checks.push(index);
    Ok(DoctorReport { ok: checks.iter().all(|check| check.ok), checks })
}

fn database(engine: &Engine) -> Result<DoctorCheck> {
    let faults = engine.core.store.check()?;
    let detail = if faults.is_empty() {
        let counts = engine.core.store.counts()?;
        format!(
            "{} tickets, {} comments and {} known errors are readable.",
            counts.tickets, counts.comments, counts.known_errors
        )
    } else {
        format!(
            "The database file is damaged: {}. Import or sync into a new home; this one was left as it is.",
            faults.join("; ")
        )
    };
    Ok(DoctorCheck { name: "database".into(), ok: faults.is_empty(), detail, repaired: false })
}

/// What one has and the other has not, in words.
fn difference(held: &HashSet<DocId>, stored: &HashSet<DocId>) -> Option<String> {
    let (lacking, beyond) = (stored.difference(held).count(), held.difference(stored).count());
    if lacking == 0 && beyond == 0 {
        return None;
    }
    Some(format!(
        "it lacks {lacking} of the database's {} documents and holds {beyond} that are not there",
        stored.len()
    ))
}

fn index(engine: &Engine) -> Result<DoctorCheck> {
    engine.wait_until_searchable()?;
    let index = engine.core.index();
    let held = index.documents();
    let fault = match index.check() {
        Err(error) => Some(error.to_string()),
        Ok(()) => difference(&index.ids()?, &engine.core.store.document_ids()?),
    };
    let detail = match &fault {
        None => format!("Every byte of the index is as it was written; it holds all {held} documents."),
        Some(fault) => format!("The index cannot be trusted: {fault}."),
    };
    Ok(DoctorCheck { name: "index".into(), ok: fault.is_none(), detail, repaired: false })
}
