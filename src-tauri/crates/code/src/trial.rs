//! Running a project's own test, once somebody agreed to it: it is a stranger's program with the person's rights. It gets a
//! folder of its own, little of the surroundings, and a time after which it and everything that it started ends.

use crate::{Error, Result};
use std::{
    ffi::OsString,
    io::Read,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, sync_channel},
    thread,
    time::{Duration, Instant},
};

/// What tools need to find their compilers and what they fetched before. Nothing that could hold a secret of ours.
const SURROUNDINGS: [&str; 26] = [
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SystemRoot", "USERPROFILE",
    "APPDATA", "LOCALAPPDATA", "JAVA_HOME", "MAVEN_HOME", "GRADLE_HOME", "GRADLE_USER_HOME", "CARGO_HOME",
    "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "GOROOT", "GOPATH", "GOCACHE", "GOMODCACHE", "NVM_DIR", "PYENV_ROOT",
];
/// Bytes of what it says that are kept: the end tells most.
const KEPT: usize = 64 << 10;

/// What compilers and loaders say when it did not come to the test.
const UNBUILT: [&str; 14] = [
    "COMPILATION ERROR",
    "Could not resolve dependencies",
    "Compilation failed; see the compiler",
    "error: could not compile",
    "error: no test target named",
    "error: failed to",
    "SyntaxError",
    "ModuleNotFoundError",
    "ImportError",
    "Cannot find module",
    "ERR_MODULE_NOT_FOUND",
    "[build failed]",
    "[setup failed]",
    "no required module provides",
];

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    pub outcome: Outcome,
    /// What it said, the end of it.
    pub log: String,
    pub seconds: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed,
    /// It did not come to the test: something did not build, or was not found.
    NotBuilt,
    /// It took longer than it was given.
    TooLong,
}

/// Whether the program of a command is there.
pub fn is_there(program: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else { return false };
    let names =
        if cfg!(windows) { vec![format!("{program}.exe"), format!("{program}.cmd")] } else { vec![program.into()] };
    std::env::split_paths(&path)
        .filter(|dir| dir.is_absolute())
        .any(|dir| names.iter().any(|name| dir.join(name).is_file()))
}

/// Puts a text where a test goes: a plain path inside of the folder, and nothing else.
pub fn place(dir: &Path, path: &str, text: &str) -> Result<()> {
    if !crate::written_out::is_inside(path) {
        return Err(Error::WriteOut(std::io::Error::other(format!("\"{path}\" is no plain path of the repository"))));
    }
    crate::written_out::write(&dir.join(path), text.as_bytes(), false).map_err(Error::WriteOut)
}

/// A folder below another one, from the top of a repository.
pub fn folder(dir: &Path, folder: &str) -> Result<std::path::PathBuf> {
    if !folder.is_empty() && !crate::written_out::is_inside(folder) {
        return Err(Error::WriteOut(std::io::Error::other(format!("\"{folder}\" is no folder of the repository"))));
    }
    Ok(dir.join(folder))
}

/// `command`: a program and its arguments; no shell reads them.
pub fn run(command: &[String], dir: &Path, limit: Duration, stop: &dyn Fn() -> bool) -> Result<Trial> {
    let (program, args) = command.split_first().ok_or(Error::Garbled("a command without a program"))?;
    let mut child = Command::new(program);
    child.args(args).current_dir(dir).env_clear().envs(surroundings());
    child.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut child, 0);
    let missing = |cause| Error::Program { program: program.clone(), cause };
    let mut child = child.spawn().map_err(missing)?;
    let began = Instant::now();
    let (give, said) = sync_channel(64);
    for pipe in [child.stdout.take().map(boxed), child.stderr.take().map(boxed)].into_iter().flatten() {
        let give = give.clone();
        thread::spawn(move || read(pipe, &give));
    }
    drop(give);
    let ended = follow(&mut child, &said, began + limit, stop);
    if !matches!(ended, Ok((Some(_), _))) {
        end(&mut child);
    }
    let (status, log) = ended?;
    let log = String::from_utf8_lossy(&log).into_owned();
    let outcome = match status {
        None => Outcome::TooLong,
        Some(true) => Outcome::Passed,
        Some(false) if UNBUILT.iter().any(|sign| log.contains(sign)) => Outcome::NotBuilt,
        Some(false) => Outcome::Failed,
    };
    Ok(Trial { outcome, log, seconds: began.elapsed().as_secs() })
}

