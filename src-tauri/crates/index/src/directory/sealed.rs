//! A directory that notices when `meta.json` or `.managed.json` are not what was written. Tantivy puts a checksum under
//! every segment file but none under these two, and a changed digit in them means other documents.

use std::{io, path::Path, sync::Arc};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, WatchCallback, WatchHandle, WritePtr,
    error::{DeleteError, LockError, OpenReadError, OpenWriteError},
};

/// The last line of a sealed file: this and eight hexadecimal digits.
const MARK: &str = "\ncrc32 ";
const SEAL: usize = MARK.len() + 8;

#[derive(Clone, Debug)]
pub(super) struct Sealed<D>(D);

impl<D> Sealed<D> {
    pub(super) fn new(inner: D) -> Self {
        Self(inner)
    }
}

fn seal(data: &[u8]) -> String {
    format!("{MARK}{:08x}", crc32fast::hash(data))
}

impl<D: Directory + Clone> Directory for Sealed<D> {
    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let mut bytes = self.0.atomic_read(path)?;
        let end = bytes.len().saturating_sub(SEAL);
        let (data, found) = bytes.split_at(end);
        if seal(data).as_bytes() != found {
            let why = io::Error::new(io::ErrorKind::InvalidData, format!("{} has changed on disk", path.display()));
            return Err(OpenReadError::wrap_io_error(why, path.to_owned()));
        }
        bytes.truncate(end);
        Ok(bytes)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.0.atomic_write(path, &[data, seal(data).as_bytes()].concat())
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.0.open_write(path)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.0.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.0.acquire_lock(lock)
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(watch_callback)
    }
}
