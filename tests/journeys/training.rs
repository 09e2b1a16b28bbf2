//! Practice on the team's own past: nothing of what came later is shown, and what it was is known in the end.

use crate::support::{
    Workspace,
    network::{HandClock, unwaiting},
};
use serde_json::{Value, json};

/// Of the first twenty every odd one is the same problem as the one before it; what was done is written down.
fn tickets() -> String {
    let ticket = |n: u32| {
        let of = if n.is_multiple_of(2) || n > 20 { json!(null) } else { json!(format!("T-{}", n - 1)) };
        json!({
            "kind": "ticket", "id": format!("T-{n}"), "subject": format!("Import {} stalls", n / 2), "duplicate_of": of,
            "body": format!("The import of file{} stops at row {}.", n / 2, 4_000 + n / 2), "product": "Harbor",
            "version": "5.2", "status": "solved", "requester": "Maria Lindqvist", "assignee": "Ben Okafor",
            "resolution": format!("Kestrel {n}: restarted the importer and it ran through."),
            "created_at": format!("2026-01-{:02}T08:00:00Z", n + 1), "solved_at": format!("2026-01-{:02}T20:00:00Z", n + 1),
        })
        .to_string()
    };
    let comment = |n: u32| {
        json!({
            "kind": "comment", "ticket": format!("T-{n}"), "id": format!("c{n}"), "author": "Ben", "author_role": "agent",
            "public": true, "body": "Osprey: it is the lock.", "created_at": format!("2026-01-{:02}T09:00:00Z", n + 1),
        })
        .to_string()
    };
    (0..26).flat_map(|n| [ticket(n), comment(n)]).collect::<Vec<_>>().join("\n")
}

fn next(workspace: &Workspace) -> Value {
    workspace.call("training_next", json!({}))
}

#[test]
fn a_case_is_shown_as_on_its_day_and_compared_with_what_it_was() {
    let workspace = Workspace::new();
    workspace.import(&tickets());
    let (mut seen_before, mut new) = (0, 0);
    for round in 0..12 {
        let case = next(&workspace);
        let told = case.to_string();
        for later in ["Kestrel", "Osprey", "Maria", "Ben", "solved"] {
            assert!(!told.contains(later), "{later} in {told}");
        }
        let id = case["ticket"].as_str().unwrap().to_owned();
        let number: u32 = id.rsplit('-').next().unwrap().parse().unwrap();
        let options = case["options"].as_array().unwrap();
        assert!(options.len() <= 4);
        for option in options {
            let other: u32 = option["id"].as_str().unwrap().rsplit('-').next().unwrap().parse().unwrap();
            assert!(other < number, "{option} came after {id}");
        }
        let twin = format!("files:T-{}", number.saturating_sub(1));
        let is_again = !number.is_multiple_of(2) && number < 20;
        assert_eq!(
            options.iter().any(|option| option["id"] == twin.as_str()) && is_again,
            is_again,
            "the right one is there"
        );
        let mut said = json!({ "ticket": id, "said": "I would ask for the log" });
        if is_again {
            said["choice"] = json!(twin);
        }
        (seen_before, new) = (seen_before + u32::from(is_again), new + u32::from(!is_again));
        let outcome = workspace.call("training_answer", said);
        assert_eq!((&outcome["correct"], &outcome["hours"]), (&json!(true), &json!(12.0)), "{outcome}");
        assert!(outcome["resolution"].as_str().unwrap().contains("Kestrel"));
        assert_eq!(outcome["standing"]["all"], json!(round + 1));
    }
    assert!(seen_before > 0 && new > 0, "{seen_before} seen before, {new} new");
}

#[test]
fn a_mistake_comes_again_the_next_day_and_what_was_right_some_days_later() {
    let clock = HandClock::at("2026-11-01T12:00:00Z");
    let workspace = Workspace::asking(unwaiting().0, clock.clone());
    workspace.import(&tickets());
    // What a case repeats: the ticket before it, or nothing.
    let right = |case: &Value| {
        let number: u32 = case["ticket"].as_str().unwrap().rsplit('-').next().unwrap().parse().unwrap();
        (!number.is_multiple_of(2) && number < 20).then(|| format!("files:T-{}", number - 1))
    };
    let answer = |case: &Value, choice: Option<String>| {
        workspace.call("training_answer", json!({ "ticket": case["ticket"], "choice": choice, "said": "" }))
    };
    let first = next(&workspace);
    let wrong = match right(&first) {
        Some(_) => None,
        None => Some(first["options"][0]["id"].as_str().unwrap().to_owned()),
    };
    assert_eq!(answer(&first, wrong)["correct"], json!(false));
    let second = next(&workspace);
    assert_ne!(second["ticket"], first["ticket"], "not on the same day");
    assert_eq!(answer(&second, right(&second))["correct"], json!(true));

    clock.move_by(1);
    let again = next(&workspace);
    assert_eq!((&again["ticket"], &again["again"]), (&first["ticket"], &json!(true)));
    assert_eq!(answer(&again, right(&again))["correct"], json!(true));
    let third = next(&workspace);
    assert_eq!(third["again"], json!(false), "nothing else is due");
    clock.move_by(2);
    assert_eq!(next(&workspace)["ticket"], second["ticket"], "three days after it was right");

    assert_eq!(workspace.call("training_forget", json!({}))["all"], json!(0));
    assert_eq!(next(&workspace)["ticket"], first["ticket"], "from the beginning");
    assert_eq!(Workspace::new().try_call("training_next", json!({})).unwrap_err(), "nothing_to_practise");
}
