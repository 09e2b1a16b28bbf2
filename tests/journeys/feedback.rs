use crate::support::{Workspace, known_error, strings, ticket};
use serde_json::{Value, json};

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    let lines = [
        ticket("T-1", "Badge printer jams", "on long names"),
        ticket("T-2", "Badge printer jams", "on double-sided badges"),
        ticket("T-3", "Badge printer jams", "every morning"),
    ];
    workspace.import(&lines.join("\n"));
    workspace
}

#[test]
fn not_the_same_sticks_over_a_restart_and_can_be_undone() {
    let workspace = workspace();
    let seen = workspace.call("seen_before", json!({ "ticket": "T-1" }));
    let said = json!({ "question": seen["question"]["id"], "hit": "T-2", "verdict": "not_same" });
    let undo = workspace.call("feedback_set", said)["undo"].clone();
    let hits = |workspace: &Workspace, id: &str| {
        let seen = workspace.call("seen_before", json!({ "ticket": id }));
        let mut ids = strings(&seen["hits"], "display_id");
        ids.sort();
        ids
    };
    assert_eq!(hits(&workspace, "T-1"), ["T-3"]);
    let workspace = workspace.reopen(|_| {});
    assert_eq!(hits(&workspace, "T-1"), ["T-3"]);
    assert_eq!(hits(&workspace, "T-2"), ["T-3"], "in both directions");
    workspace.call("feedback_undo", json!({ "undo": undo }));
    assert_eq!(hits(&workspace, "T-1"), ["T-2", "T-3"]);
}

#[test]
fn not_the_same_is_remembered_for_pasted_text_too() {
    let workspace = workspace();
    let seen = workspace.seen("Badge printer jams on long names");
    workspace.call("feedback_set", json!({ "question": seen["question"]["id"], "hit": "T-1", "verdict": "not_same" }));
    assert!(!workspace.hits("badge  PRINTER jams on long names").contains(&"T-1".into()), "the same words, folded");
    assert!(workspace.hits("Badge printer jams every morning").contains(&"T-1".into()), "another question");
}

const TRACE: &str = "java.lang.IllegalStateException: no badge for user 4711
\tat com.acme.badge.Badges.find(Badges.java:112)
\tat com.acme.badge.Gate.open(Gate.java:40)";

/// Four known errors, each of which is met in a way of its own.
fn with_known_errors() -> Workspace {
    let workspace = Workspace::new();
    let mut by_signature = known_error("KE-2", "Gate stays shut", &[]);
    by_signature["error_text"] = TRACE.into();
    let lines = [
        ticket("T-1", "Badge printer jams", "on long names"),
        ticket("T-2", "Turnstile counts visitors twice", "since the summer time change"),
        ticket("T-3", "Turnstile counts visitors twice", "since the summer time change, at both doors"),
        known_error("KE-1", "Paper feed too fast", &["T-1"]).to_string(),
        by_signature.to_string(),
        known_error("KE-3", "Clock of the controller is wrong", &["T-2", "T-3"]).to_string(),
        known_error("KE-4", "Parking barrier opens for expired permits", &[]).to_string(),
    ];
    workspace.import(&lines.join("\n"));
    workspace
}

fn say(workspace: &Workspace, seen: &Value, verdict: &str) -> Value {
    let said = json!({ "question": seen["question"]["id"], "hit": seen["known_error"]["id"], "verdict": verdict });
    workspace.call("feedback_set", said)["undo"].clone()
}

