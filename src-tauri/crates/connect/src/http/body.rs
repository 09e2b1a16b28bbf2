//! An answer's body, unpacked as it comes and cut where it gets too large: a megabyte can unpack to a thousand.

use super::Failure;
use flate2::write::MultiGzDecoder;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use std::io::{self, Write};

/// The largest answer, unpacked. A page of a hundred tickets has a few hundred kilobytes.
pub(super) const LARGEST: usize = 64 << 20;

pub(super) async fn read(host: &str, encoding: Option<&str>, mut body: Incoming) -> Result<Vec<u8>, Failure> {
    let mut into = match encoding.map(str::trim) {
        None | Some("" | "identity") => Unpack::Plain(Capped::default()),
        Some("gzip" | "x-gzip") => Unpack::Gzip(Box::new(MultiGzDecoder::new(Capped::default()))),
        Some(_) => {
            return Err(Failure::Unreadable {
                host: host.into(),
                reason: "it is packed in a way that nobody asked for".into(),
            });
        }
    };
    let failed = |cause: &io::Error, full: bool| match full {
        true => Failure::TooLarge { host: host.into(), limit: (LARGEST >> 20) as u64 },
        false => Failure::Unreadable { host: host.into(), reason: format!("it cannot be unpacked ({cause})") },
    };
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| ended(&error, host))?;
        if let Ok(data) = frame.into_data() {
            into.write_all(&data).map_err(|cause| failed(&cause, into.is_full()))?;
        }
    }
    into.finish().map_err(|cause| failed(&cause, false))
}

/// An answer is text of Unicode; one that says that it is Latin-1, or is neither, is read as well as it can be: one letter that
/// is amiss is not worth a record, and would be amiss each time it is asked for.
pub(super) fn text(body: Vec<u8>, kind: Option<&str>) -> Vec<u8> {
    if std::str::from_utf8(&body).is_ok() {
        return body;
    }
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    if ["iso-8859-1", "latin1", "windows-1252"].iter().any(|name| kind.contains(name)) {
        return body.iter().map(|byte| char::from(*byte)).collect::<String>().into_bytes();
    }
    String::from_utf8_lossy(&body).into_owned().into_bytes()
}

/// What it means when there is no answer, or no end of it.
pub(super) fn ended(error: &hyper::Error, host: &str) -> Failure {
    let host = host.to_owned();
    let mut cause = std::error::Error::source(error);
    while let Some(found) = cause {
        if found.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::TimedOut) {
            return Failure::Silent { host };
        }
        cause = found.source();
    }
    if error.is_parse() {
        return Failure::Unreadable { host, reason: "it is not HTTP".into() };
    }
    Failure::BrokenOff { host }
}

enum Unpack {
    Plain(Capped),
    Gzip(Box<MultiGzDecoder<Capped>>),
}

impl Unpack {
    fn write_all(&mut self, data: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.write_all(data),
            Self::Gzip(out) => out.write_all(data),
        }
    }

    fn is_full(&self) -> bool {
        match self {
            Self::Plain(out) => out.full,
            Self::Gzip(out) => out.get_ref().full,
        }
    }

    /// Checks that nothing is missing.
    fn finish(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Plain(out) => Ok(out.bytes),
            Self::Gzip(out) => out.finish().map(|out| out.bytes),
        }
    }
}

#[derive(Default)]
struct Capped {
    bytes: Vec<u8>,
    full: bool,
}

impl Write for Capped {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + data.len() > LARGEST {
            self.full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(data);
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
