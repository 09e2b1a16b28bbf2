//! How much memory the index may take while it is made. A process that died over it leaves a note; the next one takes
//! half of that, so a workspace that a small machine cannot index in one way is indexed in another.

use crate::Home;
use std::{fs, path::PathBuf};

const USUAL: usize = 64 << 20;
/// Tantivy takes no less.
const LEAST: usize = 16 << 20;

/// At the start of a process.
pub(super) fn after_last_time(home: &Home) -> usize {
    let noted = fs::read_to_string(note(home)).ok();
    let Some(noted) = noted.map(|text| text.trim().parse::<usize>().unwrap_or(USUAL)) else { return USUAL };
    let memory = (noted / 2).clamp(LEAST, USUAL);
    begin(home, memory);
    memory
}

/// The index is being made. Without the note, the next start only takes as much as this one.
pub(super) fn begin(home: &Home, memory: usize) {
    _ = fs::write(note(home), memory.to_string());
}

/// It is made: the next time may take what is usual again.
pub(super) fn end(home: &Home) -> usize {
    _ = fs::remove_file(note(home));
    USUAL
}

fn note(home: &Home) -> PathBuf {
    home.dir().join("index.memory")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_death_halves_what_is_taken_down_to_the_least_and_success_brings_it_back() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path()).unwrap();
        assert_eq!(after_last_time(&home), USUAL, "nothing was being made");
        begin(&home, USUAL);
        let after: Vec<usize> = (0..4).map(|_| after_last_time(&home) >> 20).collect();
        assert_eq!(after, [32, 16, 16, 16]);
        fs::write(note(&home), "scribble").unwrap();
        assert_eq!(after_last_time(&home) >> 20, 32);
        assert_eq!((end(&home), after_last_time(&home)), (USUAL, USUAL));
    }
}
