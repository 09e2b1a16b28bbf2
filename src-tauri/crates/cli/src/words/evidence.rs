//! What is found out about an escalation, in words.

use super::{
    When,
    fields::{flag, flat, list, number, text, time},
};
use serde_json::Value;
use std::fmt::Write;

pub(crate) fn draft(draft: &Value) -> String {
    let mut out = format!("// {} goes to {}\n", text(draft, "/language"), text(draft, "/path"));
    let command: Vec<&str> = list(draft, "/command").filter_map(Value::as_str).collect();
    let run =
        if command.is_empty() { "the repository does not say how its tests run".into() } else { command.join(" ") };
    let _ = writeln!(out, "// run as: {run}");
    if !text(draft, "/missing").is_empty() {
        let _ = writeln!(out, "// {} is not on this machine", text(draft, "/missing"));
    }
    let good = match text(draft, "/good") {
        "" => "no release with a fix is known".to_owned(),
        good => format!("green at {good}"),
    };
    let _ = writeln!(out, "// red at {}; {good}\n", text(draft, "/bad"));
    out + text(draft, "/text")
}

/// The newest run.
pub(crate) fn trials(escalation: &Value) -> String {
    let newest = list(escalation, "/evidence").find_map(|one| one.get("trials").filter(|trials| !trials.is_null()));
    let Some(trials) = newest else { return "No test was run yet.".into() };
    let mut out = String::new();
    for at in ["/bad", "/good"] {
        let Some(trial) = trials.pointer(at).filter(|trial| !trial.is_null()) else { continue };
        let (version, outcome) = (text(trial, "/at"), text(trial, "/outcome").replace('_', " "));
        let _ = write!(
            out,
            "At {version}: {outcome}, in {} s.\n{}\n",
            number(trial, "/seconds"),
            text(trial, "/log").trim_end()
        );
    }
    out.push_str(match text(trials, "/verdict") {
        "proven" => "Red where the problem is and green where its fix is.",
        "red" => "Red where the problem is; no version with a fix was asked for.",
        "not_red" => "It passes where the problem is: it does not show it yet.",
        "not_green" => "It fails where the fix is, too: it shows something else, or is not complete.",
        _ => "It did not come to the test at one of them: it proves nothing yet.",
    });
    out.push_str(" Kept with the escalation.");
    out
}

/// The newest search.
pub(crate) fn bisect(escalation: &Value, when: &When) -> String {
    let newest = list(escalation, "/evidence").find_map(|one| one.get("bisect").filter(|bisect| !bisect.is_null()));
    let Some(found) = newest else {
        return "No search was begun. `precedent bisect start ID` does.".into();
    };
    let line = |commit: &Value| {
        let at = time(commit, "/at").map(|at| when.ago(at)).unwrap_or_default();
        let near = match text(commit, "/near") {
            "" => String::new(),
            near => format!(" ({})", near.replace('_', " ")),
        };
        let name = text(commit, "/commit").get(..10).unwrap_or_default();
        format!("{name} {at}, {}: {}{near}", flat(text(commit, "/author")), flat(text(commit, "/subject")))
    };
    let mut out =
        format!("From {} (good) to {} (bad) in {}.", text(found, "/good"), text(found, "/bad"), text(found, "/repo"));
    for said in list(found, "/said") {
        let by = if flag(said, "/by_test") { ", says the test" } else { "" };
        let _ = write!(out, "\n  {}{by}: {}", text(said, "/said"), line(said.get("commit").unwrap_or(&Value::Null)));
    }
    if flag(found, "/contradiction") {
        out.push_str("\nThat cannot all be so: a good commit has a bad one behind it. Take one back with unsay.");
        return out;
    }
    if let Some(first) = found.get("found").filter(|first| !first.is_null()) {
        let _ = write!(out, "\nThe first bad commit:\n  {}", line(first));
        return out;
    }
    let _ = write!(out, "\n{} commits left, about {} tries.", number(found, "/left"), number(found, "/steps"));
    match found.get("next").filter(|next| !next.is_null()) {
        Some(next) => {
            let _ = write!(out, "\nTry next:\n  {}", line(next));
        }
        None => {
            out.push_str("\nNothing is left to be tried: it is one of these:");
            list(found, "/remaining").for_each(|commit| {
                let _ = write!(out, "\n  {}", line(commit));
            });
            return out;
        }
    }
    let suspects: Vec<String> = list(found, "/suspects").map(line).collect();
    if !suspects.is_empty() {
        let _ = write!(out, "\nNearest to the ticket, worth trying first:\n  {}", suspects.join("\n  "));
    }
    let remaining: Vec<String> = list(found, "/remaining").map(line).collect();
    if !remaining.is_empty() {
        let _ = write!(out, "\nAll that are left:\n  {}", remaining.join("\n  "));
    }
    out
}

/// Files that were added to a ticket.
pub(crate) fn added(all: &Value) -> String {
    let lines = list(all, "").map(|one| file(one.get("file").unwrap_or(&Value::Null)));
    lines.collect::<Vec<_>>().join("\n")
}

fn file(one: &Value) -> String {
    let mut out = format!("{:>4}  {}  {}", number(one, "/id"), text(one, "/kind"), text(one, "/name"));
    if text(one, "/kind") != "replay" {
        let _ = write!(
            out,
            ", {} lines, {} errors, {} warnings",
            number(one, "/lines"),
            number(one, "/errors"),
            number(one, "/warnings")
        );
    }
    for marked in list(one, "/sensitive") {
        let _ =
            write!(out, "\n      has what should not leave: {} ×{}", text(marked, "/kind"), number(marked, "/count"));
    }
    out
}

/// With the worst groups of each, and what they have in common.
pub(crate) fn files(view: &Value) -> String {
    let mut out = String::new();
    for one in list(view, "/files") {
        let _ = writeln!(out, "{}", file(one));
        for group in list(one, "/groups").take(10) {
            let _ = writeln!(
                out,
                "      {:<5} ×{:<6} {}  (--group {})",
                text(group, "/level"),
                number(group, "/count"),
                text(group, "/template"),
                number(group, "/key")
            );
        }
    }
    for join in list(view, "/joins") {
        let files: Vec<String> = list(join, "/files").map(ToString::to_string).collect();
        let ticket = if flag(join, "/ticket") { " and the ticket" } else { "" };
        let _ = writeln!(
            out,
            "In common: {} {} in {}{ticket}",
            text(join, "/kind"),
            text(join, "/value"),
            files.join(", ")
        );
    }
    if out.is_empty() {
        "No file yet: `precedent evidence add TICKET FILE…`.".into()
    } else {
        out.trim_end().to_owned()
    }
}

/// Moments in the order of time, then links.
pub(crate) fn axis(view: &Value) -> String {
    let mut out = String::new();
    for moment in list(view, "/moments") {
        let at = domain_time(moment);
        let _ = writeln!(
            out,
            "{at}  {:<8} {}\n{:22}{}",
            text(moment, "/kind"),
            text(moment, "/text"),
            "",
            text(moment, "/key")
        );
    }
    for (at, words) in [("/chain", "said"), ("/perhaps", "perhaps")] {
        for one in list(view, at) {
            let _ = writeln!(out, "{words}: {} led to {}", text(one, "/cause"), text(one, "/effect"));
        }
    }
    out.trim_end().to_owned()
}

fn domain_time(moment: &Value) -> String {
    engine::Millis(moment.pointer("/at").and_then(Value::as_i64).unwrap_or_default())
        .to_rfc3339()
        .chars()
        .take(19)
        .collect()
}
