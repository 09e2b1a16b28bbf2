//! Running other programs: streamed to the terminal, their lines kept for counting.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The checkout that this task works on.
pub struct Repo {
    pub root: PathBuf,
    /// A cold build that nobody continues: what helps the next build only costs time.
    pub cold: bool,
}

impl Repo {
    pub fn find() -> Result<Repo> {
        // Cargo sets it for the program that it runs, so a moved checkout needs no rebuild.
        let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from);
        let root = here.ancestors().find(|dir| dir.join("Cargo.lock").is_file());
        let root = root.with_context(|| format!("no Cargo.lock above {}", here.display()))?;
        Ok(Repo { root: root.to_path_buf(), cold: false })
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub fn cargo<A: AsRef<OsStr>>(&self, args: &[A]) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(args).current_dir(&self.root);
        // Those two describe xtask itself; a build script further down would take them for its own.
        command.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_PKG_NAME");
        if self.cold {
            command.env("CARGO_INCREMENTAL", "0");
        }
        command
    }

    pub fn npm(&self, dir: &str, args: &[&str]) -> Command {
        let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
        command.args(args).current_dir(self.path(dir));
        command
    }

    /// Of our own packages.
    pub fn metadata(&self) -> Result<serde_json::Value> {
        self.read_metadata(&["--no-deps"])
    }

    /// Of everything that the lock file names.
    pub fn whole_metadata(&self) -> Result<serde_json::Value> {
        self.read_metadata(&["--locked"])
    }

    fn read_metadata(&self, args: &[&str]) -> Result<serde_json::Value> {
        let mut command = self.cargo(&["metadata", "--format-version", "1"]);
        let output = command.args(args).stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            bail!("`cargo metadata` failed: {}", output.status);
        }
        serde_json::from_slice(&output.stdout).context("`cargo metadata` printed something that is not JSON")
    }

    /// Where `cargo build` leaves a program, wherever the target directory lies.
    pub fn program(&self, profile: &str, name: &str) -> Result<PathBuf> {
        let metadata = self.metadata()?;
        let target = metadata
            .get("target_directory")
            .and_then(|path| path.as_str())
            .context("cargo names no target directory")?;
        Ok(Path::new(target).join(profile).join(name).with_extension(std::env::consts::EXE_EXTENSION))
    }
}

/// Runs to the end and fails in words when the program does.
pub fn must(command: &mut Command) -> Result<()> {
    println!("$ {}", words(command));
    let status = command.status().with_context(|| format!("`{}` did not start", words(command)))?;
    if !status.success() {
        bail!("`{}` failed: {status}", words(command));
    }
    Ok(())
}

/// Runs to the end without showing anything; `None` when it failed or is not there.
pub fn quietly(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

pub struct Heard {
    pub ok: bool,
    pub lines: Vec<String>,
}

/// Runs to the end, shows each line of standard output as it comes, and keeps it. Nothing to read on standard input.
pub fn listen(command: &mut Command) -> Heard {
    println!("$ {}", words(command));
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => {
            println!("`{}` did not start: {error}", words(command));
            return Heard { ok: false, lines: Vec::new() };
        }
    };
    let mut lines = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        let mut terminal = std::io::stdout();
        for line in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line).into_owned();
            // A closed terminal must not stop the count.
            _ = writeln!(terminal, "{line}");
            lines.push(line);
        }
    }
    let ok = child.wait().is_ok_and(|status| status.success());
    Heard { ok, lines }
}

fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
