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
