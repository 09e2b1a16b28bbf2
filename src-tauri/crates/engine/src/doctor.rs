//! Is the workspace sound? Looks at every stored byte, compares the index with the store, and mends what can be mended.

use crate::{
    Engine, Error, Result,
    api::{
        args::DoctorArgs,
        view::{DoctorCheck, DoctorReport},
    },
    backups::{self, Backup, Kind},
    mend,
};
use domain::DocId;
use std::{collections::HashSet, fs};
use store::Store;

pub(crate) fn doctor(engine: &Engine, args: &DoctorArgs) -> Result<DoctorReport> {
    let mut database = database(engine)?;
    if !database.ok && args.repair {
        bring_back(engine)?;
        database = self::database(engine)?;
    }
    if let Some(said) = engine.core.mended().filter(|_| database.ok) {
        database.detail = format!("{said} {}", database.detail);
        database.repaired = true;
    }
    let sound = database.ok;
    let mut checks = vec![database, backups(engine, args.repair)?];
    if let Some(reason) = engine.rebuilt_because() {
        let detail = format!("The index was rebuilt when the workspace was opened, because {reason}.");
        checks.push(DoctorCheck { name: "start".into(), ok: true, detail, repaired: true });
    }
    checks.push(if sound { mended_index(engine, args.repair)? } else { unknown_index() });
    Ok(DoctorReport { ok: checks.iter().all(|check| check.ok), checks })
}

fn database(engine: &Engine) -> Result<DoctorCheck> {
    let store = &engine.core.store;
    let faults = match store.check() {
        Err(error) if error.code() == "database_damaged" => vec![error.to_string()],
        faults => faults?,
    };
    let detail = if faults.is_empty() {
        let counts = store.counts()?;
        format!(
            "{} tickets, {} comments and {} known errors are readable.",
            counts.tickets, counts.comments, counts.known_errors
        )
    } else {
        format!("The database file is damaged: {}.", faults.join("; "))
    };
    Ok(DoctorCheck { name: "database".into(), ok: faults.is_empty(), detail, repaired: false })
}

/// While everybody else waits.
fn bring_back(engine: &Engine) -> Result<()> {
    let (core, indexer) = (&engine.core, engine.must_own()?);
    let key = core.database_key();
    let said = core.store.while_closed(|| mend::bring_back(&core.home, &key, core.clock.now()))??;
    core.note_mended(Some(said));
    indexer.rebuild(core, "the database was brought back");
    Ok(())
}

/// A copy that cannot be read is no copy: it goes aside, and the next one is made at once.
fn backups(engine: &Engine, repair: bool) -> Result<DoctorCheck> {
    let core = &engine.core;
    let (dir, key) = (core.home.backups(), core.database_key());
    let all = backups::all(&dir);
    let is_sound = |backup: &&Backup| Store::check_file(&backup.path, &key).is_ok_and(|faults| faults.is_empty());
    let (sound, bad): (Vec<_>, Vec<_>) = all.iter().partition(is_sound);
    let newest = |kind| sound.iter().find(|backup| backup.kind == kind).map(|backup| backup.day.to_string());
    let mut detail = match (newest(Kind::Written), newest(Kind::Whole)) {
        (None, None) => "There is no copy of the database yet; one is made of itself.".to_owned(),
        (written, whole) => {
            let day = |found: Option<String>| found.map_or("not there".into(), |day| format!("of {day}"));
            format!(
                "The newest copy of what people wrote is {}, that of everything is {}; they lie in {}.",
                day(written),
                day(whole),
                dir.display()
            )
        }
    };
    if let Some(why) = core.backup_failed() {
        detail.push_str(&format!(" The last one could not be made: {why}."));
    }
    let mut repaired = false;
    if !bad.is_empty() {
        let names: Vec<_> = bad.iter().map(|backup| backup.path.display().to_string()).collect();
        detail.push_str(&format!(" {} cannot be read.", names.join(", ")));
        if repair {
            engine.must_own()?;
            for backup in &bad {
                set_aside(engine, backup)?;
            }
            backups::make_due(core)?;
            repaired = true;
            detail.push_str(&format!(" It lies in {} now.", core.home.damaged().display()));
        }
    }
    let aside = fs::read_dir(core.home.damaged()).map_or(0, |entries| entries.count());
    if aside > 0 {
        detail.push_str(&format!(
            " {} holds what was moved aside; delete it when nobody misses anything.",
            core.home.damaged().display()
        ));
    }
    Ok(DoctorCheck { name: "backups".into(), ok: bad.is_empty() || repaired, detail, repaired })
}

fn set_aside(engine: &Engine, backup: &Backup) -> Result<()> {
    let dir = engine.core.home.damaged();
    let name = backup.path.file_name().unwrap_or_default();
    fs::create_dir_all(&dir).and_then(|()| fs::rename(&backup.path, dir.join(name))).map_err(|cause| Error::Home {
        what: "moving a copy aside",
        path: dir,
        cause,
    })
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

fn mended_index(engine: &Engine, repair: bool) -> Result<DoctorCheck> {
    let mut index = index(engine)?;
    if !index.ok && repair {
        let indexer = engine.must_own()?;
        indexer.rebuild(&engine.core, "doctor asked for it");
        indexer.wait(&engine.core)?;
        let found = std::mem::take(&mut index.detail);
        index = self::index(engine)?;
        index.detail = format!("{found} Rebuilt: {}", index.detail);
        index.repaired = index.ok;
    }
    Ok(index)
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

/// It shadows the database, and so there is nothing to compare it with.
fn unknown_index() -> DoctorCheck {
    let detail = "Not looked at, because it follows the database.".into();
    DoctorCheck { name: "index".into(), ok: false, detail, repaired: false }
}
