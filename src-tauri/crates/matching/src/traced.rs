//! What ran, as a trace of OpenTelemetry says it: spans and log records that name their code, and the exceptions in them.
//!
//! Read are OTLP's JSON, what the SDKs print, and exports of Jaeger and Zipkin, alone or within other text. Both generations
//! of names count: `code.function` beside `code.namespace`, and `code.function.name`.

use crate::signatures;
use domain::{Frame, Signature};
use serde_json::{Map, Value};
use std::{
    collections::{HashMap, HashSet},
    fmt::Write,
};

/// Text beyond this is not read: a trace of some ten thousand spans.
const LONGEST: usize = 16 << 20;
/// Places where JSON seems to begin, and does not.
const TRIED: usize = 64;
const MOST_SPANS: usize = 20_000;
const MOST_FRAMES: usize = 64;
const MOST_ERRORS: usize = 8;
/// Steps from a span up to the first of its trace.
const DEEPEST: usize = 200;

/// What a text holds of traces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traced {
    /// Spans and log records that name code or an exception.
    pub spans: usize,
    /// The code that they name, each place once: what failed first, and of that the innermost first.
    pub frames: Vec<Frame>,
    /// The exceptions that they hold, in the same order.
    pub errors: Vec<Signature>,
    /// What the services that failed call their version, else what all do.
    pub versions: Vec<String>,
    /// The text with blanks in the place of the JSON, each byte in its place: the words of who wrote it. `None` where there is
    /// no trace.
    pub rest: Option<String>,
}

/// A span or a log record, as far as it says something.
#[derive(Default)]
struct Said {
    id: String,
    parent: String,
    failed: bool,
    frame: Option<Frame>,
    errors: Vec<Signature>,
    version: Option<String>,
}

/// What holds for everything below a place.
#[derive(Clone, Default)]
struct Around<'a> {
    service: Option<String>,
    version: Option<String>,
    /// Jaeger names what ran a span by a key.
    processes: Option<&'a Map<String, Value>>,
}

pub fn traced(text: &str) -> Traced {
    const HINTS: [&str; 5] = ["\"spanId\"", "\"span_id\"", "\"spanID\"", "\"exception.stacktrace\"", "\"code."];
    if text.len() > LONGEST || !HINTS.iter().any(|hint| text.contains(hint)) {
        return Traced::default();
    }
    let mut said = Vec::new();
    let mut rest = text.to_owned();
    for (start, stop, value) in values(text) {
        let before = said.len();
        walk(&value, &Around::default(), &mut said);
        if said.len() > before {
            rest.replace_range(start..stop, &" ".repeat(stop - start));
        }
    }
    let mut found = in_order(said);
    found.rest = Some(rest).filter(|_| found.spans > 0);
    found
}

impl Traced {
    /// What was thrown, as a language would print it.
    pub(crate) fn thrown(&self) -> String {
        let mut out = String::new();
        for error in &self.errors {
            let message: String = error.message.iter().map(|piece| piece.text.as_str()).collect();
            let frames: Vec<&str> = error.frames.iter().map(|frame| frame.raw.as_str()).collect();
            // Writing into a text does not fail.
            let _ = write!(out, "\n{}: {message}\n{}", error.exception, frames.join("\n"));
        }
        out
    }
}

/// Every JSON object or list of a text, and where it stands. Of one that is cut off, what it holds in whole.
fn values(text: &str) -> Vec<(usize, usize, Value)> {
    let mut found = Vec::new();
    let (mut at, mut failed) = (0, 0);
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(['{', '['])).filter(|_| failed < TRIED) {
        let start = at + next;
        let rest = text.get(start..).unwrap_or_default();
        let mut read = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        if let Some(Ok(value)) = read.next() {
            at = start + read.byte_offset();
            found.push((start, at, value));
        } else {
            failed += 1;
            at = start + 1;
        }
    }
    found
}

fn walk<'a>(value: &'a Value, around: &Around<'a>, said: &mut Vec<Said>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| walk(one, around, said)),
        Value::Object(fields) => {
            let mut around = around.clone();
            if let Some(resource) = fields.get("resource").and_then(Value::as_object) {
                named(&mut around, &attributes(resource));
            }
            if let Some(Value::Object(processes)) = fields.get("processes") {
                around.processes = Some(processes);
            }
            let before = said.len();
            if said.len() < MOST_SPANS {
                said.extend(read(fields, &around));
            }
            // What a span is made of was read with it.
            if said.len() == before {
                fields.values().for_each(|one| walk(one, &around, said));
            }
        }
        _ => {}
    }
}

