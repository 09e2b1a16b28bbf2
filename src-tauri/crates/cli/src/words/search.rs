//! What a search found, tier by tier.

use super::fields::{flat, list, number, spans, text};
use serde_json::Value;

pub(crate) fn words(reply: &Value) -> String {
    let mut lines: Vec<String> = Vec::new();
    if let Some(name) = reply.get("not_a_field").and_then(Value::as_str) {
        lines.push(format!("\"{name}\" is no field: it was searched for as words.\n"));
    }
    // What was found as it was typed needs no word where nothing else was.
    let mut tier = if list(reply, "/tiers").count() > 1 { "" } else { "exact" };
    let mut shown = 0;
    for hit in list(reply, "/hits") {
        if text(hit, "/tier") != tier {
            tier = text(hit, "/tier");
            let first = if shown == 0 { "" } else { "\n" };
            lines.push(format!("{first}{}:", heading(tier)));
        }
        shown += 1;
        let (id, status) = (flat(text(hit, "/display_id")), flat(text(hit, "/status")));
        lines.push(format!("{id:<14} {status:<10} {}", flat(&spans(hit, "/title"))));
    }
    let total = number(reply, "/total");
    if total == 0 {
        lines.push("Nothing found.".into());
        return lines.join("\n");
    }
    for facet in list(reply, "/facets") {
        lines.push(self::facet(facet));
    }
    let counts: Vec<String> = list(reply, "/tiers")
        .filter(|count| text(count, "/tier") != "exact")
        .map(|count| format!("{} {}", number(count, "/count"), said(text(count, "/tier"))))
        .collect();
    let so = if counts.is_empty() { String::new() } else { format!(", {}", counts.join(", ")) };
    let part = if shown < total { format!("{shown} of {total} shown") } else { format!("{total} found") };
    lines.push(format!("{part}{so}."));
    lines.join("\n")
}

fn heading(tier: &str) -> &'static str {
    match tier {
        "exact" => "Exact",
        "prefix" => "Begins so",
        "typo" => "Spelled nearly so",
        _ => "Some of the words",
    }
}

fn said(tier: &str) -> &'static str {
    match tier {
        "prefix" => "that begin so",
        "typo" => "spelled nearly so",
        _ => "with some of the words",
    }
}

fn facet(facet: &Value) -> String {
    let values = list(facet, "/values").map(|value| {
        let mark = if value.get("chosen").and_then(Value::as_bool) == Some(true) { "*" } else { "" };
        format!("{mark}{} {}", flat(text(value, "/name")), number(value, "/count"))
    });
    let more = match number(facet, "/more") {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{:<10} {}{more}", format!("{}:", text(facet, "/field")), values.collect::<Vec<_>>().join(" · "))
}
