use super::*;
use crate::{KeyFile, OpenOptions, api};
use serde_json::{Value, json};
use std::{path::Path, sync::Arc};

fn opened(dir: &Path) -> Arc<Engine> {
    let secrets = Arc::new(KeyFile::at(dir.join("keys")));
    Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.join("home")) }).unwrap()
}

fn call(engine: &Arc<Engine>, name: &str, args: Value) -> Value {
    api::rpc(engine, name, args).unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

fn filled(dir: &Path) -> Arc<Engine> {
    let engine = opened(dir);
    engine.fill_sample().unwrap();
    engine
}

const ALL: u32 = 0;

#[test]
fn every_figure_of_the_sample_is_what_its_sql_counts_over_all_of_time_and_over_a_part() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let mut told = 0;
    for rule in [(true, true, true), (false, true, false), (true, false, true), (false, false, true)] {
        let (issue, group, engineer) = rule;
        call(&engine, "tiers_set", json!({ "groups": [], "issue": issue, "group": group, "engineer": engineer }));
        let history = history(&engine).unwrap();
        let tiers = sql_tiers(&engine, &history.tiers).unwrap();
        for days in [ALL, 60] {
            let period = history.period(PeriodArgs { days: Some(days) });
            for figure in ::insights::figures(&history.cases, period, &history.tiers) {
                let counted = engine.core.store.figure_by_sql(figure.name, &tiers, period.from, period.until).unwrap();
                let (count, of, mean, median, p90) = counted.unwrap();
                let what = format!("{} of {days} days by {rule:?}", figure.name);
                assert_eq!((count, of), (figure.count, figure.of), "{what}");
                let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
                    (Some(a), Some(b)) => (a - b).abs() < 1e-6,
                    (a, b) => a == b,
                };
                if let Some(spread) = figure.spread {
                    assert!(near(mean, Some(spread.mean)), "{what}: {mean:?} {spread:?}");
                    assert!(
                        near(median, Some(spread.median)) && near(p90, Some(spread.p90)),
                        "{what}: {median:?} {p90:?} {spread:?}"
                    );
                }
                told += u64::from(figure.count > 0);
            }
        }
    }
    assert!(told > 60, "only {told} figures said anything");
}

#[test]
fn every_number_opens_as_many_tickets_as_it_says() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let view = call(&engine, "insights_get", json!({ "days": ALL }));
    assert!(view["tickets"].as_u64().unwrap() > 1000);
    for figure in view["figures"].as_array().unwrap() {
        let name = &figure["name"];
        if name == "types_handled" {
            continue;
        }
        for (base, count) in [(false, &figure["count"]), (true, &figure["of"])] {
            let asked = json!({ "name": name, "period": { "days": ALL }, "base": base, "offset": 0, "limit": 5 });
            assert_eq!(&call(&engine, "figure_rows", asked)["total"], count, "{name}");
        }
        let told = call(&engine, "figure_explain", json!({ "name": name, "period": { "days": ALL } }));
        assert_eq!((&told["sql_count"], &told["sql_of"]), (&figure["count"], &figure["of"]), "{name}");
    }
}

#[test]
fn another_map_of_tiers_counts_everything_anew_and_hostile_names_stay_names() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let rate = |engine: &Arc<Engine>| {
        let view = call(engine, "insights_get", json!({ "days": ALL }));
        let figures = view["figures"].as_array().unwrap().clone();
        figures.iter().find(|figure| figure["name"] == "engineering").unwrap()["count"].as_u64().unwrap()
    };
    let before = rate(&engine);
    let groups = call(&engine, "tiers_get", json!({}));
    let all: Vec<Value> = groups["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| json!({ "name": group["name"], "tier": "l3" }))
        .collect();
    let said = json!({ "groups": all, "issue": true, "group": true, "engineer": true });
    let set = call(&engine, "tiers_set", said);
    assert!(set["groups"].as_array().unwrap().iter().all(|group| group["said"] == true && group["tier"] == "l3"));
    assert!(rate(&engine) > before);
    let hostile = json!({ "groups": [{ "name": "x'); DROP TABLE ticket; --", "tier": "l3" }], "issue": true, "group": true, "engineer": true });
    call(&engine, "tiers_set", hostile);
    let told = call(&engine, "figure_explain", json!({ "name": "engineering", "period": { "days": ALL } }));
    assert_eq!(told["sql_count"], before);
}

#[test]
fn a_frozen_baseline_stays_whatever_comes_and_is_replaced_only_when_told() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let of = |view: &Value| -> Vec<Value> {
        view["figures"].as_array().unwrap().iter().map(|figure| figure["before"].clone()).collect()
    };
    let frozen = call(&engine, "baseline_freeze", json!({ "period": { "days": ALL } }));
    let export = dir.path().join("more.jsonl");
    let line = json!({ "kind": "ticket", "id": "N-1", "subject": "New", "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "group": "Engineering" });
    std::fs::write(&export, line.to_string()).unwrap();
    let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
    crate::import_now(&engine, &args, &|_, _| {}).unwrap();
    call(&engine, "tiers_set", json!({ "groups": [], "issue": false, "group": false, "engineer": false }));
    let later = call(&engine, "insights_get", json!({ "days": ALL }));
    assert_eq!(of(&later), of(&frozen));
    assert_eq!(later["baseline"]["rule_changed"], true, "and it says that the rule is another one");
    assert!(api::rpc(&engine, "baseline_freeze", json!({})).is_err());
    let replaced = call(&engine, "baseline_freeze", json!({ "period": { "days": ALL }, "replace": true }));
    assert_ne!(of(&replaced), of(&frozen));
}

#[test]
fn costs_follow_what_is_assumed_and_nonsense_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let before = call(&engine, "cost_get", json!({}));
    assert_eq!(
        (&before["example_monthly"]["low"], &before["example_yearly"]["high"]),
        (&json!(24_000.0), &json!(576_000.0))
    );
    assert_eq!(before["measured"], 0);
    let twice = json!({ "hours_low": 4.0, "hours_high": 8.0, "rate": 150.0, "refocus_minutes": 0.0 });
    let after = call(&engine, "cost_set", twice);
    let monthly = |of: &Value| of["monthly"]["low"].as_f64().unwrap();
    // The period has gone on a little between the two.
    assert!((monthly(&after) / monthly(&before) - 2.0).abs() < 1e-3);
    assert_eq!(after["example_monthly"], before["example_monthly"], "the article's example is the article's");
    let wrong = json!({ "hours_low": 9.0, "hours_high": 8.0, "rate": 150.0, "refocus_minutes": 0.0 });
    assert_eq!(api::rpc(&engine, "cost_set", wrong).unwrap_err().code, "bad_input");
}

#[test]
fn no_view_of_figures_names_a_person() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let people: std::collections::BTreeSet<String> =
        call(&engine, "queue_list", json!({ "filter": "all", "limit": 500 }))["rows"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|row| [row["assignee"].as_str().map(str::to_owned), row["requester"].as_str().map(str::to_owned)])
            .flatten()
            .collect();
    assert!(people.len() > 10);
    let view = call(&engine, "insights_get", json!({ "days": ALL })).to_string();
    let html = call(&engine, "insights_report", json!({ "format": "html", "period": { "days": ALL } })).to_string();
    for person in people {
        assert!(!view.contains(&person) && !html.contains(&person), "{person}");
    }
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
}
