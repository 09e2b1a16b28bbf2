//! Repositories made by hand, for tests: with the installed git, and with nothing of this machine's settings.

use crate::{CommitId, History, Repository, history};
use std::{path::Path, process::Command};
use tempfile::TempDir;

pub(crate) struct Project {
    pub(crate) dir: TempDir,
    day: u32,
}

impl Project {
    pub(crate) fn new() -> Self {
        let project = Self { dir: tempfile::tempdir().unwrap(), day: 0 };
        project.git(&["init", "-q", "-b", "main"]);
        project
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// What git says. A failure is the test's.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        let said = self.try_git(args);
        said.unwrap_or_else(|complaint| panic!("git {args:?}: {complaint}"))
    }

    pub(crate) fn try_git(&self, args: &[&str]) -> Result<String, String> {
        let date = format!("{} +0000", 1_700_000_000 + i64::from(self.day) * 86_400);
        let mut git = Command::new("git");
        git.current_dir(self.path()).args(["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"]).args(args);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_EDITOR", "true");
        for (name, value) in [("AUTHOR", "Ann"), ("COMMITTER", "Carl")] {
            git.env(format!("GIT_{name}_NAME"), value).env(format!("GIT_{name}_EMAIL"), "a@example.org");
            git.env(format!("GIT_{name}_DATE"), &date);
        }
        let done = git.output().unwrap();
        if done.status.success() {
            Ok(String::from_utf8_lossy(&done.stdout).trim().to_owned())
        } else {
            Err(String::from_utf8_lossy(&done.stderr).into_owned())
        }
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let file = self.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    /// Writes a file and commits everything, a day after the commit before.
    pub(crate) fn commit(&mut self, path: &str, text: &str, message: &str) -> CommitId {
        self.write(path, text);
        self.git(&["add", "-A"]);
        self.commit_all(message)
    }

    pub(crate) fn commit_all(&mut self, message: &str) -> CommitId {
        self.day += 1;
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        self.head()
    }

    /// Any command that ends in a new commit.
    pub(crate) fn step(&mut self, args: &[&str]) -> CommitId {
        self.day += 1;
        self.git(args);
        self.head()
    }

    pub(crate) fn head(&self) -> CommitId {
        CommitId::parse(&self.git(&["rev-parse", "HEAD"])).unwrap()
    }

    pub(crate) fn tag(&self, name: &str) {
        self.git(&["tag", name]);
    }

    pub(crate) fn open(&self) -> Repository {
        Repository::open(self.path()).unwrap()
    }

    pub(crate) fn read(&self) -> history::Update {
        self.read_on(History::default())
    }

    pub(crate) fn read_on(&self, history: History) -> history::Update {
        history::update(&self.open(), history, &|_| {}, &|| false).unwrap()
    }
}
