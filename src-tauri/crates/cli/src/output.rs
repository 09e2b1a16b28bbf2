//! What people and scripts read. One JSON document, or plain words.

use crate::Host;
use engine::api::view::ApiErrorView;
use serde::Serialize;
use serde_json::{Value, json};
use std::{fmt, io::Write};

/// An engine's error on its way out.
#[derive(Debug)]
pub(crate) struct Failed(pub(crate) ApiErrorView);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        match &self.0.hint {
            Some(hint) => write!(f, " {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Failed {}

impl From<engine::Error> for Failed {
    fn from(error: engine::Error) -> Self {
        Self(error.view())
    }
}

/// Runs a command of the contract.
pub(crate) fn call(host: &Host, name: &str, args: &impl Serialize) -> anyhow::Result<Value> {
    let args = serde_json::to_value(args)?;
    Ok(engine::api::rpc(&host.engine, name, args).map_err(Failed)?)
}

pub(crate) fn print(json: bool, value: &impl Serialize, words: impl FnOnce() -> String) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    if json {
        serde_json::to_writer(&mut out, value)?
    } else {
        out.write_all(words().as_bytes())?
    }
    Ok(out.write_all(b"\n")?)
}

/// With `--json` a script gets the code on stdout; people get the words on stderr either way.
pub(crate) fn failure(error: &anyhow::Error, json: bool) {
    if json {
        let view = match error.downcast_ref::<Failed>() {
            Some(Failed(view)) => json!({ "error": view }),
            None => {
                json!({ "error": { "code": "failed", "message": format!("{error:#}"), "hint": null, "retryable": false } })
            }
        };
        println!("{view}");
    }
    eprintln!("precedent: {error:#}");
}

fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

fn number(value: &Value, path: &str) -> u64 {
    value.pointer(path).and_then(Value::as_u64).unwrap_or_default()
}

fn list<'a>(value: &'a Value, path: &str) -> impl Iterator<Item = &'a Value> {
    value.pointer(path).and_then(Value::as_array).into_iter().flatten()
}

fn joined(value: &Value, path: &str) -> String {
    list(value, path).filter_map(|span| span.get("text").unwrap_or(span).as_str()).collect()
}

/// The pane in words.
pub(crate) fn seen(seen: &Value) -> String {
    let mut lines = Vec::new();
    let times = number(seen, "/verdict/times");
    lines.push(match (text(seen, "/verdict/kind"), times) {
        ("seen", 0) => "Seen before: it is a known error.".into(),
        ("maybe", 0) => "Maybe a known error.".into(),
        ("seen", 1) => "Seen once before.".into(),
        ("seen", times) => format!("Seen {times} times before."),
        ("maybe", _) => format!("Maybe seen before: {times} similar."),
        _ => "Looks new.".to_owned(),
    });
    match (text(seen, "/verdict/fix/state"), text(seen, "/verdict/fix/version")) {
        ("fixed_in_yours", version) => lines.push(format!("Fixed since {version}, which this version has.")),
        ("fixed_later", version) => lines.push(format!("Fixed in {version}: upgrade.")),
        ("fixed", version) => lines.push(format!("Fixed in {version}.")),
        _ => {}
    }
    if seen.get("known_error").is_some_and(|known| !known.is_null()) {
        lines.push(format!("Known error {}: {}", text(seen, "/known_error/id"), text(seen, "/known_error/title")));
        for (at, step) in list(seen, "/known_error/workaround").enumerate() {
            lines.push(format!("  {}. {}", at + 1, step.as_str().unwrap_or_default()));
        }
    }
    for ran in list(seen, "/ran") {
        lines.push(format!(
            "Ran: {} {} [{}], in {} other tickets",
            text(ran, "/exception"),
            joined(ran, "/message"),
            text(ran, "/code"),
            number(ran, "/tickets")
        ));
    }
    for hit in list(seen, "/hits") {
        let score = hit.get("score").and_then(Value::as_f64).unwrap_or_default();
        lines.push(format!(
            "\n{score:>6.1}  {}  {}  ({})",
            text(hit, "/display_id"),
            joined(hit, "/title"),
            text(hit, "/outcome")
        ));
        if let Some(first) = text(hit, "/answer/text").lines().find(|line| !line.trim().is_empty()) {
            lines.push(format!("        {first}"));
        }
        for part in list(hit, "/receipt") {
            let detail: Vec<&str> = list(part, "/detail").filter_map(Value::as_str).take(8).collect();
            let points = part.get("points").and_then(Value::as_f64).unwrap_or_default();
            lines.push(format!(
                "        {points:>+6.1} {} {} {}",
                text(part, "/kind"),
                text(part, "/field"),
                detail.join(" ")
            ));
        }
    }
    lines.join("\n")
}

pub(crate) fn ticket(ticket: &Value) -> String {
    let mut lines = vec![
        format!("{}  {}", text(ticket, "/id"), text(ticket, "/subject")),
        format!("{} · {} · {}", text(ticket, "/status"), text(ticket, "/product"), text(ticket, "/requester")),
    ];
    for comment in list(ticket, "/comments") {
        let kind = if comment.get("public").and_then(Value::as_bool).unwrap_or(true) { "" } else { " (internal note)" };
        lines.push(format!("  {} {}{kind}", text(comment, "/role"), text(comment, "/author")));
    }
    for link in list(ticket, "/links") {
        lines.push(format!("  {} {} {}", text(link, "/kind"), text(link, "/display_id"), text(link, "/title")));
    }
    lines.join("\n")
}
