//! What helps before a case is handed over: the question to ask next, the team's guideline, and what becomes of a repeat.

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

fn import(engine: &Arc<Engine>, dir: &Path, lines: &[Value]) {
    let export = dir.join("export.jsonl");
    fs::write(&export, lines.iter().map(Value::to_string).collect::<Vec<_>>().join("\n")).unwrap();
    let args = serde_json::from_value(json!({ "path": export, "source": "files" })).unwrap();
    crate::import_now(engine, &args, &|_, _| {}).unwrap();
    engine.wait_until_searchable().unwrap();
}

fn ticket(id: &str, subject: &str, more: Value) -> Value {
    let mut one = json!({ "kind": "ticket", "id": id, "subject": subject, "body": "It is broken since this morning.",
        "created_at": "2026-01-02T10:00:00Z", "updated_at": "2026-01-02T10:00:00Z", "status": "open" });
    one.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    one
}

/// Eight cases of a broken checkout: their component halves them, their version tells one apart, their product none.
#[test]
fn a_vague_report_is_told_the_one_question_that_splits_its_candidates_in_the_pane_and_in_the_package() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    let words = ["coupon", "invoice", "voucher", "basket", "address", "currency", "parcel", "discount"];
    let cases: Vec<Value> = (0..8)
        .map(|n| {
            let component = if n % 2 == 0 { "Payments" } else { "Shipping" };
            let version = if n == 0 { "2.1.0" } else { "2.2.0" };
            let subject = format!("The checkout is broken with a {}", words[n]);
            ticket(
                &format!("C-{n}"),
                &subject,
                json!({ "product": "Shop", "component": component, "version": version }),
            )
        })
        .chain([ticket("Q-1", "The checkout is broken", json!({ "body": "Please help." }))])
        .collect();
    import(&engine, dir.path(), &cases);
    let asked = |args: Value| call(&engine, "seen_before", args);
    let seen = asked(json!({ "text": "The checkout is broken" }));
    assert_eq!(seen["next"]["facet"], "component", "{}", seen["next"]);
    let answers: Vec<(&str, u64)> = seen["next"]["answers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["value"].as_str().unwrap(), one["cases"].as_u64().unwrap()))
        .collect();
    let told: u64 = answers.iter().map(|(_, cases)| cases).sum();
    assert_eq!(told + seen["next"]["silent"].as_u64().unwrap(), seen["next"]["of"].as_u64().unwrap());
    assert!(answers.iter().any(|(value, cases)| *value == "Payments" && *cases >= 3), "{answers:?}");
    let draft = call(&engine, "escalation_draft", json!({ "ticket": "Q-1" }));
    let text = draft["markdown"]["text"].as_str().unwrap();
    assert!(text.contains("Still to ask: Which component?") && text.contains("Payments"), "{text}");
}

#[test]
fn the_teams_guideline_of_the_product_is_shown_asks_for_its_facts_and_names_its_edition() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    import(
        &engine,
        dir.path(),
        &[
            ticket("A-1", "Label printer prints twice", json!({ "product": "Shop" })),
            ticket("A-2", "Gate stays shut", json!({ "product": "Harbor" })),
        ],
    );
    let draft = |id: &str| call(&engine, "escalation_draft", json!({ "ticket": id }));
    assert_eq!(draft("A-1")["guideline"], Value::Null, "no folder, no guideline");
    let folder = dir.path().join("kb");
    call(&engine, "kb_init", json!({ "path": folder }));
    let write = |name: &str, front: &str, body: &str| {
        fs::write(folder.join("articles").join(name), format!("---\n{front}\n---\n# When to escalate\n\n{body}\n"))
            .unwrap();
    };
    write(
        "shop.md",
        "product: Shop\nescalate: [steps, actual, version, wishes]",
        "Only once the log was read. <script>x()</script>",
    );
    write("all.md", "escalate: []", "Ask your lead first.");
    let shop = draft("A-1");
    let guide = &shop["guideline"];
    assert_eq!((&guide["product"], &guide["needed"]), (&json!("Shop"), &json!(["steps", "actual", "version"])));
    assert_eq!(guide["unknown"], json!(["wishes"]));
    assert!(guide["html"].as_str().unwrap().contains("Only once the log was read"));
    assert!(!guide["html"].as_str().unwrap().contains("<script"));
    assert_eq!(shop["lint"]["needed"], 3);
    let text = shop["markdown"]["text"].as_str().unwrap();
    assert!(text.contains(&format!("Guideline: articles/shop.md ({})", guide["edition"].as_str().unwrap())), "{text}");
    let all = draft("A-2");
    assert_eq!((&all["guideline"]["path"], &all["guideline"]["product"]), (&json!("articles/all.md"), &Value::Null));
    assert!(all["lint"]["needed"].as_u64().unwrap() > 10, "an empty list asks for what is always asked for");
    write("shop.md", "product: Shop\nescalate: [steps]", "Always.");
    let changed = draft("A-1");
    assert_ne!(changed["guideline"]["edition"], guide["edition"], "another text is another edition");
    assert_eq!(changed["lint"]["needed"], 1);
}

