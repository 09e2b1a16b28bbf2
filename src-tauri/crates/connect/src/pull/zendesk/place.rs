//! Where a stream stands.

use super::agent::Agent;
use domain::Cursor;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const SMALLEST: usize = 100;
/// People whose names were asked for: they stand in every cursor.
const REMEMBERED: usize = 1000;

/// Of events. A place of tickets that was written when an agent's was a step like these is not understood any more, and
/// begins anew: who wrote their comments was told wrongly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Step {
    /// Who works there, by name.
    #[default]
    People,
    Groups,
    Events,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) size: Option<usize>,
    /// Empty pages in a row.
    pub(super) empty: u32,
    /// Who works there, by number, once that was read.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) staff: BTreeSet<String>,
    pub(super) met: bool,
    /// People who said something and do not work there, whose names are still to be asked for; and whose were.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) unnamed: BTreeSet<String>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) named: BTreeSet<String>,
    /// There is nothing behind them.
    pub(super) over: bool,
    /// Of tickets, where the export was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) agent: Option<Agent>,
}

impl Place {
    /// A cursor that cannot be read is the beginning: everything comes again and changes nothing.
    pub(super) fn read(cursor: Option<&Cursor>) -> Self {
        let place: Self = cursor.and_then(|cursor| serde_json::from_str(&cursor.0).ok()).unwrap_or_default();
        // Written before people were kept by number: without them everybody would be a customer.
        if place.step != Step::People && !place.met {
            return Self { step: Step::People, cursor: None, ..place };
        }
        place
    }

    pub(super) fn write(&self) -> Cursor {
        Cursor(serde_json::to_string(self).expect("a place has string keys and no failing serialiser"))
    }

    /// Whose names came is not asked for again, as far as is remembered.
    pub(super) fn named(&mut self, asked: Vec<String>) {
        if self.named.len() > REMEMBERED {
            self.named.clear();
        }
        for id in asked {
            self.unnamed.remove(&id);
            self.named.insert(id);
        }
    }

    /// How an agent reads, unless it is time to look whether the export is refused still.
    pub(super) fn as_agent(&self) -> Option<&Agent> {
        self.agent.as_ref().filter(|agent| !agent.asks_again)
    }

    pub(super) fn size(&self, largest: usize) -> usize {
        self.size.unwrap_or(largest).clamp(SMALLEST, largest)
    }

    pub(super) fn halved(&self, largest: usize) -> Option<Self> {
        let size = self.size(largest) / 2;
        (size >= SMALLEST && self.as_agent().is_none()).then(|| Self { size: Some(size), ..self.clone() })
    }
}
