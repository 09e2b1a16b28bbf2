//! Where the index's bytes lie: the one place that chooses a Tantivy `Directory`.

mod seal;
mod sealed;

#[cfg(fuzzing)]
pub use seal::unseal;

use crate::Error;
use domain::CipherKey;
use sealed::Sealed;
use std::{fs, path::Path};
use tantivy::directory::{Directory, MmapDirectory, RamDirectory};

/// What Tantivy calls the files of a segment.
const SEGMENT_FILES: &[&str] = &["idx", "pos", "term", "store", "fast", "fieldnorm", "del", "temp"];

pub(crate) const META: &str = "meta.json";
pub(crate) const MANAGED: &str = ".managed.json";

/// A directory on disk, encrypted and authenticated under `key`.
pub(crate) fn on_disk(dir: &Path, key: &CipherKey) -> Result<Box<dyn Directory>, Error> {
    let mmap = MmapDirectory::open(dir).map_err(|error| Error::from_tantivy("open its directory", error.into()))?;
    Ok(Box::new(Sealed::new(mmap, key.clone())))
}

pub(crate) fn in_ram() -> Box<dyn Directory> {
    Box::new(RamDirectory::create())
}

/// Makes `dir` and removes an earlier index from it. Only files that an index consists of: whoever passes the wrong
/// path loses nothing.
pub(crate) fn clear(dir: &Path) -> Result<(), Error> {
    const WHAT: &str = "clear its directory";
    fs::create_dir_all(dir).map_err(Error::at(WHAT, dir))?;
    for entry in fs::read_dir(dir).map_err(Error::at(WHAT, dir))? {
        let path = entry.map_err(Error::at(WHAT, dir))?.path();
        if is_ours(&path) && !path.is_dir() {
            fs::remove_file(&path).map_err(Error::at(WHAT, &path))?;
        }
    }
    Ok(())
}

fn is_ours(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let of_segment = name
        .split_once('.')
        .is_some_and(|(segment, _)| segment.len() == 32 && segment.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    name == META
        || name == MANAGED
        || name.starts_with(".tantivy-")
        || name.starts_with(".tmp")
        || (of_segment && SEGMENT_FILES.contains(&extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clearing_removes_an_index_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["meta.json", ".managed.json", ".tantivy-writer.lock", "0123456789abcdef0123456789abcdef.idx"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        fs::write(dir.path().join("letters.store"), "x").unwrap();
        fs::create_dir(dir.path().join("photos")).unwrap();
        clear(dir.path()).unwrap();
        let mut left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["letters.store", "photos"]);
    }
}
