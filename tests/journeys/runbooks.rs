//! Runbooks: who may, who has to agree, and what came of it on which ticket.

use crate::support::{
    Workspace,
    web::{Answer, Web},
};
use serde_json::{Value, json};
use std::fs;

const TICKETS: &str = r#"{"kind":"ticket","id":"T-1","subject":"Old prices","body":"Prices are old.","product":"Shop","version":"2.2.0","created_at":"2026-11-01T08:00:00Z","status":"open"}
{"kind":"ticket","id":"T-2","subject":"Old prices again","body":"Prices are old.","product":"Shop","version":"2.2.0","created_at":"2026-11-02T08:00:00Z","status":"open"}
"#;

const CACHE: &str = "---\nid: RB-1\nkind: ops_action\nmin_tier: l2\napproval: the shift lead\nproduct: Shop\nurl: https://admin.example/cache\n---\n# Clear the cache\n\n## When\nPrices are **old**.\n\n## Steps\n1. Open the page\n2. Press *Clear*\n\n## Back\nNothing.\n";

#[test]
fn steps_are_ticked_once_who_has_to_agreed_and_what_came_of_it_is_counted_by_ticket() {
    let (dir, workspace) = (tempfile::tempdir().unwrap(), Workspace::new());
    workspace.import(TICKETS);
    let folder = dir.path().join("kb");
    workspace.call("kb_init", json!({ "path": folder }));
    fs::write(
        folder.join("runbooks/a-other.md"),
        "---\nproduct: Till\n---\n# A till that stands\n## Steps\n1. Pull the plug\n",
    )
    .unwrap();
    fs::write(folder.join("runbooks/cache.md"), CACHE).unwrap();
    assert_eq!(workspace.call("kb_check", json!({})), json!([]));

    let all = workspace.call("runbooks_list", json!({ "ticket": "T-1" }));
    assert_eq!(
        (&all[0]["title"], all.as_array().unwrap().len()),
        (&json!("Clear the cache"), 2),
        "the ticket's product first"
    );
    assert_eq!(
        (&all[0]["when"], &all[0]["steps"]),
        (&json!("Prices are old."), &json!(["Open the page", "Press Clear"]))
    );
    let log = |ticket: &str, more: serde_json::Value| {
        let mut args = json!({ "ticket": ticket, "id": "RB-1", "outcome": "done" });
        args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        workspace.try_call("runbook_log", args)
    };
    assert_eq!(log("T-1", json!({ "step": 1 })).unwrap_err(), "runbook_approval");
    workspace.call("preference_set", json!({ "key": "runbooks.tier", "value": "l1" }));
    assert_eq!(workspace.call("runbooks_list", json!({}))[1]["above"], true);
    assert_eq!(log("T-1", json!({ "approved_by": "Ben" })).unwrap_err(), "runbook_tier");
    workspace.call("preference_set", json!({ "key": "runbooks.tier", "value": "l2" }));
    log("T-1", json!({ "approved_by": "Ben" })).unwrap();
    log("T-1", json!({ "step": 2 })).unwrap();
    assert_eq!(log("T-1", json!({ "step": 3 })).unwrap_err(), "bad_input");
    let worked = log("T-1", json!({ "outcome": "worked" })).unwrap();
    assert_eq!(log("T-2", json!({ "step": 1 })).unwrap_err(), "runbook_approval", "who agreed, agreed on one ticket");
    log("T-2", json!({ "approved_by": "Ben" })).unwrap();
    log("T-2", json!({ "outcome": "did_not_work" })).unwrap();

    let one = workspace.call("runbooks_list", json!({ "ticket": "T-1" }))[0].clone();
    assert_eq!(
        (&one["approved_by"], &one["done"][0]["step"], &one["outcome"]["outcome"]),
        (&json!("Ben"), &json!(2), &json!("worked"))
    );
    assert_eq!(
        (&one["tried"]["worked"], &one["tried"]["tried"], &one["tried"]["versions"]),
        (&json!(1), &json!(2), &json!(["2.2.0"]))
    );
    assert!(one["tried"]["low"].as_f64().unwrap() < 0.2 && one["tried"]["high"].as_f64().unwrap() > 0.8);
    workspace.call("step_unlog", json!({ "undo": worked["undo"] }));
    assert_eq!(workspace.call("runbooks_list", json!({ "ticket": "T-1" }))[0]["tried"]["worked"], 0);
}

