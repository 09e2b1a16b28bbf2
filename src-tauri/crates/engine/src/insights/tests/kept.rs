//! What is read once, and what it says of a known error.

use super::*;

#[test]
fn what_was_read_is_kept_until_something_of_it_is_written_and_never_longer() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let read = || gathered::newest(&engine).unwrap();
    read_ahead(&engine).unwrap();
    let first = read();
    call(&engine, "tiers_set", json!({ "groups": [], "issue": false, "group": true, "engineer": false }));
    call(&engine, "insights_get", json!({}));
    engine.core.store.evidence_of(1).unwrap();
    assert!(Arc::ptr_eq(&first, &read()), "what is asked and what is chosen is no part of it");
    let keys: Vec<String> = first.cases.iter().filter_map(|case| first.keys.get(&case.row).cloned()).take(3).collect();
    let writes: [&dyn Fn(); 5] = [
        &|| drop(call(&engine, "link_add", json!({ "a": keys[0], "b": keys[1], "kind": "same_as" }))),
        &|| drop(call(&engine, "feedback_set", json!({ "question": keys[2], "hit": keys[0], "verdict": "used" }))),
        &|| {
            let one = store::StoredEscalation {
                ticket: keys[1].clone(),
                reason: "missing_context".into(),
                effort: Some(5),
                ..Default::default()
            };
            engine.core.store.put_escalation(&one).unwrap();
        },
        &|| watched(&engine, dir.path()),
        &|| drop(call(&engine, "purge", json!({ "ticket": keys[1] }))),
    ];
    for (nth, write) in writes.into_iter().enumerate() {
        let before = read();
        write();
        // Errors are read out of what came in meanwhile.
        engine.wait_until_searchable().unwrap();
        let after = read();
        assert!(!Arc::ptr_eq(&before, &after), "write {nth}");
        let anew = gathered::gather(&engine).unwrap();
        assert_eq!(
            (&after.cases, &after.efforts, after.reasons.len()),
            (&anew.cases, &anew.efforts, anew.reasons.len())
        );
        assert!(
            after.cases != before.cases || after.reasons.len() != before.reasons.len(),
            "write {nth} is to be seen"
        );
    }
}

#[test]
fn a_known_error_says_whom_it_hits_how_much_lately_and_what_it_has_cost() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let all = call(&engine, "known_errors_list", json!({}));
    let (mut seen, mut cost) = (0, 0.0);
    for row in all["rows"].as_array().unwrap().iter().take(8) {
        let view = call(&engine, "known_error_get", json!({ "id": row["id"] }));
        let impact = &view["impact"];
        let number = |name: &str| impact[name].as_u64().unwrap();
        // One that was merged into another is counted there.
        let own = |ticket: &&Value| call(&engine, "ticket_get", json!({ "id": ticket["id"] }))["merged_into"].is_null();
        let listed = view["tickets"].as_array().unwrap().iter().filter(own).count() as u64;
        assert_eq!(number("tickets"), listed, "{impact}");
        let weeks: Vec<u64> = impact["weeks"].as_array().unwrap().iter().filter_map(Value::as_u64).collect();
        assert!(number("day") <= number("week") && number("week") <= number("tickets"));
        assert!(weeks.len() == 12 && weeks.iter().sum::<u64>() <= number("tickets"));
        assert!(number("users") <= number("tickets") && number("escalated") <= number("tickets"));
        let low = impact["cost"]["low"].as_f64().unwrap();
        assert!((low - 300.0 * number("escalated") as f64).abs() < 1e-6, "two hours at 150 each: {impact}");
        seen += number("tickets");
        cost += low;
    }
    assert!(seen > 10 && cost > 0.0, "{seen} {cost}");
}

