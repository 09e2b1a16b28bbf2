//! Where a walk stands.

use super::{
    super::listed::{Order, Seen, Todo, Window},
    stretch::Stretch,
};
use domain::{Cursor, Millis};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

const SMALLEST: usize = 10;

/// All of it comes from the server: nothing is derived from the clock of this machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Place {
    /// *News*: the newest change that was read. What comes after it is asked for next time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) head: Option<Millis>,
    /// *News*: how far this walk has come. *History*: how far it has gone back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<Millis>,
    /// *History*, where the server can be asked *since* a moment alone: the part that is being read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stretch: Option<Stretch>,
    /// *History*: the server did not hear what it was asked since when, so that its pages are turned from the newest on.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) turns: bool,
    /// *History*, where the server knows no windows of time: the smallest number that was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) below: Option<u64>,
    /// Records at `at` that were read already, where a whole page is of one moment.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) skip: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) token: Option<String>,
    /// A smaller page than usual, because the server broke down under that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) size: Option<usize>,
    /// Of the answer that this place asks for once more: with it, *nothing new* costs nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) etag: Option<String>,
    /// What the last page held: the same again is a loop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) print: Option<String>,
    /// How many there were in all: where it shrinks, what was skipped has moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) total: Option<u64>,
    /// What had to be known before anything could be asked for, and since when it is, by the server's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) told: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) told_at: Option<Millis>,
    /// The listing has come to its end; `todo` may be left.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) listed: bool,
    /// *History*: it was read to the beginning.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) over: bool,
    #[serde(skip_serializing_if = "VecDeque::is_empty")]
    pub(super) todo: VecDeque<Todo>,
    /// Records near the edge of what was read, and how they were: unchanged, they need no second look.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) settled: Vec<(String, Millis)>,
}

impl Place {
    /// A cursor that cannot be read is the beginning: everything comes again and changes nothing.
    pub(super) fn read(cursor: Option<&Cursor>) -> Self {
        cursor.and_then(|cursor| serde_json::from_str(&cursor.0).ok()).unwrap_or_default()
    }

    pub(super) fn write(&self) -> Cursor {
        Cursor(serde_json::to_string(self).expect("a place has string keys and no failing serialiser"))
    }

    /// The place itself, where the walk is at its end as well.
    pub(super) fn settle(self) -> Self {
        if !self.listed || !self.todo.is_empty() {
            return self;
        }
        let head = self.head.and(self.head.max(self.at));
        // A server that is still empty has no history yet.
        let over = self.head.is_none() && self.at.is_some();
        let settled = if self.head.is_none() { Vec::new() } else { self.settled };
        let (told, told_at) = (self.told, self.told_at);
        Self { head, over, size: self.size, etag: self.etag, settled, told, told_at, ..Self::default() }
    }

    pub(super) fn size(&self, usual: usize) -> usize {
        self.size.unwrap_or(usual).clamp(SMALLEST.min(usual), usual)
    }

    pub(super) fn halved(&self, usual: usize) -> Option<Self> {
        let size = self.size(usual) / 2;
        (size >= SMALLEST && self.todo.is_empty()).then(|| Self {
            size: Some(size),
            token: None,
            print: None,
            etag: None,
            ..self.clone()
        })
    }
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// It was asked for what changed since a moment, the oldest first, and did not answer that.
pub(super) fn is_deaf(window: &Window, seen: &[Seen], grain: i64) -> bool {
    let early = |from: Millis| seen.iter().any(|seen| seen.at.0 < from.0 - grain);
    let backwards = seen.first().zip(seen.last()).is_some_and(|(first, last)| first.at > last.at);
    window.order == Order::Oldest && (window.from.is_some_and(early) || backwards)
}

/// The same again is the same page.
pub(super) fn print_of(seen: &[Seen]) -> String {
    let mut print = blake3::Hasher::new();
    for seen in seen {
        print.update(seen.id.as_bytes()).update(b" ").update(&seen.at.0.to_le_bytes());
    }
    print.finalize().to_hex().chars().take(16).collect()
}
