//! A case in one file, signed by whoever made it: it opens in another workspace, without a server, and tells when a
//! single byte was changed.
//!
//! ```text
//! 8 bytes   PRECCASE
//! 2         version, little endian
//! 32        the author's Ed25519 key
//! 64        signature over everything else that stands before the parts
//! 4         length of the heading, little endian
//! …         the heading: JSON that names each part with its length and its BLAKE3
//! …         the parts, one behind the other, to the end of the file
//! ```
//!
//! The reader trusts no length: each is held against what is there before anything is taken. A bundle is signed and not
//! encrypted: what is in it was redacted before.

mod author;
mod read;

pub use author::{Author, Signer};
pub use read::{Refused, read};

use serde::{Deserialize, Serialize};

/// The newest format that this version reads, and the one it writes.
pub const VERSION: u16 = 1;
/// Bytes of a whole file; a package has a few thousand.
pub const LARGEST: usize = 16 << 20;

const MAGIC: &[u8; 8] = b"PRECCASE";
const HEADING: usize = 256 << 10;
const PARTS: usize = 64;
/// Bound into each signature: what the same key signs elsewhere means nothing here.
const CONTEXT: &[u8] = b"precedent case bundle\0";
/// What stands before the heading.
const FIXED: usize = 8 + 2 + 32 + 64 + 4;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// As its author calls the ticket: `source:id`.
    pub case: String,
    /// Rises with each bundle that its author makes of the case.
    pub epoch: u64,
    /// UTC milliseconds.
    pub made_at: i64,
    pub author: Author,
    pub parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// `package.json`, `package.md`, …
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Bundle {
    pub fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.iter().find(|part| part.name == name).map(|part| part.bytes.as_slice())
    }
}

#[derive(Serialize, Deserialize)]
struct Heading {
    case: String,
    epoch: u64,
    made_at: i64,
    author: String,
    parts: Vec<Named>,
}

#[derive(Serialize, Deserialize)]
struct Named {
    name: String,
    length: u64,
    /// BLAKE3, in hex.
    hash: String,
}

/// The file. `None` where it would be larger than any reader takes, or a part has no fitting name.
pub fn write(case: &str, epoch: u64, made_at: i64, author: &str, parts: &[Part], signer: &Signer) -> Option<Vec<u8>> {
    let named = parts.iter().map(|part| Named {
        name: part.name.clone(),
        length: part.bytes.len() as u64,
        hash: blake3::hash(&part.bytes).to_hex().to_string(),
    });
    let heading = Heading { case: case.into(), epoch, made_at, author: author.into(), parts: named.collect() };
    let heading = serde_json::to_vec(&heading).ok()?;
    let bytes = sealed(&heading, &parts.iter().map(|part| part.bytes.as_slice()).collect::<Vec<_>>().concat(), signer);
    read(&bytes).is_ok().then_some(bytes)
}

/// Whatever stands in the heading, signed.
fn sealed(heading: &[u8], body: &[u8], signer: &Signer) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(FIXED + heading.len() + body.len());
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&signer.key());
    bytes.extend_from_slice(&signer.sign(&signed(VERSION, &signer.key(), heading)));
    bytes.extend_from_slice(&(heading.len() as u32).to_le_bytes());
    bytes.extend_from_slice(heading);
    bytes.extend_from_slice(body);
    bytes
}

/// What is signed: the parts stand in it with their hashes.
fn signed(version: u16, key: &[u8; 32], heading: &[u8]) -> Vec<u8> {
    [CONTEXT, &version.to_le_bytes(), key, &(heading.len() as u64).to_le_bytes(), heading].concat()
}

/// For the fuzzer, which cannot make a signature by chance: any heading and body, signed well.
#[cfg(fuzzing)]
pub fn sealed_for_fuzz(heading: &[u8], body: &[u8], signer: &Signer) -> Vec<u8> {
    sealed(heading, body, signer)
}

#[cfg(test)]
mod tests;
