use crate::support::{Workspace, known_error, strings, ticket};
use engine::api::{self, view::Event};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, mpsc};

/// One interchange line, written on a day of January 2026.
fn on(day: u32, id: &str, subject: &str, body: &str) -> Value {
    let at = format!("2026-01-{day:02}T10:00:00Z");
    let mut line: Value = serde_json::from_str(&ticket(id, subject, body)).unwrap();
    (line["created_at"], line["updated_at"]) = (json!(at), json!(at));
    line
}

fn repeats(mut line: Value, of: &str) -> Value {
    line["duplicate_of"] = json!([of]);
    line
}

fn import(workspace: &Workspace, lines: &[Value]) {
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    workspace.import(&lines.join("\n"));
}

/// Takes the exam and answers with what it measured.
fn exam(workspace: &Workspace) -> Value {
    let ended = ends(workspace);
    workspace.call("replay_start", json!({}));
    let job = ended.recv().unwrap();
    assert_eq!(job["state"], "done", "{job}");
    workspace.call("replay_get", json!({}))["run"].clone()
}

/// Hears of every job that ends.
fn ends(workspace: &Workspace) -> mpsc::Receiver<Value> {
    let (tell, ended) = mpsc::channel();
    let tell = Mutex::new(tell);
    workspace.engine.subscribe(Box::new(move |event| {
        if let Event::Job { job } = event
            && job.state != "running"
        {
            let _ = tell.lock().unwrap().send(serde_json::to_value(job).unwrap());
        }
    }));
    ended
}

fn rows(workspace: &Workspace, which: &str) -> Value {
    workspace.call("replay_rows", json!({ "configuration": "in_use", "which": which }))
}

/// Forty tickets in pairs, each pair about something of its own.
fn pairs() -> Vec<Value> {
    let things = [
        "printer", "barrier", "invoice", "gauge", "webhook", "calendar", "scanner", "voucher", "parcel", "turnstile",
        "ledger", "beacon", "kiosk", "mirror", "funnel", "antenna", "locker", "pump", "siren", "conveyor",
    ];
    let pair = |(n, thing): (u32, &&str)| {
        let (first, second) = (format!("A-{n}"), format!("B-{n}"));
        [
            on(
                1 + n % 10,
                &first,
                &format!("The {thing} stops"),
                &format!("Since noon the {thing} stops after a minute."),
            ),
            repeats(
                on(12 + n % 10, &second, &format!("A {thing} that stops"), &format!("Our {thing} is still again.")),
                &first,
            ),
        ]
    };
    (0u32..).zip(&things).flat_map(pair).collect()
}

#[test]
fn a_past_ticket_is_asked_as_on_its_day_and_what_came_later_is_never_its_answer() {
    let workspace = Workspace::new();
    let asked = repeats(on(10, "T-2", "Badge reader beeps twice", "at the north gate"), "T-1");
    import(
        &workspace,
        &[
            on(5, "T-1", "Badge reader beeps", "twice at a gate"),
            asked,
            on(20, "T-3", "Badge reader beeps twice", "at the north gate"),
        ],
    );
    let run = exam(&workspace);
    let measures = &run["configurations"][0]["measures"];
    assert_eq!((&measures["n"], &measures["hit_at_1"], &measures["mrr"]), (&json!(1), &json!(1.0), &json!(1.0)));
    assert_eq!(run["documents"], 2, "what came after the newest question is not even there");
    let row = &rows(&workspace, "all")["rows"][0];
    assert_eq!(
        (&row["ticket"], &row["first"]["id"], &row["answer"]["id"]),
        (&json!("files:T-2"), &json!("files:T-1"), &json!("files:T-1"))
    );
}

#[test]
fn what_was_said_and_done_after_a_ticket_was_asked_does_not_help_to_find_it() {
    let workspace = Workspace::new();
    let mut first = on(5, "T-1", "Lift stands still", "between two floors");
    (first["status"], first["resolution"]) = (json!("solved"), json!("Zanzibar relay swapped, quagga fuse replaced"));
    (first["solved_at"], first["updated_at"]) = (json!("2026-01-20T10:00:00Z"), json!("2026-01-20T10:00:00Z"));
    let comment = json!({ "kind": "comment", "ticket": "T-1", "id": "c1", "author_role": "agent", "public": true,
                          "body": "T-2 says the zanzibar quagga again", "created_at": "2026-01-19T10:00:00Z" });
    let second = repeats(on(10, "T-2", "Zanzibar quagga", "zanzibar quagga"), "T-1");
    import(&workspace, &[first, comment, second]);
    let found = workspace.call("seen_before", json!({ "ticket": "T-2" }));
    assert_eq!(strings(&found["hits"], "display_id"), ["T-1"], "today it is found by what was said later");
    let run = exam(&workspace);
    let measures = &run["configurations"][0]["measures"];
    assert_eq!((&measures["n"], &measures["hit_at_10"], &measures["ceiling"]), (&json!(1), &json!(0.0), &json!(0.0)));
}

