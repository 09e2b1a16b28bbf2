//! What a source turns out to be, and to lack.

use crate::http::{Request, Response};
use serde_json::Value;

/// Requests of one test, at most.
pub(super) const PROBES: usize = 12;

/// What a source turned out to be when it was tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// As the server calls it.
    pub name: String,
    /// Not everybody may see it.
    pub private: bool,
    /// Requests that are left before the server's limit, where it says so.
    pub requests_left: Option<u64>,
    /// What this account may not do, and what that costs.
    pub lacks: Vec<Lack>,
}

/// The next thing that a test asks, or what all answers say.
#[derive(Debug)]
pub enum Probe {
    Ask(Request),
    Done(Vec<Lack>),
}

/// What a source goes without. The hosts' words are keyed by [`Lack::code`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// The export is an administrator's: tickets come through the search, promises about time not at all, and what is deleted
    /// is looked for once a day.
    Export,
    /// Few requests an hour, because nobody is signed in.
    Requests,
    /// The server has its tickets turned off.
    Tickets,
    /// Confidential records and internal notes are for members of the project.
    Membership,
    /// Only some tickets are for this account.
    Scope,
    /// It is to be written to, and this account may not.
    Write,
    /// It is to be written to, and what is written would be for everybody.
    PrivateNotes,
    /// A list that is read beside the tickets, by its name.
    List(&'static str),
}

impl Lack {
    pub fn code(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Requests => "requests",
            Self::Tickets => "tickets",
            Self::Membership => "membership",
            Self::Scope => "scope",
            Self::Write => "write",
            Self::PrivateNotes => "private_notes",
            Self::List(name) => name,
        }
    }
}

/// What one answer says.
pub(super) type Reads = fn(&Response) -> Option<Lack>;

/// Asks one after the other, and reads each answer by itself.
pub(super) fn each(all: Vec<(Request, Reads)>, told: &[Response]) -> Probe {
    match all.get(told.len()) {
        Some((request, _)) => Probe::Ask(Request { purpose: "test", ..request.clone() }),
        None => Probe::Done(all.iter().zip(told).filter_map(|((_, reads), told)| reads(told)).collect()),
    }
}

/// This account may not; what is not there at all is nothing that it lacks.
pub(super) fn refused(response: &Response) -> bool {
    matches!(response.status, 401 | 403)
}

/// What a good answer says.
pub(super) fn told(response: &Response) -> Option<Value> {
    (response.status == 200).then(|| serde_json::from_slice(&response.body).ok())?
}

/// One of these words stands in a list of them.
pub(super) fn has_any(list: &Value, words: &[&str]) -> bool {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).any(|word| words.contains(&word))
}

#[cfg(test)]
mod tests;
