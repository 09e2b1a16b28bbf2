//! Product repositories: which there are, and bringing what is known of them up to date.

pub(crate) mod changes;
mod deploys;
mod exam;
mod file;
mod fix;
mod flag;
mod frames;
mod gutter;
mod known;
mod line;
pub(crate) mod linked;
mod map;
pub(crate) mod marks;
mod mirror;
mod notes;
mod passports;
mod place;
pub(crate) mod ran;
mod ready;
pub(crate) mod released;
mod releases;
mod said;
mod speed;
mod tickets;
mod told;
mod tracker;
mod unlinked;
pub(crate) mod who;

use crate::{
    Engine, Error, Result,
    api::{
        args::{CodeAddArgs, RepoArgs},
        view::{Done, JobView, RepoView},
    },
};
use ::code::{Address, History, Repository, history};
use domain::SourceName;
use std::{
    path::Path,
    sync::{Arc, PoisonError},
};
use store::{RepoUpdate, StoredRepo};

pub(crate) use changes::{list as changes, previous};
pub(crate) use deploys::{add as add_deploys, list as deploys, remove as remove_deploys};
pub use exam::exam;
pub(crate) use file::{commit_of, compare, get as file};
pub(crate) use fix::get as fix;
pub(crate) use flag::lines as flag;
pub(crate) use frames::resolve as frames;
pub(crate) use gutter::get as gutter;
pub(crate) use known::Known;
pub(crate) use line::get as line;
pub(crate) use map::{get as map, set as set_map};
pub use mirror::fetch_now;
pub(crate) use mirror::start_fetch;
pub(crate) use passports::list as passports;
pub(crate) use ran::ran;
pub(crate) use ready::Ready;
pub(crate) use releases::list as releases;
pub(crate) use said::said;
pub use speed::speed;
pub(crate) use tickets::list as tickets;
pub(crate) use unlinked::set as unlink;

/// Pieces of one history that are kept before they are made one.
const PIECES: usize = 16;

pub(crate) fn list(engine: &Engine) -> Result<Vec<RepoView>> {
    engine.core.store.repos()?.iter().map(|repo| view(engine, repo)).collect()
}

/// Nothing is read yet but that it is a repository.
pub(crate) fn add(engine: &Engine, args: &CodeAddArgs) -> Result<RepoView> {
    engine.must_own()?;
    let path = args.path.trim();
    if Address::is_meant(path) {
        return mirror::add(engine, args);
    }
    let repository = Repository::open(Path::new(path))?;
    let place = Path::new(path).canonicalize().unwrap_or_else(|_| repository.git_dir().to_path_buf());
    let name = match args.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => SourceName::new(name).map_err(|bad| Error::BadInput(bad.to_string()))?,
        None => SourceName::from_text(&default_name(&place)),
    };
    let place = place.display().to_string();
    if let Some(other) = engine.core.store.repo(&name)?.filter(|other| other.path != place) {
        return Err(Error::RepoTaken { name: name.to_string(), path: other.path });
    }
    engine.core.store.add_repo(&name, &place, engine.core.clock.now())?;
    view(engine, &find(engine, Some(name.as_str()))?)
}

/// Whether somebody means an address by it, and not a folder of this machine.
pub fn is_address(text: &str) -> bool {
    Address::is_meant(text)
}

/// `shop` of `/src/shop`, `/src/shop/.git` and `/mirrors/shop.git`.
fn default_name(place: &Path) -> String {
    let named = if place.ends_with(".git") { place.parent().unwrap_or(place) } else { place };
    let name = named.file_name().unwrap_or_default().to_string_lossy();
    name.trim_end_matches(".git").to_owned()
}

