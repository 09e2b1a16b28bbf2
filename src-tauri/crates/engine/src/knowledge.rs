//! The team's knowledge folder: where it is, what is in it, and its known errors beside those of helpdesks.

pub(crate) mod capture;
pub(crate) mod curate;
pub(crate) mod edit;
pub(crate) mod flags;
pub(crate) mod follow_up;
pub(crate) mod list;
mod near;
pub(crate) mod new;
pub(crate) mod team;
pub(crate) mod tried;

use crate::{
    Engine, Error, Result,
    api::{
        args::{FolderArgs, KnowledgeExportArgs, KnowledgeListArgs},
        view::{KnowledgeCopied, KnowledgeEntry, KnowledgeFinding, KnowledgeTakenIn, KnowledgeText, KnowledgeView},
    },
    search::audience,
    text,
};
use ::knowledge::{Entry, Kind, Shelf, State, check as check_all, take_in};
use domain::{Article, BodyFormat, Change, KnownError, SourceName};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};
use store::SavedCursor;

/// Where the folder is, among the preferences: it belongs to this machine, not to the workspace's data.
const CHOSEN: &str = "knowledge.folder";
/// The source that its known errors are of.
pub(crate) const SOURCE: &str = "knowledge";

pub(crate) fn init(engine: &Engine, args: &FolderArgs) -> Result<KnowledgeView> {
    engine.must_own()?;
    let shelf = Shelf::make(&place(&args.path)?)?;
    choose(engine, &shelf)
}

pub(crate) fn open(engine: &Engine, args: &FolderArgs) -> Result<KnowledgeView> {
    engine.must_own()?;
    let shelf = Shelf::open(&place(&args.path)?)?;
    choose(engine, &shelf)
}

fn choose(engine: &Engine, shelf: &Shelf) -> Result<KnowledgeView> {
    let whole = shelf.root().canonicalize().unwrap_or_else(|_| shelf.root().into());
    engine.core.store.set_preference(CHOSEN, &whole.to_string_lossy())?;
    read(engine)
}

/// Hosts make a path whole: only they know what it is relative to.
fn place(path: &str) -> Result<PathBuf> {
    let path = Path::new(path.trim());
    if path.is_absolute() {
        Ok(path.into())
    } else {
        Err(Error::BadInput("name the folder with its whole path".into()))
    }
}

pub(crate) fn shelf(engine: &Engine) -> Result<Shelf> {
    let chosen = engine.core.store.preferences()?.into_iter().find(|(key, _)| key == CHOSEN);
    let (_, path) = chosen.ok_or(Error::NoKnowledge)?;
    Ok(Shelf::open(Path::new(&path))?)
}

/// Reads the folder, and brings what is kept of it up to date: known errors and articles.
pub(crate) fn read(engine: &Engine) -> Result<KnowledgeView> {
    let indexer = engine.must_own()?;
    let (shelf, core) = (shelf(engine)?, &engine.core);
    crate::rules::forget(engine);
    let state = shelf.read()?;
    let source = SourceName::from_text(SOURCE);
    let now = core.clock.now();
    core.store.ensure_source(&source, "knowledge", now)?;
    let mut errors = Vec::new();
    for mut error in state.entries.iter().filter_map(Entry::known_error) {
        error.tickets = whole_ids(engine, &error)?;
        errors.push(error);
    }
    let ids: BTreeSet<&str> = errors.iter().map(|error| error.id.as_str()).collect();
    let gone = core.store.keep_known_errors(&source, &ids)?;
    let articles: Vec<Article> = state.entries.iter().filter_map(Entry::article).map(plain).collect();
    let (articles_changed, articles_gone) = core.store.keep_articles(&source, &articles, now)?;
    let changes: Vec<Change> = errors.iter().cloned().map(|error| Change::KnownError(Box::new(error))).collect();
    // The cursor notes when it was last read.
    let noted = SavedCursor { cursor: String::new(), done: true };
    let applied = core.store.apply(&source, &changes, Some(("folder", &noted)), now)?;
    let gone = gone + articles_gone;
    let changed = applied.known_errors + articles_changed;
    if changed + gone > 0 {
        indexer.catch_up();
    }
    if gone > 0 {
        indexer.erase_soon();
    }
    Ok(KnowledgeView { changed, gone, ..overview(&shelf, state) })
}

/// What is searched is what people read, not how it is written down.
fn plain(article: Article) -> Article {
    Article { body: as_read(&article.body), resolution: as_read(&article.resolution), ..article }
}

/// Markdown without its marks.
pub(crate) fn as_read(markdown: &str) -> String {
    text::plain(&text::html(markdown, BodyFormat::Markdown), BodyFormat::Html).trim().to_owned()
}

