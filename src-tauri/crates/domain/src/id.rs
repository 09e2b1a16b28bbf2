//! Ids: where a record came from ([`Key`]) and which row it became ([`DocId`]).

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A connection's name: 1–64 characters of `a-z 0-9 . _ -`. No colon, so that `source:id` splits in one way only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SourceName(String);

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadKey {
    #[error("\"{0}\" cannot name a source: use 1 to 64 of a-z, 0-9, dot, dash and underscore")]
    Source(String),
    #[error("\"{0}\" is not an id: write SOURCE:ID, for example files:AMQ-1234")]
    Key(String),
}

impl SourceName {
    pub fn new(name: impl Into<String>) -> Result<Self, BadKey> {
        let name = name.into();
        let fits = (1..=64).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b));
        if fits { Ok(Self(name)) } else { Err(BadKey::Source(name)) }
    }

    /// The nearest valid name to any text: a file name becomes a source name this way.
    pub fn from_text(text: &str) -> Self {
        let name: String = text
            .to_lowercase()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' })
            .take(64)
            .collect();
        let name = name.trim_matches('-');
        Self(if name.is_empty() { "files".into() } else { name.into() })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for SourceName {
    type Error = BadKey;
    fn try_from(name: String) -> Result<Self, BadKey> {
        Self::new(name)
    }
}

impl From<SourceName> for String {
    fn from(name: SourceName) -> String {
        name.0
    }
}

/// A record's identity in the world: which source, and its id there. Written `source:id`, for example `jira:AMQ-1234`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key {
    pub source: SourceName,
    pub id: String,
}

impl Key {
    pub fn new(source: SourceName, id: impl Into<String>) -> Self {
        Self { source, id: id.into() }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.source, self.id)
    }
}

impl FromStr for Key {
    type Err = BadKey;
    fn from_str(text: &str) -> Result<Self, BadKey> {
        match text.split_once(':') {
            Some((source, id)) if !id.is_empty() => Ok(Self { source: SourceName::new(source)?, id: id.into() }),
            _ => Err(BadKey::Key(text.into())),
        }
    }
}

impl TryFrom<String> for Key {
    type Error = BadKey;
    fn try_from(text: String) -> Result<Self, BadKey> {
        text.parse()
    }
}

impl From<Key> for String {
    fn from(key: Key) -> String {
        key.to_string()
    }
}

/// What kind of thing a searchable document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocKind {
    Ticket = 1,
    KnownError = 2,
    /// And concepts.
    Article = 3,
}

impl DocKind {
    pub const ALL: [Self; 3] = [Self::Ticket, Self::KnownError, Self::Article];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::KnownError => "known_error",
            Self::Article => "article",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// One document of the store and the index: its kind and its row. Packs into a `u64` (kind in the top byte), the only
/// thing that the index stores about a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocId {
    pub kind: DocKind,
    pub row: i64,
}

impl DocId {
    pub fn ticket(row: i64) -> Self {
        Self { kind: DocKind::Ticket, row }
    }

    pub fn known_error(row: i64) -> Self {
        Self { kind: DocKind::KnownError, row }
    }

    pub fn article(row: i64) -> Self {
        Self { kind: DocKind::Article, row }
    }

    pub fn pack(self) -> u64 {
        ((self.kind as u64) << 56) | (self.row as u64 & ((1 << 56) - 1))
    }

    /// `None` when the kind byte is not one of ours: the index was written by something else.
    pub fn unpack(packed: u64) -> Option<Self> {
        let kind = DocKind::ALL.into_iter().find(|kind| *kind as u64 == packed >> 56)?;
        Some(Self { kind, row: (packed & ((1 << 56) - 1)) as i64 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_what_it_writes_even_with_colons_in_the_id() {
        let key: Key = "jira:AMQ:1".parse().unwrap();
        assert_eq!((key.source.as_str(), key.id.as_str()), ("jira", "AMQ:1"));
        assert_eq!(key.to_string(), "jira:AMQ:1");
        assert!("no-colon".parse::<Key>().is_err());
        assert!("Bad Name:1".parse::<Key>().is_err());
    }

    #[test]
    fn any_file_name_becomes_a_source_name() {
        assert_eq!(SourceName::from_text("ActiveMQ Jira (2024).jsonl").as_str(), "activemq-jira--2024-.jsonl");
        assert_eq!(SourceName::from_text("日本").as_str(), "files");
    }

    #[test]
    fn a_document_id_survives_packing() {
        for id in [DocId::ticket(1), DocId::known_error(7_000_000), DocId::ticket((1 << 56) - 1)] {
            assert_eq!(DocId::unpack(id.pack()), Some(id));
        }
        assert_eq!(DocId::unpack(42), None);
    }
}
