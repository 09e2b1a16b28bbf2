//! How a ticket was served, in words.

use super::{
    When,
    fields::{flat, joined, list, text, time},
};
use serde_json::Value;

/// What was measured and what the customer thought, as facts of the ticket.
pub(super) fn facts(ticket: &Value) -> Vec<(&'static str, String)> {
    let number = |path: &str| ticket.pointer(path).and_then(Value::as_i64);
    let times = |count: i64| if count == 1 { "once".to_owned() } else { format!("{count} times") };
    vec![
        ("Asked for", flat(text(ticket, "/service/request_type"))),
        ("Shared with", flat(&joined(ticket, "/service/organizations"))),
        ("First reply", number("/service/first_reply").map(|ms| format!("after {}", took(ms))).unwrap_or_default()),
        ("Reopened", number("/service/reopens").filter(|count| *count > 0).map(times).unwrap_or_default()),
        ("Customer", rating(ticket)),
    ]
}

fn rating(ticket: &Value) -> String {
    let Some(rating) = ticket.pointer("/service/rating").filter(|rating| rating.is_object()) else {
        return String::new();
    };
    let satisfied = rating.get("satisfied").and_then(Value::as_bool).unwrap_or(false);
    let score = flat(text(rating, "/score"));
    let said = flat(text(rating, "/said"));
    let said = if said.is_empty() { said } else { format!(": \u{201c}{said}\u{201d}") };
    format!("{} ({score}){said}", if satisfied { "satisfied" } else { "not satisfied" })
}

/// Promises about time, one a line.
pub(super) fn promises(ticket: &Value, when: &When) -> Vec<String> {
    list(ticket, "/service/promises").map(|view| promise(view, when)).collect()
}

fn promise(view: &Value, when: &When) -> String {
    let number = |path: &str| view.pointer(path).and_then(Value::as_i64);
    let at = time(view, "/at").map(|at| when.exact(at));
    let left =
        number("/left").map(|ms| if ms < 0 { format!("{} late", took(-ms)) } else { format!("{} left", took(ms)) });
    let state = match (text(view, "/state"), at, left) {
        ("kept", Some(at), _) => format!("kept {at}"),
        ("broken", Some(at), _) => format!("BROKEN {at}"),
        ("paused", _, Some(left)) => format!("paused, {left}"),
        ("paused", ..) => "paused".into(),
        (_, Some(at), Some(left)) => format!("due {at}, {left}"),
        _ => "running".into(),
    };
    let goal = number("/goal").map(took).unwrap_or_default();
    let at_work = view.get("at_work").and_then(Value::as_bool).unwrap_or(false);
    let goal = if at_work { format!("{goal} at work") } else { goal };
    let parts = [flat(text(view, "/measure")), flat(text(view, "/policy")), goal];
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    format!("    {state}  {}", parts.join(" · "))
}

/// `45 min`, `5 h 30 min`, `3 d 4 h`.
fn took(ms: i64) -> String {
    let minutes = ms / 60_000;
    let two = |(whole, whole_unit): (i64, &str), (rest, unit): (i64, &str)| match rest {
        0 => format!("{whole} {whole_unit}"),
        rest => format!("{whole} {whole_unit} {rest} {unit}"),
    };
    match minutes {
        0..60 => format!("{minutes} min"),
        60..1440 => two((minutes / 60, "h"), (minutes % 60, "min")),
        _ => two((minutes / 1440, "d"), (minutes % 1440 / 60, "h")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;
    use serde_json::json;

    #[test]
    fn what_was_promised_and_what_the_customer_thought_are_said_in_a_line_each() {
        let hour = 3_600_000;
        let ticket = json!({ "service": {
            "first_reply": 90 * 60_000, "reopens": 2, "request_type": "Report a\nfault", "organizations": ["Acme", "Beta"],
            "rating": { "score": "bad", "satisfied": false, "said": "Slow" },
            "promises": [
                { "measure": "first reply", "policy": "Gold", "goal": hour, "at_work": false, "state": "broken", "at": 0, "left": null },
                { "measure": "Time to resolution", "policy": null, "goal": 30 * hour, "at_work": true, "state": "paused", "at": null, "left": 2 * hour },
                { "measure": "next reply", "policy": null, "goal": null, "at_work": false, "state": "running", "at": hour, "left": hour },
            ] } });
        let said: Vec<String> = facts(&ticket).into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let expected = [
            "Asked for: Report a fault",
            "Shared with: Acme, Beta",
            "First reply: after 1 h 30 min",
            "Reopened: 2 times",
            "Customer: not satisfied (bad): \u{201c}Slow\u{201d}",
        ];
        assert_eq!(said, expected);
        let when = When { now: 0, zone: TimeZone::UTC };
        let expected = [
            "    BROKEN 1970-01-01 00:00  first reply · Gold · 1 h",
            "    paused, 2 h left  Time to resolution · 1 d 6 h at work",
            "    due 1970-01-01 01:00, 1 h left  next reply",
        ];
        assert_eq!(promises(&ticket, &when), expected);
        assert!(facts(&json!({ "service": null })).iter().all(|(_, value)| value.is_empty()));
    }
}
