//! Whether an index is what was written. Tantivy does not look: a flipped byte gives wrong hits or a panic.

use super::{State, Watermark};
use crate::Error;
use std::path::Path;
use tantivy::{
    Index, IndexMeta,
    directory::{Directory, FileSlice, error::OpenReadError},
    schema::Schema,
};

/// How often a check starts over because a writer replaced the files under it.
const ATTEMPTS: usize = 5;

/// The watermark, if these metas are ours.
pub(super) fn metas(index: &Index, schema: &Schema) -> Result<Watermark, Error> {
    let metas = load(index)?;
    let watermark = Watermark::from_payload(metas.payload.as_deref())?;
    if metas.schema != *schema {
        return Err(Error::Outdated { found: "other fields".into(), expected: "the fields of this version".into() });
    }
    Ok(watermark)
}

/// Every file of every segment: present, known to Tantivy's own list, and byte for byte what was written, which reading it
/// through its seal proves. Hands the files out, so that who opens them next need not read them again.
pub(super) fn files(index: &Index, files: &dyn Directory) -> Result<Vec<FileSlice>, Error> {
    let metas = load(index)?;
    let managed = index.directory().list_managed_files();
    let mut expected: Vec<_> = metas.list_segment_files().into_iter().collect();
    expected.sort_unstable();
    let mut read = Vec::with_capacity(expected.len());
    for path in expected.iter().filter(|path| !is_optional(path, &metas)) {
        if !managed.contains(path) {
            return Err(Error::corrupt(format!("{} is not in the list of its files", path.display())));
        }
        read.push(files.open_read(path).map_err(|error| unreadable(path, error))?);
    }
    Ok(read)
}

/// The list names files that a segment may have; these two it need not have.
fn is_optional(path: &Path, metas: &IndexMeta) -> bool {
    let name = path.to_string_lossy();
    let without_deletes =
        || metas.segments.iter().any(|segment| !segment.has_deletes() && name.starts_with(&segment.id().uuid_string()));
    name.ends_with(".temp") || (name.ends_with(".del") && without_deletes())
}

fn unreadable(path: &Path, error: OpenReadError) -> Error {
    match Error::from_read("read its files", error) {
        Error::Corrupt { reason } => Error::corrupt(format!("{}: {reason}", path.display())),
        other => other,
    }
}

/// What can be found is what was committed.
pub(super) fn documents(state: &State) -> Result<(), Error> {
    let (found, written) = (state.view.documents(), state.watermark.documents);
    if found == written { Ok(()) } else { Err(Error::corrupt(format!("{found} of {written} documents are left"))) }
}

/// All of it for an index that is open and may be written to meanwhile.
pub(super) fn again(index: &Index, afresh: &dyn Directory, schema: &Schema) -> Result<(), Error> {
    let mut seen = segments(index)?;
    for _ in 0..ATTEMPTS {
        let result = metas(index, schema).and_then(|_| files(index, afresh).map(drop));
        let now = segments(index)?;
        if result.is_ok() || now == seen {
            return result;
        }
        seen = now;
    }
    files(index, afresh).map(drop)
}

fn segments(index: &Index) -> Result<Vec<String>, Error> {
    Ok(load(index)?.segments.iter().map(|segment| format!("{segment:?}")).collect())
}

fn load(index: &Index) -> Result<IndexMeta, Error> {
    index.load_metas().map_err(|error| Error::from_tantivy("read its files", error))
}
