mod bursts;
mod kept;
mod marked;
mod reasons;
mod sampled;
mod severe;

use super::*;
use crate::{KeyFile, OpenOptions, api, api::args::PartArgs};
use ::insights::Case;
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

/// What a monitor told before a customer did, and what somebody wrote down before anybody met it.
fn watched(engine: &Arc<Engine>, dir: &Path) {
    engine.core.store.ensure_source(&domain::SourceName::from_text("watch"), "sentry", domain::Millis(1)).unwrap();
    let at = |day: u32| format!("2019-01-{day:02}T10:00:00Z");
    let trace = "java.lang.IllegalStateException: the drawer is open\n\tat shop.Till.close(Till.java:41)\n\tat shop.Day.end(Day.java:7)";
    let ticket = |id: &str, day: u32| json!({ "kind": "ticket", "id": id, "subject": "Till", "body": trace, "created_at": at(day), "updated_at": at(day), "status": "open" });
    // Solved at last, and opened again before by its source's own count.
    let again = json!({ "kind": "ticket", "id": "D-2", "subject": "Till", "body": "It opens.", "created_at": at(4), "updated_at": at(6),
        "status": "solved", "solved_at": at(6) });
    let known = json!({ "kind": "known_error", "id": "KE-99", "title": "The drawer stays open", "created_at": at(3), "updated_at": at(3) });
    for (source, line) in [("watch", ticket("W-1", 1)), ("files", ticket("D-1", 2)), ("files", again), ("files", known)]
    {
        let export = dir.join("watched.jsonl");
        std::fs::write(&export, line.to_string()).unwrap();
        let args = serde_json::from_value(json!({ "path": export, "source": source })).unwrap();
        crate::import_now(engine, &args, &|_, _| {}).unwrap();
    }
    let store = &engine.core.store;
    let mut again = store.ticket(store.find_ticket("D-2").unwrap()[0]).unwrap().unwrap();
    again.ticket.service.reopens = Some(2);
    store.apply(&again.key.source, &[domain::Change::Ticket(Box::new(again.ticket))], None, domain::Millis(9)).unwrap();
}

/// Packages that were handed over, moved and answered on past days, and suggestions that were used.
fn worked(engine: &Arc<Engine>) {
    let store = &engine.core.store;
    let history = history(engine).unwrap();
    let cases: Vec<&Case> = history.cases.iter().rev().filter(|case| case.created_at < history.now).collect();
    for (n, case) in cases.iter().step_by(7).take(40).enumerate() {
        let (n, at) = (n as i64, case.created_at + 3_600_000);
        let one = store::StoredEscalation {
            ticket: history.key(case.row).unwrap(),
            state: "submitted".into(),
            filled: 8 + n as u32 % 3,
            needed: 10,
            epoch: 1,
            created_at: at,
            updated_at: at,
            ..Default::default()
        };
        let id = store.put_escalation(&one).unwrap();
        let moves = ["acknowledged", "needs_info", "submitted", "in_progress", "answered", "closed"];
        for (step, state) in (1..).zip(moves.iter().skip(n as usize % 3).take(n as usize % 5)) {
            let moved = store::StoredEscalation {
                id,
                state: (*state).into(),
                filled: 10,
                updated_at: at + step * 5_000_000 + n * 77_777,
                ..one.clone()
            };
            store.put_escalation(&moved).unwrap();
        }
    }
    let problems: Vec<&&Case> = cases.iter().filter(|case| !case.problems.is_empty() && case.done).collect();
    assert!(problems.len() > 50);
    for pair in problems.windows(2).step_by(2).take(120) {
        let [a, b] = pair else { continue };
        let hit = history.key(b.row).unwrap().parse().unwrap();
        store.say(&history.key(a.row).unwrap(), &hit, store::FeedbackVerdict::Used, domain::Millis(1)).unwrap();
    }
}

