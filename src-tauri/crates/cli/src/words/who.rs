//! Who may know, in words.

use super::{
    When,
    fields::{flat, list, number, text, time},
};
use serde_json::Value;
use std::fmt::Write;

/// Of each person, and how much of each commit's first line.
const LINES: usize = 5;
const SUMMARY: usize = 80;

pub(crate) fn words(found: &Value, when: &When) -> String {
    let owners: Vec<String> = list(found, "/owners").map(|one| owner(one, when)).collect();
    if owners.is_empty() {
        return "Nobody: no line that ran is known at one release, and no case like it went to a team.".into();
    }
    let place = match text(found, "/repo") {
        "" => String::new(),
        repo => format!("By {repo} at {}:\n", text(found, "/at")),
    };
    format!("{place}{}", owners.join("\n"))
}

fn owner(one: &Value, when: &When) -> String {
    let (name, count, of) = (flat(text(one, "/name")), number(one, "/count"), number(one, "/of"));
    let at = |place: &str| time(one, place).map(|at| when.day(at));
    match text(one, "/kind") {
        "owns" => format!(
            "{name}\n    CODEOWNERS gives {count} of {of} files that ran to them, by {}",
            flat(text(one, "/pattern"))
        ),
        "wrote" => {
            let mut out = format!("{name}\n    wrote {count} of the {of} lines that ran");
            if let Some(at) = at("/at") {
                let _ = write!(out, ", last on {at}");
            }
            if let Some(at) = at("/active_at") {
                let _ = write!(out, "; committed here last on {at}");
            }
            for line in list(one, "/lines").take(LINES) {
                let commit = text(line, "/commit").get(..10).unwrap_or_default();
                let summary: String = text(line, "/summary").chars().take(SUMMARY).collect();
                let (path, summary) = (flat(text(line, "/path")), flat(&summary));
                let _ = write!(out, "\n      {path}:{}  {commit}  {summary}", number(line, "/line"));
            }
            out
        }
        _ => {
            let tickets: Vec<&str> = list(one, "/tickets").filter_map(Value::as_str).take(5).collect();
            format!("{name}\n    {count} of {of} cases like this ended there: {}", tickets.join(", "))
        }
    }
}