#[test]
fn a_known_error_that_is_not_the_same_is_met_in_no_way_over_a_restart_until_that_is_undone() {
    let questions = [
        ("KE-1", "linked", json!({ "ticket": "T-1" })),
        ("KE-2", "signature", json!({ "text": TRACE })),
        ("KE-3", "linked", json!({ "text": "Turnstile counts visitors twice\nsince the summer time change" })),
        ("KE-4", "match", json!({ "text": "Parking barrier opens for expired permits" })),
    ];
    let mut workspace = with_known_errors();
    for (id, because, question) in questions {
        let seen = workspace.call("seen_before", question.clone());
        let met = |seen: &Value| seen["known_error"]["id"].clone();
        assert_eq!((met(&seen), &seen["known_error"]["because"]), (json!(format!("files:{id}")), &json!(because)));
        assert_eq!(seen["verdict"]["kind"], "seen", "{id}");
        let undo = say(&workspace, &seen, "not_same");
        assert_eq!(met(&workspace.call("seen_before", question.clone())), Value::Null, "{id}");
        workspace = workspace.reopen(|_| {});
        let again = workspace.call("seen_before", question.clone());
        assert_eq!(met(&again), Value::Null, "{id}");
        assert!(!strings(&again["hits"], "display_id").contains(&id.into()), "{id} is no hit either");
        workspace.call("feedback_undo", json!({ "undo": undo }));
        assert_eq!(met(&workspace.call("seen_before", question)), json!(format!("files:{id}")));
    }
}

#[test]
fn behind_a_known_error_that_is_not_the_same_stands_the_next_and_its_tickets_count_no_more() {
    let workspace = workspace();
    let lines = [
        ticket("T-8", "Lift stops", "between floors"),
        ticket("T-9", "Door beeps", "without a reason"),
        known_error("KE-1", "Paper feed too fast", &["T-1", "T-8"]).to_string(),
        known_error("KE-2", "Paper too thin", &["T-1", "T-9"]).to_string(),
    ];
    workspace.import(&lines.join("\n"));
    let seen = workspace.call("seen_before", json!({ "ticket": "T-1" }));
    assert_eq!(seen["known_error"]["id"], "files:KE-1");
    assert!(seen["verdict"]["cases"].as_array().unwrap().contains(&json!("files:T-8")));
    say(&workspace, &seen, "not_same");
    let seen = workspace.call("seen_before", json!({ "ticket": "T-1" }));
    assert_eq!(seen["known_error"]["id"], "files:KE-2");
    let cases = seen["verdict"]["cases"].as_array().unwrap();
    assert!(!cases.contains(&json!("files:T-8")) && cases.contains(&json!("files:T-9")), "{cases:?}");
}

#[test]
fn a_known_error_that_was_used_is_marked_so_after_a_restart() {
    let workspace = with_known_errors();
    let seen = workspace.call("seen_before", json!({ "ticket": "T-1" }));
    assert_eq!(seen["known_error"]["feedback"], Value::Null);
    say(&workspace, &seen, "used");
    let workspace = workspace.reopen(|_| {});
    let feedback = |question| workspace.call("seen_before", question)["known_error"]["feedback"].clone();
    assert_eq!(feedback(json!({ "ticket": "T-1" })), "used");
    assert_eq!(feedback(json!({ "text": TRACE })), Value::Null, "another question");
}

#[test]
fn links_are_added_shown_and_taken_back() {
    let workspace = workspace();
    workspace.call("link_add", json!({ "a": "T-1", "kind": "same_as", "b": "T-2" }));
    let links = workspace.call("ticket_get", json!({ "id": "T-2" }))["links"].clone();
    assert_eq!(
        (&links[0]["kind"], &links[0]["display_id"], &links[0]["origin"]),
        (&json!("same_as"), &json!("T-1"), &json!("human"))
    );
    workspace.call("link_remove", json!({ "a": "T-2", "b": "T-1" }));
    assert_eq!(workspace.call("ticket_get", json!({ "id": "T-2" }))["links"], json!([]));
    assert_eq!(
        workspace.try_call("link_add", json!({ "a": "T-1", "kind": "same_as", "b": "T-1" })),
        Err("bad_input".into())
    );
    assert_eq!(
        workspace.try_call("link_add", json!({ "a": "T-1", "kind": "cousin", "b": "T-2" })),
        Err("bad_input".into())
    );
}
