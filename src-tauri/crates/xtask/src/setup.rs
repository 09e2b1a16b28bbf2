//! What has to be on the machine, and putting it there where that is possible. Quick when nothing is missing.

mod packages;

use crate::shell::{Repo, must, quietly};
use crate::ui;
use anyhow::{Context, Result, bail};
use packages::{Family, Need};
use std::io::IsTerminal;
use std::process::Command;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Build and open the window.
    Run,
    /// Also drive a browser and the window without a screen.
    Test,
}

pub fn everything(repo: &Repo, purpose: Purpose) -> Result<()> {
    tools()?;
    // What the system lacks must not cost the steps that need nothing of it.
    let system = system(purpose);
    match purpose {
        Purpose::Run => ui::install(repo, &["ui"])?,
        Purpose::Test => ui::install(repo, &["ui", "tests/e2e"])?,
    }
    system
}

fn tools() -> Result<()> {
    let node = quietly("node", &["--version"]);
    match node.as_deref().and_then(major) {
        Some(20..) => {}
        Some(_) => {
            bail!("Node {} is too old: the page needs Node 20 or newer (https://nodejs.org).", node.unwrap_or_default())
        }
        None => bail!("Node is missing: install Node 20 or newer with npm (https://nodejs.org)."),
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    quietly(npm, &["--version"]).context("npm is missing: it comes with Node (https://nodejs.org).")?;
    quietly("git", &["--version"]).context("git is missing: install it (https://git-scm.com).")?;
    Ok(())
}

/// `v20.11.1` → 20.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Whether the window can be built here.
pub fn webkit_is_there() -> bool {
    Need::WebKit.is_there()
}

/// Whether the page can be tried in a browser here.
pub fn browser_is_there() -> bool {
    Need::Browser.is_there()
}

/// Installs the system packages that are missing, or says which they are.
pub fn system(purpose: Purpose) -> Result<()> {
    let family = Family::of_this_machine();
    let missing: Vec<Need> = packages::needs(purpose).into_iter().filter(|need| !need.is_there()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    match family {
        Family::Debian => apt(&missing),
        other => bail!("{}", other.advice(&missing)),
    }
}

fn apt(missing: &[Need]) -> Result<()> {
    let names: Vec<&str> = missing.iter().map(|need| need.debian()).collect();
    println!("Installing what is missing: {}", names.join(" "));
    let Some(prefix) = root() else {
        bail!(
            "System packages are missing, and they need an administrator. Install them with\n  \
             sudo apt-get update && sudo apt-get install -y --no-install-recommends {}",
            names.join(" ")
        );
    };
    let install = |names: &[&str]| {
        let mut command = prefixed(&prefix, "apt-get");
        command.args(["install", "-y", "--no-install-recommends"]).args(names);
        must(&mut command)
    };
    // Old lists name files that the mirrors no longer have.
    must(prefixed(&prefix, "apt-get").arg("update"))?;
    if install(&names).is_err() {
        // apt installs all or nothing: one package that this release lacks must not cost the others.
        names.iter().for_each(|name| drop(install(&[name])));
    }
    let still: Vec<&Need> = missing.iter().filter(|need| !need.is_there()).collect();
    let names: Vec<&str> = still.iter().map(|need| need.debian()).collect();
    match still.as_slice() {
        [] => Ok(()),
        // Ubuntu has Chromium as a snap alone. One step needs it, and says so.
        [Need::Browser] => {
            println!("There is no package of Chromium here: install one by hand, or name one in PRECEDENT_CHROMIUM.");
            Ok(())
        }
        _ => bail!("These packages could not be installed: {}", names.join(" ")),
    }
}

/// How to become root: nothing to do, through sudo, or not at all.
fn root() -> Option<Vec<&'static str>> {
    if quietly("id", &["-u"]).as_deref() == Some("0") {
        return Some(vec![]);
    }
    let may_ask = std::env::var_os("CI").is_none() && std::io::stdin().is_terminal();
    if quietly("sudo", &["-n", "true"]).is_some() || (may_ask && quietly("sudo", &["--version"]).is_some()) {
        return Some(vec!["sudo"]);
    }
    None
}

fn prefixed(prefix: &[&str], program: &str) -> Command {
    let mut words = prefix.iter().copied().chain(["env", "DEBIAN_FRONTEND=noninteractive", program]);
    let mut command = Command::new(words.next().unwrap_or(program));
    command.args(words);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.11.1"), Some(20));
        assert_eq!(major("v8.0.0"), Some(8));
        assert_eq!(major("20"), None);
    }

    #[test]
    fn apt_runs_without_questions() {
        let words = |command: Command| {
            let all = std::iter::once(command.get_program()).chain(command.get_args());
            all.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(words(prefixed(&["sudo"], "apt-get")), "sudo env DEBIAN_FRONTEND=noninteractive apt-get");
        assert_eq!(words(prefixed(&[], "apt-get")), "env DEBIAN_FRONTEND=noninteractive apt-get");
    }
}
