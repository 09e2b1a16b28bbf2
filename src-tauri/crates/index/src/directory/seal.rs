//! The form of a sealed file. A header (a mark, the form's number, a random salt), then chunks of 64 KiB, each encrypted
//! and authenticated with AES-256-GCM. The key is the file's own: HKDF-SHA256 of the index key over the salt and the file's
//! name. A chunk's nonce is its number and whether it is the last. So a byte cannot be changed, a chunk not moved, a file
//! neither cut nor continued, and no file put in another one's place, without being noticed.

use domain::CipherKey;
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, Salt},
    rand::{SecureRandom, SystemRandom},
};
use std::io;

const MARK: &[u8; 8] = b"PRCDSEA1";
const SALT: usize = 16;
const HEADER: usize = MARK.len() + SALT;
const TAG: usize = 16;
/// Of plain bytes.
const CHUNK: usize = 64 * 1024;

/// Takes plain bytes, hands out sealed ones.
pub(super) struct Sealer {
    key: LessSafeKey,
    number: u64,
    /// Less than a chunk, or a whole one of which it is not yet known whether it is the last.
    waiting: Vec<u8>,
    /// A chunk did not reach the disk: the file is broken, and nothing more is written to it.
    failed: Option<io::ErrorKind>,
}

impl Sealer {
    /// The sealer of a new file, and the file's header.
    pub(super) fn new(key: &CipherKey, name: &str) -> io::Result<(Self, Vec<u8>)> {
        let mut salt = [0; SALT];
        SystemRandom::new().fill(&mut salt).map_err(|_| io::Error::other("the system gave no random bytes"))?;
        let header = [MARK.as_slice(), &salt].concat();
        Ok((
            Self {
                key: file_key(key, &salt, name)?,
                number: 0,
                failed: None,
                waiting: Vec::with_capacity(CHUNK + TAG),
            },
            header,
        ))
    }

    /// Writes every chunk that is full and not the last to `out`.
    pub(super) fn push(&mut self, mut plain: &[u8], out: &mut impl io::Write) -> io::Result<()> {
        while !plain.is_empty() {
            if self.waiting.len() == CHUNK {
                self.seal(false, out)?;
            }
            let (now, rest) = plain.split_at(plain.len().min(CHUNK - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            plain = rest;
        }
        Ok(())
    }

    /// Writes the last chunk; it may be empty.
    pub(super) fn finish(&mut self, out: &mut impl io::Write) -> io::Result<()> {
        self.seal(true, out)
    }

    fn seal(&mut self, last: bool, out: &mut impl io::Write) -> io::Result<()> {
        if let Some(kind) = self.failed {
            return Err(kind.into());
        }
        let sealed = self.key.seal_in_place_append_tag(nonce(self.number, last), Aad::empty(), &mut self.waiting);
        sealed.map_err(|_| io::Error::other("a chunk could not be encrypted"))?;
        // Each number seals one chunk, whether or not the disk took it: a second one under it would give both away.
        self.number += 1;
        let written = out.write_all(&self.waiting);
        self.waiting.clear();
        self.failed = written.as_ref().err().map(io::Error::kind);
        written
    }
}

/// A small file in one go.
pub(super) fn seal(key: &CipherKey, name: &str, plain: &[u8]) -> io::Result<Vec<u8>> {
    let (mut sealer, mut file) = Sealer::new(key, name)?;
    sealer.push(plain, &mut file)?;
    sealer.finish(&mut file)?;
    Ok(file)
}

/// The plain bytes of a whole file; [`io::ErrorKind::InvalidData`] where it is not what was written under this name.
pub fn unseal(key: &CipherKey, name: &str, file: &[u8]) -> io::Result<Vec<u8>> {
    let changed = || io::Error::new(io::ErrorKind::InvalidData, format!("{name} has changed on disk"));
    let (header, mut sealed) = file.split_at_checked(HEADER).ok_or_else(changed)?;
    let salt = header.strip_prefix(MARK).ok_or_else(changed)?;
    let key = file_key(key, salt, name)?;
    let mut plain = Vec::with_capacity(sealed.len());
    for number in 0.. {
        let last = sealed.len() <= CHUNK + TAG;
        let (chunk, rest) = sealed.split_at(sealed.len().min(CHUNK + TAG));
        let at = plain.len();
        plain.extend_from_slice(chunk);
        let chunk = plain.get_mut(at..).unwrap_or_default();
        let length = key.open_in_place(nonce(number, last), Aad::empty(), chunk).map_err(|_| changed())?.len();
        plain.truncate(at + length);
        if last {
            break;
        }
        sealed = rest;
    }
    Ok(plain)
}

fn file_key(key: &CipherKey, salt: &[u8], name: &str) -> io::Result<LessSafeKey> {
    let key = Salt::new(HKDF_SHA256, salt).extract(key.expose());
    let info = [b"precedent index file ".as_slice(), name.as_bytes()];
    let key = key.expand(&info, &AES_256_GCM).map_err(|_| io::Error::other("the file's key could not be derived"))?;
    Ok(LessSafeKey::new(UnboundKey::from(key)))
}

/// Never used twice with a file's key: each number comes once, and the last chunk is one.
fn nonce(number: u64, last: bool) -> Nonce {
    let mut nonce = [0; 12];
    let (kind, counter) = nonce.split_at_mut(4);
    kind.fill(u8::from(last));
    counter.copy_from_slice(&number.to_be_bytes());
    Nonce::assume_unique_for_key(nonce)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> CipherKey {
        CipherKey::new(Box::new([7; 32]))
    }

    fn text(length: usize) -> Vec<u8> {
        (0..length).map(|n| (n % 251) as u8).collect()
    }

    #[test]
    fn what_was_sealed_reads_back_at_every_border_of_a_chunk() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5] {
            let sealed = seal(&key(), "a.idx", &text(length)).unwrap();
            assert_eq!(sealed.len(), HEADER + length + TAG * length.div_ceil(CHUNK).max(1));
            assert_eq!(unseal(&key(), "a.idx", &sealed).unwrap(), text(length), "{length} bytes");
        }
    }