#[test]
fn how_sure_a_change_of_times_is_stands_beside_a_baseline_that_has_them_and_beside_no_older_one() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let since = |days: u32| {
        let view = call(&engine, "insights_get", json!({ "days": days }));
        let figures: Vec<Value> = view["figures"].as_array().unwrap().clone();
        let told = figures.iter().filter(|one| !one["since"].is_null()).map(|one| one["name"].as_str().unwrap());
        assert!(told.eq(["hours_all"].into_iter().filter(|_| figures.iter().any(|one| !one["since"].is_null()))));
        figures.into_iter().find(|one| one["name"] == "hours_all").unwrap()
    };
    assert!(since(ALL)["since"].is_null(), "nothing is frozen");
    call(&engine, "baseline_freeze", json!({ "period": { "days": ALL } }));
    let same = since(ALL);
    let told = &same["since"];
    assert_eq!((&told["n"], &told["n_before"], &told["overlaps"]), (&same["of"], &same["of"], &json!(true)));
    for name in ["mean", "median", "p90"] {
        let of = |end: &str| told[name][end].as_f64().unwrap();
        assert!(of("less") == 0.0 && of("low") <= 0.0 && 0.0 <= of("high"), "{name}: {}", told[name]);
        let now = if name == "mean" { &same["value"] } else { &same[name] };
        assert_eq!(&told["before"][name], now);
    }
    let asked = json!({ "name": "hours_all", "period": { "days": ALL } });
    assert_eq!(call(&engine, "figure_explain", asked)["figure"]["since"], *told);
    // What is solved faster from now on changes one side alone.
    let now = engine.core.clock.now().0;
    let at = |hours: i64| domain::Millis(now - hours * 3_600_000).to_rfc3339();
    let quick = |n: i64| {
        json!({ "kind": "ticket", "id": format!("Q-{n}"), "subject": "Quick", "created_at": at(30 + n), "updated_at": at(29 + n),
            "solved_at": at(29 + n), "status": "solved" })
    };
    let lines: Vec<String> = (0..40).map(|n| quick(n).to_string()).collect();
    let export = dir.path().join("quick.jsonl");
    std::fs::write(&export, lines.join("\n")).unwrap();
    let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
    crate::import_now(&engine, &args, &|_, _| {}).unwrap();
    let lately = since(3);
    let (then, by_now) = (&lately["since"]["n_before"], &lately["since"]["n"]);
    assert!(*then == same["of"] && by_now.as_u64().unwrap() >= 40);
    let median = &lately["since"]["median"];
    assert!(median["low"].as_f64().unwrap() > 0.0, "faster for sure: {median}");
    let kept = engine.core.store.preference("baseline").unwrap().unwrap();
    let mut kept: serde_json::Map<String, Value> = serde_json::from_str(&kept).unwrap();
    assert!(kept.remove("times").is_some());
    engine.core.store.set_preference("baseline", &serde_json::to_string(&kept).unwrap()).unwrap();
    let older = since(ALL);
    assert!(older["since"].is_null() && older["before"] == same["before"]);
}

#[test]
fn the_stages_of_escalated_tickets_are_all_of_their_time_and_open_the_tickets_behind_them() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let told = || {
        let view = call(&engine, "insights_get", json!({ "days": ALL }));
        let of = view["figures"].as_array().unwrap().iter().find(|one| one["name"] == "hours_escalated").unwrap();
        let stages = view["stages"].clone();
        assert_eq!(stages["tickets"], of["of"]);
        let whole = of["value"].as_f64().unwrap() * of["of"].as_f64().unwrap();
        let all = stages["stages"].as_array().unwrap().clone();
        let sum: f64 = all.iter().map(|stage| stage["hours"].as_f64().unwrap()).sum();
        let total = stages["hours"].as_f64().unwrap();
        assert!((sum - total).abs() < 1e-6 * total && (whole - total).abs() < 1e-6 * total, "{sum} {total} {whole}");
        let longest = all.iter().max_by(|a, b| a["hours"].as_f64().unwrap().total_cmp(&b["hours"].as_f64().unwrap()));
        assert_eq!(stages["longest"], longest.unwrap()["until"]);
        let counts: Vec<u64> = all.iter().map(|stage| stage["count"].as_u64().unwrap()).collect();
        assert!(all.iter().all(
            |stage| stage["tickets"].as_array().unwrap().len() as u64 == stage["count"].as_u64().unwrap().min(200)
        ));
        (counts, all)
    };
    let (before, all) = told();
    assert!(before[0] > 0 && before[1..4] == [0, 0, 0] && before[4] >= before[0], "{before:?}");
    // A package of a ticket in the middle of its time says what the ticket itself does not.
    let key = all[4]["tickets"][0].clone();
    let ticket = call(&engine, "ticket_get", json!({ "id": key }));
    let (created, solved) = (ticket["created_at"].as_i64().unwrap(), ticket["solved_at"].as_i64().unwrap());
    let mut one = store::StoredEscalation {
        ticket: key.as_str().unwrap().into(),
        epoch: 1,
        created_at: created,
        ..Default::default()
    };
    for (nth, state) in (1..).zip(["submitted", "acknowledged", "answered", "fix_released"]) {
        (one.state, one.updated_at) = (state.into(), created + (solved - created) * nth / 5);
        one.id = engine.core.store.put_escalation(&one).unwrap();
    }
    let (after, all) = told();
    assert_eq!((after[1], after[2], after[3], after[4]), (1, 0, 1, before[4]));
    assert_eq!((&all[1]["tickets"], &all[3]["tickets"]), (&json!([key]), &json!([key])));
}
