//! Old cases that only their age holds back.

use super::Ranked;
use domain::{DocId, PartKind};

/// A case with a place of its own.
pub(super) trait Placed {
    fn doc(&self) -> DocId;
    /// Its score, as if it did not matter how old it is.
    fn without_age(&self) -> f64;
}

impl Placed for Ranked {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn without_age(&self) -> f64 {
        self.receipt.parts.iter().filter(|part| part.kind != PartKind::Recency).map(|part| part.points).sum()
    }
}

/// What a person looks at before anything else.
const FIRST: usize = 5;
/// The best so many by all but age are always among them. On five public trackers that costs the newer cases nothing that
/// can be told from chance, and finds two to four in a hundred more of those that are older than half a year; a third
/// place would cost more than it finds.
const KEPT: usize = 2;

/// Those of them that are further down take the last of the first places from others; all else stays in its order.
pub(super) fn keep<T: Placed>(mut first: Vec<T>) -> Vec<T> {
    let mut timeless: Vec<(f64, usize)> = first.iter().enumerate().map(|(at, case)| (case.without_age(), at)).collect();
    timeless.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let best: Vec<DocId> = timeless.iter().take(KEPT).filter_map(|(_, at)| first.get(*at)).map(Placed::doc).collect();
    let mut rest = first.split_off(first.len().min(FIRST));
    for doc in &best {
        let Some(from) = rest.iter().position(|case| case.doc() == *doc) else { continue };
        // Nobody gives way who is to be kept too.
        let Some(to) = first.iter().rposition(|case| !best.contains(&case.doc())) else { continue };
        let kept = rest.remove(from);
        rest.insert(0, first.remove(to));
        first.push(kept);
    }
    first.append(&mut rest);
    first
}
