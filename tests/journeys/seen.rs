use crate::support::{Workspace, known_error, strings, ticket};
use serde_json::{Value, json};

const TRACE: &str = "java.lang.IllegalStateException: no session for user 4711
\tat com.acme.web.Sessions.find(Sessions.java:112)
\tat com.acme.web.Checkout.pay(Checkout.java:40)
\tat com.acme.web.Api.handle(Api.java:9)";

fn with_trace(id: &str, user: u32, line: u32) -> String {
    let trace = TRACE.replace("4711", &user.to_string()).replace(":112)", &format!(":{line})"));
    ticket(id, "Checkout breaks", &format!("A customer reports:\n\n{trace}\n\nPlease help."))
}

#[test]
fn a_pasted_stack_trace_finds_the_case_with_the_same_error_whatever_its_numbers() {
    let workspace = Workspace::new();
    let others: Vec<String> = (0..40)
        .map(|n| ticket(&format!("O-{n}"), "Checkout is slow", "the page for the user takes a while to pay"))
        .collect();
    workspace.import(&[others.join("\n"), with_trace("T-1", 9, 115)].join("\n"));
    let seen = workspace.seen(TRACE);
    assert_eq!(seen["hits"][0]["display_id"], "T-1");
    assert_eq!(seen["verdict"]["kind"], "seen");
    assert_eq!(seen["ran"][0]["tickets"], 1);
    assert_eq!(seen["ran"][0]["exception"], "java.lang.IllegalStateException");
}

#[test]
fn the_parts_of_every_receipt_sum_to_its_score() {
    let workspace = Workspace::new();
    let lines: Vec<String> = (0..30)
        .map(|n| {
            ticket(
                &format!("T-{n}"),
                &format!("Invoice export {n} fails"),
                "The CSV export of invoices ends with ORA-00942 at night.",
            )
        })
        .collect();
    workspace.import(&[lines.join("\n"), with_trace("X-1", 1, 1)].join("\n"));
    for question in ["Invoice export fails with ORA-00942", TRACE, "export"] {
        let seen = workspace.seen(question);
        let hits = seen["hits"].as_array().unwrap();
        assert!(!hits.is_empty());
        for hit in hits {
            let sum: f64 = hit["receipt"].as_array().unwrap().iter().map(|part| part["points"].as_f64().unwrap()).sum();
            let score = hit["score"].as_f64().unwrap();
            assert!((sum - score).abs() < 1e-6, "{sum} is not {score}: {hit}");
        }
    }
}

#[test]
fn the_same_question_gets_the_same_answer_in_the_same_order() {
    let workspace = Workspace::new();
    let lines: Vec<String> =
        (0..50).map(|n| ticket(&format!("T-{n}"), "Printer offline", "The printer is offline again.")).collect();
    workspace.import(&lines.join("\n"));
    assert_eq!(workspace.hits("printer offline"), workspace.hits("printer offline"));
}

#[test]
fn a_question_with_a_time_is_answered_from_what_existed_before_it() {
    let workspace = Workspace::new();
    let later = ticket("T-2", "Webhook signature mismatch", "hmac differs").replace("2026-01-05", "2026-02-05");
    workspace.import(&[ticket("T-1", "Webhook signature mismatch", "hmac differs"), later].join("\n"));
    let seen =
        workspace.call("seen_before", json!({ "text": "Webhook signature mismatch", "as_of": "2026-01-20T00:00:00Z" }));
    assert_eq!(strings(&seen["hits"], "display_id"), ["T-1"]);
}

#[test]
fn a_ticket_is_never_its_own_precedent() {
    let workspace = Workspace::new();
    workspace.import(
        &[ticket("T-1", "Sync stalls", "at 99 percent"), ticket("T-2", "Sync stalls", "at 98 percent")].join("\n"),
    );
    let seen = workspace.call("seen_before", json!({ "ticket": "T-1" }));
    assert_eq!(strings(&seen["hits"], "display_id"), ["T-2"]);
}

#[test]
fn ids_codes_names_and_addresses_are_found_whole_and_in_parts() {
    let workspace = Workspace::new();
    let body = "See AMQ-1234: ORA-00942 and 0x8007000E in org.apache.Foo$Bar at com/acme/pay.rs:42, version v2.3.1-rc1, \
                commit 9f2c41ab77de, mail jane.doe@example.com. Café déjà vu. 接続エラーが発生しました";
    workspace
        .import(&[ticket("T-1", "Everything at once", body), ticket("T-2", "Nothing of it", "plain words")].join("\n"));
    for query in [
        "AMQ-1234", "amq 1234", "ORA-00942", "00942", "0x8007000E", "org.apache.Foo$Bar", "Foo$Bar", "Foo",
        "com/acme/pay.rs:42", "pay.rs", "v2.3.1-rc1", "2.3.1", "9f2c41ab77de", "jane.doe@example.com", "example.com",
        "cafe", "déjà", "接続", "エラー",
    ] {
        let found = workspace.call("search", json!({ "query": query }));
        assert_eq!(strings(&found["hits"], "display_id"), ["T-1"], "{query}");
    }
    let found = workspace.call("search", json!({ "query": "everyth", "prefix": true }));
    assert_eq!(strings(&found["hits"], "display_id"), ["T-1"]);
}

