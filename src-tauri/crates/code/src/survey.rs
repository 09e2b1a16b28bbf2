//! A look at the files of a repository before anything reads them: a pipe in the place of a file would be read for ever.

use crate::{Error, Result};
use std::{fs, io, path::Path};

/// Loose objects and refs; packed ones are a few files.
const MOST: usize = 1_000_000;

/// Refuses a repository whose files are not files. Links to folders are not followed: git itself does not look into them
/// for refs, and for objects it has files that name other places.
pub(crate) fn look_over(git_dir: &Path) -> Result<()> {
    let mut open = vec![git_dir.to_path_buf()];
    let mut seen = 0;
    while let Some(dir) = open.pop() {
        let entries = match fs::read_dir(&dir) {
            Ok(entries) => entries,
            // It may be packed away while we look.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound && dir != git_dir => continue,
            Err(cause) => return Err(Error::Runner(cause)),
        };
        for entry in entries.filter_map(io::Result::ok) {
            seen += 1;
            if seen > MOST {
                return Err(Error::Crowded { path: dir, most: MOST });
            }
            let Ok(kind) = entry.file_type() else { continue };
            let top = dir == git_dir;
            // What else lies in the folder (hooks, logs, work trees) is never read.
            if kind.is_dir() && (!top || ["refs", "objects", "info"].iter().any(|name| entry.file_name() == *name)) {
                open.push(entry.path());
            } else if let Some(what) = odd(&entry.path(), kind) {
                return Err(Error::Odd { path: entry.path(), what });
            }
        }
    }
    Ok(())
}

/// What a thing is that is neither a file nor a folder, also behind a link.
fn odd(path: &Path, kind: fs::FileType) -> Option<&'static str> {
    let kind = if kind.is_symlink() { fs::metadata(path).ok()?.file_type() } else { kind };
    if kind.is_file() || kind.is_dir() {
        return None;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("a pipe");
        }
        if kind.is_char_device() || kind.is_block_device() {
            return Some("a device");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
    }
    Some("something unknown")
}
