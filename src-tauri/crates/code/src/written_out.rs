//! The files of a commit in a folder of their own. The library reads them and we write them: no filter of the repository runs,
//! nothing is written into it, and what could lead elsewhere (links, submodules, names with `..`) is left out.

use crate::{CommitId, Error, Repository, Result, error::Doing, repository::oid};
use git2::{ObjectType, TreeWalkMode, TreeWalkResult};
use std::{fs, io, path::Path};

const MOST_FILES: usize = 200_000;
const MOST_BYTES: u64 = 2 << 30;

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WrittenOut {
    pub files: u64,
    pub bytes: u64,
    /// Links, submodules and names that lead elsewhere.
    pub left_out: u64,
}

impl Repository {
    /// `dir`: an empty folder of ours.
    pub fn write_out(&self, at: CommitId, dir: &Path, stop: &dyn Fn() -> bool) -> Result<WrittenOut> {
        const DOING: &str = "list the files of a version";
        let tree = self.git.find_commit(oid(at)).and_then(|commit| commit.tree()).doing(DOING)?;
        let mut files = Vec::new();
        let mut done = WrittenOut::default();
        tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
            let mode = entry.filemode() & 0o170_000;
            if entry.kind() == Some(ObjectType::Tree) {
                return TreeWalkResult::Ok;
            }
            let path = entry.name().ok().map(|name| format!("{folder}{name}")).filter(|path| is_inside(path));
            match path.filter(|_| entry.kind() == Some(ObjectType::Blob) && mode == 0o100_000) {
                Some(path) => files.push((path, entry.id(), entry.filemode() & 0o111 != 0)),
                None => done.left_out += 1,
            }
            if files.len() <= MOST_FILES { TreeWalkResult::Ok } else { TreeWalkResult::Abort }
        })
        .or_else(|cause| if files.len() > MOST_FILES { Ok(()) } else { Err(cause) })
        .doing(DOING)?;
        if files.len() > MOST_FILES {
            return Err(Error::TooMuch(MOST_BYTES >> 20));
        }
        for (path, id, runs) in files {
            if stop() {
                return Err(Error::Cancelled);
            }
            let blob = self.git.find_blob(id).doing("read a file of a version")?;
            done.bytes += blob.content().len() as u64;
            if done.bytes > MOST_BYTES {
                return Err(Error::TooMuch(MOST_BYTES >> 20));
            }
            write(&dir.join(&path), blob.content(), runs).map_err(Error::WriteOut)?;
            done.files += 1;
        }
        Ok(done)
    }
}

/// Whether every part of a path is a plain name on every system, and none is git's own.
pub(crate) fn is_inside(path: &str) -> bool {
    let is_plain = |part: &str| {
        let own = part.trim_end_matches(['.', ' ']).to_lowercase();
        !matches!(part, "" | "." | "..")
            && !part.contains(['\\', ':', '\0'])
            && own != ".git"
            && !own.starts_with("git~")
    };
    path.split('/').all(is_plain)
}

pub(crate) fn write(path: &Path, content: &[u8], runs: bool) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content)?;
    #[cfg(unix)]
    if runs {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    }
    #[cfg(not(unix))]
    let _ = runs;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Project;

    #[test]
    fn paths_that_lead_elsewhere_are_none_of_ours() {
        for path in ["a/b.rs", "a b", "ä.rs", ".github/x"] {
            assert!(is_inside(path), "{path}");
        }
        for path in ["../x", "a/../b", ".git/config", "a/.GIT/x", "git~1/x", "C:x", "a\\b", "/x", "a//b", ".git./x"] {
            assert!(!is_inside(path), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_version_is_written_out_without_links_and_the_clone_stays_as_it_is() {
        let mut project = Project::new();
        std::os::unix::fs::symlink("/etc/passwd", project.path().join("passwd")).unwrap();
        project.write(".gitattributes", "* filter=evil");
        project.git(&["config", "filter.evil.smudge", "touch canary"]);
        let old = project.commit("src/a.rs", "old", "old");
        project.commit("src/a.rs", "new", "new");
        let before = project.git(&["status", "--porcelain", "--ignored"]);
        let dir = tempfile::tempdir().unwrap();
        let done = project.open().write_out(old, dir.path(), &|| false).unwrap();
        assert_eq!((done.files, done.left_out), (2, 1));
        assert_eq!(fs::read_to_string(dir.path().join("src/a.rs")).unwrap(), "old");
        assert!(!dir.path().join("passwd").exists() && !dir.path().join("canary").exists());
        assert_eq!(project.git(&["status", "--porcelain", "--ignored"]), before);
        assert!(!project.path().join(".git/worktrees").exists());
        assert_eq!(project.open().write_out(old, dir.path(), &|| true).unwrap_err().code(), "cancelled");
    }
}
