//! The door of a workspace, for hosts that stay while it is shut: because its keyring is locked, its passphrase was not
//! given yet, or its files are damaged. Every command is answered with the reason; `workspace_open` tries again.

use crate::{
    Engine, Error, OpenOptions, Result,
    api::{self, args::OpenArgs, view::ApiErrorView},
    mend::mend,
    text::{shown::shown, unseen::marked},
    vault,
};
use secrecy::SecretString;
use serde_json::Value;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

type Opened = std::result::Result<Arc<Engine>, ApiErrorView>;
/// What a host does with a workspace as soon as it is open.
type Welcome = Box<dyn Fn(&Arc<Engine>) -> std::result::Result<(), ApiErrorView> + Send + Sync>;

pub struct Door {
    options: OpenOptions,
    welcome: Welcome,
    opening: RwLock<Arc<OnceLock<Opened>>>,
    /// One attempt at a time: a second one would find the workspace in use.
    turn: Mutex<()>,
}

impl Door {
    /// Returns at once; the workspace opens on a thread of its own.
    pub fn knock(
        options: OpenOptions,
        welcome: impl Fn(&Arc<Engine>) -> std::result::Result<(), ApiErrorView> + Send + Sync + 'static,
    ) -> Arc<Self> {
        let welcome: Welcome = Box::new(welcome);
        let door = Arc::new(Self { options, welcome, opening: RwLock::default(), turn: Mutex::new(()) });
        let (opening, within) = (door.opening(), Arc::clone(&door));
        std::thread::spawn(move || opening.set(within.open(within.options.clone(), Engine::open)));
        door
    }

    /// Waits until the workspace is open, or cannot be.
    pub fn engine(&self) -> Opened {
        self.opening().wait().clone()
    }

    /// Before the process ends: see [`Engine::close`]. What never opened, or still opens, is left as it is.
    pub fn close(&self) {
        let opening = std::mem::take(&mut *self.opening.write().unwrap_or_else(PoisonError::into_inner));
        if let Some(Ok(engine)) = Arc::try_unwrap(opening).ok().and_then(OnceLock::into_inner) {
            engine.close();
        }
    }

    /// Runs one command of the contract, or says why none can be run. Behind a door is a screen: characters that would
    /// mislead a reader are shown in every text of the reply.
    pub fn rpc(&self, name: &str, args: Value) -> std::result::Result<Value, ApiErrorView> {
        let mut reply = self.answer(name, args).map_err(|error| {
            let message = marked(&error.message).into_owned();
            ApiErrorView { message, ..error }
        })?;
        shown(&mut reply);
        Ok(reply)
    }

    fn answer(&self, name: &str, args: Value) -> std::result::Result<Value, ApiErrorView> {
        match self.engine() {
            Ok(engine) => api::rpc(&engine, name, args),
            Err(_) if name == "workspace_open" => {
                let args: OpenArgs = api::read_args(name, args)?;
                self.again(args).map(|()| serde_json::json!({}))
            }
            Err(shut) => Err(shut),
        }
    }

