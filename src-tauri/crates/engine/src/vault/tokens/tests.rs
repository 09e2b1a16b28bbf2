use super::{super::*, *};
use connect::SecretStore;
use std::sync::atomic::{AtomicBool, Ordering};

const NOW: Millis = Millis(1);

/// A machine that has no keyring, or one that comes and goes.
#[derive(Default)]
struct Ring {
    there: AtomicBool,
    held: Mutex<BTreeMap<String, String>>,
}

impl Ring {
    fn held(&self) -> std::result::Result<std::sync::MutexGuard<'_, BTreeMap<String, String>>, connect::Error> {
        match self.there.load(Ordering::SeqCst) {
            true => Ok(self.held.lock().unwrap()),
            false => Err(connect::Error::NoKeyring { reason: "there is none".into() }),
        }
    }
}

impl SecretStore for Ring {
    fn kind(&self) -> &'static str {
        "keyring"
    }
    fn place(&self) -> String {
        "the keyring of this test".into()
    }
    fn read(&self, name: &str) -> std::result::Result<Option<SecretString>, connect::Error> {
        Ok(self.held()?.get(name).map(|secret| secret.clone().into()))
    }
    fn write(&self, name: &str, secret: &SecretString) -> std::result::Result<(), connect::Error> {
        self.held()?.insert(name.into(), secret.expose_secret().into());
        Ok(())
    }
    fn erase(&self, name: &str) -> std::result::Result<(), connect::Error> {
        self.held()?.remove(name);
        Ok(())
    }
}

struct Place {
    _dir: tempfile::TempDir,
    home: PathBuf,
    ring: Arc<Ring>,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        Self { home, ring: Arc::default(), _dir: dir }
    }

    fn open(&self, passphrase: Option<&str>) -> Result<Vault> {
        let words = passphrase.map(SecretString::from);
        let secrets = Arc::clone(&self.ring) as Arc<dyn SecretStore>;
        // Each opening is a run of its own.
        let vault = Vault::open(&Home::open(&self.home).unwrap(), secrets, words.as_ref(), NOW)?;
        Ok(Vault { cost: 4, ..vault })
    }

    /// Every byte of the home.
    fn bytes(&self) -> Vec<u8> {
        let files = fs::read_dir(&self.home).unwrap().map(|file| file.unwrap().path());
        files.filter(|path| path.is_file()).flat_map(|path| fs::read(path).unwrap()).collect()
    }
}

const FIRST: &str = "four words of no sense";
const SECOND: &str = "five other words of none";

fn source(name: &str) -> SourceName {
    SourceName::new(name).unwrap()
}

fn token(vault: &Vault, name: &str) -> std::result::Result<String, &'static str> {
    vault.token(&source(name)).map(|token| token.expose_secret().to_owned()).map_err(|error| error.code())
}

#[test]
fn without_a_keyring_tokens_lie_in_a_file_that_only_the_passphrase_opens() {
    let place = Place::new();
    let vault = place.open(Some(FIRST)).unwrap();
    for (name, secret) in [("desk", "ghp_first"), ("forge", "second"), ("desk", "ghp_third")] {
        vault.keep_token(&source(name), &secret.into()).unwrap();
    }
    drop(vault);
    let text = String::from_utf8_lossy(&place.bytes()).into_owned();
    assert!(text.contains("age-encryption.org/v1\n-> scrypt "), "another program opens it too");
    assert!(!text.contains("ghp_") && !text.contains("second"), "never in clear");
    assert_eq!(place.open(Some(SECOND)).err().unwrap().code(), "passphrase_wrong");
    let vault = place.open(Some(FIRST)).unwrap();
    assert_eq!((token(&vault, "desk"), token(&vault, "forge")), (Ok("ghp_third".into()), Ok("second".into())));
    assert_eq!(token(&vault, "other"), Err("token_missing"));
    assert!(vault.token_place().contains("tokens.age"), "{}", vault.token_place());
    vault.erase_token(&source("desk")).unwrap();
    assert_eq!(token(&vault, "desk"), Err("token_missing"));
    vault.erase_token(&source("forge")).unwrap();
    assert!(!place.home.join(FILE).exists(), "nothing is left of it");
}

#[test]
fn with_the_recovery_key_a_new_passphrase_opens_the_workspace_and_the_old_ones_tokens_are_told_missing() {
    let place = Place::new();
    let mut vault = place.open(Some(FIRST)).unwrap();
    vault.keep_token(&source("desk"), &"first".into()).unwrap();
    let words = vault.make_recovery_key(&place.home, NOW).unwrap();
    drop(vault);
    let secrets = || Arc::clone(&place.ring) as Arc<dyn SecretStore>;
    assert_eq!(restore(&place.home, secrets(), &words, None, NOW.0).unwrap_err().code(), "no_keyring");
    assert_eq!(token(&place.open(Some(FIRST)).unwrap(), "desk"), Ok("first".into()), "nothing has changed");
    restore(&place.home, secrets(), &words, Some(&SECOND.into()), NOW.0).unwrap();
    let vault = place.open(Some(SECOND)).unwrap();
    assert_eq!(token(&vault, "desk"), Err("token_missing"));
    vault.keep_token(&source("desk"), &"again".into()).unwrap();
    assert_eq!(token(&vault, "desk"), Ok("again".into()));
    assert!(place.home.join(LOST).exists(), "for whoever finds the passphrase again");
    vault.destroy(&place.home).unwrap();
    assert!(![FILE, NEXT, LOST].iter().any(|name| place.home.join(name).exists()), "and gone with the workspace");
}