#[test]
fn every_figure_of_the_sample_is_what_its_sql_counts_over_all_of_time_over_a_part_of_it_and_of_some_tickets() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    worked(&engine);
    watched(&engine, dir.path());
    sampled::said(&engine);
    let (mut told, mut names) = (0, std::collections::BTreeSet::new());
    let parts = |part: &str| match part {
        "" => None,
        "tier" => Some(json!({ "by": "tier", "value": "l2" })),
        "product" => {
            let cohorts = call(&engine, "cohorts_get", json!({ "by": "product", "period": { "days": ALL } }));
            Some(json!({ "by": "product", "value": cohorts["rows"][0]["value"] }))
        }
        "version" => Some(json!({ "by": "version", "value": null })),
        was => Some(json!({ "by": was, "value": "yes" })),
    };
    let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-6,
        (a, b) => a == b,
    };
    for (rule, part, zone) in [
        ((true, true, true), "", "UTC"),
        ((false, true, false), "product", "Europe/Berlin"),
        ((true, false, true), "tier", "America/Los_Angeles"),
        ((false, false, true), "version", "Asia/Kolkata"),
        ((true, true, true), "escalated", "UTC"),
        ((true, true, true), "used", "UTC"),
        ((true, true, true), "reopened", "UTC"),
    ] {
        let (issue, group, engineer) = rule;
        // Some tell agents and tags apart, too.
        let [agents, tags] = match part {
            "product" | "tier" => marked::marks(&engine),
            _ => [Vec::new(), Vec::new()],
        };
        let map = json!({ "groups": [], "agents": agents, "tags": tags, "issue": issue, "group": group, "engineer": engineer });
        call(&engine, "tiers_set", map);
        let week = [true, true, true, true, true, true, false];
        call(&engine, "hours_set", json!({ "days": week, "opens": "08:30", "closes": "18:00", "zone": zone }));
        let args: Option<PartArgs> = parts(part).map(|part| serde_json::from_value(part).unwrap());
        let part_of = cohorts::part(args.as_ref()).unwrap();
        let history = history(&engine).unwrap();
        let tiers = sql_tiers(&engine, &history, part_of.as_ref()).unwrap();
        for days in [ALL, 60] {
            let period = history.period(&PeriodArgs { days: Some(days), part: None });
            for figure in history.figures(period, part_of.as_ref()) {
                let counted = engine.core.store.figure_by_sql(figure.name, &tiers, period.from, period.until).unwrap();
                let counted = counted.unwrap();
                let what = format!("{} of {days} days by {rule:?}, {part}: {counted:?} {figure:?}", figure.name);
                assert_eq!((counted.count, counted.of), (figure.count, figure.of), "{what}");
                let three = |spread: Option<::insights::Spread>| {
                    [spread.map(|of| of.mean), spread.map(|of| of.median), spread.map(|of| of.p90)]
                };
                if let Some(spread) = figure.spread {
                    let counted = [counted.value, counted.median, counted.p90];
                    assert!(counted.into_iter().zip(three(Some(spread))).all(|(a, b)| near(a, b)), "{what}");
                }
                if figure.at_work.is_some() {
                    let counted = counted.at_work.into_iter();
                    assert!(counted.zip(three(figure.at_work)).all(|(a, b)| near(a, b)), "{what}");
                }
                if figure.at_most.is_some() {
                    assert!(near(counted.value, figure.value) && near(counted.at_work[0], figure.at_most), "{what}");
                }
                told += u64::from(figure.count > 0);
                names.extend((figure.count > 0).then_some(figure.name));
            }
        }
    }
    assert!(told > 100, "only {told} figures said anything");
    let silent: Vec<&str> = FIGURES.iter().map(|one| one.name).filter(|name| !names.contains(name)).collect();
    assert_eq!(silent, Vec::<&str>::new(), "these said nothing at all");
}

