//! Errors that suddenly come more often, from a page of a sync to the screen.

use super::*;

/// Six people, of whom one writes twice, on one afternoon: all in one page, as a sync brings them.
#[test]
fn a_burst_that_one_page_brings_is_shown_right_after_it_and_what_comes_as_usual_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let now = engine.core.clock.now().0;
    let bursts = || call(&engine, "insights_get", json!({}))["bursts"].as_array().unwrap().clone();
    let before = bursts();
    let lines = |class: &str, first: i64, days: i64, people: i64| -> Vec<String> {
        let trace = format!(
            "java.lang.{class}: it stopped\n\tat shop.{class}.run(Shop.java:41)\n\tat shop.Day.end(Day.java:7)"
        );
        let one = |n: i64| {
            let at = domain::Millis(now - 60_000 - n % days * 86_400_000 - n * 1000).to_rfc3339();
            json!({ "kind": "ticket", "id": format!("B-{}", first + n), "subject": format!("{class} again"), "body": trace,
                    "created_at": at, "updated_at": at, "status": "open", "requester": format!("person {}", n % people), "account": format!("Account {}", n % people) })
            .to_string()
        };
        (0..7 * days).map(one).collect()
    };
    // What comes seven times each day, and what never came before.
    for (name, page) in
        [("usual", lines("UsualException", 1000, 29, 400)), ("planted", lines("PlantedException", 1, 1, 6))]
    {
        let export = dir.path().join(format!("{name}.jsonl"));
        std::fs::write(&export, page.join("\n")).unwrap();
        let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
        crate::import_now(&engine, &args, &|_, _| {}).unwrap();
    }
    engine.wait_until_searchable().unwrap();
    let after = bursts();
    let found = after
        .iter()
        .find(|burst| burst["title"].as_str().unwrap().contains("PlantedException"))
        .expect("the planted one");
    assert_eq!((&found["reporters"], found["tickets"].as_array().unwrap().len()), (&json!(6), 7), "{found}");
    let severity = &found["severity"];
    assert_eq!(
        (&severity["wide"], &severity["fast"], &severity["class"]),
        (&json!(true), &json!(true), &json!("high"))
    );
    assert_eq!((&severity["accounts"], &severity["people"], &severity["usual"]), (&json!(6), &json!(6), &json!(0.0)));
    assert!(after.iter().all(|burst| !burst["title"].as_str().unwrap().contains("UsualException")));
    assert_eq!(after.len(), before.len() + 1, "and nothing else");
}
