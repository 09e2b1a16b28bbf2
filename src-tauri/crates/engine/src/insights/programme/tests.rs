use crate::{Engine, KeyFile, OpenOptions, api};
use serde_json::{Value, json};
use std::{fs, path::Path, sync::Arc};

fn opened(dir: &Path) -> Arc<Engine> {
    let secrets = Arc::new(KeyFile::at(dir.join("keys")));
    Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.join("home")) }).unwrap()
}

fn call(engine: &Arc<Engine>, name: &str, args: Value) -> Value {
    api::rpc(engine, name, args).unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

fn step(engine: &Arc<Engine>, name: &str) -> Value {
    let view = call(engine, "programme_get", json!({}));
    let steps: Vec<Value> = view["phases"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|phase| phase["steps"].as_array().unwrap().clone())
        .collect();
    steps.into_iter().find(|step| step["name"] == name).unwrap()
}

fn note(role: &str, pain: &str, tools: &str) -> Value {
    json!({ "role": role, "pain": pain, "often": "weekly", "tools": tools, "quote": "I ask\nfor every log." })
}

#[test]
fn what_can_be_counted_is_and_a_baseline_that_is_frozen_is_a_step_done() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    engine.fill_sample().unwrap();
    assert_eq!(step(&engine, "baseline")["done"], false);
    call(&engine, "baseline_freeze", json!({}));
    assert_eq!(step(&engine, "baseline")["done"], true);
    assert_eq!(step(&engine, "connected")["measured"]["have"], 1, "a helpdesk, and neither code nor telemetry");
    call(&engine, "kb_init", json!({ "path": dir.path().join("kb") }));
    let before = step(&engine, "known_errors")["measured"]["have"].as_u64().unwrap();
    call(&engine, "kb_new", json!({ "kind": "known_error", "title": "The drawer jams" }));
    assert_eq!(step(&engine, "known_errors")["measured"]["have"], before + 1);
    let targets = step(&engine, "targets")["measured"]["have"].as_u64().unwrap();
    let figures = call(&engine, "insights_get", json!({}))["figures"].as_array().unwrap().clone();
    let met = |one: &&Value| {
        ["l1_l2", "l2_l3", "engineering"].contains(&one["name"].as_str().unwrap())
            && one["value"].as_f64().is_some_and(|value| value < one["target"].as_f64().unwrap())
    };
    assert_eq!(targets, figures.iter().filter(met).count() as u64);
}

#[test]
fn a_tick_lies_in_the_teams_file_once_there_is_a_folder_and_is_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    call(&engine, "programme_tick", json!({ "step": "gaps", "done": true }));
    assert_eq!(step(&engine, "gaps")["ticked"], true);
    assert_eq!(call(&engine, "programme_get", json!({}))["file"], Value::Null);
    let folder = dir.path().join("kb");
    call(&engine, "kb_init", json!({ "path": folder }));
    assert_eq!(step(&engine, "gaps")["ticked"], true, "what was ticked before there was a folder counts in it");
    call(&engine, "programme_tick", json!({ "step": "concepts", "done": true }));
    let file = folder.join("programme.md");
    let text = fs::read_to_string(&file).unwrap();
    for line in ["- [x] Assess current tools and gaps", "- [x] Train support on", "- [ ] Build automated triage"] {
        assert!(text.contains(line), "{line} in {text}");
    }
    fs::write(&file, text.replace("- [x] Assess", "- [ ] Assess")).unwrap();
    assert_eq!(step(&engine, "gaps")["ticked"], false, "somebody else took it away");
    call(&engine, "deed_undo", json!({}));
    assert_eq!(step(&engine, "concepts")["ticked"], false);
    let deeds = call(&engine, "deeds_list", json!({ "limit": 9 }));
    assert_eq!((&deeds[0]["what"], &deeds[0]["about"]), (&json!("programme_tick"), &json!("concepts")));
    let wrong = api::rpc(&engine, "programme_tick", json!({ "step": "dance", "done": true })).unwrap_err();
    assert!(wrong.message.contains("self_service"), "{}", wrong.message);
}

