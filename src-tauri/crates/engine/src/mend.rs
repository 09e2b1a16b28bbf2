//! A database that cannot be read any more: it is moved aside with its date, never deleted, and in its place comes
//! itself written anew where that can still be done, else the newest sound copy, else an empty one. What people wrote
//! comes back from the newest place that still has it: the damaged file, or the copies of it.

use crate::{
    Engine, Error, Home, OpenOptions, Result,
    backups::{self, Kind},
    vault::Vault,
};
use domain::{CipherKey, Millis, crash_point};
use jiff::civil::Date;
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{Store, Written};

/// What took the place of a database.
enum From {
    Itself,
    Copy(Date),
    Nothing,
}

/// Where what people wrote came from.
enum Source {
    Database,
    Copy(Date),
    Lost,
}

/// Opens a workspace, and mends it first where it does not open for its database's sake. What was done stands in what
/// `doctor` reports.
pub fn mend(options: OpenOptions) -> Result<Arc<Engine>> {
    let mut said = mend_closed(&options, false)?;
    let engine = match Engine::open(options.clone()) {
        // The file opens, but a page is bad that every start reads.
        Err(error) if said.is_none() && error.can_be_mended() => {
            said = mend_closed(&options, true)?;
            Engine::open(options)?
        }
        opened => opened?,
    };
    engine.core.note_mended(said);
    Ok(engine)
}

/// `None` where the database opens and nobody found it `damaged` within.
fn mend_closed(options: &OpenOptions, damaged: bool) -> Result<Option<String>> {
    let home = Home::open(&options.home)?;
    if !home.is_owned() {
        return Err(Error::InUse);
    }
    let (now, secrets) = (options.clock.now(), Arc::clone(&options.secrets));
    let key = Vault::open(&home, secrets, options.passphrase.as_ref(), now)?.database();
    // Closed again at once: nobody may have it open while another takes its place.
    let opened = home.must_have_its_database().and_then(|()| Ok(Store::open(&home.database(), &key).map(drop)?));
    match opened {
        Ok(()) if !damaged => Ok(None),
        Ok(()) => bring_back(&home, &key, now).map(Some),
        Err(error) if error.can_be_mended() => bring_back(&home, &key, now).map(Some),
        Err(error) => Err(error),
    }
}

/// Nobody may have the database open. Answers in words what was done. Until the new file is whole nothing is moved, so
/// that a crash leaves either what was there or what comes.
pub(crate) fn bring_back(home: &Home, key: &CipherKey, now: Millis) -> Result<String> {
    let (database, dir) = (home.database(), home.backups());
    fs::create_dir_all(&dir).map_err(|cause| failed(&dir, cause))?;
    let fresh = dir.join("restored.db");
    if !database.exists() && is_sound(&fresh, key) {
        move_aside(home, now)?;
        replace(&fresh, &database)?;
        return Ok("What an earlier repair had made ready took its place.".into());
    }
    let from = make_ready(&database, &fresh, &dir, key)?;
    let written = match from {
        From::Itself => Vec::new(),
        _ => {
            let store = Store::open(&fresh, key)?;
            let written = Written::ALL.map(|what| (what, take_written(&store, what, &database, &dir, key))).into();
            store.outbox_doubt()?;
            written
        }
    };
    crash_point("repair made ready");
    let aside = move_aside(home, now)?;
    crash_point("database moved aside");
    replace(&fresh, &database)?;
    Ok(said(&from, aside.as_deref(), &written))
}

fn make_ready(database: &Path, fresh: &Path, dir: &Path, key: &CipherKey) -> Result<From> {
    remove(fresh)?;
    let rewritten = || database.exists() && Store::open(database, key).and_then(|store| store.copy_to(fresh)).is_ok();
    if rewritten() && is_sound(fresh, key) {
        return Ok(From::Itself);
    }
    remove(fresh)?;
    for backup in backups::of_kind(dir, Kind::Whole).filter(|backup| is_sound(&backup.path, key)) {
        fs::copy(&backup.path, fresh).map_err(|cause| failed(fresh, cause))?;
        fs::File::open(fresh).and_then(|file| file.sync_all()).map_err(|cause| failed(fresh, cause))?;
        // One of a newer version's does not open here.
        if Store::open(fresh, key).is_ok() {
            return Ok(From::Copy(backup.day));
        }
        remove(fresh)?;
    }
    Ok(From::Nothing)
}

