//! Where the browser comes back to: a socket on this machine that waits for one code, for a few minutes.

use super::PLACE;
use crate::Failure;
use secrecy::SecretString;
use std::{
    io::{ErrorKind, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    time::{Duration, Instant},
};
use url::Url;

/// A person signs in meanwhile, perhaps with a second factor.
const PATIENCE: Duration = Duration::from_secs(5 * 60);
const LOOK: Duration = Duration::from_millis(50);
/// A browser's first line and headers.
const LONGEST: usize = 16 << 10;
/// For a browser on the same machine.
const SLOWEST: Duration = Duration::from_secs(5);

pub struct Callback(TcpListener);

impl Callback {
    /// Listens on this machine alone. `port` 0 is any that is free.
    pub fn open(port: u16) -> Result<Self, Failure> {
        let taken = |_| Failure::PortTaken { port };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(taken)?;
        listener.set_nonblocking(true).map_err(taken)?;
        Ok(Self(listener))
    }

    pub fn port(&self) -> u16 {
        self.0.local_addr().map_or(0, |address| address.port())
    }

    /// The code that comes with this state, from the service `host`. Whatever else knocks is sent away and changes nothing.
    pub fn wait(self, host: &str, state: &str, cancelled: &dyn Fn() -> bool) -> Result<SecretString, Failure> {
        let failed = |said: &str| Failure::SignIn { host: host.to_owned(), said: said.to_owned() };
        let until = Instant::now() + PATIENCE;
        loop {
            if cancelled() {
                return Err(Failure::Cancelled);
            }
            let stream = match self.0.accept() {
                Ok((stream, _)) => stream,
                Err(cause) if cause.kind() == ErrorKind::WouldBlock => {
                    if Instant::now() > until {
                        return Err(failed("nobody signed in within five minutes"));
                    }
                    std::thread::sleep(LOOK);
                    continue;
                }
                Err(_) => return Err(failed("this machine stopped listening")),
            };
            match self.hear(stream, state) {
                Heard::Code(code) => return Ok(code),
                Heard::Refused(said) => return Err(failed(&said)),
                Heard::Noise => {}
            }
        }
    }

    fn hear(&self, mut stream: TcpStream, state: &str) -> Heard {
        let Some(head) = head_of(&mut stream) else { return Heard::Noise };
        let heard = understand(&head, self.port(), state);
        let (status, words) = match &heard {
            Heard::Code(_) => ("200 OK", "You are signed in. This page can be closed."),
            Heard::Refused(_) => ("200 OK", "Nobody was signed in. Precedent says why; this page can be closed."),
            Heard::Noise => ("404 Not Found", "There is nothing here."),
        };
        // Nothing of what came is repeated, nothing runs, and the code does not travel on in a referrer.
        let page = format!(
            "<!doctype html><meta charset=utf-8><title>Precedent</title><body style=\"font:1rem system-ui;margin:4rem\"><p>{words}"
        );
        let answer = format!(
            "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\ncache-control: no-store\r\nreferrer-policy: no-referrer\r\ncontent-security-policy: default-src 'none'; style-src 'unsafe-inline'\r\nconnection: close\r\n\r\n{page}",
            page.len()
        );
        // The browser may be gone; what it brought counts.
        let _ = stream.write_all(answer.as_bytes());
        heard
    }
}

enum Heard {
    Code(SecretString),
    /// In the service's words.
    Refused(String),
    Noise,
}

fn head_of(stream: &mut TcpStream) -> Option<String> {
    stream.set_nonblocking(false).ok()?;
    stream.set_read_timeout(Some(SLOWEST)).ok()?;
    stream.set_write_timeout(Some(SLOWEST)).ok()?;
    let until = Instant::now() + SLOWEST;
    let (mut head, mut some) = (Vec::new(), [0; 1024]);
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut some).ok().filter(|read| *read > 0)?;
        head.extend(some.iter().take(read));
        if head.len() > LONGEST || Instant::now() > until {
            return None;
        }
    }
    String::from_utf8(head).ok()
}

/// A page elsewhere may point a browser here; it does not know the state, and its name is not ours.
fn understand(head: &str, port: u16, state: &str) -> Heard {
    let mut lines = head.lines();
    let path = lines.next().and_then(|line| line.strip_prefix("GET ")).and_then(|line| line.split(' ').next());
    let Some(path) = path else { return Heard::Noise };
    let host = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("host").then(|| value.trim().to_owned())
    });
    let ours = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    if !host.is_some_and(|host| ours.contains(&host)) {
        return Heard::Noise;
    }
    let Ok(url) = Url::parse(&format!("http://127.0.0.1{path}")) else { return Heard::Noise };
    let told = |wanted: &str| url.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned());
    if url.path() != PLACE || told("state").as_deref() != Some(state) {
        return Heard::Noise;
    }
    match (told("code").filter(|code| !code.is_empty()), told("error_description").or_else(|| told("error"))) {
        (Some(code), _) => Heard::Code(code.into()),
        (None, said) => {
            let said = said.unwrap_or_else(|| "it gave no reason".into());
            Heard::Refused(said.chars().filter(|letter| !letter.is_control()).take(200).collect())
        }
    }
}
