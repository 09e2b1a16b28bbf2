use crate::support::{Workspace, known_error, ticket};
use serde_json::{Value, json};

/// Twelve tickets that say more and more of the same, one of something else, one merged, one known error.
fn workspace() -> Workspace {
    let workspace = Workspace::new();
    let words = "barrier gate stays shut after rain because sensor twelve reports a car that left long ago";
    let words: Vec<&str> = words.split(' ').collect();
    let mut lines: Vec<String> =
        (3..=14).map(|n| ticket(&format!("T-{n}"), &words[..n].join(" "), "seen at the north entrance")).collect();
    lines.push(ticket("T-90", "Invoice totals differ", "by one cent"));
    let mut merged: Value = serde_json::from_str(&ticket("T-91", "barrier gate stays shut", "again")).unwrap();
    merged["merged_into"] = json!("T-4");
    lines.push(merged.to_string());
    lines.push(known_error("KE-1", "barrier gate stays shut after rain", &[]).to_string());
    workspace.import(&lines.join("\n"));
    workspace
}

const ASKED: &str = "barrier gate stays shut after rain because sensor twelve reports a car that left long ago";

fn why(workspace: &Workspace, question: Value, id: &str) -> Value {
    workspace.call("why_not", json!({ "question": question, "id": id }))
}

fn sum(parts: &Value, of: impl Fn(&Value) -> f64) -> f64 {
    parts.as_array().unwrap().iter().map(of).sum()
}

#[test]
fn a_case_that_is_not_shown_says_its_place_its_points_and_what_it_lacks() {
    let workspace = workspace();
    let seen = workspace.call("seen_before", json!({ "text": ASKED, "k": 100 }));
    let hits = seen["hits"].as_array().unwrap();
    for (at, hit) in hits.iter().enumerate() {
        let asked = why(&workspace, json!({ "text": ASKED, "k": 2 }), hit["id"].as_str().unwrap());
        assert_eq!(asked["state"], if at < 2 { "shown" } else { "below" });
        assert_eq!((asked["place"].as_u64(), asked["of"].as_u64()), (Some(at as u64 + 1), Some(hits.len() as u64)));
        let score = asked["score"].as_f64().unwrap();
        // A little older by now.
        assert!((score - hit["score"].as_f64().unwrap()).abs() < 1e-3);
        assert!((sum(&asked["receipt"], |part| part["points"].as_f64().unwrap()) - score).abs() < 1e-6);
        // Shown ones are held against the first, the others against the last that is shown.
        let expected = if at == 0 { Value::Null } else { hits[usize::from(at >= 2)]["id"].clone() };
        assert_eq!(asked["other"]["case"]["id"], expected);
        let lacks = |part: &Value| part["others"].as_f64().unwrap() - part["its"].as_f64().unwrap();
        if at > 0 {
            let of = asked["other"]["score"].as_f64().unwrap() - score;
            assert!((sum(&asked["differences"], lacks) - of).abs() < 1e-6);
        }
    }
}

#[test]
fn a_case_that_shares_nothing_is_said_to_share_nothing() {
    let asked = why(&workspace(), json!({ "text": ASKED }), "T-90");
    assert_eq!(
        (&asked["state"], &asked["place"], &asked["receipt"]),
        (&json!("nothing_shared"), &json!(null), &json!([]))
    );
    assert_eq!(asked["case"]["title"], "Invoice totals differ");
}

#[test]
fn a_case_that_others_crowd_out_of_the_candidates_says_the_place_it_would_have() {
    let workspace = Workspace::new();
    // One word in common, and hundreds that have three.
    let mut lines: Vec<String> =
        (0..300).map(|n| ticket(&format!("T-{n}"), "turnstile counts twice", &format!("at door {n}"))).collect();
    lines.push(ticket(
        "T-900",
        "the lift",
        &format!("near the turnstile {}", "and many other words of it ".repeat(40)),
    ));
    lines.extend((1000..1900).map(|n| ticket(&format!("T-{n}"), "invoice totals differ", &format!("by {n} cents"))));
    workspace.import(&lines.join("\n"));
    let asked = why(&workspace, json!({ "text": "turnstile counts twice" }), "T-900");
    assert_eq!(asked["state"], "outside");
    assert_eq!(asked["place"], asked["of"], "behind all that were looked at");
    assert!(asked["score"].as_f64().unwrap() > 0.0);
    assert!(!asked["differences"].as_array().unwrap().is_empty());
}