fn take_written(store: &Store, what: Written, database: &Path, dir: &Path, key: &CipherKey) -> Source {
    if store.take_written(what, database, key).is_ok() {
        return Source::Database;
    }
    // Opening a copy brings its tables up to date.
    let taken =
        |path: &Path| Store::open(path, key).map(drop).and_then(|()| store.take_written(what, path, key)).is_ok();
    let newest = backups::all(dir).into_iter().find(|backup| taken(&backup.path));
    newest.map_or(Source::Lost, |backup| Source::Copy(backup.day))
}

fn is_sound(path: &Path, key: &CipherKey) -> bool {
    path.exists() && Store::check_file(path, key).is_ok_and(|faults| faults.is_empty())
}

/// The file and what belongs to it; `None` where there is none.
fn move_aside(home: &Home, now: Millis) -> Result<Option<PathBuf>> {
    // A log without its file is as dangerous as it is useless: it would be folded into the next file of that name.
    let names = ["store.db-wal", "store.db-shm", "store.db"].map(|name| (name, home.dir().join(name)));
    if !names.iter().any(|(_, path)| path.exists()) {
        return Ok(None);
    }
    let day = backups::day_of(now);
    let folders = std::iter::once(day.to_string()).chain((2..).map(|n| format!("{day}-{n}")));
    let aside = folders.map(|name| home.damaged().join(name)).find(|dir| !dir.exists()).unwrap_or_default();
    fs::create_dir_all(&aside).map_err(|cause| failed(&aside, cause))?;
    for (name, path) in names {
        match fs::rename(path, aside.join(name)) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(failed(&aside, cause)),
            _ => {}
        }
    }
    Ok(Some(aside))
}

fn replace(fresh: &Path, database: &Path) -> Result<()> {
    fs::rename(fresh, database).map_err(|cause| failed(database, cause))?;
    #[cfg(unix)]
    fs::File::open(database.parent().unwrap_or(database))
        .and_then(|dir| dir.sync_all())
        .map_err(|cause| failed(database, cause))?;
    Ok(())
}

fn remove(fresh: &Path) -> Result<()> {
    for ending in ["db", "db-wal", "db-shm"] {
        match fs::remove_file(fresh.with_extension(ending)) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(failed(fresh, cause)),
            _ => {}
        }
    }
    Ok(())
}

fn said(from: &From, aside: Option<&Path>, written: &[(Written, Source)]) -> String {
    let mut words = match aside {
        Some(aside) => format!("What was there of the database was moved to {}. ", aside.display()),
        None => "The database was gone. ".to_owned(),
    };
    words.push_str(&match from {
        From::Itself => "Everything in it could be read and was written anew.".to_owned(),
        From::Copy(day) => {
            format!("The copy of {day} took its place: what came after that day has to be imported again.")
        }
        From::Nothing => "There was no copy of everything: the exports have to be imported again.".to_owned(),
    });
    for (what, source) in written {
        let what = match what {
            Written::Links => "Links",
            Written::Feedback => "Feedback",
            Written::Preferences => "Preferences",
            Written::Rules => "Rules of how long tickets stay",
            Written::Escalations => "Escalations",
            Written::States => "How far they came",
            Written::Evidence => "What was found out about them",
            Written::Authors => "Authors of bundles",
            Written::Outbox => "The outbox",
            Written::Steps => "What was tried",
            Written::Flags => "Flags",
            Written::Aside => "What was set aside",
            Written::Deeds => "What was done",
            Written::Training => "What was practised",
            Written::Chain => "What led to what",
            Written::Always => "Issues that always need engineering",
            Written::Looked => "Looks at samples",
            Written::Reasons => "Reasons of earlier escalations",
            Written::Drafts => "Escalations that were begun",
            Written::Ticks => "Steps of the programme",
            Written::Interviews => "Interviews",
        };
        words.push_str(&match source {
            Source::Database => format!(" {what} are as they were."),
            Source::Copy(day) => format!(" {what} are those of {day}."),
            Source::Lost => format!(" {what} could not be brought back."),
        });
    }
    words.replace("Feedback are", "Feedback is").replace("is those", "is that")
}

fn failed(path: &Path, cause: io::Error) -> Error {
    Error::Home { what: "mending the database", path: path.into(), cause }
}
