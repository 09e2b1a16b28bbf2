//! What people say of figures: what always needs engineering, and whether what was sampled is right.

use super::*;
use ::insights::raised;

/// An exam that found every second escalation's answer, half of them looked at; two kinds of issues that always need
/// engineering; and forty ties that somebody looked at.
pub(super) fn said(engine: &Arc<Engine>) {
    let history = history(engine).unwrap();
    let (mut asked, mut answers) = (Vec::new(), Vec::new());
    for (n, case) in history.cases.iter().filter(|case| raised(case, &history.tiers).is_some()).enumerate() {
        let key = history.key(case.row).unwrap();
        let sure = (n % 2 == 0).then_some(if n % 6 == 0 { -20.0 } else { 20.0 });
        asked.push(json!({ "ticket": key, "raised_at": case.created_at, "by": "group", "answer": sure.map(|_| "sample:X"), "sure": sure }));
        answers.extend((n % 4 == 0).then_some((key, n % 8 == 0)));
    }
    let report = crate::replay::report(json!(asked));
    engine.core.store.keep_replay(&report, domain::Millis(1)).unwrap();
    for (ticket, fits) in answers {
        call(engine, "look_set", json!({ "kind": "answer", "ticket": ticket, "other": "sample:X", "fits": fits }));
    }
    // What was said of another answer is nothing of this one.
    let other = json!({ "kind": "answer", "ticket": asked[2]["ticket"], "other": "sample:Y", "fits": false });
    call(engine, "look_set", other);
    let able = call(engine, "insights_get", json!({ "days": ALL }))["capabilities"].clone();
    let able = able.as_array().unwrap().iter().filter(|one| !one["l3"].as_array().unwrap().is_empty());
    assert_eq!(
        able.take(2).map(|one| call(engine, "always_set", json!({ "name": one["name"], "always": true }))).count(),
        2
    );
    for nth in 0..2 {
        let sample = call(engine, "sample_get", json!({ "days": ALL }));
        for (n, one) in sample["rows"].as_array().unwrap().iter().enumerate() {
            let args = json!({ "kind": "tie", "ticket": one["ticket"]["id"], "other": one["other"]["id"], "fits": (n + nth) % 5 != 0 });
            call(engine, "look_set", args);
        }
    }
}

fn figure_of(engine: &Arc<Engine>, name: &str) -> [u64; 2] {
    let told = call(engine, "figure_explain", json!({ "name": name, "period": { "days": ALL } }));
    let of = |field: &str| told[field].as_u64().unwrap();
    let figure = [told["figure"]["count"].as_u64().unwrap(), told["figure"]["of"].as_u64().unwrap()];
    assert_eq!(figure, [of("sql_count"), of("sql_of")], "{name}");
    figure
}