    #[test]
    fn pieces_of_any_size_make_the_same_file_as_the_whole() {
        let (mut sealer, mut file) = Sealer::new(&key(), "a.idx").unwrap();
        let plain = text(3 * CHUNK);
        for piece in plain.chunks(1000) {
            sealer.push(piece, &mut file).unwrap();
        }
        sealer.finish(&mut file).unwrap();
        assert_eq!(unseal(&key(), "a.idx", &file).unwrap(), plain);
    }

    #[test]
    fn nothing_of_the_text_and_no_repetition_shows() {
        let plain = b"Northwind checkout fails ".repeat(10_000);
        let (one, two) = (seal(&key(), "a.idx", &plain).unwrap(), seal(&key(), "a.idx", &plain).unwrap());
        assert!(!one.windows(9).any(|bytes| bytes == b"Northwind"));
        assert_ne!(one.get(HEADER..), two.get(HEADER..), "two files with the same text differ");
    }

    #[test]
    fn another_key_another_name_and_every_cut_swap_and_continuation_are_noticed() {
        let whole = seal(&key(), "a.idx", &text(2 * CHUNK + 9)).unwrap();
        let refused =
            |file: &[u8], name: &str| unseal(&key(), name, file).unwrap_err().kind() == io::ErrorKind::InvalidData;
        assert!(refused(&whole, "b.idx"));
        assert!(unseal(&CipherKey::new(Box::new([8; 32])), "a.idx", &whole).is_err());
        let (first, second) = (HEADER..HEADER + CHUNK + TAG, HEADER + CHUNK + TAG..HEADER + 2 * (CHUNK + TAG));
        for cut in [0, HEADER - 1, HEADER, first.end, second.end, whole.len() - 1] {
            assert!(refused(&whole[..cut], "a.idx"), "cut at {cut}");
        }
        let swapped = [&whole[..HEADER], &whole[second.clone()], &whole[first.clone()], &whole[second.end..]].concat();
        assert!(refused(&swapped, "a.idx"));
        assert!(refused(&[whole.as_slice(), &whole[first]].concat(), "a.idx"));
        assert!(refused(&[whole.as_slice(), b"\n"].concat(), "a.idx"));
    }
}