#[test]
fn two_exams_of_the_same_history_differ_in_nothing_but_times() {
    let workspace = Workspace::new();
    import(&workspace, &pairs());
    let timeless = |mut run: Value| {
        fn clear(value: &mut Value) {
            match value {
                Value::Object(fields) => fields.iter_mut().for_each(|(name, value)| match name.as_str() {
                    "p50_ms" | "p95_ms" | "at" | "id" => *value = Value::Null,
                    _ => clear(value),
                }),
                Value::Array(items) => items.iter_mut().for_each(clear),
                _ => {}
            }
        }
        let against = run["against"].as_array_mut().unwrap();
        against.retain(|one| one["name"] != "before");
        clear(&mut run);
        (run, rows(&workspace, "all"))
    };
    let (first, second) = (timeless(exam(&workspace)), timeless(exam(&workspace)));
    assert_eq!(first.0["configurations"][0]["measures"]["n"], 20);
    assert_eq!(first, second);
    let before = &exam(&workspace)["against"][0];
    assert_eq!((&before["name"], &before["same_weights"]), (&json!("before"), &json!(true)));
    assert_eq!((&before["here_alone"], &before["there_alone"]), (&json!(0), &json!(0)));
    assert_eq!(before["here"]["n"], 20);
}

#[test]
fn every_number_of_an_exam_opens_as_many_rows_as_it_says() {
    let workspace = Workspace::new();
    import(&workspace, &pairs());
    let run = exam(&workspace);
    for configuration in run["configurations"].as_array().unwrap() {
        let of = &configuration["measures"];
        let counted = |share: &str| (of[share].as_f64().unwrap() * of["n"].as_f64().unwrap()).round() as u64;
        for (which, count) in [
            ("all", of["n"].as_u64().unwrap()),
            ("first", counted("hit_at_1")),
            ("first_five", counted("hit_at_5")),
            ("first_ten", counted("hit_at_10")),
            ("missed", of["n"].as_u64().unwrap() - counted("hit_at_10")),
            ("candidate", counted("ceiling")),
        ] {
            let rows = workspace.call("replay_rows", json!({ "configuration": configuration["name"], "which": which }));
            assert_eq!(rows["total"], count, "{which} of {}", configuration["name"]);
            assert_eq!(rows["rows"].as_array().unwrap().len() as u64, count);
        }
        for slice in configuration["by_age"].as_array().unwrap() {
            let asked = json!({ "configuration": configuration["name"], "which": "all", "age": slice["name"] });
            assert_eq!(workspace.call("replay_rows", asked)["total"], slice["measures"]["n"]);
        }
    }
    let run = exam(&workspace);
    let held: Vec<_> = run["against"].as_array().unwrap().iter().collect();
    assert_eq!(held.iter().map(|one| one["name"].as_str().unwrap()).collect::<Vec<_>>(), ["before", "without_age"]);
    for against in held {
        let all = json!({ "configuration": "in_use", "against": against["name"], "which": "all" });
        assert_eq!(workspace.call("replay_rows", all)["total"], against["here"]["n"]);
        for which in ["both", "here_alone", "there_alone", "neither"] {
            let asked = json!({ "configuration": "in_use", "against": against["name"], "which": which });
            assert_eq!(workspace.call("replay_rows", asked)["total"], against[which], "{which} of {}", against["name"]);
        }
    }
}

#[test]
fn an_exam_outlives_a_restart() {
    let workspace = Workspace::new();
    import(&workspace, &pairs());
    let taken = exam(&workspace);
    let workspace = workspace.reopen(|_| {});
    assert_eq!(workspace.call("replay_get", json!({}))["run"], taken);
}

#[test]
fn an_answer_is_known_by_merges_known_errors_and_what_people_said_too() {
    let workspace = Workspace::new();
    let mut merged = on(11, "T-2", "Gate stays shut", "for trucks");
    merged["merged_into"] = json!("T-1");
    let lines = [
        on(10, "T-1", "Gate stays shut", "since noon"),
        merged,
        on(12, "T-3", "Badge printer jams", "on long names"),
        on(13, "T-4", "Badge printer jams", "on short names"),
        on(14, "T-5", "Lamp flickers", "in hall 3"),
        on(15, "T-6", "Lamp flickers", "in hall 4"),
        known_error("KE-1", "Printer jams", &["T-3", "T-4"]),
    ];
    import(&workspace, &lines);
    workspace.call("feedback_set", json!({ "question": "files:T-6", "hit": "files:T-5", "verdict": "used" }));
    let run = exam(&workspace);
    let labels = run["configurations"][0]["by_label"].as_array().unwrap();
    let named: Vec<_> = labels.iter().map(|slice| (slice["name"].as_str().unwrap(), &slice["measures"]["n"])).collect();
    // The known error existed before either of its tickets: of both it is an answer.
    assert_eq!(named, [("known_error", &json!(2)), ("merge", &json!(1)), ("used", &json!(1))]);
}

