//! How well a document has what was typed. A better tier always comes before a worse one, whatever the points say.

/// Best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tier {
    /// Everything that was typed, as it was typed: ids, codes, versions, phrases in quotes, whole words.
    Exact,
    /// The rest of it is the beginning of something.
    Prefix,
    /// The rest of it is spelled nearly so.
    Typo,
    /// No document has all of it: some of it.
    Partly,
}

impl Tier {
    pub const ALL: [Self; 4] = [Self::Exact, Self::Prefix, Self::Typo, Self::Partly];

    /// Stable; the words of hosts are keyed by it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Prefix => "prefix",
            Self::Typo => "typo",
            Self::Partly => "partly",
        }
    }
}
