//! Where a team shares its folder.

use crate::{Error, Result};
use std::path::{Path, PathBuf};

/// A server over https or ssh, or a folder that several machines see. Other ways are refused, and so is a password within
/// an address: git's own files would keep it where anybody reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    text: String,
    place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Server { host: String, path: String },
    Folder(PathBuf),
}

impl Address {
    pub fn read(text: &str) -> Result<Self> {
        let text = text.trim();
        let bad = |why| Error::BadAddress { address: without_secret(text), why };
        if text.is_empty() || text.starts_with('-') || text.chars().any(char::is_control) {
            return Err(bad("it is no address"));
        }
        let folder = text.strip_prefix("file://").unwrap_or(text);
        if Path::new(folder).is_absolute() {
            return Ok(Self { text: folder.into(), place: Place::Folder(folder.into()) });
        }
        let (rest, https) = match text.split_once("://") {
            Some(("https", rest)) => (rest, true),
            Some(("ssh", rest)) => (rest, false),
            Some(_) => return Err(bad("only https and ssh are safe on the way, or a folder with its whole path")),
            None => (text, false),
        };
        let cut = if text.contains("://") { '/' } else { ':' };
        let (authority, path) = rest.split_once(cut).ok_or_else(|| bad("it names no place on the server"))?;
        let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
        if user.is_some_and(|user| https || user.contains(':')) {
            return Err(bad("leave the password out of it: git asks your own credential helper"));
        }
        let fits = |c: char| c.is_ascii_alphanumeric() || "._-:[]".contains(c);
        let names = |word: &str| !word.is_empty() && !word.starts_with('-') && word.chars().all(fits);
        if !names(host) || !user.is_none_or(names) || path.is_empty() || path.starts_with([':', '-']) {
            return Err(bad("it names no server, or no place on it"));
        }
        let place = Place::Server { host: host.into(), path: format!("/{}", path.trim_matches('/')) };
        Ok(Self { text: text.into(), place })
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Host and path of a server; `None` of a folder, to which nothing travels that this program sends.
    pub fn server(&self) -> Option<(&str, &str)> {
        match &self.place {
            Place::Server { host, path } => Some((host, path)),
            Place::Folder(_) => None,
        }
    }

    pub fn folder(&self) -> Option<&Path> {
        match &self.place {
            Place::Server { .. } => None,
            Place::Folder(folder) => Some(folder),
        }
    }
}

/// What stands before an @ is not said again.
fn without_secret(text: &str) -> String {
    let start = text.find("://").map_or(0, |at| at + 3);
    match (text.get(..start), text.get(start..).and_then(|rest| rest.rsplit_once('@'))) {
        (Some(before), Some((_, after))) => format!("{before}…@{after}"),
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_over_https_and_ssh_and_whole_folders_are_taken() {
        for (text, host, path) in [
            ("https://forge.example/team/kb.git", "forge.example", "/team/kb.git"),
            ("https://forge.example:8443/kb", "forge.example:8443", "/kb"),
            ("ssh://git@forge.example/team/kb", "forge.example", "/team/kb"),
            ("git@forge.example:team/kb.git", "forge.example", "/team/kb.git"),
            ("forge:kb", "forge", "/kb"),
        ] {
            assert_eq!(Address::read(text).unwrap().server(), Some((host, path)), "{text}");
        }
        assert_eq!(Address::read("/mnt/team/kb").unwrap().folder(), Some(Path::new("/mnt/team/kb")));
        assert_eq!(Address::read(" file:///mnt/kb ").unwrap().as_str(), "/mnt/kb");
    }

    #[test]
    fn what_would_run_something_or_be_read_on_the_way_is_refused() {
        for text in [
            "",
            "kb",
            "./kb",
            "--upload-pack=touch x",
            "-oProxyCommand=x:y",
            "ext::sh -c touch% x",
            "git@-oProxyCommand=x:y",
            "-x@host:y",
            "ssh://-oProxyCommand=x/kb",
            "http://forge.example/kb",
            "git://forge.example/kb",
            "fd::3",
            "host:-x",
            "https://forge.example",
            "a b@host:kb",
            "https://forge.example/k\nb",
        ] {
            assert!(Address::read(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_password_is_refused_and_not_said_again() {
        for text in ["https://ann:s3cret@forge.example/kb", "https://s3cret@forge.example/kb", "ssh://a:s3cret@host/kb"]
        {
            let refused = Address::read(text).unwrap_err().to_string();
            assert!(refused.contains("credential helper") && !refused.contains("s3cret"), "{refused}");
        }
    }
}
