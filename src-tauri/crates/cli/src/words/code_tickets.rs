//! From the code to its tickets, in words.

use super::{
    When, counted,
    fields::{flag, flat, list, number, text, time},
};
use serde_json::Value;
use std::fmt::Write;

pub(crate) fn words(found: &Value, when: &When) -> String {
    let (about, repo) = (flat(text(found, "/about")), text(found, "/repo"));
    if number(found, "/total") == 0 {
        return format!(
            "{about} in {repo}: no issue is named, by {}.",
            counted(number(found, "/commits"), "commit", "commits")
        );
    }
    let mut out = format!("{about} in {repo}: {}.", counted(number(found, "/total"), "issue", "issues"));
    for ticket in list(found, "/tickets") {
        let _ = write!(out, "\n{}", flat(text(ticket, "/key")));
        match text(ticket, "/title") {
            "" => out.push_str("  not in this workspace"),
            title => {
                let _ = write!(out, "  {} ({})", flat(title), text(ticket, "/status"));
            }
        }
        for commit in list(ticket, "/commits") {
            let at = time(commit, "/at").map(|at| when.ago(at)).unwrap_or_default();
            let name = text(commit, "/commit").get(..10).unwrap_or_default();
            let _ = write!(out, "\n  {name} {at}, {}: ", flat(text(commit, "/author")));
            let _ = write!(out, "{}{}", flat(text(commit, "/subject")), basis(text(commit, "/basis")));
            if flag(commit, "/undone") {
                out.push_str(" (somebody said that it has nothing to do with it)");
            }
        }
        let told = list(ticket, "/commits").count() as u64;
        if number(ticket, "/total") > told {
            let _ = write!(out, "\n  and {} more", number(ticket, "/total") - told);
        }
        if !text(ticket, "/told/path").is_empty() {
            let _ = write!(out, "\n  {}", super::fix::told(ticket, "/told"));
        }
    }
    if flag(found, "/cut") {
        out.push_str("\nThere is more than is told here.");
    }
    out
}

fn basis(basis: &str) -> &'static str {
    match basis {
        "mention" => " (names it beside)",
        "branch" => " (its branch is called so)",
        "merge" => " (the merge that brought it names it)",
        _ => "",
    }
}