#[test]
fn a_token_for_this_run_lies_nowhere_and_is_gone_with_it() {
    let place = Place::new();
    let vault = place.open(Some(FIRST)).unwrap();
    vault.keep_for_this_run(&source("desk"), &"ghp_first".into());
    // Renewed, it stays what it was.
    vault.keep_token(&source("desk"), &"ghp_next".into()).unwrap();
    assert_eq!(token(&vault, "desk"), Ok("ghp_next".into()));
    assert!(!place.home.join(FILE).exists() && !String::from_utf8_lossy(&place.bytes()).contains("ghp_"));
    drop(vault);
    let vault = place.open(Some(FIRST)).unwrap();
    assert_eq!(token(&vault, "desk"), Err("token_missing"));
    vault.keep_for_this_run(&source("desk"), &"again".into());
    vault.keep_for_good(&source("desk"), &"for good".into()).unwrap();
    drop(vault);
    assert_eq!(token(&place.open(Some(FIRST)).unwrap(), "desk"), Ok("for good".into()));
}

#[test]
fn tokens_go_along_with_another_passphrase_and_with_a_keyring_that_comes_back() {
    let place = Place::new();
    let mut vault = place.open(Some(FIRST)).unwrap();
    vault.keep_token(&source("desk"), &"first".into()).unwrap();
    vault.set_passphrase(&place.home, &SECOND.into(), NOW).unwrap();
    assert_eq!(token(&vault, "desk"), Ok("first".into()));
    drop(vault);
    let mut vault = place.open(Some(SECOND)).unwrap();
    assert_eq!(token(&vault, "desk"), Ok("first".into()));
    assert_eq!(vault.rotate(&place.home, NOW).unwrap_err().code(), "no_keyring", "and nothing has changed");
    place.ring.there.store(true, Ordering::SeqCst);
    vault.rotate(&place.home, NOW).unwrap();
    drop(vault);
    assert!(!place.home.join(FILE).exists());
    assert_eq!(token(&place.open(None).unwrap(), "desk"), Ok("first".into()));
}

#[test]
fn a_crash_while_another_passphrase_is_chosen_costs_no_token() {
    // The file of the passphrase that was about to be chosen is there, and the workspace still opens with the old one.
    let place = Place::new();
    let mut vault = place.open(Some(FIRST)).unwrap();
    vault.keep_token(&source("desk"), &"first".into()).unwrap();
    vault.seal_for(&SECOND.into()).unwrap();
    assert_eq!(token(&place.open(Some(FIRST)).unwrap(), "desk"), Ok("first".into()));
    // Or it opens with the new one, and the file has not taken its place yet.
    let old = fs::read(place.home.join(FILE)).unwrap();
    vault.set_passphrase(&place.home, &SECOND.into(), NOW).unwrap();
    fs::rename(place.home.join(FILE), place.home.join(NEXT)).unwrap();
    fs::write(place.home.join(FILE), old).unwrap();
    let vault = place.open(Some(SECOND)).unwrap();
    assert_eq!(token(&vault, "desk"), Ok("first".into()));
    assert!(!place.home.join(NEXT).exists());
}

#[test]
fn a_file_that_cannot_be_opened_is_told_and_neither_replaced_nor_read_in_part() {
    let place = Place::new();
    let vault = place.open(Some(FIRST)).unwrap();
    vault.keep_token(&source("desk"), &"first".into()).unwrap();
    drop(vault);
    let mut sealed = fs::read(place.home.join(FILE)).unwrap();
    *sealed.last_mut().unwrap() ^= 1;
    fs::write(place.home.join(FILE), &sealed).unwrap();
    let vault = place.open(Some(FIRST)).unwrap();
    assert_eq!(token(&vault, "desk"), Err("tokens_sealed"));
    assert_eq!(vault.keep_token(&source("forge"), &"x".into()).unwrap_err().code(), "tokens_sealed");
    assert_eq!(fs::read(place.home.join(FILE)).unwrap(), sealed);
}

#[test]
fn without_a_passphrase_a_keyring_that_went_away_takes_no_token_and_nothing_is_written_instead() {
    let place = Place::new();
    place.ring.there.store(true, Ordering::SeqCst);
    let vault = place.open(None).unwrap();
    place.ring.there.store(false, Ordering::SeqCst);
    assert_eq!(vault.keep_token(&source("desk"), &"first".into()).unwrap_err().code(), "no_keyring");
    assert!(!place.home.join(FILE).exists());
    vault.keep_for_this_run(&source("desk"), &"first".into());
    assert_eq!(token(&vault, "desk"), Ok("first".into()), "for this run it can still be had");
}
