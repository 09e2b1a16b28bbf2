//! `cargo xtask run`: from a bare checkout to the window on the sample workspace.

use crate::setup::{self, Purpose};
use crate::shell::{Repo, must};
use crate::ui;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

struct Options {
    home: Option<PathBuf>,
    release: bool,
}

pub fn window(repo: &Repo, args: &[String]) -> Result<()> {
    let options = options(args)?;
    let home = match options.home {
        Some(home) => std::path::absolute(home)?,
        None => data_dir(std::env::consts::OS, |name| std::env::var_os(name).map(PathBuf::from))
            .context("no home directory is set: name a folder with --home DIR")?
            .join("precedent-sample"),
    };
    setup::everything(repo, Purpose::Run)?;
    if cfg!(target_os = "linux") && ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| std::env::var_os(name).is_none()) {
        bail!("There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.");
    }
    ui::build(repo)?;
    // The development profile on purpose: someone who wants to see the window should not wait twice as long for a
    // smaller program. The parts that carry the work are optimised in it as well. `--release` builds what ships.
    let mut build = repo.cargo(&["build", "-p", "precedent-app", "--features", "custom-protocol"]);
    if options.release {
        build.arg("--release");
    }
    must(&mut build)?;
    let program = repo.program(if options.release { "release" } else { "debug" }, "precedent-app")?;
    println!("The sample workspace lies in {}", home.display());
    let mut window = Command::new(program);
    if std::env::var_os("PRECEDENT_KEY_FILE").is_none() {
        // Made-up tickets, and machines to try things on often have no keyring.
        let key = home.with_extension("key");
        println!("and its key beside it in {}; for your own tickets the window asks the keyring.", key.display());
        window.env("PRECEDENT_KEY_FILE", key);
    }
    must(window.arg("--home").arg(&home).arg("--sample"))
}

fn options(args: &[String]) -> Result<Options> {
    let mut options = Options { home: None, release: false };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--home" => options.home = Some(args.next().context("--home needs a folder")?.into()),
            "--release" => options.release = true,
            other => bail!("`{other}` is not an option of run: [--home DIR] [--release]"),
        }
    }
    Ok(options)
}

/// Where this system keeps the data of programs.
fn data_dir(os: &str, variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let home = |rest: &str| variable("HOME").map(|home| home.join(rest));
    match os {
        "windows" => variable("LOCALAPPDATA"),
        "macos" => home("Library/Application Support"),
        _ => variable("XDG_DATA_HOME").filter(|path| Path::is_absolute(path)).or_else(|| home(".local/share")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_home_can_be_chosen() {
        assert_eq!(options(&words("--home /x --release")).unwrap().home, Some("/x".into()));
        assert!(options(&words("--home")).is_err());
        assert!(options(&words("--hoem /x")).is_err());
    }

    #[test]
    fn the_sample_lies_where_the_system_keeps_data() {
        let env = |name: &str| (name == "HOME").then(|| PathBuf::from("/h"));
        assert_eq!(data_dir("linux", env), Some("/h/.local/share".into()));
        assert_eq!(data_dir("macos", env), Some("/h/Library/Application Support".into()));
        assert_eq!(data_dir("windows", env), None);
        let relative = |name: &str| Some(PathBuf::from(if name == "HOME" { "/h" } else { "not/absolute" }));
        assert_eq!(data_dir("linux", relative), Some("/h/.local/share".into()));
    }
}
