//! A repository that lies elsewhere, as a bare mirror on this machine: fetched when somebody asks, read like any other.
//!
//! The address was checked before it came here, and lies in the mirror's own settings: it is on no command line. The person's
//! own git is asked for credentials, and never asks anybody itself. Nothing is checked out, so no link is followed and no
//! hook runs; submodules are not fetched; only https and ssh are spoken.

mod address;
#[cfg(test)]
mod tests;

use crate::{
    Error, Result,
    error::Doing,
    runner::{self, Limits},
};
use std::{
    cell::Cell,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

pub use address::Address;

/// Branches, tags and the heads of pull requests, as they are there: what is gone there goes here.
const REFS: [&str; 4] = [
    "+refs/heads/*:refs/heads/*",
    "+refs/tags/*:refs/tags/*",
    "+refs/pull/*/head:refs/pull/*/head",
    "+refs/merge-requests/*/head:refs/merge-requests/*/head",
];

/// What of a person's surroundings git needs to reach a server as that person.
const OWN: [&str; 28] = [
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "XDG_CONFIG_HOME",
    "XDG_RUNTIME_DIR",
    "SSH_AUTH_SOCK",
    "SSH_AGENT_PID",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_SSL_CAINFO",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "DBUS_SESSION_BUS_ADDRESS",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
    "SystemRoot",
    "TEMP",
    "TMP",
    "APPDATA",
    "LOCALAPPDATA",
    "USERPROFILE",
    "HOMEDRIVE",
    "HOMEPATH",
];

/// The surroundings of the person who runs this, as far as git needs them.
pub fn own_surroundings() -> Vec<(OsString, OsString)> {
    OWN.iter().filter_map(|name| Some((OsString::from(name), std::env::var_os(name)?))).collect()
}

/// What one fetch may take: how long, and how many megabytes the mirror may grow to.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    pub seconds: u64,
    pub megabytes: u64,
}

impl Default for Room {
    fn default() -> Self {
        Self { seconds: 60 * 60, megabytes: 20 << 10 }
    }
}

pub struct Mirror<'a> {
    dir: &'a Path,
    own: &'a [(OsString, OsString)],
    room: Room,
}

impl<'a> Mirror<'a> {
    /// An empty one, in a folder of its own; nothing is asked yet. What lies there already stays.
    pub fn create(dir: &Path, address: &Address) -> Result<()> {
        const DOING: &str = "make a mirror";
        let mut options = git2::RepositoryInitOptions::new();
        // No template of this machine: it may hold hooks.
        options.bare(true).external_template(false).mkpath(true);
        let git = git2::Repository::init_opts(dir, &options).doing(DOING)?;
        if git.find_remote("origin").is_err() {
            git.remote_with_fetch("origin", address.as_str(), REFS[0]).doing(DOING)?;
        }
        Ok(())
    }

    /// Where a mirror comes from.
    pub fn address_of(dir: &Path) -> Option<Address> {
        let git = git2::Repository::open_bare(dir).ok()?;
        let origin = git.find_remote("origin").ok()?;
        Address::parse(origin.url().ok()?).ok()
    }

    /// `own`: as [`own_surroundings`] has them.
    pub fn at(dir: &'a Path, own: &'a [(OsString, OsString)], room: Room) -> Self {
        Self { dir, own, room }
    }

    /// Asks which branch the other side works on: the first that it is asked, so that it is told early who may not read it.
    pub fn ask_branch(&self, stop: &dyn Fn() -> bool) -> Result<()> {
        let mut said = Vec::new();
        self.run(&["ls-remote", "--quiet", "--symref", "origin", "HEAD"], stop, &mut |piece| {
            said.extend_from_slice(piece);
            Ok(())
        })?;
        let said = String::from_utf8_lossy(&said).into_owned();
        let branch = said.lines().find_map(|line| line.strip_prefix("ref: ")?.strip_suffix("\tHEAD"));
        if let Some(branch) = branch.filter(|branch| branch.starts_with("refs/heads/"))
            && git2::Reference::is_valid_name(branch)
        {
            let git = git2::Repository::open_bare(self.dir).doing("open a mirror")?;
            git.set_head(branch).doing("note the branch of a mirror")?;
        }
        Ok(())
    }

