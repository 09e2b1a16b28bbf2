//! The address of a repository on its forge, made from what the clone was cloned from. It is shown and opened in a browser,
//! so nothing goes into it that could lead elsewhere: https alone, no user, no password, no port but one that was https.

use crate::{CommitId, Repository};
use std::fmt::Write;

/// Where people look at a repository in a browser: `https://github.com/apache/activemq`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forge {
    base: String,
    kind: Kind,
}

/// How a forge writes the address of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// GitHub's way, which GitLab understands too.
    Usual,
    GitLab,
    Bitbucket,
    Gitea,
}

impl Forge {
    /// `git@host:path.git`, `ssh://…`, `git://…`, `https://user:token@host/path.git`. `None` for a folder of this machine,
    /// and for what is no address of a forge.
    pub fn of(remote: &str) -> Option<Self> {
        let remote = remote.trim();
        let (host, path) = match remote.split_once("://") {
            Some((scheme, rest)) => {
                let (place, path) = rest.split_once('/')?;
                let place = place.rsplit_once('@').map_or(place, |(_, host)| host);
                match scheme.to_ascii_lowercase().as_str() {
                    "https" => (place, path),
                    // The port was that of another protocol.
                    "http" | "ssh" | "git" | "git+ssh" => (place.split(':').next()?, path),
                    _ => return None,
                }
            }
            // As scp writes it; `C:\src` is a drive and no host.
            None => {
                let (place, path) = remote.split_once(':')?;
                (place.rsplit_once('@').map_or(place, |(_, host)| host), path)
            }
        };
        let host = host.to_ascii_lowercase();
        let path = path.trim_matches('/');
        let path = path.strip_suffix(".git").unwrap_or(path);
        if !is_host(&host) || path.is_empty() || !path.split('/').all(is_plain) || path.split('/').count() > 8 {
            return None;
        }
        let kind = match &*host {
            "bitbucket.org" => Kind::Bitbucket,
            "codeberg.org" => Kind::Gitea,
            _ if host.contains("gitlab") => Kind::GitLab,
            _ if host.contains("gitea") || host.contains("forgejo") => Kind::Gitea,
            _ => Kind::Usual,
        };
        Some(Self { base: format!("https://{host}/{path}"), kind })
    }

    /// Without a slash at its end.
    pub fn address(&self) -> &str {
        &self.base
    }

    /// Whether this is the address of something in the repository: an issue, a pull request, a commit.
    pub fn is_home_of(&self, address: &str) -> bool {
        let start = address.get(..self.base.len());
        let rest = address.get(self.base.len()..).unwrap_or_default();
        start.is_some_and(|start| start.eq_ignore_ascii_case(&self.base)) && rest.starts_with('/')
    }

    /// A commit.
    pub fn commit(&self, commit: CommitId) -> String {
        let between = match self.kind {
            Kind::Usual | Kind::Gitea => "commit",
            Kind::GitLab => "-/commit",
            Kind::Bitbucket => "commits",
        };
        format!("{}/{between}/{commit}", self.base)
    }

    /// An issue or a pull request of its own: `#12`, `!12` where merge requests are called so. `None` of any other name.
    pub fn issue(&self, key: &str) -> Option<String> {
        let (request, number) = match (key.strip_prefix('#'), key.strip_prefix('!')) {
            (Some(number), _) => (false, number),
            (None, Some(number)) => (true, number),
            (None, None) => return None,
        };
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        // GitHub leads on from the number of an issue to the pull request of that number.
        let between = match (self.kind, request) {
            (Kind::GitLab, true) => "-/merge_requests",
            (_, true) => return None,
            (Kind::GitLab, false) => "-/issues",
            (Kind::Usual | Kind::Gitea | Kind::Bitbucket, false) => "issues",
        };
        Some(format!("{}/{between}/{number}", self.base))
    }

    /// A line of a file, as it stays whatever happens to the branches. `None` of a path that leads out of its folder.
    pub fn line(&self, commit: CommitId, path: &str, line: Option<u32>) -> Option<String> {
        if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return None;
        }
        let (between, mark) = match self.kind {
            Kind::Usual => ("blob", "L"),
            Kind::GitLab => ("-/blob", "L"),
            Kind::Bitbucket => ("src", "lines-"),
            Kind::Gitea => ("src/commit", "L"),
        };
        let mut address = format!("{}/{between}/{commit}/{}", self.base, escaped(path));
        if let Some(line) = line {
            // Writing into a text does not fail.
            let _ = write!(address, "#{mark}{line}");
        }
        Some(address)
    }
}

impl Repository {
    /// Where it was cloned from, if that is a forge.
    pub fn forge(&self) -> Option<Forge> {
        let origin = self.git.find_remote("origin").ok()?;
        Forge::of(origin.url().ok()?)
    }
}

/// A name that can be looked up, with a port perhaps: letters, digits, dots, dashes. One word alone is a machine nearby or
/// a nickname of somebody's ssh.
fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    let labels = name.split('.').collect::<Vec<_>>();
    let is_label = |label: &&str| {
        !label.is_empty() && !label.starts_with('-') && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    labels.len() > 1 && labels.iter().all(is_label) && port.len() < 6 && port.bytes().all(|b| b.is_ascii_digit())
}

