//! Repositories and their releases, in words.

use super::{
    When, counted,
    fields::{flag, flat, list, number, text, time},
};
use serde_json::Value;
use std::fmt::Write;

pub(crate) fn all(repos: &Value, when: &When) -> String {
    let lines: Vec<String> = list(repos, "").map(|repo| line(repo, when)).collect();
    if lines.is_empty() {
        return "There is no repository yet. `precedent code add PATH_OR_URL` adds one.".into();
    }
    lines.join("\n")
}

pub(crate) fn line(repo: &Value, when: &When) -> String {
    let mut line = format!(
        "{}: {}, {}, {} named",
        text(repo, "/name"),
        counted(number(repo, "/commits"), "commit", "commits"),
        counted(number(repo, "/releases"), "release", "releases"),
        counted(number(repo, "/issues"), "issue", "issues")
    );
    if let Some(newest) = repo.pointer("/newest").and_then(Value::as_str) {
        let _ = write!(line, "; newest {newest}");
    }
    match time(repo, "/read_at") {
        Some(at) => {
            let _ = write!(line, "; read {}", when.ago(at));
        }
        None => line.push_str("; not read yet"),
    }
    if let Some(url) = repo.pointer("/url").and_then(Value::as_str) {
        let _ = write!(line, "\n  from {url}");
    }
    let _ = write!(line, "\n  {}", text(repo, "/path"));
    if !flag(repo, "/whole") {
        line.push_str("\n  Not everything in it could be read: some of its history is missing here.");
    }
    line
}

pub(crate) fn releases(found: &Value, asked: Option<&str>, when: &When) -> String {
    let lines: Vec<String> = list(found, "/releases")
        .map(|release| {
            let kind = if flag(release, "/prerelease") { "pre-release" } else { "" };
            let at = time(release, "/at").map(|at| when.ago(at)).unwrap_or_default();
            let (name, commit) = (flat(text(release, "/name")), text(release, "/commit"));
            // Of what the clone does not have, there may be no commit.
            let commit = commit.get(..10).unwrap_or(commit);
            let told = super::fix::published(release, when);
            let line = format!("{name:<28} {:<10} {commit:<10} {at:<16} {kind} {told}", text(release, "/line"));
            line.trim_end().to_owned()
        })
        .collect();
    match (&lines[..], asked) {
        ([], Some(asked)) => format!("Unknown: no release of {} is {asked}.", text(found, "/repo")),
        ([], None) => format!("{} has no tags that name a version.", text(found, "/repo")),
        ([_, _, ..], Some(asked)) => format!("{asked} may mean any of these:\n{}", lines.join("\n")),
        _ => lines.join("\n"),
    }
}
