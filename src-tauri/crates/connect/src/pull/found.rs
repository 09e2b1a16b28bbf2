//! What a source turns out to be, and to lack.

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

/// What a source goes without. The hosts' words are keyed by [`Lack::code`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

impl Lack {
    pub fn code(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Requests => "requests",
            Self::Tickets => "tickets",
            Self::Membership => "membership",
        }
    }
}
