//! What a file from elsewhere says happened: a log, a HAR, an event of an error tracker, spans and logs of OpenTelemetry.
//!
//! Strangers wrote it: whatever it is, it is read within limits, or refused in words. Equal lines become groups, so that
//! fifty megabytes are a page; where each came from can be read again.

mod groups;
mod har;
mod ids;
mod log;
mod otel;
mod picture;
mod sentry;
mod stamp;
mod thrown;
mod told;

use serde_json::Value;
use std::borrow::Cow;

pub use groups::{Found, Group, Row};
pub use ids::{Id, IdKind, ids};
pub use picture::size as picture_size;
pub use thrown::thrown;
pub use told::told;

/// Bytes of a log, at most.
pub const LARGEST: usize = 64 << 20;
/// Of a file that has to be held as a tree to be read.
pub const LARGEST_TREE: usize = 24 << 20;
pub const LARGEST_PICTURE: usize = 10 << 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Log,
    Har,
    Sentry,
    Otel,
    Picture,
}

impl Kind {
    const ALL: [Self; 5] = [Self::Log, Self::Har, Self::Sentry, Self::Otel, Self::Picture];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Har => "har",
            Self::Sentry => "sentry",
            Self::Otel => "otel",
            Self::Picture => "picture",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Error,
    Warn,
    Info,
    Debug,
}

impl Level {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
        }
    }
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Empty,
    Large(usize),
    /// An archive or a compressed file.
    Packed,
    /// Neither text nor a picture that is known.
    Unknown,
    /// It says that it is JSON, and cannot be read as that.
    Broken,
    /// JSON, and nothing that happened in it.
    Nothing(Kind),
}

