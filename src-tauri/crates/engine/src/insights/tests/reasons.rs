//! Why tickets without a package were escalated: proposed from their text, counted once somebody says so.

use super::*;

fn ticket(id: &str, comments: &[(&str, &str)], more: Value) -> String {
    let mut ticket = json!({
        "kind": "ticket", "id": id, "subject": format!("Totals are wrong {id}"), "body": "They cannot reproduce the totals; no access.",
        "created_at": "2026-01-05T10:00:00Z", "updated_at": "2026-01-06T10:00:00Z", "status": "solved", "solved_at": "2026-01-06T10:00:00Z",
    });
    ticket.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let said = comments.iter().enumerate().map(|(n, (role, body))| {
        json!({
            "kind": "comment", "ticket": id, "id": format!("{id}-{n}"), "author": "A", "author_role": role, "public": false,
            "body": body, "body_format": "html", "created_at": format!("2026-01-05T1{n}:00:00Z"),
        })
    });
    std::iter::once(ticket).chain(said).map(|line| format!("{line}\n")).collect()
}

fn escalated(dir: &Path) -> Arc<Engine> {
    let engine = opened(dir);
    let lines = [
        ticket("A", &[("agent", "<p>We <b>cannot</b> reproduce it here.</p>"), ("engineer", "Mine.")], json!({})),
        ticket("B", &[("requester", "It works for me now."), ("engineer", "Looked at it.")], json!({})),
        ticket("C", &[("engineer", "Done.")], json!({ "resolution_class": "data_fix" })),
        ticket("D", &[("agent", "No access to the logs.")], json!({})),
    ];
    let export = dir.join("tickets.jsonl");
    std::fs::write(&export, lines.concat()).unwrap();
    crate::import_now(&engine, &serde_json::from_value(json!({ "path": export })).unwrap(), &|_, _| {}).unwrap();
    engine
}

#[test]
fn a_reason_is_proposed_from_what_support_and_engineering_wrote_and_counts_once_somebody_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let engine = escalated(dir.path());
    let left = || call(&engine, "reasons_get", json!({ "days": ALL }));
    let counted = || call(&engine, "insights_get", json!({ "days": ALL }))["reasons"].clone();
    let say = |ticket: &str, reason: Value| call(&engine, "reason_set", json!({ "ticket": ticket, "reason": reason }));
    let first = left();
    assert_eq!((&first["of"], &first["left"]), (&json!(3), &json!(3)), "nobody escalated D");
    let row =
        |id: &str| first["rows"].as_array().unwrap().iter().find(|row| row["ticket"]["display_id"] == id).unwrap();
    assert_eq!(
        (&row("A")["proposed"], &row("A")["quotes"]),
        (&json!("cannot_reproduce"), &json!(["We cannot reproduce it here."]))
    );
    assert_eq!(row("B")["proposed"], Value::Null, "what the customer wrote says nothing of it");
    assert_eq!((&row("C")["proposed"], &row("C")["quotes"]), (&json!("needs_data_fix"), &json!([])));
    assert_eq!(counted(), json!([]), "what is proposed counts for nothing");

    say("A", json!("cannot_reproduce"));
    say("B", json!("no_access"));
    say("C", json!("no_access"));
    assert_eq!((&left()["left"], &left()["rows"]), (&json!(0), &json!([])));
    let bars = counted();
    assert_eq!((&bars[0]["reason"], &bars[0]["count"]), (&json!("no_access"), &json!(2)));
    assert_eq!((&bars[1]["reason"], &bars[1]["tickets"]), (&json!("cannot_reproduce"), &json!(["tickets:A"])));
    let said = say("B", Value::Null);
    assert_eq!((&said["before"], &said["after"]), (&json!("no_access"), &Value::Null));
    assert_eq!(counted()[0]["count"], json!(1));
    call(&engine, "deed_undo", json!({}));
    assert_eq!(counted(), bars, "and back");
    assert_eq!(
        api::rpc(&engine, "reason_set", json!({ "ticket": "A", "reason": "bored" })).unwrap_err().code,
        "bad_input"
    );
}

#[test]
fn a_ticket_with_a_package_is_counted_by_the_package_alone() {
    let dir = tempfile::tempdir().unwrap();
    let engine = escalated(dir.path());
    call(&engine, "reason_set", json!({ "ticket": "A", "reason": "no_access" }));
    let package = json!({ "package": { "ticket": "A", "reason": "needs_code_fix" }, "although": "it is new" });
    call(&engine, "escalation_submit", package);
    let view = call(&engine, "insights_get", json!({ "days": ALL }));
    let bars = view["reasons"].as_array().unwrap();
    assert_eq!(bars.len(), 1, "{bars:?}");
    assert_eq!((&bars[0]["reason"], &bars[0]["tickets"]), (&json!("needs_code_fix"), &json!([])));
    assert_eq!(call(&engine, "reasons_get", json!({ "days": ALL }))["of"], json!(2));
    let refused = api::rpc(&engine, "reason_set", json!({ "ticket": "A", "reason": "other" })).unwrap_err();
    assert!(refused.message.contains("has a package"), "{}", refused.message);
}