#[test]
fn what_keeps_a_case_out_is_named_and_the_place_it_would_have() {
    let workspace = workspace();
    let code = |asked: &Value| asked["reasons"][0]["code"].as_str().unwrap_or_default().to_owned();
    let itself = why(&workspace, json!({ "ticket": "T-5" }), "T-5");
    assert_eq!(
        (&itself["state"], code(&itself).as_str(), &itself["place"]),
        (&json!("barred"), "itself", &json!(null))
    );
    let newer = why(&workspace, json!({ "text": ASKED, "as_of": "2026-01-01T00:00:00Z" }), "T-5");
    assert_eq!((&newer["state"], code(&newer).as_str(), &newer["place"]), (&json!("barred"), "newer", &json!(null)));
    let changed = why(&workspace, json!({ "text": ASKED, "as_of": "2026-01-01T00:00:00Z" }), "KE-1");
    assert_eq!(code(&changed), "changed_since");
    let excluded = why(&workspace, json!({ "text": ASKED, "exclude": ["T-14"] }), "T-14");
    assert_eq!((&excluded["state"], code(&excluded).as_str()), (&json!("barred"), "excluded"));
    let free = why(&workspace, json!({ "text": ASKED }), "T-14");
    assert_eq!((&free["state"], &free["place"]), (&json!("shown"), &excluded["place"]));

    let question = workspace.seen(ASKED)["question"]["id"].clone();
    workspace.call("feedback_set", json!({ "question": question, "hit": "T-14", "verdict": "not_same" }));
    let said = why(&workspace, json!({ "text": ASKED }), "T-14");
    assert_eq!((&said["state"], code(&said).as_str(), &said["place"]), (&json!("barred"), "not_same", &free["place"]));
}

#[test]
fn a_case_that_was_merged_says_where_it_went() {
    let asked = why(&workspace(), json!({ "text": ASKED }), "T-91");
    assert_eq!(asked["reasons"], json!([{ "code": "merged", "other": "files:T-4" }]));
    assert_ne!(asked["state"], "barred");
}

#[test]
fn an_id_that_nothing_has_or_two_sources_have_is_no_answer() {
    let workspace = workspace();
    let refused = |id: &str| workspace.try_call("why_not", json!({ "question": { "text": ASKED }, "id": id }));
    assert_eq!(refused("T-404"), Err("not_found".into()));
    let file = workspace.home.join("more.jsonl");
    std::fs::write(&file, ticket("T-5", "another T-5", "")).unwrap();
    workspace.import_as(json!({ "path": file, "source": "other" })).unwrap();
    workspace.engine.wait_until_searchable().unwrap();
    assert_eq!(refused("T-5"), Err("ambiguous".into()));
}

#[test]
fn not_the_same_on_the_best_case_lets_in_none_that_was_too_far_from_it() {
    let workspace = workspace();
    let before = workspace.seen(ASKED);
    let cases = |seen: &Value| -> Vec<String> {
        seen["verdict"]["cases"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
    };
    let best = before["hits"][0]["id"].clone();
    assert!(cases(&before).contains(&best.as_str().unwrap().to_owned()));
    workspace.call("feedback_set", json!({ "question": before["question"]["id"], "hit": best, "verdict": "not_same" }));
    let after = workspace.seen(ASKED);
    let left: Vec<String> = cases(&before).into_iter().filter(|id| best != json!(id)).collect();
    assert_eq!(cases(&after), left);
    assert_ne!(after["hits"][0]["id"], best);
    let scores = |seen: &Value| -> Vec<(String, f64)> {
        let hits = seen["hits"].as_array().unwrap().iter().filter(|hit| hit["id"] != best);
        hits.map(|hit| (hit["id"].as_str().unwrap().to_owned(), hit["score"].as_f64().unwrap())).take(5).collect()
    };
    for ((id, now), (same, then)) in scores(&after).into_iter().zip(scores(&before)) {
        assert!(id == same && (now - then).abs() < 1e-3, "the others keep their points: {id} {now}, {same} {then}");
    }
}
