//! What goes over the network, by the person's own git: it alone has their credentials, their proxies and their keys.
//!
//! The opposite of how product repositories are read, which must neither reach a server nor know who asks; so it is a
//! runner of its own. Shared is the distrust of what others wrote: settings of the repository itself are refused unless
//! they are known to run nothing, no hook runs on either side of a shared folder, and only https, ssh and folders are
//! spoken. Addresses are read before ([`Address`]); every other name that git gets is one of ours.

use super::{Address, ORIGIN, Team};
use crate::{Error, Result};
use std::{
    ffi::{OsStr, OsString},
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

/// After that nobody waits any more.
const PATIENCE: Duration = Duration::from_secs(600);

const SETTINGS: [&str; 9] = [
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "fetch.recurseSubmodules=false",
    "push.recurseSubmodules=no",
    "submodule.recurse=false",
    "maintenance.auto=false",
    "gc.auto=0",
    "transfer.bundleURI=false",
    "advice.pushUpdateRejected=true",
];

const SURROUNDINGS: [(&str, &str); 6] = [
    ("LC_ALL", "C"),
    ("GIT_ALLOW_PROTOCOL", "https:ssh:file"),
    // Nobody sits at a terminal of ours; helpers of the person's own git still may ask.
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_EDITOR", ":"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_PAGER", "cat"),
];

/// The other side of a shared folder is a repository too, with hooks that somebody else wrote.
const NO_HOOKS_THERE: &str = "--receive-pack=git -c core.hooksPath=/dev/null receive-pack";

/// Settings of a repository that run no program and lead nowhere else.
const HARMLESS: [&str; 21] = [
    "advice.",
    "branch.",
    "color.",
    "commit.",
    "core.autocrlf",
    "core.bare",
    "core.eol",
    "core.filemode",
    "core.ignorecase",
    "core.logallrefupdates",
    "core.precomposeunicode",
    "core.repositoryformatversion",
    "core.safecrlf",
    "core.symlinks",
    "fetch.prune",
    "init.",
    "merge.",
    "pull.",
    "push.default",
    "rerere.",
    "user.",
];

impl Team {
    /// Where it is shared; `None` where it is not yet.
    pub fn address(&self) -> Result<Option<Address>> {
        let Ok(remote) = self.git.find_remote(ORIGIN) else { return Ok(None) };
        if remote.url().is_ok_and(str::is_empty) {
            return Ok(None);
        }
        self.look_over()?;
        // As the person's own settings have it, which may name another place.
        let said = run(Some(&self.root), &["ls-remote", "--get-url", ORIGIN].map(OsStr::new), &|| false)?;
        Address::read(said.trim()).map(Some)
    }

    /// Shares it there from now on. An empty folder becomes the place to meet.
    pub fn share(&self, address: &Address) -> Result<()> {
        if let Some(there) = self.address()? {
            return if there == *address { Ok(()) } else { Err(Error::SharedElsewhere(there.as_str().into())) };
        }
        if let Some(folder) = address.folder() {
            let empty = std::fs::read_dir(folder).map_or(true, |mut files| files.next().is_none());
            if empty {
                let mut options = git2::RepositoryInitOptions::new();
                options.bare(true).no_reinit(true).external_template(false).initial_head(&self.branch()?);
                git2::Repository::init_opts(folder, &options).map_err(Error::git("make the shared folder"))?;
            }
        }
        self.git.remote(ORIGIN, address.as_str()).map(drop).map_err(Error::git("note where it is shared"))
    }

