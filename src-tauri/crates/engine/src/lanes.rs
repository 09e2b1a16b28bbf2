//! Cancelling stale questions: in one lane (a search box, a pane) only the newest question is worth answering.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

#[derive(Default)]
pub(crate) struct Lanes(Mutex<HashMap<String, Arc<AtomicU64>>>);

/// A place in a lane; stale as soon as somebody enters the lane after it.
pub(crate) struct Turn {
    newest: Arc<AtomicU64>,
    mine: u64,
}

impl Lanes {
    /// Without a lane nothing is ever stale.
    pub(crate) fn enter(&self, lane: Option<&str>) -> Turn {
        let newest = match lane {
            Some(lane) => {
                Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(lane.into()).or_default())
            }
            None => Arc::default(),
        };
        let mine = newest.fetch_add(1, Ordering::SeqCst) + 1;
        Turn { newest, mine }
    }
}

impl Turn {
    pub(crate) fn is_stale(&self) -> bool {
        self.newest.load(Ordering::SeqCst) != self.mine
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_question_makes_the_older_one_stale_in_its_own_lane_only() {
        let lanes = Lanes::default();
        let (first, elsewhere, alone) = (lanes.enter(Some("search")), lanes.enter(Some("pane")), lanes.enter(None));
        let second = lanes.enter(Some("search"));
        let stale = [&first, &second, &elsewhere, &alone].map(Turn::is_stale);
        assert_eq!(stale, [true, false, false, false]);
    }
}
