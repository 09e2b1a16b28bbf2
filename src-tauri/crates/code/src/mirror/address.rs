//! Where a repository lies on a server: https or ssh, and nothing that git or ssh could take for something else.

use crate::{Error, Result};

/// `https://host/path`, `ssh://user@host/path` or `user@host:path`, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    whole: String,
    host: String,
    path: String,
}

const LONGEST: usize = 2_000;

impl Address {
    /// Whether a person means an address by it, and not a folder.
    pub fn is_meant(text: &str) -> bool {
        let text = text.trim();
        text.contains("://")
            || text.split_once(':').is_some_and(|(before, _)| before.contains('@') && !before.contains('/'))
    }

    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        let odd = |c: char| {
            c.is_control() || c.is_whitespace() || matches!(c, '\'' | '"' | '`' | '\\' | '$' | ';' | '|' | '<' | '>')
        };
        if text.len() > LONGEST || text.chars().any(odd) {
            return Err(Error::Address("it has characters in it that no address of a repository has"));
        }
        let (place, path, https) = match text.split_once("://") {
            Some((scheme, rest)) => {
                let (place, path) = rest.split_once('/').unwrap_or((rest, ""));
                match scheme.to_ascii_lowercase().as_str() {
                    "https" => (place, path, true),
                    "ssh" | "git+ssh" | "ssh+git" => (place, path, false),
                    "http" | "git" => return Err(Error::Address("it is not encrypted: use https or ssh")),
                    "file" => return Err(Error::Address("it is a folder of this machine: name the folder itself")),
                    _ => return Err(Error::Address("only https and ssh are spoken")),
                }
            }
            None => {
                let (place, path) = text.split_once(':').ok_or(Error::Address("it names no host"))?;
                (place, path, false)
            }
        };
        let (user, host) = place.rsplit_once('@').map_or((None, place), |(user, host)| (Some(user), host));
        if user.is_some_and(|user| user.contains(':') || (https && !user.is_empty())) {
            let why = "a name or a password stands in it, and would lie on the disk: let git keep it (git credential)";
            return Err(Error::Address(why));
        }
        let plain = |text: &str| {
            !text.is_empty()
                && !text.starts_with('-')
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._+~".contains(&b))
        };
        if user.is_some_and(|user| !plain(user)) {
            return Err(Error::Address("the user in it is none"));
        }
        let (name, port) = match host.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (host, None),
        };
        let is_port = |port: &str| (1..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit());
        if !plain(name) || port.is_some_and(|port| !is_port(port)) {
            return Err(Error::Address("it names no host"));
        }
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        if parts.is_empty()
            || path.contains(['?', '#'])
            || parts.iter().any(|part| part.starts_with('-') || *part == "..")
        {
            return Err(Error::Address("it names no repository on its host"));
        }
        Ok(Self { whole: text.to_owned(), host: host.to_ascii_lowercase(), path: format!("/{}", parts.join("/")) })
    }

    pub fn as_str(&self) -> &str {
        &self.whole
    }

    /// With its port, where one is given.
    pub fn host(&self) -> &str {
        &self.host
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    /// What people call it: `shop` of `https://git.acme.example/tools/shop.git`.
    pub fn name(&self) -> &str {
        let last = self.path.rsplit('/').next().unwrap_or_default();
        last.strip_suffix(".git").unwrap_or(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_https_or_ssh_and_has_a_host_and_a_path() {
        for (text, host, path, name) in [
            ("https://github.com/apache/activemq.git", "github.com", "/apache/activemq.git", "activemq"),
            ("https://git.acme.example:8443/tools/shop/", "git.acme.example:8443", "/tools/shop", "shop"),
            ("ssh://git@git.acme.example:2222/tools/shop.git", "git.acme.example:2222", "/tools/shop.git", "shop"),
            ("git@github.com:acme/shop.git", "github.com", "/acme/shop.git", "shop"),
        ] {
            let read = Address::parse(text).unwrap();
            assert_eq!((read.host(), read.path(), read.name(), read.as_str()), (host, path, name, text.trim()));
            assert!(Address::is_meant(text), "{text}");
        }
        for folder in ["/srv/shop", "shop", "C:\\src\\shop", "../a@b/c", "C:/src/shop"] {
            assert!(!Address::is_meant(folder), "{folder}");
        }
    }

    #[test]
    fn what_could_be_an_option_a_command_a_secret_or_another_protocol_is_refused() {
        for text in [
            "--upload-pack=touch canary",
            "ext::sh -c touch% canary",
            "ext://x/y",
            "file:///etc",
            "http://github.com/acme/shop",
            "git://github.com/acme/shop",
            "https://ann:secret@github.com/acme/shop",
            "https://ghp_token@github.com/acme/shop",
            "ssh://git:secret@github.com/acme/shop",
            "ssh://-oProxyCommand=touch/acme",
            "-oProxyCommand=touch@host:acme",
            "ssh://-oProxyCommand=x@host/acme",
            "git@-oProxyCommand=x:acme",
            "git@host:--upload-pack=x",
            "git@host:../../etc",
            "https://github.com/",
            "https:///acme/shop",
            "https://github.com/acme/shop;touch",
            "https://github.com/acme/$(touch)",
            "https://github.com/acme/shop\n[core]",
            "https://github.com:port/acme/shop",
            "https://github.com/acme/shop?x=1",
        ] {
            assert_eq!(Address::parse(text).unwrap_err().code(), "repository_address", "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_taken_has_no_option_and_no_secret(text in "[a-z:/@.-]{0,30}|(https|ssh)://[a-z:@./-]{0,30}") {
            if let Ok(read) = Address::parse(&text) {
                proptest::prop_assert!(!read.host().starts_with('-') && !read.path().contains("/-") && !read.as_str().starts_with('-'));
            }
        }
    }
}
