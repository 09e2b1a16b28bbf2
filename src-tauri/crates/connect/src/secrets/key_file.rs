//! Secrets in a file of one's own, for machines without a keyring: a line for each, a name and the secret. It is locked
//! while it is read or written, and nothing in it is ever moved: a new secret is appended, an erased one is overwritten
//! where it stands. So a crash costs no other secret.

use super::SecretStore;
use crate::Error;
use domain::crash_point;
use secrecy::{ExposeSecret, SecretString};
use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

const HEAD: &str = "# Keys of Precedent's workspaces. Whoever can read this file can read them.\n";

/// A file that only its owner may read; made at the first write.
pub struct KeyFile(PathBuf);

impl KeyFile {
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// A file that holds one secret and nothing else, as servers are handed them.
    pub fn line(&self) -> Result<SecretString, Error> {
        let (_, text) = self.locked(false)?.ok_or_else(|| self.failed()(io::ErrorKind::NotFound.into()))?;
        Ok(text.expose_secret().trim().into())
    }

    fn failed(&self) -> impl Fn(io::Error) -> Error + '_ {
        |cause| Error::KeyFile { path: self.0.clone(), cause }
    }

    /// The text, with the lock that keeps it so. `None` where there is no file.
    fn locked(&self, write: bool) -> Result<Option<(File, SecretString)>, Error> {
        let mut file = match OpenOptions::new().read(true).write(write).open(&self.0) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(self.failed())?,
        };
        if is_shared(&file).map_err(self.failed())? {
            return Err(Error::KeyFileShared { path: self.0.clone() });
        }
        if write { file.lock() } else { file.lock_shared() }.map_err(self.failed())?;
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(self.failed())?;
        Ok(Some((file, text.into())))
    }

    fn make(&self) -> Result<(), Error> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&self.0) {
            // Empty: whatever is written before the lock is held may land on somebody's key.
            Ok(_) => Ok(()),
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(cause) => Err(self.failed()(cause)),
        }
    }
}

impl SecretStore for KeyFile {
    fn kind(&self) -> &'static str {
        "key_file"
    }

    fn place(&self) -> String {
        format!("the key file {}", self.0.display())
    }

    fn file(&self) -> Option<&Path> {
        Some(&self.0)
    }

    fn read(&self, name: &str) -> Result<Option<SecretString>, Error> {
        let Some((_, text)) = self.locked(false)? else { return Ok(None) };
        let found = places(text.expose_secret(), name).last().map(|(_, secret)| SecretString::from(secret));
        Ok(found)
    }

    fn write(&self, name: &str, secret: &SecretString) -> Result<(), Error> {
        self.make()?;
        let (mut file, text) = self.locked(true)?.ok_or_else(|| self.failed()(io::ErrorKind::NotFound.into()))?;
        let text = text.expose_secret();
        let before = match text {
            "" => HEAD,
            text if text.ends_with('\n') => "",
            _ => "\n",
        };
        let line = SecretString::from(format!("{before}{name} {}\n", secret.expose_secret()));
        let appended = file
            .seek(SeekFrom::End(0))
            .and_then(|_| file.write_all(line.expose_secret().as_bytes()))
            .and_then(|()| file.sync_all());
        appended.map_err(self.failed())?;
        crash_point("secret appended");
        overwrite(&mut file, text, name).map_err(self.failed())
    }

    fn erase(&self, name: &str) -> Result<(), Error> {
        let Some((mut file, text)) = self.locked(true)? else { return Ok(()) };
        overwrite(&mut file, text.expose_secret(), name).map_err(self.failed())
    }
}

/// Where each line with this name begins, and its secret. A line that a crash cut off is none.
fn places<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = (usize, &'a str)> + 'a {
    text.split_inclusive('\n').scan(0, |at, line| Some((std::mem::replace(at, *at + line.len()), line))).filter_map(
        move |(at, line)| {
            let (found, secret) = line.strip_suffix('\n')?.split_once(' ')?;
            (found == name).then_some((at, secret))
        },
    )
}

fn overwrite(file: &mut File, text: &str, name: &str) -> io::Result<()> {
    for (at, secret) in places(text, name) {
        file.seek(SeekFrom::Start(at as u64))?;
        file.write_all("#".repeat(name.len() + 1 + secret.len()).as_bytes())?;
    }
    file.sync_all()
}

#[cfg(unix)]
fn is_shared(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

/// Elsewhere the folder's own rights decide.
#[cfg(not(unix))]
fn is_shared(_: &File) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> (tempfile::TempDir, KeyFile) {
        let dir = tempfile::tempdir().unwrap();
        let file = KeyFile::at(dir.path().join("keys"));
        (dir, file)
    }

    fn read(file: &KeyFile, name: &str) -> Option<String> {
        file.read(name).unwrap().map(|secret| secret.expose_secret().to_owned())
    }

    #[test]
    fn secrets_are_kept_replaced_and_erased_without_touching_others() {
        let (_dir, file) = file();
        assert_eq!(read(&file, "one"), None, "there is no file yet");
        for (name, secret) in [("one", "first"), ("two", "second"), ("one", "third")] {
            file.write(name, &SecretString::from(secret)).unwrap();
        }
        assert_eq!((read(&file, "one"), read(&file, "two")), (Some("third".into()), Some("second".into())));
        file.erase("one").unwrap();
        file.erase("one").unwrap();
        assert_eq!((read(&file, "one"), read(&file, "two")), (None, Some("second".into())));
        let text = std::fs::read_to_string(&file.0).unwrap();
        assert!(!text.contains("first") && !text.contains("third"), "erased means gone: {text}");
    }

    #[test]
    fn a_line_that_was_cut_off_costs_itself_alone() {
        let (_dir, file) = file();
        file.write("one", &SecretString::from("first")).unwrap();
        let mut open = OpenOptions::new().append(true).open(&file.0).unwrap();
        open.write_all(b"two hal").unwrap();
        assert_eq!(read(&file, "two"), None);
        file.write("three", &SecretString::from("third")).unwrap();
        assert_eq!((read(&file, "one"), read(&file, "three")), (Some("first".into()), Some("third".into())));
    }

    #[cfg(unix)]
    #[test]
    fn it_is_made_for_its_owner_alone_and_refused_when_others_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let (_dir, file) = file();
        file.write("one", &SecretString::from("first")).unwrap();
        let mode = |mode| std::fs::set_permissions(&file.0, std::fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(std::fs::metadata(&file.0).unwrap().permissions().mode() & 0o777, 0o600);
        mode(0o640);
        assert_eq!(file.read("one").unwrap_err().code(), "key_file_shared");
        mode(0o600);
        assert_eq!(read(&file, "one"), Some("first".into()));
    }

    #[test]
    fn many_who_write_at_once_lose_nothing() {
        let (_dir, file) = file();
        std::thread::scope(|scope| {
            for n in 0..16 {
                let file = &file;
                scope.spawn(move || file.write(&format!("n{n}"), &SecretString::from(format!("s{n}"))).unwrap());
            }
        });
        assert!((0..16).all(|n| read(&file, &format!("n{n}")) == Some(format!("s{n}"))));
    }
}
