//! A folder (or file) of exports that is watched: what is new in it, or changed, is imported, file by file. Nobody is told
//! of changes; each round looks at sizes and times alone.

use crate::rounds::battery::Battery;
use crate::{
    Engine, Error, Result,
    api::{
        args::{ImportArgs, SourceAddArgs},
        view::{ImportError, ImportReport, SourceTest},
    },
    import,
    left_out::LeftOut,
};
use connect::Export;
use domain::{Change, Millis, SourceName};
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Mutex, PoisonError},
};
use store::{Applied, Connection, SavedCursor, StoredSource};

/// The kind of a source of files, watched or imported once.
pub(crate) const FILES: &str = "files";
/// The stream in which it is kept how each file was when it was read.
const STREAM: &str = "watched";
/// A file that changed so shortly ago may still be written.
const SETTLES: i64 = 3_000;

/// What the person typed, as it can be watched from any folder.
pub(crate) fn connection(args: &SourceAddArgs) -> Result<Connection> {
    if args.secret.as_deref().is_some_and(|secret| !secret.trim().is_empty()) {
        return Err(Error::BadInput("files are read without a token".into()));
    }
    let options: BTreeMap<String, String> =
        args.options.iter().flatten().map(|option| (option.key.clone(), option.value.clone())).collect();
    if let Some(strange) = options.keys().find(|key| *key != "format") {
        return Err(Error::BadInput(format!("\"{strange}\" is not an option of watched files; there is format")));
    }
    if let Some(format) = options.get("format") {
        import::format(format)?;
    }
    let path = Path::new(args.url.trim());
    let whole = path.canonicalize().map_err(|_| connect::Error::Missing(path.into()))?;
    let url = whole.to_str().ok_or_else(|| Error::BadInput("the path holds what no text can".into()))?.to_owned();
    Ok(Connection { url, options, has_token: false })
}

/// Whether the folder is there, with what lies in it by now.
pub(crate) fn test(source: &StoredSource) -> Result<SourceTest> {
    test_at(&place(source)?.url)
}

/// The same of one that was typed.
pub(crate) fn test_at(path: &str) -> Result<SourceTest> {
    connect::exports(Path::new(path))?;
    Ok(SourceTest { name: path.to_owned(), private: true, requests_left: None, signed_in: false, lacks: Vec::new() })
}

/// What is new or changed. What one file has wrong costs that file; it is told, and tried again.
pub(crate) fn run(
    engine: &Engine,
    source: &StoredSource,
    progress: &(dyn Fn(u64, Option<u64>) + Sync),
    cancelled: &(dyn Fn() -> bool + Sync),
    report: &mut ImportReport,
) -> Result<()> {
    let (core, at) = (&engine.core, place(source)?);
    let found = connect::exports(Path::new(&at.url))?;
    let kept = core.store.cursor(&source.name, STREAM)?;
    let kept: BTreeMap<String, String> =
        kept.and_then(|kept| serde_json::from_str(&kept.cursor).ok()).unwrap_or_default();
    // What is gone from the folder is let go of here as well; its tickets stay.
    let there = |name: &String| found.iter().any(|export| &export.name == name);
    let mut known: BTreeMap<String, String> = kept.into_iter().filter(|(name, _)| there(name)).collect();
    let now = core.clock.now();
    let is_new = |export: &&Export| known.get(&export.name) != Some(&print(export));
    let mut fresh: Vec<&Export> = found.iter().filter(is_new).filter(|export| is_settled(export, now)).collect();
    // Later exports know more.
    fresh.sort_by_key(|export| export.changed);
    let mut failed = None;
    let mut left_out = LeftOut::of(core, &source.name)?;
    // Looked at between two pages of a file as well: what was read of it is stored, and read over once there is charge.
    let (battery, spent) = (Mutex::new(Battery::at_start(core)), Mutex::new(None));
    let stops = || {
        let lasts = battery.lock().unwrap_or_else(PoisonError::into_inner).lasts(core, &source.name);
        let low = lasts.is_err();
        if let Err(error) = lasts {
            *spent.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
        low || cancelled()
    };
    for export in fresh {
        let args = ImportArgs {
            path: export.path.to_string_lossy().into_owned(),
            source: Some(source.name.to_string()),
            format: at.options.get("format").cloned(),
            mapping: None,
        };
        match import::run_watched(engine, &args, progress, &stops) {
            Ok(read) => {
                left_out.hear_of_file(&export.name, &read);
                left_out.keep(core, &source.name)?;
                add(report, read);
                known.insert(export.name.clone(), print(export));
                save(engine, &source.name, &known)?;
            }
            Err(Error::Cancelled) => {
                let spent = spent.lock().unwrap_or_else(PoisonError::into_inner).take();
                return Err(spent.unwrap_or(Error::Cancelled));
            }
            Err(error @ Error::Connect(_)) => {
                let reason = error.to_string();
                report.errors.push(ImportError { file: Some(export.name.clone()), line: 0, reason });
                failed.get_or_insert(error);
            }
            Err(error) => return Err(error),
        }
    }
    save(engine, &source.name, &known)?;
    failed.map_or(Ok(()), Err)
}

fn place(source: &StoredSource) -> Result<&Connection> {
    source.connection.as_ref().ok_or_else(|| Error::NotAsked { name: source.name.to_string() })
}

fn print(export: &Export) -> String {
    format!("{} {}", export.size, export.changed.0)
}

/// A time that is still to come was set by somebody, and says nothing of a write.
fn is_settled(export: &Export, now: Millis) -> bool {
    !(0..SETTLES).contains(&(now.0 - export.changed.0))
}

/// How each file was, once its rows are there: a crash in between reads it again, and changes nothing.
fn save(engine: &Engine, name: &SourceName, known: &BTreeMap<String, String>) -> Result<()> {
    let cursor = serde_json::to_string(known).expect("texts are JSON");
    let saved = SavedCursor { cursor, done: true };
    let core = &engine.core;
    let _: Applied = core.store.apply(name, &[] as &[Change], Some((STREAM, &saved)), core.clock.now())?;
    Ok(())
}

fn add(report: &mut ImportReport, read: ImportReport) {
    report.read += read.read;
    report.added += read.added;
    report.changed += read.changed;
    report.unchanged += read.unchanged;
    report.deleted += read.deleted;
    report.expired += read.expired;
    report.skipped += read.skipped;
    report.comments += read.comments;
    report.hops += read.hops;
    report.known_errors += read.known_errors;
    report.articles += read.articles;
    report.articles_gone += read.articles_gone;
    report.errors.extend(read.errors);
}