/// A part of a path that needs no escape and leads nowhere else.
fn is_plain(part: &str) -> bool {
    let letter = |b: u8| b.is_ascii_alphanumeric() || b"-._~+".contains(&b);
    !part.is_empty() && part != "." && part != ".." && part.bytes().all(letter)
}

/// Every byte that could mean something in an address, as `%20`.
fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_leads_to_its_own_forge_and_nothing_else_does() {
        let at = |remote: &str, key: &str| Forge::of(remote).unwrap().issue(key);
        let github = "git@github.com:acme/shop.git";
        assert_eq!(at(github, "#12").as_deref(), Some("https://github.com/acme/shop/issues/12"));
        let gitlab = "https://gitlab.com/acme/shop.git";
        assert_eq!(at(gitlab, "!7").as_deref(), Some("https://gitlab.com/acme/shop/-/merge_requests/7"));
        assert_eq!(at(gitlab, "#7").as_deref(), Some("https://gitlab.com/acme/shop/-/issues/7"));
        for key in ["!7", "AMQ-1", "#", "#1/../../x", "zendesk:3", ""] {
            assert_eq!(at(github, key), None, "{key}");
        }
    }

    #[test]
    fn what_a_clone_came_from_is_an_address_of_its_forge_without_what_was_secret_in_it() {
        for (remote, address) in [
            ("https://github.com/apache/activemq.git", Some("https://github.com/apache/activemq")),
            ("https://ann:ghp_secret@github.com/acme/shop.git/", Some("https://github.com/acme/shop")),
            ("git@github.com:acme/shop.git", Some("https://github.com/acme/shop")),
            ("ssh://git@git.acme.example:2222/tools/shop", Some("https://git.acme.example/tools/shop")),
            ("https://git.acme.example:8443/tools/shop", Some("https://git.acme.example:8443/tools/shop")),
            ("http://github.com/acme/shop", Some("https://github.com/acme/shop")),
            ("git://sourceware.example/git/glibc.git", Some("https://sourceware.example/git/glibc")),
            ("/srv/mirrors/shop.git", None),
            ("../shop", None),
            ("file:///srv/mirrors/shop.git", None),
            (r"C:\src\shop", None),
            ("shop:acme/shop", None),
            ("javascript://github.com/%0aalert(1)", None),
            ("ext::sh -c touch% canary", None),
            ("https://github.com/acme/../../evil", None),
            ("https://github.com/acme/shop?x=1", None),
            ("https://github.com/acme/shop#x", None),
            ("https://github.com\\@evil.example/acme/shop", Some("https://evil.example/acme/shop")),
            ("https://-oProxyCommand=x/acme", None),
            ("https://github.com:99999999/acme/shop", None),
            ("https://github.com/", None),
            ("", None),
        ] {
            assert_eq!(Forge::of(remote).as_ref().map(Forge::address), address, "{remote}");
        }
    }

    #[test]
    fn a_line_stays_where_it_is_and_no_name_of_a_file_leads_elsewhere() {
        let commit = CommitId([0xab; 20]);
        let hash = "ab".repeat(20);
        for (remote, line) in [
            ("git@github.com:acme/shop.git", format!("https://github.com/acme/shop/blob/{hash}/src/a%20b.rs#L7")),
            (
                "https://gitlab.acme.example/acme/shop",
                format!("https://gitlab.acme.example/acme/shop/-/blob/{hash}/src/a%20b.rs#L7"),
            ),
            (
                "https://bitbucket.org/acme/shop",
                format!("https://bitbucket.org/acme/shop/src/{hash}/src/a%20b.rs#lines-7"),
            ),
            (
                "https://codeberg.org/acme/shop",
                format!("https://codeberg.org/acme/shop/src/commit/{hash}/src/a%20b.rs#L7"),
            ),
        ] {
            assert_eq!(Forge::of(remote).unwrap().line(commit, "src/a b.rs", Some(7)).as_ref(), Some(&line));
        }
        let forge = Forge::of("git@github.com:acme/shop.git").unwrap();
        let odd = forge.line(commit, "a?b#c\"<d>\u{202e}%2e", None);
        assert_eq!(odd.unwrap(), format!("https://github.com/acme/shop/blob/{hash}/a%3Fb%23c%22%3Cd%3E%E2%80%AE%252e"));
        for out in ["../../evil/x", "a/../../b", "/etc", ".", ""] {
            assert_eq!(forge.line(commit, out, None), None, "{out}");
        }
    }

    #[test]
    fn an_issue_is_at_home_in_its_own_repository_alone() {
        let forge = Forge::of("git@github.com:acme/shop.git").unwrap();
        assert!(forge.is_home_of("https://github.com/Acme/shop/issues/12"));
        for elsewhere in [
            "https://github.com/acme/shop-docs/issues/12",
            "https://github.com/acme/shop",
            "",
            "https://gïthub.com/acme/shop/",
        ] {
            assert!(!forge.is_home_of(elsewhere), "{elsewhere}");
        }
    }
}