#[test]
fn whoever_goes_on_past_an_answer_leaves_a_task_for_whoever_curates_until_it_is_set_aside() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    import(&engine, dir.path(), &[ticket("R-1", "Scale shows kilograms as pounds", json!({ "product": "Shop" }))]);
    let hand = |although: Value| {
        let package = json!({ "ticket": "R-1", "reason": "needs_code_fix" });
        api::rpc(&engine, "escalation_submit", json!({ "package": package, "although": although }))
    };
    let first = hand(Value::Null).unwrap();
    let answer = json!({ "id": first["row"]["id"], "cause": "Units are swapped.", "fix": "", "workaround": "Choose kg.",
        "versions": "", "note": "" });
    call(&engine, "escalation_answer", answer);
    let tasks = || -> Vec<Value> {
        let view = call(&engine, "curate_list", json!({}));
        view["items"].as_array().unwrap().iter().filter(|item| item["kind"] == "repeat").cloned().collect()
    };
    assert_eq!(tasks(), Vec::<Value>::new());
    assert_eq!(hand(Value::Null).unwrap_err().code, "answered_before");
    hand(json!("the workaround did not help")).unwrap();
    let [task] = tasks().try_into().unwrap();
    assert_eq!(task["why"][0]["said"], "the workaround did not help");
    assert_eq!((&task["titles"][0], &task["tickets"]), (&json!(first["row"]["id"].to_string()), &json!(["files:R-1"])));
    call(&engine, "aside_set", json!({ "item": task["item"], "why": "mended the workaround" }));
    assert_eq!(tasks(), Vec::<Value>::new());
}

#[test]
fn what_always_needs_engineering_goes_on_past_an_answer_without_why_and_leaves_no_task() {
    let dir = tempfile::tempdir().unwrap();
    let engine = opened(dir.path());
    let trace = "java.lang.IllegalStateException: the drawer is open\n\tat shop.Till.close(Till.java:41)\n\tat shop.Day.end(Day.java:7)";
    import(&engine, dir.path(), &[ticket("T-1", "The till stays open", json!({ "body": trace, "product": "Shop" }))]);
    engine.wait_until_searchable().unwrap();
    let package = json!({ "ticket": "T-1", "reason": "needs_data_fix" });
    let hand = || api::rpc(&engine, "escalation_submit", json!({ "package": package }));
    let first = hand().unwrap();
    let answer =
        json!({ "id": first["row"]["id"], "cause": "Stuck.", "fix": "", "workaround": "", "versions": "", "note": "" });
    call(&engine, "escalation_answer", answer);
    assert_eq!(hand().unwrap_err().code, "answered_before");
    assert_eq!(call(&engine, "escalation_draft", package.clone())["always"], false);
    let code = call(&engine, "seen_before", json!({ "ticket": "T-1" }))["ran"][0]["code"].as_str().unwrap().to_owned();
    call(&engine, "always_set", json!({ "name": format!("signature:{code}"), "always": true }));
    let draft = call(&engine, "escalation_draft", package.clone());
    assert_eq!(
        (&draft["always"], draft["repeat"].is_object()),
        (&json!(true), true),
        "the answer is shown all the same"
    );
    hand().unwrap();
    let curate = call(&engine, "curate_list", json!({}));
    assert!(curate["items"].as_array().unwrap().iter().all(|item| item["kind"] != "repeat"), "{curate}");
}
