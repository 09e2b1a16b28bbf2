//! A file as the installed git shows it: what our own reading is held against.

use crate::{CommitId, Error, Repository, Result, mirror, runner};

const LIMITS: runner::Limits = runner::Limits { seconds: 60, megabytes: 64 };

impl Repository {
    /// What `git show COMMIT:PATH` prints. The name goes in on standard input, never on the command line.
    pub fn shown_by_git(&self, commit: CommitId, path: &str) -> Result<Vec<u8>> {
        if path.contains('\n') {
            return Err(Error::Refused("a path of two lines cannot be asked for".into()));
        }
        let mut answer = Vec::new();
        let input = format!("{commit}:{path}\n").into_bytes();
        runner::run(&self.git_dir, &["cat-file", "--batch"], input, LIMITS, &|| false, &mut |piece| {
            answer.extend_from_slice(piece);
            Ok(())
        })?;
        // `HASH blob SIZE`, the bytes, and a line break.
        let head = answer.iter().position(|byte| *byte == b'\n').ok_or(Error::Garbled("there is no answer"))?;
        let told = String::from_utf8_lossy(answer.get(..head).unwrap_or_default()).into_owned();
        if !told.contains(" blob ") {
            return Err(Error::Refused(told));
        }
        answer.drain(..=head);
        answer.pop();
        Ok(answer)
    }
}

impl Repository {
    /// What `git log --all --name-only` writes, in bytes: what our own reading is timed beside.
    pub fn log_by_git(&self) -> Result<u64> {
        let limits = runner::Limits { seconds: 30 * 60, megabytes: 16 << 10 };
        let mut bytes = 0;
        runner::run(&self.git_dir, &["log", "--all", "--name-only"], Vec::new(), limits, &|| false, &mut |piece| {
            bytes += piece.len() as u64;
            Ok(())
        })?;
        Ok(bytes)
    }

    /// How much its objects take on the disk.
    pub fn objects_size(&self) -> u64 {
        mirror::size(&self.git.commondir().join("objects"))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Project;

    #[test]
    fn git_shows_what_is_read_and_refuses_what_is_not_there() {
        let mut project = Project::new();
        let head = project.commit("src/a.rs", "one\n\ntwo", "begin");
        let repository = project.open();
        assert_eq!(repository.shown_by_git(head, "src/a.rs").unwrap(), b"one\n\ntwo");
        for path in ["none", "../etc/passwd", "src", "a\nb", "--help"] {
            assert!(repository.shown_by_git(head, path).is_err(), "{path}");
        }
    }
}
