//! A ticket as figures need it: times, groups and ids, no text and no names of people.

/// Times are UTC milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    pub row: i64,
    pub created_at: i64,
    /// The last time that it was solved.
    pub solved_at: Option<i64>,
    /// Solved or closed now; one that is not and was solved before was opened again.
    pub done: bool,
    /// Where it is now.
    pub group: Option<String>,
    pub product: Option<String>,
    /// Whoever asked, as a number: the same for the same person.
    pub requester: Option<i64>,
    /// Oldest first.
    pub handovers: Vec<Handover>,
    /// When an engineer first wrote in it.
    pub engineer_at: Option<i64>,
    /// It led to an issue of a repository, or was caused or fixed by one.
    pub issue: bool,
    /// Which errors and known errors it is about: two with one in common are one problem.
    pub problems: Vec<i64>,
    /// It is tied to another ticket, a known error or an article, or somebody used one.
    pub linked: bool,
    /// Something that it is tied to was here before it came in.
    pub known: bool,
    /// Somebody said that they used a suggestion for it.
    pub used: bool,
    /// The first version that it is about.
    pub version: Option<String>,
    /// A monitor reported it, and no customer.
    pub inside: bool,
    /// The customer said whether they were satisfied.
    pub satisfied: Option<bool>,
    /// Its source counted that it was opened again after it was solved, whatever it is now.
    pub opened_again: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handover {
    pub at: i64,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// Tickets that came in from `from` on and before `until` are its cohort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: i64,
    pub until: i64,
}

impl Period {
    pub fn has(&self, at: i64) -> bool {
        (self.from..self.until).contains(&at)
    }
}

impl Case {
    pub fn reopened(&self) -> bool {
        self.solved_at.is_some() && (!self.done || self.opened_again)
    }

    /// Hours from its first word to its last solution.
    pub fn hours(&self) -> Option<f64> {
        self.solved_at.filter(|_| self.done).map(|solved| (solved - self.created_at).max(0) as f64 / 3_600_000.0)
    }
}
