//! The ways in which clients of these services keep what they recorded: VCR, nock, PyGithub's lines, and bodies alone, which
//! only the name of their file says something about.

use crate::http::Response;
use flate2::read::GzDecoder;
use serde_json::Value;
use std::{
    io::Read,
    path::{Path, PathBuf},
};

/// A question and its answer.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    /// The folder right below that of all recordings.
    pub(super) service: String,
    pub(super) file: PathBuf,
    pub(super) method: String,
    /// With its query; empty where a body alone was kept.
    pub(super) path: String,
    pub(super) answer: Response,
}

impl Exchange {
    pub(super) fn route(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    /// What was asked for by name, decoded.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        let query = self.path.split_once('?').map_or("", |(_, query)| query);
        url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    pub(super) fn stem(&self) -> &str {
        self.file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
    }
}

/// Everything below this folder, and how many files it is.
pub(super) fn all(folder: &Path) -> (Vec<Exchange>, Vec<(String, PathBuf)>) {
    let (mut exchanges, mut files) = (Vec::new(), Vec::new());
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let below = entry.strip_prefix(folder).unwrap();
            let service = below.iter().next().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            // What lies right in the folder is about recordings, and is none.
            if below.iter().count() > 1 && entry.extension().is_some_and(|end| end == "json" || end == "txt") {
                exchanges.extend(read(&service, &entry));
                files.push((service, entry));
            }
        }
    }
    files.sort();
    exchanges.sort_by(|a, b| a.file.cmp(&b.file));
    (exchanges, files)
}

fn read(service: &str, file: &Path) -> Vec<Exchange> {
    let raw = std::fs::read(file).unwrap();
    let text = String::from_utf8_lossy(&raw);
    let of = |method: &str, path: String, answer| Exchange {
        service: service.to_owned(),
        file: file.to_owned(),
        method: method.to_uppercase(),
        path,
        answer,
    };
    let told: Value = serde_json::from_str(&text).unwrap_or_default();
    if let Some(kept) = told.get("http_interactions").and_then(Value::as_array) {
        return kept.iter().map(|one| of(str_at(one, "/request/method"), vcr_path(one), vcr(one))).collect();
    }
    let nock: Vec<&Value> = match &told {
        Value::Array(kept) => kept.iter().collect(),
        one => vec![one],
    };
    if nock.first().is_some_and(|one| one.get("scope").is_some() && one.get("path").is_some()) {
        return nock
            .iter()
            .map(|one| of(str_at(one, "/method"), str_at(one, "/path").to_owned(), nocked(one)))
            .collect();
    }
    if text.starts_with("http") {
        return lines(&text).into_iter().map(|(method, path, answer)| of(&method, path, answer)).collect();
    }
    if told.is_null() {
        return Vec::new();
    }
    let answer = Response { status: 200, headers: Vec::new(), body: raw.clone() };
    vec![of("GET", String::new(), answer)]
}

fn str_at<'v>(value: &'v Value, at: &str) -> &'v str {
    value.pointer(at).and_then(Value::as_str).unwrap_or_default()
}

fn vcr_path(one: &Value) -> String {
    let address = str_at(one, "/request/uri");
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default().to_owned()
}

fn vcr(one: &Value) -> Response {
    let status = one.pointer("/response/status/code").and_then(Value::as_u64).unwrap_or_default();
    let headers = one.pointer("/response/headers").and_then(Value::as_object);
    let headers = headers.into_iter().flatten().filter_map(|(name, values)| {
        let value = values.as_str().or_else(|| values.get(0)?.as_str())?;
        Some((name.to_lowercase(), value.to_owned()))
    });
    let body = match one.pointer("/response/body/base64_string").and_then(Value::as_str) {
        Some(packed) => unpacked(from_base64(packed)),
        None => str_at(one, "/response/body/string").into(),
    };
    Response { status: status as u16, headers: headers.collect(), body }
}

fn nocked(one: &Value) -> Response {
    let status = one.get("status").and_then(|status| status.as_u64().or_else(|| status.as_str()?.parse().ok()));
    let mut headers: Vec<(String, String)> = Vec::new();
    if let Some(named) = one.get("headers").and_then(Value::as_object) {
        headers
            .extend(named.iter().map(|(name, value)| (name.to_lowercase(), value.as_str().unwrap_or_default().into())));
    }
    if let Some(raw) = one.get("rawHeaders").and_then(Value::as_array) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        headers.extend(raw.chunks(2).filter_map(|pair| Some((text(pair.first()?).to_lowercase(), text(pair.get(1)?)))));
    }
    let packed: Option<Vec<u8>> = one.get("response").and_then(Value::as_array).and_then(|parts| {
        let parts: Option<Vec<&str>> = parts.iter().map(Value::as_str).collect();
        from_hex(&parts?.concat())
    });
    let body = match (packed, one.get("response")) {
        (Some(packed), _) => unpacked(packed),
        (None, Some(Value::String(text))) => text.clone().into_bytes(),
        (None, told) => told.map(|told| told.to_string().into_bytes()).unwrap_or_default(),
    };
    Response { status: status.unwrap_or_default() as u16, headers, body }
}

/// Scheme, verb, host, port, address, headers, body; status, headers, body, and an empty line.
fn lines(text: &str) -> Vec<(String, String, Response)> {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some([scheme, verb, _, _, path, _, _, status, headers, body]) = lines.get(at..at + 10) {
        let Ok(status) = status.trim().parse() else {
            at += 1;
            continue;
        };
        if !scheme.starts_with("http") {
            at += 1;
            continue;
        }
        let pairs = quoted(headers);
        let pairs = pairs.chunks(2).filter_map(|pair| Some((pair.first()?.to_lowercase(), pair.get(1)?.clone())));
        let answer = Response { status, headers: pairs.collect(), body: body.as_bytes().to_vec() };
        found.push(((*verb).to_owned(), (*path).to_owned(), answer));
        at += 11;
    }
    found
}

/// The texts of a Python list of pairs.
fn quoted(list: &str) -> Vec<String> {
    let (mut texts, mut open): (Vec<String>, Option<char>) = (Vec::new(), None);
    let mut letters = list.chars();
    while let Some(letter) = letters.next() {
        match open {
            None if letter == '\'' || letter == '"' => {
                texts.push(String::new());
                open = Some(letter);
            }
            Some(end) if letter == end => open = None,
            Some(_) => {
                let letter = if letter == '\\' { letters.next().unwrap_or_default() } else { letter };
                texts.last_mut().unwrap().push(letter);
            }
            None => {}
        }
    }
    texts
}

fn from_base64(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0u32, 0);
    for six in text.bytes().filter_map(value) {
        (held, bits) = (held << 6 | u32::from(six), bits + 6);
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    bytes
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

fn unpacked(bytes: Vec<u8>) -> Vec<u8> {
    let mut plain = Vec::new();
    match GzDecoder::new(bytes.as_slice()).read_to_end(&mut plain) {
        Ok(_) => plain,
        Err(_) => bytes,
    }
}
