//! What was read of a repository, unpacked once and kept until it changes.

use super::told;
use crate::{Engine, Result, api::view::CodeChangedView, open::Core};
use ::code::{
    CommitId, Files, Flag, Forge, History, Links, Literals, Notes, Refs, Releases, Repository,
    fix::{FileState, PatchId},
};
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};
use store::{StoredRelease, StoredRepo};

#[derive(Default)]
pub(crate) struct Known {
    turn: (u64, (i64, i64)),
    dir: PathBuf,
    pub(crate) history: History,
    pub(crate) refs: Refs,
    /// Those of its tags, and what sources tell besides.
    pub(crate) releases: Releases,
    /// What sources tell of it.
    pub(crate) told: Vec<StoredRelease>,
    /// What commits change, as far as anybody asked.
    pub(crate) patches: Mutex<HashMap<CommitId, Option<PatchId>>>,
    pub(crate) sketches: Mutex<HashMap<CommitId, Option<u64>>>,
    /// What versions hold under the paths that fixes touched.
    pub(crate) states: Mutex<HashMap<CommitId, States>>,
    forge: OnceLock<Option<Forge>>,
    links: OnceLock<Links>,
    notes: OnceLock<Notes>,
    /// The files of the versions that were asked for last.
    files: Mutex<Vec<(CommitId, Arc<Files>)>>,
    /// What was found of links of entries, by the link.
    linked: Mutex<HashMap<String, Option<CodeChangedView>>>,
    /// Where the flags stand that were asked for last.
    flags: Mutex<Vec<(CommitId, String, Arc<Flag>)>>,
    /// What the versions print that were asked for last.
    literals: Mutex<Vec<(CommitId, Arc<Literals>)>>,
}

/// What a version holds under some paths; nothing where that could not be read.
type States = HashMap<Box<str>, Option<FileState>>;

/// Versions whose files are kept: customers run a few.
const VERSIONS: usize = 10;
/// Flags whose lines are kept, each at one version.
const FLAGS: usize = 64;
/// Versions whose texts are kept: each takes some ten megabytes.
pub(super) const TEXTS: usize = 3;

impl Known {
    /// Where what is kept cannot be read by this version, nothing is known until the next update.
    pub(crate) fn of(engine: &Engine, repo: &StoredRepo) -> Result<Arc<Self>> {
        Self::in_core(&engine.core, repo)
    }

    pub(super) fn in_core(core: &Core, repo: &StoredRepo) -> Result<Arc<Self>> {
        let cache = || core.known.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = (repo.turn, core.store.releases_turn()?);
        if let Some(known) = cache().get(&repo.name).filter(|known| known.turn == turn) {
            return Ok(Arc::clone(known));
        }
        let pieces = core.store.repo_pieces(&repo.name)?;
        let read = || -> ::code::Result<(History, Refs)> {
            let history = History::load(pieces.history.iter().map(Vec::as_slice))?;
            Ok((history, pieces.refs.as_deref().map(Refs::load).transpose()?.unwrap_or_default()))
        };
        let (history, refs) = read().unwrap_or_else(|error| {
            tracing::warn!(code = error.code(), "what is kept of a repository cannot be read");
            Default::default()
        });
        let dir = super::mirror::place_in(core, repo);
        let mut known = Self { turn, dir, history, refs, ..Self::default() };
        known.told = told::of(core, repo, &known)?;
        known.releases = Releases::of(&known.refs).with(told::versions(&known.told, &known.history));
        let known = Arc::new(known);
        cache().insert(repo.name.clone(), Arc::clone(&known));
        Ok(known)
    }

    /// The repository itself, where it can be read just now.
    pub(crate) fn open(&self) -> ::code::Result<Repository> {
        Repository::open(&self.dir)
    }

    /// Where people look at it in a browser. Where the clone is elsewhere, nobody knows until the next start.
    pub(crate) fn forge(&self) -> Option<&Forge> {
        self.forge.get_or_init(|| self.open().ok()?.forge()).as_ref()
    }

    /// What branches say of issues.
    pub(crate) fn links(&self) -> &Links {
        self.links.get_or_init(|| Links::of(&self.history, &self.refs))
    }

    /// What the notes of the main branch say of releases; nothing where the clone is elsewhere, until the next start.
    pub(crate) fn notes(&self) -> &Notes {
        self.notes.get_or_init(|| {
            let main = super::frames::chosen(self, None).ok();
            let read = main.and_then(|(main, _)| Some(self.open().ok()?.notes(main)));
            read.unwrap_or_default()
        })
    }

    pub(crate) fn files(&self, repository: &Repository, at: CommitId) -> Result<Arc<Files>> {
        let kept = || self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, files)) = kept().iter().find(|(commit, _)| *commit == at) {
            return Ok(Arc::clone(files));
        }
        let files = Arc::new(repository.files(at)?);
        let mut kept = kept();
        kept.truncate(VERSIONS - 1);
        kept.insert(0, (at, Arc::clone(&files)));
        Ok(files)
    }

    pub(crate) fn flag(
        &self,
        repository: &Repository,
        at: CommitId,
        name: &str,
        stop: &dyn Fn() -> bool,
    ) -> Result<Arc<Flag>> {
        let kept = || self.flags.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, _, flag)) = kept().iter().find(|(commit, own, _)| *commit == at && own == name) {
            return Ok(Arc::clone(flag));
        }
        let flag = Arc::new(repository.flag(at, name, stop)?);
        let mut kept = kept();
        kept.truncate(FLAGS - 1);
        kept.insert(0, (at, name.to_owned(), Arc::clone(&flag)));
        Ok(flag)
    }

    pub(crate) fn linked(&self, link: &str) -> Option<Option<CodeChangedView>> {
        self.linked.lock().unwrap_or_else(PoisonError::into_inner).get(link).cloned()
    }

    pub(crate) fn keep_linked(&self, link: String, said: Option<CodeChangedView>) {
        self.linked.lock().unwrap_or_else(PoisonError::into_inner).insert(link, said);
    }

    /// Reads a version's texts the first time, which takes a second or more.
    pub(crate) fn literals(
        &self,
        repository: &Repository,
        at: CommitId,
        stop: &dyn Fn() -> bool,
    ) -> Result<Arc<Literals>> {
        if let Some(known) = self.literals_at_hand(at) {
            return Ok(known);
        }
        let read = Arc::new(repository.literals(at, stop)?);
        let mut kept = self.literals.lock().unwrap_or_else(PoisonError::into_inner);
        kept.truncate(TEXTS - 1);
        kept.insert(0, (at, Arc::clone(&read)));
        Ok(read)
    }

    /// Reads a version's texts before anybody asks, where that sends away nothing that somebody asked for.
    pub(super) fn prepare(&self, at: CommitId, stop: &dyn Fn() -> bool) -> Result<()> {
        let full = self.literals.lock().unwrap_or_else(PoisonError::into_inner).len() >= TEXTS;
        if !full && self.literals_at_hand(at).is_none() {
            self.literals(&self.open()?, at, stop)?;
        }
        Ok(())
    }

    /// Those that were read already.
    pub(crate) fn literals_at_hand(&self, at: CommitId) -> Option<Arc<Literals>> {
        let kept = self.literals.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(commit, _)| *commit == at).map(|(_, literals)| Arc::clone(literals))
    }
}
