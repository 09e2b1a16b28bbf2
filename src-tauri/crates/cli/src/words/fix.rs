//! A fix in words: its state, where it shipped, what that means, and the commits that say so.

use super::{
    When,
    fields::{flag, flat, list, text, time},
};
use serde_json::Value;
use std::fmt::Write;

/// `v2.3.1 (published 3 days ago, told by forge)`.
fn released(release: &Value, when: &When) -> String {
    let (name, told) = (flat(text(release, "/name")), published(release, when));
    if told.is_empty() { name } else { format!("{name} {told}") }
}

/// Who tells of a release, and when it was published; empty where nobody does.
pub(crate) fn published(release: &Value, when: &When) -> String {
    let by = flat(text(release, "/told/source"));
    match time(release, "/told/at") {
        _ if by.is_empty() => by,
        Some(at) => format!("(published {}, told by {by})", when.ago(at)),
        None => format!("(told by {by})"),
    }
}

pub(crate) fn words(fix: &Value, when: &When, asked: Option<&str>) -> String {
    let mut out = format!("{} in {}: {}.", text(fix, "/reference"), text(fix, "/repo"), state(text(fix, "/state")));
    let shipped: Vec<String> = list(fix, "/releases").map(|release| released(release, when)).collect();
    if !shipped.is_empty() {
        let _ = write!(out, " First in {}.", shipped.join(", "));
    }
    let early: Vec<&str> = list(fix, "/early").map(|release| text(release, "/name")).collect();
    if !early.is_empty() {
        let _ = write!(out, " In the pre-release {}.", early.join(", "));
    }
    let by_files: Vec<&str> = list(fix, "/by_files").filter_map(Value::as_str).collect();
    if !by_files.is_empty() {
        let _ = write!(out, " By their files, which are as it left them: {}.", by_files.join(", "));
    }
    let deployed: Vec<String> = list(fix, "/deployed")
        .map(|one| {
            let by = Some(text(one, "/source")).filter(|by| !by.is_empty()).map(|by| format!(", told by {by}"));
            format!("{} ({}{})", flat(text(one, "/environment")), flat(text(one, "/release")), by.unwrap_or_default())
        })
        .collect();
    if !deployed.is_empty() {
        let _ = write!(out, " Runs in {}.", deployed.join(", "));
    }
    if text(fix, "/basis") == "notes" {
        out.push_str(" No commit says so: only the notes of the project do.");
    }
    if let Some(asked) = asked {
        let _ = write!(out, "\n{}", verdict(fix, asked));
    }
    for at in 0..list(fix, "/told").count() {
        let _ = write!(out, "\n  {}", told(fix, &format!("/told/{at}")));
        if fix.pointer(&format!("/told/{at}/agrees")) == Some(&Value::Bool(false)) {
            out.push_str(" (the commits say otherwise, and they count)");
        }
    }
    for commit in list(fix, "/commits") {
        let name = text(commit, "/commit");
        let at = time(commit, "/at").map(|at| when.ago(at)).unwrap_or_default();
        let _ = write!(out, "\n  {} {at}, {}: ", short(name), flat(text(commit, "/author")));
        out.push_str(&flat(text(commit, "/subject")));
        match text(commit, "/why") {
            "picked" => {
                let _ = write!(out, " (picked: {})", short(text(commit, "/like")));
            }
            "comment" => out.push_str(" (a comment of the ticket names it)"),
            "branch" => out.push_str(" (its branch is called so)"),
            "merged" => {
                let _ = write!(out, " (came in with {})", short(text(commit, "/like")));
            }
            "same_patch" => {
                let _ = write!(out, " (the same change as {})", short(text(commit, "/like")));
            }
            _ => {}
        }
        if let Some(by) = commit.pointer("/reverted_by").and_then(Value::as_str) {
            let _ = write!(out, " (taken back by {})", short(by));
        }
        if flag(commit, "/aside") {
            out.push_str(" (tests alone: it does not count)");
        }
        if flag(commit, "/gone") {
            out.push_str(" (no branch leads to it any more)");
        }
    }
    for other in list(fix, "/also") {
        let _ = write!(out, "\nAlso in {}: {}.", text(other, "/repo"), state(text(other, "/state")));
        let releases: Vec<&str> = list(other, "/releases").filter_map(Value::as_str).collect();
        if !releases.is_empty() {
            let _ = write!(out, " First in {}.", releases.join(", "));
        }
        if !text(other, "/verdict").is_empty() {
            let _ = write!(out, " For the version: {}.", text(other, "/verdict").replace('_', " "));
        }
    }
    if fix.pointer("/also/0").is_some() {
        let _ = write!(out, "\nName one with --repo to see its commits.");
        if text(fix, "/reference").starts_with(['#', '!']) {
            out.push_str(" A number may be another issue in each.");
        }
    }
    out
}

/// A line of the project's notes.
pub(crate) fn told(value: &Value, at: &str) -> String {
    let part = |field: &str| flat(text(value, &format!("{at}/{field}"))).to_string();
    let line = super::fields::number(value, &format!("{at}/line"));
    format!("{}:{line} says under {}: {}", part("path"), part("version"), part("text"))
}

fn short(name: &str) -> &str {
    name.get(..10).unwrap_or(name)
}

fn state(state: &str) -> &str {
    match state {
        "none" => "no commit names it",
        "reported" => "reported, and no commit names it",
        "in_progress" => "in progress on a branch",
        "in_review" => "in review",
        "merged" => "merged, and in no release yet",
        "reverted" => "merged and taken back",
        other => other,
    }
}

fn verdict(fix: &Value, asked: &str) -> String {
    match text(fix, "/verdict") {
        "affected" => format!("{asked} is affected: nothing to upgrade to has it."),
        "fixed_in_yours" => format!("{asked} has it, since {}.", text(fix, "/since")),
        "fixed_later" => format!("{asked} does not have it: upgrade to {}.", text(fix, "/upgrade_to")),
        _ => {
            let running: Vec<&str> = list(fix, "/running").filter_map(Value::as_str).collect();
            match running[..] {
                [] => format!("Unknown for {asked}: no release is called so."),
                [_] => format!("Unknown for {asked}."),
                _ => format!("Unknown for {asked}: it may be {}, and those differ.", running.join(", ")),
            }
        }
    }
}
