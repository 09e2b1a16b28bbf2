//! Whether an index is what was written. Tantivy does not look: a flipped byte gives wrong hits or a panic.

use super::{State, Watermark};
use crate::Error;
use serde::Serialize;
use std::path::Path;
use tantivy::{
    Index, IndexMeta,
    directory::{Directory, error::OpenReadError},
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

/// Every file of every segment: present, known to Tantivy's own list, and byte for byte what was written. `raw` shows
/// the files with their footers.
pub(super) fn files(index: &Index, raw: &dyn Directory) -> Result<(), Error> {
    let metas = load(index)?;
    let managed = index.directory().list_managed_files();
    let mut expected: Vec<_> = metas.list_segment_files().into_iter().collect();
    expected.sort_unstable();
    for path in expected {
        if is_optional(&path, &metas) {
            continue;
        }
        if !managed.contains(&path) {
            return Err(Error::corrupt(format!("{} is not in the list of its files", path.display())));
        }
        let file = raw.open_read(&path).map_err(|error| unreadable(&path, error))?;
        let bytes = file.read_bytes().map_err(|error| Error::from_io("read its files", &error))?;
        if !is_intact(&bytes) {
            return Err(Error::corrupt(format!("{} has changed on disk", path.display())));
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct Footer<'a> {
    version: &'a tantivy::Version,
    crc: u32,
}

/// Under its content a file has its footer, the footer's length and a number that is always the same. Tantivy's own
/// check looks at the content alone; here the footer too has to be the one that this version writes for the content.
fn is_intact(file: &[u8]) -> bool {
    const ALWAYS: u32 = 1337;
    let Some((rest, length)) = file.len().checked_sub(8).and_then(|at| file.split_at_checked(at)) else { return false };
    let Some(length) = length.first_chunk::<4>().map(|length| u32::from_le_bytes(*length) as usize) else {
        return false;
    };
    let Some((content, _)) = rest.len().checked_sub(length).and_then(|at| rest.split_at_checked(at)) else {
        return false;
    };
    let footer = Footer { version: tantivy::version(), crc: crc32fast::hash(content) };
    let Ok(mut expected) = serde_json::to_vec(&footer) else { return false };
    let length = expected.len() as u32;
    expected.extend(length.to_le_bytes());
    expected.extend(ALWAYS.to_le_bytes());
    file.get(content.len()..) == Some(expected.as_slice())
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
    let (found, written) = (state.searcher.num_docs(), state.watermark.documents);
    if found == written { Ok(()) } else { Err(Error::corrupt(format!("{found} of {written} documents are left"))) }
}

/// All of it for an index that is open and may be written to meanwhile.
pub(super) fn again(index: &Index, raw: &dyn Directory, schema: &Schema) -> Result<(), Error> {
    let mut seen = segments(index)?;
    for _ in 0..ATTEMPTS {
        let result = metas(index, schema).and_then(|_| files(index, raw));
        let now = segments(index)?;
        if result.is_ok() || now == seen {
            return result;
        }
        seen = now;
    }
    files(index, raw)
}

fn segments(index: &Index) -> Result<Vec<String>, Error> {
    Ok(load(index)?.segments.iter().map(|segment| format!("{segment:?}")).collect())
}

fn load(index: &Index) -> Result<IndexMeta, Error> {
    index.load_metas().map_err(|error| Error::from_tantivy("read its files", error))
}