#[test]
fn what_always_needs_engineering_is_out_of_what_is_avoidable_of_what_to_teach_and_comes_back_when_undone() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let trace = "java.lang.IllegalStateException: the drawer is open\n\tat shop.Till.close(Till.java:41)\n\tat shop.Day.end(Day.java:7)";
    let at = "2026-01-02T10:00:00Z";
    let ticket = |id: &str| json!({ "kind": "ticket", "id": id, "subject": "Till", "body": trace, "created_at": at, "updated_at": at, "solved_at": at, "status": "closed", "group": "Engineering" });
    let export = dir.path().join("till.jsonl");
    std::fs::write(&export, format!("{}\n{}", ticket("E-1"), ticket("E-2"))).unwrap();
    let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
    crate::import_now(&engine, &args, &|_, _| {}).unwrap();
    engine.wait_until_searchable().unwrap();
    let history = history(&engine).unwrap();
    let asked = history.cases.iter().filter(|case| raised(case, &history.tiers).is_some());
    let asked = asked.map(|case| json!({ "ticket": history.key(case.row), "raised_at": 1, "by": "group", "answer": "sample:X", "sure": 20.0 }));
    let report = crate::replay::report(asked.collect());
    engine.core.store.keep_replay(&report, domain::Millis(1)).unwrap();
    let before = figure_of(&engine, "avoidable");
    assert!(before[0] == before[1] && before[1] > 50, "{before:?}");
    let teach = |engine: &Arc<Engine>| {
        let items = call(engine, "curate_list", json!({}));
        items["items"].as_array().unwrap().iter().filter(|one| one["kind"] == "engineers").count()
    };
    let to_teach = teach(&engine);
    let view = call(&engine, "insights_get", json!({ "days": ALL }));
    let one = &view["engineer_only"][0];
    assert_eq!(one["always"], false);
    let said = call(&engine, "always_set", json!({ "name": one["name"], "always": true }));
    assert_eq!((&said["before"], &said["after"]), (&json!(false), &json!(true)));
    let after = figure_of(&engine, "avoidable");
    let lost = before[1] - after[1];
    assert_eq!(lost, 2, "{before:?} {after:?} {one}");
    let shown = call(&engine, "avoidable_get", json!({}));
    assert_eq!((&shown["always"], &shown["asked"]), (&json!(lost), &json!(after[1])));
    assert_eq!(call(&engine, "insights_get", json!({ "days": ALL }))["engineer_only"][0]["always"], true);
    assert_eq!(teach(&engine), to_teach - 1);
    assert_eq!((&shown["kinds"][0]["name"], &shown["kinds"][0]["title"]), (&one["name"], &one["title"]));
    let report =
        call(&engine, "insights_report", json!({ "format": "csv", "period": { "days": ALL } }))["text"].to_string();
    assert!(report.contains("Could have been avoided"), "{report}");
    call(&engine, "deed_undo", json!({}));
    assert_eq!(figure_of(&engine, "avoidable"), before);
    let nothing = json!({ "name": "signature:nothing", "always": true });
    assert_eq!(api::rpc(&engine, "always_set", nothing).unwrap_err().code, "not_found");
}

#[test]
fn a_sample_of_ties_is_drawn_the_same_each_time_goes_on_once_it_is_looked_through_and_says_how_often_they_fit() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let sample = || call(&engine, "sample_get", json!({ "days": ALL }));
    let first = sample();
    let rows = first["rows"].as_array().unwrap().clone();
    assert_eq!((rows.len(), &first), (20, &sample()));
    assert_eq!(figure_of(&engine, "link_accuracy"), [0, 0], "nobody has looked");
    let say = |row: &Value, fits: Value| {
        let args = json!({ "kind": "tie", "ticket": row["ticket"]["id"], "other": row["other"]["id"], "fits": fits });
        call(&engine, "look_set", args);
    };
    say(&rows[3], json!(false));
    let again = sample();
    assert_eq!(
        (&again["rows"][3]["fits"], &again["rows"][4]),
        (&json!(false), &rows[4]),
        "what is said stays in its place"
    );
    assert_eq!((&again["looked_at"], &again["right"]), (&json!(1), &json!(0)));
    rows.iter().enumerate().filter(|(n, _)| *n != 3).for_each(|(_, row)| say(row, json!(true)));
    assert_eq!(figure_of(&engine, "link_accuracy"), [19, 20]);
    let next = sample();
    let ids: Vec<&Value> = rows.iter().map(|row| &row["ticket"]["id"]).collect();
    assert!(next["rows"].as_array().unwrap().iter().all(|row| !ids.contains(&&row["ticket"]["id"])), "twenty others");
    say(&rows[3], Value::Null);
    assert_eq!(figure_of(&engine, "link_accuracy"), [19, 19]);
    assert_eq!(
        sample()["rows"],
        rows.iter()
            .map(|row| {
                let mut row = row.clone();
                row["fits"] = if row["ticket"] == rows[3]["ticket"] { Value::Null } else { json!(true) };
                row
            })
            .collect::<Value>()
    );
}

