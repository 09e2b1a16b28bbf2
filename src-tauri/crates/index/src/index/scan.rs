//! Whether a word is anywhere in the index: for whoever purged something and wants to see that it is gone.

use crate::{Error, index::Inner};
use tantivy::schema::FieldType;

/// How many terms and files hold `word`, in any case. Reads every term of every segment, deleted documents' included, and
/// every file that the index manages, decrypted.
pub(super) fn occurrences(inner: &Inner, word: &str) -> Result<u64, Error> {
    let word = word.to_lowercase();
    Ok(in_terms(inner, word.as_bytes())? + in_files(inner, word.as_bytes())?)
}

/// Terms lie in an automaton: no file holds them letter by letter.
fn in_terms(inner: &Inner, word: &[u8]) -> Result<u64, Error> {
    let failed = |error| Error::from_tantivy("read its terms", error);
    let mut found = 0;
    for segment in inner.state().view.searcher.segment_readers() {
        for (field, entry) in segment.schema().fields() {
            if !matches!(entry.field_type(), FieldType::Str(_)) {
                continue;
            }
            let inverted = segment.inverted_index(field).map_err(failed)?;
            let mut terms = inverted.terms().stream().map_err(|error| failed(error.into()))?;
            while terms.advance() {
                found += u64::from(holds(terms.key(), word));
            }
        }
    }
    Ok(found)
}

fn in_files(inner: &Inner, word: &[u8]) -> Result<u64, Error> {
    let mut found = 0;
    for path in inner.tantivy.directory().list_managed_files() {
        // A segment's list names files that it need not have.
        let Ok(file) = inner.afresh.open_read(&path) else { continue };
        let bytes = file.read_bytes().map_err(|error| Error::from_io("read its files", &error))?;
        found += u64::from(holds(&bytes, word));
    }
    Ok(found)
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    !word.is_empty() && bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word))
}