    fn again(&self, args: OpenArgs) -> std::result::Result<(), ApiErrorView> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if self.engine().is_ok() {
            return Ok(());
        }
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty()).map(SecretString::from);
        let passphrase = given(args.passphrase).or_else(|| self.options.passphrase.clone());
        let options = OpenOptions { passphrase, ..self.options.clone() };
        if let Some(recovery) = given(args.recovery) {
            restore(&options, &recovery).map_err(|error| error.view())?;
        }
        match self.open(options, if args.repair == Some(true) { mend } else { Engine::open }) {
            // A wrong guess is an answer to whoever guessed; why the workspace is shut is still what it was.
            Err(error) if matches!(error.code.as_str(), "passphrase_wrong" | "passphrase_short") => Err(error),
            opened => {
                let failed = opened.as_ref().err().cloned();
                *self.opening.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(OnceLock::from(opened));
                failed.map_or(Ok(()), Err)
            }
        }
    }

    /// A panic in there must not leave the host waiting for ever.
    fn open(&self, options: OpenOptions, how: fn(OpenOptions) -> Result<Arc<Engine>>) -> Opened {
        let opened = std::thread::scope(|scope| {
            let opening = scope.spawn(|| {
                let engine = how(options).map_err(|error| error.view())?;
                (self.welcome)(&engine)?;
                engine.begin_rounds();
                engine.begin_triage();
                Ok(engine)
            });
            opening.join().unwrap_or_else(|_| Err(Error::Broken.view()))
        });
        if let Err(error) = &opened {
            tracing::error!(code = error.code, "the workspace did not open: {}", error.message);
        }
        opened
    }

    fn opening(&self) -> Arc<OnceLock<Opened>> {
        Arc::clone(&self.opening.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn restore(options: &OpenOptions, recovery: &SecretString) -> Result<()> {
    let secrets = Arc::clone(&options.secrets);
    vault::restore(&options.home, secrets, recovery, options.passphrase.as_ref(), options.clock.now().0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::KeyFile;
    use secrecy::ExposeSecret;
    use serde_json::json;
    use std::path::Path;

    const WORDS: &str = "four words of no sense";

    fn options(home: &Path, keys: &str) -> OpenOptions {
        let secrets = Arc::new(KeyFile::at(home.with_extension(keys)));
        OpenOptions { secrets, ..OpenOptions::at(home) }
    }

    fn knock(home: &Path, keys: &str) -> Arc<Door> {
        Door::knock(options(home, keys), |_| Ok(()))
    }

    fn status(door: &Door) -> std::result::Result<Value, String> {
        door.rpc("workspace_status", json!({})).map_err(|error| error.code)
    }

    #[test]
    fn a_workspace_that_cannot_open_says_why_to_every_command() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a file, not a folder");
        std::fs::write(&file, "x").unwrap();
        let door = knock(&file, "keys");
        assert_eq!(status(&door).unwrap_err(), "home_unusable");
        assert_eq!(door.rpc("doctor", json!({})).unwrap_err().code, "home_unusable");
    }

    #[test]
    fn once_the_keyring_is_back_it_opens_without_a_new_start() {
        let dir = tempfile::tempdir().unwrap();
        let (home, keys) = (dir.path().join("home"), dir.path().join("home.keys"));
        assert_eq!(status(&knock(&home, "keys")).unwrap()["tickets"], 0);
        std::fs::rename(&keys, dir.path().join("away")).unwrap();
        let door = knock(&home, "keys");
        assert_eq!(status(&door).unwrap_err(), "key_missing");
        assert_eq!(door.rpc("workspace_open", json!({})).unwrap_err().code, "key_missing");
        std::fs::rename(dir.path().join("away"), &keys).unwrap();
        door.rpc("workspace_open", json!({})).unwrap();
        status(&door).unwrap();
    }

    #[test]
    fn a_broken_database_is_told_and_mended_when_somebody_asks_for_it() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        drop(Engine::open(options(&home, "keys")).unwrap());
        std::fs::write(home.join("store.db"), vec![7; 100_000]).unwrap();
        let door = knock(&home, "keys");
        assert_eq!(status(&door).unwrap_err(), "database_damaged");
        assert_eq!(
            door.rpc("workspace_open", json!({})).unwrap_err().code,
            "database_damaged",
            "never without being asked"
        );
        door.rpc("workspace_open", json!({ "repair": true })).unwrap();
        let report = door.rpc("doctor", json!({})).unwrap();
        assert_eq!((&report["ok"], &report["checks"][0]["repaired"]), (&json!(true), &json!(true)), "{report}");
    }

    #[test]
    fn a_lost_key_is_replaced_with_the_recovery_key() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        let made = knock(&home, "keys").rpc("key_recovery_make", json!({})).unwrap();
        let door = knock(&home, "other");
        assert_eq!(status(&door).unwrap_err(), "key_missing");
        let wrong = door.rpc("workspace_open", json!({ "recovery": "0000" })).unwrap_err();
        assert_eq!(wrong.code, "recovery_key_mistyped");
        door.rpc("workspace_open", json!({ "recovery": made["words"] })).unwrap();
        status(&door).unwrap();
        drop(door);
        status(&knock(&home, "other")).unwrap();
        assert_eq!(status(&knock(&home, "keys")).unwrap_err(), "key_missing", "the lost key opens nothing any more");
    }

    #[test]
    fn a_workspace_under_a_passphrase_opens_with_it_alone_and_moves_back_to_a_key() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        let door = knock(&home, "keys");
        door.rpc("key_passphrase", json!({ "passphrase": WORDS })).unwrap();
        assert_eq!(door.rpc("key_status", json!({})).unwrap()["kind"], "passphrase");
        drop(door);
        let left = std::fs::read_to_string(home.with_extension("keys")).unwrap();
        assert!(!left.contains("workspace-"), "the key is gone from where it was: {left}");

        let door = knock(&home, "keys");
        assert_eq!(status(&door).unwrap_err(), "passphrase_needed");
        let wrong = door.rpc("workspace_open", json!({ "passphrase": "four words of no sensf" })).unwrap_err();
        assert_eq!(
            (wrong.code.as_str(), status(&door).unwrap_err().as_str()),
            ("passphrase_wrong", "passphrase_needed")
        );
        door.rpc("workspace_open", json!({ "passphrase": WORDS })).unwrap();
        door.rpc("key_rotate", json!({})).unwrap();
        drop(door);
        status(&knock(&home, "keys")).unwrap();
    }

    #[test]
    fn a_forgotten_passphrase_is_replaced_with_the_recovery_key() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        let first = Door::knock(OpenOptions { passphrase: Some(WORDS.into()), ..options(&home, "keys") }, |_| Ok(()));
        let made = first.rpc("key_recovery_make", json!({})).unwrap();
        assert!(!home.with_extension("keys").exists(), "nothing was put anywhere else");
        drop(first);
        let door = knock(&home, "keys");
        let fresh = SecretString::from("five other words of none");
        door.rpc("workspace_open", json!({ "recovery": made["words"], "passphrase": fresh.expose_secret() })).unwrap();
        drop(door);
        let again = OpenOptions { passphrase: Some(fresh), ..options(&home, "keys") };
        assert!(Engine::open(again).is_ok());
        assert_eq!(Engine::open(options(&home, "keys")).err().unwrap().code(), "passphrase_needed");
    }
}
