//! Reads what the versions print that customers run most, in the background: the first question about a log line then waits
//! no longer than the next.

use super::{Known, known::TEXTS};
use crate::{Result, open::Core};
use ::code::{Choice, CommitId};
use std::{
    collections::HashMap,
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError},
    },
    thread::JoinHandle,
    time::Duration,
};
use store::QueueFilter;

/// Who only asks one question is gone by then.
const QUIET: Duration = Duration::from_secs(3);
/// Tickets that say what customers run, latest change first.
const TICKETS: u64 = 300;
/// Repositories that are read ahead: each version takes some ten megabytes.
const REPOSITORIES: usize = 3;

pub(crate) struct Ready {
    /// Dropped to end it.
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Ready {
    pub(crate) fn start(core: &Arc<Core>) -> Self {
        let (stop, stopped) = mpsc::channel();
        let core = Arc::clone(core);
        // Without it the first question of its kind takes half a second longer.
        let thread = std::thread::Builder::new().name("ready".into()).spawn(move || run(&core, &stopped)).ok();
        Self { stop: Some(stop), thread }
    }
}

impl Drop for Ready {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(core: &Core, stopped: &mpsc::Receiver<()>) {
    // What was read of each repository by then.
    let mut ready: HashMap<String, u64> = HashMap::new();
    while stopped.recv_timeout(QUIET) == Err(RecvTimeoutError::Timeout) {
        let ended = || matches!(stopped.try_recv(), Err(mpsc::TryRecvError::Disconnected));
        if let Err(error) = look(core, &mut ready, &ended) {
            tracing::info!(code = error.code(), "what versions print was not read ahead");
        }
    }
}

fn look(core: &Core, ready: &mut HashMap<String, u64>, stop: &dyn Fn() -> bool) -> Result<()> {
    let repos = core.store.repos()?.into_iter().filter(|repo| repo.read_at.is_some()).take(REPOSITORIES);
    for repo in repos {
        if core.is_bulk() || stop() || ready.get(repo.name.as_str()) == Some(&repo.turn) {
            continue;
        }
        // Whatever comes of it, it is not tried again and again.
        ready.insert(repo.name.to_string(), repo.turn);
        let known = Known::in_core(core, &repo)?;
        for commit in most_run(core, &known)? {
            known.prepare(commit, &|| stop() || core.is_bulk())?;
        }
    }
    Ok(())
}

/// What customers run, by what tickets say, most of them first; with nothing said, the newest release.
fn most_run(core: &Core, known: &Known) -> Result<Vec<CommitId>> {
    let mut counts: HashMap<CommitId, u32> = HashMap::new();
    for row in core.store.queue(QueueFilter::All, &[], 0, TICKETS)?.rows {
        let Some(stored) = core.store.ticket(row.row)? else { continue };
        let one = stored.ticket.affected_versions.iter().find_map(|version| match known.releases.choose(version) {
            Choice::One(release) => Some(release.commit),
            _ => None,
        });
        if let Some(commit) = one {
            *counts.entry(commit).or_default() += 1;
        }
    }
    let mut most: Vec<(u32, CommitId)> = counts.into_iter().map(|(commit, count)| (count, commit)).collect();
    most.sort_unstable_by_key(|(count, commit)| (std::cmp::Reverse(*count), *commit));
    let newest = || known.releases.all().iter().rev().find(|release| !release.is_prerelease());
    if most.is_empty() {
        most.extend(newest().map(|release| (0, release.commit)));
    }
    Ok(most.into_iter().take(TEXTS).map(|(_, commit)| commit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Engine, OpenOptions};
    use serde_json::json;
    use std::{path::Path, process::Command};

    fn git(dir: &Path, args: &[&str]) {
        let mut git = Command::new("git");
        git.current_dir(dir).args(["-c", "user.name=Ann", "-c", "user.email=a@example.org"]);
        git.args(["-c", "commit.gpgsign=false"]).args(args);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        assert!(git.status().unwrap().success(), "git {args:?}");
    }

    #[test]
    fn what_the_versions_print_that_customers_run_is_read_before_anybody_asks_and_once() {
        let (home, clone) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        git(clone.path(), &["init", "-q", "-b", "main"]);
        for version in ["v1.0.0", "v1.1.0", "v1.2.0"] {
            std::fs::write(clone.path().join("a.rs"), format!("x(\"{version}\")")).unwrap();
            git(clone.path(), &["add", "-A"]);
            git(clone.path(), &["commit", "-q", "-m", version]);
            git(clone.path(), &["tag", version]);
        }
        let secrets = Arc::new(crate::KeyFile::at(home.path().join("keys")));
        let options = OpenOptions { secrets, ..OpenOptions::at(home.path().join("home")) };
        let engine = Engine::open(options).unwrap();
        crate::api::rpc(&engine, "code_add", json!({ "path": clone.path(), "name": "shop" })).unwrap();
        crate::code_update_now(&engine, None, &|_| {}).unwrap();
        let repo = engine.core.store.repos().unwrap().remove(0);
        let known = Known::of(&engine, &repo).unwrap();
        let commit = |name: &str| known.releases.all().iter().find(|one| one.name == name).unwrap().commit;
        assert_eq!(most_run(&engine.core, &known).unwrap(), [commit("v1.2.0")], "the newest where nobody says");
        let tickets = [("1.1.0", 2), ("1.0.0", 1)].map(|(version, count)| {
            (0..count)
                .map(|at| {
                    json!({ "kind": "ticket", "id": format!("{version}-{at}"), "subject": "x", "version": version,
                        "created_at": "2026-01-01T00:00:00Z" })
                    .to_string()
                })
                .collect::<Vec<_>>()
                .join("\n")
        });
        let file = home.path().join("tickets.jsonl");
        std::fs::write(&file, tickets.join("\n")).unwrap();
        let file = serde_json::from_value(json!({ "path": file })).unwrap();
        crate::import_now(&engine, &file, &|_, _| {}).unwrap();
        assert_eq!(most_run(&engine.core, &known).unwrap(), [commit("v1.1.0"), commit("v1.0.0")]);
        let mut ready = HashMap::new();
        look(&engine.core, &mut ready, &|| false).unwrap();
        assert!(
            known.literals_at_hand(commit("v1.1.0")).is_some() && known.literals_at_hand(commit("v1.2.0")).is_none()
        );
        assert_eq!(ready.get("shop"), Some(&repo.turn));
    }
}
