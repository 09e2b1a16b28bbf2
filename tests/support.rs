//! A workspace in a folder of its own, tickets to fill it with, and servers to ask.

pub mod desk;
pub mod forge;
pub mod monitors;
pub mod network;
pub mod proxy;
pub mod services;
pub mod texts;
pub mod tls;
pub mod tracker;
pub mod weather;
pub mod web;

use engine::{
    Clock, Engine, KeyFile, Network, OpenOptions, api,
    api::{args::ImportArgs, view::ImportReport},
};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, OnceLock},
};
use tempfile::TempDir;

pub struct Workspace {
    pub engine: Arc<Engine>,
    pub home: PathBuf,
    /// Deleted with the workspace; `None` where somebody else owns the folder.
    _dir: Option<TempDir>,
}

impl Workspace {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        Self { engine: open(&home), home, _dir: Some(dir) }
    }

    /// One that asks servers through `network`.
    pub fn asking(network: Network, clock: Arc<dyn Clock>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        let secrets = Arc::new(KeyFile::at(key_file()));
        let engine = Engine::open(OpenOptions { secrets, network, clock, ..OpenOptions::at(&home) }).unwrap();
        Self { engine, home, _dir: Some(dir) }
    }

    pub fn at(home: &Path) -> Self {
        Self { engine: open(home), home: home.into(), _dir: None }
    }

    /// Closes it and opens it again, as a restart would. `between` runs while it is closed.
    pub fn reopen(self, between: impl FnOnce(&Path)) -> Self {
        let Self { engine, home, _dir } = self;
        drop(engine);
        between(&home);
        Self { engine: open(&home), home, _dir }
    }

    pub fn import(&self, text: &str) -> ImportReport {
        let file = self.home.join("export.jsonl");
        std::fs::write(&file, text).unwrap();
        let report = self.import_file(&file);
        self.engine.wait_until_searchable().unwrap();
        report
    }

    pub fn import_file(&self, file: &Path) -> ImportReport {
        self.import_as(json!({ "path": file, "source": "files" })).unwrap()
    }

    /// With arguments as a host sends them; the error in words.
    pub fn import_as(&self, args: Value) -> Result<ImportReport, String> {
        let args: ImportArgs = serde_json::from_value(args).unwrap();
        engine::import_now(&self.engine, &args, &|_, _| {}).map_err(|error| error.to_string())
    }

    /// The error's code.
    pub fn import_as_code(&self, args: Value) -> Result<ImportReport, String> {
        let args: ImportArgs = serde_json::from_value(args).unwrap();
        engine::import_now(&self.engine, &args, &|_, _| {}).map_err(|error| error.code().to_owned())
    }

    pub fn call(&self, name: &str, args: Value) -> Value {
        self.try_call(name, args).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The error's code.
    pub fn try_call(&self, name: &str, args: Value) -> Result<Value, String> {
        api::rpc(&self.engine, name, args).map_err(|error| error.code)
    }

    pub fn seen(&self, text: &str) -> Value {
        self.call("seen_before", json!({ "text": text }))
    }

    /// Ids of the hits, best first.
    pub fn hits(&self, text: &str) -> Vec<String> {
        strings(&self.seen(text)["hits"], "display_id")
    }
}

pub fn open(home: &Path) -> Arc<Engine> {
    let secrets = Arc::new(KeyFile::at(key_file()));
    let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(home) }).unwrap();
    engine.wait_until_searchable().unwrap();
    engine
}

pub fn strings(list: &Value, field: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item[field].as_str().unwrap().to_owned()).collect()
}

/// One interchange line.
pub fn ticket(id: &str, subject: &str, body: &str) -> String {
    json!({ "kind": "ticket", "id": id, "subject": subject, "body": body, "created_at": "2026-01-05T10:00:00Z",
            "updated_at": "2026-01-05T10:00:00Z", "status": "open" })
    .to_string()
}

/// One interchange line: a known error that carries these tickets.
pub fn known_error(id: &str, title: &str, tickets: &[&str]) -> Value {
    json!({ "kind": "known_error", "id": id, "title": title, "state": "workaround_available",
            "workaround": ["Turn it off.", "Turn it on."], "tickets": tickets,
            "created_at": "2026-01-04T10:00:00Z", "updated_at": "2026-01-04T10:00:00Z" })
}

/// The headless host as people would run it: the one that `PRECEDENT_BIN` names, else built once.
pub fn precedent() -> Command {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    let binary = BINARY.get_or_init(|| {
        // A build of its own selects other features, and compiles half of the tree a second time.
        if let Some(built) = std::env::var_os("PRECEDENT_BIN") {
            return built.into();
        }
        let deps = std::env::current_exe().unwrap();
        let profile = deps.parent().unwrap().parent().unwrap().to_owned();
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--package", "cli", "--target-dir"]).arg(profile.parent().unwrap());
        if !cfg!(debug_assertions) {
            build.arg("--release");
        }
        assert!(build.status().unwrap().success(), "the headless host does not build");
        profile.join(format!("precedent{}", std::env::consts::EXE_SUFFIX))
    });
    let mut command = Command::new(binary);
    command.env_remove("PRECEDENT_HOME").env("PRECEDENT_KEY_FILE", key_file());
    command
}

/// One for all workspaces of a run, as on a server. The keyring of whoever runs the tests is nobody's business.
pub fn key_file() -> &'static Path {
    static FILE: OnceLock<PathBuf> = OnceLock::new();
    FILE.get_or_init(|| {
        // Of this process alone: a test may start this program again.
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("acceptance-{}.keys", std::process::id()));
        let _ = std::fs::remove_file(&file);
        file
    })
}
