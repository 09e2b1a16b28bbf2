//! The headless host as scripts and people meet it: the real program, its output and how it ends.

mod commands;
mod insights;
mod jobs;
#[cfg(unix)]
mod mirror;
mod pipes;
mod privacy;
mod usage;
mod words;

use crate::support::precedent;
use serde_json::{Value, json};
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

struct Home(TempDir);

struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// With these interchange lines in it.
    fn with(lines: &[String]) -> Self {
        let home = Self::new();
        let file = home.file("export.jsonl", &lines.join("\n"));
        let run = home.run(&["import", file.to_str().unwrap(), "--source", "files"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        home
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("home")
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let file = self.0.path().join(name);
        std::fs::write(&file, text).unwrap();
        file
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = precedent();
        // UTC, wherever this runs.
        command.env("TZ", "UTC").arg("--home").arg(self.path()).args(args).stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().unwrap())
    }

    fn run_with_input(&self, args: &[&str], input: &str) -> Run {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Run::of(child.wait_with_output().unwrap())
    }

    /// The one document of a command that succeeds.
    fn json(&self, args: &[&str]) -> Value {
        let run = self.run(&[&["--json"], args].concat());
        assert_eq!(run.code, Some(0), "{args:?}: {}", run.stderr);
        run.document()
    }
}

impl Run {
    fn of(output: std::process::Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Exactly one: anything after it is refused.
    fn document(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in {:?}", self.stdout))
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A solved ticket with a comment and a handoff.
fn conversation() -> Vec<String> {
    let ticket = json!({ "kind": "ticket", "id": "T-1", "subject": "Login fails", "body": "After the update.\n\nPlease help.",
        "created_at": "2026-01-05T10:00:00Z", "updated_at": "2026-01-06T10:00:00Z", "status": "solved",
        "resolution": "Fixed", "product": "Ledger", "requester": "ann" });
    let comment = json!({ "kind": "comment", "ticket": "T-1", "id": "c1", "author": "ben", "author_role": "engineer",
        "public": false, "body": "The session store was full.", "created_at": "2026-01-05T13:00:00Z" });
    let hop = json!({ "kind": "hop", "ticket": "T-1", "at": "2026-01-05T12:00:00Z", "from_group": "L1",
        "to_group": "L2", "by": "ann" });
    [ticket, comment, hop].map(|line| line.to_string()).into()
}