#[test]
fn interviews_become_a_pareto_and_each_of_them_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    let get = || call(&engine, "programme_get", json!({}));
    call(&engine, "interview_set", json!({ "note": note("l2", "No  logs", "Kibana, kibana, Zendesk") }));
    assert_eq!(step(&engine, "interviews")["measured"]["have"], 1);
    let second = call(&engine, "interview_set", json!({ "note": note("l3_engineer", "no logs.", "Kibana") }));
    call(&engine, "interview_set", json!({ "note": note("l1", "No access | none", "") }));
    assert_eq!(step(&engine, "interviews")["done"], true);
    let view = get();
    let pains: Vec<_> = view["pains"].as_array().unwrap().iter().map(|one| (&one["people"], &one["monthly"])).collect();
    assert_eq!(pains, [(&json!(2), &json!(8)), (&json!(1), &json!(4))]);
    let named = |name: &str| view["tools"].as_array().unwrap().iter().find(|tool| tool["name"] == name).cloned();
    assert_eq!(named("Kibana").or(named("kibana")).unwrap()["named_by"], 2, "once of each who named it");
    let markdown = view["markdown"].as_str().unwrap();
    assert!(markdown.contains("| No access \\| none | 1 | 4 |") && markdown.contains("> for every log."), "{markdown}");
    call(&engine, "interview_set", json!({ "id": second["id"], "note": null }));
    assert_eq!(get()["interviews"].as_array().unwrap().len(), 2);
    call(&engine, "deed_undo", json!({}));
    let back = get()["interviews"].as_array().unwrap().iter().find(|one| one["id"] == second["id"]).cloned();
    assert_eq!(back.unwrap()["tools"], json!(["Kibana"]));
    for wrong in [note("king", "x", ""), note("l1", " ", ""), json!({ "role": "l1", "pain": "x", "often": "hourly" })] {
        assert_eq!(api::rpc(&engine, "interview_set", json!({ "note": wrong })).unwrap_err().code, "bad_input");
    }
}

#[test]
fn the_grid_says_what_each_source_tells_and_what_packages_lack() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    let ticket = |n: u32| {
        let version = if n < 3 { json!(["2.1"]) } else { json!([]) };
        json!({ "kind": "ticket", "id": format!("T-{n}"), "subject": "Drawer", "body": "Jams.", "status": "open",
          "created_at": "2024-03-01T10:00:00Z", "updated_at": "2024-03-01T10:00:00Z", "account": "Acme",
          "affected_versions": version, "plan": "gold" })
    };
    let export = dir.path().join("export.jsonl");
    fs::write(&export, (0..4).map(|n| ticket(n).to_string()).collect::<Vec<_>>().join("\n")).unwrap();
    let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
    crate::import_now(&engine, &args, &|_, _| {}).unwrap();
    let tools = call(&engine, "programme_get", json!({}))["tools"].as_array().unwrap().clone();
    let files = &tools[0];
    assert_eq!((&files["name"], &files["connected"], &files["rows"]), (&json!("files"), &json!(true), &json!(4)));
    let field = |fact: &str| {
        let found = files["fields"].as_array().unwrap().iter().find(|one| one["fact"] == fact).unwrap();
        (found["filled"].as_u64().unwrap(), found["of"].as_u64().unwrap())
    };
    assert_eq!([field("version"), field("account"), field("plan"), field("role")], [(3, 4), (4, 4), (4, 4), (0, 4)]);
    assert_eq!(files["lacks"], json!(["product", "role", "permissions"]));
    let kinds: Vec<_> =
        tools.iter().map(|tool| (tool["kind"].as_str().unwrap(), tool["connected"].as_bool().unwrap())).collect();
    assert_eq!(kinds, [("helpdesk", true), ("telemetry", false), ("repository", false), ("knowledge", false)]);
    assert_eq!(tools[2]["lacks"], json!(["release", "code_lane", "suspects", "owner"]));
}
