//! The home directory: where everything of a workspace lies, and who may write there.

use crate::{Error, Result};
use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// How long a lock may outlive who held it: a program that another thread was just starting holds every open file until it
/// runs.
const LINGERS: Duration = Duration::from_millis(300);

/// A workspace's folder, made if it was missing, readable by its owner alone.
pub struct Home {
    dir: PathBuf,
    /// Held for as long as we live. `None`: another process has it, and we only read.
    lock: Option<File>,
}

impl Home {
    /// The platform's place for a person's application data.
    pub fn default_dir() -> Option<PathBuf> {
        let var = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let base = if cfg!(target_os = "windows") {
            var("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            var("HOME").map(|home| home.join("Library/Application Support"))
        } else {
            var("XDG_DATA_HOME").or_else(|| var("HOME").map(|home| home.join(".local/share")))
        };
        base.map(|base| base.join("precedent"))
    }

    pub fn open(dir: &Path) -> Result<Self> {
        let failed = |what| move |cause| Error::Home { what, path: dir.into(), cause };
        std::fs::create_dir_all(dir).map_err(failed("making the folder"))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o700))
                .map_err(failed("protecting the folder"))?;
        }
        let lock = File::create(dir.join("lock")).map_err(failed("writing"))?;
        let began = Instant::now();
        let lock = loop {
            match lock.try_lock() {
                Ok(()) => break Some(lock),
                Err(TryLockError::WouldBlock) if began.elapsed() < LINGERS => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(TryLockError::WouldBlock) => break None,
                Err(TryLockError::Error(cause)) => return Err(failed("locking the folder")(cause)),
            }
        };
        Ok(Self { dir: dir.into(), lock })
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whether this process may write here.
    pub fn is_owned(&self) -> bool {
        self.lock.is_some()
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.dir.join("store.db")
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.dir.join("index")
    }

    /// The semantic pack, where one is installed: a published model, nobody's text.
    pub(crate) fn pack(&self) -> PathBuf {
        self.dir.join("meaning.pack")
    }

    /// Copies of the database.
    pub(crate) fn backups(&self) -> PathBuf {
        self.dir.join("backups")
    }

    /// What could not be read any more, by date. Nothing deletes it but people.
    pub(crate) fn damaged(&self) -> PathBuf {
        self.dir.join("damaged")
    }

    /// A database that is gone is not a workspace that is new: an index is made after its database, so where there is one,
    /// there was one.
    pub(crate) fn must_have_its_database(&self) -> Result<()> {
        let was_there = || !self.index_is_gone() || !crate::backups::all(&self.backups()).is_empty();
        if !self.database().exists() && was_there() {
            return Err(Error::DatabaseMissing { path: self.database() });
        }
        Ok(())
    }

    /// Somebody deleted it, which is always allowed.
    pub(crate) fn index_is_gone(&self) -> bool {
        !self.index().join("meta.json").exists()
    }
}
