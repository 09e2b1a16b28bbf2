//! The proxy of this machine, where its administrator set one. It carries `https` alone, as an opaque tunnel: it sees
//! which host is asked and how much, and nothing else.

use super::{Failure, Site};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use url::Url;

/// Whom to ask for a tunnel, and for which hosts not to.
#[derive(Clone, Default)]
pub struct Proxy {
    /// Host and port.
    via: Option<(String, u16)>,
    /// The header's value: `Basic …`.
    credentials: Option<SecretString>,
    except: Vec<String>,
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({})", self.name())
    }
}

impl Proxy {
    /// `HTTPS_PROXY` and `NO_PROXY`, in either case of letters.
    pub fn from_environment() -> Result<Self, Failure> {
        let var = |name: &str| {
            let found = std::env::var(name).or_else(|_| std::env::var(name.to_lowercase()));
            found.ok().filter(|value| !value.is_empty())
        };
        match var("HTTPS_PROXY") {
            None => Ok(Self::default()),
            Some(via) => Self::at(&via, &var("NO_PROXY").unwrap_or_default()),
        }
    }

    pub fn at(via: &str, except: &str) -> Result<Self, Failure> {
        let text = if via.contains("://") { via.to_owned() } else { format!("http://{via}") };
        let refused = || Failure::BadAddress {
            address: "the proxy in HTTPS_PROXY".into(),
            because: "write it like http://proxy.example:3128",
        };
        let url = Url::parse(&text).map_err(|_| refused())?;
        let host = url.host_str().filter(|_| url.scheme() == "http").ok_or_else(refused)?;
        let credentials = (!url.username().is_empty()).then(|| {
            let pair = format!("{}:{}", decoded(url.username()), decoded(url.password().unwrap_or_default()));
            SecretString::from(format!("Basic {}", base64(pair.as_bytes())))
        });
        let except = except.split(',').map(|host| host.trim().trim_start_matches('.').to_lowercase());
        Ok(Self {
            via: Some((host.trim_matches(['[', ']']).to_owned(), url.port().unwrap_or(80))),
            credentials,
            except: except.filter(|host| !host.is_empty()).collect(),
        })
    }

    /// The proxy for this site. This machine and hosts that were excepted are asked directly.
    pub(super) fn to(&self, site: &Site) -> Option<(&str, u16)> {
        let host = site.host();
        let excepted = self.except.iter().any(|except| {
            except == "*"
                || host == *except
                || host.strip_suffix(except.as_str()).is_some_and(|rest| rest.ends_with('.'))
        });
        let direct = !site.https || site.reach() == super::Reach::ThisMachine || excepted;
        self.via.as_ref().filter(|_| !direct).map(|(host, port)| (host.as_str(), *port))
    }

    /// The request that opens the tunnel.
    pub(super) fn greeting(&self, site: &Site) -> SecretString {
        let to = format!("{}:{}", site.host, site.port);
        let mut text = format!("CONNECT {to} HTTP/1.1\r\nhost: {to}\r\n");
        if let Some(credentials) = &self.credentials {
            text.push_str(&format!("proxy-authorization: {}\r\n", credentials.expose_secret()));
        }
        text.push_str("\r\n");
        text.into()
    }

    /// For people.
    pub fn name(&self) -> String {
        self.via.as_ref().map_or_else(|| "none".into(), |(host, port)| format!("{host}:{port}"))
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex.filter(|_| *first == b'%') {
            Some(byte) => (bytes.push(byte), rest = after.get(2..).unwrap_or_default()).1,
            None => (bytes.push(*first), rest = after).1,
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let letter = LETTERS.get((group >> (18 - 6 * at) & 63) as usize).copied().unwrap_or(b'=');
            out.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(text: &str) -> Site {
        Site::parse(text, false).unwrap()
    }

    #[test]
    fn this_machine_and_excepted_hosts_are_asked_directly() {
        let proxy = Proxy::at("http://proxy.corp.example:3128", "git.corp.example, .internal.example").unwrap();
        assert_eq!(proxy.to(&site("https://api.github.com")), Some(("proxy.corp.example", 3128)));
        for direct in
            ["http://127.0.0.1:8080", "https://localhost", "https://git.corp.example", "https://a.internal.example"]
        {
            assert_eq!(proxy.to(&site(direct)), None, "{direct}");
        }
        assert_eq!(proxy.to(&site("https://notgit.corp.example")), Some(("proxy.corp.example", 3128)));
    }

    #[test]
    fn a_proxys_password_reaches_the_proxy_and_no_message() {
        let proxy = Proxy::at("http://ann:p%40ss@proxy.example:8080", "").unwrap();
        let greeting = proxy.greeting(&site("https://api.github.com"));
        // printf 'ann:p@ss' | base64
        assert!(greeting.expose_secret().contains("proxy-authorization: Basic YW5uOnBAc3M=\r\n"));
        assert!(greeting.expose_secret().starts_with("CONNECT api.github.com:443 HTTP/1.1\r\n"));
        assert!(!format!("{proxy:?}").contains("p@ss"));
        assert!(!Proxy::at("socks5://ann:hunter2@x", "").unwrap_err().to_string().contains("hunter2"));
    }

    #[test]
    fn base64_is_what_everybody_else_calls_base64() {
        for (text, expected) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }
}