/// What was read of it goes, and a mirror with it; a clone was never touched.
pub(crate) fn remove(engine: &Engine, args: &RepoArgs) -> Result<Done> {
    engine.must_own()?;
    let repo = find(engine, Some(&args.name))?;
    engine.core.store.remove_repo(&repo.name)?;
    if mirror::is_mirror(&repo) {
        // While it is fetched, its folder is not ours to take away.
        let _turn = engine.core.fetching.lock().unwrap_or_else(PoisonError::into_inner);
        mirror::clear(&mirror::place(engine, &repo))?;
    }
    engine.core.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&repo.name);
    Ok(Done {})
}

/// In the background, as a job.
pub(crate) fn start_update(engine: &Arc<Engine>, args: &RepoArgs) -> Result<JobView> {
    engine.must_own()?;
    let repo = find(engine, Some(&args.name))?;
    let label = repo.name.to_string();
    engine.start_job("code", &label, move |engine, job| {
        let progress = |done| job.progress(done as u64, None);
        update(engine, &repo, &progress, &|| job.is_cancelled()).map(|_| None)
    })
}

/// Here and now: one repository, or all of them. Answers with how each is afterwards.
pub fn update_now(engine: &Engine, only: Option<&str>, progress: &dyn Fn(usize)) -> Result<Vec<RepoView>> {
    engine.must_own()?;
    let repos = match only {
        Some(name) => vec![find(engine, Some(name))?],
        None => engine.core.store.repos()?,
    };
    for repo in &repos {
        update(engine, repo, progress, &|| false)?;
    }
    repos.iter().map(|repo| view(engine, &find(engine, Some(repo.name.as_str()))?)).collect()
}

/// One at a time: two would read the same twice.
fn update(engine: &Engine, repo: &StoredRepo, progress: &dyn Fn(usize), stop: &dyn Fn() -> bool) -> Result<()> {
    let core = &engine.core;
    let _turn = core.reading.lock().unwrap_or_else(PoisonError::into_inner);
    let repository = Repository::open(&mirror::place(engine, repo))?;
    let pieces = core.store.repo_pieces(&repo.name)?;
    // What another version wrote is read again.
    let (before, unreadable) = match History::load(pieces.history.iter().map(Vec::as_slice)) {
        Ok(history) => (history, false),
        Err(error) => {
            tracing::info!(code = error.code(), "a history is read again from its repository");
            (History::default(), true)
        }
    };
    let read = history::update(&repository, before, progress, stop)?;
    let replace = unreadable || (read.piece.is_some() && pieces.history.len() >= PIECES);
    let piece = if replace { Some(read.history.pack()?) } else { read.piece };
    let refs = read.refs.pack()?;
    let update = RepoUpdate { refs: &refs, piece: piece.as_deref(), replace, whole: read.whole };
    Ok(core.store.update_repo(&repo.name, &update, core.clock.now())?)
}

/// The repository of this name; the only one where none is named.
pub(crate) fn find(engine: &Engine, name: Option<&str>) -> Result<StoredRepo> {
    let mut repos = engine.core.store.repos()?;
    let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
        return match &repos[..] {
            [] => Err(Error::NoRepo),
            [_] => Ok(repos.remove(0)),
            _ => Err(Error::WhichRepo { names: repos.iter().map(|repo| repo.name.to_string()).collect() }),
        };
    };
    let found = repos.into_iter().find(|repo| repo.name.as_str() == name);
    found.ok_or_else(|| Error::NotFound { what: "repository", id: name.into() })
}

fn view(engine: &Engine, repo: &StoredRepo) -> Result<RepoView> {
    let known = Known::of(engine, repo)?;
    let newest = known.releases.all().iter().rev().find(|release| !release.is_prerelease());
    Ok(RepoView {
        name: repo.name.to_string(),
        path: mirror::place(engine, repo).display().to_string(),
        url: mirror::address(engine, repo).map(|address| address.as_str().to_owned()),
        added_at: repo.added_at.0,
        read_at: repo.read_at.map(|at| at.0),
        whole: repo.whole,
        commits: known.history.len() as u64,
        issues: known.history.keys() as u64,
        releases: known.releases.all().len() as u64,
        newest: newest.map(|release| release.name.clone()),
        branch: known.refs.main.clone(),
    })
}
