//! How a history lies in the database: a piece for each time that something was added, packed.
//!
//! It can be read again from the repository at any time, so a piece of another version is simply thrown away.

use super::{Commit, History, Mention, Place, Tie, TieKind};
use crate::{CommitId, Error, Result};
use std::io::Read;

/// Another number for another layout.
const LAYOUT: u64 = 2;
/// Unpacked, of one piece.
const MOST_BYTES: u64 = 1 << 30;
const KINDS: [TieKind; 3] = [TieKind::PickedFrom, TieKind::Reverts, TieKind::RevertsRequest];

/// What a history held before something was added.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mark {
    commits: usize,
    people: usize,
    paths: usize,
}

impl History {
    /// From its pieces, in their order.
    pub fn load<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<Self> {
        let mut history = Self::default();
        pieces.into_iter().try_for_each(|piece| history.take(piece))?;
        Ok(history)
    }

    /// Everything, as one piece.
    pub fn pack(&self) -> Result<Vec<u8>> {
        self.pack_since(Mark::default())
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { commits: self.commits.len(), people: self.people.len(), paths: self.paths.len() }
    }

    pub(super) fn pack_since(&self, mark: Mark) -> Result<Vec<u8>> {
        let mut out = Writer::begin();
        for (texts, from) in [(&self.people, mark.people), (&self.paths, mark.paths)] {
            let fresh = texts.get(from..).unwrap_or_default();
            out.number(fresh.len() as u64);
            fresh.iter().for_each(|text| out.text(text));
        }
        let fresh = self.commits.get(mark.commits..).unwrap_or_default();
        out.number(fresh.len() as u64);
        for (place, commit) in (mark.commits as u64..).zip(fresh) {
            out.commit(place, commit);
        }
        out.pack()
    }

    fn take(&mut self, piece: &[u8]) -> Result<()> {
        let bytes = unpack(piece)?;
        let mut input = Reader::begin(&bytes)?;
        for _ in 0..input.number()? {
            let text = input.text()?;
            super::number(&mut self.people_numbers, &mut self.people, text);
        }
        for _ in 0..input.number()? {
            let text = input.text()?;
            super::number(&mut self.path_numbers, &mut self.paths, text);
        }
        for _ in 0..input.number()? {
            let commit = input.commit(self.commits.len() as u64)?;
            self.push(commit);
        }
        Ok(())
    }
}

pub(super) fn unpack(piece: &[u8]) -> Result<Vec<u8>> {
    let read = || -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        zstd::Decoder::new(piece)?.take(MOST_BYTES).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|_| Error::Unreadable("a piece does not unpack"))
}

#[derive(Default)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn begin() -> Self {
        let mut out = Self::default();
        out.number(LAYOUT);
        out
    }

    pub(super) fn pack(&self) -> Result<Vec<u8>> {
        zstd::encode_all(&self.0[..], 6).map_err(Error::Runner)
    }

    pub(super) fn id(&mut self, id: CommitId) {
        self.0.extend_from_slice(&id.0);
    }

    /// Seven bits to a byte, lowest first.
    pub(super) fn number(&mut self, mut number: u64) {
        while number > 127 {
            self.0.push(number as u8 | 128);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// Small for small numbers of either sign.
    fn signed(&mut self, number: i64) {
        self.number((number.wrapping_shl(1) ^ (number >> 63)) as u64);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn commit(&mut self, place: u64, commit: &Commit) {
        self.id(commit.id);
        self.number(commit.parents.len() as u64);
        for parent in &commit.parents {
            self.number(place - u64::from(*parent));
        }
        self.number(u64::from(commit.author));
        self.signed(commit.committed_at);
        self.signed(commit.committed_at.wrapping_sub(commit.authored_at));
        self.text(&commit.subject);
        self.number(commit.mentions.len() as u64);
        for mention in &commit.mentions {
            self.number(u64::from(mention.about));
            self.text(&mention.key);
        }
        self.number(commit.ties.len() as u64);
        for tie in &commit.ties {
            self.number(KINDS.iter().position(|kind| *kind == tie.kind).unwrap_or_default() as u64);
            self.text(&tie.to);
        }
        // No revision is called 0.
        self.number(u64::from(commit.revision.unwrap_or_default()));
        self.number(u64::from(commit.files));
        self.number(commit.paths.len() as u64);
        let mut before = 0;
        for path in &commit.paths {
            self.number(u64::from(path - before));
            before = *path;
        }
    }
}

pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn begin(bytes: &'a [u8]) -> Result<Self> {
        let mut input = Self(bytes);
        if input.number()? == LAYOUT { Ok(input) } else { Err(Error::Unreadable("it has another layout")) }
    }

    pub(super) fn id(&mut self) -> Result<CommitId> {
        let mut id = [0; 20];
        id.copy_from_slice(self.bytes(20)?);
        Ok(CommitId(id))
    }

    fn bytes(&mut self, length: usize) -> Result<&[u8]> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Error::Unreadable("it is cut off"))?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn number(&mut self) -> Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.bytes(1)?.first().unwrap_or(&0);
            number |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Ok(number);
            }
        }
        Err(Error::Unreadable("a number has no end"))
    }

    fn small(&mut self) -> Result<u32> {
        u32::try_from(self.number()?).map_err(|_| Error::Unreadable("a number is too large"))
    }

    fn signed(&mut self) -> Result<i64> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    pub(super) fn text(&mut self) -> Result<String> {
        let length = self.small()? as usize;
        String::from_utf8(self.bytes(length)?.to_vec()).map_err(|_| Error::Unreadable("a text is not UTF-8"))
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Result<T>) -> Result<Box<[T]>> {
        (0..self.number()?).map(|_| item(self)).collect()
    }

    fn commit(&mut self, place: u64) -> Result<Commit> {
        let id = self.id()?;
        let parents = self.list(|input| {
            let parent = place.checked_sub(input.number()?).filter(|parent| *parent < place);
            let parent = parent.ok_or(Error::Unreadable("a parent stands behind its child"))?;
            Place::try_from(parent).map_err(|_| Error::Unreadable("a number is too large"))
        })?;
        let author = self.small()?;
        let committed_at = self.signed()?;
        let authored_at = committed_at.wrapping_sub(self.signed()?);
        let subject = self.text()?.into();
        let mentions = self.list(|input| {
            let about = input.number()? == 1;
            Ok(Mention { about, key: input.text()?.into() })
        })?;
        let ties = self.list(|input| {
            let kind = KINDS.get(input.small()? as usize).copied();
            Ok(Tie { kind: kind.ok_or(Error::Unreadable("a tie of another kind"))?, to: input.text()?.into() })
        })?;
        let revision = Some(self.small()?).filter(|number| *number > 0);
        let files = self.small()?;
        let mut path = 0u32;
        let paths = self.list(|input| {
            path = path.checked_add(input.small()?).ok_or(Error::Unreadable("a number is too large"))?;
            Ok(path)
        })?;
        Ok(Commit { id, parents, author, authored_at, committed_at, subject, mentions, ties, paths, files, revision })
    }
}

