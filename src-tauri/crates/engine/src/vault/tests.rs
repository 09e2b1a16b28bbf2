use super::*;
use std::{collections::HashMap, path::PathBuf, sync::Mutex};
use tempfile::TempDir;

const NOW: Millis = Millis(1_000);

/// A keyring that a test can lock, empty or swap, and that answers as real ones do: locked, it *has no entry*.
#[derive(Default)]
struct Ring {
    held: Mutex<HashMap<String, String>>,
    locked: Mutex<bool>,
}

impl SecretStore for Ring {
    fn kind(&self) -> &'static str {
        "keyring"
    }
    fn place(&self) -> String {
        "the keyring of this test".into()
    }
    fn read(&self, name: &str) -> std::result::Result<Option<SecretString>, connect::Error> {
        if *self.locked.lock().unwrap() {
            return Ok(None);
        }
        Ok(self.held.lock().unwrap().get(name).cloned().map(SecretString::from))
    }
    fn write(&self, name: &str, secret: &SecretString) -> std::result::Result<(), connect::Error> {
        if *self.locked.lock().unwrap() {
            return Err(connect::Error::KeyringLocked { reason: "it is locked".into() });
        }
        self.held.lock().unwrap().insert(name.into(), secret.expose_secret().into());
        Ok(())
    }
    fn erase(&self, name: &str) -> std::result::Result<(), connect::Error> {
        self.held.lock().unwrap().remove(name);
        Ok(())
    }
}

fn place() -> (TempDir, PathBuf, Arc<Ring>) {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    (dir, home, Arc::default())
}

fn open(home: &Path, ring: &Arc<Ring>) -> Result<Vault> {
    Vault::open(&Home::open(home)?, Arc::clone(ring) as Arc<dyn SecretStore>, None, NOW)
}

fn code(opened: Result<Vault>) -> &'static str {
    opened.err().expect("it must not open").code()
}

#[test]
fn a_workspace_opens_with_the_same_keys_again_and_each_use_has_its_own() {
    let (_dir, home, ring) = place();
    let first = open(&home, &ring).unwrap();
    let again = open(&home, &ring).unwrap();
    assert_eq!(first.database().expose(), again.database().expose());
    assert_eq!(first.index().expose(), again.index().expose());
    assert_ne!(first.database().expose(), first.index().expose());
    let (_dir, other, ring) = place();
    assert_ne!(open(&other, &ring).unwrap().database().expose(), first.database().expose());
}

#[test]
fn nothing_in_the_home_opens_it_alone() {
    let (_dir, home, ring) = place();
    let vault = open(&home, &ring).unwrap();
    let text = std::fs::read_to_string(home.join("keys.json")).unwrap();
    for key in [vault.root.clone(), vault.database(), vault.index()] {
        assert!(!text.contains(wrap::hex_of(&key).expose_secret()));
    }
    assert!(!ring.held.lock().unwrap().values().any(|held| text.contains(held)));
}

#[test]
fn a_locked_emptied_or_swapped_keyring_is_told_in_words_and_costs_nothing() {
    let (_dir, home, ring) = place();
    let key = open(&home, &ring).unwrap().database();
    *ring.locked.lock().unwrap() = true;
    assert_eq!(code(open(&home, &ring)), "key_missing", "locked");
    *ring.locked.lock().unwrap() = false;
    assert_eq!(code(open(&home, &Arc::default())), "key_missing", "another keyring");
    let swapped = Arc::new(Ring::default());
    for name in ring.held.lock().unwrap().keys() {
        swapped.held.lock().unwrap().insert(name.clone(), "ab".repeat(32));
    }
    assert_eq!(code(open(&home, &swapped)), "key_wrong", "another key under the same name");
    assert_eq!(open(&home, &ring).unwrap().database().expose(), key.expose(), "and all is as it was");
}

#[test]
fn a_keyring_that_keeps_nothing_makes_no_workspace() {
    let (_dir, home, ring) = place();
    *ring.locked.lock().unwrap() = true;
    assert_eq!(code(open(&home, &ring)), "no_place_for_key");
    assert!(!home.join("keys.json").exists());
}

#[test]
fn the_recovery_key_opens_it_for_a_new_keyring_and_a_newer_one_takes_its_place() {
    let (_dir, home, ring) = place();
    let mut vault = open(&home, &ring).unwrap();
    let key = vault.database();
    let early = vault.make_recovery_key(&home, NOW).unwrap();
    let late = vault.make_recovery_key(&home, NOW).unwrap();
    drop(vault);
    let fresh: Arc<Ring> = Arc::default();
    let restored =
        |words: &SecretString| restore(&home, Arc::clone(&fresh) as Arc<dyn SecretStore>, words, None, NOW.0);
    assert_eq!(restored(&early).unwrap_err().code(), "recovery_key_wrong");
    restored(&late).unwrap();
    assert_eq!(open(&home, &fresh).unwrap().database().expose(), key.expose());
    assert_eq!(code(open(&home, &ring)), "key_missing", "the old keyring's key opens nothing any more");
}