/// What was answered before it was raised, what was answered only later, and what nobody had seen.
#[test]
fn an_escalation_whose_answer_was_in_the_base_when_it_was_raised_is_avoidable_and_opens_it() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    let ticket = |id: &str, day: u32, subject: &str, solved: Option<u32>, group: &str| {
        let at = |day: u32| format!("2026-01-{day:02}T10:00:00Z");
        json!({ "kind": "ticket", "id": id, "subject": subject, "body": "It happens each morning, since the update.",
            "created_at": at(day), "updated_at": at(solved.unwrap_or(day)), "solved_at": solved.map(at),
            "status": if solved.is_some() { "closed" } else { "open" }, "resolution": solved.map(|_| "Renew the relay token."), "group": group })
    };
    let lines = [
        ticket("A-1", 1, "Quagga relay refuses the zanzibar handshake", Some(3), "Desk"),
        ticket("A-2", 5, "Quagga relay refuses the zanzibar handshake again", None, "Engineering"),
        ticket("B-1", 2, "Mirror funnel drops violet parcels", Some(20), "Desk"),
        ticket("B-2", 6, "Mirror funnel drops violet parcels too", None, "Engineering"),
        ticket("C-1", 7, "Antenna hums in the key of f sharp", None, "Engineering"),
    ];
    let export = dir.path().join("export.jsonl");
    std::fs::write(&export, lines.map(|line| line.to_string()).join("\n")).unwrap();
    let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
    crate::import_now(&engine, &args, &|_, _| {}).unwrap();
    engine.wait_until_searchable().unwrap();
    assert_eq!(call(&engine, "avoidable_get", json!({}))["at"], Value::Null, "nobody has looked yet");
    // Nothing is tied to anything: the exam has no question of its own, and asks the escalations all the same.
    let refused = crate::replay_now(&engine, &Default::default(), &|_, _| {}).unwrap_err();
    assert!(matches!(refused, Error::NothingToMeasure));
    assert_eq!(call(&engine, "replay_get", json!({}))["run"], Value::Null);
    let view = call(&engine, "avoidable_get", json!({}));
    assert_eq!((&view["asked"], &view["of"]), (&json!(3), &json!(3)));
    let rows = view["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{view}");
    assert_eq!(
        (&rows[0]["ticket"]["id"], &rows[0]["answer"]["id"], &rows[0]["by"]),
        (&json!("files:A-2"), &json!("files:A-1"), &json!("group"))
    );
    assert_eq!((&view["hours"]["low"], &view["money"]["high"]), (&json!(2.0), &json!(600.0)));
    let figure = |name: &str| {
        let told = call(&engine, "figure_explain", json!({ "name": name, "period": { "days": ALL } }));
        let of = [&told["figure"]["count"], &told["figure"]["of"], &told["sql_count"], &told["sql_of"]];
        of.map(|n| n.as_u64().unwrap())
    };
    assert_eq!(figure("avoidable"), [1, 3, 1, 3]);
    assert_eq!(figure("answer_accuracy"), [0, 0, 0, 0], "nobody has looked at it");
    let look = |fits| json!({ "kind": "answer", "ticket": "files:A-2", "other": "files:A-1", "fits": fits });
    call(&engine, "look_set", look(json!(false)));
    assert_eq!((figure("avoidable"), figure("answer_accuracy")), ([0, 3, 0, 3], [0, 1, 0, 1]), "denied");
    let denied = call(&engine, "avoidable_get", json!({}));
    assert_eq!((&denied["avoidable"], &denied["rows"][0]["fits"]), (&json!(0), &json!(false)), "and it stays in sight");
    assert_eq!(denied["hours"]["low"], 0.0);
    call(&engine, "deed_undo", json!({}));
    assert_eq!((figure("avoidable"), figure("answer_accuracy")), ([1, 3, 1, 3], [0, 0, 0, 0]));
    call(&engine, "look_set", look(json!(true)));
    assert_eq!((figure("avoidable"), figure("answer_accuracy")), ([1, 3, 1, 3], [1, 1, 1, 1]));
}
