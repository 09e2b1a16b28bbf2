//! Bringing a history up to date with its repository: only what is new is read.

use super::{History, RawCommit, log, walk};
use crate::{
    CommitId, Error, Refs, Repository, Result,
    runner::{self, Limits},
};
use std::collections::BTreeSet;

/// For the first reading of a very large repository on a slow disk.
const LIMITS: Limits = Limits { seconds: 30 * 60, megabytes: 16 << 10 };
/// Far beyond the largest projects known; what comes after is left out.
const MOST_COMMITS: usize = 3_000_000;

/// What an update brought.
pub struct Update {
    pub history: History,
    pub refs: Refs,
    /// What was added, packed, to be kept behind the earlier pieces; `None` where nothing was.
    pub piece: Option<Vec<u8>>,
    pub added: usize,
    /// Whether everything that the refs lead to could be read.
    pub whole: bool,
}

impl History {
    pub(crate) fn path_number(&self, path: &str) -> Option<u32> {
        self.path_numbers.get(path).copied()
    }
}

/// Reads what is new since `history`. `progress` is told how many commits were read so far; `stop` is asked all the time.
pub fn update(
    repository: &Repository,
    mut history: History,
    progress: &dyn Fn(usize),
    stop: &dyn Fn() -> bool,
) -> Result<Update> {
    let refs = repository.refs()?;
    let named: BTreeSet<CommitId> = refs.all.iter().map(|one| one.commit).collect();
    let fresh: Vec<CommitId> = named.into_iter().filter(|commit| history.place(*commit).is_none()).collect();
    let mark = history.mark();
    let before = history.len();
    let mut whole = true;
    if !fresh.is_empty() {
        // Some of them may be gone from the repository: a branch that was written anew.
        let known: Vec<CommitId> = history.ends().filter(|commit| repository.has(*commit)).collect();
        whole = read(repository, &mut history, &fresh, &known, progress, stop)?;
    }
    let added = history.len() - before;
    let piece = if added > 0 { Some(history.pack_since(mark)?) } else { None };
    Ok(Update { history, refs, piece, added, whole })
}

/// With git; and with the library where git is missing or cannot go on.
fn read(
    repository: &Repository,
    history: &mut History,
    tips: &[CommitId],
    known: &[CommitId],
    progress: &dyn Fn(usize),
    stop: &dyn Fn() -> bool,
) -> Result<bool> {
    let mut read = 0;
    let mut take = |raw: RawCommit| {
        if history.len() < MOST_COMMITS {
            history.add(raw);
        }
        read += 1;
        if read % 500 == 0 {
            progress(read);
        }
    };
    let reason = match with_git(repository, tips, known, stop, &mut take) {
        Ok(()) => return Ok(history.len() < MOST_COMMITS),
        Err(error @ (Error::Cancelled | Error::TooLong(_) | Error::TooMuch(_))) => return Err(error),
        Err(reason) => reason,
    };
    tracing::warn!(code = reason.code(), "git could not read a history; the library goes on");
    let whole = walk::walk(repository, tips, known, stop, &mut take)?;
    Ok(whole && history.len() < MOST_COMMITS)
}

pub(super) fn with_git(
    repository: &Repository,
    tips: &[CommitId],
    known: &[CommitId],
    stop: &dyn Fn() -> bool,
    take: &mut dyn FnMut(RawCommit),
) -> Result<()> {
    let wanted = tips.iter().map(|tip| format!("{tip}\n"));
    let left_out = known.iter().map(|known| format!("^{known}\n"));
    let input: String = wanted.chain(left_out).collect();
    let mut parser = log::Parser::new(take);
    let args = [
        "log",
        "--stdin",
        "-z",
        "--topo-order",
        "--reverse",
        "--name-only",
        "--no-renames",
        "--no-ext-diff",
        "--no-textconv",
        "--no-show-signature",
        "--no-notes",
        "--no-mailmap",
        "--no-color",
        "--ignore-submodules=none",
        "--diff-merges=off",
        "--encoding=UTF-8",
        log::FORMAT,
    ];
    runner::run(&repository.git_dir, &args, input.into_bytes(), LIMITS, stop, &mut |piece| parser.push(piece))?;
    parser.finish()
}