#[test]
fn every_number_opens_as_many_tickets_as_it_says() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    worked(&engine);
    let view = call(&engine, "insights_get", json!({ "days": ALL }));
    assert!(view["tickets"].as_u64().unwrap() > 1000);
    for figure in view["figures"].as_array().unwrap() {
        let name = &figure["name"];
        // What is counted in errors or facts has as many rows as those have tickets or packages.
        if ["problems", "facts"].contains(&figure["counts"].as_str().unwrap()) {
            let asked = json!({ "name": name, "period": { "days": ALL }, "base": true, "offset": 0, "limit": 5 });
            assert!(call(&engine, "figure_rows", asked)["total"].as_u64().unwrap() > 0, "{name}");
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
    // A sync brings a new one, and later says of it that it is open again; another source goes altogether.
    for (day, status) in [("01", "solved"), ("03", "open")] {
        let at = format!("2026-01-{day}T00:00:00Z");
        let line = json!({ "kind": "ticket", "id": "N-1", "subject": "New", "created_at": "2026-01-01T00:00:00Z", "updated_at": at,
            "solved_at": "2026-01-02T00:00:00Z", "status": status, "group": "Engineering" });
        std::fs::write(&export, line.to_string()).unwrap();
        let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
        crate::import_now(&engine, &args, &|_, _| {}).unwrap();
        assert_eq!(of(&call(&engine, "insights_get", json!({ "days": ALL }))), of(&frozen));
    }
    let value = |view: &Value| view["figures"][2]["value"].clone();
    let gone = call(&engine, "queue_list", json!({ "filter": "all", "limit": 300 }))["rows"][0]["id"].clone();
    call(&engine, "purge", json!({ "ticket": gone }));
    let purged = call(&engine, "insights_get", json!({ "days": ALL }));
    assert_ne!(value(&purged), value(&frozen), "the figures themselves went on");
    assert_eq!(of(&purged), of(&frozen));
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
    let who = json!({ "hours_low": 4, "hours_high": 8, "rate": 90, "refocus_minutes": 0, "by": "Ines", "source": "payroll  2026" });
    let told = call(&engine, "cost_set", who)["basis"].clone();
    let of = |name: &str| told.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone();
    assert_eq!((&of("rate")["by"], &of("rate")["source"]), (&json!("Ines"), &json!("payroll 2026")));
    assert!(of("rate")["at"].is_i64() && of("refocus_minutes")["at"].is_null(), "{told}");
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
    assert_eq!(
        html.matches("The same as a table").count(),
        6,
        "three shares with goals, the funnel, the ways, the hours"
    );
    for person in people {
        assert!(!view.contains(&person) && !html.contains(&person), "{person}");
    }
}

#[test]
fn cohorts_have_the_tickets_between_them_and_each_number_opens_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    for by in ["product", "version", "tier", "month"] {
        let view = call(&engine, "cohorts_get", json!({ "by": by, "period": { "days": ALL } }));
        let rows = view["rows"].as_array().unwrap();
        assert!(rows.len() > 1, "{by}");
        let all = call(&engine, "insights_get", json!({ "days": ALL }))["tickets"].as_u64().unwrap();
        let shown: u64 = rows.iter().map(|row| row["tickets"].as_u64().unwrap()).sum();
        assert!(shown == all || view["of"].as_u64().unwrap() > rows.len() as u64, "{by}: {shown} of {all}");
        let part = json!({ "by": by, "value": rows[0]["value"] });
        for figure in rows[0]["figures"].as_array().unwrap() {
            let period = json!({ "days": ALL, "part": part });
            let asked = json!({ "name": figure["name"], "period": period, "base": true, "offset": 0, "limit": 1 });
            assert_eq!(call(&engine, "figure_rows", asked)["total"], figure["of"], "{by} {figure}");
        }
    }
    let wrong = json!({ "name": "engineering", "period": { "part": { "by": "month", "value": "soon" } } });
    assert_eq!(api::rpc(&engine, "figure_explain", wrong).unwrap_err().code, "bad_input");
}

