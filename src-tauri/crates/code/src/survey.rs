//! A look at the files of a repository before anything reads them: a pipe in the place of a file would be read for ever.

use crate::{Error, Result};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Loose objects and refs; packed ones are a few files.
const MOST: usize = 1_000_000;
/// Places that a repository borrows objects from, one behind the other: git follows as many.
const BORROWED: usize = 5;
const MOST_LENDERS: usize = 20;

/// Refuses a repository whose files are not files. Links to folders are not followed: git itself does not look into them
/// for refs, and for objects it has files that name other places.
pub(crate) fn look_over(git_dir: &Path) -> Result<()> {
    let mut seen = 0;
    look(git_dir, true, &mut seen)?;
    // What it borrows from is read as its own is.
    let mut lenders = vec![git_dir.join("objects")];
    let mut known: Vec<PathBuf> = lenders.clone();
    for _ in 0..BORROWED {
        let named = lenders.iter().flat_map(|objects| borrowed(objects)).collect::<Vec<_>>();
        lenders = named.into_iter().filter(|objects| !known.contains(objects)).take(MOST_LENDERS).collect();
        for objects in &lenders {
            if objects.is_dir() {
                look(objects, false, &mut seen)?;
            }
        }
        known.extend(lenders.iter().cloned());
    }
    Ok(())
}

/// The folders of objects that a repository names besides its own. One that is not there is no harm: git says so.
fn borrowed(objects: &Path) -> Vec<PathBuf> {
    let list = objects.join("info/alternates");
    // A file of paths is small; what is larger is none.
    if !fs::metadata(&list).is_ok_and(|known| known.is_file() && known.len() < 1 << 16) {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(&fs::read(list).unwrap_or_default()).into_owned();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| objects.join(line)).take(MOST_LENDERS).collect()
}

fn look(git_dir: &Path, is_top: bool, seen: &mut usize) -> Result<()> {
    let mut open = vec![git_dir.to_path_buf()];
    while let Some(dir) = open.pop() {
        let entries = match fs::read_dir(&dir) {
            Ok(entries) => entries,
            // It may be packed away while we look.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound && dir != git_dir => continue,
            Err(cause) => return Err(Error::Runner(cause)),
        };
        for entry in entries.filter_map(io::Result::ok) {
            *seen += 1;
            if *seen > MOST {
                return Err(Error::Crowded { path: dir, most: MOST });
            }
            let Ok(kind) = entry.file_type() else { continue };
            let top = is_top && dir == git_dir;
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
