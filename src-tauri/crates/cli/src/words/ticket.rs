//! One ticket in full: who wrote what, who handed it to whom, what it is linked to.

use super::{
    When,
    fields::{flat, joined, list, text, time},
    link,
    plain::plain,
    resolution, service,
};
use serde_json::Value;

pub(crate) fn words(ticket: &Value, when: &When) -> String {
    let mut blocks = vec![head(ticket, when)];
    let body = plain(text(ticket, "/body_html"));
    blocks.push(if body.is_empty() { "    This ticket has no text.".into() } else { indented(&body) });

    let mut thread: Vec<(i64, String)> = list(ticket, "/comments").map(|view| comment(view, when)).collect();
    thread.extend(list(ticket, "/hops").map(|view| handoff(view, when)));
    thread.sort_by_key(|(at, _)| *at);
    blocks.extend(thread.into_iter().map(|(_, words)| words));

    let links: Vec<String> = list(ticket, "/links").map(linked).collect();
    if !links.is_empty() {
        blocks.push(format!("Links\n{}", links.join("\n")));
    }
    let promises = service::promises(ticket, when);
    if !promises.is_empty() {
        blocks.push(format!("Promised\n{}", promises.join("\n")));
    }
    let files: Vec<String> = list(ticket, "/attachments").map(file).collect();
    if !files.is_empty() {
        blocks.push(format!("Files, by name alone\n{}", files.join("\n")));
    }
    let telemetry: Vec<String> = list(ticket, "/telemetry").map(|view| told(view, when)).collect();
    if !telemetry.is_empty() {
        blocks.push(format!("In Datadog\n{}", telemetry.join("\n")));
    }
    blocks.join("\n\n")
}

fn head(ticket: &Value, when: &When) -> String {
    let field = |path: &str| flat(text(ticket, path));
    let mut lines = vec![format!("{}  {}", field("/id"), field("/subject"))];
    let status = field("/status").replace('_', " ");
    lines.push(row(&[status, field("/priority"), field("/product"), flat(&joined(ticket, "/components"))]));
    let from = [field("/requester"), field("/account")].join(", ");
    let mut facts = vec![
        ("From", from.trim_matches([',', ' ']).to_owned()),
        ("Created", time(ticket, "/created_at").map(|at| when.exact(at)).unwrap_or_default()),
        ("Versions", flat(&joined(ticket, "/affected_versions"))),
        ("Fixed in", flat(&joined(ticket, "/fix_versions"))),
        ("Environment", field("/environment")),
        ("Group", field("/group")),
        ("Assignee", field("/assignee")),
        ("Tags", flat(&joined(ticket, "/tags"))),
        ("Solved", time(ticket, "/solved_at").map(|at| when.exact(at)).unwrap_or_default()),
        ("Ended with", resolution(text(ticket, "/resolution_class"))),
        ("Resolution", field("/resolution")),
        ("Merged into", field("/merged_into")),
        ("Address", field("/url")),
    ];
    let address = facts.pop();
    facts.extend(service::facts(ticket));
    facts.extend(address);
    facts.retain(|(_, value)| !value.is_empty());
    lines.extend(facts.into_iter().map(|(name, value)| format!("{name:<12} {value}")));
    lines.join("\n")
}

fn comment(view: &Value, when: &When) -> (i64, String) {
    let at = time(view, "/at").unwrap_or_default();
    let note = if view.get("public").and_then(Value::as_bool).unwrap_or(true) { "" } else { "internal note" };
    let who = row(&[flat(text(view, "/author")), flat(text(view, "/role")), note.into()]);
    let body = plain(text(view, "/body_html"));
    (at, format!("{}  {who}\n{}", when.exact(at), indented(&body)).trim_end().to_owned())
}

fn handoff(view: &Value, when: &When) -> (i64, String) {
    let at = time(view, "/at").unwrap_or_default();
    let group = |path: &str| match flat(text(view, path)) {
        nobody if nobody.is_empty() => "nobody".into(),
        group => group,
    };
    let by = flat(text(view, "/by"));
    let by = if by.is_empty() { by } else { format!(" by {by}") };
    (at, format!("{}  Handed from {} to {}{by}", when.exact(at), group("/from_group"), group("/to_group")))
}

