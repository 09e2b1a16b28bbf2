//! Reading what `git log -z` writes: fields that end in NUL, then the paths, then an empty one.

use super::RawCommit;
use crate::{CommitId, Error, Result};

/// The fields, in the order in which [`Parser`] reads them.
pub(super) const FORMAT: &str = "--format=format:%H%x00%P%x00%at%x00%ct%x00%an%x00%B%x00";

/// Of a message, what may hold a trailer; of a path, what any system can make; of a commit, what a person would look at.
const LONGEST_MESSAGE: usize = 256 << 10;
const LONGEST_PATH: usize = 4096;
pub(super) const MOST_PATHS: usize = 5_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Id,
    Parents,
    AuthoredAt,
    CommittedAt,
    Author,
    Message,
    Paths,
}

pub(crate) struct Parser<'a> {
    field: Field,
    token: Vec<u8>,
    /// Bytes of this token that were too many to keep.
    over: usize,
    first_path: bool,
    raw: RawCommit,
    take: &'a mut dyn FnMut(RawCommit),
}

impl<'a> Parser<'a> {
    pub(crate) fn new(take: &'a mut dyn FnMut(RawCommit)) -> Self {
        let raw = RawCommit::default();
        Self { field: Field::Id, token: Vec::new(), over: 0, first_path: true, raw, take }
    }

    /// Takes a piece of the output, cut off anywhere.
    pub(crate) fn push(&mut self, piece: &[u8]) -> Result<()> {
        let mut tokens = piece.split(|byte| *byte == 0).peekable();
        while let Some(part) = tokens.next() {
            let longest = if self.field == Field::Paths { LONGEST_PATH } else { LONGEST_MESSAGE };
            let room = longest.saturating_sub(self.token.len()).min(part.len());
            self.token.extend_from_slice(part.get(..room).unwrap_or_default());
            self.over += part.len() - room;
            // The last part goes on in the next piece.
            if tokens.peek().is_some() {
                self.end_token()?;
            }
        }
        Ok(())
    }

    /// The output is over.
    pub(crate) fn finish(mut self) -> Result<()> {
        match self.field {
            Field::Id if self.token.is_empty() => Ok(()),
            // The last commit has nothing after it.
            Field::Paths => {
                if !self.token.is_empty() {
                    self.end_token()?;
                }
                self.end_commit();
                Ok(())
            }
            _ => Err(Error::Garbled("it ends within a commit")),
        }
    }

    fn end_token(&mut self) -> Result<()> {
        let token = std::mem::take(&mut self.token);
        let over = std::mem::take(&mut self.over);
        let text = || String::from_utf8_lossy(&token).into_owned();
        self.field = match self.field {
            Field::Id => {
                self.raw.id = Some(CommitId::read(&token).ok_or(Error::Garbled("a commit without its name"))?);
                Field::Parents
            }
            Field::Parents => {
                let names = token.split(|byte| *byte == b' ').filter(|name| !name.is_empty());
                let parents: Option<Vec<CommitId>> = names.map(CommitId::read).collect();
                self.raw.parents = parents.ok_or(Error::Garbled("a parent without its name"))?;
                Field::AuthoredAt
            }
            // A commit that somebody put together by hand may have no time.
            Field::AuthoredAt => {
                self.raw.authored_at = text().parse().unwrap_or_default();
                Field::CommittedAt
            }
            Field::CommittedAt => {
                self.raw.committed_at = text().parse().unwrap_or_default();
                Field::Author
            }
            Field::Author => {
                self.raw.author = text().chars().take(120).collect();
                Field::Message
            }
            Field::Message => {
                self.raw.message = text();
                self.first_path = true;
                Field::Paths
            }
            Field::Paths if token.is_empty() => {
                self.end_commit();
                Field::Id
            }
            Field::Paths => {
                self.path(&token, over);
                Field::Paths
            }
        };
        Ok(())
    }

    fn path(&mut self, token: &[u8], over: usize) {
        // A line break stands between the message and the paths.
        let path =
            if std::mem::take(&mut self.first_path) { token.strip_prefix(b"\n").unwrap_or(token) } else { token };
        self.raw.files = self.raw.files.saturating_add(1);
        if over == 0 && self.raw.paths.len() < MOST_PATHS {
            self.raw.paths.push(String::from_utf8_lossy(path).into_owned());
        }
    }

    fn end_commit(&mut self) {
        (self.take)(std::mem::take(&mut self.raw));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const A: &str = "0123456789abcdef0123456789abcdef01234567";
    const B: &str = "89abcdef0123456789abcdef0123456789abcdef";

    fn parse(bytes: &[u8], step: usize) -> Result<Vec<RawCommit>> {
        let mut commits = Vec::new();
        let mut take = |raw| commits.push(raw);
        let mut parser = Parser::new(&mut take);
        bytes.chunks(step).try_for_each(|piece| parser.push(piece))?;
        parser.finish()?;
        Ok(commits)
    }

    fn sample() -> String {
        format!(
            "{A}\0\x001000\x001001\0Ann\0one\n\nbody\n\0\na.rs\0we ird\nx\0\0{B}\0{A}\x002000\x002001\0Bob\0\0\0{A}\0{B} {A}\0\0x\0\0m\n\0\nlast\0"
        )
    }

    #[test]
    fn commits_are_read_with_their_paths_however_the_output_is_cut() {
        for step in 1..40 {
            let read = parse(sample().as_bytes(), step).unwrap();
            let told: Vec<_> =
                read.iter().map(|raw| (raw.message.as_str(), raw.paths.len(), raw.parents.len())).collect();
            assert_eq!(told, [("one\n\nbody\n", 2, 0), ("", 0, 1), ("m\n", 1, 2)], "{step}");
            assert_eq!(read[0].paths, ["a.rs", "we ird\nx"]);
            assert_eq!((read[0].authored_at, read[0].committed_at, read[0].author.as_str()), (1000, 1001, "Ann"));
            assert_eq!((read[2].authored_at, read[2].committed_at), (0, 0));
        }
    }

    #[test]
    fn a_line_of_a_megabyte_and_a_commit_of_many_files_are_cut_and_counted() {
        let long = "x".repeat(1 << 20);
        let paths: String = (0..50_000).map(|at| format!("{at}\0")).collect();
        let text = format!("{A}\0\x001\x001\0Ann\0{long}\0\n{long}\0{paths}\0{B}\0\x001\x001\0Bob\0two\0\0");
        let read = parse(text.as_bytes(), 1 << 16).unwrap();
        assert_eq!((read[0].message.len(), read[0].paths.len(), read[0].files), (LONGEST_MESSAGE, MOST_PATHS, 50_001));
        assert_eq!(read[1].message, "two");
    }

    #[test]
    fn what_is_no_commit_is_told() {
        for bad in ["x", "not a hash\0", &format!("{A}\0short\0"), A, &format!("{A}\0\x001\0")] {
            assert_eq!(parse(bad.as_bytes(), 7).unwrap_err().code(), "repository_unreadable", "{bad:?}");
        }
        assert_eq!(parse(b"", 1).unwrap(), []);
    }

    proptest! {
        #[test]
        fn any_bytes_end_in_commits_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..600), step in 1usize..50) {
            let _ = parse(&bytes, step);
            let mut started = sample().into_bytes();
            started.extend(bytes);
            let _ = parse(&started, step);
        }
    }
}