fn named(around: &mut Around<'_>, attributes: &[(String, String)]) {
    let said = |key: &str| attributes.iter().find(|(own, _)| own == key).map(|(_, value)| value.clone());
    around.service = said("service.name").or_else(|| around.service.take());
    around.version = said("service.version").or_else(|| around.version.take());
}

/// `None` of what is neither a span nor a record that names code or an exception.
fn read(fields: &Map<String, Value>, around: &Around<'_>) -> Option<Said> {
    let text =
        |names: &[&str]| names.iter().find_map(|name| fields.get(*name)?.as_str()).unwrap_or_default().to_owned();
    let context = fields.get("context").and_then(Value::as_object);
    let own = context.and_then(|context| context.get("span_id")?.as_str()).unwrap_or_default();
    let id = Some(text(&["spanId", "span_id", "spanID"])).filter(|id| !id.is_empty()).unwrap_or_else(|| own.to_owned());
    let attributes = attributes(fields);
    let errors = exceptions(fields, &attributes);
    let names_code = attributes.iter().any(|(key, _)| key.starts_with("code."));
    if id.is_empty() && !names_code && errors.is_empty() {
        return None;
    }
    let mut around = around.clone();
    let process = around.processes.and_then(|all| all.get(fields.get("processID")?.as_str()?)?.as_object());
    if let Some(process) = process {
        named(&mut around, &self::attributes(process));
        around.service = process.get("serviceName").and_then(Value::as_str).map(str::to_owned).or(around.service);
    }
    let mut parent = text(&["parentSpanId", "parent_span_id", "parent_id", "parentId"]);
    if let Some(Value::Array(references)) = fields.get("references") {
        let first = references.iter().find_map(|one| one.get("spanID")?.as_str());
        parent = first.unwrap_or_default().to_owned();
    }
    let name = text(&["name", "operationName"]);
    Some(Said {
        frame: frame(&attributes, &name, around.service.as_deref()),
        failed: failed(fields, &attributes) || !errors.is_empty(),
        errors,
        id,
        parent,
        version: around.version,
    })
}

/// However they are written: `[{key, value: {stringValue}}]`, `[{key, value}]`, or `{key: value}`.
fn attributes(fields: &Map<String, Value>) -> Vec<(String, String)> {
    let scalar = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is) => Some(is.to_string()),
        _ => None,
    };
    let value = |value: &Value| match value {
        Value::Object(kinds) => kinds.values().find_map(scalar),
        other => scalar(other),
    };
    let mut found = Vec::new();
    for name in ["attributes", "tags", "fields"] {
        match fields.get(name) {
            Some(Value::Array(all)) => {
                found.extend(
                    all.iter()
                        .filter_map(|one| Some((one.get("key")?.as_str()?.to_owned(), value(one.get("value")?)?))),
                );
            }
            Some(Value::Object(all)) => {
                found.extend(all.iter().filter_map(|(key, one)| Some((key.clone(), value(one)?))));
            }
            _ => {}
        }
    }
    found
}

fn said<'a>(attributes: &'a [(String, String)], keys: &[&str]) -> Option<&'a str> {
    let value = |key: &&str| attributes.iter().find(|(own, _)| own == key).map(|(_, value)| value.trim());
    keys.iter().find_map(value).filter(|value| !value.is_empty())
}

/// `None` where neither a function nor a file is named.
fn frame(attributes: &[(String, String)], name: &str, service: Option<&str>) -> Option<Frame> {
    let file = said(attributes, &["code.file.path", "code.filepath"]);
    let line = said(attributes, &["code.line.number", "code.lineno"]).and_then(|line| line.parse().ok());
    let function = match (said(attributes, &["code.function.name"]), said(attributes, &["code.function"])) {
        (Some(whole), _) => whole.to_owned(),
        (None, Some(own)) => match said(attributes, &["code.namespace"]) {
            Some(space) if !own.starts_with(space) => format!("{space}.{own}"),
            _ => own.to_owned(),
        },
        (None, None) => String::new(),
    };
    if function.is_empty() && file.is_none() {
        return None;
    }
    let what = [service.unwrap_or_default(), name].into_iter().filter(|text| !text.is_empty());
    let what = what.collect::<Vec<_>>().join(": ");
    Some(Frame {
        raw: crate::mask::clip(if what.is_empty() { &function } else { &what }, 400).to_owned(),
        function,
        file: file.map(str::to_owned),
        line,
        in_project: true,
    })
}

