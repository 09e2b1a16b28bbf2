//! Where a stream stands.

use domain::Cursor;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

const SMALLEST: usize = 100;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Step {
    /// Of events: who works there, by name. Of tickets: the export.
    #[default]
    People,
    Groups,
    Events,
    /// Of tickets: what an agent may read.
    Search,
}

/// All of it comes from the server: nothing is derived from the clock of this machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Place {
    pub(super) step: Step,
    /// The server's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cursor: Option<String>,
    /// Seconds since 1970, where there is no cursor.
    pub(super) start: i64,
    /// Milliseconds: the newest that was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) newest: Option<i64>,
    /// Milliseconds: where a search began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) since: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) size: Option<usize>,
    /// Empty pages in a row.
    pub(super) empty: u32,
    /// Tickets whose comments are still to be asked for, and the page of the first of them.
    #[serde(skip_serializing_if = "VecDeque::is_empty")]
    pub(super) todo: VecDeque<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) after: Option<String>,
    pub(super) listed: bool,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) people: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) groups: BTreeMap<String, String>,
}

impl Place {
    /// A cursor that cannot be read is the beginning: everything comes again and changes nothing.
    pub(super) fn read(cursor: Option<&Cursor>) -> Self {
        cursor.and_then(|cursor| serde_json::from_str(&cursor.0).ok()).unwrap_or_default()
    }

    pub(super) fn write(&self) -> Cursor {
        Cursor(serde_json::to_string(self).expect("a place has string keys and no failing serialiser"))
    }

    pub(super) fn size(&self, largest: usize) -> usize {
        self.size.unwrap_or(largest).clamp(SMALLEST, largest)
    }

    pub(super) fn halved(&self, largest: usize) -> Option<Self> {
        let size = self.size(largest) / 2;
        (size >= SMALLEST).then(|| Self { size: Some(size), ..self.clone() })
    }
}
