//! Bars that somebody may move: of severity, and of what support handles.

use super::*;

#[test]
fn a_severity_is_what_its_printed_numbers_give_changes_only_when_its_rule_is_kept_and_names_tickets_that_say_otherwise()
{
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let all = call(&engine, "known_errors_list", json!({}));
    let ids: Vec<Value> = all["rows"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
    let severity = |id: &Value| call(&engine, "known_error_get", json!({ "id": id }))["impact"]["severity"].clone();
    let of = |view: &Value| json!({ "accounts": view["accounts"], "people": view["people"], "usual": view["usual"] });
    let mut otherwise = 0;
    let before: Vec<Value> = ids.iter().map(severity).collect();
    for found in &before {
        let again = call(&engine, "severity_get", of(found));
        assert_eq!(
            ["class", "wide", "fast"].map(|field| &again[field]),
            ["class", "wide", "fast"].map(|field| &found[field])
        );
        for said in found["otherwise"].as_array().unwrap() {
            let ticket = call(&engine, "ticket_get", json!({ "id": said["tickets"][0] }));
            assert_eq!(ticket["priority"].as_str().unwrap().to_lowercase(), said["priority"].as_str().unwrap());
            assert_ne!(
                ::insights::Class::of_priority(said["priority"].as_str().unwrap()).unwrap().as_str(),
                found["class"]
            );
            otherwise += said["tickets"].as_array().unwrap().len();
        }
    }
    assert!(otherwise > 0, "the sample's customers do not always agree");
    let asked = json!({ "accounts": 2, "people": 2, "usual": 1.0 });
    let with = |accounts: u32, times: f64| {
        let mut asked = asked.clone();
        asked["rule"] = json!({ "accounts": accounts, "times": times });
        call(&engine, "severity_get", asked)["class"].clone()
    };
    assert_eq!((with(5, 10.0), with(2, 10.0), with(2, 2.0)), (json!("low"), json!("medium"), json!("high")));
    assert_eq!(ids.iter().map(severity).collect::<Vec<_>>(), before, "asking keeps nothing");
    call(&engine, "severity_set", json!({ "accounts": 1, "times": 10.0 }));
    let after: Vec<Value> = ids.iter().map(severity).collect();
    assert!(after.iter().zip(&before).any(|(after, before)| after["class"] != before["class"]));
    assert!(after.iter().all(|one| one["rule"]["chosen"] == true));
    call(&engine, "deed_undo", json!({}));
    assert_eq!(severity(&ids[0])["rule"]["accounts"], 5);
    for wrong in [json!({ "accounts": 0, "times": 10.0 }), json!({ "accounts": 5, "times": 0.5 })] {
        assert_eq!(api::rpc(&engine, "severity_set", wrong).unwrap_err().code, "bad_input");
    }
}

#[test]
fn what_support_handles_is_counted_by_a_bar_that_is_kept_printed_and_taken_back_and_the_statement_counts_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let told = || {
        let asked = json!({ "name": "types_handled", "period": { "days": ALL } });
        let told = call(&engine, "figure_explain", asked);
        assert_eq!((&told["sql_count"], &told["sql_of"]), (&told["figure"]["count"], &told["figure"]["of"]));
        (told["figure"]["count"].as_u64().unwrap(), told["figure"]["formula"].as_str().unwrap().to_owned())
    };
    let map = || call(&engine, "insights_get", json!({ "days": ALL }));
    let marked =
        |view: &Value| view["capabilities"].as_array().unwrap().iter().filter(|one| one["handled"] == true).count();
    let shipped = json!({ "tickets": 3, "days": 90, "chosen": false });
    assert_eq!(map()["handled"], shipped);
    let (few, formula) = told();
    assert!(formula.contains("or more: 3, ") && formula.contains("last 90 days"), "{formula}");
    call(&engine, "handled_set", json!({ "tickets": 1, "days": 3000 }));
    let (many, formula) = told();
    assert!(
        many > few && formula.contains("or more: 1, ") && formula.contains("last 3000 days"),
        "{few} {many} {formula}"
    );
    let view = map();
    assert_eq!(view["handled"], json!({ "tickets": 1, "days": 3000, "chosen": true }));
    let by_tiers = |one: &Value| ["l1", "l2"].iter().any(|tier| !one[*tier].as_array().unwrap().is_empty());
    assert!(marked(&view) > 0);
    assert!(view["capabilities"].as_array().unwrap().iter().all(|one| one["handled"] == false || by_tiers(one)));
    call(&engine, "handled_set", json!({ "tickets": 100_000, "days": 3000 }));
    assert_eq!((told().0, marked(&map())), (0, 0));
    for _ in 0..2 {
        call(&engine, "deed_undo", json!({}));
    }
    assert_eq!((map()["handled"].clone(), told().0), (shipped, few));
    for wrong in
        [json!({ "tickets": 0, "days": 90 }), json!({ "tickets": 3, "days": 0 }), json!({ "tickets": 3, "days": 3661 })]
    {
        assert_eq!(api::rpc(&engine, "handled_set", wrong).unwrap_err().code, "bad_input");
    }
}

/// The numbers beside a ticket are those of the known error that it is of, or of a more severe one.
#[test]
fn the_severity_of_a_ticket_is_never_less_than_that_of_its_known_error_and_of_a_ticket_alone_it_counts_one() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let order = |view: &Value| ["low", "medium", "high"].iter().position(|class| view["class"] == *class).unwrap();
    let all = call(&engine, "known_errors_list", json!({}));
    let cases = history(&engine).unwrap();
    let mut looked = 0;
    for row in all["rows"].as_array().unwrap() {
        let known = call(&engine, "known_error_get", json!({ "id": row["id"] }));
        // One that was merged is told of by the one that it was merged into.
        let counts = |ticket: &&Value| cases.keys.values().any(|key| ticket["id"] == **key);
        let Some(ticket) = known["tickets"].as_array().unwrap().iter().find(counts) else { continue };
        let of = call(&engine, "severity_of", json!({ "id": ticket["id"] }));
        assert!(order(&of) >= order(&known["impact"]["severity"]), "{of} {}", known["impact"]["severity"]);
        assert_eq!(
            call(
                &engine,
                "severity_get",
                json!({ "accounts": of["accounts"], "people": of["people"], "usual": of["usual"] })
            )["class"],
            of["class"]
        );
        looked += 1;
    }
    assert!(looked > 3);
    let now = engine.core.clock.now().to_rfc3339();
    let line = json!({ "kind": "ticket", "id": "ALONE", "subject": "Alone", "account": "Northwind", "requester": "a@example.org", "created_at": now, "updated_at": now, "status": "open" });
    let export = dir.path().join("alone.jsonl");
    std::fs::write(&export, line.to_string()).unwrap();
    crate::import_now(
        &engine,
        &serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap(),
        &|_, _| {},
    )
    .unwrap();
    let alone = call(&engine, "severity_of", json!({ "id": "ALONE" }));
    assert_eq!((&alone["class"], &alone["accounts"], &alone["people"]), (&json!("low"), &json!(1), &json!(1)));
}
