//! A directory whose files only the workspace's key opens. Each is decrypted and authenticated as a whole when it is
//! opened, so that what Tantivy reads is what it wrote; it lies open in memory for as long as somebody reads it.

use super::seal::{self, Sealer};
use domain::CipherKey;
use std::{
    collections::HashMap,
    fmt,
    io::{self, BufWriter, Write},
    ops::Range,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, Weak},
};
use tantivy::{
    HasLen,
    directory::{
        AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, TerminatingWrite, WatchCallback,
        WatchHandle, WritePtr,
        error::{DeleteError, LockError, OpenReadError, OpenWriteError},
    },
};

#[derive(Clone)]
pub(super) struct Sealed<D> {
    inner: D,
    key: CipherKey,
    /// What is open now: a file never changes once it is written, and each reader needs the same bytes.
    open: Arc<Mutex<HashMap<PathBuf, Weak<Plain>>>>,
}

impl<D> Sealed<D> {
    pub(super) fn new(inner: D, key: CipherKey) -> Self {
        Self { inner, key, open: Arc::default() }
    }
}

impl<D> fmt::Debug for Sealed<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed")
    }
}

/// The name that is bound into a file. The directory is flat.
fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

impl<D: Directory + Clone> Directory for Sealed<D> {
    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let sealed = self.inner.atomic_read(path)?;
        seal::unseal(&self.key, &name(path), &sealed).map_err(|why| OpenReadError::wrap_io_error(why, path.to_owned()))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.inner.atomic_write(path, &seal::seal(&self.key, &name(path), data)?)
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plain) = open.get(path).and_then(Weak::upgrade) {
            return Ok(plain);
        }
        let failed = |why| OpenReadError::wrap_io_error(why, path.to_owned());
        let sealed = self.inner.get_file_handle(path)?;
        let sealed = sealed.read_bytes(0..sealed.len()).map_err(failed)?;
        let plain = seal::unseal(&self.key, &name(path), &sealed).map_err(failed)?;
        let plain = Arc::new(Plain(OwnedBytes::new(plain)));
        open.retain(|_, plain| plain.strong_count() > 0);
        open.insert(path.to_owned(), Arc::downgrade(&plain));
        Ok(plain)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let failed = |why| OpenWriteError::wrap_io_error(why, path.to_owned());
        let mut inner = self.inner.open_write(path)?;
        let (sealer, header) = Sealer::new(&self.key, &name(path)).map_err(failed)?;
        inner.write_all(&header).map_err(failed)?;
        Ok(BufWriter::new(Box::new(SealedWriter { sealer, inner })))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(watch_callback)
    }
}

/// A file, decrypted.
struct Plain(OwnedBytes);

impl fmt::Debug for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} plain bytes", self.0.len())
    }
}

impl HasLen for Plain {
    fn len(&self) -> usize {
        self.0.len()
    }
}

impl FileHandle for Plain {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.end > self.0.len() || range.start > range.end {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(self.0.slice(range))
    }
}

struct SealedWriter {
    sealer: Sealer,
    inner: WritePtr,
}

impl Write for SealedWriter {
    fn write(&mut self, plain: &[u8]) -> io::Result<usize> {
        self.sealer.push(plain, &mut self.inner)?;
        Ok(plain.len())
    }

    /// What does not fill a chunk stays here: nobody reads a file before it is finished.
    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl TerminatingWrite for SealedWriter {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.sealer.finish(&mut self.inner)?;
        self.inner.terminate_ref(token)
    }
}