#[test]
fn without_a_recovery_key_there_is_nothing_to_restore_from() {
    let (_dir, home, ring) = place();
    drop(open(&home, &ring).unwrap());
    let words = recovery::words(&wrap::random_key().unwrap());
    assert_eq!(restore(&home, ring, &words, None, NOW.0).unwrap_err().code(), "no_recovery_key");
}

#[test]
fn a_changed_key_opens_the_same_data_and_the_old_one_is_gone() {
    let (_dir, home, ring) = place();
    let mut vault = open(&home, &ring).unwrap();
    let (key, before) = (vault.database(), ring.held.lock().unwrap().clone());
    vault.rotate(&home, NOW).unwrap();
    let after = ring.held.lock().unwrap().clone();
    assert_eq!(after.len(), 1);
    assert!(before.keys().all(|name| !after.contains_key(name)));
    assert_eq!(open(&home, &ring).unwrap().database().expose(), key.expose());
}

#[test]
fn a_damaged_or_missing_copy_of_the_keys_is_put_right_and_both_damaged_are_told() {
    let (_dir, home, ring) = place();
    let key = open(&home, &ring).unwrap().database();
    let files = ["keys.json", "keys.copy.json"].map(|name| home.join(name));
    let good = std::fs::read(&files[0]).unwrap();
    for file in &files {
        for at in (0..good.len()).step_by(7) {
            let mut bad = good.clone();
            bad[at] ^= 1;
            std::fs::write(file, &bad).unwrap();
            assert_eq!(open(&home, &ring).unwrap().database().expose(), key.expose(), "{} at {at}", file.display());
        }
        std::fs::remove_file(file).unwrap();
        open(&home, &ring).unwrap();
        assert_eq!(std::fs::read(file).unwrap(), good, "{} is whole again", file.display());
    }
    for file in &files {
        std::fs::write(file, "{}").unwrap();
    }
    assert_eq!(code(open(&home, &ring)), "keys_damaged");
}

#[test]
fn keys_are_never_made_anew_beside_a_database_that_only_the_old_ones_open() {
    let (_dir, home, ring) = place();
    drop(open(&home, &ring).unwrap());
    std::fs::write(home.join("store.db"), "an encrypted database").unwrap();
    for name in ["keys.json", "keys.copy.json"] {
        std::fs::remove_file(home.join(name)).unwrap();
    }
    assert_eq!(code(open(&home, &ring)), "keys_damaged");
}

#[test]
fn a_key_file_in_the_workspace_that_it_opens_is_refused() {
    let (_dir, home, _) = place();
    std::fs::create_dir_all(home.join("deeper")).unwrap();
    for file in [home.join("keys"), home.join("deeper/keys")] {
        let secrets = Arc::new(KeyFile::at(file));
        assert_eq!(code(Vault::open(&Home::open(&home).unwrap(), secrets, None, NOW)), "key_inside");
    }
}

/// What a server without any keyring answers.
struct NoRing;

impl SecretStore for NoRing {
    fn kind(&self) -> &'static str {
        "keyring"
    }
    fn place(&self) -> String {
        "the keyring of this test".into()
    }
    fn read(&self, _: &str) -> std::result::Result<Option<SecretString>, connect::Error> {
        Err(connect::Error::NoKeyring { reason: "there is none".into() })
    }
    fn write(&self, _: &str, _: &SecretString) -> std::result::Result<(), connect::Error> {
        Err(connect::Error::NoKeyring { reason: "there is none".into() })
    }
    fn erase(&self, _: &str) -> std::result::Result<(), connect::Error> {
        Err(connect::Error::NoKeyring { reason: "there is none".into() })
    }
}

#[test]
fn without_a_keyring_nothing_is_made_until_somebody_chose_a_passphrase() {
    let (_dir, home, _) = place();
    let none = || Arc::new(NoRing) as Arc<dyn SecretStore>;
    let words = SecretString::from("four words of no sense");
    let open = |words: Option<&SecretString>| Vault::open(&Home::open(&home).unwrap(), none(), words, NOW);
    assert_eq!(code(open(None)), "no_place_for_key");
    assert!(!home.join("keys.json").exists(), "nothing was made");
    choose_passphrase(&home, none(), None, &words, NOW.0).unwrap();
    let first = open(Some(&words)).unwrap();
    assert_eq!(code(open(None)), "passphrase_needed");
    assert_eq!(code(open(Some(&"four words of no sensf".into()))), "passphrase_wrong");

    let fresh = SecretString::from("five other words of none");
    choose_passphrase(&home, none(), Some(&words), &fresh, NOW.0).unwrap();
    assert_eq!(code(open(Some(&words))), "passphrase_wrong", "the earlier one opens nothing any more");
    assert_eq!(open(Some(&fresh)).unwrap().database().expose(), first.database().expose(), "no data had to change");
}