    /// Gets what the team did. Nothing of it is in the folder yet.
    pub fn get(&self, stop: &dyn Fn() -> bool) -> Result<()> {
        self.look_over()?;
        let refs = format!("+refs/heads/*:refs/remotes/{ORIGIN}/*");
        let args = ["fetch", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", ORIGIN, &refs];
        run(Some(&self.root), &args.map(OsStr::new), stop).map(drop)
    }

    /// Gives what was committed here to the team: onto its branch, or another one to be looked at first. `false`: the
    /// team was faster, and its changes have to be got first.
    pub fn give(&self, branch: Option<&str>, stop: &dyn Fn() -> bool) -> Result<bool> {
        self.look_over()?;
        let (Some(ours), own) = (self.ours()?, self.branch()?) else { return Ok(true) };
        let target = format!("refs/heads/{}", branch.unwrap_or(&own));
        if !git2::Reference::is_valid_name(&target) {
            return Err(Error::BadBranch(branch.unwrap_or(&own).into()));
        }
        let refs = format!("{ours}:{target}");
        if target == format!("refs/heads/{own}") {
            self.may_give()?;
        }
        let folder = self.address()?.is_some_and(|address| address.folder().is_some());
        let mut args = vec!["push", "--no-verify", "--no-follow-tags"];
        args.extend(folder.then_some(NO_HOOKS_THERE));
        args.extend([ORIGIN, &refs]);
        let args: Vec<&OsStr> = args.into_iter().map(OsStr::new).collect();
        match run(Some(&self.root), &args, stop) {
            Err(Error::Remote(said))
                if ["(fetch first)", "(non-fast-forward)"].iter().any(|one| said.contains(one)) =>
            {
                Ok(false)
            }
            Err(error) => Err(error),
            Ok(_) => Ok(true),
        }
    }

    /// A clone of what the team shares, in a folder that is not there yet or empty.
    pub fn clone(address: &Address, root: &Path, stop: &dyn Fn() -> bool) -> Result<Self> {
        if std::fs::read_dir(root).is_ok_and(|mut files| files.next().is_some()) {
            return Err(Error::Taken(root.into()));
        }
        let options = [
            "clone",
            "--no-checkout",
            "--origin",
            ORIGIN,
            "--no-tags",
            "--no-recurse-submodules",
            "--no-local",
            "--template=",
            "--config",
            "core.autocrlf=false",
            "--",
        ];
        let mut args: Vec<&OsStr> = options.iter().map(OsStr::new).collect();
        args.extend([OsStr::new(address.as_str()), root.as_os_str()]);
        run(None, &args, stop)?;
        let team = Self::open(root)?.ok_or_else(|| Error::Remote("no clone was made".into()))?;
        if let Some(ours) = team.ours()? {
            team.show(ours)?;
        }
        Ok(team)
    }

    /// What git says of what is here already.
    pub(super) fn ask(&self, args: &[&str]) -> Result<String> {
        self.look_over()?;
        let args: Vec<&OsStr> = args.iter().map(OsStr::new).collect();
        run(Some(&self.root), &args, &|| false)
    }

    /// Nothing in the repository's own settings may run a program or lead elsewhere: who shares a folder wrote them.
    fn look_over(&self) -> Result<()> {
        let config = self.git.config().map_err(Error::git("be read"))?;
        for level in [git2::ConfigLevel::Local, git2::ConfigLevel::Worktree] {
            let Ok(own) = config.open_level(level) else { continue };
            let mut entries = own.entries(None).map_err(Error::git("be read"))?;
            while let Some(entry) = entries.next() {
                let entry = entry.map_err(Error::git("be read"))?;
                let name = entry.name().map_err(Error::git("be read"))?.to_ascii_lowercase();
                let remote = name.starts_with("remote.")
                    && [".url", ".fetch", ".pushurl", ".tagopt"].iter().any(|end| name.ends_with(end));
                if !remote
                    && !HARMLESS.iter().any(|fine| name == *fine || (fine.ends_with('.') && name.starts_with(fine)))
                {
                    return Err(Error::Setting(name));
                }
            }
        }
        Ok(())
    }
}

/// What the person's settings say, those of the repository included.
pub(super) fn setting(root: &Path, name: &str) -> Result<String> {
    run(Some(root), &["config", "--get", name].map(OsStr::new), &|| false)
}

/// What git says on its standard output.
fn run(dir: Option<&Path>, args: &[&OsStr], stop: &dyn Fn() -> bool) -> Result<String> {
    let git = program().ok_or(Error::NoGit)?;
    let mut command = Command::new(git);
    if let Some(dir) = dir {
        let mut own = OsString::from("--git-dir=");
        own.push(dir.join(".git"));
        command.arg(own).current_dir(dir);
    }
    command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting])).args(args);
    // The person's own surroundings, but for what tells git to do something else.
    let told = std::env::vars_os().map(|(name, _)| name).filter(|name| name.to_string_lossy().starts_with("GIT_"));
    told.filter(|name| !KEPT.iter().any(|kept| name == kept)).for_each(|name| {
        command.env_remove(name);
    });
    command.envs(SURROUNDINGS);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|_| Error::NoGit)?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let (tell, told) = channel();
    for (number, pipe) in [out.map(boxed), err.map(boxed)].into_iter().enumerate() {
        let tell = tell.clone();
        thread::spawn(move || {
            let mut said = Vec::new();
            // What is longer than that is nothing that anybody reads.
            let _ = pipe.map(|pipe| pipe.take(1 << 20).read_to_end(&mut said));
            let _ = tell.send((number, said));
        });
    }
    drop(tell);
    let began = Instant::now();
    let mut said = [String::new(), String::new()];
    loop {
        match told.recv_timeout(Duration::from_millis(100)) {
            Ok((number, bytes)) => {
                if let Some(said) = said.get_mut(number) {
                    *said = String::from_utf8_lossy(&bytes).into_owned();
                }
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) if stop() || began.elapsed() > PATIENCE => {
                // It may have ended by itself.
                let _ = child.kill();
                let _ = child.wait();
                return Err(if stop() { Error::Cancelled } else { Error::TooSlow(PATIENCE.as_secs() / 60) });
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
    let status = child.wait().map_err(|_| Error::NoGit)?;
    let [out, err] = said;
    if status.success() { Ok(out) } else { Err(refused(&err)) }
}

/// Where git's own parts lie, and the person's own settings, where their machine needs it.
const KEPT: [&str; 7] = [
    "GIT_EXEC_PATH", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSL_CAINFO", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_SYSTEM",
];

fn boxed(pipe: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    Box::new(pipe)
}

fn refused(said: &str) -> Error {
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    let first: String = said.lines().filter(|line| !line.trim().is_empty()).take(6).collect::<Vec<_>>().join("; ");
    let first: String = first.chars().take(400).collect();
    if has(&["could not read Username", "Authentication failed", "Permission denied (", "Host key verification failed"])
        || has(&["could not read Password", "terminal prompts disabled", "returned error: 403", "returned error: 401"])
    {
        Error::SignIn(first)
    } else if has(&["dubious ownership"]) {
        Error::NotTrusted(first)
    } else if has(&["does not appear to be a git repository", "not found", "does not exist", "Repository not found"]) {
        Error::NoRemote(first)
    } else if has(&["Could not resolve", "unable to access", "Connection", "Network is unreachable", "timed out"])
        || has(&["Could not read from remote repository"])
    {
        Error::Unreachable(first)
    } else {
        Error::Remote(first)
    }
}

/// Only whole paths are looked at: `.` in PATH would mean whatever folder we are in.
fn program() -> Option<PathBuf> {
    let name = if cfg!(windows) { "git.exe" } else { "git" };
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).filter(|dir| dir.is_absolute()).map(|dir| dir.join(name)).find(|file| file.is_file())
}
