use crate::support::{Workspace, ticket};
use serde_json::json;

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
        let mut ids = crate::support::strings(&seen["hits"], "display_id");
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