fn surroundings() -> Vec<(&'static str, OsString)> {
    SURROUNDINGS.iter().filter_map(|name| Some((*name, std::env::var_os(name)?))).collect()
}

fn boxed(pipe: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    Box::new(pipe)
}

fn read(mut pipe: impl Read, give: &std::sync::mpsc::SyncSender<Vec<u8>>) {
    let mut piece = vec![0; 1 << 14];
    while let Ok(length @ 1..) = pipe.read(&mut piece) {
        if give.send(piece.get(..length).unwrap_or_default().to_vec()).is_err() {
            return;
        }
    }
}

/// Whether it ended well, and what it said; `None` where its time is over.
fn follow(
    child: &mut Child,
    said: &Receiver<Vec<u8>>,
    until: Instant,
    stop: &dyn Fn() -> bool,
) -> Result<(Option<bool>, Vec<u8>)> {
    let mut log: Vec<u8> = Vec::new();
    let mut silent = false;
    loop {
        if stop() {
            return Err(Error::Cancelled);
        }
        if Instant::now() > until {
            return Ok((None, log));
        }
        match said.recv_timeout(Duration::from_millis(if silent { 0 } else { 100 })) {
            Ok(piece) => {
                log.extend(piece);
                log.drain(..log.len().saturating_sub(KEPT));
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                silent = true;
                thread::sleep(Duration::from_millis(20));
            }
        }
        // What it started may hold its pipes: it is over once it is, and has nothing more to say just now.
        if let Some(status) = child.try_wait().map_err(Error::Runner)? {
            while let Ok(piece) = said.recv_timeout(Duration::from_millis(50)) {
                log.extend(piece);
            }
            log.drain(..log.len().saturating_sub(KEPT));
            return Ok((Some(status.success()), log));
        }
    }
}

/// It, and everything that it started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    {
        let group = format!("-{}", child.id());
        // The standard library ends one process alone.
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stdin(Stdio::null()).status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str, limit: Duration) -> Trial {
        let dir = tempfile::tempdir().unwrap();
        let command = ["sh", "-c", script].map(String::from);
        run(&command, dir.path(), limit, &|| false).unwrap()
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn how_a_test_ended_and_what_it_said_last_is_told() {
        let passed = sh("echo fine; pwd", LONG);
        assert_eq!(passed.outcome, Outcome::Passed);
        assert!(passed.log.starts_with("fine\n/"), "{}", passed.log);
        let failed = sh("echo before; echo 'assertion failed' >&2; exit 3", LONG);
        assert_eq!(failed.outcome, Outcome::Failed);
        assert!(failed.log.contains("assertion failed"));
        assert_eq!(sh("echo 'error: could not compile `cart`'; exit 101", LONG).outcome, Outcome::NotBuilt);
        let much = sh("yes x | head -c 3000000; echo the end", LONG);
        assert!(much.log.len() <= KEPT && much.log.ends_with("the end\n"));
    }

    #[test]
    fn what_takes_too_long_ends_with_everything_that_it_started() {
        let ended = sh("echo $$; sleep 1000 & sleep 1000", Duration::from_millis(300));
        assert_eq!(ended.outcome, Outcome::TooLong);
        // Where the machine was slow, it did not even come to say so.
        let Some(group) = ended.log.lines().next().map(|pid| format!("-{pid}")) else { return };
        let is_there = || {
            let asked = Command::new("kill").args(["-0", "--", &group]).stderr(Stdio::null()).status();
            asked.unwrap().success()
        };
        let began = Instant::now();
        while is_there() {
            assert!(began.elapsed() < Duration::from_secs(60), "what it started goes on");
            thread::sleep(Duration::from_millis(50));
        }
    }

    #[test]
    fn it_is_told_little_of_its_surroundings_and_can_be_stopped() {
        let told = sh("env", LONG).log;
        assert!(told.lines().all(|line| !line.starts_with("PRECEDENT") && !line.starts_with("CARGO_PKG")), "{told}");
        let command = ["sleep", "100"].map(String::from);
        let stopped = run(&command, Path::new("/"), LONG, &|| true).unwrap_err();
        assert_eq!(stopped.code(), "cancelled");
        assert_eq!(
            run(&["no-such-program".into()], Path::new("/"), LONG, &|| false).unwrap_err().code(),
            "program_missing"
        );
        assert!(is_there("sh") && !is_there("no-such-program"));
    }
}
