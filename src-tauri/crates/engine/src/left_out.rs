//! What a source leaves out: lists that its account may not read, and records that could not be read. It lies beside the
//! source's cursors and goes with them, so that a round at night in which a permission was narrowed is still told in the
//! morning; what is read again is left out no longer.

use crate::{
    Result,
    api::view::{ImportReport, LeftOutView, RefusedView, SkipView},
    open::Core,
};
use connect::{
    BadRecord, Failure,
    pull::{Detail, StreamPage},
};
use domain::{Change, Millis, SourceName};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::SavedCursor;

/// The stream in which it is kept.
const STREAM: &str = "left out";
/// Records that are kept one by one; all of them are counted.
const KEPT: usize = 200;
/// And shown.
const SHOWN: usize = 20;

#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct LeftOut {
    refused: BTreeMap<String, Refused>,
    skipped: Vec<Skip>,
    /// How many more there were than are kept.
    beyond: u64,
    /// How often a record without a name was met in a stream of this run: its pages overlap with those of earlier ones.
    #[serde(skip)]
    met: BTreeMap<(String, String), u64>,
    /// Of what listings leave out of records: whether some of it could be read in this run, and whether some could not.
    #[serde(skip)]
    details: BTreeMap<&'static str, (bool, bool)>,
    #[serde(skip)]
    changed: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Refused {
    code: String,
    words: String,
    at: i64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Skip {
    list: String,
    /// Its id, or the name of a file.
    record: Option<String>,
    reason: String,
    count: u64,
}

impl LeftOut {
    pub(crate) fn of(core: &Core, source: &SourceName) -> Result<Self> {
        let kept = core.store.cursor(source, STREAM)?;
        // What cannot be read was written by another version, and comes again where it still holds.
        Ok(kept.and_then(|kept| serde_json::from_str(&kept.cursor).ok()).unwrap_or_default())
    }

    /// Takes in what a page of a stream could not say, and what it says again.
    pub(crate) fn hear(&mut self, stream: &str, page: &StreamPage, now: Millis) {
        let list = list_of(stream);
        if !self.skipped.is_empty() {
            let read: BTreeSet<&str> = page.changes.iter().filter_map(ticket_of).collect();
            let again = |skip: &Skip| skip.record.as_deref().is_some_and(|record| read.contains(record));
            self.let_go(|skip| skip.list == list && again(skip));
        }
        for bad in &page.bad {
            self.skip(stream, bad);
        }
        match &page.closed {
            Some(failure) => self.refuse(list, failure, now),
            None => self.changed |= !page.more && self.refused.remove(list).is_some(),
        }
        if let Some(Detail { what, refused }) = &page.detail {
            let (read, hidden) = self.details.entry(what).or_default();
            (*read, *hidden) = (*read || refused.is_none(), *hidden || refused.is_some());
            if let Some(failure) = refused {
                self.refuse(what, failure, now);
            }
        }
    }

    /// The run came to its end. What is said of tickets is left out no longer where all that was asked for could be read.
    pub(crate) fn end(&mut self) {
        for (what, _) in std::mem::take(&mut self.details).into_iter().filter(|(_, met)| *met == (true, false)) {
            self.changed |= self.refused.remove(what).is_some();
        }
    }

    fn refuse(&mut self, list: &str, failure: &Failure, now: Millis) {
        let (code, words) = (failure.code().to_owned(), failure.to_string());
        if self.refused.get(list).is_none_or(|known| known.code != code) {
            self.refused.insert(list.to_owned(), Refused { code, words, at: now.0 });
            self.changed = true;
        }
    }

    /// The same of a file that was read to its end.
    pub(crate) fn hear_of_file(&mut self, name: &str, report: &ImportReport) {
        self.let_go(|skip| skip.list == name);
        if report.skipped > 0 {
            let reason = report.errors.first().map(|error| error.reason.clone()).unwrap_or_default();
            let (list, record) = (name.to_owned(), Some(name.to_owned()));
            self.add(Skip { list, record, reason, count: report.skipped });
        }
    }

    /// Stored, where something of it is another than before.
    pub(crate) fn keep(&mut self, core: &Core, source: &SourceName) -> Result<()> {
        if !std::mem::take(&mut self.changed) {
            return Ok(());
        }
        let cursor = serde_json::to_string(self).expect("texts and numbers are JSON");
        let saved = SavedCursor { cursor, done: true };
        core.store.apply(source, &[], Some((STREAM, &saved)), core.clock.now())?;
        Ok(())
    }

    pub(crate) fn view(self) -> LeftOutView {
        let refused = self.refused.into_iter();
        let skipped = self.skipped.iter().map(|skip| skip.count).sum::<u64>() + self.beyond;
        let skips = self.skipped.into_iter().take(SHOWN);
        LeftOutView {
            refused: refused
                .map(|(what, Refused { code, words, at })| RefusedView { what, code, message: words, at })
                .collect(),
            skipped,
            skips: skips.map(|Skip { record, reason, count, .. }| SkipView { record, reason, count }).collect(),
        }
    }

    fn skip(&mut self, stream: &str, bad: &BadRecord) {
        let list = list_of(stream);
        let same = |skip: &&mut Skip| skip.list == list && skip.record == bad.file;
        let count = match &bad.file {
            // It names itself: however often it comes, it is one.
            Some(_) => 1,
            None => {
                let met = self.met.entry((stream.to_owned(), bad.reason.clone())).or_default();
                *met += 1;
                *met
            }
        };
        match self.skipped.iter_mut().find(|skip| same(skip) && (bad.file.is_some() || skip.reason == bad.reason)) {
            Some(known) => {
                self.changed |= known.count < count || known.reason != bad.reason;
                (known.count, known.reason) = (known.count.max(count), bad.reason.clone());
            }
            None => {
                let (list, record, reason) = (list.to_owned(), bad.file.clone(), bad.reason.clone());
                self.add(Skip { list, record, reason, count });
            }
        }
    }

    fn add(&mut self, skip: Skip) {
        self.changed = true;
        match self.skipped.len() < KEPT {
            true => self.skipped.push(skip),
            false => self.beyond += skip.count,
        }
    }

    fn let_go(&mut self, read: impl Fn(&Skip) -> bool) {
        let before = self.skipped.len();
        self.skipped.retain(|skip| !read(skip));
        self.changed |= self.skipped.len() < before;
    }
}

/// Which of a server's lists a stream reads: what changed and what is history are two streams of one list, and `releases` is
/// read whole. Empty for its tickets.
fn list_of(stream: &str) -> &str {
    match stream.split_once(' ') {
        Some((_, list)) => list,
        None if matches!(stream, "changes" | "history" | "newest" | "tickets") => "",
        None => stream,
    }
}

/// As its record calls it: where several repositories count from one, a ticket has that of its own before its number.
fn ticket_of(change: &Change) -> Option<&str> {
    match change {
        Change::Ticket(ticket) => ticket.id.rsplit(['#', '!']).next(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