    /// Brings over what is new. Answers with by how many bytes the mirror grew.
    pub fn fetch(&self, stop: &dyn Fn() -> bool) -> Result<u64> {
        self.tidy();
        let before = size(self.dir);
        let mut args = vec![
            "fetch",
            "--quiet",
            "--prune",
            "--force",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-recurse-submodules",
            "--no-show-forced-updates",
            "--",
            "origin",
        ];
        args.extend(REFS);
        let looked = Cell::new(Instant::now());
        let crowded = Cell::new(false);
        let stop = || {
            if looked.get().elapsed() > Duration::from_secs(1) {
                looked.set(Instant::now());
                crowded.set(size(self.dir) > self.room.megabytes << 20);
            }
            crowded.get() || stop()
        };
        let done = self.run(&args, &stop, &mut |_| Ok(()));
        let grown = size(self.dir);
        if crowded.get() || grown > self.room.megabytes << 20 {
            self.tidy();
            return Err(Error::TooMuch(self.room.megabytes));
        }
        if done.is_err() {
            self.tidy();
        }
        done.map(|()| grown.saturating_sub(before))
    }

    fn run(&self, args: &[&str], stop: &dyn Fn() -> bool, take: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()> {
        let limits = Limits { seconds: self.room.seconds, megabytes: 16 };
        let mut own = self.own.to_vec();
        if !self.has_own_ssh(stop) {
            // A question that nobody sees would wait for ever.
            own.push(("GIT_SSH_COMMAND".into(), "ssh -oBatchMode=yes -oConnectTimeout=30".into()));
        }
        runner::run_online(self.dir, args, &own, limits, stop, take).map_err(told)
    }

    fn has_own_ssh(&self, stop: &dyn Fn() -> bool) -> bool {
        let set = |name: &str| self.own.iter().any(|(own, value)| own == name && !value.is_empty());
        let limits = Limits { seconds: 10, megabytes: 1 };
        let asked = ["config", "--get", "core.sshCommand"];
        set("GIT_SSH_COMMAND")
            || set("GIT_SSH")
            || runner::run_online(self.dir, &asked, self.own, limits, stop, &mut |_| Ok(())).is_ok()
    }

    /// What a fetch leaves that was killed.
    fn tidy(&self) {
        let objects = self.dir.join("objects");
        for dir in [objects.clone(), objects.join("pack")] {
            for entry in fs::read_dir(dir).into_iter().flatten().filter_map(io::Result::ok) {
                let name = entry.file_name().to_string_lossy().into_owned();
                let path: PathBuf = entry.path();
                let is_left = ["tmp_objdir", "incoming-", "tmp_pack_", "tmp_idx_", "tmp_rev_"];
                if is_left.iter().any(|left| name.starts_with(left)) {
                    // The next fetch tries again.
                    let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
                }
            }
        }
        for lock in ["packed-refs.lock", "shallow.lock", "HEAD.lock", "config.lock"] {
            let _ = fs::remove_file(self.dir.join(lock));
        }
    }
}

/// What git says, as what it means for a person. Nothing that may be secret is in it.
fn told(error: Error) -> Error {
    let Error::Refused(said) = error else { return error };
    let said = without_user(&said);
    let has = |signs: &[&str]| signs.iter().any(|sign| said.to_lowercase().contains(sign));
    if has(&[
        "authentication failed",
        "permission denied",
        "could not read username",
        "could not read password",
        "terminal prompts disabled",
        "repository not found",
        "host key verification failed",
        "error: 401",
        "error: 403",
        "error: 404",
        "access denied",
    ]) {
        return Error::Denied(said);
    }
    if has(&[
        "could not resolve",
        "name or service not known",
        "temporary failure in name resolution",
        "failed to connect",
        "couldn't connect",
        "connection refused",
        "connection timed out",
        "operation timed out",
        "network is unreachable",
        "no route to host",
        "connection reset",
    ]) {
        return Error::Unreachable(said);
    }
    Error::Refused(said)
}

/// `https://user:token@host/` → `https://host/`: the person's settings may put one there.
fn without_user(said: &str) -> String {
    let mut out = String::with_capacity(said.len());
    let mut rest = said;
    while let Some((before, after)) = rest.split_once("://") {
        out.push_str(before);
        out.push_str("://");
        let end = after.find(|c: char| c == '/' || c.is_whitespace() || c == '\'' || c == '"').unwrap_or(after.len());
        let (place, behind) = after.split_at_checked(end).unwrap_or((after, ""));
        out.push_str(place.rsplit_once('@').map_or(place, |(_, host)| host));
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Bytes below a folder; links are not followed.
pub(crate) fn size(dir: &Path) -> u64 {
    let entries = fs::read_dir(dir).into_iter().flatten().filter_map(io::Result::ok);
    entries
        .map(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => size(&entry.path()),
            Ok(kind) if kind.is_file() => entry.metadata().map_or(0, |known| known.len()),
            _ => 0,
        })
        .sum()
}
