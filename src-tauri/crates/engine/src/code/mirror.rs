//! Repositories that are elsewhere: their mirrors lie in the home, and are fetched when somebody asks. Every run of git that
//! asks a server stands in the ledger before it begins.

use super::{default_name, find, update, view};
use crate::{
    Engine, Error, Result,
    api::{
        args::{CodeAddArgs, RepoArgs},
        view::{JobView, RepoView},
    },
    open::Core,
};
use ::code::{Address, Mirror, Room, own_surroundings};
use domain::SourceName;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError},
};
use store::{Request, StoredRepo};

/// Below the home, so that a workspace that is moved takes its mirrors with it.
const FOLDER: &str = "mirrors";

/// Where a repository lies on this machine.
pub(super) fn place(engine: &Engine, repo: &StoredRepo) -> PathBuf {
    place_in(&engine.core, repo)
}

pub(super) fn place_in(core: &Core, repo: &StoredRepo) -> PathBuf {
    if is_mirror(repo) { core.home.dir().join(&repo.path) } else { PathBuf::from(&repo.path) }
}

pub(super) fn is_mirror(repo: &StoredRepo) -> bool {
    !Path::new(&repo.path).is_absolute()
}

/// Where its mirror comes from.
pub(super) fn address(engine: &Engine, repo: &StoredRepo) -> Option<Address> {
    is_mirror(repo).then(|| Mirror::address_of(&place(engine, repo)))?
}

/// An empty mirror. Nothing is asked yet.
pub(super) fn add(engine: &Engine, args: &CodeAddArgs) -> Result<RepoView> {
    let address = Address::parse(&args.path)?;
    let name = match args.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => SourceName::new(name).map_err(|bad| Error::BadInput(bad.to_string()))?,
        None => SourceName::from_text(&default_name(Path::new(address.name()))),
    };
    let path = format!("{FOLDER}/{name}.git");
    if let Some(other) = engine.core.store.repo(&name)? {
        let known = self::address(engine, &other);
        if known.as_ref() == Some(&address) {
            return view(engine, &other);
        }
        let path = known.map_or(other.path, |address| address.as_str().to_owned());
        return Err(Error::RepoTaken { name: name.to_string(), path });
    }
    let dir = engine.core.home.dir().join(&path);
    // Of one that was removed while it was read, something may be left.
    clear(&dir)?;
    Mirror::create(&dir, &address)?;
    engine.core.store.add_repo(&name, &path, engine.core.clock.now())?;
    view(engine, &find(engine, Some(name.as_str()))?)
}

/// The mirror goes; what it was made from stays.
pub(super) fn clear(dir: &Path) -> Result<()> {
    match std::fs::remove_dir_all(dir) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::Home { what: "deleting a mirror", path: dir.into(), cause })
        }
        _ => Ok(()),
    }
}

/// In the background, as a job: fetches, and reads what is new. Of a clone, it is read alone.
pub(crate) fn start_fetch(engine: &Arc<Engine>, args: &RepoArgs) -> Result<JobView> {
    engine.must_own()?;
    let repo = find(engine, Some(&args.name))?;
    let label = repo.name.to_string();
    engine.start_job("code", &label, move |engine, job| {
        let progress = |done| job.progress(done as u64, None);
        let stop = || job.is_cancelled();
        fetch(engine, &repo, &stop)?;
        update(engine, &repo, &progress, &stop).map(|_| None)
    })
}

/// Here and now: one mirror, or all of them. Answers with how each is afterwards.
pub fn fetch_now(engine: &Engine, only: Option<&str>, progress: &dyn Fn(usize)) -> Result<Vec<RepoView>> {
    engine.must_own()?;
    let repos = match only {
        Some(name) => vec![find(engine, Some(name))?],
        None => engine.core.store.repos()?.into_iter().filter(is_mirror).collect(),
    };
    for repo in &repos {
        fetch(engine, repo, &|| false)?;
        update(engine, repo, progress, &|| false)?;
    }
    repos.iter().map(|repo| view(engine, &find(engine, Some(repo.name.as_str()))?)).collect()
}

fn fetch(engine: &Engine, repo: &StoredRepo, stop: &dyn Fn() -> bool) -> Result<()> {
    let Some(address) = address(engine, repo) else { return Ok(()) };
    // Two on one mirror would stand in each other's way.
    let _turn = engine.core.fetching.lock().unwrap_or_else(PoisonError::into_inner);
    let dir = place(engine, repo);
    let own = own_surroundings();
    let mirror = Mirror::at(&dir, &own, Room::default());
    noted(engine, repo, &address, "default branch", || mirror.ask_branch(stop).map(|()| 0))?;
    noted(engine, repo, &address, "history", || mirror.fetch(stop))
}

/// What git sends and receives passes no socket of ours: of what came, the ledger has by how much the mirror grew.
fn noted(
    engine: &Engine,
    repo: &StoredRepo,
    address: &Address,
    purpose: &str,
    ask: impl FnOnce() -> ::code::Result<u64>,
) -> Result<()> {
    let store = &engine.core.store;
    let request = Request { source: &repo.name, host: address.host(), method: "GIT", path: address.path(), purpose };
    let number = store.begin_request(&request, engine.core.clock.now())?;
    let done = ask();
    match &done {
        // Whatever git and the server spoke, it ended well.
        Ok(grown) => store.end_request(number, Some(DONE), None, 0, *grown)?,
        Err(error) => store.end_request(number, None, Some(error.code()), 0, 0)?,
    }
    Ok(done.map(|_| ())?)
}

/// In the place of a status, of what is no HTTP of ours.
const DONE: u16 = 0;