const CALLING: &str = "---\nid: RB-2\nmin_tier: l1\napproval: the shift lead\ncall: \"POST ADDRESS/api/cache/clear?of=prices\"\n---\n# Clear it by itself\n\n## Steps\n1. Look whether prices are new\n\n## Call\n```json\n{\"scope\": \"prices\"}\n```\n";

#[test]
fn a_request_is_made_once_somebody_looked_at_it_and_only_where_a_lead_allowed_it() {
    let web = Web::serve(|asked| match asked.path.as_str() {
        "/api/cache/clear?of=prices" => Answer::new(202, "{\"cleared\": 3}"),
        _ => Answer::new(404, ""),
    });
    let base = format!("http://{}", web.address);
    let (dir, workspace) = (tempfile::tempdir().unwrap(), Workspace::new());
    workspace.import(TICKETS);
    let folder = dir.path().join("kb");
    workspace.call("kb_init", json!({ "path": folder }));
    let write = |text: &str| fs::write(folder.join("runbooks/clear.md"), text.replace("ADDRESS", &base)).unwrap();
    write(CALLING);
    let view = || workspace.call("runbooks_list", json!({ "ticket": "T-1" }))[0].clone();
    let send =
        |seal: &Value| workspace.try_call("runbook_call", json!({ "ticket": "T-1", "id": "RB-2", "seal": seal }));
    let first = view()["call"].clone();
    assert_eq!(
        (&first["allowed"], &first["method"], &first["body"]),
        (&json!(false), &json!("POST"), &json!("{\"scope\": \"prices\"}"))
    );
    assert_eq!(send(&first["seal"]).unwrap_err(), "runbook_approval");
    workspace.call("runbook_log", json!({ "ticket": "T-1", "id": "RB-2", "outcome": "", "approved_by": "Ben" }));
    assert_eq!(send(&first["seal"]).unwrap_err(), "call_not_allowed");
    // Another part of the same host is another address.
    for (allowed, held) in [("/api/cachet", false), ("/apis/", false), ("/api/", true)] {
        fs::write(folder.join("calls.yml"), format!("allowed:\n  - {}{allowed}\n", base)).unwrap();
        assert_eq!(view()["call"]["allowed"], held, "{allowed}");
    }
    write(&CALLING.replace("\"prices\"", "\"all\""));
    assert_eq!(send(&first["seal"]).unwrap_err(), "call_not_seen");
    assert_eq!(web.paths(), Vec::<String>::new(), "nothing was sent until now");
    write(CALLING);
    let host = view()["call"]["host"].clone();
    workspace.call("runbook_token_set", json!({ "host": host, "secret": "s3cret-token" }));
    assert_eq!(view()["call"]["token"], true);

    let called = send(&first["seal"]).unwrap();
    assert_eq!(
        (&called["outcome"], &called["status"], &called["answer"]),
        (&json!("done"), &json!(202), &json!("{\"cleared\": 3}"))
    );
    let asked = web.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!((asked[0].method.as_str(), asked[0].body.as_str()), ("POST", "{\"scope\": \"prices\"}"));
    assert_eq!(asked[0].header("authorization"), Some("Bearer s3cret-token"));
    let one = view();
    assert_eq!((&one["approved_by"], one["called"].as_array().unwrap().len()), (&json!("Ben"), 1));
    assert!(one["called"][0]["said"].as_str().unwrap().ends_with(": answered 202"), "{one}");
    let ledger = workspace.call("ledger_list", json!({ "limit": 5 }));
    assert_eq!((&ledger["total"], &ledger["rows"][0]["purpose"]), (&json!(1), &json!("runbook")));
    assert_eq!(ledger["rows"][0]["path"], "/api/cache/clear", "without what stands behind the question mark");
    let deeds = workspace.call("deeds_list", json!({ "limit": 1 }));
    assert_eq!(deeds[0]["what"], "runbook_call");
    assert_eq!(workspace.call("scan", json!({ "word": "s3cret-token" }))["database"], 0);
}
