//! Which addresses may be talked to: decided once for what a person typed, and again for what its name resolves to.

use super::Failure;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// How far a source may reach: what its address was allowed when it was added, and nothing beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Addresses of the internet.
    Public,
    /// A private network too: somebody allowed this very host.
    Private,
    /// This machine alone: somebody typed `localhost` or a loopback address.
    ThisMachine,
}

impl Reach {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::ThisMachine => "this_machine",
        }
    }
}

/// A server that a person named, and the path under which it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    pub(super) https: bool,
    pub(super) host: Host<String>,
    pub(super) port: u16,
    path: String,
    reach: Reach,
}

impl Site {
    /// Reads an address as a person types it. `private` is their word that a host in a private network is meant.
    pub fn parse(text: &str, private: bool) -> Result<Self, Failure> {
        let refused = |because: &'static str| Failure::BadAddress { address: shown(text), because };
        let url = Url::parse(text.trim())
            .map_err(|_| refused("it is no web address; write it like https://github.com/OWNER/REPOSITORY"))?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(refused("only https addresses can be asked"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused(
                "it holds a user name; a token is given apart from the address, through standard input",
            ));
        }
        let host = url.host().ok_or_else(|| refused("it names no host"))?.to_owned();
        if is_disguised(text, &host) {
            return Err(refused("it writes a number in a way that hides which machine is meant"));
        }
        let reach = match &host {
            Host::Domain(name) if name == "localhost" || name.ends_with(".localhost") => Reach::ThisMachine,
            Host::Domain(_) if private => Reach::Private,
            Host::Domain(_) => Reach::Public,
            Host::Ipv4(ip) => reach_of((*ip).into(), private, text)?,
            Host::Ipv6(ip) => reach_of((*ip).into(), private, text)?,
        };
        let https = url.scheme() == "https";
        if !https && reach != Reach::ThisMachine {
            return Err(refused(
                "without https everybody on the way could read the tickets and the token; http works with a server on this machine alone",
            ));
        }
        let port = url.port_or_known_default().unwrap_or(443);
        Ok(Self { https, host, port, path: url.path().trim_end_matches('/').to_owned(), reach })
    }

    /// The same server under another path, or its companion that carries its interface (`api.github.com`).
    pub fn with(&self, host: Option<&str>, path: &str) -> Self {
        let host = host.map_or_else(|| self.host.clone(), |host| Host::Domain(host.to_owned()));
        Self { host, path: path.trim_end_matches('/').to_owned(), ..self.clone() }
    }

    /// The path with its query that this address of the same server asks for.
    pub fn asked(&self, text: &str) -> Result<String, Failure> {
        let bad = |because| Failure::BadAddress { address: shown(text), because };
        let url = Url::parse(text.trim()).map_err(|_| bad("it is no web address"))?;
        Ok(url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path())))
    }

    /// Whether what is asked for on another site lies at this address or below it.
    pub fn holds(&self, other: &Self, path: &str) -> bool {
        let path = path.split('?').next().unwrap_or_default();
        let below = path.strip_prefix(self.path.as_str());
        let same = (self.https, &self.host, self.port) == (other.https, &other.host, other.port);
        same && below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
    }

    pub fn reach(&self) -> Reach {
        self.reach
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn host(&self) -> String {
        self.host.to_string()
    }

    /// As it stands in a request and in the ledger: the port only where it is not the usual one.
    pub fn authority(&self) -> String {
        let usual = if self.https { 443 } else { 80 };
        if self.port == usual { self.host.to_string() } else { format!("{}:{}", self.host, self.port) }
    }

    pub fn origin(&self) -> String {
        format!("{}://{}", if self.https { "https" } else { "http" }, self.authority())
    }

    /// Whether this is what the name may turn out to be. Asked for the address that is connected to, each time.
    pub(super) fn admits(&self, ip: IpAddr) -> bool {
        match kind(ip) {
            Kind::Public => matches!(self.reach, Reach::Public | Reach::Private),
            Kind::Private => self.reach == Reach::Private,
            Kind::Loopback => self.reach == Reach::ThisMachine,
            Kind::Never => false,
        }
    }
}

