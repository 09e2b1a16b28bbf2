//! Is the workspace sound? Looks at every stored byte, compares the index with the store, and mends what can be mended.

use crate::{
    Engine, Result,
    api::{
        args::DoctorArgs,
        view::{DoctorCheck, DoctorReport},
    },
};

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

fn index(engine: &Engine) -> Result<DoctorCheck> {
    engine.wait_until_searchable()?;
    let index = engine.core.index();
    let (held, expected) = (index.documents(), engine.core.store.documents()?);
    let fault = match index.check() {
        Err(error) => Some(error.to_string()),
        Ok(()) if held != expected => Some(format!("it holds {held} documents and the database {expected}")),
        Ok(()) => None,
    };
    let detail = match &fault {
        None => format!("Every byte of the index is as it was written; it holds all {held} documents."),
        Some(fault) => format!("The index cannot be trusted: {fault}."),
    };
    Ok(DoctorCheck { name: "index".into(), ok: fault.is_none(), detail, repaired: false })
}