#[cfg(test)]
mod tests {
    use super::super::RawCommit;
    use super::*;
    use proptest::prelude::*;

    fn raw(at: u8) -> RawCommit {
        RawCommit {
            id: Some(CommitId([at; 20])),
            parents: (0..at).rev().take(2).map(|parent| CommitId([parent; 20])).collect(),
            authored_at: i64::from(at) * 1_000_000 - 5,
            committed_at: if at == 3 { i64::MIN } else { i64::from(at) * 1_000_000 },
            author: format!("Person {}", at % 2),
            message: format!(
                "AMQ-{at}: it\n\nsee #9\n(cherry picked from commit {})\ngit-svn-id: https://svn.example.org/x@{} 1f",
                CommitId([at; 20]),
                1_000 + u32::from(at)
            ),
            paths: vec!["a/b.rs".into(), format!("new/{at}.rs")],
            files: 7,
        }
    }

    #[test]
    fn a_history_in_pieces_is_the_same_as_the_one_that_was_written() {
        let mut history = History::default();
        let mut pieces = Vec::new();
        for at in 0..6 {
            let mark = history.mark();
            assert!(history.add(raw(at)));
            assert!(!history.add(raw(at)), "it is known");
            pieces.push(history.pack_since(mark).unwrap());
        }
        let whole = history.pack().unwrap();
        for loaded in [History::load(pieces.iter().map(Vec::as_slice)), History::load([whole.as_slice()])] {
            let loaded = loaded.unwrap();
            assert_eq!(loaded.commits, history.commits);
            assert_eq!((&loaded.paths, &loaded.people), (&history.paths, &history.people));
            assert_eq!((loaded.naming("#9").len(), loaded.naming("AMQ-4")), (6, &[4][..]));
            assert_eq!(loaded.find("0404040"), Some(4));
            assert_eq!(loaded.paths(&loaded.commits[4]).collect::<Vec<_>>(), ["a/b.rs", "new/4.rs"]);
        }
    }

    #[test]
    fn a_damaged_piece_is_an_error_and_never_a_panic() {
        let mut history = History::default();
        (0..6).for_each(|at| assert!(history.add(raw(at))));
        let whole = zstd::decode_all(&history.pack().unwrap()[..]).unwrap();
        for at in 0..whole.len() {
            for change in [1, 128, 255] {
                let mut bad = whole.clone();
                bad[at] ^= change;
                let _ = History::load([zstd::encode_all(&bad[..], 1).unwrap().as_slice()]);
            }
            let cut = zstd::encode_all(&whole[..at], 1).unwrap();
            assert_eq!(History::load([cut.as_slice()]).unwrap_err().code(), "history_unreadable");
        }
    }

    proptest! {
        #[test]
        fn numbers_of_either_sign_read_back(number in any::<i64>(), other in any::<u64>()) {
            let mut out = Writer::default();
            out.signed(number);
            out.number(other);
            let mut input = Reader(&out.0);
            prop_assert_eq!((input.signed().unwrap(), input.number().unwrap()), (number, other));
        }
    }
}
