//! Files into the store: pages are parsed on one thread and stored on another, while the index follows behind.

use crate::{
    Engine, Error, Result,
    api::{
        args::ImportArgs,
        view::{ImportError, ImportReport, JobView},
    },
};
use connect::{Format, Import, ImportPage, Options};
use domain::{Change, Cursor, SourceName, crash_point};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
};
use store::{Applied, SavedCursor};

/// Records to a transaction; `synchronous=FULL` costs nothing from 500 rows on.
const PAGE: usize = 500;
/// Parsed pages that may wait for the store: enough to keep both sides busy, little memory.
const AHEAD: usize = 2;
/// Bad records that are shown; all of them are counted.
const SHOWN: usize = 100;

/// Counts this import among the running ones for as long as it lives.
struct Bulk<'a>(&'a AtomicUsize);

impl<'a> Bulk<'a> {
    fn begin(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Bulk<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// In the background, as a job.
pub(crate) fn start(engine: &Arc<Engine>, args: ImportArgs) -> Result<JobView> {
    engine.must_own()?;
    let label = args.path.clone();
    engine.start_job("import", &label, move |engine, job| {
        let progress = |done, total| job.progress(done, total);
        run_watched(engine, &args, &progress, &|| job.is_cancelled()).map(Some)
    })
}

/// In the background, as a job.
pub(crate) fn start_sample(engine: &Arc<Engine>) -> Result<JobView> {
    engine.must_own()?;
    engine.start_job("sample", "sample workspace", |engine, _| engine.fill_sample().map(Some))
}

/// In the background, as a job.
pub(crate) fn start_reindex(engine: &Arc<Engine>) -> Result<JobView> {
    engine.must_own()?;
    engine.start_job("reindex", "search index", |engine, _| {
        engine.reindex()?;
        Ok(None)
    })
}

impl Engine {
    /// Throws the index away and makes it anew from the store; answers when it is complete.
    pub fn reindex(&self) -> Result<()> {
        let indexer = self.must_own()?;
        indexer.rebuild(&self.core, "somebody asked for it");
        indexer.wait(&self.core)
    }

    /// Fills an empty workspace with the sample company; answers when it can be searched.
    pub fn fill_sample(&self) -> Result<ImportReport> {
        let report = fill_sample(self)?;
        self.wait_until_searchable()?;
        Ok(report)
    }
}

/// Here and now. `progress` hears bytes done and, where known, in all.
pub fn run(engine: &Engine, args: &ImportArgs, progress: &(dyn Fn(u64, Option<u64>) + Sync)) -> Result<ImportReport> {
    run_watched(engine, args, progress, &|| false)
}

/// What is said of the format of an export.
pub(crate) fn format(said: &str) -> Result<Format> {
    said.parse().map_err(|_| {
        Error::BadInput(format!(
            "\"{said}\" is not a format that can be imported: use auto, jsonl, jira, zendesk, github or csv"
        ))
    })
}

pub(crate) fn run_watched(
    engine: &Engine,
    args: &ImportArgs,
    progress: &(dyn Fn(u64, Option<u64>) + Sync),
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<ImportReport> {
    let indexer = engine.must_own()?;
    let core = &engine.core;
    let format = format(args.format.as_deref().unwrap_or("auto"))?;
    let mapping = args.mapping.iter().flatten().map(|pair| (pair.column.clone(), pair.field.clone())).collect();
    let mut import = connect::open(Path::new(&args.path), Options { format, mapping })?;
    let source = match &args.source {
        Some(name) => SourceName::new(name.as_str()).map_err(|bad| Error::BadInput(bad.to_string()))?,
        None => default_source(&args.path),
    };
    core.store.ensure_source(&source, "files", core.clock.now())?;
    let stream = import.identity();
    let mut report = ImportReport::default();
    if let Some(saved) = core.store.cursor(&source, &stream)?.filter(|saved| !saved.done && !stream.is_empty()) {
        import.resume(&Cursor(saved.cursor.clone()));
        report.resumed_after = saved.cursor.rsplit(':').next().and_then(|line| line.parse().ok()).unwrap_or_default();
    }
    let total = import.total_bytes();
    let bulk = Bulk::begin(&core.bulk);
    let mut applied = Applied::default();
    std::thread::scope(|scope| {
        let (sender, pages) = mpsc::sync_channel(AHEAD);
        scope.spawn(move || parse(import, &sender));
        for page in pages {
            if cancelled() {
                return Err(Error::Cancelled);
            }
            let ImportPage { page, bad, bytes, .. } = page?;
            crash_point("page read");
            let saved = page.next.map(|cursor| SavedCursor { cursor: cursor.0, done: false });
            let cursor = saved.as_ref().filter(|_| !stream.is_empty()).map(|saved| (stream.as_str(), saved));
            applied += core.store.apply(&source, &page.changes, cursor, core.clock.now())?;
            report.skipped += bad.len() as u64;
            let room = SHOWN.saturating_sub(report.errors.len());
            let shown = bad.into_iter().take(room);
            report.errors.extend(shown.map(|bad| ImportError { file: bad.file, line: bad.line, reason: bad.reason }));
            indexer.catch_up();
            progress(bytes, total);
        }
        // Read to its end: the next import of this very file starts at its beginning, and finds nothing new.
        if !stream.is_empty() {
            let done = SavedCursor { cursor: String::new(), done: true };
            core.store.apply(&source, &[] as &[Change], Some((&stream, &done)), core.clock.now())?;
        }
        Ok(())
    })?;
    drop(bulk);
    indexer.catch_up();
    if applied.expired + core.store.expire(core.clock.now())? > 0 {
        indexer.erase_soon();
    }
    let Applied { added, changed, unchanged, deleted, expired, comments, hops, known_errors, .. } = applied;
    let read = added + changed + unchanged + deleted + expired + report.skipped;
    Ok(ImportReport { read, added, changed, unchanged, deleted, expired, comments, hops, known_errors, ..report })
}

/// Ends when the file does, when it cannot be read on, or when nobody wants the pages any more.
fn parse(mut import: Import, pages: &mpsc::SyncSender<Result<ImportPage>>) {
    loop {
        let page = match import.next_page(PAGE) {
            Ok(Some(page)) => Ok(page),
            Ok(None) => return,
            Err(error) => Err(error.into()),
        };
        let failed = page.is_err();
        if pages.send(page).is_err() || failed {
            return;
        }
    }
}

/// `exports/ActiveMQ.jsonl.zst` → `activemq`.
pub(crate) fn default_source(path: &str) -> SourceName {
    let name = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    SourceName::from_text(name.split('.').next().unwrap_or_default())
}

/// Fills an empty workspace with the sample company, in one transaction: a sample that was cut off would stay so, because
/// it goes into empty workspaces only.
fn fill_sample(engine: &Engine) -> Result<ImportReport> {
    let indexer = engine.must_own()?;
    let core = &engine.core;
    if core.store.documents()? > 0 {
        return Err(Error::NotEmpty);
    }
    let source = SourceName::from_text("sample");
    core.store.ensure_source(&source, "sample", core.clock.now())?;
    let changes = crate::sample::sample(core.clock.now());
    // The cursor notes when the source was last read.
    let read = SavedCursor { cursor: String::new(), done: true };
    let applied = core.store.apply(&source, &changes, Some(("sample", &read)), core.clock.now())?;
    indexer.catch_up();
    let Applied { added, changed, unchanged, deleted, expired, comments, hops, known_errors, .. } = applied;
    let read = added + changed + unchanged + deleted + expired;
    Ok(ImportReport {
        read,
        added,
        changed,
        unchanged,
        deleted,
        expired,
        comments,
        hops,
        known_errors,
        ..ImportReport::default()
    })
}