#[test]
fn an_empty_question_and_an_unknown_ticket_are_refused_in_words() {
    let workspace = Workspace::new();
    assert_eq!(workspace.try_call("seen_before", json!({ "text": "  " })), Err("bad_input".into()));
    assert_eq!(workspace.try_call("seen_before", json!({ "ticket": "T-9" })), Err("not_found".into()));
    assert_eq!(workspace.try_call("no_such_command", json!({})), Err("unknown_command".into()));
    let nothing = workspace.seen("anything at all");
    assert_eq!((&nothing["verdict"]["kind"], &nothing["hits"]), (&json!("new"), &json!([])));
}

#[test]
fn a_known_error_is_not_met_in_a_time_before_it_existed() {
    let workspace = Workspace::new();
    let mut known = known_error("KE-1", "Gate stays shut", &["T-1"]);
    known["error_text"] = TRACE.into();
    workspace.import(&[known.to_string(), ticket("T-1", "Gate stays shut", TRACE)].join("\n"));
    let seen = |as_of: &str| workspace.call("seen_before", json!({ "text": TRACE, "as_of": as_of }));
    assert_eq!(seen("2026-02-01T00:00:00Z")["known_error"]["id"], "files:KE-1");
    let before = seen("2026-01-04T09:00:00Z");
    assert_eq!((&before["known_error"], &before["hits"]), (&Value::Null, &json!([])));
}

#[test]
fn a_known_error_that_no_ticket_carries_was_seen_without_a_number() {
    let workspace = Workspace::new();
    let known = known_error("KE-1", "Parking barrier opens for expired permits", &[]);
    workspace.import(&[known.to_string(), ticket("T-1", "Lift stops", "between floors")].join("\n"));
    let seen = workspace.seen("Parking barrier opens for expired permits");
    let verdict = &seen["verdict"];
    assert_eq!((&verdict["kind"], &verdict["times"], &verdict["cases"]), (&json!("seen"), &json!(0), &json!([])));
    assert_eq!(seen["known_error"]["id"], "files:KE-1");
    let hit = &seen["hits"][0];
    assert_eq!(
        (&hit["kind"], &hit["known_error"]),
        (&json!("known_error"), &Value::Null),
        "it does not belong to itself"
    );
}

#[test]
fn the_first_ticket_of_a_known_error_is_not_new() {
    let workspace = Workspace::new();
    let known = known_error("KE-1", "Paper feed too fast", &["T-1"]);
    workspace.import(&[known.to_string(), ticket("T-1", "Badge printer jams", "on long names")].join("\n"));
    let seen = workspace.call("seen_before", json!({ "ticket": "T-1" }));
    assert_eq!((&seen["verdict"]["kind"], &seen["verdict"]["times"]), (&json!("seen"), &json!(0)));
    assert_eq!(seen["known_error"]["id"], "files:KE-1");
}

#[test]
fn what_was_merged_into_the_question_does_not_make_it_seen() {
    let workspace = Workspace::new();
    let mut merged: Value = serde_json::from_str(&ticket("T-2", "Sync stalls", "at 99 percent")).unwrap();
    merged["merged_into"] = "T-1".into();
    workspace.import(&[ticket("T-1", "Sync stalls", "at 99 percent"), merged.to_string()].join("\n"));
    let seen = workspace.call("seen_before", json!({ "ticket": "T-1" }));
    assert_eq!((&seen["verdict"]["kind"], &seen["verdict"]["times"]), (&json!("new"), &json!(0)));
}

#[test]
fn how_cases_usually_ended_names_exactly_the_cases_that_ended_so() {
    let workspace = Workspace::new();
    let solved = |id: &str, resolution: &str| {
        let mut line: Value = serde_json::from_str(&ticket(id, "Sync stalls", "at 99 percent")).unwrap();
        line["status"] = "solved".into();
        line["resolution"] = resolution.into();
        line.to_string()
    };
    let lines =
        [solved("T-1", "Fixed"), solved("T-2", "Won't Fix"), solved("T-3", "Fixed"), ticket("T-4", "Lift stops", "")];
    workspace.import(&lines.join("\n"));
    let usually = workspace.seen("Sync stalls\nat 99 percent")["verdict"]["usually"].clone();
    assert_eq!((&usually["class"], &usually["cases"], &usually["of"]), (&json!("code_fix"), &json!(2), &json!(3)));
    let rows = workspace.call("cases_list", json!({ "ids": usually["ids"] }));
    let mut ids = strings(&rows["rows"], "display_id");
    ids.sort();
    assert_eq!(ids, ["T-1", "T-3"]);
}

#[test]
fn a_case_of_more_than_half_a_year_before_the_question_is_an_older_one() {
    let workspace = Workspace::new();
    let lines = [ticket("T-1", "Badge printer jams", "on long names"), ticket("T-2", "Badge printer jams", "again")];
    workspace.import(&lines.join("\n"));
    let older = |as_of: &str| -> Vec<Value> {
        let seen = workspace.call("seen_before", json!({ "text": "Badge printer jams", "as_of": as_of }));
        seen["hits"].as_array().unwrap().iter().map(|hit| hit["older"].clone()).collect()
    };
    // Both were written on 5 January 2026 at ten; 180 days later is 4 July at ten.
    assert_eq!(older("2026-07-04T10:00:00Z"), [json!(false), json!(false)]);
    assert_eq!(older("2026-07-04T10:00:01Z"), [json!(true), json!(true)]);
}