#[test]
fn where_no_answer_is_known_there_is_nothing_to_measure_and_it_says_so() {
    let workspace = Workspace::new();
    import(&workspace, &[on(5, "T-1", "Lift stands still", ""), on(6, "T-2", "Lift stands still", "")]);
    let ended = ends(&workspace);
    workspace.call("replay_start", json!({}));
    let job = ended.recv().unwrap();
    assert_eq!((&job["state"], &job["error"]["code"]), (&json!("failed"), &json!("nothing_to_measure")));
    assert_eq!(workspace.call("replay_get", json!({})), json!({ "run": null, "labelled": 0 }));
}

#[test]
fn an_exam_that_is_cancelled_leaves_nothing() {
    let workspace = Workspace::new();
    import(&workspace, &pairs());
    let ended = ends(&workspace);
    let engine = Arc::downgrade(&workspace.engine);
    workspace.engine.subscribe(Box::new(move |event| {
        if let (Event::Job { job }, Some(engine)) = (event, engine.upgrade())
            && job.state == "running"
            && job.done > 0
        {
            api::rpc(&engine, "job_cancel", json!({ "id": job.id })).unwrap();
        }
    }));
    workspace.call("replay_start", json!({}));
    assert_eq!(ended.recv().unwrap()["state"], "cancelled");
    assert_eq!(workspace.call("replay_get", json!({})), json!({ "run": null, "labelled": 20 }));
}

/// Tickets in pairs: the earlier one of the same component is meant, and another says more of the words.
fn misleading(pairs: u32) -> Vec<Value> {
    let at =
        |minutes: u32| format!("2026-01-{:02}T{:02}:{:02}:00Z", 1 + minutes / 1440, minutes / 60 % 24, minutes % 60);
    let made = |minutes: u32, id: String, subject: String, component: String| {
        let mut line = on(1, &id, &subject, "");
        (line["created_at"], line["updated_at"]) = (json!(at(minutes)), json!(at(minutes)));
        (line["product"], line["components"]) = (json!("Gates"), json!([component]));
        line
    };
    let pair = |n: u32| {
        let (word, other) = (format!("thing{n}"), format!("state{n}"));
        let meant = made(n * 3, format!("A-{n}"), format!("{word} fails"), format!("C{n}"));
        let misleads = made(n * 3 + 1, format!("M-{n}"), format!("{word} {other} today"), "elsewhere".into());
        let asked = made(5_000 + n * 3, format!("B-{n}"), format!("{word} {other} fails"), format!("C{n}"));
        [meant, misleads, repeats(asked, &format!("A-{n}"))]
    };
    (0..pairs).flat_map(pair).collect()
}

#[test]
fn what_the_teams_own_links_teach_counts_once_the_newer_half_finds_more_and_one_switch_takes_it_back() {
    let workspace = Workspace::new();
    import(&workspace, &misleading(130));
    let first = |workspace: &Workspace| {
        let asked = json!({ "text": "thing7 state7 fails", "product": "Gates", "as_of": "2026-01-04T08:00:00Z" });
        let mut parts = Vec::new();
        for hit in workspace.call("seen_before", asked)["hits"].as_array().unwrap() {
            let score = hit["score"].as_f64().unwrap();
            let sum: f64 = hit["receipt"].as_array().unwrap().iter().map(|part| part["points"].as_f64().unwrap()).sum();
            assert!((sum - score).abs() < 1e-6, "a receipt adds up with whatever weights");
            parts.push((hit["id"].clone(), hit["score"].clone()));
        }
        parts
    };
    let shipped = first(&workspace);
    let run = exam(&workspace);
    let learned = &run["adaptation"];
    assert_eq!(
        (&learned["state"], &learned["in_use"], &learned["judged_on"]),
        (&json!("gain"), &json!(true), &json!(65))
    );
    assert!(learned["adapted"]["mrr"].as_f64() > learned["shipped"]["mrr"].as_f64(), "{learned}");
    let names: Vec<&str> =
        run["configurations"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["in_use", "without_age", "shipped"]);
    let adapted = first(&workspace);
    assert_ne!(adapted, shipped, "questions are weighed with it from now on");
    let off = workspace.call("adaptation_set", json!({ "on": false }))["run"]["adaptation"].clone();
    assert_eq!((&off["in_use"], &off["switched_since"]), (&json!(false), &json!(true)));
    assert_eq!(first(&workspace), shipped, "as if nothing had been learned");
    let run = exam(&workspace);
    assert_eq!(run["configurations"][2]["name"], "adapted", "it is still measured");
    let before = exam(&workspace)["against"][0].clone();
    assert_eq!((&before["same_weights"], &before["here_alone"]), (&json!(true), &json!(0)));
    workspace.call("adaptation_set", json!({ "on": true }));
    assert_eq!(first(&workspace), adapted);
    let workspace = workspace.reopen(|_| {});
    assert_eq!(first(&workspace), adapted, "it outlives a restart");
}

#[test]
fn with_few_known_answers_nothing_is_learned_and_it_says_so() {
    let workspace = Workspace::new();
    import(&workspace, &pairs());
    let learned = exam(&workspace)["adaptation"].clone();
    assert_eq!(
        (&learned["state"], &learned["in_use"], &learned["needed"]),
        (&json!("too_few"), &json!(false), &json!(100))
    );
    assert_eq!((&learned["judged_on"], &learned["weights"]), (&json!(0), &json!([])));
}