impl Wrong {
    /// What it is, what it means, what to do.
    pub fn words(self) -> String {
        match self {
            Self::Empty => "it is empty".into(),
            Self::Large(limit) => {
                format!(
                    "it is larger than the {} MB that are taken: cut out the part around the time it happened",
                    limit >> 20
                )
            }
            Self::Packed => "it is packed: unpack it, and add what is inside".into(),
            Self::Unknown => "it is neither text nor a PNG, JPEG, GIF or WebP picture".into(),
            Self::Broken => "it begins like JSON and cannot be read as that: it may have been cut off".into(),
            Self::Nothing(kind) => format!("it was read as {}, and nothing happens in it", kind.as_str()),
        }
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry<'a> {
    /// Of its line, or which one of those in the file it is; from 1 on.
    pub number: u64,
    /// UTC milliseconds.
    pub at: Option<i64>,
    /// Its time says of which zone it is.
    pub zoned: bool,
    pub level: Level,
    pub text: Cow<'a, str>,
    /// Of a line that is an object, its message: what tells its group.
    pub said: Option<&'a str>,
    /// What it names besides those in its text.
    pub ids: Vec<(IdKind, String)>,
}

/// What it is, by what it begins with.
pub fn kind(bytes: &[u8]) -> Result<Kind, Wrong> {
    let head = bytes.get(..bytes.len().min(8192)).unwrap_or_default();
    let begins = |with: &[u8]| head.starts_with(with);
    if head.iter().all(u8::is_ascii_whitespace) {
        return Err(Wrong::Empty);
    }
    let picture = begins(b"\x89PNG\r\n")
        || begins(b"\xff\xd8\xff")
        || begins(b"GIF8")
        || begins(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    if picture {
        return if bytes.len() > LARGEST_PICTURE { Err(Wrong::Large(LARGEST_PICTURE)) } else { Ok(Kind::Picture) };
    }
    if begins(b"PK\x03\x04")
        || begins(b"\x1f\x8b")
        || begins(b"\x28\xb5\x2f\xfd")
        || begins(b"BZh")
        || begins(b"\xfd7zXZ")
        || begins(b"7z\xbc\xaf")
    {
        return Err(Wrong::Packed);
    }
    if bytes.len() > LARGEST {
        return Err(Wrong::Large(LARGEST));
    }
    if head.contains(&0) && !wide(bytes) {
        return Err(Wrong::Unknown);
    }
    let first = head.iter().find(|byte| !byte.is_ascii_whitespace() && **byte < 0x80);
    if !matches!(first, Some(b'{' | b'[')) {
        return Ok(Kind::Log);
    }
    let has = |word: &str| head.windows(word.len()).any(|window| window == word.as_bytes());
    if has("\"resourceSpans\"") || has("\"resourceLogs\"") || has("\"resource_spans\"") || has("\"resource_logs\"") {
        return Ok(Kind::Otel);
    }
    // A line of a log may be an object, too: a tree is one that goes on over lines, or says what it is.
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).take(2);
    let objects = lines.filter(|line| whole(line)).count();
    if objects >= 2 {
        return Ok(Kind::Log);
    }
    if bytes.len() > LARGEST_TREE {
        return Err(Wrong::Large(LARGEST_TREE));
    }
    let Ok(tree) = serde_json::from_slice::<Value>(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) else {
        return if first == Some(&b'[') || objects == 1 { Ok(Kind::Log) } else { Err(Wrong::Broken) };
    };
    let tells = |name: &str| tree.get(name).is_some();
    if tree.pointer("/log/entries").is_some() {
        Ok(Kind::Har)
    } else if tells("resourceSpans") || tells("resourceLogs") {
        Ok(Kind::Otel)
    } else if tells("exception") || tells("breadcrumbs") || tells("event_id") || tells("eventID") {
        Ok(Kind::Sentry)
    } else {
        Ok(Kind::Log)
    }
}

fn whole(line: &[u8]) -> bool {
    line.len() < (1 << 20) && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}

/// Text of Windows: two bytes to a letter, and says so.
fn wide(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}

/// Everything that happened, in groups.
pub fn read(kind: Kind, bytes: &[u8]) -> Result<Found, Wrong> {
    let mut groups = groups::Groups::default();
    walk(kind, bytes, &mut |entry| groups.add(&entry))?;
    let found = groups.found();
    if found.entries == 0 && kind != Kind::Picture {
        return Err(Wrong::Nothing(kind));
    }
    Ok(found)
}

/// What is in a group, in the order of the file; `None`: in any. With how many there are.
pub fn rows(kind: Kind, bytes: &[u8], of: Option<u64>, offset: usize, limit: usize) -> Result<(Vec<Row>, u64), Wrong> {
    let (mut rows, mut total) = (Vec::new(), 0u64);
    let mut masked = String::new();
    walk(kind, bytes, &mut |entry| {
        if of.is_some_and(|of| groups::key(&entry, &mut masked) != of) {
            return;
        }
        if total >= offset as u64 && rows.len() < limit {
            rows.push(Row::of(&entry));
        }
        total += 1;
    })?;
    Ok((rows, total))
}

fn walk(kind: Kind, bytes: &[u8], each: &mut dyn FnMut(Entry<'_>)) -> Result<(), Wrong> {
    match kind {
        Kind::Log => {
            if wide(bytes) {
                log::walk(narrow(bytes).as_bytes(), each);
            } else {
                log::walk(bytes, each);
            }
            Ok(())
        }
        Kind::Har => har::walk(bytes, each),
        Kind::Sentry => sentry::walk(bytes, each),
        Kind::Otel => otel::walk(bytes, each),
        Kind::Picture => Ok(()),
    }
}

fn narrow(bytes: &[u8]) -> String {
    let little = bytes.starts_with(b"\xff\xfe");
    let unit = |pair: &[u8]| match pair {
        [a, b] if little => u16::from_le_bytes([*a, *b]),
        [a, b] => u16::from_be_bytes([*a, *b]),
        _ => 0,
    };
    let units = bytes.get(2..).unwrap_or_default().chunks_exact(2).map(unit);
    char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
}

/// A tree of strangers.
fn tree(bytes: &[u8]) -> Result<Value, Wrong> {
    if bytes.len() > LARGEST_TREE {
        return Err(Wrong::Large(LARGEST_TREE));
    }
    serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).map_err(|_| Wrong::Broken)
}

fn list<'a>(of: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    of.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn words<'a>(of: &'a Value, path: &str) -> Option<&'a str> {
    of.pointer(path).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests;