/// `None` before one was chosen.
pub(crate) fn status(engine: &Engine) -> Result<Option<KnowledgeView>> {
    match shelf(engine) {
        Ok(shelf) => Ok(Some(overview(&shelf, shelf.read()?))),
        Err(Error::NoKnowledge) => Ok(None),
        Err(error) => Err(error),
    }
}

fn overview(shelf: &Shelf, state: State) -> KnowledgeView {
    let count = |kind| state.entries.iter().filter(|entry| entry.kind == kind).count() as u64;
    KnowledgeView {
        folder: shelf.root().display().to_string(),
        known_errors: count(Kind::KnownError),
        articles: count(Kind::Article),
        runbooks: count(Kind::Runbook),
        concepts: count(Kind::Concept),
        rules: state.rules.len() as u64,
        unread: state.unread.len() as u64,
        findings: check_all(&state).len() as u64,
        hash: state.hash,
        changed: 0,
        gone: 0,
    }
}

/// Tickets with their source, where only one has them.
fn whole_ids(engine: &Engine, error: &KnownError) -> Result<Vec<String>> {
    let store = &engine.core.store;
    let whole = |id: &String| {
        let rows = store.find_ticket(id.trim())?;
        let mut rows = if rows.len() == 1 { store.ticket_rows(&rows)? } else { Vec::new() };
        Ok(rows.pop().map_or_else(|| id.trim().to_owned(), |row| row.key.to_string()))
    };
    error.tickets.iter().map(whole).collect()
}

pub(crate) fn list(engine: &Engine, args: &KnowledgeListArgs) -> Result<Vec<KnowledgeEntry>> {
    let only = args.kind.as_deref().map(kind).transpose()?;
    let reader = args.audience.as_deref().map(audience).transpose()?;
    let state = shelf(engine)?.read()?;
    let meant = |entry: &&Entry| {
        only.is_none_or(|kind| entry.kind == kind) && reader.is_none_or(|reader| entry.audience().reaches(reader))
    };
    Ok(state.entries.iter().filter(meant).map(view).collect())
}

fn kind(word: &str) -> Result<Kind> {
    let known = Kind::ALL.map(Kind::as_str).join(", ");
    Kind::parse(word.trim()).ok_or_else(|| Error::BadInput(format!("\"{word}\" is no kind of entry; there is {known}")))
}

/// By its id, or its path.
pub(crate) fn show(engine: &Engine, id: &str) -> Result<KnowledgeText> {
    let (state, id) = (shelf(engine)?.read()?, id.trim());
    // As a search names it.
    let id = id.strip_prefix("knowledge:").unwrap_or(id);
    let found: Vec<&Entry> = state.entries.iter().filter(|entry| entry.id == id || entry.path == id).collect();
    match found[..] {
        [] => Err(Error::NotFound { what: "entry", id: id.into() }),
        [entry] => Ok(in_full(&state, entry)),
        _ => {
            let keys = found.iter().map(|entry| entry.path.clone()).collect();
            Err(Error::Ambiguous { id: id.into(), keys })
        }
    }
}

fn in_full(state: &State, entry: &Entry) -> KnowledgeText {
    let own = check_all(state).into_iter().filter(|finding| finding.path == entry.path);
    KnowledgeText {
        entry: view(entry),
        text: entry.document.to_string(),
        html: text::html(&entry.document.body, BodyFormat::Markdown),
        workaround: entry.workaround(),
        findings: own.map(|finding| finding.what).collect(),
    }
}

fn view(entry: &Entry) -> KnowledgeEntry {
    KnowledgeEntry {
        kind: entry.kind.as_str().into(),
        id: entry.id.clone(),
        title: entry.title.clone(),
        path: entry.path.clone(),
        state: entry.state().into(),
        confidence: entry.confidence().as_str().into(),
        audience: entry.audience().as_str().into(),
    }
}

pub(crate) fn check(engine: &Engine) -> Result<Vec<KnowledgeFinding>> {
    let state = shelf(engine)?.read()?;
    Ok(check_all(&state).into_iter().map(|f| KnowledgeFinding { path: f.path, what: f.what }).collect())
}

pub(crate) fn export(engine: &Engine, args: &KnowledgeExportArgs) -> Result<KnowledgeCopied> {
    let reader = args.audience.as_deref().map(audience).transpose()?;
    let files = shelf(engine)?.copy_to(&place(&args.path)?, reader)?;
    Ok(KnowledgeCopied { files: files as u64 })
}

pub(crate) fn import(engine: &Engine, args: &FolderArgs) -> Result<KnowledgeTakenIn> {
    engine.must_own()?;
    let done = take_in(&shelf(engine)?, &place(&args.path)?)?;
    read(engine)?;
    Ok(KnowledgeTakenIn {
        added: done.added,
        unchanged: done.unchanged as u64,
        left: done.left.into_iter().map(|(path, what)| KnowledgeFinding { path, what }).collect(),
    })
}
