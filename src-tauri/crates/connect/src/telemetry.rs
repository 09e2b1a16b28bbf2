//! What a text names of Datadog: traces, log lines and issues of its error tracking, each by its id, with where it is opened.
//!
//! Nobody is asked: an address is made from the id, and the rest of an address that somebody pasted is dropped. The ids are
//! those of the vendor's recordings; the addresses of its explorers are those that its documentation and its users show,
//! **not checked against a live account**. An event's id looks as a log line's does, and is taken for one.

use crate::pull::{Setup, datadog_region};
use domain::Millis;
use url::Url;

/// A log that was pasted names hundreds; the first ones lead there.
const MOST: usize = 12;
/// No body is looked through further.
const READ: usize = 256 << 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Trace,
    /// A line of a log.
    Log,
    /// Of the error tracking.
    Issue,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trace => "trace",
            Self::Log => "log",
            Self::Issue => "issue",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub kind: Kind,
    pub id: String,
    /// Where it is opened.
    pub url: String,
    /// Where the lines of a trace's logs are.
    pub logs: Option<String>,
    /// When it happened, where the id says so.
    pub at: Option<Millis>,
}

/// Where people open what this source has: `https://app.datadoghq.eu`. `None` for every other kind of source.
pub fn app(setup: &Setup) -> Option<String> {
    let site = setup.site().ok().filter(|_| setup.kind == "datadog")?;
    if site.reach() == crate::http::Reach::ThisMachine {
        return Some(site.origin());
    }
    datadog_region(&site.host()).map(app_of)
}

/// In the order of the text, each once. An id alone leads to every one of `apps`; an address says by itself where to.
pub fn named(text: &str, apps: &[String], found: &mut Vec<Named>) {
    let text = text.get(..text.floor_char_boundary(READ)).unwrap_or(text);
    let mut key = String::new();
    for word in text.split(|c: char| c.is_whitespace() || "\"'`<>()[]{}|,;\\".contains(c)) {
        if word.starts_with("https://") {
            // In HTML the parts of a query are joined so.
            if let Some((kind, id, app)) = address(&word.replace("&amp;", "&")) {
                note(found, kind, &id, &[app]);
            }
            continue;
        }
        for part in word.split(['=', ':']).map(|part| part.trim_end_matches('.')).filter(|part| !part.is_empty()) {
            if let Some(id) = trace_after(&key, part) {
                note(found, Kind::Trace, &id, apps);
            } else if log_time(part).is_some() {
                note(found, Kind::Log, part, apps);
            }
            key = part.to_ascii_lowercase();
        }
    }
}

fn note(found: &mut Vec<Named>, kind: Kind, id: &str, apps: &[String]) {
    for app in apps {
        let url = match kind {
            Kind::Trace => format!("{app}/apm/trace/{id}"),
            Kind::Log => format!("{app}/logs?event={id}"),
            Kind::Issue => format!("{app}/error-tracking?issueId={id}"),
        };
        if found.len() < MOST && found.iter().all(|known| known.url != url) {
            let logs = (kind == Kind::Trace).then(|| format!("{app}/logs?query=trace_id%3A{id}"));
            found.push(Named { kind, id: id.to_owned(), url, logs, at: log_time(id).filter(|_| kind == Kind::Log) });
        }
    }
}

/// What an address of the explorers shows, and where they are.
fn address(text: &str) -> Option<(Kind, String, String)> {
    let url = Url::parse(text.trim_end_matches(['.', ':', '!'])).ok()?;
    let host = url.host_str()?;
    datadog_region(host)?;
    let mut path = url.path_segments()?;
    let query = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let (kind, id) = match (path.next()?, path.next()) {
        ("apm", Some("trace")) => (Kind::Trace, path.next()?.to_owned()),
        ("logs", _) => (Kind::Log, query("event")?),
        ("error-tracking", Some("issue")) => (Kind::Issue, path.next()?.to_owned()),
        ("error-tracking", _) => (Kind::Issue, query("issueId")?),
        _ => return None,
    };
    // It becomes part of an address again.
    let plain =
        (4..=200).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    plain.then(|| (kind, id, format!("https://{host}")))
}

/// The id of a trace, as Datadog writes it, where the word before says that one follows.
fn trace_after(key: &str, word: &str) -> Option<String> {
    let key: String = key.chars().filter(|letter| letter.is_ascii_alphanumeric()).collect();
    if key == "traceparent" {
        // 00-TRACE-SPAN-FLAGS
        let id = word.split('-').nth(1).filter(|_| word.len() == 55)?;
        return trace_id(id);
    }
    ["traceid", "ddtraceid", "xdatadogtraceid", "datadogtraceid", "oteltraceid"]
        .contains(&key.as_str())
        .then(|| trace_id(word))
        .flatten()
}

/// Half of an id in hexadecimal is a number to Datadog.
fn trace_id(word: &str) -> Option<String> {
    if word.bytes().all(|byte| byte == b'0') {
        return None;
    }
    let hex = word.bytes().all(|byte| byte.is_ascii_hexdigit());
    match word.len() {
        12..=20 if word.bytes().all(|byte| byte.is_ascii_digit()) => word.parse::<u64>().ok().map(|_| word.to_owned()),
        16 if hex => u64::from_str_radix(word, 16).ok().map(|id| id.to_string()),
        32 if hex => Some(word.to_ascii_lowercase()),
        _ => None,
    }
}

/// A log line's id begins with a version and the time of the line, in URL-safe base 64: no other word looks so.
fn log_time(word: &str) -> Option<Millis> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if !(40..=200).contains(&word.len()) || !word.starts_with('A') || !word.bytes().all(plain) {
        return None;
    }
    let mut bits: u128 = 0;
    for byte in word.bytes().take(12) {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            _ => 63,
        };
        bits = bits << 6 | u128::from(six);
    }
    let (version, millis) = (bits >> 64, i64::try_from(bits & u128::from(u64::MAX)).ok()?);
    // From 2015 to 2070.
    ((1..=3).contains(&version) && (1_420_070_400_000..3_155_760_000_000).contains(&millis)).then_some(Millis(millis))
}

/// `datadoghq.eu` is opened under `app.`, the newer regions under their own names.
pub(crate) fn app_of(region: &str) -> String {
    let own = region.split('.').count() > 2;
    if own { format!("https://{region}") } else { format!("https://app.{region}") }
}

#[cfg(test)]
mod tests;