fn reach_of(ip: IpAddr, private: bool, text: &str) -> Result<Reach, Failure> {
    match kind(ip) {
        Kind::Public => Ok(Reach::Public),
        Kind::Loopback => Ok(Reach::ThisMachine),
        Kind::Private if private => Ok(Reach::Private),
        Kind::Private => Err(Failure::OwnNetwork { address: shown(text) }),
        Kind::Never => {
            Err(Failure::BadAddress { address: shown(text), because: "machines do not answer helpdesk requests there" })
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Public,
    Private,
    Loopback,
    /// Link-local (where clouds keep their credentials), multicast, reserved, unspecified.
    Never,
}

fn kind(ip: IpAddr) -> Kind {
    match ip {
        IpAddr::V4(ip) => kind_of_v4(ip),
        IpAddr::V6(ip) => kind_of_v6(ip),
    }
}

fn kind_of_v4(ip: Ipv4Addr) -> Kind {
    let [a, b, c, _] = ip.octets();
    match (a, b, c) {
        (127, _, _) => Kind::Loopback,
        (10, _, _) | (172, 16..=31, _) | (192, 168, _) | (100, 64..=127, _) => Kind::Private,
        (0, _, _) | (169, 254, _) | (224.., _, _) => Kind::Never,
        (192, 0, 0 | 2) | (192, 88, 99) | (198, 18 | 19, _) | (198, 51, 100) | (203, 0, 113) => Kind::Never,
        _ => Kind::Public,
    }
}

fn kind_of_v6(ip: Ipv6Addr) -> Kind {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        kind_of_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (a, b, c, d, e, f) {
        (0, 0, 0, 0, 0, 0) if g == 0 && h == 1 => Kind::Loopback,
        (0, 0, 0, 0, 0, 0) => Kind::Never,
        // An address of the old kind in the clothes of the new one is what it contains, except that nobody means this
        // machine when they write it so.
        (0, 0, 0, 0, 0, 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0) => disguised(inner(g, h)),
        (0x2002, ..) => disguised(inner(b, c)),
        (0xfc00..=0xfdff, ..) => Kind::Private,
        (0xfe80..=0xffff, ..) | (0x2001, 0xdb8, ..) | (0x2001, 0, ..) | (0x100, 0, 0, 0, ..) => Kind::Never,
        _ => Kind::Public,
    }
}

fn disguised(inner: Kind) -> Kind {
    if inner == Kind::Loopback { Kind::Never } else { inner }
}

/// `0x7f.1`, `2130706433` and `127.1` are all 127.0.0.1, and none of them looks like it.
fn is_disguised(text: &str, host: &Host<String>) -> bool {
    let Host::Ipv4(ip) = host else { return false };
    let rest = text.trim().split_once("://").map_or("", |(_, rest)| rest);
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let authority = rest.get(..end).unwrap_or_default();
    authority.split(':').next() != Some(ip.to_string().as_str())
}

/// For messages: whatever stands before an `@` or behind a `?` may be a secret.
fn shown(text: &str) -> String {
    let text = text.trim();
    let text = text.split(['?', '#']).next().unwrap_or_default();
    match text.rsplit_once('@') {
        Some((_, after)) => format!("…@{after}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(text: &str) -> Option<Reach> {
        Site::parse(text, false).ok().map(|site| site.reach())
    }

    #[test]
    fn an_address_that_could_turn_requests_against_this_machine_or_its_network_is_refused() {
        for text in [
            "http://github.com/a/b",
            "ftp://github.com/a/b",
            "github.com/a/b",
            "https://",
            "https://ann:secret@github.com/a/b",
            "https://github.com@127.0.0.1/a/b",
            "https://0x7f.1/a/b",
            "http://2130706433/a/b",
            "http://127.1/a/b",
            "http://0177.0.0.1/a/b",
            "https://[::ffff:127.0.0.1]/a/b",
            "https://[::ffff:169.254.169.254]/a/b",
            "https://[64:ff9b::a9fe:a9fe]/a/b",
            "https://[::]/a/b",
            "https://0.0.0.0/a/b",
            "https://169.254.169.254/latest/meta-data",
            "https://[fe80::1]/a/b",
            "https://10.0.0.7/a/b",
            "https://192.168.1.1/a/b",
            "https://172.20.0.1/a/b",
            "https://100.64.0.1/a/b",
            "https://[fd00::1]/a/b",
            "https://224.0.0.1/a/b",
        ] {
            assert_eq!(reach(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_person_names_plainly_is_allowed_as_far_as_they_named_it() {
        assert_eq!(reach("https://github.com/a/b"), Some(Reach::Public));
        assert_eq!(reach("https://140.82.121.4/a/b"), Some(Reach::Public));
        for text in ["http://127.0.0.1:8080/a/b", "https://[::1]/a/b", "http://localhost:1/a"] {
            assert_eq!(reach(text), Some(Reach::ThisMachine), "{text}");
        }
        let private = |text| Site::parse(text, true).ok().map(|site| site.reach());
        assert_eq!(private("https://10.0.0.7/a/b"), Some(Reach::Private));
        assert_eq!(private("https://git.corp.example/a/b"), Some(Reach::Private));
        assert_eq!(private("http://10.0.0.7/a/b"), None, "a private network is no reason to send tickets in clear");
        assert_eq!(private("https://169.254.169.254/a/b"), None, "nobody has a helpdesk there");
    }

    #[test]
    fn a_name_is_held_to_what_it_was_allowed_when_it_turns_out_to_be_something_else() {
        let admits = |text, private, ip: &str| Site::parse(text, private).unwrap().admits(ip.parse().unwrap());
        for ip in ["127.0.0.1", "::1", "10.1.1.1", "169.254.169.254", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fd00::1"]
        {
            assert!(!admits("https://tickets.example", false, ip), "{ip}");
        }
        assert!(admits("https://tickets.example", false, "140.82.121.4"));
        assert!(admits("https://tickets.example", true, "10.1.1.1"));
        assert!(!admits("https://tickets.example", true, "127.0.0.1"));
        assert!(!admits("https://tickets.example", true, "169.254.169.254"));
        assert!(admits("http://localhost:1", false, "127.0.0.1"));
        assert!(!admits("http://localhost:1", false, "140.82.121.4"));
    }

    #[test]
    fn a_refusal_repeats_no_secret() {
        for text in ["https://ann:hunter2@github.com/a", "ftp://x/?token=hunter2"] {
            let words = Site::parse(text, false).unwrap_err().to_string();
            assert!(!words.contains("hunter2"), "{words}");
        }
    }
}