fn linked(view: &Value) -> String {
    let outgoing = view.get("outgoing").and_then(Value::as_bool).unwrap_or(true);
    let positive = view.get("positive").and_then(Value::as_bool).unwrap_or(true);
    let kind = if positive { link(text(view, "/kind"), outgoing) } else { "not the same".into() };
    let title = view.get("title").and_then(Value::as_str).unwrap_or("(not here yet)");
    format!("    {kind} {}  {}", flat(text(view, "/display_id")), flat(title))
}

fn file(view: &Value) -> String {
    let size = view.get("size").and_then(Value::as_i64).map(|size| format!("  {size} bytes")).unwrap_or_default();
    format!("    {}{size}", flat(text(view, "/name")))
}

fn told(view: &Value, when: &When) -> String {
    let field = |path: &str| flat(text(view, path));
    let at = time(view, "/at").map(|at| format!(" of {}", when.exact(at))).unwrap_or_default();
    let (name, id) = match text(view, "/kind") {
        "trace" => ("trace", field("/id")),
        "issue" => ("issue", field("/id")),
        // Its id tells nobody anything but when it was.
        _ => ("line of a log", String::new()),
    };
    let mut lines = vec![format!("    {}{at}  {}", [name, &id].join(" ").trim_end(), field("/url"))];
    if view.get("logs").is_some_and(Value::is_string) {
        lines.push(format!("        its logs  {}", field("/logs")));
    }
    lines.join("\n")
}

/// What a stranger wrote stands to the right of everything that we say, so that it cannot pass for it.
fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!("    {line}") });
    lines.collect::<Vec<_>>().join("\n")
}

/// Those that are there, in one row.
fn row(parts: &[String]) -> String {
    let there: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    there.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;
    use serde_json::json;

    #[test]
    fn a_ticket_shows_its_text_its_conversation_in_order_and_its_links() {
        let ticket = json!({
            "id": "files:T-1", "subject": "Login\nfails", "body_html": "<p>After the update.</p>", "status": "on_hold",
            "priority": "high", "product": "Ledger", "components": ["Import"], "requester": "ann", "account": "Northwind",
            "affected_versions": ["2.2.0"], "created_at": 0, "resolution_class": "wont_fix",
            "comments": [{ "author": "ben", "role": "engineer", "public": false, "at": 7_200_000, "body_html": "<p>Known.<br>Wait.</p>" }],
            "hops": [{ "at": 3_600_000, "from_group": null, "to_group": "L2", "by": "ann" }],
            "links": [{ "kind": "duplicate_of", "display_id": "T-0", "title": null, "positive": true, "outgoing": false }],
            "attachments": [{ "name": "trace.log", "size": 12_034, "comment": "c1" }, { "name": "shot.png", "size": null, "comment": null }],
            "telemetry": [{ "kind": "trace", "id": "89", "url": "https://d/apm/trace/89", "logs": "https://d/logs", "at": null },
                          { "kind": "log", "id": "AQ", "url": "https://d/logs?event=AQ", "logs": null, "at": 60_000 }],
        });
        let shown = words(&ticket, &When { now: 0, zone: TimeZone::UTC });
        assert_eq!(
            shown,
            "files:T-1  Login fails\non hold · high · Ledger · Import\nFrom         ann, Northwind\n\
             Created      1970-01-01 00:00\nVersions     2.2.0\nEnded with   will not be fixed\n\n    After the update.\n\n\
             1970-01-01 01:00  Handed from nobody to L2 by ann\n\n\
             1970-01-01 02:00  ben · engineer · internal note\n    Known.\n    Wait.\n\n\
             Links\n    has the duplicate T-0  (not here yet)\n\n\
             Files, by name alone\n    trace.log  12034 bytes\n    shot.png\n\n\
             In Datadog\n    trace 89  https://d/apm/trace/89\n        its logs  https://d/logs\n    \
             line of a log of 1970-01-01 00:01  https://d/logs?event=AQ"
        );
    }

    #[test]
    fn a_ticket_without_a_text_says_so() {
        let shown = words(&json!({ "id": "a:1" }), &When { now: 0, zone: TimeZone::UTC });
        assert!(shown.ends_with("\n\n    This ticket has no text."), "{shown}");
    }
}
