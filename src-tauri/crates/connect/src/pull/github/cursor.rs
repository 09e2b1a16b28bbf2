//! Where a stream stands.

use domain::Cursor;
use serde::{Deserialize, Serialize};

const LARGEST: usize = 100;
const SMALLEST: usize = 10;

/// All of it comes from the server: nothing is derived from the clock of this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Place {
    /// The newest `updated_at` seen. The next page begins at it, and repeats what has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) since: Option<String>,
    /// The server's own query for the next page, where a stamp alone does not lead on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<String>,
    pub(super) size: usize,
    /// What the last page held: the same again is a loop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) print: Option<String>,
    /// Of the answer to this very place: with it, *nothing new* costs nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) etag: Option<String>,
}

impl Default for Place {
    fn default() -> Self {
        Self { since: None, next: None, size: LARGEST, print: None, etag: None }
    }
}

impl Place {
    /// A cursor that cannot be read is the beginning: everything comes again and changes nothing.
    pub(super) fn read(cursor: Option<&Cursor>) -> Self {
        let place: Self = cursor.and_then(|cursor| serde_json::from_str(&cursor.0).ok()).unwrap_or_default();
        Self { size: place.size.clamp(SMALLEST, LARGEST), ..place }
    }

    pub(super) fn write(&self) -> Cursor {
        Cursor(serde_json::to_string(self).expect("a place has string keys and no failing serialiser"))
    }

    pub(super) fn halved(&self) -> Option<Self> {
        let size = self.size / 2;
        // The server's query holds the old size.
        (size >= SMALLEST).then(|| Self { size, next: None, etag: None, print: None, ..self.clone() })
    }
}