#[test]
fn hours_at_work_stand_beside_those_of_the_calendar_and_are_never_more() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    assert_eq!(call(&engine, "hours_get", json!({}))["chosen"], false);
    let of = || {
        let view = call(&engine, "insights_get", json!({ "days": ALL }));
        let figure = view["figures"].as_array().unwrap().iter().find(|one| one["name"] == "hours_all").unwrap().clone();
        (figure["value"].as_f64().unwrap(), figure["at_work"]["mean"].as_f64().unwrap(), view["hours"].clone())
    };
    let (calendar, work, words) = of();
    assert!(work > 0.0 && work < calendar && words == "Mon–Fri 09:00–17:00 UTC", "{calendar} {work} {words}");
    let round = json!({ "days": [true, true, true, true, true, true, true], "opens": "00:00", "closes": "24:00", "zone": "UTC" });
    call(&engine, "hours_set", round);
    let (calendar, work, _) = of();
    assert!((calendar - work).abs() < 1e-6, "round the clock both are the same: {calendar} {work}");
    let wrong = json!({ "days": vec![false; 7], "opens": "09:00", "closes": "17:00", "zone": "UTC" });
    assert_eq!(api::rpc(&engine, "hours_set", wrong).unwrap_err().code, "bad_input");
    let nowhere = json!({ "days": vec![true; 7], "opens": "09:00", "closes": "17:00", "zone": "Nowhere/At_all" });
    assert_eq!(api::rpc(&engine, "hours_set", nowhere).unwrap_err().code, "bad_input");
}

#[test]
fn what_is_drawn_adds_up_to_the_figures_it_stands_beside() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    worked(&engine);
    let view = call(&engine, "insights_get", json!({ "days": ALL }));
    let arrived: u64 = view["arrivals"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|day| day.as_array().unwrap())
        .map(|n| n.as_u64().unwrap())
        .sum();
    assert_eq!(arrived, view["tickets"].as_u64().unwrap());
    let reasons = view["reasons"].as_array().unwrap();
    let handed: u64 = reasons.iter().map(|reason| reason["count"].as_u64().unwrap()).sum();
    let figures = view["figures"].as_array().unwrap();
    assert_eq!(handed, figures.iter().find(|one| one["name"] == "question_back").unwrap()["of"].as_u64().unwrap());
    for (name, part, of) in
        [("engineering", "escalated", "tickets"), ("l1_l2", "l1_handed", "l1"), ("l2_l3", "l2_handed", "l2")]
    {
        let sum = |field: &str| {
            view["months"].as_array().unwrap().iter().map(|one| one[field].as_u64().unwrap()).sum::<u64>()
        };
        let figure = figures.iter().find(|one| one["name"] == name).unwrap();
        assert_eq!((sum(part), sum(of)), (figure["count"].as_u64().unwrap(), figure["of"].as_u64().unwrap()), "{name}");
    }
    let len = |one: &Value, of: &str| one[of].as_array().unwrap().len() as u64;
    assert!(reasons.iter().all(|one| len(one, "escalations") + len(one, "tickets") == one["count"].as_u64().unwrap()));
    let able = view["capabilities"].as_array().unwrap();
    assert!(able.len() > 5 && able.iter().all(|one| !one["title"].as_str().unwrap().is_empty()), "{able:?}");
    let solved = able[0]["l3"].as_array().unwrap();
    assert!(!solved.is_empty(), "what engineering had most stands first");
    let ticket = call(&engine, "ticket_get", json!({ "id": solved[0] }));
    let stays = ticket["stays"].as_array().unwrap();
    let whole: i64 = stays.iter().map(|one| one["touch"].as_i64().unwrap() + one["wait"].as_i64().unwrap()).sum();
    let took = ticket["solved_at"].as_i64().unwrap() - ticket["created_at"].as_i64().unwrap();
    assert_eq!(whole, took, "work and waiting are the whole time");
    assert!(stays.len() > 1 && stays.iter().any(|one| one["tier"] == "l3"), "{stays:?}");
}