fn failed(fields: &Map<String, Value>, attributes: &[(String, String)]) -> bool {
    let is_error = |code: &Value| {
        code.as_u64() == Some(2)
            || code.as_str().is_some_and(|code| matches!(code, "STATUS_CODE_ERROR" | "ERROR" | "Error"))
    };
    let code = fields.get("status").and_then(|status| status.get("code").or_else(|| status.get("status_code")));
    code.is_some_and(is_error) || said(attributes, &["error"]).is_some_and(|error| error != "false")
}

/// Those of its events, and of itself where it is a record of a log.
fn exceptions(fields: &Map<String, Value>, own: &[(String, String)]) -> Vec<Signature> {
    let events = ["events", "logs"].iter().filter_map(|name| fields.get(*name)?.as_array()).flatten();
    let events = events.filter_map(|event| Some(attributes(event.as_object()?)));
    let mut found: Vec<Signature> = Vec::new();
    for attributes in events.chain(std::iter::once(own.to_vec())) {
        let Some(trace) = said(&attributes, &["exception.stacktrace", "stack", "error.stack"]) else { continue };
        let head = [["exception.type", "error.kind"], ["exception.message", "message"]];
        let head = head.iter().filter_map(|keys| said(&attributes, keys)).collect::<Vec<_>>().join(": ");
        let alone = signatures(trace);
        // Some write the frames alone.
        let whole = if alone.iter().any(|one| !one.frames.is_empty()) && trace.starts_with(|c: char| !c.is_whitespace())
        {
            alone
        } else {
            signatures(&format!("{head}\n{trace}"))
        };
        for mut one in whole.into_iter().filter(|one| !one.frames.is_empty()) {
            // It stands nowhere in the text as it is written here.
            one.span = (0, 0);
            if !found.iter().any(|known| known.canonical() == one.canonical()) {
                found.push(one);
            }
        }
    }
    found
}

fn in_order(mut said: Vec<Said>) -> Traced {
    let parents: HashMap<&str, &str> = said.iter().map(|one| (one.id.as_str(), one.parent.as_str())).collect();
    let depth = |one: &Said| {
        let mut at = one.parent.as_str();
        let mut steps = 0usize;
        while let Some(next) = parents.get(at).filter(|_| !at.is_empty() && steps < DEEPEST) {
            at = next;
            steps += 1;
        }
        steps
    };
    let depths: Vec<usize> = said.iter().map(depth).collect();
    let mut order: Vec<usize> = (0..said.len()).collect();
    let key = |at: &usize| {
        let failed = said.get(*at).is_some_and(|one| one.failed);
        (std::cmp::Reverse(failed), std::cmp::Reverse(depths.get(*at).copied().unwrap_or_default()))
    };
    order.sort_by_key(key);
    let mut found = Traced::default();
    let any_failed = said.iter().any(|one| one.failed && one.version.is_some());
    let (mut places, mut known) = (HashSet::new(), HashSet::new());
    for at in order {
        let Some(one) = said.get_mut(at).map(std::mem::take) else { continue };
        if one.frame.is_none() && one.errors.is_empty() {
            continue;
        }
        found.spans += 1;
        for error in one.errors {
            if found.errors.len() < MOST_ERRORS && known.insert(error.canonical()) {
                found.errors.push(error);
            }
        }
        if let Some(frame) = one.frame.filter(|_| found.frames.len() < MOST_FRAMES)
            && places.insert((frame.function.clone(), frame.file.clone(), frame.line))
        {
            found.frames.push(frame);
        }
        if let Some(version) =
            one.version.filter(|version| (one.failed || !any_failed) && !found.versions.contains(version))
        {
            found.versions.push(version);
        }
    }
    found
}

#[cfg(test)]
mod tests;
