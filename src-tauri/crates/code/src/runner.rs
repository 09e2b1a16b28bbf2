//! The installed git as a child process: many times faster than the library at walking histories.
//!
//! Whoever made the repository also wrote its configuration. So nothing of it that runs a program, asks a server or changes
//! what is shown is in force: no pager, hooks, monitors, filters, external diffs, signature checks, replacements, grafts or
//! promised objects. Commits are given by their full hash. The only name that reaches a command line is the path of a file
//! that its version has, alone and behind `--`.

use crate::{Error, Result};
use std::{
    ffi::OsString,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, sync_channel},
    thread,
    time::{Duration, Instant},
};

/// What one run may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) seconds: u64,
    pub(crate) megabytes: u64,
}

const SETTINGS: [&str; 10] = [
    "core.fsmonitor=",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.commitGraph=false",
    "protocol.allow=never",
    "log.showSignature=false",
    "diff.orderFile=/dev/null",
    "diff.renames=false",
    "diff.external=",
    "mailmap.file=/dev/null",
];

/// On a mirror: what is fetched starts nothing, and a server that falls silent is given up on.
const ONLINE: [&str; 13] = [
    "core.fsmonitor=",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "fetch.recurseSubmodules=false",
    "submodule.recurse=false",
    "fetch.writeCommitGraph=false",
    "transfer.bundleURI=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "credential.interactive=false",
    "http.lowSpeedLimit=1",
    "http.lowSpeedTime=60",
    "core.askPass=",
];

const SURROUNDINGS: [(&str, &str); 13] = [
    ("LC_ALL", "C"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_ATTR_NOSYSTEM", "1"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_NO_LAZY_FETCH", "1"),
    // Goes before every setting of the repository, as `protocol.allow` does not.
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_GRAFT_FILE", "/dev/null"),
    ("GIT_PAGER", "cat"),
    ("GIT_ASKPASS", ""),
    ("SSH_ASKPASS", ""),
];

/// Runs git on a repository and hands out what it writes, piece by piece.
pub(crate) fn run(
    git_dir: &Path,
    args: &[&str],
    input: Vec<u8>,
    limits: Limits,
    stop: &dyn Fn() -> bool,
    take: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let mut command = command(git_dir, &SETTINGS, args)?;
    command.env_clear().envs(SURROUNDINGS);
    for kept in ["SystemRoot", "TEMP", "TMP"] {
        command.envs(std::env::var_os(kept).map(|value| (kept, value)));
    }
    drive(command, input, limits, stop, take)
}

/// The same on a mirror of our own, with the person's own settings and surroundings, and for https and ssh alone. Git asks
/// nobody for a password here: what its helpers do not know, it does not have.
pub(crate) fn run_online(
    git_dir: &Path,
    args: &[&str],
    own: &[(OsString, OsString)],
    limits: Limits,
    stop: &dyn Fn() -> bool,
    take: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let mut command = command(git_dir, &ONLINE, args)?;
    command.env_clear().envs(own.iter().map(|(name, value)| (name, value)));
    command.envs(SURROUNDINGS.into_iter().filter(|(name, _)| !name.starts_with("GIT_CONFIG_")));
    command.env("GIT_ALLOW_PROTOCOL", "https:ssh");
    drive(command, Vec::new(), limits, stop, take)
}

fn command(git_dir: &Path, settings: &[&str], args: &[&str]) -> Result<Command> {
    let git = program().ok_or_else(|| Error::Runner(std::io::ErrorKind::NotFound.into()))?;
    let mut command = Command::new(git);
    let mut dir = OsString::from("--git-dir=");
    dir.push(git_dir);
    command.arg(dir).args(["--no-pager", "--literal-pathspecs", "--no-replace-objects"]);
    command.args(settings.iter().flat_map(|setting| ["-c", setting])).args(args);
    Ok(command)
}

fn drive(
    mut command: Command,
    input: Vec<u8>,
    limits: Limits,
    stop: &dyn Fn() -> bool,
    take: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(Error::Runner)?;
    let answer = follow(&mut child, input, limits, stop, take);
    if answer.is_err() {
        // It may have ended by itself.
        let _ = child.kill();
    }
    let status = child.wait().map_err(Error::Runner)?;
    let complaint = answer?;
    if status.success() { Ok(()) } else { Err(Error::Refused(complaint)) }
}

/// Answers with what git complained of.
fn follow(
    child: &mut Child,
    input: Vec<u8>,
    limits: Limits,
    stop: &dyn Fn() -> bool,
    take: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<String> {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::spawn(move || {
        // Git may end before it has read everything: that shows in how it ends.
        stdin.map(|mut stdin| stdin.write_all(&input))
    });
    let complaints = last_words(stderr);
    let answers = pieces(stdout);
    let began = Instant::now();
    let mut bytes = 0;
    loop {
        if stop() {
            return Err(Error::Cancelled);
        }
        if began.elapsed() > Duration::from_secs(limits.seconds) {
            return Err(Error::TooLong(limits.seconds));
        }
        match answers.recv_timeout(Duration::from_millis(100)) {
            Ok(piece) => {
                bytes += piece.len() as u64;
                if bytes > limits.megabytes << 20 {
                    return Err(Error::TooMuch(limits.megabytes));
                }
                take(&piece)?;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    // A helper of a git that ended may hold the pipe a little longer.
    let mut complaint = complaints.recv_timeout(Duration::from_secs(5)).unwrap_or_default();
    complaint.retain(|byte| *byte != b'\r');
    Ok(String::from_utf8_lossy(&complaint).trim().replace('\n', "; "))
}

/// The end of what git complains of, once that is over: all of it is read, or git would wait for us.
fn last_words(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (give, taken) = sync_channel(1);
    let pieces = pieces(pipe);
    thread::spawn(move || {
        let mut kept: Vec<u8> = Vec::new();
        for piece in pieces {
            kept.extend(piece);
            kept.drain(..kept.len().saturating_sub(600));
        }
        // Nobody may wait for it any more.
        let _ = give.send(kept);
    });
    taken
}

fn pieces(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (give, taken) = sync_channel(16);
    thread::spawn(move || {
        let Some(mut pipe) = pipe else { return };
        let mut piece = vec![0; 1 << 16];
        while let Ok(length @ 1..) = pipe.read(&mut piece) {
            if give.send(piece.get(..length).unwrap_or_default().to_vec()).is_err() {
                return;
            }
        }
    });
    taken
}

/// Where git lies. Only whole paths are looked at: `.` in PATH would mean whatever folder we are in.
pub(crate) fn program() -> Option<PathBuf> {
    let name = if cfg!(windows) { "git.exe" } else { "git" };
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).filter(|dir| dir.is_absolute()).map(|dir| dir.join(name)).find(|file| file.is_file())
}
